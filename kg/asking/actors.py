"""Actors: who is in the graph, and one of them."""

from __future__ import annotations

from kg.asking.filters import ActorFilters
from kg.asking.parameters import FIRST_PAGE, NOW, AsOf, PageRequest
from kg.engine.graph import Graph
from schema.answers.actors import ActorAnswer, ActorPage

_ALL = ActorFilters()


async def search(
    graph: Graph, filters: ActorFilters = _ALL, as_of: AsOf = NOW, page: PageRequest = FIRST_PAGE
) -> ActorPage:
    """Actors by name, kind and country."""
    raise NotImplementedError


async def one(graph: Graph, actor: str, as_of: AsOf = NOW) -> ActorAnswer:
    """One actor, by id or name."""
    raise NotImplementedError
