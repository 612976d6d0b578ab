"""Where a quote stands: found when not given, checked when given, in code points."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.resolving.offsets import located
from kg.resolving.references import references_of, resolved
from schema.errors import InvalidInput
from schema.records import EventRecord, PolicyRecord, StatementRecord

_TEXT = st.text(st.sampled_from("ab é\u0301😀阿\n"), min_size=1, max_size=40)


@given(_TEXT, st.data())
def test_a_quote_is_found_where_it_was_cut_out(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    assert located(quote, start, end, text) == (start, end)
    assert located(quote, start, None, text) == (start, end)
    once = text.find(quote) == text.rfind(quote)
    if once:
        assert located(quote, None, None, text) == (start, end)
    else:
        with pytest.raises(InvalidInput, match="and again at"):
            located(quote, None, None, text)


@given(_TEXT, st.integers(0, 100), st.integers(0, 100))
def test_offsets_that_do_not_match_are_refused(text: str, start: int, end: int) -> None:
    quote = "ab😀"
    assume(text[start:end] != quote)
    with pytest.raises(InvalidInput, match="not the quote"):
        located(quote, start, end, text)


def test_a_quote_that_overlaps_itself_stands_twice() -> None:
    with pytest.raises(InvalidInput, match="at 0 and again at 1"):
        located("aa", None, None, "aaa")


def test_references_of_a_record_with_the_labels_they_may_have() -> None:
    statement = StatementRecord(document="d", act="deny", speaker="S", about=("c", "p"), quote="q", relays=("r",))
    assert set(references_of(statement)) == {
        (("Document",), "d"),
        (("Claim", "Policy", "Event"), "c"),
        (("Claim", "Policy", "Event"), "p"),
        (("Statement",), "r"),
    }


def test_references_inside_of_parts_are_found_and_replaced() -> None:
    event = EventRecord.model_validate(
        {
            **{"kind": "meeting", "title": "t", "at": "2025", "participants": [{"actor": "a"}, {"actor": "b"}]},
            "evidence": [{"document": "d", "quote": "q"}, {"citation": "c"}],
        }
    )
    policy = PolicyRecord.model_validate(
        {
            **{"kind": "law", "title": "t", "issuers": ["a", "a"]},
            "statuses": [{"status": "announced", "at": "2025", "evidence": {"document": "d"}}],
        }
    )
    assert {reference for _, reference in references_of(event)} == {"a", "b", "d"}
    named = resolved(event, lambda labels, reference, field: f"{labels[0]}:{reference}:{field}")
    assert isinstance(named, EventRecord)
    assert [part.actor for part in named.participants] == ["Actor:a:actor", "Actor:b:actor"]
    assert [each.document for each in named.evidence] == ["Document:d:document", None]
    there = resolved(policy, lambda labels, reference, field: reference.upper())
    assert isinstance(there, PolicyRecord)
    assert there.issuers == ("A",)  # named twice, meant once
    assert there.statuses[0].evidence is not None
    assert there.statuses[0].evidence.document == "D"
