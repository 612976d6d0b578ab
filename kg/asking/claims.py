"""Claims: search, and one claim's dossier."""

from __future__ import annotations

from kg.asking.filters import ClaimFilters
from kg.asking.parameters import FIRST_PAGE, NOW, AsOf, PageRequest
from kg.engine.graph import Graph
from schema.answers.claims import ClaimPage, Dossier

_ALL = ClaimFilters()


async def search(
    graph: Graph, filters: ClaimFilters = _ALL, as_of: AsOf = NOW, page: PageRequest = FIRST_PAGE
) -> ClaimPage:
    """Claims, the one last spoken of first."""
    raise NotImplementedError


async def dossier(graph: Graph, claim: str, as_of: AsOf = NOW) -> Dossier:
    """All that was said about one claim, by its id."""
    raise NotImplementedError
