"""Documents: search, and one of them."""

from __future__ import annotations

from kg.asking.filters import DocumentFilters
from kg.asking.parameters import FIRST_PAGE, NOW, AsOf, PageRequest
from kg.engine.graph import Graph
from schema.answers.matters import DocumentAnswer, DocumentPage

_ALL = DocumentFilters()


async def search(
    graph: Graph, filters: DocumentFilters = _ALL, as_of: AsOf = NOW, page: PageRequest = FIRST_PAGE
) -> DocumentPage:
    """Documents, the newest first."""
    raise NotImplementedError


async def one(graph: Graph, document: str, as_of: AsOf = NOW) -> DocumentAnswer:
    """One document, by its id."""
    raise NotImplementedError
