"""The timeline of an actor."""

from __future__ import annotations

from kg.asking.filters import TimelineFilters
from kg.asking.parameters import AsOf, PageRequest
from kg.engine.graph import Graph
from schema.answers.matters import TimelinePage


async def timeline(
    graph: Graph,
    actor: str,
    filters: TimelineFilters = TimelineFilters(),
    as_of: AsOf = AsOf(),
    page: PageRequest = PageRequest(),
) -> TimelinePage:
    """What an actor said, what was said about it, decided on it and what it took part in."""
    raise NotImplementedError
