"""Ingestion against a bare UNWIND of the same rows by the raw driver."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from neo4j import AsyncGraphDatabase

from bench.engines import BenchEngine, emptied
from bench.rows import Record, actors, documents
from kg.cypher import writing as queries
from kg.engine.query import Query
from kg.ingest import ingest_records
from schema.ids import label_of

ACTORS = 300
DOCUMENTS = 1_500
BATCH = 2_000

_ALL_NODES = Query("all nodes", "MATCH (n) WHERE n.id <> 'schema' RETURN labels(n)[0] AS label, properties(n) AS props")
_ALL_EDGES = Query(
    "all relationships", "MATCH (a)-[r]->(b) RETURN type(r) AS kind, a.id AS start, b.id AS end, properties(r) AS props"
)


async def measure(engine: BenchEngine) -> dict[str, float]:
    """Seconds for the first load, for the same again, and for the bare UNWIND of the same rows."""
    records: Sequence[Record] = [*actors(ACTORS), *documents(DOCUMENTS, ACTORS)]
    async with emptied(engine) as graph:
        await ingest_records(graph, documents(50, 50) and actors(50), batch_size=BATCH)  # warms the engine
    async with emptied(engine) as graph:
        started = time.perf_counter()
        report = await ingest_records(graph, records, batch_size=BATCH)
        first = time.perf_counter() - started
        assert report.counts.new == len(records), report.rejected[:3]
        started = time.perf_counter()
        report = await ingest_records(graph, records, batch_size=BATCH)
        again = time.perf_counter() - started
        assert report.counts.unchanged == len(records)
        nodes = await graph.read(_ALL_NODES)
        edges = await graph.read(_ALL_EDGES)
    async with emptied(engine):
        bare = await _bare(engine, nodes, edges)
    return {"records": len(records), "rows": len(nodes) + len(edges), "first": first, "again": again, "bare": bare}


async def _bare(engine: BenchEngine, nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> float:
    """The least that writing these rows takes: UNWIND and CREATE, nothing looked up but the ends."""
    node_rows: dict[str, list[Any]] = defaultdict(list)
    for node in nodes:
        node_rows[node["label"]].append(node["props"])
    edge_rows: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for edge in edges:
        key = (edge["kind"], label_of(edge["start"]) or "", label_of(edge["end"]) or "")
        edge_rows[key].append({"start": edge["start"], "end": edge["end"], "props": edge["props"]})
    work = [(queries.create_nodes(label).text, rows) for label, rows in node_rows.items()]
    work += [(queries.create_relationships(*key).text, rows) for key, rows in edge_rows.items()]
    uri, auth, database = await engine.address()
    async with AsyncGraphDatabase.driver(uri, auth=auth) as driver, driver.session(database=database) as session:
        started = time.perf_counter()
        for text, rows in work:
            for at in range(0, len(rows), BATCH):
                part = rows[at : at + BATCH]

                async def run(transaction: Any, text: str = text, part: Any = part) -> None:
                    await (await transaction.run(text, rows=part)).consume()

                await session.execute_write(run)
        return time.perf_counter() - started
