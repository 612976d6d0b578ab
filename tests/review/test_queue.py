"""The queue of reviews on both engines: what waits, what goes in, and what a decision does."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from kg.asking.parameters import PageRequest
from kg.cypher.reviewing import SETTLED
from kg.engine.graph import Graph
from kg.engine.query import Query
from kg.errors import Conflict
from kg.export import as_lines, export_records
from kg.graph_schema import MIGRATIONS, apply_schema, current_version
from kg.ingest import ingest_article, ingest_records
from kg.ingest.report import Report
from kg.review import deciding
from kg.review.asking import ReviewFilters, one, reviews
from kg.verify import verify
from kg.writing.rebuild import rebuild
from kg.writing.retract import retract
from schema.answers.reviews import ReviewItem
from schema.errors import InvalidInput, NotFound
from tests.engines.under_test import CHANGED, EngineUnderTest
from tests.readers.readings import FixedReader, steel, steel_article

LOW = 0.4
THRESHOLD = 0.8

STATEMENTS = Query(
    "statements",
    "MATCH (s:Statement) OPTIONAL MATCH (a:Actor)-[:MADE]->(s) "
    "RETURN s.act AS act, coalesce(a.name, s.speaker) AS speaker, s.id AS id ORDER BY s.start, act",
)
TIES = Query(
    "ties", "MATCH (s:Statement)-[r:ANSWERS|RELAYS]->(t:Statement) RETURN s.act AS one, type(r) AS how, t.act AS other"
)
REBUTS = Query("rebuts", "MATCH (a:Actor)-[:REBUTS]->(b:Actor) RETURN a.name AS one, b.name AS other ORDER BY one")
NAMES = Query("names", "MATCH (a:Actor) RETURN a.name AS name ORDER BY name")
CITES = Query("cites", "MATCH (d:Document)-[:CITES]->(m:Document) RETURN m.title AS title")
REVIEWS = Query("reviews", "MATCH (r:Review)-[:IN]->(d:Document) RETURN r.id AS id, r.status AS status, d.seen AS seen")


async def read_in(graph: Graph, reader: FixedReader) -> Report:
    report = await ingest_article(graph, steel_article(), reader=reader, threshold=THRESHOLD)
    assert not report.rejected, report.rejected
    return report


async def waiting(graph: Graph) -> dict[tuple[str, str], ReviewItem]:
    """What waits, by act and speaker."""
    return {(item.act, item.speaker): item for item in (await reviews(graph)).items}


async def acts(graph: Graph) -> list[tuple[str, str]]:
    return [(row["act"], row["speaker"]) for row in await graph.read(STATEMENTS)]


async def ties(graph: Graph) -> set[tuple[str, str, str]]:
    return {(row["one"], row["how"], row["other"]) for row in await graph.read(TIES)}


async def rebuts(graph: Graph) -> list[tuple[str, str]]:
    return [(row["one"], row["other"]) for row in await graph.read(REBUTS)]


async def emptied(engine: EngineUnderTest) -> None:
    """Begin anew within a test; what it then writes is emptied after it as before."""
    await engine.empty()
    engine.holds = CHANGED


async def assert_sound(graph: Graph) -> None:
    found = await verify(graph)
    assert found.sound, found.faults
    assert (await rebuild(graph)).identical


async def test_what_is_not_sure_waits_tied_to_its_document_and_the_report_says_so(graph: Graph) -> None:
    report = await read_in(graph, steel(alleged=LOW))
    assert report.to_review == 1
    assert "1 to review" in report.summary()
    assert ("allege", "Ruritania") not in await acts(graph)
    assert ("deny", "Strelsau Steel") in await acts(graph)
    (item,) = (await waiting(graph)).values()
    assert (item.act, item.speaker, item.confidence, item.threshold) == ("allege", "Ruritania", LOW, THRESHOLD)
    assert item.quote == "Ruritania alleged that Strelsau Steel shipped parts to a blocked port."
    assert await graph.read(REVIEWS) == [{"id": item.id, "status": "pending", "seen": True}]
    assert ("deny", "ANSWERS", "allege") in await ties(graph), "the memo's allegation is answered as before"
    assert "Ruritania" not in {row["name"] for row in await graph.read(NAMES)}, "nobody else names it"
    await assert_sound(graph)


async def test_nothing_waits_when_all_is_sure(graph: Graph) -> None:
    report = await read_in(graph, steel())
    assert report.to_review == 0
    assert not (await reviews(graph)).items
    assert len(await acts(graph)) == 5
    await assert_sound(graph)


async def test_accepting_lets_it_in_and_ties_the_statements_that_answer_it(graph: Graph) -> None:
    await read_in(graph, steel(alleged=LOW))
    assert await rebuts(graph) == [("Count Rischenheim", "Ruritanian Navy")]
    (item,) = (await waiting(graph)).values()
    result = await deciding.accept(graph, item.id, "Rassendyll", "read right")
    assert ("allege", "Ruritania") in await acts(graph)
    assert await rebuts(graph) == [("Count Rischenheim", "Ruritanian Navy"), ("Strelsau Steel", "Ruritania")]
    decided = await one(graph, item.id)
    assert (decided.status, decided.decided_by, decided.note) == ("accepted", "Rassendyll", "read right")
    assert decided.result == result
    assert decided.decided_at is not None and decided.decided_at > decided.created_at
    assert not (await reviews(graph)).items
    await assert_sound(graph)


async def test_accepting_gives_the_graph_that_a_sure_reading_gives(graph: Graph, engine: EngineUnderTest) -> None:
    async def content() -> set[str]:
        rows = [row async for row in export_records(graph)]
        kept = ({k: v for k, v in row.items() if k not in ("recorded_at", "parts", "key")} for row in rows)
        return {as_lines([{**row, "confidence": 1}]) for row in kept if row["type"] != "review"}

    await read_in(graph, steel())
    wanted = await content()
    await emptied(engine)
    await read_in(graph, steel(alleged=LOW, denied=LOW, memo=LOW, dismissed=LOW))
    assert not await acts(graph)
    for item in (await reviews(graph)).items:
        await deciding.accept(graph, item.id, "Rassendyll")
    assert await content() == wanted
    await assert_sound(graph)


@pytest.mark.parametrize("first", ["allege", "deny"])
async def test_of_two_that_wait_either_can_go_first(graph: Graph, first: str) -> None:
    await read_in(graph, steel(alleged=LOW, denied=LOW))
    found = sorted((await reviews(graph)).items, key=lambda item: item.act != first)
    for item in found:
        await deciding.accept(graph, item.id, "Rassendyll")
        await assert_sound(graph)
    assert ("Strelsau Steel", "Ruritania") in await rebuts(graph)


async def test_a_doubtful_report_of_a_memo_brings_the_memo_along(graph: Graph) -> None:
    await read_in(graph, steel(memo=LOW))
    assert await graph.read(CITES) == []
    assert await acts(graph) == [
        ("allege", "Ruritania"),
        ("deny", "Strelsau Steel"),
        ("deny", "Count Rischenheim"),
    ]
    await assert_sound(graph)
    (item,) = (await waiting(graph)).values()
    shown = await one(graph, item.id)
    assert {record["type"] for record in shown.brings} == {"actor", "claim", "document", "statement"} - {"claim"}
    await deciding.accept(graph, item.id, "Rassendyll")
    assert [row["title"] for row in await graph.read(CITES)] == ["Ruritanian Navy memo, reported 2025-11-14"]
    assert ("relay", "RELAYS", "allege") in await ties(graph)
    assert ("Count Rischenheim", "Ruritanian Navy") in await rebuts(graph)
    await assert_sound(graph)


async def test_reading_again_neither_doubles_nor_opens_anything(graph: Graph) -> None:
    reader = steel(alleged=LOW, denied=LOW, memo=LOW)
    await read_in(graph, reader)
    again = await read_in(graph, reader)
    assert (again.counts.new, again.counts.changed, again.to_review) == (0, 0, 0)
    found = await waiting(graph)
    await deciding.accept(graph, found["allege", "Ruritania"].id, "Rassendyll")
    await deciding.correct(graph, found["deny", "Strelsau Steel"].id, {"manner": "non_denial"}, "Rassendyll")
    await deciding.reject(graph, found["relay", "The Strelsau Gazette"].id, "Rassendyll")
    before = await acts(graph)
    after = await read_in(graph, reader)
    assert (after.counts.new, after.counts.changed) == (0, 0)
    assert await acts(graph) == before
    assert not (await reviews(graph)).items
    await assert_sound(graph)


async def test_reading_again_less_surely_does_not_open_what_was_decided(graph: Graph) -> None:
    await read_in(graph, steel(alleged=LOW))
    (item,) = (await waiting(graph)).values()
    again = await read_in(graph, steel(alleged=LOW / 2))
    assert (await one(graph, item.id)).confidence == LOW / 2, "while nobody has decided, the last reading counts"
    assert again.to_review == 0
    await deciding.accept(graph, item.id, "Rassendyll")
    review = {"type": "review", **await stored(graph, item.id), "status": "pending", "confidence": 0.3}
    for name in ("decided_at", "decided_by", "result", "recorded_at", "past", "revisions"):
        review.pop(name, None)
    report = await ingest_records(graph, [review])
    assert (report.counts.changed, report.counts.unchanged) == (0, 1)
    assert (await one(graph, item.id)).status == "accepted"


async def stored(graph: Graph, review: str) -> dict[str, Any]:
    (found,) = [row async for row in export_records(graph) if row.get("id") == review]
    return found


async def test_a_review_whose_quote_does_not_stand_is_rejected(graph: Graph) -> None:
    await read_in(graph, steel(alleged=LOW))
    (item,) = (await waiting(graph)).values()
    report = await ingest_records(graph, [{**await stored(graph, item.id), "start": item.start + 1}])
    assert report.counts.rejected == 1
    assert "not the quote" in report.rejected[0].reason


async def test_what_was_rejected_stays_out_however_sure_a_later_reading_is(graph: Graph) -> None:
    await read_in(graph, steel(alleged=LOW, memo=LOW))
    for item in (await reviews(graph)).items:
        await deciding.reject(graph, item.id, "Rassendyll", "a misreading")
    await read_in(graph, steel())
    assert await acts(graph) == [("deny", "Strelsau Steel"), ("deny", "Count Rischenheim")]
    assert [item.status for item in (await reviews(graph, ReviewFilters(status="all"))).items] == ["rejected"] * 2
    await assert_sound(graph)


async def test_correcting_changes_what_it_says_and_nothing_else(graph: Graph) -> None:
    await read_in(graph, steel(alleged=LOW))
    (item,) = (await waiting(graph)).values()
    correction: dict[str, Any] = {
        "act": "assert",
        "speaker": "Strelsau Steel",
        "claim": {"text": "The port is blocked", "subjects": ["Count Rischenheim"]},
    }
    result = await deciding.correct(graph, item.id, correction, "Rassendyll", "another speaker")
    assert result != item.record.get("id")
    assert ("assert", "Strelsau Steel") in await acts(graph)
    assert "Ruritania" not in {row["name"] for row in await graph.read(NAMES)}
    shown = await one(graph, item.id)
    assert (shown.status, shown.correction, shown.result) == ("corrected", correction, result)
    assert shown.record == item.record, "what was read stays as it was read"
    assert ("deny", "ANSWERS", "assert") in await ties(graph)
    await assert_sound(graph)


@pytest.mark.parametrize(
    ("correction", "told"),
    [
        ({"quote": "These words stand nowhere."}, "does not stand in the document"),
        ({"start": 3}, "not the quote"),
        ({"speeker": "X"}, "Did you mean 'speaker'"),
        ({"document": "doc-x"}, "none that a correction changes"),
        ({"act": "alege"}, "allege"),
        ({"actor": "Nobody Known"}, "no record defines the actor"),
        ({"claim": {"text": "It is so", "subjects": ["Nobody Known"]}}, "no record defines the actor"),
        ({"claim": "It is so"}, "named fields"),
        ({}, "changes nothing"),
    ],
)
async def test_a_wrong_correction_changes_nothing(graph: Graph, correction: dict[str, Any], told: str) -> None:
    await read_in(graph, steel(alleged=LOW))
    (item,) = (await waiting(graph)).values()
    before = as_lines([row async for row in export_records(graph)])
    with pytest.raises(InvalidInput, match=told):
        await deciding.correct(graph, item.id, correction, "Rassendyll")
    assert as_lines([row async for row in export_records(graph)]) == before


async def test_a_decision_is_made_once(graph: Graph) -> None:
    await read_in(graph, steel(alleged=LOW))
    (item,) = (await waiting(graph)).values()
    await deciding.reject(graph, item.id, "Rassendyll")
    for again in (
        deciding.accept(graph, item.id, "Hentzau"),
        deciding.reject(graph, item.id, "Hentzau"),
        deciding.correct(graph, item.id, {"act": "assert"}, "Hentzau"),
    ):
        with pytest.raises(Conflict, match="rejected already, by Rassendyll"):
            await again
    assert (await one(graph, item.id)).decided_by == "Rassendyll"


async def test_of_two_that_decide_at_once_one_is_refused(graph: Graph) -> None:
    await read_in(graph, steel(alleged=LOW))
    (item,) = (await waiting(graph)).values()
    outcomes = await asyncio.gather(
        deciding.accept(graph, item.id, "Rassendyll"),
        deciding.reject(graph, item.id, "Hentzau"),
        deciding.correct(graph, item.id, {"act": "assert"}, "Sapt"),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 2, outcomes
    decided = await one(graph, item.id)
    there = (await graph.read(SETTLED, ids=[decided.result or item.id]))[0]["present"]
    assert there == (decided.status != "rejected")
    statements = [act for act in await acts(graph) if act[1] == "Ruritania"]
    assert len(statements) == (decided.status != "rejected")
    await assert_sound(graph)


async def test_who_decides_has_a_name_and_what_is_decided_exists(graph: Graph) -> None:
    await read_in(graph, steel(alleged=LOW))
    (item,) = (await waiting(graph)).values()
    with pytest.raises(InvalidInput, match="empty"):
        await deciding.accept(graph, item.id, "  ")
    with pytest.raises(NotFound, match="no review has the id"):
        await deciding.accept(graph, "review-aaaaaaaaaaaaaaaaaaaa", "Rassendyll")
    with pytest.raises(NotFound, match="no review has the id"):
        await deciding.reject(graph, "review-aaaaaaaaaaaaaaaaaaaa", "Rassendyll")


async def test_what_waits_in_a_retracted_document_does_not_go_in(graph: Graph) -> None:
    await read_in(graph, steel(alleged=LOW))
    (item,) = (await waiting(graph)).values()
    await retract(graph, [item.document.id], "withdrawn by the outlet")
    assert not (await reviews(graph)).items
    with pytest.raises(Conflict, match="was retracted"):
        await deciding.accept(graph, item.id, "Rassendyll")


async def test_what_waits_in_an_older_version_gives_way_to_the_newer(graph: Graph) -> None:
    reader = steel(alleged=LOW)
    await read_in(graph, reader)
    (older,) = (await reviews(graph)).items
    article = steel_article()
    longer = replace(article, text=article.text + " Others waited.")
    await ingest_article(graph, longer, reader=reader, threshold=THRESHOLD)
    (newer,) = (await reviews(graph)).items
    assert newer.document.id != older.document.id
    with pytest.raises(Conflict, match="has a newer version"):
        await deciding.accept(graph, older.id, "Rassendyll")
    await deciding.accept(graph, newer.id, "Rassendyll")
    await deciding.reject(graph, older.id, "Rassendyll")
    await assert_sound(graph)


async def test_the_export_comes_back_identical_with_what_waits_and_what_was_decided(
    graph: Graph, engine: EngineUnderTest
) -> None:
    await read_in(graph, steel(alleged=LOW, denied=LOW, memo=LOW, dismissed=LOW))
    found = await waiting(graph)
    await deciding.accept(graph, found["allege", "Ruritania"].id, "Rassendyll")
    await deciding.correct(graph, found["deny", "Strelsau Steel"].id, {"manner": "partial"}, "Rassendyll", "half of it")
    await deciding.reject(graph, found["deny", "Count Rischenheim"].id, "Rassendyll")
    exported = [row async for row in export_records(graph)]
    await emptied(engine)
    report = await ingest_records(graph, exported)
    assert not report.rejected
    assert as_lines([row async for row in export_records(graph)]) == as_lines(exported)
    assert set(await waiting(graph)) == {("relay", "The Strelsau Gazette")}
    await deciding.accept(graph, (await waiting(graph))["relay", "The Strelsau Gazette"].id, "Rassendyll")
    await assert_sound(graph)


async def test_the_queue_comes_in_parts(graph: Graph) -> None:
    await read_in(graph, steel(alleged=LOW, denied=LOW, memo=LOW, dismissed=LOW))
    whole = [item.id for item in (await reviews(graph)).items]
    first = await reviews(graph, page=PageRequest(limit=3))
    second = await reviews(graph, page=PageRequest(limit=3, cursor=first.next))
    assert [item.id for item in (*first.items, *second.items)] == whole
    assert second.next is None
    shown = await one(graph, whole[0])
    assert shown.before + shown.quote + shown.after in steel_article().text
    only = ReviewFilters(document=shown.document.id)
    assert len((await reviews(graph, only)).items) == 4
    assert not (await reviews(graph, ReviewFilters(document="doc-aaaaaaaaaaaaaaaaaaaa"))).items


async def test_a_graph_of_the_first_schema_is_brought_up(graph: Graph) -> None:
    back = Query("go back to version 1", "MATCH (v:SchemaVersion) SET v.version = 1")
    await graph.write(lambda transaction: transaction.run(back))
    assert await current_version(graph) == 1
    applied = await apply_schema(graph)
    assert (applied.before, applied.migrations) == (1, tuple(each.name for each in MIGRATIONS[1:]))
    assert await current_version(graph) == applied.after
