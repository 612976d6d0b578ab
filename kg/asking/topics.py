"""Topics: search, and one of them."""

from __future__ import annotations

from kg.asking.filters import TopicFilters
from kg.asking.parameters import AsOf, PageRequest
from kg.engine.graph import Graph
from schema.answers.actors import TopicAnswer, TopicPage


async def search(
    graph: Graph, filters: TopicFilters = TopicFilters(), as_of: AsOf = AsOf(), page: PageRequest = PageRequest()
) -> TopicPage:
    """Topics by name."""
    raise NotImplementedError


async def one(graph: Graph, topic: str, as_of: AsOf = AsOf()) -> TopicAnswer:
    """One topic, by id or name."""
    raise NotImplementedError
