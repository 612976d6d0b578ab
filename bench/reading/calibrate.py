"""Fits the confidence table on PolNeAR's train part: `python -m bench.reading.calibrate [--write]`.

A ridge logistic regression over the names of rule features (Newton's method), then an isotonic map (pool adjacent
violators) from out-of-fold scores to the share of attributions whose cue, source and content are right. What is kept is
numbers under names of features; no word of the corpus is among them.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from bench.reading import polnear
from bench.reading.diagram import bins, calibration_error, reliability
from bench.reading.readers import as_predicted, candidates
from kg.reading.attribution import Attribution
from kg.reading.features import features

RIDGE = 3.0
ROUNDS = 12
FOLDS = 5
RARE = 15
MINIMUM = 0.42
DIAGRAM = Path(__file__).parents[2] / "docs" / "reading-reliability.svg"
TABLE = Path(__file__).parents[2] / "kg" / "reading" / "lexicon" / "confidence.yaml"

Floats = NDArray[np.float64]


def main() -> None:
    """Fits, says how well, and writes the table when asked to."""
    root = polnear.folder()
    if root is None:
        print("PolNeAR is not here: name its folder in GEOKG_POLNEAR")
        raise SystemExit(1)
    names, right, attributed, article = gather(root, "train")
    counted = Counter(name for found in names for name in found)
    index = {name: i for i, name in enumerate(sorted(name for name, n in counted.items() if n >= RARE))}
    matrix = as_matrix(names, index)
    held_out = np.zeros(len(right))
    for fold in range(FOLDS):
        test = article % FOLDS == fold
        weights = fit(matrix[~test], right[~test])
        held_out[test] = logistic(matrix[test] @ weights)
    steps = isotonic(held_out, right)
    weights = fit(matrix, right)
    print(f"{len(right):,} attributions, {len(index)} features, {right.mean():.3f} of them right in full")
    for low in np.arange(0.0, 1.0, 0.1):
        inside = (held_out >= low) & (held_out < low + 0.1)
        if inside.sum():
            print(f"score {low:.1f} to {low + 0.1:.1f}: {inside.sum():6d}, right {right[inside].mean():.3f}")
    accept = acceptance(steps, held_out, attributed)
    names_dev, right_dev, attributed_dev, _ = gather(root, "dev")
    stated = mapped(steps, held_out)
    stated_dev = mapped(steps, logistic(as_matrix(names_dev, index) @ weights))
    series = [
        ("train, out of fold", "#1f5fa8", bins(list(stated), list(right))),
        ("dev", "#b3541e", bins(list(stated_dev), list(right_dev))),
    ]
    for label, _, found in series:
        print(f"{label}: mean distance between stated and observed {calibration_error(found):.3f}")
    taken = stated_dev >= accept
    share, full = attributed_dev[taken].mean(), right_dev[taken].mean()
    print(f"accepted from {accept:.3f} on; on dev {taken.mean():.2f} of all are")
    print(f"of these, {share:.3f} are attributed right (cue and source), {full:.3f} right in full (and content)")
    if "--write" in sys.argv:
        _write(steps, weights, index, accept)
        DIAGRAM.write_text(reliability(series, accept), encoding="utf-8")
        print(f"written: {TABLE}, {DIAGRAM}")


def _write(steps: list[tuple[float, float]], weights: Floats, index: dict[str, int], accept: float) -> None:
    table = {
        "minimum": MINIMUM,
        "accept": accept,
        "bias": round(float(weights[-1]), 3),
        "steps": [[round(score, 4), round(share, 4)] for score, share in steps],
        "weights": {name: round(float(weights[i]), 3) for name, i in index.items() if abs(weights[i]) >= 0.02},
    }
    head = "# Fitted by `python -m bench.reading.calibrate --write`; see kg/reading/confidence.py. Not to be edited.\n"
    TABLE.write_text(head + yaml.safe_dump(table, sort_keys=False, width=120), encoding="utf-8")


def mapped(steps: list[tuple[float, float]], scores: Floats) -> Floats:
    """Scores mapped to shares as the reader maps them."""
    out: Floats = np.interp(scores, [score for score, _ in steps], [share for _, share in steps])
    return out


def gather(root: Path, part: str) -> tuple[list[list[str]], Floats, Floats, NDArray[np.int64]]:
    """Features of all attributions that the rules find, whether each is right in full, whether in cue and source, and
    the number of its article."""
    names: list[list[str]] = []
    right: list[bool] = []
    attributed: list[bool] = []
    article: list[int] = []
    for number, one in enumerate(polnear.load(root, part)):
        found = [a for a in candidates(one.text) if a.source is not None and not _apart(a)]
        verdicts = polnear.correct(one, [as_predicted(a, 1.0) for a in found])
        names.extend(features(a) for a in found)
        right.extend(full for _, full in verdicts)
        attributed.extend(named for named, _ in verdicts)
        article.extend([number] * len(found))
    floats = [np.array(each, dtype=np.float64) for each in (right, attributed)]
    return names, floats[0], floats[1], np.array(article)


def _apart(found: Attribution) -> bool:
    """What the corpus does not annotate, or seldom: silence, and attributions inside others."""
    return found.content_form in ("silence", "table", "correction", "citing") or "relayed" in found.features


def as_matrix(names: list[list[str]], index: dict[str, int]) -> Floats:
    """One row an attribution, one column a feature, and a last column of ones."""
    matrix = np.zeros((len(names), len(index) + 1))
    matrix[:, -1] = 1.0
    for row, found in enumerate(names):
        for name in found:
            column = index.get(name)
            if column is not None:
                matrix[row, column] = 1.0
    return matrix


def fit(matrix: Floats, right: Floats) -> Floats:
    """Weights of a ridge logistic regression; the last, for the ones, is not held back."""
    weights = np.zeros(matrix.shape[1])
    ridge = np.full(matrix.shape[1], RIDGE)
    ridge[-1] = 1e-3
    for _ in range(ROUNDS):
        share = logistic(matrix @ weights)
        slope = matrix.T @ (share - right) + ridge * weights
        curve = (matrix * (share * (1 - share) + 1e-6)[:, None]).T @ matrix + np.diag(ridge)
        weights = weights - np.linalg.solve(curve, slope)
    return weights


def logistic(values: Floats) -> Floats:
    """The logistic function."""
    out: Floats = 1.0 / (1.0 + np.exp(-np.clip(values, -30, 30)))
    return out


def isotonic(scores: Floats, right: Floats, steps: int = 14) -> list[tuple[float, float]]:
    """Points (score, share) of a rising curve, by pool adjacent violators over equally filled bins of scores."""
    order = np.argsort(scores, kind="stable")
    pools: list[list[float]] = []
    for part in np.array_split(order, steps):
        pools.append([float(scores[part].mean()), float(right[part].mean()), float(len(part))])
        while len(pools) > 1 and pools[-2][1] >= pools[-1][1]:
            last = pools.pop()
            weight = pools[-1][2] + last[2]
            for k in (0, 1):
                pools[-1][k] = (pools[-1][k] * pools[-1][2] + last[k] * last[2]) / weight
            pools[-1][2] = weight
    return [(score, share) for score, share, _ in pools]


def acceptance(steps: list[tuple[float, float]], scores: Floats, right: Floats, wanted: float = 0.945) -> float:
    """The share from which on the accepted attributions are right, in the mean, as often as wanted.

    Right here means who said it, and by which word: a wrong speaker would put words into a mouth, while where the
    content ends can be seen in the quote.
    """
    shares = mapped(steps, scores)
    for threshold in np.arange(0.5, 0.99, 0.01):
        accepted = shares >= threshold
        if accepted.sum() and right[accepted].mean() >= wanted:
            return round(float(threshold), 3)
    return 0.99


if __name__ == "__main__":
    main()
