"""The small world with namesakes in it, and the service over it, on each engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from kg.engine.graph import Graph
from kg.ingest import ingest_records
from tests.api.service import running
from tests.asking import world as w
from tests.engines.under_test import EngineUnderTest

GAZETTE = "Orion Holdings declined to comment. Northern Radio says so, and Radio North says so. Orion Holdings owns it."
RECORDS: list[dict[str, Any]] = [
    {"type": "actor", "name": "Orion Holdings", "kind": "company", "country": "CN", "aliases": ["OHL"]},
    {"type": "actor", "name": "Northern Radio", "kind": "media"},
    {"type": "actor", "name": "Radio North", "kind": "media"},
    {"type": "actor", "name": "Namesake", "kind": "person"},
    {"type": "document", "key": "gazette", "title": "Gazette", "publisher": "Wire News", "text": GAZETTE},
    {
        **{"type": "statement", "document": "gazette", "act": "decline_comment", "speaker": "Orion Holdings"},
        **{"about": [w.C_SPY], "quote": "Orion Holdings declined to comment."},
    },
    *(
        {
            **{"type": "statement", "document": "gazette", "act": "assert", "speaker": name, "about": [w.C_RUMOUR]},
            "quote": f"{name} says so",
        }
        for name in ("Northern Radio", "Radio North")
    ),
    {"type": "relationship", "relation": "SUBSIDIARY_OF", "source": "Orion Holdings", "target": "Orion Group"},
    {
        **{"type": "event", "kind": "meeting", "title": "Talks", "at": "2025-11-20"},
        "participants": [{"actor": "Orion Holdings"}, {"actor": "Eastland"}],
    },
]


@pytest.fixture(scope="module")
async def world(module_graph: Graph) -> Graph:
    """The small world, and some who may be one with others of it."""
    await w.write_world(module_graph)
    report = await ingest_records(module_graph, RECORDS)
    assert report.rejected == []
    return module_graph


@pytest.fixture(scope="module")
def client(world: Graph, engine: EngineUnderTest) -> Iterator[httpx.Client]:
    """A client of the service, which has a connection of its own to the graph."""
    with running(engine.settings) as client:
        yield client
