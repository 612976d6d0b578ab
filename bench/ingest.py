"""Ingestion against a bare UNWIND of the same rows by the raw driver."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from neo4j import AsyncGraphDatabase

from bench.engines import BenchEngine, emptied
from bench.rows import Record, actors, documents
from kg.cypher import writing as queries
from kg.engine.graph import Graph
from kg.engine.query import Query
from kg.ingest import ingest_records
from schema.ids import label_of

ACTORS = 300
DOCUMENTS = 1_500
BATCH = 2_000
ROUNDS = 3

_ALL_NODES = Query("all nodes", "MATCH (n) WHERE n.id <> 'schema' RETURN labels(n)[0] AS label, properties(n) AS props")
_ALL_EDGES = Query(
    "all relationships", "MATCH (a)-[r]->(b) RETURN type(r) AS kind, a.id AS start, b.id AS end, properties(r) AS props"
)


async def measure(engine: BenchEngine) -> dict[str, float]:
    """Seconds, medians of rounds in turns: the first load, the same again, and the bare UNWIND of the same rows.

    A round before those that count warms the engine, which else compiles its code during what comes first.
    """
    records: Sequence[Record] = [*actors(ACTORS), *documents(DOCUMENTS, ACTORS)]
    taken: dict[str, list[float]] = defaultdict(list)
    rows = 0
    for number in range(1 + ROUNDS):
        async with emptied(engine) as graph:
            times = {"first": await _timed(graph, records, new=True)}
            times["again"] = await _timed(graph, records, new=False)
            nodes = await graph.read(_ALL_NODES)
            edges = await graph.read(_ALL_EDGES)
        async with emptied(engine):
            times["bare"] = await _bare(engine, nodes, edges)
        rows = len(nodes) + len(edges)
        if number:
            for name, seconds in times.items():
                taken[name].append(seconds)
    return {"records": len(records), "rows": rows} | {name: statistics.median(each) for name, each in taken.items()}


async def _timed(graph: Graph, records: Sequence[Record], *, new: bool) -> float:
    started = time.perf_counter()
    report = await ingest_records(graph, records, batch_size=BATCH)
    seconds = time.perf_counter() - started
    counted = report.counts.new if new else report.counts.unchanged
    assert counted == len(records), report.rejected[:3]
    return seconds


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
