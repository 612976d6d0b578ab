"""The engines that the benchmarks run on, each empty at the start."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from kg.cypher import schema_version
from kg.engine.embedded import USER, EmbeddedEngine
from kg.engine.graph import Graph
from kg.engine.query import Query
from kg.engine.server_process import DATABASE
from kg.graph_schema import apply_schema
from kg.settings import Settings

_WIPE = Query("wipe", "MATCH (n) WITH n LIMIT 5000 DETACH DELETE n")


@dataclass(frozen=True)
class BenchEngine:
    """One engine, by its settings."""

    name: str
    settings: Settings

    async def address(self) -> tuple[str, tuple[str, str] | None, str]:
        """Address, user and password, and database for the raw driver."""
        if self.settings.neo4j_uri:
            password = self.settings.neo4j_password.get_secret_value()
            auth = (self.settings.neo4j_user, password) if password else None
            return self.settings.neo4j_uri, auth, self.settings.neo4j_database
        running = EmbeddedEngine(self.settings)
        found = running.join()
        return f"bolt://127.0.0.1:{found.bolt_port}", (USER, found.password), DATABASE


@asynccontextmanager
async def emptied(engine: BenchEngine) -> AsyncIterator[Graph]:
    """The engine's graph with its schema and nothing in it."""
    async with Graph(engine.settings) as graph:
        while (await graph.read(schema_version.COUNT_NODES))[0]["n"]:

            async def wipe(transaction: Any) -> None:
                await transaction.run(_WIPE)

            await graph.write(wipe)
        await apply_schema(graph)
        yield graph
