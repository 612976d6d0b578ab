"""The act of a statement and the manner of a denial, weighed from features where the rules are not sure.

Two linear models (multinomial logistic regressions) over `kg.reading.acts_features`; their weights
(`lexicon/acts_weights.json`) are fitted by `python -m bench.reading.acts --write` on articles of the project's own.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kg.reading.acts_features import features
from kg.reading.classify import Act
from kg.reading.draft import Draft

SCALE = 100
# By how much another act has to score higher than the rules' before it replaces it.
MARGIN = 200
SURE = frozenset({"allege", "deny", "demand", "acknowledge", "qualify", "retract"})
_SILENT = frozenset({"decline_comment", "not_verified"})
_PATTERNED = frozenset({"silence", "table", "correction", "citing"})
TOLD = frozenset({"partial", "non_denial"})
_CAMEO = {
    "allege": "112",
    "assert": "010",
    "assess": "010",
    "deny": "016",
    "confirm": "010",
    "acknowledge": "015",
    "decline_comment": "011",
    "retract": "010",
    "qualify": "010",
    "demand": "020",
    "announce": "010",
}


@dataclass(frozen=True, slots=True)
class Weights:
    """A fitted model: its classes, the bias of each, and for each feature its weight for each class, in hundredths."""

    classes: tuple[str, ...]
    bias: tuple[int, ...]
    rows: dict[str, tuple[int, ...]]

    def choose(self, names: list[str], given: str | None = None, margin: int = 0) -> str:
        """The class with the highest score, of equals the first in the alphabet; the given class unless another one
        scores higher by the margin."""
        rows = self.rows
        known = [rows[name] for name in names if name in rows]
        totals = [sum(column) for column in zip(self.bias, *known, strict=True)]
        best = max(totals)
        if given in self.classes and best - totals[self.classes.index(given)] < margin:
            return given
        return self.classes[totals.index(best)]


@cache
def weights() -> dict[str, Weights]:
    """The models that are shipped: "act" and "manner"."""
    text = resources.files("kg.reading").joinpath("lexicon", "acts_weights.json").read_text(encoding="utf-8")
    return {
        name: Weights(
            tuple(model["classes"]),
            tuple(model["bias"]),
            {feature: tuple(row) for feature, row in model["weights"].items()},
        )
        for name, model in json.loads(text).items()
    }


def sure(draft: Draft) -> bool:
    """Whether the rules' act stands: a pattern read as a whole, a refusal or failed check, or a verb that can mean
    nothing else.

    "Denied", "urged", "declined to comment", "could not verify" do; "said", "told", "called" and "warned" do not.
    """
    if draft.found.content_form in _PATTERNED or draft.relays is not None:
        return True
    return draft.act.act in SURE and draft.act.act == draft.found.row.act


def weigh(drafts: list[Draft]) -> None:
    """Sets act and manner of each statement of an article of which the rules are not sure.

    Each is weighed with the rules' acts of the others, so that the order in which they are taken changes nothing. A
    statement that turns out to relay nothing loses its tie to the inner one.
    """
    models = weights()
    chosen: list[Act] = []
    for i, draft in enumerate(drafts):
        settled = sure(draft)
        if settled and draft.act.act != "deny":
            chosen.append(draft.act)
            continue
        names = features(drafts, i)
        act = draft.act.act if settled else models["act"].choose(names, draft.act.act, MARGIN)
        if act == "deny":
            told = draft.act.manner if draft.act.manner in TOLD else models["manner"].choose(names)
            chosen.append(Act(act, told, draft.act.cameo if settled else _CAMEO["deny"]))
        else:
            chosen.append(draft.act if act == draft.act.act else Act(act, None, _CAMEO.get(act)))
    for draft, new in zip(drafts, chosen, strict=True):
        if new.act != "relay":
            draft.relays = None
        if new.act != draft.act.act:
            draft.answers = None
        draft.act = new
