"""Events: search, and one of them."""

from __future__ import annotations

from kg.asking.filters import EventFilters
from kg.asking.parameters import AsOf, PageRequest
from kg.engine.graph import Graph
from schema.answers.matters import EventAnswer, EventPage


async def search(
    graph: Graph, filters: EventFilters = EventFilters(), as_of: AsOf = AsOf(), page: PageRequest = PageRequest()
) -> EventPage:
    """Events, the newest first."""
    raise NotImplementedError


async def one(graph: Graph, event: str, as_of: AsOf = AsOf()) -> EventAnswer:
    """One event, by its id."""
    raise NotImplementedError
