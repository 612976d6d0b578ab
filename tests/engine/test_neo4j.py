"""A Neo4j that cannot be reached or refuses says so, with what to do about it; and what a port promises of both."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest

from kg.cypher import schema_version
from kg.engine.graph import Graph, Transaction, open_graph
from kg.engine.query import Query
from kg.errors import EngineRefused, EngineUnavailable, SchemaOutdated
from kg.graph_schema import apply_schema, current_version
from kg.settings import Settings, load_settings
from schema.errors import InvalidInput
from schema.graph import SCHEMA_VERSION
from tests.engines.under_test import EngineUnderTest

WRITE = Query("write a mark", "CREATE (t:Topic {id: $id, name: $id})")
COUNT = Query("count the marks", "MATCH (t:Topic) RETURN count(t) AS n")
WRONG = Query("a query with a fault", "MATCH (n RETURN n")


@pytest.mark.neo4j_only
async def test_a_database_that_is_not_there_is_told_of(engine: EngineUnderTest) -> None:
    with pytest.raises(EngineRefused, match="nowhere") as error:
        await open_graph(engine.settings.model_copy(update={"neo4j_database": "nowhere"}))
    assert error.value.remedy == "Check GEOKG_NEO4J_DATABASE"


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
async def test_a_port_that_nobody_listens_on(scheme: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        uri = f"{scheme}://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(EngineUnavailable, match="the neo4j engine does not answer") as error:
            await open_graph(Settings(neo4j_uri=uri))
    assert error.value.where == uri
    assert "GEOKG_NEO4J_URI" in str(error.value.remedy)


async def test_an_address_that_is_none() -> None:
    with pytest.raises(EngineRefused, match="the address cannot be used") as error:
        await open_graph(Settings(neo4j_uri="bolt://127.0.0.1:port"))
    assert error.value.remedy == "Check GEOKG_NEO4J_URI"
    with pytest.raises(InvalidInput, match=r"GEOKG_NEO4J_URI: .*begin with one of bolt://"):
        load_settings(neo4j_uri="http://127.0.0.1:7474")


@pytest.mark.parametrize(("name", "value"), [("batch_size", 0), ("engine_heap", "much"), ("port", 70_000)])
def test_a_setting_that_cannot_be_names_its_variable(name: str, value: Any) -> None:
    with pytest.raises(InvalidInput, match=f"GEOKG_{name.upper()}") as error:
        load_settings(**{name: value})
    assert error.value.remedy == "Mend or remove the setting"


# ---- both engines ----------------------------------------------------------------------------------------------------


async def _marks(graph: Graph) -> int:
    return int((await graph.read(COUNT))[0]["n"])


async def test_a_query_with_a_fault_is_refused_and_the_next_works(graph: Graph) -> None:
    with pytest.raises(EngineRefused, match="a query with a fault"):
        await graph.read(WRONG)

    async def work(transaction: Transaction) -> None:
        await transaction.run(WRONG)

    with pytest.raises(EngineRefused, match="write"):
        await graph.write(work)
    assert await _marks(graph) == 0


async def test_what_fails_in_the_middle_leaves_nothing(graph: Graph) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run(WRITE, id="a")
        assert (await transaction.run(COUNT))[0]["n"] == 1
        raise ValueError("in the middle")

    with pytest.raises(ValueError, match="in the middle"):
        await graph.write(work)
    assert await _marks(graph) == 0


async def test_what_is_cancelled_in_the_middle_leaves_nothing(graph: Graph) -> None:
    reached = asyncio.Event()

    async def work(transaction: Transaction) -> None:
        await transaction.run(WRITE, id="a")
        reached.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(graph.write(work))
    await reached.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    async def other(transaction: Transaction) -> None:
        await transaction.run(WRITE, id="b")

    await graph.write(other)  # nobody waits for the turn of one who is gone
    assert await _marks(graph) == 1


async def test_two_of_one_id_cannot_be(graph: Graph) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run(WRITE, id="a")

    await graph.write(work)
    with pytest.raises(EngineRefused):
        await graph.write(work)
    assert await _marks(graph) == 1


async def test_the_schema_is_applied_once(graph: Graph, engine: EngineUnderTest) -> None:
    again = await apply_schema(graph)
    assert (again.before, again.after, again.migrations) == (SCHEMA_VERSION, SCHEMA_VERSION, ())
    assert await engine.count() == 1


async def _set_version(graph: Graph, version: int) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run(schema_version.RECORD, version=version, now="now")

    await graph.write(work)


async def test_an_older_schema_is_brought_up(graph: Graph) -> None:
    """As after a crash between the migrations and the note of them: each may run again."""
    await _set_version(graph, 0)
    done = await apply_schema(graph)
    assert (done.before, done.after) == (0, SCHEMA_VERSION)
    assert len(done.migrations) == SCHEMA_VERSION
    assert await current_version(graph) == SCHEMA_VERSION


async def test_a_newer_schema_is_refused(graph: Graph) -> None:
    await _set_version(graph, SCHEMA_VERSION + 1)
    with pytest.raises(SchemaOutdated, match=f"the graph has schema version {SCHEMA_VERSION + 1}") as error:
        await apply_schema(graph)
    assert error.value.remedy == "Upgrade geokg"
    await _set_version(graph, SCHEMA_VERSION)
