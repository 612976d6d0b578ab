"""The ledger against a slow and obvious reference, over random sequences of decisions."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ledger.identity import Decision, Identity, identity_of, known_at, spells, standing_decisions
from kg.ledger.rules import Refusal, clashes, refusal, split_of
from schema.ids import actor_id, claim_id
from tests.identity import slow_ledger as slow

ACTORS = [actor_id(name) for name in "abcdefg"]
SEQUENCES = 25
"""In one example, so that 400 examples are 10,000 sequences."""


def decision(number: int, verdict: str, left: str | None, right: str | None, revokes: Sequence[str] = ()) -> Decision:
    """One made at a second of its own."""
    pair = (left, right)
    at = f"2026-01-01T00:{number // 60:02}:{number % 60:02}.000000Z"
    return Decision(f"decision-{number:03}", verdict, *pair, tuple(revokes), at, at, "somebody", f"reason {number}")


def told(identity: Identity) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """All that answers read of it."""
    return {a: identity.canonical(a) for a in ACTORS}, {a: identity.members(a) for a in ACTORS}


def _drawn(chance: random.Random, rows: list[Decision]) -> Decision:
    number = len(rows)
    verdict = chance.choice(["same"] * 4 + ["different"] * 2 + ["revoke"] * 3 + ["split"])
    if verdict == "revoke" and rows:
        return decision(number, "revoke", None, None, [chance.choice(rows).id])
    if verdict == "split":
        member = chance.choice(ACTORS)
        found = split_of(rows, member)
        if not isinstance(found, Refusal):
            return decision(number, "different", found[0], member, found[1])
    return decision(number, "different" if verdict == "different" else "same", *chance.choices(ACTORS, k=2))


def _check_sequence(chance: random.Random) -> None:
    rows: list[Decision] = []
    for _ in range(chance.randint(1, 9)):
        new = _drawn(chance, rows)
        before = identity_of(rows)
        why_not = refusal(rows, new)
        assert (why_not is not None) == slow.refused(rows, new), (rows, new)
        if why_not is not None:
            for link in why_not.chain:
                assert link.decision in rows
            continue
        rows.append(new)
        after = identity_of(rows)
        assert not clashes(after)
        undone = [*rows, decision(500, "revoke", None, None, [new.id])]
        assert told(identity_of(undone)) == told(before), "an undoing gives back what was"
        assert identity_of(undone).standing.keys() - {"decision-500"} == before.standing.keys()
    identity = identity_of(chance.sample(rows, len(rows)))
    assert told(identity) == told(identity_of(rows)), "the order in which rows are given makes no difference"
    for one in ACTORS:
        assert set(identity.members(one)) == slow.whole(rows, one)
        assert identity.canonical(one) == slow.shown(rows, one)
        _check_why(rows, identity, one, chance.choice(ACTORS))
    assert identity.standing.keys() == {row.id for row in rows if slow.stands(rows, row)}


def _check_why(rows: Sequence[Decision], identity: Identity, one: str, other: str) -> None:
    why = identity.why(one, other)
    here, there = slow.whole(rows, one), slow.whole(rows, other)
    parted = [row.pair for row in rows if row.verdict == "different" and slow.stands(rows, row)]
    apart = any((x in here and y in there) or (y in here and x in there) for x, y in parted)
    expected = "itself" if one == other else "same" if other in here else "different" if apart else "undecided"
    assert why.relation == expected
    if why.chain:
        assert (why.chain[0].start, why.chain[-1].end) == (one, other)
        assert all(link.end == following.start for link, following in zip(why.chain, why.chain[1:], strict=False))
        assert all({link.start, link.end} == set(link.decision.pair) for link in why.chain)
        assert [link.decision.verdict for link in why.chain].count("different") == (expected == "different")


@settings(max_examples=400, deadline=None)
@given(st.integers(min_value=0))
def test_ten_thousand_sequences_give_what_a_slow_reference_gives(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(SEQUENCES):
        _check_sequence(chance)


@settings(max_examples=50, deadline=None)
@given(st.integers(min_value=0))
def test_the_spells_of_a_decision_are_when_it_stood(seed: int) -> None:
    chance = random.Random(seed)
    rows: list[Decision] = []
    for _ in range(12):
        new = _drawn(chance, rows)
        if refusal(rows, new) is None:
            rows.append(new)
    for identifier, intervals in spells(rows, [row.id for row in rows]).items():
        for row in rows:
            moment = row.recorded_at
            stood = identifier in standing_decisions(known_at(rows, moment))
            assert stood == any(start <= moment and (end is None or moment < end) for start, end in intervals)


def test_a_split_lets_go_of_the_member_and_of_nobody_else() -> None:
    a, b, c, d = ACTORS[:4]
    rows = [decision(0, "same", a, b), decision(1, "same", b, c), decision(2, "same", a, d)]
    found = split_of(rows, b)
    assert not isinstance(found, Refusal)
    rest, ties = found
    assert (rest, ties) == (a, ("decision-000", "decision-001"))
    split = decision(3, "different", rest, b, ties)
    assert refusal(rows, split) is None
    after = identity_of([*rows, split])
    assert [after.members(each) for each in (a, b, c)] == [tuple(sorted((a, d))), (b,), (c,)], "c was tied only by b"
    assert after.why(a, b).relation == "different"
    assert isinstance(split_of([*rows, split], b), Refusal)
    assert split_of(rows, a)[0] == b  # type: ignore[index]


def test_what_is_refused_names_who_decided_it() -> None:
    a, b, c = ACTORS[:3]
    rows = [decision(0, "same", a, b), decision(1, "different", a, c)]
    why = refusal(rows, decision(2, "same", c, b))
    assert why is not None
    assert why.kind == "conflict"
    assert [link.decision.id for link in why.chain] == ["decision-001", "decision-000"]
    assert "decision-001" in why.what
    assert "somebody" in why.what
    assert why.remedy is not None
    assert "decision-001" in why.remedy
    again = refusal(rows, decision(2, "same", b, a))
    assert again is not None
    assert "decision-000" in again.what
    for wrong, kind in (
        (decision(2, "same", a, a), "invalid"),
        (decision(2, "different", a, a), "invalid"),
        (decision(2, "same", a, claim_id("x", [])), "invalid"),
        (decision(2, "revoke", None, None, ["decision-999"]), "unknown"),
        (decision(2, "different", c, a), "conflict"),
        (decision(2, "different", b, a), "conflict"),
    ):
        refused = refusal(rows, wrong)
        assert refused is not None
        assert refused.kind == kind
    undone = [*rows, decision(2, "revoke", None, None, ["decision-000"])]
    twice = refusal(undone, decision(3, "revoke", None, None, ["decision-000"]))
    assert twice is not None
    assert "decision-002" in twice.what


def test_an_undoing_that_would_bring_back_what_is_contradicted_by_now_is_refused() -> None:
    a, b = ACTORS[:2]
    rows = [
        decision(0, "same", a, b),
        decision(1, "revoke", None, None, ["decision-000"]),
        decision(2, "different", a, b),
    ]
    refused = refusal(rows, decision(3, "revoke", None, None, ["decision-001"]))
    assert refused is not None
    assert {link.decision.id for link in refused.chain} == {"decision-000", "decision-002"}


def test_a_ledger_that_contradicts_itself_can_be_mended() -> None:
    a, b, c = ACTORS[:3]
    rows = [decision(0, "same", a, b), decision(1, "different", a, b), decision(2, "same", b, c)]
    assert len(clashes(identity_of(rows))) == 1
    for each in rows:
        mended = decision(3, "revoke", None, None, [each.id])
        assert refusal(rows, mended) is None


def test_revocations_in_a_circle_end() -> None:
    one = replace(decision(0, "revoke", None, None, ["decision-001"]))
    other = replace(decision(1, "revoke", None, None, ["decision-000"]))
    assert len(standing_decisions([one, other])) <= 2
