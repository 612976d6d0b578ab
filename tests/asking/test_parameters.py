"""What questions take: clocks, pages, cursors, filters, words for the full-text index, statuses of policies."""

from __future__ import annotations

import base64
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.asking.cursors import place
from kg.asking.filters import ClaimFilters, TimelineFilters
from kg.asking.parameters import AsOf, PageRequest, checked
from kg.asking.search_text import fuzzy_query, likeness, words_query
from kg.asking.shapes import as_known, history, status_at
from schema.errors import InvalidInput
from schema.graph import time_properties

CALM = settings(deadline=None)  # other work on the machine is no fault of the test
TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)
NOW = AsOf.of(known_at="2026-01-01")


@CALM
@given(TEXTS, st.text(min_size=1, max_size=20))
def test_a_cursor_leads_back_to_its_place(at: str, identifier: str) -> None:
    try:
        identifier.encode()
    except UnicodeEncodeError:
        return
    first = place("q", ("a",), None, AsOf(), PageRequest(5))
    second = place("q", ("a",), None, AsOf(), PageRequest(7, first.next((at, identifier))))
    assert second.after == (at, identifier)
    assert second.as_of == first.as_of, "all parts of a list show one state of the graph"
    assert second.limit == 7


@CALM
@given(st.text(max_size=60))
def test_a_broken_cursor_is_told(cursor: str) -> None:
    with pytest.raises(InvalidInput, match="cursor"):
        place("q", (), None, AsOf(), PageRequest(5, cursor))


def _cursor(body: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(body).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "change",
    [
        lambda b: [["x"], *b[1:]],
        lambda b: [["x", 3], *b[1:]],
        lambda b: [["x", "\ud800"], *b[1:]],
        lambda b: [b[0], b[1], "yesterday"],
        lambda b: [b[0], b[1], b[2] + "x"],
        lambda b: [b[0], "0" * 16, b[2]],
        lambda b: b[:2],
        lambda b: {"key": b[0]},
        lambda b: [[["deep"]] * 2, *b[1:]],
    ],
)
def test_a_forged_cursor_is_told(change: object) -> None:
    here = place("q", (), None, AsOf(), PageRequest(5))
    text = here.next(("x", "y"))
    body = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    assert place("q", (), None, AsOf(), PageRequest(5, _cursor(body))).after == ("x", "y")
    with pytest.raises(InvalidInput, match="cursor"):
        place("q", (), None, AsOf(), PageRequest(5, _cursor(change(body))))  # type: ignore[operator]


def test_a_cursor_belongs_to_one_question() -> None:
    asked = TimelineFilters(act=("deny",))
    cursor = place("timeline", ("a",), asked, NOW, PageRequest(5)).next(("x", "y"))
    assert place("timeline", ("a",), asked, NOW, PageRequest(9, cursor)).after
    for name, subject, filters, as_of in (
        ("claims", ("a",), asked, NOW),
        ("timeline", ("b",), asked, NOW),
        ("timeline", ("a",), TimelineFilters(), NOW),
        ("timeline", ("a",), asked, AsOf.of(known_at="2026-01-02")),
        ("timeline", ("a",), asked, AsOf.of("2025", "2026-01-01")),
    ):
        with pytest.raises(InvalidInput, match="another question"):
            place(name, subject, filters, as_of, PageRequest(5, cursor))


@pytest.mark.parametrize("limit", [0, -1, 201])
def test_a_limit_out_of_bounds_is_told(limit: int) -> None:
    with pytest.raises(InvalidInput, match="limit"):
        PageRequest(limit)


def test_clocks_are_read_from_texts() -> None:
    assert AsOf.of("2025-11").valid_at == "2025-11-30T23:59:59Z"
    assert AsOf.of(known_at="2025-11-14T10:00:00+01:00").known_at == "2025-11-14T09:00:00.000000Z"
    assert AsOf.of(known_at="2025-11-14").known_at == "2025-11-14T23:59:59.999999Z"
    for clock in ("valid_at", "known_at"):
        with pytest.raises(InvalidInput, match="is no date") as error:
            AsOf.of(**{clock: "soon"})
        assert error.value.where == clock


def test_filters_are_checked_with_the_nearest_term() -> None:
    with pytest.raises(InvalidInput, match="Did you mean 'deny'") as error:
        checked(TimelineFilters, act=("denyy",))
    assert error.value.where == "act.0"
    with pytest.raises(InvalidInput, match="is no date"):
        checked(TimelineFilters, from_="2025-13")
    with pytest.raises(InvalidInput, match="lies behind"):
        checked(TimelineFilters, from_="2026", to="2025")
    with pytest.raises(InvalidInput, match="control character"):
        checked(ClaimFilters, accused="a\x00b")
    assert checked(ClaimFilters, accused=None) == ClaimFilters()


SYNTAX = re.compile(r'[^\w\s"()~^*]', re.ASCII)


@CALM
@given(st.text(max_size=60))
def test_nothing_that_was_asked_is_read_as_query_syntax(text: str) -> None:
    for query in (fuzzy_query(text), words_query(text)):
        outside = re.sub(r"[^\W_]+", "", query)
        assert not set(outside) - set('"()~^* ')


def test_queries_forgive_typing_errors() -> None:
    assert fuzzy_query("Alibba Grp") == "(alibba^4 OR alibba~1) OR (grp^4 OR grp~1 OR grp*)"
    assert fuzzy_query("AND") == "(and^4 OR and~1 OR and*)"
    assert fuzzy_query("阿里") == '"阿 里"'
    assert fuzzy_query("-+!(") == ""
    assert words_query("chip rules") == "(chip OR chip* OR chip~1) AND (rules OR rules* OR rules~1)"


@CALM
@given(st.text(max_size=30), st.text(max_size=30))
def test_only_the_same_name_is_wholly_alike(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert (likeness(one, other) == 1) == (one == other)


def _step(identifier: str, status: str, at: str, until: str | None = None) -> dict[str, object]:
    times = {**time_properties("at", at), **time_properties("until", until)}
    return {"id": identifier, "status": status, **times}


STEPS = [
    _step("3", "suspended", "2025-11-10", "2026-11-09"),
    _step("1", "announced", "2022-10-07"),
    _step("2", "in_effect", "2022-10-21"),
]


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        ("2022-10-06T23:59:59Z", None),
        ("2022-10-07T00:00:00Z", "announced"),
        ("2025-11-09T23:59:59Z", "in_effect"),
        ("2025-11-10T00:00:00Z", "suspended"),
        ("2026-11-09T23:59:59Z", "suspended"),
        ("2026-11-10T00:00:00Z", "in_effect"),
    ],
)
def test_the_status_of_a_policy_at_a_moment(moment: str, status: str | None) -> None:
    found = status_at(history(STEPS, "9999"), moment)
    assert (found.status if found else None) == status


def test_an_earlier_clock_sees_what_a_thing_said_before_it_was_corrected() -> None:
    entries = [{"until": "2025-02", "before": {"name": "first"}}, {"until": "2025-03", "before": {"name": "second"}}]
    props = {"name": "third", "kind": "x", "revisions": [json.dumps(entry) for entry in entries]}
    names = [as_known(props, at)["name"] for at in ("2025-01", "2025-02", "2025-03", "2025-04")]
    assert names == ["first", "second", "third", "third"]
