"""Claims: search, and one claim's dossier."""

from __future__ import annotations

from kg.asking.filters import ClaimFilters
from kg.asking.parameters import AsOf, PageRequest
from kg.engine.graph import Graph
from schema.answers.claims import ClaimPage, Dossier


async def search(
    graph: Graph, filters: ClaimFilters = ClaimFilters(), as_of: AsOf = AsOf(), page: PageRequest = PageRequest()
) -> ClaimPage:
    """Claims, the one last spoken of first."""
    raise NotImplementedError


async def dossier(graph: Graph, claim: str, as_of: AsOf = AsOf()) -> Dossier:
    """All that was said about one claim, by its id."""
    raise NotImplementedError
