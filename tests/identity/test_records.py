"""Decisions as records: they go out and come back, and a ledger that contradicts itself does not go in."""

from __future__ import annotations

from typing import Any, Final

import pytest

from kg.asking import actors
from kg.asking.decisions import decisions
from kg.asking.parameters import PageRequest
from kg.deciding import deciding
from kg.deciding.deciding import Draft, Said
from kg.engine.graph import Graph, Transaction
from kg.engine.query import Query
from kg.ingest import ingest_records
from kg.settings import Settings
from kg.verify import verify
from kg.writing.rebuild import rebuild
from schema.errors import InvalidInput
from schema.ids import actor_id
from tests.engines.under_test import EngineUnderTest
from tests.writing.exported import exported, exported_text

NAMES: Final = ("Ash", "Birch", "Cedar", "Date", "Elm")
ACTORS: Final = [{"type": "actor", "name": name, "kind": "person"} for name in NAMES]
SAID: Final = Said("R. Rassendyll", "one and the same", 0.75)


def record(verdict: str, at: str, **fields: Any) -> dict[str, Any]:
    """A decision as somebody may write it down."""
    who = {"decided_by": "somebody", "reason": "a list", "decided_at": f"2026-01-0{at}T00:00:00Z"}
    return {"type": "decision", "verdict": verdict, **who, **fields}


async def _decide(graph: Graph, draft: Draft) -> str:
    return await deciding.decide(graph, draft)


async def _lived(graph: Graph) -> None:
    """A ledger with merges, a refusal's ground, a split, and undoings of undoings."""
    await ingest_records(graph, ACTORS)
    await _decide(graph, await deciding.merge(graph, "Ash", "Birch", SAID))
    await _decide(graph, await deciding.merge(graph, "Birch", "Cedar", SAID))
    await _decide(graph, await deciding.keep_apart(graph, "Elm", "Cedar", SAID))
    await _decide(graph, await deciding.split(graph, "Birch", SAID))
    other = await _decide(graph, await deciding.merge(graph, "Date", "Cedar", SAID))
    back = await _decide(graph, deciding.undo(other, SAID))
    await _decide(graph, deciding.undo(back, SAID))


async def test_a_ledger_goes_out_and_comes_back_in_any_order(graph: Graph) -> None:
    await _lived(graph)
    records, text = await exported(graph), await exported_text(graph)
    history = await decisions(graph, page=PageRequest(200))
    told = {name: (await actors.one(graph, name)).members for name in NAMES}
    assert told["Cedar"] == (actor_id("Cedar"),)
    assert (await verify(graph)).faults == []
    await EngineUnderTest(graph, Settings()).empty()
    assert (await decisions(graph)).items == ()
    report = await ingest_records(graph, list(reversed(records)), batch_size=2)
    assert report.rejected == []
    assert await exported_text(graph) == text
    assert (await decisions(graph, page=PageRequest(200))).items == history.items
    assert {name: (await actors.one(graph, name)).members for name in NAMES} == told
    assert (await verify(graph)).faults == []
    assert (await rebuild(graph)).identical
    again = await ingest_records(graph, records)
    assert (again.counts.new, again.counts.changed, again.rejected) == (0, 0, [])


async def test_decisions_of_a_file_are_checked_like_all_others(graph: Graph) -> None:
    fine = [
        record("same", "2", left="Ash", right="Birch", key="one"),
        record("different", "3", left="Ash", right="Cedar"),
        record("same", "5", left="Ash", right="Date", key="wrong"),
        record("revoke", "6", revokes=["wrong"]),
    ]
    bad = {
        "kept apart": record("same", "4", left="Cedar", right="Birch"),
        "itself": record("same", "4", left="Cedar", right="Cedar"),
        "one already": record("same", "4", left="Birch", right="Ash"),
        "no record defines": record("same", "4", left="Cedar", right="Fir"),
        "needs left and right": record("same", "4", left="Cedar"),
        "neither left nor right": record("revoke", "4", left="Cedar", right="Ash", revokes=["one"]),
        "in the future": record("same", "4", left="Cedar", right="Elm") | {"decided_at": "2999-01-01T00:00:00Z"},
        "unknown verdict": record("sam", "4", left="Cedar", right="Elm"),
        "is not that of the content": record("same", "4", left="Cedar", right="Elm", id="decision-" + "a" * 20),
    }
    report = await ingest_records(graph, [*reversed([*fine, *bad.values()]), *ACTORS])
    assert report.by_type["decision"].new == len(fine)
    assert len(report.rejected) == len(bad)
    for reason in bad:
        assert any(reason in rejected.reason for rejected in report.rejected), reason
    ash = await actors.one(graph, "Ash")
    assert ash.members == (actor_id("Birch"),)
    assert (await verify(graph)).faults == []


_ROGUE: Final = Query(
    "a decision that nobody checked",
    "CREATE (d:Decision {id: $id, verdict: 'different', left: $left, right: $right, reason: 'r', decided_by: 'b', "
    "decided_at: $at, recorded_at: $at, caption: 'rogue'})",
)
_BEHEAD: Final = Query("forget the head", "MATCH (v:SchemaVersion) REMOVE v.ledger")


async def test_verify_tells_of_a_ledger_that_was_tampered_with(graph: Graph) -> None:
    await ingest_records(graph, ACTORS)
    decision = await _decide(graph, await deciding.merge(graph, "Ash", "Birch", SAID))
    ash, at = actor_id("Ash"), "2026-01-01T00:00:00.000000Z"

    async def tamper(transaction: Transaction) -> None:
        ids = [f"decision-{letter * 20}" for letter in "ab"]
        await transaction.run(_ROGUE, id=ids[0], left=ash, right=actor_id("Birch"), at=at)
        await transaction.run(_ROGUE, id=ids[1], left=ash, right=actor_id("nobody"), at=at)
        await transaction.run(_BEHEAD)

    await graph.write(tamper)
    told = " ".join(fault.what for fault in (await verify(graph)).faults)
    assert "no head" in told
    assert decision in told
    assert f"{actor_id('nobody')}, which is not in the graph" in told
    assert "DIFFERENT_FROM is missing" in told


@pytest.mark.parametrize("way", ["merge", "keep_apart"])
async def test_somebody_has_to_decide_it_on_some_evidence(graph: Graph, way: str) -> None:
    await ingest_records(graph, ACTORS)
    for said in (Said("", "why"), Said("who", ""), Said("who", "why", 2.0)):
        with pytest.raises(InvalidInput, match=r"empty|at least 1|less than or equal"):
            await _decide(graph, await getattr(deciding, way)(graph, "Ash", "Elm", said))
    assert (await decisions(graph)).items == ()
