"""The service against the raw driver: a 20-row timeline over HTTP, and the time from nothing to the first answer."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from neo4j import AsyncGraphDatabase

import seed_data
from bench.engines import BenchEngine, emptied
from kg.asking.parameters import PageRequest
from kg.asking.timeline import timeline
from kg.engine.graph import Graph
from kg.engine.query import Query
from kg.ingest import ingest_files

ROUNDS = 400
WARM = 100
ROWS = 20


def environment(engine: BenchEngine) -> dict[str, str]:
    """The environment in which a command uses this engine."""
    settings = engine.settings
    own = {"GEOKG_NEO4J_URI": settings.neo4j_uri or "", "GEOKG_DATA_DIR": str(settings.data_dir)}
    own["GEOKG_NEO4J_PASSWORD"] = settings.neo4j_password.get_secret_value()
    return os.environ | own


@contextmanager
def serving(engine: BenchEngine) -> Iterator[str]:
    """A running ``geokg serve``; gives its address."""
    with serving_process(engine) as (address, _):
        yield address


@contextmanager
def serving_process(engine: BenchEngine) -> Iterator[tuple[str, int]]:
    """The same; gives its address and the id of its process."""
    command = [str(Path(sys.executable).with_name("geokg")), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment(engine)) as server:
        assert server.stdout is not None
        try:
            line = next(line for line in server.stdout if "http://" in line)
            found = re.search(r"http://[\d.]+:\d+", line)
            assert found is not None
            yield found[0], server.pid
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)


async def _times(*work: Callable[[], Awaitable[Any]]) -> list[list[float]]:
    """Milliseconds of each piece of work, done in turns, so that all of them see the same machine."""
    times: list[list[float]] = [[] for _ in work]
    for number in range(WARM + ROUNDS):
        for each, taken in zip(work, times, strict=True):
            started = time.perf_counter()
            await each()
            if number >= WARM:
                taken.append((time.perf_counter() - started) * 1000)
    return times


async def measure(engine: BenchEngine) -> dict[str, float]:
    """Milliseconds, p50 and p99, of a timeline of 20 rows: over HTTP, and its query alone by the raw driver."""
    asked: list[tuple[Query, dict[str, Any]]] = []
    async with emptied(engine) as graph:
        await ingest_files(graph, seed_data.files())
        read = graph.read

        async def noting(query: Query, /, **parameters: Any) -> list[dict[str, Any]]:
            asked.append((query, parameters))
            return await read(query, **parameters)

        graph.read = noting  # type: ignore[method-assign]
        page = await timeline(graph, "Alibaba", page=PageRequest(limit=ROWS))
        assert len(page.items) == ROWS
        uri, auth, database = await engine.address()
        with serving(engine) as address:
            async with (
                AsyncGraphDatabase.driver(uri, auth=auth) as driver,
                driver.session(database=database) as session,
                httpx.AsyncClient(base_url=address, trust_env=False) as client,
            ):

                async def raw() -> None:
                    for query, parameters in asked:
                        result = await session.run(query.text, parameters)
                        _ = [record.data() async for record in result]

                async def over_http() -> None:
                    answer = await client.get(f"/v1/actors/Alibaba/timeline?limit={ROWS}")
                    assert answer.status_code == 200, answer.text

                bare, http = await _times(raw, over_http)
    return {"queries": len(asked)} | _quantiles("raw", bare) | _quantiles("http", http)


def _quantiles(name: str, times: list[float]) -> dict[str, float]:
    return {f"{name} p50": statistics.median(times), f"{name} p99": sorted(times)[int(len(times) * 0.99)]}


async def cold_start(engine: BenchEngine) -> dict[str, float]:
    """Seconds from a stopped engine to the first answer of a command, and of the next command beside a running one."""
    async with emptied(engine) as graph:
        await ingest_files(graph, seed_data.files())
        await graph.close(wait=True)

    def ask() -> float:
        command = [str(Path(sys.executable).with_name("geokg")), "actor", "Alibaba", "--json"]
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment(engine))
        return time.perf_counter() - started

    cold = await asyncio.to_thread(ask)
    async with Graph(engine.settings):
        warm = await asyncio.to_thread(ask)
    return {"cold": cold, "warm": warm}
