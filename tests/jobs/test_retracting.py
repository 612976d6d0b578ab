"""A whole source is retracted: seen beforehand, at one moment for all of it, and undone."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kg.asking.changes import changes
from kg.asking.claims import dossier
from kg.asking.events import search as events
from kg.asking.filters import EventFilters
from kg.asking.parameters import NOW, AsOf, PageRequest
from kg.engine.graph import Graph
from kg.ingest import ingest_records
from kg.jobs.run import run_job
from kg.jobs.store import JobStore
from kg.retracting.selection import SourceOf
from kg.retracting.source import preview_source, restore_source, retract_source
from kg.verify import verify
from kg.writing.rebuild import rebuild
from schema.errors import NotFound
from schema.times import known_stamp
from tests.engines.under_test import EngineUnderTest
from tests.ingest.records import Mapping, actor, claim, document, memo, statement
from tests.jobs.inputs import timeless
from tests.writing.exported import exported

QUOTE = "Gamma says in a memo that Beta did it."
RECORDS = [
    *(actor("Alpha", kind="media"), actor("Omega", kind="media"), actor("Beta"), actor("Gamma"), actor("Delta")),
    document("d1", f"{QUOTE} Beta denies it.", publisher="Alpha"),
    document("d2", "Delta says that Beta did it.", publisher="Omega"),
    memo("m", issuers=["Gamma"]),
    claim("c", "Beta did it", subjects=["Beta"]),
    statement("source", "m", "Gamma", "allege", None, ["c"]),
    statement("relay", "d1", "Alpha", "relay", QUOTE, ["c"], relays=["source"]),
    statement("denial", "d1", "Beta", "deny", "Beta denies it.", ["c"], manner="flat", answers=["source"]),
    statement("other", "d2", "Delta", "allege", "Delta says that Beta did it.", ["c"]),
]


def _coded(number: int) -> list[Mapping]:
    return [
        {
            **{"type": "event", "kind": "coded_interaction", "title": f"Row {n}", "at": "2018-01-01", "cameo": "112"},
            **{"source_row": f"feed:{n}", "participants": [{"actor": "One", "role": "agent"}]},
        }
        for n in range(number)
    ]


async def test_a_publisher(graph: Graph) -> None:
    report = await ingest_records(graph, RECORDS)
    assert report.rejected == []
    before = timeless(await exported(graph))
    begin = (await changes(graph, "now", 1)).next
    source = SourceOf(publisher="Alpha")
    seen = await preview_source(graph, source)
    assert (seen.nodes, seen.bare, seen.claims, seen.at) == ({"Document": 1, "Statement": 3}, 1, 1, None)
    assert [(each.text, each.before, each.after, each.statements) for each in seen.standings] == [
        ("Beta did it", "contested", "unanswered", 3)
    ]
    assert [each.name for each in seen.actors] == ["Alpha", "Gamma"] and seen.actors_left == 2
    assert timeless(await exported(graph)) == before

    done = await retract_source(graph, source, "a hoax")
    assert done.model_copy(update={"at": None, "reason": ""}) == seen
    claim_id = done.standings[0].id
    assert (await dossier(graph, claim_id, NOW)).standing.standing == "unanswered"
    assert [each.change for each in (await changes(graph, begin, 10)).items] == ["retracted"] * 4
    for again in (preview_source(graph, source), retract_source(graph, source, "again")):
        with pytest.raises(NotFound, match="all of the publisher Alpha is retracted already"):
            await again
    with pytest.raises(NotFound, match="nothing of the publisher Omega is retracted"):
        await restore_source(graph, SourceOf(publisher="Omega"))
    with pytest.raises(NotFound, match="the graph has nothing of the feed icews"):
        await preview_source(graph, SourceOf(feed="icews"))

    undone = await restore_source(graph, source)
    assert undone.nodes == done.nodes
    assert (await dossier(graph, claim_id, NOW)).standing.standing == "contested"
    assert (await dossier(graph, claim_id, AsOf.of(None, done.at))).standing.standing == "unanswered"
    assert (await verify(graph)).faults == []
    assert (await rebuild(graph)).identical


async def test_a_large_one_falls_at_one_moment(graph: Graph, engine: EngineUnderTest, tmp_path: Path) -> None:
    """In many transactions; a reader sees all of it or nothing, and one that was broken off is completed."""
    await ingest_records(graph, [actor("One"), *_coded(40)])

    async def known(moment: str | None = None) -> int:
        as_of = AsOf.of(None, moment) if moment else NOW
        return len((await events(graph, EventFilters(), as_of, PageRequest(limit=200))).items)

    seen: set[int] = set()
    writes = 0
    written = graph.write

    async def counted(work):  # type: ignore[no-untyped-def]
        nonlocal writes
        writes += 1
        if writes == 3:
            raise asyncio.CancelledError
        answer = await written(work)
        seen.add(await known())
        return answer

    graph.write = counted  # type: ignore[method-assign]
    try:
        with pytest.raises(asyncio.CancelledError):
            await retract_source(graph, SourceOf(feed="feed"), "a test", step=7)
        done = await retract_source(graph, SourceOf(feed="feed"), "a test", step=7)
    finally:
        del graph.write
    assert done.nodes == {"Event": 26} and done.actors_left == 1
    assert seen == {40}
    assert done.at is not None and done.at > known_stamp(datetime.now(UTC))
    assert await known(done.at) == 0
    undone = await restore_source(graph, SourceOf(feed="feed"), step=7)
    assert undone.nodes == {"Event": 40} and undone.at is not None
    assert (await known(done.at), await known(undone.at)) == (0, 40)
    assert (await verify(graph)).faults == []


async def test_a_job(graph: Graph, engine: EngineUnderTest, tmp_path: Path) -> None:
    await ingest_records(graph, RECORDS[:5])
    file = tmp_path / "records.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in [*RECORDS, actor("Epsilon")]))
    job, _ = JobStore(tmp_path / "jobs").add("files", str(file))
    await run_job(engine.settings, job)
    source = SourceOf(job=job.job.id)
    seen = await preview_source(graph, source)
    assert seen.nodes == {"Document": 3, "Statement": 4}
    assert [(each.before, each.after) for each in seen.standings] == [("contested", "unsupported")]
    await retract_source(graph, source, "the wrong file")
    assert not [each for each in await exported(graph) if each["type"] == "statement" and "retracted_at" not in each]
    assert (await restore_source(graph, source)).nodes == seen.nodes
