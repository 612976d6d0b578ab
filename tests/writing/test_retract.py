"""Retraction closes intervals and deletes nothing; it can be seen beforehand and undone, and both stay known."""

from __future__ import annotations

from typing import Any

import pytest

from kg.asking import claims as claim_questions
from kg.asking.parameters import NOW, AsOf
from kg.engine.graph import Graph
from kg.ingest import ingest_records
from kg.verify import verify
from kg.writing.rebuild import rebuild
from kg.writing.retract import preview_retraction, retract, undo_retraction
from schema.errors import InvalidInput, NotFound
from tests.ingest.records import actor, claim, document, memo, statement
from tests.writing.exported import exported, exported_text

RECORDS = [
    actor("Alpha", kind="media"),
    actor("Omega", kind="media"),
    actor("Beta"),
    actor("Gamma"),
    actor("Delta"),
    document("d1", "Delta quotes a memo of Gamma: Beta did it. Beta denies it.", publisher="Alpha"),
    document("d2", "Alpha reports that Delta quotes a memo.", publisher="Omega"),
    memo("m1", issuers=["Delta"]),
    memo("m2", issuers=["Gamma"]),
    claim("c", "Beta did it", subjects=["Beta"]),
    statement("source", "m2", "Gamma", "allege", None, ["c"]),
    statement("middle", "m1", "Delta", "relay", None, ["c"], relays=["source"]),
    statement("first", "d1", "Alpha", "relay", "Delta quotes a memo of Gamma: Beta did it.", ["c"], relays=["middle"]),
    statement("second", "d2", "Omega", "relay", "Alpha reports that Delta quotes a memo.", ["c"], relays=["middle"]),
    statement("denial", "d1", "Beta", "deny", "Beta denies it.", ["c"], manner="flat", answers=["source"]),
]


async def _ids(graph: Graph) -> dict[str, str]:
    return {str(record.get("key") or record.get("name")): record["id"] for record in await exported(graph)}


async def _open(graph: Graph) -> set[str]:
    """Keys of the statements that the graph holds for said now."""
    records = await exported(graph)
    return {record["key"] for record in records if record["type"] == "statement" and "retracted_at" not in record}


async def _standing(graph: Graph, as_of: AsOf = NOW) -> str:
    ids = await _ids(graph)
    return (await claim_questions.dossier(graph, ids["c"], as_of)).standing.standing


@pytest.fixture
async def ids(graph: Graph) -> dict[str, str]:
    """The records in the graph, by key."""
    report = await ingest_records(graph, RECORDS)
    assert report.rejected == []
    return await _ids(graph)


ALL = {"source", "middle", "first", "second", "denial"}


async def test_a_preview_changes_nothing_and_tells_what_would_fall(graph: Graph, ids: dict[str, str]) -> None:
    before = await exported_text(graph)
    plan = await preview_retraction(graph, [ids["d1"]], "a test")
    assert {node.id for node in plan.nodes} == {ids["d1"], ids["first"], ids["denial"]}
    assert [found.text for found in plan.claims] == ["Beta did it"]
    assert plan.retracted_at is None
    assert await exported_text(graph) == before


async def test_what_nobody_relays_any_more_falls_through_the_whole_chain(graph: Graph, ids: dict[str, str]) -> None:
    await retract(graph, [ids["first"]], "a test")
    assert await _open(graph) == ALL - {"first"}
    assert await _standing(graph) == "contested"
    done = await retract(graph, [ids["d2"]], "a test")
    assert {node.id for node in done.nodes} == {ids["d2"], ids["second"], ids["middle"], ids["source"]}
    assert await _open(graph) == {"denial"}
    assert await _standing(graph) == "denied"
    assert (await verify(graph)).faults == []
    assert (await rebuild(graph)).identical


async def test_undoing_opens_the_whole_chain_again(graph: Graph, ids: dict[str, str]) -> None:
    await retract(graph, [ids["d1"], ids["d2"]], "a test")
    assert await _open(graph) == set()
    assert await _standing(graph) == "unsupported"
    done = await undo_retraction(graph, [ids["d1"], ids["d2"]])
    assert {node.id for node in done.nodes} == {ids[key] for key in (*ALL, "d1", "d2")}
    assert await _open(graph) == ALL
    assert await _standing(graph) == "contested"
    assert (await verify(graph)).faults == []
    assert (await rebuild(graph)).identical


