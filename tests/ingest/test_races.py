"""Two who ingest the same at once: each thing is there once, and nobody meets an error."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from kg.engine.graph import Graph, Transaction
from kg.engine.query import Query
from kg.graph_schema import apply_schema, current_version
from kg.ingest import ingest_records
from kg.verify import verify
from kg.writing.retract import preview_retraction, retract
from tests.cli.geokg import geokg
from tests.engines.under_test import EngineUnderTest
from tests.ingest.records import Mapping, actor, claim, document, statement, without_times
from tests.writing.exported import exported, exported_text

ACTORS = [actor("Alpha", kind="media"), *(actor(f"Body {n}", aliases=[f"B{n}", "Body"]) for n in range(8))]
RELATIONS: list[Mapping] = [
    {"type": "relationship", "relation": "PART_OF", "source": f"Body {n}", "target": "Alpha"} for n in range(8)
]
STORY = [
    document("d", "Body 1 says that Body 2 did it. Body 2 denies it."),
    claim("c", "Body 2 did it", subjects=["Body 2"]),
    statement("s1", "d", "Body 1", "allege", "Body 1 says that Body 2 did it.", ["c"]),
    statement("s2", "d", "Body 2", "deny", "Body 2 denies it.", ["c"], manner="flat", answers=["s1"]),
]

_FORGET = Query("forget the schema's version", "MATCH (v:SchemaVersion) DETACH DELETE v")


async def _once(graph: Graph, expected: int) -> None:
    records = await exported(graph)
    assert len({record["id"] for record in records}) == len(records) == expected
    assert (await verify(graph)).faults == []


@pytest.mark.parametrize("batch_size", [3, 2_000])
async def test_the_same_records_at_once(graph: Graph, batch_size: int) -> None:
    records = [*ACTORS, *STORY, *RELATIONS]
    reports = await asyncio.gather(*(ingest_records(graph, records, batch_size=batch_size) for _ in range(4)))
    assert [report.rejected for report in reports] == [[]] * 4
    assert sum(report.counts.new for report in reports) == len(records)
    assert sum(report.counts.unchanged + report.counts.changed for report in reports) == 3 * len(records)
    await _once(graph, len(records))


async def test_the_same_relationships_at_once(graph: Graph) -> None:
    """A relationship has no key that the engine would guard."""
    await ingest_records(graph, ACTORS)
    for _ in range(3):
        reports = await asyncio.gather(*(ingest_records(graph, RELATIONS) for _ in range(4)))
        assert all(not report.rejected for report in reports)
    await _once(graph, len(ACTORS) + len(RELATIONS))


async def test_the_same_changes_at_once(graph: Graph) -> None:
    """What is added to things that are there: names, subjects, answers, and what derives from them."""
    await ingest_records(graph, [*ACTORS, *STORY])
    more = [
        actor("Body 1", aliases=["The first body"], country="US"),
        {**STORY[1], "subjects": ["Body 2", "Body 3"], "concerns": []},
        {**STORY[0], "cites": [], "publisher": "Alpha"},
    ]
    reports = await asyncio.gather(*(ingest_records(graph, more) for _ in range(4)))
    assert all(not report.rejected for report in reports)
    records = [actor("Body 1")]
    await ingest_records(graph, records)
    assert (await verify(graph)).faults == []
    body = next(record for record in await exported(graph) if record.get("name") == "Body 1")
    assert sorted(alias["name"] for alias in body["aliases"]) == ["B1", "Body", "The first body"]
    assert len(body.get("revisions", [])) == 1


async def test_retractions_at_once(graph: Graph) -> None:
    await ingest_records(graph, [*ACTORS, *STORY])
    ids = [record["id"] for record in await exported(graph) if record["type"] == "statement"]
    await asyncio.gather(*(retract(graph, [identifier], "a test") for identifier in ids))
    assert (await verify(graph)).faults == []
    with pytest.raises(Exception, match="retracted already"):
        await preview_retraction(graph, ids, "again")


async def test_two_processes_ingest_the_same(graph: Graph, engine: EngineUnderTest, tmp_path: Path) -> None:
    records = [*ACTORS, *STORY, *RELATIONS]
    file = tmp_path / "records.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    command = ("ingest", str(file), "--json")
    done = await asyncio.gather(*(geokg(*command, environment=engine.environment, cwd=tmp_path) for _ in range(2)))
    assert [each.status for each in done] == [0, 0], [each.err for each in done]
    assert sum(each.json["counts"]["new"] for each in done) == len(records)
    await _once(graph, len(records))


async def test_the_schema_applied_at_once(graph: Graph, engine: EngineUnderTest) -> None:
    async def forget(transaction: Transaction) -> None:
        await transaction.run(_FORGET)

    await graph.write(forget)
    done = await asyncio.gather(*(apply_schema(graph) for _ in range(4)))
    assert any(each.migrations for each in done)
    assert await engine.count() == 1  # one version, not one of each
    assert await current_version(graph) == done[0].after
    await ingest_records(graph, ACTORS)
    await _once(graph, len(ACTORS))


async def test_who_comes_second_finds_nothing_new(graph: Graph) -> None:
    records = [*ACTORS, *STORY, *RELATIONS]
    await ingest_records(graph, records)
    before = await exported_text(graph)
    report = await ingest_records(graph, records)
    assert report.summary().startswith(f"{len(records)} read, 0 new, {len(records)} unchanged, 0 rejected")
    assert report.relationships == 0
    assert await exported_text(graph) == before
    assert without_times(before).count("\n") == len(records)
