"""The small world, written once a module on each engine."""

from __future__ import annotations

import pytest

from kg.engine.graph import Graph
from tests.asking.world import write_world


@pytest.fixture(scope="module")
async def world(module_graph: Graph) -> Graph:
    """A graph that holds the small world; for reading."""
    await write_world(module_graph)
    return module_graph
