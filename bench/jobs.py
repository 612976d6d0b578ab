"""How fast the service answers while a job runs, beside how fast it answers without: ``python -m bench.jobs FILE.tsv``.

FILE is a table of the source ``icews``. The service and its jobs run as they always do, each in a process of its own,
on an embedded engine that holds the seed data.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path

import httpx

from kg.engine.graph import open_graph
from kg.graph_schema import apply_schema
from kg.ingest import ingest_files
from kg.settings import Settings
from seed_data import files
from tests.api.service import running

SECONDS = 12.0
PAUSE = 0.01
"""Seconds between questions: that of somebody who reads, not a test of how many fit."""


async def _seed(settings: Settings) -> None:
    async with await open_graph(settings) as graph:
        await apply_schema(graph)
        await ingest_files(graph, files())


def _asked(client: httpx.Client, paths: list[str], seconds: float) -> list[float]:
    """Milliseconds of each answer, in order of size."""
    found, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        for path in paths:
            began = time.perf_counter()
            client.get(path).raise_for_status()
            found.append((time.perf_counter() - began) * 1_000)
            time.sleep(PAUSE)
    return sorted(found)


def _at(values: list[float], part: float) -> float:
    return values[int(len(values) * part)]


def main(table: Path, pauses: tuple[float, ...] = (0.0, 0.5, 1.0)) -> None:
    """Print a line for each length of rest between batches."""
    for pause in pauses:
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(data_dir=Path(folder) / "data", jobs_pause=pause)
            asyncio.run(_seed(settings))
            with running(settings) as client:
                claim = client.get("/v1/claims?accused=Alibaba").json()["items"][0]["id"]
                paths = [f"/v1/claims/{claim}", "/v1/actors/Alibaba", "/v1/actors/Alibaba/timeline"]
                _asked(client, paths, SECONDS / 2)
                before = _asked(client, paths, SECONDS)
                sent = client.post("/v1/jobs?source=icews&name=table.tsv", content=table.read_bytes()).json()
                while client.get(f"/v1/jobs/{sent['id']}").json()["counts"]["read"] == 0:
                    time.sleep(0.1)
                busy = _asked(client, paths, SECONDS)
                job = client.get(f"/v1/jobs/{sent['id']}").json()
                client.post(f"/v1/jobs/{sent['id']}/cancel")
                while client.get(f"/v1/jobs/{sent['id']}").json()["state"] == "running":
                    time.sleep(0.1)
                idle = sorted([*before, *_asked(client, paths, SECONDS)])
        state = "" if job["state"] == "running" else f"; the job was {job['state']} before the end: give more rows"
        ratio = _at(busy, 0.95) / _at(idle, 0.95)
        print(
            f"rest {pause:.1f}: p50 {_at(busy, 0.5):.1f} against {_at(idle, 0.5):.1f} ms, "
            f"p95 {_at(busy, 0.95):.1f} against {_at(idle, 0.95):.1f} ms: {ratio:.2f} times; "
            f"{job['rate']} records/s{state}"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
