"""Records of one input together: what they are does not depend on their order, their number or the batches."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from kg.engine.graph import Graph
from kg.export import as_lines, export_records
from kg.ingest import ingest_files, ingest_records
from kg.ingest.report import Report
from kg.verify import verify
from tests.ingest.records import actor, claim, document, statement, without_times

RECORDS = [
    actor("Alpha", kind="media"),
    actor("Beta"),
    actor("Gamma"),
    document("d1", "Gamma denies it, Beta said so.", publisher="Alpha", cites=["d2"]),
    document("d2", "Beta says that Gamma did it.", publisher="Alpha", cites=["d1"]),
    claim("c1", "Gamma did it", subjects=["Gamma"]),
    {
        "type": "policy",
        "key": "p1",
        "title": "A rule",
        "kind": "sanction",
        "issuers": ["Beta"],
        "targets": ["Gamma"],
        "responds_to": ["e1"],
    },
    {
        "type": "event",
        "key": "e1",
        "title": "A raid",
        "kind": "attack",
        "at": "2025",
        "led_to": ["p1"],
        "participants": [{"actor": "Beta", "role": "agent"}, {"actor": "Gamma", "role": "patient"}],
    },
    statement("s1", "d2", "Beta", "allege", "Beta says that Gamma did it.", ["c1"]),
    statement("s2", "d1", "Gamma", "deny", "Gamma denies it", ["c1"], manner="flat", answers=["s1"]),
    {"type": "relationship", "relation": "PART_OF", "source": "Beta", "target": "Gamma"},
]


def _sound(report: Report) -> None:
    assert report.rejected == []
    counts = report.counts
    assert counts.read == counts.new + counts.changed + counts.unchanged + counts.rejected


async def _text(graph: Graph) -> str:
    return without_times(as_lines([record async for record in export_records(graph)]))


@pytest.mark.parametrize("batch_size", [1, 2, 7])
async def test_batches_have_no_bounds(graph: Graph, batch_size: int) -> None:
    """Documents that cite each other, and a policy and an event that name each other, go in whatever the batch."""
    _sound(await ingest_records(graph, RECORDS, batch_size=batch_size))
    small = await _text(graph)
    assert (await verify(graph)).faults == []
    _sound(await ingest_records(graph, RECORDS))
    assert await _text(graph) == small
    assert small.count("\n") == len(RECORDS)


async def test_order_does_not_matter(graph: Graph) -> None:
    shuffled = RECORDS.copy()
    random.Random(3).shuffle(shuffled)
    _sound(await ingest_records(graph, shuffled, batch_size=3))
    first = await _text(graph)
    report = await ingest_records(graph, reversed(RECORDS))
    assert (report.counts.new, report.counts.unchanged) == (0, len(RECORDS))
    assert await _text(graph) == first


async def test_the_order_of_files_does_not_matter(graph: Graph, tmp_path: Path) -> None:
    files = [tmp_path / f"{number:02}.json" for number in range(len(RECORDS))]
    for file, record in zip(files, reversed(RECORDS), strict=True):
        file.write_text(json.dumps(record), "utf-8")
    _sound(await ingest_files(graph, files))
    assert (await verify(graph)).faults == []
    again = await ingest_files(graph, reversed(files))
    assert (again.counts.new, again.counts.changed) == (0, 0)


async def test_an_actor_written_twice_has_the_names_of_both(graph: Graph) -> None:
    """Two records of one thing in one input say together what they say."""
    twice = [actor("Beta", aliases=["B", "Betta"], country="US"), actor("Beta", aliases=["The Beta"])]
    report = await ingest_records(graph, twice)
    _sound(report)
    [exported] = [record async for record in export_records(graph)]
    assert {alias["name"] for alias in exported["aliases"]} == {"B", "Betta", "The Beta"}
    assert exported["country"] == "US"
    again = await ingest_records(graph, twice)
    assert again.counts.unchanged == 2


async def test_a_bad_record_does_not_take_its_good_twin_with_it(graph: Graph) -> None:
    good = {"type": "policy", "title": "A rule", "number": "R 1", "kind": "law"}
    bad = {**good, "issuers": ["Nobody"]}
    about = statement("s", "d", "Beta", "announce", "Beta said so.", ["R 1"])
    records = [actor("Beta"), document("d", "Beta said so."), good, bad, about]
    report = await ingest_records(graph, records)
    assert [(each.where, "Nobody" in each.reason) for each in report.rejected] == [("request#4", True)]
    report = await ingest_records(graph, [bad, {**about, "act": "assert", "key": "s2"}])
    assert [each.where for each in report.rejected] == ["request#1"]
    assert report.counts.new == 1


async def test_two_quotes_of_one_document_are_both_evidence(graph: Graph) -> None:
    evidence: list[dict[str, Any]] = [
        {"document": "d", "quote": "They met."},
        {"document": "d", "quote": "They agreed."},
    ]
    event = {"type": "event", "title": "They meet", "kind": "meeting", "at": "2025", "evidence": evidence}
    _sound(await ingest_records(graph, [document("d", "They met. They agreed."), event]))
    [exported] = [record async for record in export_records(graph) if record["type"] == "event"]
    assert [each["quote"] for each in exported["evidence"]] == ["They met.", "They agreed."]


async def test_identifiers_of_one_scheme_are_all_kept(graph: Graph) -> None:
    await ingest_records(graph, [actor("Beta", identifiers={"ofac": "1"})])
    await ingest_records(graph, [actor("Beta", identifiers={"ofac": "2", "lei": "x"})])
    [exported] = [record async for record in export_records(graph)]
    assert exported["identifiers"] == {"lei": "x", "ofac": ["1", "2"]}
    again = await ingest_records(graph, [exported])
    assert again.counts.unchanged == 1
