"""What a statement, a policy and an event stand for: a function of their evidence alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.writing.derive import from_event, from_policy, from_statement
from kg.writing.rows import RelationshipRow
from schema.ids import relationship_id
from schema.ontology import ontology

KNOWN = "2025-11-14T09:30:00.000000Z"
_IDS = st.lists(st.sampled_from([f"actor-{letter}" for letter in "abcd"]), max_size=4)


def _evidence(**more: Any) -> dict[str, Any]:
    said = {"asserted_at": "2025-11-14", "asserted_at_earliest": "2025-11-14T00:00:00Z"}
    said |= {"asserted_at_latest": "2025-11-14T23:59:59Z", "asserted_at_precision": "day"}
    return {"id": "stmt-s", "recorded_at": KNOWN, **said, **more}


def _edges(rows: list[RelationshipRow]) -> set[tuple[str, str, str]]:
    return {(row.kind, row.start, row.end) for row in rows}


def test_an_allegation_accuses_each_subject_but_the_speaker() -> None:
    rows = from_statement(_evidence(act="allege"), "actor-a", "claim-c", ["actor-b", "actor-a", "actor-d"], [])
    assert _edges(rows) == {
        ("ALLEGES", "actor-a", "claim-c"),
        ("ACCUSES", "actor-a", "actor-b"),
        ("ACCUSES", "actor-a", "actor-d"),
    }


@pytest.mark.parametrize(
    ("manner", "rebuts"), [(None, True), ("flat", True), ("counter_accusation", True), ("non_denial", False)]
)
def test_a_denial_rebuts_only_when_it_denies(manner: str | None, rebuts: bool) -> None:
    evidence = _evidence(act="deny", manner=manner)
    rows = from_statement(evidence, "actor-a", "claim-c", ["actor-a"], ["actor-b", "actor-a"])
    wanted = {("DENIES", "actor-a", "claim-c")} | ({("REBUTS", "actor-a", "actor-b")} if rebuts else set())
    assert _edges(rows) == wanted
    assert all(row.props.get("manner") == manner for row in rows)


@pytest.mark.parametrize("act", list(ontology().acts))
def test_every_act_has_its_relationship_to_the_claim(act: str) -> None:
    rows = from_statement(_evidence(act=act), "actor-a", "claim-c", ["actor-b"], ["actor-d"])
    assert (ontology().acts[act].derives.claim, "actor-a", "claim-c") in _edges(rows)
    assert {row.kind for row in rows} <= set(ontology().derived())


def test_a_relationship_carries_its_evidence_its_time_and_when_it_was_known() -> None:
    evidence = _evidence(act="allege", retracted_at="r", past=["p"], quote="not carried")
    [row] = from_statement(evidence, "actor-a", "claim-c", [], [])
    assert row.props == {
        "id": relationship_id("ALLEGES", "actor-a", "claim-c", "stmt-s"),
        "evidence": "stmt-s",
        "at": "2025-11-14",
        "at_earliest": "2025-11-14T00:00:00Z",
        "at_latest": "2025-11-14T23:59:59Z",
        "at_precision": "day",
        "recorded_at": KNOWN,
        "retracted_at": "r",
        "past": ["p"],
    }
    assert (row.start_label, row.end_label) == ("Actor", "Claim")


def test_two_statements_of_one_thing_are_two_relationships() -> None:
    one = from_statement(_evidence(act="allege"), "actor-a", "claim-c", [], [])
    other = from_statement(_evidence(act="allege", id="stmt-t"), "actor-a", "claim-c", [], [])
    assert one[0].id != other[0].id


@given(_IDS, _IDS)
def test_the_order_of_the_evidence_does_not_matter(subjects: list[str], answered: list[str]) -> None:
    evidence = _evidence(act="deny")
    one = from_statement(evidence, "actor-a", "claim-c", subjects, answered)
    other = from_statement(evidence, "actor-a", "claim-c", subjects[::-1], answered[::-1] * 2)
    assert one == other
    assert all(row.start != row.end for row in one)
    assert len({row.id for row in one}) == len(one)


def _step(at: str, latest: str = "9") -> dict[str, Any]:
    return {"at": at, "at_earliest": at, "at_latest": latest, "at_precision": "day"}


def test_a_policy_is_from_its_first_step_on() -> None:
    evidence = {"id": "policy-p", "kind": "sanction", "recorded_at": KNOWN}
    steps = [_step("2024-01-02"), _step("2023-01-01"), _step("2025-01-01")]
    rows = from_policy(evidence, ["actor-a", "actor-b"], ["actor-c", "actor-a"], steps)
    assert _edges(rows) == {
        ("SANCTIONS", "actor-a", "actor-c"),
        ("SANCTIONS", "actor-b", "actor-a"),
        ("SANCTIONS", "actor-b", "actor-c"),
    }
    assert {row.props["at"] for row in rows} == {"2023-01-01"}


def test_a_policy_without_steps_is_from_its_effect_on() -> None:
    evidence = {"id": "policy-p", "kind": "tariff", "recorded_at": KNOWN, "effective_from": "2022"}
    [row] = from_policy(evidence, ["actor-a"], ["actor-b"], [])
    assert (row.kind, row.props["at"]) == ("IMPOSES_TARIFFS_ON", "2022")


def test_an_agreement_restricts_nobody() -> None:
    assert (
        from_policy({"id": "policy-p", "kind": "agreement", "recorded_at": KNOWN}, ["actor-a"], ["actor-b"], []) == []
    )


def _parts(**roles: str) -> list[dict[str, str]]:
    return [{"id": f"actor-{name}", "role": role} for name, role in roles.items()]


def test_a_meeting_is_between_all_who_take_part() -> None:
    evidence = {"id": "event-e", "kind": "meeting", "at": "2025", "recorded_at": KNOWN}
    rows = from_event(evidence, _parts(a="participant", b="host", c="affected"))
    assert _edges(rows) == {("MEETS", "actor-a", "actor-b"), ("MEETS", "actor-b", "actor-a")}


def test_an_attack_goes_from_agent_to_patient() -> None:
    evidence = {"id": "event-e", "kind": "attack", "at": "2025", "recorded_at": KNOWN}
    rows = from_event(
        evidence, [*_parts(a="agent", b="patient", c="participant"), {"id": "actor-a", "role": "patient"}]
    )
    assert _edges(rows) == {("ATTACKS", "actor-a", "actor-b")}


def test_a_price_stands_for_nothing_between_actors() -> None:
    assert from_event({"id": "event-e", "kind": "market_move", "recorded_at": KNOWN}, _parts(a="participant")) == []
