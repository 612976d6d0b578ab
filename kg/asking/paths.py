"""Ways between two actors."""

from __future__ import annotations

from kg.asking.filters import PathFilters
from kg.asking.parameters import AsOf
from kg.engine.graph import Graph
from schema.answers.relationships import PathsAnswer


async def paths(
    graph: Graph, source: str, target: str, filters: PathFilters = PathFilters(), as_of: AsOf = AsOf()
) -> PathsAnswer:
    """The k shortest ways between two actors."""
    raise NotImplementedError
