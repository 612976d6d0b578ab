"""How often an attribution like this one is right: a logistic score over rule features, mapped to observed shares.

The table (`lexicon/confidence.yaml`) is numbers only; `python -m bench.reading.calibrate` fits it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from math import exp

from kg.reading.attribution import Attribution
from kg.reading.classify import statement_noun_in
from kg.reading.features import features
from kg.reading.lexicons import load

_PATTERNED = 0.95
_ASKED = frozenset(
    {"request", "requests", "demand", "demands", "call", "calls", "appeal", "appeals", "proposal", "plan", "bill"}
)
_TAKING_UP = frozenset({"confirm", "corroborate", "bear", "retract", "withdraw", "recant"})


@dataclass(frozen=True, slots=True)
class Calibration:
    """The fitted table: weights of features, steps from score to share, and the two thresholds on the share.

    Below `minimum` nothing is read at all; from `accept` on a statement goes in as read, between them it waits for
    review.
    """

    bias: float
    weights: dict[str, float]
    scores: tuple[float, ...]
    shares: tuple[float, ...]
    minimum: float
    accept: float


@cache
def calibration() -> Calibration:
    """The table that is shipped."""
    table = load("confidence")
    steps = sorted((float(score), float(share)) for score, share in table["steps"])
    return Calibration(
        float(table["bias"]),
        {str(name): float(weight) for name, weight in table["weights"].items()},
        tuple(score for score, _ in steps),
        tuple(share for _, share in steps),
        float(table["minimum"]),
        float(table["accept"]),
    )


def raw_score(found: Attribution) -> float:
    """The logistic score, 0 to 1, before it is mapped."""
    table = calibration()
    total = table.bias
    weights = table.weights
    for feature in features(found):
        total += weights.get(feature, 0.0)
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total))))


def confidence(found: Attribution) -> float:
    """The share of right readings (cue, source and content) among those with such a score, 0 to 1.

    Refusals to comment, failed checks and denials that refer back ("rejected the allegations") are matched as whole
    patterns, which the corpus does not annotate alike and the table so does not cover; they count as sure.
    """
    back = found.row.act == "deny" or found.row.lemma in _TAKING_UP
    noun = statement_noun_in(found) if back and found.source is not None else None
    refers_back = noun is not None and noun not in _ASKED
    if refers_back or found.content_form in ("silence", "table", "correction", "citing"):
        return _PATTERNED
    table = calibration()
    score = raw_score(found)
    i = bisect_right(table.scores, score)
    if i == 0:
        return table.shares[0]
    if i == len(table.scores):
        return table.shares[-1]
    low, high = table.scores[i - 1], table.scores[i]
    part = (score - low) / (high - low) if high > low else 0.0
    return table.shares[i - 1] + part * (table.shares[i] - table.shares[i - 1])
