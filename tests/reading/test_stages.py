"""The stages that can be seen alone: sentences, tokens, quotations, hedges, times, policies."""

from __future__ import annotations

import pytest

from kg.reading import quotations
from kg.reading.hedging import certainty
from kg.reading.lexicons import inflect
from kg.reading.mentioned import policies
from kg.reading.split import paragraphs, sentences
from kg.reading.tag import tokenize
from kg.reading.times import said_at


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Chan left. He said no.", ["Mr. Chan left.", "He said no."]),
        (
            "He met Sen. Lee in Washington, D.C. The talks failed.",
            ["He met Sen. Lee in Washington, D.C.", "The talks failed."],
        ),
        ("It rose 3.78 per cent. Shares fell.", ["It rose 3.78 per cent.", "Shares fell."]),
        ("Why? Nobody knows!", ["Why?", "Nobody knows!"]),
        ("The U.S. Army left.", ["The U.S. Army left."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text, 0, len(text))] == expected


def test_a_quotation_with_a_question_goes_on_with_who_asked() -> None:
    text = "“Why now?” Clara Lind asked."
    masked = quotations.mask(text, quotations.find(text, paragraphs(text)))
    assert len(sentences(masked, 0, len(masked))) == 1


def test_tokens_keep_their_place() -> None:
    text = "He didn't pay US$2.7bn, i.e. 3,000 people's wages."
    sentence = tokenize(text, 0, len(text))
    assert [text[a:b] for a, b in zip(sentence.starts, sentence.ends, strict=True)] == sentence.words
    assert {"did", "n't", "3,000", "'s"} <= set(sentence.words)


@pytest.mark.parametrize(
    "text", ["“They left,” he said.", '"They left," he said.', "''They left,'' he said.", "«They left,» he said."]
)
def test_marks_of_every_kind_are_masked_in_place(text: str) -> None:
    found = quotations.find(text, paragraphs(text))
    assert [text[q.inner_start : q.inner_end] for q in found] == ["They left,"]
    assert len(quotations.mask(text, found)) == len(text)


def test_a_few_quoted_words_stay_words() -> None:
    text = "He called it a “crazy” plan."
    assert quotations.mask(text, quotations.find(text, paragraphs(text))) == text


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("It may have been a drone", "possible"),
        ("It was probably a drone", "probable"),
        ("It is unlikely to hold", "doubtful"),
        ("It was a drone", "certain"),
        ("It was certainly a drone, perhaps two", "possible"),
    ],
)
def test_the_weakest_hedge_decides(text: str, level: str) -> None:
    assert certainty(text, [(0, len(text))], "say")[0] == level


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("said on Friday", "2025-11-14"),
        ("said on Monday", "2025-11-10"),
        ("said last Friday", "2025-11-07"),
        ("said yesterday", "2025-11-13"),
        ("said on 1 November", "2025-11-01"),
        ("said on November 20", "2024-11-20"),
        ("said on 3 March 2021", "2021-03-03"),
        ("said in October", "2025-10"),
        ("said in May 2020", "2020-05"),
        ("said last month", "2025-10"),
        ("said last week", "2025-11-03/2025-11-09"),
        ("said on 31 February", None),
        ("said it may rain", None),
    ],
)
def test_times_are_resolved_against_the_date_of_the_article(text: str, expected: str | None) -> None:
    assert said_at(text, 0, len(text), "2025-11-14") == expected


def test_without_the_articles_date_only_full_dates_are_times() -> None:
    assert said_at("on Friday", 0, 9, None) is None
    assert said_at("on 3 March 2021", 0, 15, None) == "2021-03-03"


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("Executive Order 14105 was signed.", "executive_order", "14105"),
        ("It is set out in 87 FR 62186.", "regulation", "87 FR 62186"),
        ("The firm was put on the Entity List.", "export_control", None),
        ("Washington answered with tariffs on steel.", "tariff", None),
        ("The union imposed new sanctions on the bank.", "sanction", None),
        ("The Trade Expansion Act of 1962 allows it.", "law", None),
        ("Both left the Intermediate Forces Treaty.", "agreement", None),
    ],
)
def test_policies(text: str, kind: str, number: str | None) -> None:
    found = policies(text, [(0, len(text))])
    assert [(policy.kind, policy.number) for policy in found] == [(kind, number)]


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("admit", {"admit", "admits", "admitted", "admitting"}),
        ("say", {"say", "says", "said", "saying"}),
        ("accuse", {"accuse", "accuses", "accused", "accusing"}),
    ],
)
def test_verb_forms(verb: str, forms: set[str]) -> None:
    assert set(inflect(verb)) == forms
