"""A job that is killed with -9, wherever that is, goes on by itself: nothing is lost, nothing is there twice."""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import signal
from pathlib import Path
from typing import Any

import pytest

from kg.engine.graph import Graph
from kg.jobs.run import run_job
from kg.jobs.store import JobStore
from kg.settings import Settings
from kg.verify import verify
from tests.engines.under_test import CHANGED, EngineUnderTest
from tests.jobs import killed
from tests.jobs.inputs import timeless, write
from tests.writing.exported import exported

BODIES = 30
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
    return engine.settings.model_copy(update={"batch_size": 5, "jobs_checkpoint": 0.0, **more})


@pytest.fixture(scope="module")
async def undisturbed(
    module_graph: Graph, engine: EngineUnderTest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[str], dict[str, Any]]:
    """The graph, and what is told of the job, when nothing disturbs it."""
    folder = tmp_path_factory.mktemp("undisturbed")
    job, _ = JobStore(folder).add("files", str(write(folder / "records.jsonl", BODIES)))
    assert (await run_job(_settings(engine), job)).state == "done"
    return timeless(await exported(module_graph)), _outcome(job.answer().model_dump())


async def _emptied(engine: EngineUnderTest) -> Graph:
    engine.holds = CHANGED
    await engine.empty()
    engine.holds = CHANGED
    return engine.graph


def _outcome(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: answer[name] for name in ("state", "counts", "by_type", "superseded", "relationships", "notes")}


async def test_killed_twenty_times(
    undisturbed: tuple[list[str], dict[str, Any]], engine: EngineUnderTest, tmp_path: Path
) -> None:
    graph = await _emptied(engine)
    place = write(tmp_path / "records.jsonl", BODIES)
    job, _ = JobStore(tmp_path / "jobs").add("files", str(place))
    place.unlink()  # what was acknowledged needs it no more
    chance = random.Random(f"geokg {graph.name}")
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
    assert timeless(await exported(graph)) == undisturbed[0]
    assert _outcome(job.answer().model_dump()) == undisturbed[1]
    assert (await verify(graph)).faults == []
    assert not (job.path / "input").exists()


async def test_a_disk_that_is_full(
    undisturbed: tuple[list[str], dict[str, Any]], engine: EngineUnderTest, tmp_path: Path
) -> None:
    """It is told as such; with room again, the job ends with the graph of one that nothing disturbed."""
    graph = await _emptied(engine)
    place = write(tmp_path / "records.jsonl", BODIES)
    store = JobStore(tmp_path / "jobs")
    assert "there is no room left on the disk" in await _told_with_room(20_000, store.folder, place, None)
    assert store.all() == [] and not list(store.folder.iterdir())
    job, _ = store.add("files", str(place))
    await _told_with_room(1_500, store.folder, place, _settings(engine))
    status = job.status()
    assert status.state == "failed" and "there is no room left on the disk" in (status.error or "")
    assert 0 < len(await exported(graph)) < len(undisturbed[0])
    job.resume()
    assert (await run_job(_settings(engine), job)).state == "done"
    assert timeless(await exported(graph)) == undisturbed[0]
    assert _outcome(job.answer().model_dump()) == undisturbed[1]


async def _told_with_room(room: int, folder: Path, place: Path, settings: Settings | None) -> str:
    """What is told where no file can be larger than that."""
    ours, theirs = _forks.Pipe()
    process = _forks.Process(target=killed.with_room, args=(room, folder, place, settings, theirs))
    process.start()
    await asyncio.to_thread(process.join)
    return str(ours.recv()) if ours.poll() else ""


def _content(path: Path | str) -> bytes:
    return Path(path).read_bytes()


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("point", killed.KEEPING)
async def test_killed_while_its_input_is_kept(tmp_path: Path, point: str, number: int) -> None:
    """Nobody was told of a job, so that there is none, or a whole one; the next try makes it."""
    place = tmp_path / "input.jsonl"
    place.write_bytes(b"{}\n" * 800_000)
    store = JobStore(tmp_path / "jobs")
    await _killed(killed.add_until, str(store.folder), "files", str(place), point, number)
    store.sweep()
    before = store.all()
    assert {each.name for each in store.folder.iterdir()} == {each.path.name for each in before}
    job, there = store.add("files", str(place))
    assert there == bool(before)
    assert _content(job.input()) == _content(place)
    assert [each.path.name for each in store.waiting()] == [job.path.name]
