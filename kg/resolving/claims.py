"""When two sentences state the same proposition. Pure.

Deliberately shy: what is not surely the same stays apart, since two claims can be merged later and a wrongly joined one
has already mixed up who answered what.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Final

import yaml

SAME: Final = 0.6
"""Least Dice coefficient of the content words of two claims about the same subject to be taken as one."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True, slots=True)
class KnownClaim:
    """A claim that a sentence may state again."""

    id: str
    text: str
    subjects: frozenset[str]


@cache
def _words() -> tuple[frozenset[str], tuple[str, ...]]:
    """Stop words, and endings from the longest to the shortest."""
    data = yaml.safe_load(resources.files("kg.resolving").joinpath("words.yaml").read_text("utf-8"))
    return frozenset(data["stop"]), tuple(sorted(data["endings"], key=len, reverse=True))


@lru_cache(maxsize=50_000)
def content_words(text: str) -> frozenset[str]:
    """The stems of the words that carry the meaning; endings are cut, not analysed."""
    stop, endings = _words()
    return frozenset(_stem(word, endings) for word in _WORD.findall(text.casefold()) if word not in stop)


def _stem(word: str, endings: tuple[str, ...]) -> str:
    word = word.removesuffix("'s").removesuffix("’s")
    for suffix in endings:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


def similarity(left: str, right: str) -> float:
    """The Dice coefficient of two claims' content words, 0 to 1 (Dice, 1945)."""
    a, b = content_words(left), content_words(right)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def same_claim(text: str, subjects: Iterable[str], known: Iterable[KnownClaim]) -> KnownClaim | None:
    """The known claim that this text states again, if one does: the same subjects, and words alike enough.

    A claim without subjects is only ever the same as one with the same words.
    """
    wanted = frozenset(subjects)
    best: tuple[float, str, KnownClaim] | None = None
    for claim in known:
        if claim.subjects != wanted:
            continue
        score = similarity(text, claim.text)
        if score >= (SAME if wanted else 1.0) and (best is None or (score, claim.id) > best[:2]):
            best = (score, claim.id, claim)
    return best[2] if best else None
