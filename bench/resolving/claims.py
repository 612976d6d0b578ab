"""Claim matching: fit the weights on half of the gold pairs, report on the other half.

python -m bench.resolving.claims [--write]
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import combinations
from pathlib import Path
from typing import Final

import yaml

from kg.resolving.claims import features_of, likeness

GOLD: Final = Path(__file__).parents[2] / "tests" / "gold" / "claims" / "claims.yaml"
_SIGNS: Final = {"words": 1, "contained": 1} | dict.fromkeys(
    ("own words", "negation", "tense", "numbers", "names", "opposites"), -1
)
"""Which way a feature may count: what little data suggests the other way is chance."""
_SHOWN: Final = 0.95


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims about the same subject, and whether they are one."""

    left: str
    right: str
    same: bool


def pairs(half: str) -> list[Pair]:
    """The pairs of the disputes of one half: ``fit`` or ``held_out``."""
    found = []
    for dispute in yaml.safe_load(GOLD.read_text("utf-8"))["disputes"]:
        if dispute["half"] == half:
            lines = [(n, line) for n, lines in enumerate(dispute["propositions"]) for line in lines]
            found += [Pair(a[1], b[1], a[0] == b[0]) for a, b in combinations(lines, 2)]
    return found


def fit(
    data: Sequence[Pair], rounds: int = 6_000, rate: float = 1.0, ridge: float = 0.0005
) -> tuple[float, dict[str, float]]:
    """Bias and weights of a logistic regression, by gradient descent with signs held (deterministic)."""
    rows = [(features_of(pair.left, pair.right), float(pair.same)) for pair in data]
    bias, weights = 0.0, dict.fromkeys(_SIGNS, 0.0)
    for _ in range(rounds):
        gradient, drift = dict.fromkeys(_SIGNS, 0.0), 0.0
        for found, same in rows:
            error = same - 1 / (1 + math.exp(-bias - sum(weights[name] * value for name, value in found.items())))
            drift += error
            for name, value in found.items():
                gradient[name] += error * value
        bias += rate * drift / len(rows)
        for name, sign in _SIGNS.items():
            moved = weights[name] + rate * (gradient[name] / len(rows) - ridge * weights[name])
            weights[name] = sign * max(0.0, sign * moved)
    return round(bias, 2), {name: round(weight, 2) for name, weight in weights.items()}


def _probability(pair: Pair, bias: float, weights: dict[str, float]) -> float:
    found = features_of(pair.left, pair.right)
    return 1 / (1 + math.exp(-bias - sum(weights[name] * value for name, value in found.items())))


def thresholds(data: Sequence[Pair], bias: float, weights: dict[str, float]) -> tuple[float, float]:
    """The probability that no pair of the half reaches that is not one, and that which 95 % of those reach that are."""
    scored = [(_probability(pair, bias, weights), pair.same) for pair in data]
    same = math.ceil(max(probability for probability, is_same in scored if not is_same) * 100) / 100
    ones = sorted(probability for probability, is_same in scored if is_same)
    return same, min(same, math.floor(ones[int(len(ones) * (1 - _SHOWN))] * 100) / 100)


def report(half: str) -> str:
    """Precision and recall of what is joined, and of what is at least suggested, with the packaged weights."""
    data = pairs(half)
    verdicts = [(likeness(pair.left, pair.right).verdict, pair.same) for pair in data]
    lines = [f"claims, {half}: {len(data)} pairs, {sum(pair.same for pair in data)} of them one"]
    for name, counted in (("joined", {"same"}), ("at least suggested", {"same", "suggested"})):
        taken = [same for verdict, same in verdicts if verdict in counted]
        precision = sum(taken) / len(taken) if taken else 0.0
        recall = sum(taken) / sum(same for _, same in verdicts)
        score = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        lines.append(f"  {name:<20} P {precision:.3f}  R {recall:.3f}  F {score:.3f}")
    return "\n".join(lines)


def main() -> None:
    """Print the figures; with ``--write``, fit first and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="fit the weights and write kg/resolving/claims.yaml")
    if parser.parse_args().write:
        data = pairs("fit")
        bias, weights = fit(data)
        same, suggested = thresholds(data, bias, weights)
        path = Path(str(resources.files("kg.resolving").joinpath("claims.yaml")))
        comment = "".join(line for line in path.read_text("utf-8").splitlines(keepends=True) if line.startswith("#"))
        table = {"same": same, "suggested": suggested, "bias": bias, "weights": weights}
        path.write_text(comment + yaml.safe_dump(table, sort_keys=False), "utf-8")
    for half in ("fit", "held_out"):
        print(report(half))


if __name__ == "__main__":
    main()
