"""The fixtures keep what they promise."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys

import pytest

from kg.engine.graph import Graph, Transaction
from kg.engine.query import Query
from kg.graph_schema import current_version
from schema.graph import SCHEMA_VERSION
from tests.engines.under_test import EngineUnderTest

_MAKE = Query("make two", "CREATE (a:Actor {id: 'a', name: 'A'})-[:PART_OF {id: 'r'}]->(:Actor {id: 'b', name: 'B'})")
_SPOIL = Query("spoil the version", "MATCH (v:SchemaVersion) SET v.version = 99")


async def _make(transaction: Transaction) -> None:
    await transaction.run(_MAKE)


@pytest.mark.parametrize("turn", ["first", "second"])
async def test_graph_is_empty_for_each_test(graph: Graph, engine: EngineUnderTest, turn: str) -> None:
    assert await engine.count() == 1  # the schema's version
    assert await current_version(graph) == SCHEMA_VERSION
    await graph.write(_make)
    assert await engine.count() == 3


@pytest.mark.parametrize("turn", ["first", "second"])
async def test_schema_is_mended_for_each_test(graph: Graph, turn: str) -> None:
    assert await current_version(graph) == SCHEMA_VERSION

    async def spoil(transaction: Transaction) -> None:
        await transaction.run(_SPOIL)

    await graph.write(spoil)


async def test_another_process_finds_the_engine(graph: Graph, engine: EngineUnderTest) -> None:
    await graph.write(_make)
    script = (
        "import asyncio, kg.engine.graph as g, kg.settings as s, kg.cypher.schema_version as v\n"
        "async def main():\n"
        "    async with await g.open_graph(s.load_settings()) as graph:\n"
        "        print((await graph.read(v.COUNT_NODES))[0]['n'])\n"
        "asyncio.run(main())\n"
    )
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, env=engine.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    told, complaint = await child.communicate()
    assert told.strip() == b"3", complaint.decode()


def test_nothing_leaves_this_machine() -> None:
    with pytest.raises(RuntimeError, match="loopback only"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(RuntimeError, match="loopback only"):
        socket.getaddrinfo("example.org", 80)
