"""The service over the small world, on each engine."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from kg.engine.graph import Graph
from tests.api.service import running
from tests.asking.world import write_world
from tests.engines.under_test import EngineUnderTest


@pytest.fixture(scope="module")
async def world(module_graph: Graph) -> Graph:
    """A graph that holds the small world."""
    await write_world(module_graph)
    return module_graph


@pytest.fixture(scope="module")
def client(world: Graph, engine: EngineUnderTest) -> Iterator[httpx.Client]:
    """A client of the service, which runs in a thread and answers over HTTP."""
    with running(engine.settings) as client:
        yield client
