"""The timeline of an actor."""

from __future__ import annotations

from kg.asking.filters import TimelineFilters
from kg.asking.parameters import FIRST_PAGE, NOW, AsOf, PageRequest
from kg.engine.graph import Graph
from schema.answers.matters import TimelinePage

_ALL = TimelineFilters()


async def timeline(
    graph: Graph,
    actor: str,
    filters: TimelineFilters = _ALL,
    as_of: AsOf = NOW,
    page: PageRequest = FIRST_PAGE,
) -> TimelinePage:
    """What an actor said, what was said about it, decided on it and what it took part in."""
    raise NotImplementedError
