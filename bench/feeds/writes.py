"""The writes of a load, written down without an engine, and done again by the raw driver and nothing else."""

from __future__ import annotations

import pickle
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, cast
from unittest.mock import patch

from neo4j import AsyncGraphDatabase

from bench.engines import BenchEngine
from kg.engine.graph import Changes, Graph
from kg.engine.query import Query
from kg.ingest.feeds import ingest_source
from kg.sources.port import source_named
from kg.writing.shapes import Shaped

BATCH: Final = 2_000
_WINDOW: Final = 10
"""Batches of the load whose rows the raw driver's are put together from, so that each of its UNWINDs is full."""

Rows = list[dict[str, Any]]
Writes = dict[str, Rows]
"""From a statement to its rows."""


class _Recorder:
    """Stands in for an empty graph: answers that nothing is there, and writes down what it is to create."""

    races = 0
    name = "recorder"

    def __init__(self, file: Path) -> None:
        self.statements = 0
        self._file = file.open("wb")
        self._window: Writes = defaultdict(list)
        self._batches = 0

    async def read(self, _query: Query, /, **_: Any) -> Rows:
        return []

    async def write(self, work: Any) -> Any:
        answer = await work(self)
        self._batches += 1
        if self._batches % _WINDOW == 0:
            self.flush()
        return answer

    now = "2026-11-24T00:00:00.000000Z"
    changes = Changes()

    async def run(self, query: Query, /, **parameters: Any) -> Rows:
        self.changes = Changes()
        if query.name.startswith("contents of"):
            return [{"ids": [], "digests": []}]
        rows = parameters.get("rows", [])
        if "CREATE" in query.text:
            self._window[query.text] += rows
        return [{"n": len(rows)}] if rows else []

    def flush(self) -> None:
        pickle.dump(dict(self._window), self._file)
        self._window.clear()

    def close(self) -> None:
        self.flush()
        self._file.close()


async def record(place: str, file: Path) -> None:
    """Write down what loading an ICEWS table creates: nodes, then the relationships between them."""
    recorder = _Recorder(file)
    with (
        patch("kg.writing.batch.shaped", lambda bundles, _: Shaped(plain=list(bundles))),
        patch("kg.resolving.lookup.Lookup.full", False),  # there is no graph that could be asked again
    ):
        await ingest_source(cast(Graph, recorder), source_named("icews"), place, batch_size=BATCH)
    recorder.close()


def windows(file: Path) -> Iterator[Writes]:
    """What was written down, some batches at a time: nodes before the relationships between them."""
    with file.open("rb") as opened:
        while True:
            try:
                yield pickle.load(opened)
            except EOFError:
                return


async def written_bare(engine: BenchEngine, file: Path) -> dict[str, float]:
    """Seconds that the raw driver takes for the same writes: UNWIND and CREATE, full batches, nothing looked up.

    The seconds of reading the rows from the file are not among them. Also how many nodes and relationships it wrote.
    """
    uri, auth, database = await engine.address()
    seconds, nodes, total = 0.0, 0, 0
    async with AsyncGraphDatabase.driver(uri, auth=auth) as driver, driver.session(database=database) as session:
        for writes in windows(file):
            for text in sorted(writes, key=lambda text: "MATCH" in text):
                rows = writes[text]
                nodes += 0 if "MATCH" in text else len(rows)
                total += len(rows)
                for at in range(0, len(rows), BATCH):
                    part = rows[at : at + BATCH]

                    async def run(transaction: Any, text: str = text, part: Rows = part) -> None:
                        await (await transaction.run(text, rows=part)).consume()

                    started = time.perf_counter()
                    await session.execute_write(run)
                    seconds += time.perf_counter() - started
    return {"seconds": seconds, "nodes": nodes, "rows": total}
