"""Ways between two actors."""

from __future__ import annotations

from kg.asking.filters import PathFilters
from kg.asking.parameters import NOW, AsOf
from kg.engine.graph import Graph
from schema.answers.relationships import PathsAnswer

_ALL = PathFilters()


async def paths(graph: Graph, source: str, target: str, filters: PathFilters = _ALL, as_of: AsOf = NOW) -> PathsAnswer:
    """The k shortest ways between two actors."""
    raise NotImplementedError
