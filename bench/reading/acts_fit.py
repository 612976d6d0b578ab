"""A multinomial logistic regression over named features with a ridge, fitted by L-BFGS (Nocedal and Wright, 2006,
algorithm 7.4); rows are sets of features."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MEMORY = 8
ROUNDS = 120

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of each feature for each class, the last row being the bias."""

    index: dict[str, int]
    classes: tuple[str, ...]
    weights: Floats

    def scores(self, row: Sequence[str]) -> Floats:
        """The score of each class for a row of features."""
        places = [at for name in row if (at := self.index.get(name)) is not None]
        total: Floats = self.weights[[*places, -1]].sum(axis=0)
        return total

    def choose(self, row: Sequence[str], given: str | None = None, margin: float = 0.0) -> str:
        """The class with the highest score; the given one unless another scores higher by the margin."""
        scores = self.scores(row)
        if given in self.classes and scores.max() - scores[self.classes.index(given)] < margin:
            return given
        return self.classes[int(scores.argmax())]


def fit(
    rows: Sequence[Sequence[str]],
    labels: Sequence[str],
    ridge: float,
    rare: int,
    emphasis: float = 0.0,
    worth: Sequence[float] | None = None,
) -> Fitted:
    """Fits weights.

    Args:
        rows: features of each example.
        labels: class of each example.
        ridge: weight of the squared weights.
        rare: features of fewer examples are left out.
        emphasis: 0 weighs all examples alike, 1 weighs all classes alike.
        worth: weight of each example.
    """
    counted = Counter(name for row in rows for name in row)
    index = {name: i for i, name in enumerate(sorted(name for name, n in counted.items() if n >= rare))}
    classes = tuple(sorted(set(labels)))
    places = [[index[name] for name in row if name in index] + [len(index)] for row in rows]
    flat = np.array([at for row in places for at in row])
    lengths = np.array([len(row) for row in places])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    of_row = np.repeat(np.arange(len(rows)), lengths)
    target = np.zeros((len(rows), len(classes)))
    target[np.arange(len(rows)), [classes.index(label) for label in labels]] = 1.0
    often = target.sum(axis=0)
    weight = (len(rows) / len(classes) / often) ** emphasis
    each = target @ weight
    if worth is not None:
        each = each * np.array(worth)
    shape = (len(index) + 1, len(classes))

    def loss(vector: Floats) -> tuple[float, Floats]:
        weights = vector.reshape(shape)
        scores = np.add.reduceat(weights[flat], starts, axis=0)
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        shares /= shares.sum(axis=1, keepdims=True)
        value = -float((each * np.log(np.maximum((shares * target).sum(axis=1), 1e-12))).sum())
        value += 0.5 * ridge * float((weights[:-1] ** 2).sum())
        wrong = (shares - target) * each[:, None]
        slope = np.empty(shape)
        spread = wrong[of_row]
        for k in range(shape[1]):
            slope[:, k] = np.bincount(flat, weights=spread[:, k], minlength=shape[0])
        slope[:-1] += ridge * weights[:-1]
        return value, slope.ravel()

    return Fitted(index, classes, minimise(loss, np.zeros(shape[0] * shape[1])).reshape(shape))


def minimise(loss: Callable[[Floats], tuple[float, Floats]], at: Floats) -> Floats:
    """The point where a smooth convex function is least, by L-BFGS with backtracking."""
    value, slope = loss(at)
    steps: list[tuple[Floats, Floats, float]] = []
    for _ in range(ROUNDS):
        way = slope.copy()
        kept = []
        for step, change, rho in reversed(steps):
            share = rho * float(step @ way)
            way -= share * change
            kept.append(share)
        if steps:
            step, change, rho = steps[-1]
            way *= 1.0 / (rho * float(change @ change))
        for (step, change, rho), share in zip(steps, reversed(kept), strict=True):
            way += (share - rho * float(change @ way)) * step
        fall = float(way @ slope)
        length = 1.0 if steps else 1.0 / max(1.0, float(np.abs(way).sum()))
        while True:
            new = at - length * way
            new_value, new_slope = loss(new)
            if new_value <= value - 1e-4 * length * fall or length < 1e-10:
                break
            length *= 0.5
        step, change = new - at, new_slope - slope
        curve = float(step @ change)
        if curve > 1e-10:
            steps = [*steps[-(MEMORY - 1) :], (step, change, 1.0 / curve)]
        done = value - new_value < 1e-5 * max(1.0, abs(value))
        at, value, slope = new, new_value, new_slope
        if done:
            break
    return at
