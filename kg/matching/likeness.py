"""How like a name is to what somebody types, with the parts that match. Pure.

For looking up as one types, where the last word is often only begun; whether two full names mean one actor is another
question, see :mod:`kg.matching.score`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from rapidfuzz.distance import OSA

from kg.matching.names import SPACELESS, fold, romanised_word, skeleton

How = Literal["exact", "prefix", "similar"]
By = Literal["same", "beginning", "letters", "sound", "characters"]

_MARKS: Final = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0e31-\u0e4e"
)
_LETTER: Final = f"(?:[^\\W_]|[{_MARKS}])"
"""A letter or digit, or a mark that belongs to the letter before it."""
_WORD: Final = re.compile(f"{_LETTER}+(?:['’.&]{_LETTER}+)*")
_LEAST: Final = 0.6
_BEGUN: Final = 0.95
_SOUND: Final = 0.75
_HIGHEST: Final = 0.99
_REST: Final = 0.15
"""How much of the score what was not asked for in a name can take away."""
_SWAPPED: Final = 0.97
"""Words in another order count so much less."""

_similarity = OSA.normalized_similarity


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what was asked for, and the part of the name that it matched.

    Attributes:
        asked: as typed, folded.
        start, end: offsets in the name as written, in code points.
        by: what is alike: the same word, its beginning, its letters, its sound, or characters of a script that has no
            spaces.
        likeness: 0 to 1.
    """

    asked: str
    start: int
    end: int
    by: By
    likeness: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a name is, 0 to 1, and why; 1 only where both are the same when folded.

    Attributes:
        covered: the share of the name's letters that were matched.
    """

    score: float
    how: How
    parts: tuple[Part, ...]
    covered: float


@dataclass(frozen=True, slots=True)
class Words:
    """A text folded and cut into words: romanised, with the offsets of each in the text, and the word as folded."""

    key: str
    words: tuple[tuple[str, int, int, str], ...]
    size: int


@lru_cache(maxsize=65_536)
def words_of(text: str) -> Words:
    """Cut a text into words; a run of a script without spaces is one word."""
    found = []
    for match in _WORD.finditer(text[:_LONGEST]):
        start = match.start()
        for run in SPACELESS.split(match[0]):
            if run:
                folded = fold(run)
                romanised = romanised_word(folded)
                if romanised:
                    found.append((romanised, start, start + len(run), folded))
            start += len(run)
    return Words(fold(text), tuple(found), sum(len(word[0]) for word in found))


_LONGEST: Final = 300


def likeness(asked: str, name: str) -> Likeness:
    """Compare what was typed with a name."""
    left, right = words_of(asked), words_of(name)
    whole = len(name)
    if left.key == right.key:
        return Likeness(1.0, "exact", (Part(left.key, 0, whole, "same", 1.0),) if whole else (), 1.0)
    parts: list[Part] = []
    taken: set[int] = set()
    total = matched = weighed = 0.0
    in_order, before = True, -1
    last = len(left.words) - 1
    for place, (word, _, _, folded) in enumerate(left.words):
        best: tuple[float, int, Part] | None = None
        for number, other in enumerate(right.words):
            if number in taken:
                continue
            part = _part(word, folded, other, begun=place == last)
            if part is not None and (best is None or part.likeness > best[0]):
                best = part.likeness, number, part
                if part.likeness == 1.0:
                    break
        total += len(word)
        if best is not None:
            taken.add(best[1])
            in_order = in_order and best[1] > before
            before = best[1]
            parts.append(best[2])
            weighed += len(word) * best[0]
            matched += best[2].likeness * min(len(right.words[best[1]][0]), len(word))
    if not total:
        return Likeness(0.0, "similar", (), 0.0)
    covered = min(1.0, matched / right.size) if right.size else 0.0
    score = weighed / total * (1 - _REST * (1 - covered)) * (1.0 if in_order else _SWAPPED)
    joined_left, joined_right = ("".join(w[0] for w in words.words) for words in (left, right))
    if len(left.words) != len(right.words) and (joined := _similarity(joined_left, joined_right) * _HIGHEST) > score:
        first, end = right.words[0][1], right.words[-1][2]
        parts, score, covered = [Part(left.key, first, end, "letters", round(joined, 4))], joined, joined
    begins = bool(left.key) and right.key.startswith(left.key)
    score = round(min(_HIGHEST, score), 4)
    return Likeness(score, "prefix" if begins else "similar", tuple(parts), round(covered, 4))


def _part(word: str, folded: str, other: tuple[str, int, int, str], *, begun: bool) -> Part | None:
    """How a word matches another; None where it does not."""
    name, start, end, name_folded = other
    if word == name:
        return Part(folded, start, end, "same", 1.0)
    if SPACELESS.match(folded) and SPACELESS.match(name_folded):
        return _characters(folded, name_folded, start, end)
    if begun and name.startswith(word):
        return Part(folded, start, min(end, start + len(word)), "beginning", _BEGUN)
    like = _similarity(word, name, score_cutoff=_LEAST)
    if begun and len(word) >= 4 and len(name) > len(word):
        cut = _similarity(word, name[: len(word)], score_cutoff=_LEAST) * _BEGUN
        if cut > like:
            return Part(folded, start, min(end, start + len(word)), "letters", round(cut, 4))
    if len(word) > 3 and like < _SOUND and len(sound := skeleton(word)) > 1 and sound == skeleton(name):
        return Part(folded, start, end, "sound", _SOUND)
    return Part(folded, start, end, "letters", round(like, 4)) if like >= _LEAST else None


def _characters(asked: str, name: str, start: int, end: int) -> Part | None:
    """Characters of a script without spaces: one stands in the other, or most of them are the same."""
    at = name.find(asked)
    if at >= 0:
        inside = len(name) == end - start
        return Part(
            asked,
            start + at if inside else start,
            start + at + len(asked) if inside else end,
            "characters",
            _BEGUN,
        )
    like = _similarity(asked, name)
    return Part(asked, start, end, "characters", round(like, 4)) if like >= 0.5 else None
