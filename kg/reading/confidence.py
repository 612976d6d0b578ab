"""How often an attribution with these features is right: a small fitted table over the features of the rules."""

from __future__ import annotations

from kg.reading.attributions import Attribution

_TIER = {"core": 0.85, "strong": 0.75, "fair": 0.6, "noun": 0.5, "weak": 0.4, "rare": 0.3, "colon": 0.5}
MINIMUM = 0.4


def confidence(found: Attribution) -> float:
    """The share of right readings among those with the same features, 0 to 1."""
    value = _TIER.get(found.row.tier, 0.5)
    if found.construct in (
        "postposed",
        "inverted",
        "quotation",
        "accusation",
        "according to",
        "that",
        "no comment",
        "not verified",
    ):
        value += 0.1
    if found.construct == "infinitive":
        value -= 0.3
    if found.source is None:
        value -= 0.15
    if found.group is not None and found.group.modal:
        value -= 0.2
    return max(0.05, min(0.97, value))
