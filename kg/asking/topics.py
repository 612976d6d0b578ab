"""Topics: search, and one of them."""

from __future__ import annotations

from kg.asking.filters import TopicFilters
from kg.asking.parameters import FIRST_PAGE, NOW, AsOf, PageRequest
from kg.engine.graph import Graph
from schema.answers.actors import TopicAnswer, TopicPage

_ALL = TopicFilters()


async def search(
    graph: Graph, filters: TopicFilters = _ALL, as_of: AsOf = NOW, page: PageRequest = FIRST_PAGE
) -> TopicPage:
    """Topics by name."""
    raise NotImplementedError


async def one(graph: Graph, topic: str, as_of: AsOf = NOW) -> TopicAnswer:
    """One topic, by id or name."""
    raise NotImplementedError
