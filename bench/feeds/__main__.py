"""``python -m bench.feeds``: loading ICEWS18 events and asking afterwards, as ratios beside absolutes, in one run.

``--table`` names the table (events.tsv.gz, see docs/feeds.md). Every load is a process of its own on an engine of its
own that is empty and just started; geokg and the raw driver take turns. ``--rows 20000 --no-questions`` is a short run.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import logging
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.table import Table

import seed_data
from bench.engines import BenchEngine
from bench.feeds import graphrag, questions
from bench.feeds.writes import record, written_bare
from bench.service import environment
from kg.engine.graph import Graph
from kg.export import export_records
from kg.graph_schema import apply_schema
from kg.ingest import ingest_files
from kg.settings import load_settings
from tests.engines.neo4j_server import Neo4jServer

Found = dict[str, float]


def table_of(given: Path, rows: int, folder: Path) -> Path:
    """The first rows of the table; where it has fewer, copies of it with the dates shifted by whole decades."""
    place = folder / f"events-{rows}.tsv"
    opening = gzip.open if given.suffix == ".gz" else open
    with opening(given, "rt", encoding="utf-8") as file, place.open("w", encoding="utf-8") as out:
        out.write(next(file))
        written, shift = 0, 0
        while written < rows:
            for line in islice(file, rows - written):
                cells = line.split("\t")
                cells[3] = f"{int(cells[3][:4]) + shift}{cells[3][4:]}"
                out.write("\t".join(cells))
                written += 1
            file.seek(0)
            next(file)
            shift += 10
    return place


@contextmanager
def fresh(kind: str, folder: Path, plugins: bool = False) -> Iterator[BenchEngine]:
    """An engine of its own, empty and started."""
    if kind == "neo4j":
        home = Path(tempfile.mkdtemp(prefix="neo4j-", dir=folder))
        if plugins:
            graphrag.fetch_apoc(home / "plugins")
        with Neo4jServer(home=home) as server:
            yield BenchEngine(kind, load_settings(neo4j_uri=server.uri))
        return
    with tempfile.TemporaryDirectory(prefix="embedded-", dir=folder, ignore_cleanup_errors=True) as data:
        yield BenchEngine(kind, load_settings(data_dir=Path(data)))


def loaded(engine: BenchEngine, place: Path) -> Found:
    """One load in a process of its own."""
    command = [sys.executable, "-m", "bench.feeds.load", str(place)]
    done = subprocess.run(command, env=environment(engine), stdout=subprocess.PIPE, text=True, check=True)
    found: Found = json.loads(done.stdout.splitlines()[-1])
    return found


async def _bare(engine: BenchEngine, file: Path) -> Found:
    async with Graph(engine.settings) as graph:
        await apply_schema(graph)
        return await written_bare(engine, file)


async def _first_and_again(engine: BenchEngine, place: Path) -> tuple[Found, Found]:
    async with Graph(engine.settings):  # holds the engine between the two
        first = await asyncio.to_thread(loaded, engine, place)
        return first, await asyncio.to_thread(loaded, engine, place)


def load_rows(kind: str, place: Path, folder: Path, rounds: int, against_graphrag: int) -> Iterator[tuple[str, ...]]:
    """Measures of loading on one engine."""
    file = folder / "writes.pickle"
    asyncio.run(record(str(place), file))
    bare, first, again = [], [], []
    for _ in range(rounds):
        with fresh(kind, folder) as engine:
            bare.append(asyncio.run(_bare(engine, file)))
        with fresh(kind, folder) as engine:
            one, other = asyncio.run(_first_and_again(engine, place))
            first.append(one)
            again.append(other)
    rows = bare[0]["rows"]
    seconds = {
        name: statistics.median(each["seconds"] for each in found)
        for name, found in (("bare", bare), ("first", first), ("again", again))
    }
    memory = max(each["memory"] for each in (*first, *again))
    ours = f"{rows / seconds['first']:,.0f} rows/s"
    yield _told(
        "first load",
        kind,
        ours,
        f"{rows / seconds['bare']:,.0f} rows/s",
        seconds["bare"] / seconds["first"],
        ">= 0.9",
        seconds["bare"] / seconds["first"] >= 0.9,
    )
    records = first[0]["read"]
    yield _told(
        "same rows again",
        kind,
        f"{records / seconds['again']:,.0f} records/s",
        f"first: {records / seconds['first']:,.0f}",
        seconds["first"] / seconds["again"],
        ">= 3",
        seconds["first"] / seconds["again"] >= 3,
    )
    yield ("loader's peak memory", kind, f"{memory:.0f} MB", "–", "–", "< 300 MB", "yes" if memory < 300 else "no")
    races = sum(each["races"] for each in (*first, *again))
    yield ("writes tried again", kind, f"{races:.0f}", "–", "–", "–", "–")
    if kind == "neo4j" and against_graphrag:
        python = graphrag.environment(folder / "graphrag")
        with fresh(kind, folder, plugins=True) as engine:
            assert engine.settings.neo4j_uri is not None
            theirs = graphrag.measure(python, engine.settings.neo4j_uri, file, against_graphrag)
        rate = theirs["rows"] / theirs["seconds"]
        ratio = rows / seconds["first"] / rate
        yield _told("Neo4jWriter", kind, ours, f"{rate:,.0f} rows/s", ratio, ">= 5", ratio >= 5)


def _told(what: str, kind: str, ours: str, theirs: str, ratio: float, goal: str, met: bool) -> tuple[str, ...]:
    return what, kind, ours, theirs, f"{ratio:.2f}", goal, "yes" if met else "no"


async def _asked(engine: BenchEngine, place: Path, first: Path) -> dict[str, dict[str, float]]:
    async with Graph(engine.settings) as graph:
        await apply_schema(graph)
        await ingest_files(graph, seed_data.files())
        await asyncio.to_thread(loaded, engine, place)
        claim = next([record["id"] async for record in export_records(graph) if record["type"] == "claim"].__iter__())
        return await questions.measure(engine, first, claim)


def question_rows(kind: str, given: Path, sizes: list[int], folder: Path) -> Iterator[tuple[str, ...]]:
    """Measures of asking, the smallest graph first; each is compared with the one before it."""
    before: dict[str, dict[str, float]] = {}
    first = table_of(given, min(sizes), folder)
    for size in sorted(sizes):
        place = table_of(given, size, folder)
        with fresh(kind, folder) as engine:
            found = asyncio.run(_asked(engine, place, first))
        for what, times in found.items():
            ratio = times["p50"] / before[what]["p50"] if before else None
            yield (
                f"{what}, {size:,} events",
                kind,
                f"{times['p50']:.1f} ms (p99 {times['p99']:.1f})",
                f"{before[what]['p50']:.1f} ms" if before else "–",
                f"{ratio:.2f}" if ratio else "–",
                "<= 1.5",
                "–" if ratio is None else "yes" if ratio <= 1.5 else "no",
            )
        before = found


def main() -> None:
    """Measure, and print the table."""
    logging.getLogger("neo4j.notifications").setLevel(logging.ERROR)
    parser = argparse.ArgumentParser(prog="python -m bench.feeds", description=__doc__)
    parser.add_argument("--table", type=Path, required=True, help="events.tsv or events.tsv.gz of ICEWS18")
    parser.add_argument("--rows", type=int, default=468_558, help="rows that are loaded")
    parser.add_argument("--rounds", type=int, default=1, help="loads of each kind; the median counts")
    parser.add_argument("--engine", action="append", choices=["embedded", "neo4j"], help="both when left out")
    parser.add_argument("--graphrag-rows", type=int, default=100_000, help="graph rows for Neo4jWriter; 0 for none")
    parser.add_argument("--sizes", type=int, nargs="*", default=[47_000, 470_000], help="events to ask among")
    parser.add_argument("--no-questions", action="store_true", help="only load")
    given = parser.parse_args()
    table = Table(title="feeds", header_style="bold")
    for column in ("measure", "engine", "geokg", "beside", "ratio", "goal", "met"):
        table.add_column(column)
    with tempfile.TemporaryDirectory(prefix="geokg-feeds-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        place = table_of(given.table, given.rows, folder)
        for kind in given.engine or ["embedded", "neo4j"]:
            for row in load_rows(kind, place, folder, given.rounds, given.graphrag_rows):
                table.add_row(*row)
                print(*row, sep=" | ", flush=True)
            for row in () if given.no_questions else question_rows(kind, given.table, given.sizes, folder):
                table.add_row(*row)
                print(*row, sep=" | ", flush=True)
    Console(width=150).print(table)


if __name__ == "__main__":
    main()