@pytest.mark.parametrize("back", ["d1", "d2"])
async def test_either_report_brings_back_what_it_relays(graph: Graph, ids: dict[str, str], back: str) -> None:
    """Whichever fell first: what the other's fall took along stands again as soon as somebody relays it."""
    await retract(graph, [ids["d1"]], "first")
    await retract(graph, [ids["d2"]], "then")
    await undo_retraction(graph, [ids[back]])
    relay = {"d1": {"first", "denial"}, "d2": {"second"}}[back]
    assert await _open(graph) == {"source", "middle", *relay}
    assert (await verify(graph)).faults == []


async def test_what_was_retracted_by_itself_is_not_brought_back_by_others(graph: Graph, ids: dict[str, str]) -> None:
    await retract(graph, [ids["denial"]], "withdrawn by hand")
    await retract(graph, [ids["d1"]], "a test")
    await undo_retraction(graph, [ids["d1"]])
    assert await _open(graph) == ALL - {"denial"}


async def test_each_moment_keeps_what_was_known_then(graph: Graph, ids: dict[str, str]) -> None:
    def moments(records: list[dict[str, Any]]) -> dict[str, Any]:
        return next(record for record in records if record["id"] == ids["denial"])

    known = moments(await exported(graph))["recorded_at"]
    retracted = (await retract(graph, [ids["denial"]], "a test")).retracted_at
    assert retracted is not None
    await undo_retraction(graph, [ids["denial"]])
    after = moments(await exported(graph))
    assert after["past"] == [f"{known}/{retracted}"]
    assert after["recorded_at"] > retracted
    assert "retracted_at" not in after
    assert "retraction_reason" not in after
    wanted = {known: "contested", retracted: "unanswered", after["recorded_at"]: "contested"}
    assert {moment: await _standing(graph, AsOf.of(None, moment)) for moment in wanted} == wanted
    assert (await verify(graph)).faults == []
    assert (await rebuild(graph)).identical


async def test_a_record_fed_in_again_stays_retracted(graph: Graph, ids: dict[str, str]) -> None:
    await retract(graph, [ids["d2"]], "a test")
    before = await exported_text(graph)
    report = await ingest_records(graph, RECORDS)
    assert (report.counts.new, report.counts.changed) == (0, 0)
    assert await exported_text(graph) == before


@pytest.mark.parametrize(
    ("wanted", "error", "reason"),
    [
        (["stmt-" + "a" * 20], NotFound, "nothing has this id"),
        (["rel-" + "a" * 20], InvalidInput, "is no id of a Document"),
        (["alias-" + "a" * 20], InvalidInput, "is no id of a Document"),
        (["nonsense"], InvalidInput, "is no id of a Document"),
        (["x" * 100_000], InvalidInput, "is no id of a Document"),
    ],
)
async def test_what_cannot_be_retracted(graph: Graph, wanted: list[str], error: type[Exception], reason: str) -> None:
    for work in (preview_retraction, retract):
        with pytest.raises(error, match=reason) as raised:
            await work(graph, wanted, "r")
        assert len(str(raised.value)) < 500
    with pytest.raises(error, match=reason):
        await undo_retraction(graph, wanted)


async def test_one_bad_id_keeps_all_as_they_are(graph: Graph, ids: dict[str, str]) -> None:
    before = await exported_text(graph)
    with pytest.raises(NotFound):
        await retract(graph, [ids["d1"], "stmt-" + "a" * 20], "a test")
    with pytest.raises(NotFound, match="it is not retracted"):
        await undo_retraction(graph, [ids["d1"]])
    assert await exported_text(graph) == before
    await retract(graph, [ids["d1"], ids["d1"]], "a test")
    with pytest.raises(NotFound, match="it is retracted already"):
        await retract(graph, [ids["d2"], ids["d1"]], "again")
    assert "second" in await _open(graph)
