"""Actors: who is in the graph, and one of them."""

from __future__ import annotations

from kg.asking.filters import ActorFilters
from kg.asking.parameters import AsOf, PageRequest
from kg.engine.graph import Graph
from schema.answers.actors import ActorAnswer, ActorPage


async def search(
    graph: Graph, filters: ActorFilters = ActorFilters(), as_of: AsOf = AsOf(), page: PageRequest = PageRequest()
) -> ActorPage:
    """Actors by name, kind and country."""
    raise NotImplementedError


async def one(graph: Graph, actor: str, as_of: AsOf = AsOf()) -> ActorAnswer:
    """One actor, by id or name."""
    raise NotImplementedError
