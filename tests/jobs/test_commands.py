"""Jobs, changes and sources on the real command line, and a job whose embedded engine is killed."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from kg.engine.graph import Graph
from kg.jobs.job import Told
from kg.jobs.run import run_job
from kg.jobs.service import environment_of
from kg.jobs.store import JobStore
from kg.settings import Settings
from kg.verify import verify
from tests.cli.geokg import geokg
from tests.engines.under_test import CHANGED, EngineUnderTest
from tests.ingest.records import actor, document
from tests.jobs.inputs import timeless, write
from tests.writing.exported import exported


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An engine of one's own."""
    return Settings(data_dir=tmp_path_factory.mktemp("own") / "data", engine_heap="256m", engine_linger=5.0)


async def test_the_life_of_a_job(settings: Settings, tmp_path: Path) -> None:
    environment = environment_of(settings)

    async def run(*arguments: str, status: int = 0) -> Any:
        done = await geokg(*arguments, "--json", environment=environment, cwd=tmp_path)
        assert done.status == status, (arguments, done.out, done.err)
        return done.json if done.out else done.err

    good = [actor("Alpha", kind="media"), document("d", "Nothing is said here.", publisher="Alpha")]
    poison = [actor(f"Bad {n}", kind="nonsense") for n in range(3)]
    file = tmp_path / "input.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in [*poison, *good]), "utf-8")
    failed = await run("ingest", "--source", "files", "--max-rejects", "1", str(file), status=1)
    assert failed["state"] == "failed" and "more than 1 records were rejected" in failed["error"]
    assert failed["place"] == str(file)
    ended = await run("ingest", "--source", "files", "--max-rejects", "9", str(file), status=1)  # some were rejected
    assert (ended["id"], ended["state"]) == (failed["id"], "done")
    assert (ended["counts"]["new"], ended["counts"]["rejected"]) == (2, 3)
    rejects = await run("jobs", "rejects", ended["id"])
    assert [each["where"] for each in rejects["items"]] == [f"{file}:{n}" for n in (1, 2, 3)]
    JobStore(settings.data_dir / "jobs").add("files", str(file), again=True)
    listed = await geokg("jobs", "run", environment=environment)
    assert listed.status == 0 and listed.out.count("done") == 2, listed
    assert "the job is done" in await run("jobs", "cancel", ended["id"], status=1)

    told = await run("changes")
    assert [(each["change"], each["label"], each["job"]) for each in told["items"]] == [
        ("added", "Actor", ended["id"]),
        ("added", "Document", ended["id"]),
    ]
    assert (await run("retract", "--job", ended["id"], "--reason", "a test"))["actors_left"] == 1
    assert (await run("restore", "--job", ended["id"]))["nodes"] == {"Document": 1}


async def test_the_engine_killed_while_a_job_runs(settings: Settings, tmp_path: Path) -> None:
    """The job waits for the engine, starts it anew, and goes on by itself."""
    settings = settings.model_copy(update={"batch_size": 5, "jobs_checkpoint": 0.0, "engine_linger": 0.0})
    killed = asyncio.Event()

    def kill(told: Told) -> None:
        if not killed.is_set() and told.counts.read >= 30:
            killed.set()
            told_by = json.loads((settings.data_dir / "engine.json").read_text("utf-8"))
            os.kill(int(told_by["pid"]), signal.SIGKILL)

    store = JobStore(tmp_path / "jobs")
    file = str(write(tmp_path / "records.jsonl", 20))
    async with Graph(settings) as graph:
        engine = EngineUnderTest(graph, settings)
        ends = []
        for listen in (kill, lambda _: None):
            await engine.empty()
            engine.holds = CHANGED
            job, _ = store.add("files", file, again=True)
            assert (await run_job(settings, job, listen=listen)).state == "done"
            await graph.alive()  # what it was connected to is gone
            ends.append((timeless(await exported(graph)), job.answer().counts, job.answer().by_type))
            assert (await verify(graph)).faults == []
        assert killed.is_set()
        assert ends[0] == ends[1]
        await graph.close(wait=True)
