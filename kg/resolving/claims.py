"""When two sentences state the same proposition, by features that explain themselves. Pure.

Deliberately shy: what is not surely the same stays apart and is at most suggested, since two claims can be merged later
and a wrongly joined one has already mixed up who answered what. The weights stand in ``claims.yaml``; they are fitted
by ``python -m bench.resolving.claims`` on half of the gold pairs.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Final, Literal

import yaml

Verdict = Literal["same", "suggested", "apart"]

_WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")
_CONTRARY: Final = ("negation", "numbers", "opposites")
"""Features of two claims of which at most one can be so, however alike their words."""
_NUMBER: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class KnownClaim:
    """A claim that a sentence may state again."""

    id: str
    text: str
    subjects: frozenset[str]


@dataclass(frozen=True, slots=True)
class Feature:
    """What two claims have in common, or what tells them apart, and what that is worth."""

    name: str
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two claims are one, and why.

    Attributes:
        probability: 0 to 1.
        verdict: ``same`` where they are taken as one, ``suggested`` where somebody should look, else ``apart``.
        features: what it was computed from; the value times the weight is its part.
    """

    probability: float
    verdict: Verdict
    features: tuple[Feature, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    stop: frozenset[str]
    endings: tuple[str, ...]
    negations: frozenset[str]
    future: frozenset[str]
    names: dict[str, str]
    alike: dict[str, str]
    opposites: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Weights:
    same: float
    suggested: float
    bias: float
    features: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Proposition:
    """What is compared of a claim's text."""

    stems: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    negated: bool
    future: bool


@cache
def _words() -> _Words:
    data = yaml.safe_load(resources.files("kg.resolving").joinpath("words.yaml").read_text("utf-8"))
    endings = tuple(sorted(data["endings"], key=len, reverse=True))
    stems = [[_cut(word.casefold(), endings) for word in words] for words in data["alike"]]
    alike = {stem: words[0] for words in reversed(stems) for stem in words}
    opposites: dict[str, set[str]] = defaultdict(set)
    for pair in data["opposites"]:
        one, other = (alike.get(stem, stem) for stem in (_cut(word, endings) for word in pair))
        opposites[one].add(other)
        opposites[other].add(one)
    return _Words(
        frozenset(data["stop"]),
        endings,
        frozenset(data["negations"]),
        frozenset(data["future"]),
        data["names"],
        alike,
        {stem: frozenset(found) for stem, found in opposites.items()},
    )


@cache
def _weights() -> _Weights:
    data: dict[str, Any] = yaml.safe_load(resources.files("kg.resolving").joinpath("claims.yaml").read_text("utf-8"))
    return _Weights(data["same"], data["suggested"], data["bias"], data["weights"])


def content_words(text: str) -> frozenset[str]:
    """The stems of the words that carry the meaning; endings are cut, not analysed."""
    return _proposition(text).stems


@lru_cache(maxsize=50_000)
def _proposition(text: str) -> _Proposition:
    words = _words()
    for name, word in words.names.items():
        text = text.replace(name, word)
    tokens = _WORD.findall(text)
    folded = [token.casefold().replace("’", "'") for token in tokens]
    numbers = frozenset(token.rstrip(".,") for token in folded if _NUMBER.search(token))
    stems = frozenset(_stem(word) for word in folded if word not in words.stop and word not in words.negations)
    names = frozenset(
        _stem(word)
        for place, (token, word) in enumerate(zip(tokens, folded, strict=True))
        if token[0].isupper() and place and word not in words.stop and word not in words.negations
    )
    negated = sum(word in words.negations or word.endswith("n't") for word in folded) % 2 == 1
    return _Proposition(stems, names, numbers, negated, any(word in words.future for word in folded))


def _stem(word: str) -> str:
    """The stem, or that of the word which stands for all that mean the same."""
    stem = _cut(word, _words().endings)
    return _words().alike.get(stem, stem)


def _cut(word: str, endings: tuple[str, ...]) -> str:
    word = word.removesuffix("'s").removesuffix("’s")
    for suffix in endings:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


def features_of(left: str, right: str) -> dict[str, float]:
    """What two claims have in common and what tells them apart, each from 0 to 1.

    ``words``: the Dice coefficient of their content words (Dice, 1945); ``contained``: the share of the shorter one's
    words that the other has (the overlap coefficient); ``own words``: that each says something which the other does
    not, more so from the second word on; ``negation``, ``tense``, ``numbers``, ``names``, ``opposites``: that they
    differ in them.
    """
    a, b = _proposition(left), _proposition(right)
    common = len(a.stems & b.stems)
    only_left, only_right = a.stems - b.stems, b.stems - a.stems
    opposites = _words().opposites
    return {
        "words": 2 * common / (len(a.stems) + len(b.stems)) if a.stems and b.stems else 0.0,
        "contained": common / min(len(a.stems), len(b.stems)) if a.stems and b.stems else 0.0,
        "own words": min(2, len(only_left), len(only_right)) / 2,
        "negation": float(a.negated != b.negated),
        "tense": float(a.future != b.future),
        "numbers": float(bool(a.numbers - b.numbers) and bool(b.numbers - a.numbers)),
        "names": float(bool(a.names - b.stems) and bool(b.names - a.stems)),
        "opposites": float(any(opposites.get(stem, frozenset()) & only_right for stem in only_left)),
    }


def likeness(left: str, right: str) -> Likeness:
    """How likely two claims about the same subjects are one."""
    weights = _weights()
    found = features_of(left, right)
    total = weights.bias + sum(weights.features[name] * value for name, value in found.items())
    probability = 1 / (1 + math.exp(-total))
    if content_words(left) == content_words(right) and not any(found[name] for name in ("negation", "tense")):
        probability = 1.0
    contrary = any(found[name] for name in _CONTRARY)
    level = 0.0 if contrary and probability < 1 else probability
    verdict: Verdict = "same" if level >= weights.same else "suggested" if level >= weights.suggested else "apart"
    features = tuple(Feature(name, value, weights.features[name]) for name, value in found.items() if value)
    return Likeness(round(probability, 4), verdict, features)


def same_claim(text: str, subjects: Iterable[str], known: Iterable[KnownClaim]) -> KnownClaim | None:
    """The known claim that this text states again, if one does: the same subjects, and likely enough the same.

    A claim without subjects is only ever the same as one with the same words.
    """
    wanted = frozenset(subjects)
    best: tuple[float, str, KnownClaim] | None = None
    for claim in known:
        if claim.subjects != wanted:
            continue
        found = likeness(text, claim.text)
        joins = found.verdict == "same" if wanted else found.probability == 1.0
        if joins and (best is None or (found.probability, claim.id) > best[:2]):
            best = (found.probability, claim.id, claim)
    return best[2] if best else None
