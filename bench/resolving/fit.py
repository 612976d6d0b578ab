"""Fit the matcher's weights: ``python -m bench.resolving.fit --write``.

How rare words are is counted over half 0 of the gold names, and each feature's curve is fitted on the pairs of half 0
by a logistic regression. Half 1 is only measured. What is written are numbers under names of features, and words of
names with their rarity: ``kg/matching/weights.yaml`` and ``kg/matching/rarity.json``.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from pathlib import Path
from typing import Final

import numpy as np
import yaml
from numpy.typing import NDArray

from bench.resolving import gold
from kg.matching import lexicon
from kg.matching.compare import FEATURES, compare
from kg.matching.names import prepare
from kg.matching.score import Group, name_log_odds, probability, suggest_from

__all__ = ["best_threshold", "quality", "scores_of", "suggest_from"]

Floats = NDArray[np.float64]

PACKAGE: Final = Path(__file__).parents[2] / "kg" / "matching"
KNOTS: Final = (0.0, 0.3, 0.5, 0.65, 0.75, 0.85, 0.93, 1.0)
"""Where each feature's curve has a point; between two points it is straight."""
FALLING: Final = ("missing", "missing_other")
RIDGE: Final = 1e-4
ROUNDS: Final = 1_500
SORTS: Final[tuple[gold.Sort, ...]] = ("person", "organisation")
GROUPS: Final[dict[str, tuple[gold.Sort, ...]]] = {"person": SORTS[:1], "organisation": SORTS[1:], "any": SORTS}
RIGHT_COUNTRY: Final = 0.95
"""Share of records about an actor that name the country which the graph has for it (assumed)."""
JUDGED: Final = {
    "exact_name": 2.0,
    "identifier_equal": 8.0,
    "identifier_different": -8.0,
    "brackets_different": -8.0,
    "named_country_different": -4.0,
    "kind_equal": 0.7,
    "kind_different": -1.0,
    "kind_opposed": -5.0,
}
DECISION: Final = {
    "identifier": [0.5, 1.0],
    "alias": [0.9, 1.0],
    "country": [0.95, 2.0],
    "kind": [0.98, 3.0],
}
"""By the best evidence beside the name: the probability from which on a candidate is linked by itself, and by how much
log-odds it has to be ahead of the next; those of country and kind are chosen on half 0 of the linking task, see
``bench/resolving/linking.py``."""
_LEAST_COUNT: Final = 10


def rarities(found: list[gold.Entity]) -> dict[str, float]:
    """How rare each word of the names of half 0 is, 0.1 to 1; words that come twice or less are left out."""
    counts: Counter[str] = Counter()
    for entity in found:
        if entity.half == 0:
            for name in (entity.name, *entity.aliases):
                counts.update(set(prepare(name).words))
    most = math.log(max(counts.values()))
    return {
        word: round(max(0.1, 1 - 0.9 * math.log(number / (_LEAST_COUNT - 1)) / most), 2)
        for word, number in sorted(counts.items())
        if number >= _LEAST_COUNT
    }


def ramps(values: Floats) -> Floats:
    """Each feature as how far it has climbed between each two knots, 0 to 1, and a last column of ones."""
    knots = np.array(KNOTS)
    steps = (values[:, :, None] - knots[:-1]) / np.diff(knots)
    return np.hstack([np.clip(steps, 0, 1).reshape(len(values), -1), np.ones((len(values), 1))])


def fit(matrix: Floats, same: Floats) -> Floats:
    """Heights of the steps, by accelerated projected gradients (Beck and Teboulle, 2009).

    Each curve may only rise, or only fall where more of the feature means less alike: the pairs of the gold share a
    word by the way they were drawn, and free curves would hold a shared word against two names.
    """
    size = len(KNOTS) - 1
    sign = np.repeat([-1.0 if name in FALLING else 1.0 for name in FEATURES], size)
    columns = matrix.shape[1]
    curve = matrix.T @ matrix / len(matrix) / 4
    rate = 1 / (float(np.linalg.eigvalsh(curve)[-1]) + RIDGE)
    weights, ahead, pace = np.zeros(columns), np.zeros(columns), 1.0
    for _ in range(ROUNDS):
        hold = RIDGE * ahead
        hold[-1] = 0
        slope = matrix.T @ (logistic(matrix @ ahead) - same) / len(matrix) + hold
        following = ahead - rate * slope
        following[:-1] = np.where(following[:-1] * sign > 0, following[:-1], 0)
        next_pace = (1 + math.sqrt(1 + 4 * pace * pace)) / 2
        ahead = following + (pace - 1) / next_pace * (following - weights)
        weights, pace = following, next_pace
    return weights


