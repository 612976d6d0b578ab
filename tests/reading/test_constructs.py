"""Sentences of each construct: who says what, and with which act."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.reading.article import Article
from kg.reading.model import Reading, Statement
from kg.reading.read import read_article
from tests.reading.gazetteer import SmallGazetteer

CONSTRUCTS: dict[str, list[list[Any]]] = yaml.safe_load(
    Path(__file__).with_name("constructs.yaml").read_text(encoding="utf-8")
)
CASES = [(name, *case) for name, cases in CONSTRUCTS.items() for case in cases]


def read(text: str) -> Reading:
    return read_article(Article(None, None, "2025-11-14", None, "en", text), SmallGazetteer())


@pytest.mark.parametrize(
    ("construct", "dispute", "text", "expected"), CASES, ids=[f"{c[0]}: {c[2][:40]}" for c in CASES]
)
def test_a_sentence_is_read_as_it_should_be(construct: str, dispute: str, text: str, expected: list[list[Any]]) -> None:
    reading = read(text)
    if not expected:
        assert [(s.act, s.cue.text) for s in reading.statements] == []
        return
    for act, source, content in expected:
        assert any(_is(reading, s, act, source, content) for s in reading.statements), _told(reading)


def _is(reading: Reading, statement: Statement, act: str | None, source: str | None, content: str | None) -> bool:
    if act is not None and statement.act != act:
        return False
    if source is None:
        if statement.source is not None:
            return False
    elif statement.source is None or not (source in statement.source.text or statement.source.text in source):
        return False
    said = " ".join(reading.text[start:end] for start, end in statement.spans)
    return content is None or content in said


def _told(reading: Reading) -> list[tuple[str, str | None, list[str]]]:
    return [
        (s.act, s.source.text if s.source else None, [reading.text[a:b] for a, b in s.spans])
        for s in reading.statements
    ]


def test_each_construct_has_five_sentences_from_three_kinds_of_dispute() -> None:
    for name, cases in CONSTRUCTS.items():
        assert len(cases) >= 5, name
        assert len({case[0] for case in cases}) >= 3, name
