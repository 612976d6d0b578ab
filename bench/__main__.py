"""``python -m bench``: the figures of the service in one run, as ratios where machines differ.

The embedded engine starts by itself in a folder of its own. For Neo4j, name an *empty* one with GEOKG_BENCH_NEO4J_URI
(all that it holds is deleted), or let ``--neo4j`` fetch and start one as the tests do.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import ingest, service
from bench.engines import BenchEngine
from kg.settings import Settings, load_settings
from tests.engines.neo4j_server import Neo4jServer


def _neo4j(stack: ExitStack, start: bool) -> Settings | None:
    uri = os.environ.get("GEOKG_BENCH_NEO4J_URI")
    if uri:
        return load_settings(neo4j_uri=uri)
    if start:
        return load_settings(neo4j_uri=stack.enter_context(Neo4jServer()).uri)
    return None


def _row(table: Table, what: str, engine: str, ours: str, theirs: str, ratio: float, goal: str, met: bool) -> None:
    table.add_row(what, engine, ours, theirs, f"{ratio:.2f}", goal, "yes" if met else "no")


async def _measured(engines: list[BenchEngine]) -> Table:
    table = Table(title="geokg against the raw driver", header_style="bold")
    for column in ("measure", "engine", "geokg", "raw driver", "ratio", "goal", "met"):
        table.add_column(column)
    for engine in engines:
        found = await ingest.measure(engine)
        rate = found["rows"] / found["first"]
        ratio = found["bare"] / found["first"]
        bare = f"{found['rows'] / found['bare']:,.0f} rows/s"
        _row(table, "first load", engine.name, f"{rate:,.0f} rows/s", bare, ratio, ">= 0.9", ratio >= 0.9)
        again = found["first"] / found["again"]
        ours = f"{found['records'] / found['again']:,.0f} records/s"
        first = f"first: {found['records'] / found['first']:,.0f}"
        _row(table, "same input again", engine.name, ours, first, again, ">= 3", again >= 3)
        asked = await service.measure(engine)
        ratio = asked["http p50"] / asked["raw p50"]
        ours = f"{asked['http p50']:.2f} ms (p99 {asked['http p99']:.2f})"
        bare = f"{asked['raw p50']:.2f} ms (p99 {asked['raw p99']:.2f})"
        _row(table, "20-row timeline, p50", engine.name, ours, bare, ratio, "<= 2.0", ratio <= 2.0)
        start = await service.cold_start(engine)
        warm = f"beside it: {start['warm']:.2f} s"
        _row(table, "cold start", engine.name, f"{start['cold']:.2f} s", warm, start["cold"] / start["warm"], "–", True)
    return table


def main() -> None:
    """Measure, and print the table."""
    logging.getLogger("neo4j.notifications").setLevel(logging.ERROR)
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--neo4j", action="store_true", help="fetch and start a Neo4j with Maven")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="geokg-bench-")))
        engines = [BenchEngine("embedded", load_settings(data_dir=folder))]
        if neo4j := _neo4j(stack, arguments.neo4j):
            engines.append(BenchEngine("neo4j", neo4j))
        Console(width=140).print(asyncio.run(_measured(engines)))


if __name__ == "__main__":
    main()