def curves_of(weights: Floats, values: Floats) -> tuple[dict[str, list[float]], float]:
    """The points of each curve, with its mean over the pairs taken out and put into the bias."""
    size = len(KNOTS) - 1
    bias = float(weights[-1])
    found = {}
    for place, name in enumerate(FEATURES):
        points = np.concatenate([[0.0], np.cumsum(weights[place * size : (place + 1) * size])])
        mean = float(np.interp(values[:, place], KNOTS, points).mean())
        bias += mean
        found[name] = [round(float(point - mean), 3) for point in points]
    return found, round(bias, 3)


def values_of(pairs: list[gold.Pair]) -> tuple[Floats, Floats]:
    """Features and verdicts of pairs."""
    values = np.array([compare(pair.left, pair.right) for pair in pairs], dtype=np.float64)
    return values, np.array([pair.same for pair in pairs], dtype=np.float64)


def scores_of(pairs: list[gold.Pair], group: Group) -> tuple[Floats, Floats]:
    """Probabilities by the weights that are in the package, and verdicts."""
    scores = [probability(name_log_odds(pair.left, pair.right, group)) for pair in pairs]
    return np.array(scores), np.array([pair.same for pair in pairs], dtype=np.float64)


def quality(scores: Floats, same: Floats, threshold: float) -> tuple[float, float, float]:
    """Precision, recall and F of all scores from a threshold on."""
    taken = scores >= threshold
    hits = float((same * taken).sum())
    precision = hits / max(float(taken.sum()), 1.0)
    recall = hits / float(same.sum())
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def best_threshold(scores: Floats, same: Floats) -> float:
    """The threshold with the highest F."""
    grid = np.unique(np.round(scores, 3))
    return float(max(grid, key=lambda threshold: quality(scores, same, float(threshold))[2]))


def main() -> None:
    """Fit, measure on the other half, and write when asked to."""
    root = gold.folder()
    if root is None:
        sys.exit("the sanctions list is not here; name its folder with GEOKG_SANCTIONS")
    found = gold.entities(root)
    rare = rarities(found)
    (PACKAGE / "rarity.json").write_text(json.dumps(rare, separators=(",", ":")) + "\n", "utf-8")
    lexicon.forget()
    names: dict[str, object] = {}
    for group, sorts in GROUPS.items():
        fitted, measured = ([p for sort in sorts for p in gold.pairs(found, sort, half)] for half in (0, 1))
        values, same = values_of(fitted)
        weights = fit(ramps(values), same)
        scores = logistic(ramps(values) @ weights)
        threshold = best_threshold(scores, same)
        others, verdicts = values_of(measured)
        p, r, f = quality(logistic(ramps(others) @ weights), verdicts, threshold)
        print(f"{group}: on the other half P {p:.3f} R {r:.3f} F {f:.3f} at {threshold:.3f}, {len(others):,} pairs")
        curves, bias = curves_of(weights, values)
        names[group] = {"bias": bias, "suggest": round(threshold, 3), "curves": curves}
    table = {"knots": list(KNOTS), "names": names, "evidence": evidence(found), "decision": DECISION}
    print("evidence", table["evidence"])
    if "--write" in sys.argv:
        head = "# Fitted by `python -m bench.resolving.fit --write`; see kg/matching/score.py. Not to be edited.\n"
        text = head + yaml.safe_dump(table, sort_keys=False, width=110, default_flow_style=None)
        (PACKAGE / "weights.yaml").write_text(text, "utf-8")
        print(f"written: {PACKAGE / 'weights.yaml'}, {PACKAGE / 'rarity.json'}")


def logistic(values: Floats) -> Floats:
    """The logistic function."""
    out: Floats = 1 / (1 + np.exp(-np.clip(values, -30, 30)))
    return out


def evidence(found: list[gold.Entity]) -> dict[str, float]:
    """Log-odds of evidence beside the name.

    Country: how often entities that share a word share the country, against an assumed share of records that have the
    right one. The list says nothing of identifiers and kinds; theirs are set by judgement.
    """
    agree = [p.same_country for sort in SORTS for p in gold.pairs(found, sort, 0) if p.same_country is not None]
    share = sum(agree) / len(agree)
    country = {
        "country_equal": round(math.log(RIGHT_COUNTRY / share), 3),
        "country_different": round(math.log((1 - RIGHT_COUNTRY) / (1 - share)), 3),
    }
    return {**country, **JUDGED}


if __name__ == "__main__":
    main()
