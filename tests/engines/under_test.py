"""One engine that the tests run against, and what its graph holds at the moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import seed_data
from kg.cypher.schema_version import COUNT_NODES
from kg.engine.graph import Graph, Transaction
from kg.engine.query import Query
from kg.graph_schema import apply_schema, current_version
from kg.ingest import ingest_files
from kg.settings import Settings
from schema.graph import SCHEMA_VERSION

_BATCH: Final = 5_000
_DELETE_SOME: Final = Query(
    "delete some nodes",
    f"MATCH (n) WHERE NOT n:SchemaVersion WITH n LIMIT {_BATCH} DETACH DELETE n RETURN count(n) AS n",
)
_DELETE_VERSION: Final = Query("forget the schema's version", "MATCH (v:SchemaVersion) DETACH DELETE v")
_FORGET_LEDGER: Final = Query("forget the head of the ledger", "MATCH (v:SchemaVersion) REMOVE v.ledger")
_SIZE: Final = Query(
    "size of the graph",
    "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) AS nodes, count(r) AS relationships",
)

EMPTY: Final = "nothing"
SEED: Final = "the seed"
CHANGED: Final = "what a test wrote"


@dataclass
class EngineUnderTest:
    """An open graph on one engine; it is emptied only when something is in it."""

    graph: Graph
    settings: Settings
    holds: str = CHANGED
    module: str | None = field(default=None)
    """The module whose tests share what it holds."""
    _seed_size: dict[str, Any] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """Variables with which another process finds this engine and its graph."""
        given = self.settings
        if given.neo4j_uri is None:
            return {"GEOKG_DATA_DIR": str(given.data_dir), "GEOKG_ENGINE_HEAP": given.engine_heap}
        return {
            "GEOKG_NEO4J_URI": given.neo4j_uri,
            "GEOKG_NEO4J_USER": given.neo4j_user,
            "GEOKG_NEO4J_PASSWORD": given.neo4j_password.get_secret_value(),
            "GEOKG_NEO4J_DATABASE": given.neo4j_database,
        }

    async def count(self) -> int:
        """How many nodes there are, of whatever label."""
        return int((await self.graph.read(COUNT_NODES))[0]["n"])

    async def empty(self) -> None:
        """Leave the schema and nothing else."""
        if self.holds == EMPTY and self.module is None:
            return
        self.holds, self.module = CHANGED, None

        async def delete(transaction: Transaction) -> int:
            await transaction.run(_FORGET_LEDGER)
            return int((await transaction.run(_DELETE_SOME))[0]["n"])

        while await self.graph.write(delete):
            pass
        if await current_version(self.graph) != SCHEMA_VERSION:

            async def forget(transaction: Transaction) -> None:
                await transaction.run(_DELETE_VERSION)

            await self.graph.write(forget)
            await apply_schema(self.graph)
        self.holds = EMPTY

    async def seed(self) -> None:
        """Load the seed data, unless the graph holds just that."""
        if self.holds == SEED:
            return
        await self.empty()
        self.holds = CHANGED
        report = await ingest_files(self.graph, seed_data.files())
        assert not report.rejected, report.rejected
        self._seed_size = (await self.graph.read(_SIZE))[0]
        self.holds = SEED

    async def seed_is_untouched(self) -> bool:
        """Whether the loaded seed has as many nodes and relationships as when it was loaded; forgets it if not."""
        if (await self.graph.read(_SIZE))[0] == self._seed_size:
            return True
        self.holds = CHANGED
        return False
