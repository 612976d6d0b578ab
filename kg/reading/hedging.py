"""Hedges, boosters, and the certainty they leave."""

from __future__ import annotations

import re
from functools import cache

from kg.reading.lexicons import hedges

_CAUTIOUS_CUES = {
    "suggest": "possible",
    "hint": "possible",
    "speculate": "possible",
    "believe": "probable",
    "think": "probable",
    "suspect": "probable",
    "expect": "probable",
    "fear": "possible",
    "reckon": "probable",
    "estimate": "probable",
    "assume": "probable",
    "doubt": "doubtful",
    "imply": "possible",
    "hope": "possible",
    "guess": "possible",
}
_WORD = re.compile(r"[^\W_]+")
_ORDER = ("doubtful", "possible", "probable")


@cache
def _pattern() -> re.Pattern[str]:
    phrases = sorted(hedges(), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(phrase) for phrase in phrases) + r")\b", re.IGNORECASE)


@cache
def _first_words() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in hedges())


def certainty(text: str, spans: list[tuple[int, int]], lemma: str) -> tuple[str, tuple[str, ...]]:
    """How sure the statement sounds, and the marks of it, from the given parts of the text and the cue's base form.

    The certainty is a term of the ontology ("certain", "probable", "possible", "doubtful"); the weakest mark
    decides, and
    without any mark a statement is "certain": said without reserve.
    """
    found: list[str] = []
    for start, end in spans:
        if _first_words().isdisjoint(_WORD.findall(text[start:end].lower())):
            continue
        found.extend(m.group().lower() for m in _pattern().finditer(text, start, end) if m.group() != "May")
    marks = tuple(dict.fromkeys(found))
    levels = {hedges()[mark] for mark in marks}
    if lemma in _CAUTIOUS_CUES:
        levels.add(_CAUTIOUS_CUES[lemma])
    for level in _ORDER:
        if level in levels:
            return level, marks
    return "certain", marks
