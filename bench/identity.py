"""``python -m bench.identity``: what the decision ledger costs, as it grows.

A 20-row timeline of an actor that nobody decided on, and of one that is merged with another, with an empty ledger and
with ledgers of some sizes; how long one more decision takes; and how long a process needs to take a changed ledger in.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from bench.engines import BenchEngine, emptied
from bench.rows import actors, documents
from kg.asking.parameters import PageRequest
from kg.asking.timeline import timeline
from kg.deciding import deciding
from kg.deciding.deciding import Said
from kg.engine.graph import Graph
from kg.identity.current import read_ledger
from kg.ingest import ingest_records
from kg.settings import load_settings
from schema.ids import actor_id

ROUNDS: Final = 200
DOCUMENTS: Final = 400
NAMED: Final = 200
SIZES: Final = (0, 1_000, 10_000)
SAID: Final = Said("bench", "a rule")


async def _median(ask: Callable[[], Awaitable[Any]], rounds: int = ROUNDS) -> float:
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        await ask()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def _namesakes(count: int) -> list[dict[str, Any]]:
    return [{"type": "actor", "name": f"Namesake {n}", "kind": "person"} for n in range(count)]


def _merges(first: int, last: int) -> list[dict[str, Any]]:
    """Pairs of namesakes that are one."""
    said = {"decided_by": "bench", "reason": "a rule", "decided_at": "2026-01-01T00:00:00Z"}
    return [
        {"type": "decision", "verdict": "same", "left": f"Namesake {2 * n}", "right": f"Namesake {2 * n + 1}", **said}
        for n in range(first, last)
    ]


async def _measure(graph: Graph, table: Table) -> None:
    await ingest_records(graph, actors(NAMED))
    await ingest_records(graph, documents(DOCUMENTS, NAMED))
    await ingest_records(graph, _namesakes(2 * SIZES[-1]))
    free = actor_id("Company 00011")
    await _median(lambda: timeline(graph, free, page=PageRequest(20)), 600)  # the engine compiles what it runs often
    base, there = 0.0, 0
    for size in SIZES:
        await ingest_records(graph, _merges(there, size))
        there = size
        alone = await _median(lambda: timeline(graph, free, page=PageRequest(20)))
        base = base or alone
        decided, took = [], []
        for _ in range(5):
            started = time.perf_counter()
            decided.append(await deciding.decide(graph, await deciding.merge(graph, free, "Company 00013", SAID)))
            took.append((time.perf_counter() - started) * 1000)
            merged = await _median(lambda: timeline(graph, free, page=PageRequest(20)), 40)
            await deciding.decide(graph, deciding.undo(decided[-1], SAID))
        taken_in = await _median(lambda: read_ledger(graph.read), 5)
        table.add_row(
            f"{size:,}",
            *(f"{alone:.2f} ms", f"{alone / base:.2f}", f"{merged:.2f} ms", f"{merged / alone:.2f}"),
            *(f"{statistics.median(took):,.0f} ms", f"{taken_in:,.0f} ms"),
        )


async def _measured(engine: BenchEngine) -> Table:
    table = Table(title=f"the decision ledger, {engine.name} engine, p50", header_style="bold")
    columns = ("decisions", "timeline", "to none", "merged", "to alone", "one more decision", "taking it in")
    for column in columns:
        table.add_column(column)
    async with emptied(engine) as graph:
        await _measure(graph, table)
    return table


def main() -> None:
    """Measure on the embedded engine, and print the table."""
    with tempfile.TemporaryDirectory(prefix="geokg-bench-") as folder:
        engine = BenchEngine("embedded", load_settings(data_dir=Path(folder)))
        Console(width=120).print(asyncio.run(_measured(engine)))


if __name__ == "__main__":
    main()
