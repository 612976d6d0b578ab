"""Typing ahead over HTTP at 40,000, 400,000 and 1,000,000 names: one client, eight at once; the memory of the service.

The names are synthetic and stand in the graph of the embedded engine, each with an actor of its own; they are written
straight, without records, since what is measured is the search. What is asked is a name of the graph as somebody types
it: begun, whole, or with a letter left out.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
import psutil

from bench.engines import BenchEngine
from bench.resolving.synthetic import names
from bench.service import serving_process
from kg.cypher import writing
from kg.engine.graph import Graph, Transaction
from kg.graph_schema import apply_schema
from kg.matching.index import IndexedName
from kg.settings import load_settings
from schema.ids import normalise_name

SIZES: Final = (40_000, 400_000, 1_000_000)
CLIENTS: Final = 8
WARM: Final = 100
ASKED: Final = 400
_BATCH: Final = 5_000
_STAMP: Final = "2026-01-01T00:00:00.000000Z"
_TIE: Final = {"recorded_at": _STAMP}
_SEED: Final = 11


@dataclass(frozen=True, slots=True)
class Typed:
    """Milliseconds of one client and of eight at once, seconds until the first answer, and megabytes."""

    size: int
    p50: float
    p99: float
    many_p50: float
    many_p99: float
    hits: float
    ready: float
    again: float
    memory: float
    disk: float


def _row(name: IndexedName) -> dict[str, Any]:
    actor = {"id": name.actor, "name": name.name, "kind": name.kind, "country": name.country, "recorded_at": _STAMP}
    alias = {"id": name.alias, "name": name.name, "normalised": normalise_name(name.name), "kind": "name"}
    return {"actor": actor | {"caption": name.name}, "alias": alias | {"recorded_at": _STAMP}}


async def load(engine: BenchEngine, first: int, last: int) -> float:
    """Put the names from one number to another into the graph; answers how many seconds it took."""
    started = time.perf_counter()
    async with Graph(engine.settings) as graph:
        await apply_schema(graph)
        found = itertools.islice(names(last), first, last)
        while rows := [_row(name) for name in itertools.islice(found, _BATCH)]:

            async def write(transaction: Transaction, rows: list[dict[str, Any]] = rows) -> None:
                ends = [{"start": r["actor"]["id"], "end": r["alias"]["id"], "props": _TIE} for r in rows]
                await transaction.run(writing.create_nodes("Actor"), rows=[row["actor"] for row in rows])
                await transaction.run(writing.create_nodes("Alias"), rows=[row["alias"] for row in rows])
                await transaction.run(writing.create_relationships("HAS_ALIAS", "Actor", "Alias"), rows=ends)

            await graph.write(write)
    return time.perf_counter() - started


def _queries(size: int) -> Iterator[tuple[str, str]]:
    """What is typed, and the name that is meant."""
    draw = random.Random(_SEED)
    sample = [name.name for name in itertools.islice(names(size), 0, min(size, 40_000), 37)]
    while True:
        name = draw.choice(sample)
        match draw.randrange(3):
            case 0:
                yield name[: draw.randint(3, max(4, len(name) - 1))], name
            case 1:
                yield name, name
            case _:
                at = draw.randrange(1, len(name) - 1)
                yield name[:at] + name[at + 1 :], name


async def _ask(client: httpx.AsyncClient, asked: list[tuple[str, str]]) -> tuple[list[float], int]:
    times, hits = [], 0
    for typed, name in asked:
        started = time.perf_counter()
        answer = await client.get("/v1/actors", params={"q": typed, "limit": 10})
        times.append((time.perf_counter() - started) * 1_000)
        assert answer.status_code == 200, answer.text
        hits += any(item["actor"]["name"] == name for item in answer.json()["items"])
    return times, hits


async def _clients(address: str, size: int) -> tuple[list[float], list[float], float]:
    asked = _queries(size)
    async with httpx.AsyncClient(base_url=address, trust_env=False, timeout=600) as client:
        await _ask(client, list(itertools.islice(asked, WARM)))
        one, hits = await _ask(client, list(itertools.islice(asked, ASKED)))
    many = [httpx.AsyncClient(base_url=address, trust_env=False, timeout=600) for _ in range(CLIENTS)]
    parts = [list(itertools.islice(asked, ASKED // 2)) for _ in many]
    found = await asyncio.gather(*(_ask(client, part) for client, part in zip(many, parts, strict=True)))
    for client in many:
        await client.aclose()
    return one, [each for times, _ in found for each in times], hits / ASKED


def _first_answer(address: str) -> float:
    started = time.perf_counter()
    httpx.get(f"{address}/v1/actors", params={"q": "an"}, trust_env=False, timeout=1_200).raise_for_status()
    return time.perf_counter() - started


def measure(engine: BenchEngine, size: int) -> Typed:
    """Serve a graph that holds so many names, without an index at first, and ask."""
    index = engine.settings.data_dir / "names"
    shutil.rmtree(index, ignore_errors=True)
    with serving_process(engine) as (address, _):
        ready = _first_answer(address)
    with serving_process(engine) as (address, process):
        again = _first_answer(address)
        one, many, hits = asyncio.run(_clients(address, size))
        memory = psutil.Process(process).memory_info().rss / 1e6
    disk = sum(file.stat().st_size for file in index.rglob("*") if file.is_file()) / 1e6
    return Typed(size, *_quantiles(one), *_quantiles(many), hits, ready, again, memory, disk)


def measure_all(sizes: Sequence[int] = SIZES) -> Iterator[Typed]:
    """One graph that grows from size to size."""
    with tempfile.TemporaryDirectory(prefix="geokg-bench-") as folder:
        engine = BenchEngine("embedded", load_settings(data_dir=Path(folder), engine_heap="3g"))
        for first, last in zip((0, *sizes), sizes, strict=False):
            asyncio.run(load(engine, first, last))
            yield measure(engine, last)


def _quantiles(times: list[float]) -> tuple[float, float]:
    return statistics.median(times), sorted(times)[int(len(times) * 0.99)]
