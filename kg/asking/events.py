"""Events: search, and one of them."""

from __future__ import annotations

from kg.asking.filters import EventFilters
from kg.asking.parameters import FIRST_PAGE, NOW, AsOf, PageRequest
from kg.engine.graph import Graph
from schema.answers.matters import EventAnswer, EventPage

_ALL = EventFilters()


async def search(
    graph: Graph, filters: EventFilters = _ALL, as_of: AsOf = NOW, page: PageRequest = FIRST_PAGE
) -> EventPage:
    """Events, the newest first."""
    raise NotImplementedError


async def one(graph: Graph, event: str, as_of: AsOf = NOW) -> EventAnswer:
    """One event, by its id."""
    raise NotImplementedError
