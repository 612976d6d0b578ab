"""The graph around an actor."""

from __future__ import annotations

from kg.asking.filters import NeighbourhoodFilters
from kg.asking.parameters import AsOf
from kg.engine.graph import Graph
from schema.answers.relationships import Neighbourhood


async def neighbourhood(
    graph: Graph, actor: str, filters: NeighbourhoodFilters = NeighbourhoodFilters(), as_of: AsOf = AsOf()
) -> Neighbourhood:
    """Nodes and edges around an actor."""
    raise NotImplementedError
