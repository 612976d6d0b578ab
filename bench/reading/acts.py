"""Fits the weights of acts and manners on the project's own articles: `python -m bench.reading.acts [--write]`.

The articles are those of tests/gold/training and the *seen* half of tests/gold/reading; the unseen half is left to
`python -m bench.reading`. What is printed is out of fold: articles are judged by weights fitted without them.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.reading import acts_corpus
from bench.reading.acts_fit import Fitted, fit
from kg.reading.acts import MARGIN, SCALE, TOLD, sure
from kg.reading.acts_features import features, of_rules
from kg.resolving.gazetteer import packaged_gazetteer

FOLDS = 5
RIDGE = 2.5
RARE = 2
SMALLEST = 4
# How far the classes' shares are drawn from those of the training articles, which were written to hold many of the
# rare acts, to those of the gold articles that were seen: each class weighs (share in gold) ** PULL / (share here).
PULL = 0.4
MANNER_EMPHASIS = 0.3
MODEL = Path(__file__).parents[2] / "kg" / "reading" / "lexicon" / "acts_weights.json"


@dataclass(frozen=True, slots=True)
class Example:
    """One statement: where it stands, its features, what the rules say and what it is."""

    article: int
    own: bool
    names: list[str]
    rule: str
    rule_manner: str | None
    settled: bool
    act: str
    manner: str | None


def main() -> None:
    """Fits, says how well, and writes the weights when asked to."""
    spotter = packaged_gazetteer()
    trained = acts_corpus.labelled(acts_corpus.load(), spotter)
    seen = acts_corpus.labelled_gold("seen", spotter)
    for name, rows in (("own training articles", trained), ("gold articles, seen half", seen)):
        marked, met = sum(row.marked for row in rows), sum(len(row.labels) for row in rows)
        print(f"{name}: {len(rows)}, {marked} statements, of which the reader finds {met}")
    examples = [*_examples(trained, True, 0), *_examples(seen, False, len(trained))]
    guessed = _held_out(examples)
    for own in (True, False):
        at = [k for k, one in enumerate(examples) if one.own == own]
        right = [examples[k].act for k in at]
        _say("own" if own else "seen", "rules", right, [examples[k].rule for k in at])
        _say("own" if own else "seen", "weighed", right, [guessed[k] for k in at])
    denials = [one for one in examples if one.act == "deny" and one.manner is not None]
    manners = _held_out_manners(denials)
    for own in (True, False):
        chosen = [k for k, one in enumerate(denials) if one.own == own]
        right = [str(denials[k].manner) for k in chosen]
        _say("own" if own else "seen", "manner, rules", right, [str(denials[k].rule_manner) for k in chosen])
        _say("own" if own else "seen", "manner, weighed", right, [manners[k] for k in chosen])
    if "--write" in sys.argv:
        models = {"act": _fit_acts(examples, examples), "manner": _fit_manners(denials)}
        MODEL.write_text(_as_json(models), encoding="utf-8")
        print(f"written: {MODEL.name}, {MODEL.stat().st_size / 1000:.0f} kB")


def _examples(rows: Sequence[acts_corpus.Labelled], own: bool, first: int) -> list[Example]:
    return [
        Example(
            first + number,
            own,
            features(row.drafts, i),
            row.drafts[i].act.act,
            row.drafts[i].act.manner,
            sure(row.drafts[i]),
            mark.act,
            mark.manner,
        )
        for number, row in enumerate(rows)
        for i, mark in sorted(row.labels.items())
        if mark.act != "x"
    ]


def _fit_acts(examples: Sequence[Example], everything: Sequence[Example]) -> Fitted:
    gold = Counter(one.act for one in everything if not one.own)
    here = Counter(one.act for one in examples)
    weight = {act: (gold[act] / gold.total()) ** PULL / (n / len(examples)) for act, n in here.items()}
    mean = sum(weight[one.act] for one in examples) / len(examples)
    worth = [weight[one.act] / mean for one in examples]
    return fit([_fair(one) for one in examples], [one.act for one in examples], RIDGE, RARE, worth=worth)


def _fair(one: Example) -> list[str]:
    """The features to fit on: the rules were written with the seen articles in view, so that how often they are right
    is learnt from the training articles alone."""
    return one.names if one.own else [name for name in one.names if not of_rules(name)]


def _fit_manners(denials: Sequence[Example]) -> Fitted:
    labels = [str(one.manner) for one in denials]
    return fit([_fair(one) for one in denials], labels, RIDGE, RARE, emphasis=MANNER_EMPHASIS)


def _held_out(examples: Sequence[Example]) -> list[str]:
    guessed = [""] * len(examples)
    for fold in range(FOLDS):
        fitted = _fit_acts([one for one in examples if one.article % FOLDS != fold], examples)
        for k, one in enumerate(examples):
            if one.article % FOLDS == fold:
                guessed[k] = one.rule if one.settled else fitted.choose(one.names, one.rule, MARGIN / SCALE)
    return guessed


def _held_out_manners(denials: Sequence[Example]) -> list[str]:
    guessed = [""] * len(denials)
    for fold in range(FOLDS):
        fitted = _fit_manners([one for one in denials if one.article % FOLDS != fold])
        for k, one in enumerate(denials):
            if one.article % FOLDS == fold:
                guessed[k] = str(one.rule_manner) if one.rule_manner in TOLD else fitted.choose(one.names)
    return guessed


def _say(part: str, what: str, right: Sequence[str], guessed: Sequence[str]) -> None:
    """Prints accuracy, the mean F1 of the classes, and the F1 of each."""
    scores = {}
    for name in sorted(set(right)):
        hits = sum(a == b == name for a, b in zip(right, guessed, strict=True))
        scores[name] = 2 * hits / (right.count(name) + guessed.count(name))
    accuracy = sum(a == b for a, b in zip(right, guessed, strict=True)) / len(right)
    mean = sum(scores.values()) / len(scores)
    print(f"{part:5s} {what:16s} {len(right):5d}  right {accuracy:.3f}  macro-F1 {mean:.3f}")
    print("      " + "  ".join(f"{name} {value:.2f}" for name, value in scores.items()))


def _as_json(models: dict[str, Fitted]) -> str:
    """The models in hundredths, a line a feature, without features that hardly weigh."""
    parts = []
    for name, fitted in models.items():
        whole = (fitted.weights * SCALE).round().astype(int)
        rows = [
            f"{json.dumps(feature)}:{json.dumps(whole[at].tolist(), separators=(',', ':'))}"
            for feature, at in fitted.index.items()
            if abs(whole[at]).max() >= SMALLEST
        ]
        head = f'"classes":{json.dumps(fitted.classes)},"bias":{json.dumps(whole[-1].tolist())},"weights":{{\n'
        parts.append(f"{json.dumps(name)}:{{{head}" + ",\n".join(rows) + "}}")
    return "{" + ",\n".join(parts) + "}\n"


if __name__ == "__main__":
    main()
