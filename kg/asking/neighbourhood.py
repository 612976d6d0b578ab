"""The graph around an actor."""

from __future__ import annotations

from kg.asking.filters import NeighbourhoodFilters
from kg.asking.parameters import NOW, AsOf
from kg.engine.graph import Graph
from schema.answers.relationships import Neighbourhood

_ALL = NeighbourhoodFilters()


async def neighbourhood(
    graph: Graph, actor: str, filters: NeighbourhoodFilters = _ALL, as_of: AsOf = NOW
) -> Neighbourhood:
    """Nodes and edges around an actor."""
    raise NotImplementedError
