"""A document that was seen before with another text is a new version of it."""

from __future__ import annotations

from typing import Any

import pytest

from kg.engine.graph import Graph
from kg.export import export_records
from kg.ingest import ingest_records
from kg.verify import verify
from kg.writing.retract import retract, undo_retraction
from tests.ingest.records import Mapping, actor, claim, document, statement, without_times
from tests.writing.exported import exported_text

URL = "https://news.example/report"
BASE = [actor("Alpha", kind="media"), actor("Beta"), claim("c", "Beta did it", subjects=["Beta"])]


def _version(number: int, text: str) -> list[Mapping]:
    """A version whose first sentence is a denial, and whatever follows."""
    key = f"v{number}"
    return [
        document(key, text, url=URL, publisher="Alpha"),
        statement(f"{key}.denial", key, "Beta", "deny", text.split(".")[0] + ".", ["c"], manner="flat"),
    ]


FIRST = [
    *_version(1, "Beta denies it. Alpha could not check it."),
    statement("v1.check", "v1", "Alpha", "not_verified", "Alpha could not check it.", ["c"]),
]
SECOND = _version(2, "Beta flatly denies it.")


async def _records(graph: Graph) -> dict[str, Mapping]:
    return {str(record.get("key") or record["id"]): record async for record in export_records(graph)}


async def _revisions(graph: Graph) -> dict[str, Any]:
    records = await _records(graph)
    keys = {record["id"]: key for key, record in records.items()}
    return {key: keys[record["revision_of"]] for key, record in records.items() if "revision_of" in record}


async def test_a_new_text_is_a_new_version_and_supersedes_what_it_says_again(graph: Graph) -> None:
    await ingest_records(graph, [*BASE, *FIRST])
    report = await ingest_records(graph, SECOND)
    assert (report.counts.new, report.superseded, report.rejected) == (2, 1, [])
    records = await _records(graph)
    assert await _revisions(graph) == {"v2": "v1"}
    assert records["v1"]["text"].startswith("Beta denies")  # nothing was overwritten
    assert records["v1.denial"]["retracted_at"] > records["v1.denial"]["recorded_at"]
    assert records["v1.denial"]["retraction_reason"] == f"superseded by {records['v2']['id']}"
    assert "retracted_at" not in records["v1.check"]  # the new version does not say it, and it was said
    assert (await verify(graph)).faults == []


async def test_a_version_fed_in_again_changes_nothing(graph: Graph) -> None:
    await ingest_records(graph, [*BASE, *FIRST])
    await ingest_records(graph, SECOND)
    before = await exported_text(graph)
    for again in (FIRST, SECOND, [*SECOND, *FIRST]):
        report = await ingest_records(graph, again)
        assert (report.counts.new, report.counts.changed, report.superseded) == (0, 0, 0)
    assert await exported_text(graph) == before


async def test_versions_of_one_input_follow_each_other(graph: Graph) -> None:
    third = [document("v3", "Beta denies it no more.", url=URL, publisher="Alpha")]
    report = await ingest_records(graph, [*BASE, *FIRST, *SECOND, *third])
    assert await _revisions(graph) == {"v2": "v1", "v3": "v2"}
    assert report.superseded == 1
    before = without_times(await exported_text(graph))
    await ingest_records(graph, [*BASE, *FIRST, *SECOND, *third])
    assert without_times(await exported_text(graph)) == before


async def test_versions_follow_each_other_across_batches(graph: Graph) -> None:
    await ingest_records(graph, [*BASE, *FIRST, *SECOND], batch_size=1)
    assert await _revisions(graph) == {"v2": "v1"}


async def test_statements_that_come_later_supersede_too(graph: Graph) -> None:
    await ingest_records(graph, [*BASE, *FIRST, SECOND[0]])
    report = await ingest_records(graph, SECOND[1:])
    assert (report.counts.new, report.superseded) == (1, 1)


async def test_a_run_that_ended_early_is_made_good_by_the_next(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    await ingest_records(graph, [*BASE, *FIRST])

    async def gone(*_: object) -> int:
        raise ConnectionResetError

    with monkeypatch.context() as patch:
        patch.setattr("kg.ingest.pipeline.supersede", gone)
        with pytest.raises(ConnectionResetError):
            await ingest_records(graph, SECOND)
    report = await ingest_records(graph, SECOND)
    assert (report.counts.new, report.superseded) == (0, 1)


async def test_what_was_opened_again_stays_open(graph: Graph) -> None:
    await ingest_records(graph, [*BASE, *FIRST])
    await ingest_records(graph, SECOND)
    old = (await _records(graph))["v1.denial"]["id"]
    await undo_retraction(graph, [old])
    report = await ingest_records(graph, SECOND)
    assert report.superseded == 0
    assert "retracted_at" not in (await _records(graph))["v1.denial"]


async def test_the_order_of_versions_outlives_a_retraction(graph: Graph) -> None:
    await ingest_records(graph, [*BASE, *FIRST])
    await ingest_records(graph, SECOND)
    first = (await _records(graph))["v1"]["id"]
    await retract(graph, [first], "a mistake")
    await undo_retraction(graph, [first])
    await ingest_records(graph, [*FIRST, *SECOND])
    assert await _revisions(graph) == {"v2": "v1"}


async def test_the_same_title_of_another_outlet_or_day_is_another_document(graph: Graph) -> None:
    one = document("a", "Text one.", title="The same", publisher="Alpha")
    other = {**one, "key": "b", "text": "Text two.", "published_at": "2025-11-15"}
    third = {**one, "key": "c", "text": "Text three.", "publisher": "Beta"}
    await ingest_records(graph, [*BASE, one, other, third])
    assert await _revisions(graph) == {}
