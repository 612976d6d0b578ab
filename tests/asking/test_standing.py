"""The standing of a claim, rule by rule, and what holds whatever is said."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.standing import Spoken, Standing, standing_of
from schema.ontology import ontology

CALM = settings(deadline=None)  # other work on the machine is no fault of the test
ACCUSED = "actor-accused"
SUBJECTS = [ACCUSED]


def said(identifier: str, act: str, actor: str | None = "actor-x", day: int = 1, **more: object) -> Spoken:
    stamp = f"2025-11-{day:02}T"
    base = Spoken(
        id=identifier,
        act=act,
        actor=actor,
        speaker=actor or "a person",
        document=f"doc-{identifier}",
        source=f"source-{identifier}",
        earliest=f"{stamp}00:00:00Z",
        latest=f"{stamp}23:59:59Z",
    )
    return replace(base, **more)  # type: ignore[arg-type]


ALLEGED = said("a", "allege")
DENIED = said("d", "deny", ACCUSED, 2, manner="flat", answers=("a",))


@pytest.mark.parametrize(
    ("statements", "standing", "because"),
    [
        ([], "unsupported", ()),
        ([ALLEGED], "unanswered", ("a",)),
        ([ALLEGED, DENIED], "contested", ("a", "d")),
        ([ALLEGED, replace(DENIED, manner=None)], "contested", ("a", "d")),
        ([ALLEGED, replace(DENIED, manner="counter_accusation")], "contested", ("a", "d")),
        ([ALLEGED, replace(DENIED, manner="non_denial")], "deflected", ("d",)),
        ([ALLEGED, replace(DENIED, manner="non_denial", actor="actor-bystander")], "unanswered", ("a",)),
        ([ALLEGED, replace(DENIED, actor="actor-bystander")], "contested", ("a", "d")),
        ([ALLEGED, said("n", "decline_comment", ACCUSED)], "declined", ("n",)),
        ([ALLEGED, said("n", "decline_comment", "actor-bystander")], "unanswered", ("a",)),
        ([ALLEGED, DENIED, said("k", "acknowledge", ACCUSED, 3)], "conceded", ("k",)),
        ([ALLEGED, said("k", "confirm", ACCUSED, 3)], "conceded", ("k",)),
        ([ALLEGED, said("k", "acknowledge", "actor-bystander", 3)], "unanswered", ("a",)),
        ([ALLEGED, said("c", "confirm", "actor-y")], "confirmed", ("a", "c")),
        ([ALLEGED, said("c", "confirm", "actor-x")], "unanswered", ("a",)),
        ([ALLEGED, said("c", "confirm", "actor-y"), DENIED], "contested", ("a", "c", "d")),
        ([ALLEGED, said("w", "retract", day=3)], "withdrawn", ("a", "w")),
        ([ALLEGED, said("w", "retract", "actor-y", 3)], "unanswered", ("a",)),
        ([ALLEGED, said("b", "allege", "actor-y"), said("w", "retract", day=3)], "unanswered", ("b",)),
        ([ALLEGED, DENIED, said("w", "retract", ACCUSED, 3, answers=("d",))], "unanswered", ("a",)),
        ([DENIED], "denied", ("d",)),
        ([said("s", "assert")], "stated", ("s",)),
        ([said("s", "assess")], "stated", ("s",)),
        ([said("v", "not_verified")], "unsupported", ()),
        ([replace(ALLEGED, about=False)], "unsupported", ()),
    ],
)
def test_rules(statements: list[Spoken], standing: str, because: tuple[str, ...]) -> None:
    found = standing_of(statements, SUBJECTS)
    assert (found.standing, found.because) == (standing, because)


def test_verification_stands_beside_the_standing() -> None:
    found = standing_of([ALLEGED, said("v", "not_verified", "actor-paper"), said("n", "decline_comment")], SUBJECTS)
    assert (found.standing, found.could_not_verify, found.declined_by) == ("unanswered", ("v",), ("n",))


MEMO = replace(said("m", "allege", "actor-palace"), seen=False, document="doc-memo", source="memo")


def relay(identifier: str, inner: str, day: int = 14) -> Spoken:
    return said(identifier, "relay", f"actor-{identifier}", day, relays=(inner,))


def test_eight_papers_repeating_one_memo_are_one_origin() -> None:
    papers = [relay("p0", "m"), *(relay(f"p{n}", f"p{n - 1}") for n in range(1, 8))]
    found = standing_of([MEMO, *papers], SUBJECTS)
    assert [(o.kind, o.key, o.statements) for o in found.origins] == [("unseen_document", "memo", ("m",))]
    assert found.origins[0].reported_in == tuple(sorted(f"doc-p{n}" for n in range(8)))
    assert (found.standing, len(found.documents), found.named_sources) == ("unanswered", 8, 1)
    assert found.put_forward_by == ("m",), "a report is no allegation of the one who reports"


def test_an_anonymous_source_is_an_origin_of_its_own_document() -> None:
    whispers = [said(i, "allege", None, source="one source", speaker="A person") for i in ("v1", "v2")]
    found = standing_of([MEMO, relay("p", "m"), *whispers, said("o", "allege", None)], SUBJECTS)
    assert len(found.origins) == 3
    assert (found.named_sources, found.anonymous_sources) == (1, 2)


def test_a_speaker_who_says_it_twice_is_one_origin() -> None:
    found = standing_of([ALLEGED, said("b", "allege", day=4)], SUBJECTS)
    assert [(o.kind, o.statements) for o in found.origins] == [("speaker", ("a", "b"))]


def test_an_unseen_document_counts_only_while_something_reports_it() -> None:
    assert standing_of([MEMO], SUBJECTS).standing == "unsupported"
    assert standing_of([MEMO, relay("p", "m")], SUBJECTS).standing == "unanswered"
    inner = replace(relay("q", "m"), seen=False)
    assert standing_of([MEMO, inner], SUBJECTS).standing == "unsupported"
    assert standing_of([MEMO, inner, relay("p", "q")], SUBJECTS).standing == "unanswered"


def test_withdrawing_the_only_report_withdraws_the_claim() -> None:
    taken_back = said("w", "retract", "actor-p", 20, answers=("p",))
    assert standing_of([MEMO, relay("p", "m"), taken_back], SUBJECTS).standing == "withdrawn"
    assert standing_of([MEMO, relay("p", "m"), relay("q", "m"), taken_back], SUBJECTS).standing == "unanswered"


def test_a_circle_of_relays_ends() -> None:
    circle = [said("x", "relay", relays=("y",)), said("y", "relay", relays=("x",)), said("z", "relay", relays=("z",))]
    assert standing_of(circle, SUBJECTS).standing == "unsupported"


def test_versions_of_one_document_count_once() -> None:
    versions = [replace(said(i, "allege"), source="url") for i in ("v1", "v2")]
    assert standing_of(versions, SUBJECTS).documents == ("url",)


def test_hours_are_a_range_where_times_are_imprecise() -> None:
    at = "2025-11-14T18:00:00Z"
    exact = replace(DENIED, earliest=at, latest=at)
    hours = standing_of([MEMO, relay("p", "m"), exact], SUBJECTS).hours_to_answer
    assert hours is not None
    assert (hours.least, hours.most, hours.allegation, hours.answer) == (0.0, 18.0, "p", "d")
    day_later = standing_of([ALLEGED, replace(DENIED, earliest="2025-11-03T00:00:00Z", latest="")], SUBJECTS)
    assert day_later.hours_to_answer is not None
    assert day_later.hours_to_answer.least == pytest.approx(24.0, abs=0.01)
    assert standing_of([ALLEGED], SUBJECTS).hours_to_answer is None


def test_silence_is_no_answer() -> None:
    assert standing_of([ALLEGED, said("n", "decline_comment", ACCUSED)], SUBJECTS).hours_to_answer is None


# ---- whatever is said ------------------------------------------------------------------------------------------------

IDS = [f"s{n}" for n in range(7)]
STATEMENTS = st.builds(
    said,
    st.sampled_from(IDS),
    st.sampled_from(list(ontology().acts)),
    st.sampled_from([ACCUSED, "actor-x", "actor-y", None]),
    st.integers(1, 28),
    manner=st.sampled_from([None, *ontology().manners]),
    seen=st.booleans(),
    relays=st.lists(st.sampled_from(IDS), max_size=2).map(tuple),
    answers=st.lists(st.sampled_from(IDS), max_size=2).map(tuple),
    about=st.booleans(),
)
WORLDS = st.lists(STATEMENTS, max_size=7, unique_by=lambda s: s.id)


def _ids(standing: Standing) -> set[str]:
    parts = (standing.because, standing.put_forward_by, standing.denied_by, standing.confirmed_by)
    return {i for part in (*parts, standing.could_not_verify, standing.declined_by) for i in part}


@CALM
@given(WORLDS)
def test_every_world_has_a_standing_made_of_its_own_statements(statements: list[Spoken]) -> None:
    found = standing_of(statements, SUBJECTS)
    assert found.standing in ontology().standings
    assert _ids(found) <= {s.id for s in statements if s.about}
    assert (found.standing == "unsupported") == (found.because == ())
    hours = found.hours_to_answer
    assert hours is None or 0 <= hours.least <= hours.most


@CALM
@given(WORLDS.filter(lambda w: len(w) < 5))
def test_order_does_not_matter(statements: list[Spoken]) -> None:
    results = {repr(standing_of(order, SUBJECTS)) for order in permutations(statements)}
    assert len(results) == 1


@CALM
@given(WORLDS, st.sampled_from(IDS))
def test_repeating_adds_documents_but_no_origin(statements: list[Spoken], inner: str) -> None:
    """A paper that only reports what is known already changes neither the standing nor the number of origins."""
    seen = [s for s in statements if s.id == inner and s.seen and s.about and s.stance != "reports" and not s.relays]
    if not seen:
        return
    before = standing_of(statements, SUBJECTS)
    after = standing_of([*statements, said("zz", "relay", "actor-paper", relays=(inner,))], SUBJECTS)
    assert after.standing == before.standing
    assert len(after.origins) == len(before.origins)
