"""How likely two names with what is known of their bearers mean one actor, and what follows from it. Pure.

A score is a logistic regression over features, each with a curve of its own (a generalised additive model; Hastie and
Tibshirani, 1990), so that each says by itself how much it spoke for or against. The curves are data, fitted by
``python -m bench.resolving.fit``. A name alone never links: see :func:`decide`.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final, Literal

import yaml

from kg.matching.compare import FEATURES, compare
from kg.matching.names import Prepared

Decision = Literal["linked", "suggested", "none"]
Group = Literal["person", "organisation", "any"]

UNIQUE_SCHEMES: Final = frozenset({"wikidata", "lei", "cik", "ofac", "isni", "orcid", "imo", "swift", "ogrn", "inn"})
"""Schemes that give one actor one value: two values in one of them speak against."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One reason for or against.

    Attributes:
        name: of the feature.
        value: what was found, 0 to 1 for features of names.
        weight: what it adds to the log-odds; below 0 it speaks against.
    """

    name: str
    value: float | str
    weight: float


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom one looks for: a name, and what else is known.

    Attributes:
        name: ready to be compared.
        kind: of actor, "" where it is not known.
        country: ISO 3166-1 alpha-2, "" where it is not known.
        identifiers: each "scheme:value".
    """

    name: Prepared
    kind: str = ""
    country: str = ""
    identifiers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """An actor that it may be, by one of its names."""

    name: Prepared
    alias_kind: str
    kind: str
    country: str
    identifiers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """How likely it is that both are one actor.

    Attributes:
        probability: 0 to 1, of the name and all other evidence together.
        name_probability: of the name alone.
        features: what spoke for and against, the strongest first.
        evidence: kinds of evidence beside the name that speak for it.
        against: kinds of evidence that speak against it.
    """

    probability: float
    name_probability: float
    features: tuple[Feature, ...]
    evidence: tuple[str, ...]
    against: tuple[str, ...]


class _Model:
    """The curves of one group: a table of points for each feature, in the order of ``FEATURES``."""

    def __init__(self, knots: Sequence[float], table: Mapping[str, Any]) -> None:
        self.bias = float(table["bias"])
        self.suggest = float(table["suggest"])
        self._knots = list(knots)
        self._curves = [list(map(float, table["curves"][name])) for name in FEATURES]
        steps = [right - left for left, right in zip(self._knots, self._knots[1:], strict=False)]
        self._slopes = [
            [(right - left) / step for left, right, step in zip(curve, curve[1:], steps, strict=False)]
            for curve in self._curves
        ]

    def weights(self, values: Sequence[float]) -> list[float]:
        """What each feature adds to the log-odds."""
        knots, last = self._knots, len(self._knots) - 2
        found = []
        for value, curve, slopes in zip(values, self._curves, self._slopes, strict=True):
            at = bisect_right(knots, value) - 1
            if at > last:
                at = last
            found.append(curve[at] + slopes[at] * (value - knots[at]))
        return found


@cache
def _table() -> Any:
    text = resources.files("kg.matching").joinpath("weights.yaml").read_text("utf-8")
    return yaml.safe_load(text)


@cache
def _model(group: Group) -> _Model:
    return _Model(_table()["knots"], _table()["names"][group])


@cache
def _evidence(name: str) -> float:
    return float(_table()["evidence"][name])


def group_of(kind: str) -> Group:
    """Which curves names of this kind of actor are compared by."""
    return "any" if not kind else "person" if kind == "person" else "organisation"


def suggest_from(group: Group) -> float:
    """The probability from which on a candidate is suggested: that of the best F on the half that was fitted on."""
    return _model(group).suggest


def name_log_odds(left: Prepared, right: Prepared, group: Group) -> float:
    """The log-odds that two names are one actor's, by the names alone."""
    model = _model(group)
    return model.bias + sum(model.weights(compare(left, right)))


