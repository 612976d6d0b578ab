"""An ingest that is cut off leaves whole batches and nothing half-written; the next ends with the same graph."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from pathlib import Path

import pytest

from kg.engine.graph import Graph, open_graph
from kg.errors import EngineUnavailable
from kg.graph_schema import apply_schema
from kg.ingest import ingest_files, ingest_records
from kg.ingest.pipeline import Pipeline
from kg.records.files import Item
from kg.settings import Settings
from kg.verify import verify
from kg.writing import batch as batches
from kg.writing import fresh
from tests.cli.geokg import GEOKG
from tests.engines.under_test import EngineUnderTest
from tests.ingest.records import Mapping, actor, claim, document, statement, without_times
from tests.writing.exported import exported, exported_text


def _many(number: int) -> list[Mapping]:
    """Records enough for many batches."""
    records: list[Mapping] = [actor(f"Body {n}") for n in range(number)]
    for n in range(number):
        one, other = f"Body {n}", f"Body {(n + 1) % number}"
        records += [
            document(f"d{n}", f"{one} says that {other} did it. {other} denies it."),
            claim(f"c{n}", f"{other} did it", subjects=[other]),
            statement(f"a{n}", f"d{n}", one, "allege", f"{one} says that {other} did it.", [f"c{n}"]),
            statement(f"b{n}", f"d{n}", other, "deny", f"{other} denies it.", [f"c{n}"], answers=[f"a{n}"]),
        ]
    return records


RECORDS = _many(60)


async def test_a_batch_goes_in_whole_or_not_at_all(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """The third batch fails in its last step, when its nodes and relationships are written already."""
    made = 0
    derived = fresh.derived_from_new

    async def fails(*arguments: object) -> object:
        nonlocal made
        made += 1
        if made > 2:
            raise ConnectionAbortedError
        return await derived(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(batches, "derived_from_new", fails)
        with pytest.raises((EngineUnavailable, ConnectionAbortedError)):
            await ingest_records(graph, RECORDS, batch_size=50)
    there = await exported(graph)
    assert 0 < len(there) < len(RECORDS)
    assert (await verify(graph)).faults == []
    await ingest_records(graph, RECORDS, batch_size=50)
    assert len(await exported(graph)) == len(RECORDS)
    assert (await verify(graph)).faults == []


async def test_one_that_is_cancelled_leaves_a_sound_graph(graph: Graph) -> None:
    written = asyncio.Event()
    task = asyncio.create_task(_telling(graph, written))
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert 0 < len(await exported(graph)) < len(RECORDS)
    assert (await verify(graph)).faults == []
    report = await ingest_records(graph, RECORDS)
    assert report.counts.new + report.counts.unchanged == len(RECORDS)


async def _telling(graph: Graph, written: asyncio.Event) -> None:
    pipeline = Pipeline(graph, 20, lambda read, done: written.set())
    await pipeline.feed(Item(f"test#{number}", record) for number, record in enumerate(RECORDS))
    await pipeline.finish()


async def test_the_engine_killed_in_the_middle(tmp_path: Path) -> None:
    """The ingest tells that the engine is gone; run again, it ends with the graph of one that nothing disturbed."""
    file = tmp_path / "records.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in RECORDS), "utf-8")
    folder = tmp_path / "data"
    settings = Settings(data_dir=folder, engine_heap="256m", engine_linger=0)
    own = await open_graph(settings)
    await apply_schema(own)
    killed = asyncio.Event()

    def kill(read: int, written: int) -> None:
        if written >= 60 and not killed.is_set():
            killed.set()
            os.kill(int(json.loads((folder / "engine.json").read_text("utf-8"))["pid"]), signal.SIGKILL)

    with pytest.raises(EngineUnavailable):
        await ingest_files(own, [file], batch_size=20, progress=kill)
    assert killed.is_set()
    assert len(await _again(own)) >= 60  # what was told as written is there
    assert (await verify(own)).faults == []
    report = await ingest_files(own, [file], batch_size=20)
    assert report.counts.new + report.counts.unchanged == len(RECORDS)
    disturbed = without_times(await exported_text(own))
    await EngineUnderTest(own, settings).empty()
    await ingest_records(own, RECORDS)
    assert without_times(await exported_text(own)) == disturbed
    await own.close(wait=True)


async def _again(graph: Graph) -> list[Mapping]:
    assert await graph.alive()
    return await exported(graph)


async def test_the_command_killed_in_the_middle(graph: Graph, engine: EngineUnderTest, tmp_path: Path) -> None:
    file = tmp_path / "records.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in RECORDS), "utf-8")
    environment = {**os.environ, **engine.environment, "GEOKG_BATCH_SIZE": "10"}
    child = await asyncio.create_subprocess_exec(GEOKG, "ingest", str(file), env=environment, cwd=tmp_path)
    while child.returncode is None and not (await exported(graph)):
        pass
    assert child.returncode is None
    child.kill()
    await child.wait()
    assert (await verify(graph)).faults == []
    report = await ingest_files(graph, [file])
    assert report.rejected == []
    assert len(await exported(graph)) == len(RECORDS)
    assert (await verify(graph)).faults == []
