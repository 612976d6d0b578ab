"""A job that is killed with -9, wherever that is, goes on by itself: nothing is lost, nothing is there twice."""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import signal
from pathlib import Path
from typing import Any

from kg.engine.graph import Graph
from kg.jobs.run import run_job
from kg.jobs.store import JobStore
from kg.settings import Settings
from kg.verify import verify
from tests.engines.under_test import EngineUnderTest
from tests.jobs import killed
from tests.jobs.inputs import timeless, write
from tests.writing.exported import exported

BODIES = 42
KILLS = 20

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(["tests.jobs.killed"])


async def _killed(target: Any, *arguments: object) -> bool:
    """Do something in a process of its own; whether it was killed there."""
    process = _forks.Process(target=target, args=arguments)
    process.start()
    await asyncio.to_thread(process.join)
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def _settings(engine: EngineUnderTest, **more: Any) -> Settings:
    return engine.settings.model_copy(update={"batch_size": 7, "jobs_checkpoint": 0.0, **more})


async def _undisturbed(engine: EngineUnderTest, folder: Path, place: Path) -> tuple[list[str], dict[str, Any]]:
    job, _ = JobStore(folder).add("files", str(place))
    assert (await run_job(_settings(engine), job)).state == "done"
    graph = timeless(await exported(engine.graph))
    await engine.empty()
    return graph, _outcome(job.answer().model_dump())


def _outcome(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: answer[name] for name in ("state", "counts", "by_type", "superseded", "relationships", "notes")}


async def test_killed_twenty_times(graph: Graph, engine: EngineUnderTest, tmp_path: Path) -> None:
    place = write(tmp_path / "records.jsonl", BODIES)
    expected, outcome = await _undisturbed(engine, tmp_path / "one", place)
    engine.holds = "what a test wrote"
    job, _ = JobStore(tmp_path / "two").add("files", str(place))
    place.unlink()  # what was acknowledged needs it no more
    chance = random.Random(f"geokg {engine.graph.name}")
    points = [*killed.POINTS, *chance.choices(killed.POINTS[:8], k=KILLS - len(killed.POINTS))]
    chance.shuffle(points)
    last = [point for point in points if point in ("before the end", "at the end")]
    points = [*(point for point in points if point not in last), *sorted(last, reverse=True)]
    kills = 0
    for point in points:
        number = 1 if point in last or point == "behind rejects" else chance.randint(1, 3)
        kills += await _killed(killed.run_until, _settings(engine), str(job.path), point, number)
        assert job.status().state == "queued" or point == "at the end", point
    assert kills == KILLS
    assert not await _killed(killed.run_until, _settings(engine), str(job.path), "", 0)
    assert timeless(await exported(graph)) == expected
    assert _outcome(job.answer().model_dump()) == outcome
    assert (await verify(graph)).faults == []
    assert not (job.path / "input").exists()
