"""What holds for every text: offsets, determinism, no error, and time in proportion to length."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.reading.article import Article, article_from_text
from kg.reading.json_form import reading_to_json
from kg.reading.model import Reading, Span
from kg.reading.read import read_article
from tests.reading.gazetteer import SmallGazetteer

WORDS = [
    "the",
    "a",
    "ministry",
    "said",
    "says",
    "denied",
    "that",
    "it",
    "Alibaba",
    "Beijing",
    "Reuters",
    "could",
    "not",
    "verify",
    "claims",
    "of",
    "to",
    "comment",
    "on",
    "Friday\naccused",
    "for",
    "which",
    "who",
    ",",
    ".",
    ":",
    ";",
    "?",
    "!",
    "—",
    "(",
    ")",
    "|",
    "“",
    "”",
    '"',
    "'",
    "''",
    "‘",
    "’",
    "and",
    "but",
    "while",
    "according",
    "report",
    "memo",
    "alleges",
    "told",
    "reporters",
    "he",
    "she",
    "they\nrejected",
    "the",
    "allegations",
    "was",
    "been",
    "has",
    "by",
    "declined",
    "adding",
    "arguing",
    "did",
    "not",
    "deny",
    "\n",
    "\n\n",
    "3.78",
    "%",
    "Mr.",
    "U.S.",
    "é",
    "中",
    "\ue000",
    "😀",
    "called",
    "baseless\nnever",
    "earlier",
    "version",
    "misstated",
    "no",
    "neither",
    "confirm",
    "nor",
    "spokesman",
    "Kyle",
    "Chan",
    ",",
    "a",
    "specialist",
    "at",
    "Brookings",
    ",",
    "noted",
]


def hold(reading: Reading) -> None:
    """The invariants of a reading."""
    text = reading.text
    for statement in reading.statements:
        assert text[statement.start : statement.end] == statement.quote
        for span in (statement.cue, statement.content, statement.source):
            if span is not None:
                _same(text, span)
        for start, end in statement.spans:
            assert 0 <= start < end <= len(text)
        for other in (statement.relays, statement.answers):
            assert other is None or 0 <= other < len(reading.statements)
        assert 0.0 <= statement.confidence <= 1.0
        if statement.affiliation is not None:
            for part in (statement.affiliation.person, statement.affiliation.role, statement.affiliation.organisation):
                if part is not None:
                    _same(text, part)
    for check in reading.verifications:
        assert text[check.start : check.end] == check.quote
    for event in reading.events:
        assert text[event.start : event.end] == event.quote
    for policy in reading.policies:
        assert text[policy.start : policy.end] == policy.text


def _same(text: str, span: Span | Any) -> None:
    assert text[span.start : span.end] == span.text


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=80).map(" ".join))
def test_invariants_over_texts_of_the_readers_own_words(text: str) -> None:
    article = Article(None, None, "2025-11-14", None, "en", text)
    reading = read_article(article, SmallGazetteer())
    hold(reading)
    assert reading_to_json(reading) == reading_to_json(read_article(article, SmallGazetteer()))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    hold(read_article(article_from_text(text), SmallGazetteer()))


def _calls(function: Callable[[], object]) -> int:
    """How many Python and C functions are called: a measure of work that no other process disturbs."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        function()
    finally:
        sys.setprofile(None)
    return count


PARAGRAPH = (
    "The ministry said on Friday that the bridge was open, while Reuters could not verify the claim. “It is a lie,” "
    "the mayor said, adding that the army had accused nobody. The embassy rejected the allegations as baseless.\n\n"
)


@pytest.mark.parametrize(
    ("unit", "times"),
    [
        (PARAGRAPH, 60),
        ("the minister said that ", 400),
        ("“He said ", 1000),
        ("He said no, ", 400),
        ("a, ", 2000),
        ("said ", 2000),
        ("' \" ", 1500),
        ("| x ", 800),
        ("a" * 50, 200),
        ("Mr. ", 1500),
    ],
    ids=[
        "paragraphs",
        "one sentence",
        "nested marks",
        "clauses",
        "commas",
        "verbs",
        "straight marks",
        "bars",
        "one word",
        "stops",
    ],
)
def test_work_grows_with_length_and_no_faster(unit: str, times: int) -> None:
    read_article(Article(None, None, None, None, "en", unit * 3))
    small = _calls(lambda: read_article(Article(None, None, None, None, "en", unit * times)))
    large = _calls(lambda: read_article(Article(None, None, None, None, "en", unit * (times * 4))))
    assert large <= small * 6 + 2000


@pytest.mark.parametrize(
    "text",
    ["“" * 10_000 + "x" + "”" * 10_000, '"' * 10_001, "said " * 200_000, "x" * 1_000_000],
    ids=["nested quotation marks", "straight marks", "one sentence", "one word"],
)
def test_monstrous_texts_are_read(text: str) -> None:
    hold(read_article(Article(None, None, None, None, "en", text)))


def test_a_megabyte_is_read_with_its_statements() -> None:
    text = PARAGRAPH * (1_000_000 // len(PARAGRAPH))
    reading = read_article(Article(None, None, None, None, "en", text))
    hold(reading)
    assert len(reading.statements) > 5 * (1_000_000 // len(PARAGRAPH)) * 0.9
