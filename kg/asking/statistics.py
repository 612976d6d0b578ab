"""How much the graph holds."""

from __future__ import annotations

from kg.asking.parameters import NOW, AsOf
from kg.engine.graph import Graph
from schema.answers.matters import Statistics


async def statistics(graph: Graph, as_of: AsOf = NOW) -> Statistics:
    """Counts by label, type, act and standing."""
    raise NotImplementedError