def probability(log_odds: float) -> float:
    """The probability of log-odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def score(asked: Asked, known: Known, *, sole_alias: bool = True) -> Score:
    """Compare whom one looks for with an actor, and say why.

    Args:
        asked: a name with what is known of its bearer.
        known: a name of an actor with what the graph knows of it.
        sole_alias: whether no other actor has exactly this name.
    """
    group = group_of(known.kind)
    model = _model(group)
    values = compare(asked.name, known.name)
    weights = model.weights(values)
    features = [
        Feature(name, round(value, 4), weight) for name, value, weight in zip(FEATURES, values, weights, strict=True)
    ]
    odds = model.bias + sum(weights)
    same = bool(asked.name.key) and asked.name.key == known.name.key
    if same:
        features.append(Feature("exact_name", 1.0, _evidence("exact_name")))
        odds += _evidence("exact_name")
    alone = odds
    evidence: list[str] = []
    against: list[str] = []
    if same and sole_alias and known.alias_kind != "metonym":
        evidence.append("alias")
    for name, verdict, for_it in _beside(asked, known):
        weight = _evidence(verdict)
        features.append(Feature(name, verdict.rpartition("_")[2], weight))
        odds += weight
        (evidence if for_it else against).append(name)
    shown = sorted((f for f in features if abs(f.weight) >= 0.005), key=lambda f: (-abs(f.weight), f.name))
    rounded = tuple(Feature(f.name, f.value, round(f.weight, 3)) for f in shown)
    return Score(round(probability(odds), 4), round(probability(alone), 4), rounded, tuple(evidence), tuple(against))


def _beside(asked: Asked, known: Known) -> list[tuple[str, str, bool]]:
    """Evidence beside the name: its kind, the verdict, and whether it speaks for."""
    found: list[tuple[str, str, bool]] = []
    if asked.identifiers & known.identifiers:
        found.append(("identifier", "identifier_equal", True))
    elif _contradict(asked.identifiers, known.identifiers):
        found.append(("identifier", "identifier_different", False))
    if asked.country and known.country:
        equal = asked.country == known.country
        found.append(("country", "country_equal" if equal else "country_different", equal))
    elif verdict := _places(asked, known):
        found.append(("country", verdict, verdict == "country_equal"))
    if asked.kind and known.kind:
        equal = asked.kind == known.kind
        one_person = (asked.kind == "person") != (known.kind == "person")
        verdict = "kind_equal" if equal else "kind_opposed" if one_person else "kind_different"
        found.append(("kind", verdict, equal))
    return found


def _places(asked: Asked, known: Known) -> str:
    """What the names say of countries: "Police (Thailand)" is no police of another country."""
    left, right = asked.name, known.name
    if left.brackets and right.brackets and not left.brackets & right.brackets:
        return "brackets_different"
    one = {asked.country} if asked.country else left.countries
    other = right.countries or ({known.country} if known.country and left.brackets else set())
    if one and other and not one & other:
        return "brackets_different" if left.brackets or right.brackets else "named_country_different"
    return ""


def _contradict(left: Collection[str], right: Collection[str]) -> bool:
    """Whether both have values in a scheme that gives one actor one value, and these differ."""
    schemes = {each.partition(":")[0] for each in left} & {each.partition(":")[0] for each in right} & UNIQUE_SCHEMES
    return bool(schemes)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is done with a candidate, and why, in sentences."""

    decision: Decision
    reasons: tuple[str, ...]


def decide(first: Score, second: float, group: Group) -> Verdict:
    """What follows for the best candidate.

    It is linked only where it is likely enough, something beside the name speaks for it, nothing speaks against it, and
    the next candidate is well behind; else it is suggested, or nothing.

    Args:
        first: of the best candidate.
        second: the probability of the next candidate; 0 where there is none.
        group: whose curves were used.
    """
    reasons: list[str] = []
    if first.probability < _model(group).suggest and "identifier" not in first.evidence:
        return Verdict("none", (f"the probability {first.probability:.2f} is too low to suggest it",))
    limits = _table()["decision"]
    best = next((each for each in limits if each in first.evidence), None)
    if best is None:
        reasons.append("nothing beside the name speaks for it")
    if first.against:
        reasons.append(f"{' and '.join(first.against)} {'speaks' if len(first.against) == 1 else 'speak'} against it")
    needed, ahead = limits[best or "kind"]
    if first.probability < needed:
        with_it = f", which is needed with {best}" if best else ""
        reasons.append(f"the probability {first.probability:.2f} is below {needed:.2f}{with_it}")
    if _log_odds(first.probability) - _log_odds(second) < ahead:
        reasons.append(f"the next candidate is too close ({second:.2f})")
    if reasons:
        return Verdict("suggested", tuple(reasons))
    return Verdict("linked", (f"the name and {' and '.join(first.evidence)} agree",))


def _log_odds(share: float) -> float:
    share = max(1e-6, min(1 - 1e-6, share))
    return math.log(share / (1 - share))
