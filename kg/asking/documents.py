"""Documents: search, and one of them."""

from __future__ import annotations

from kg.asking.filters import DocumentFilters
from kg.asking.parameters import AsOf, PageRequest
from kg.engine.graph import Graph
from schema.answers.matters import DocumentAnswer, DocumentPage


async def search(
    graph: Graph, filters: DocumentFilters = DocumentFilters(), as_of: AsOf = AsOf(), page: PageRequest = PageRequest()
) -> DocumentPage:
    """Documents, the newest first."""
    raise NotImplementedError


async def one(graph: Graph, document: str, as_of: AsOf = AsOf()) -> DocumentAnswer:
    """One document, by its id."""
    raise NotImplementedError
