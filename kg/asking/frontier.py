"""Nodes by label, as the queries of a frontier take them."""

from __future__ import annotations

from collections.abc import Iterable

from kg.cypher.relationships import MEETING_LABELS
from schema.ids import label_of


def by_label(ids: Iterable[str]) -> dict[str, list[str]]:
    """Parameters of the queries that begin at nodes of several labels: ``actors``, ``claims``, …, each in order."""
    found: dict[str, list[str]] = {f"{label.lower()}s": [] for label in MEETING_LABELS}
    for identifier in sorted(ids):
        if (label := label_of(identifier)) in MEETING_LABELS:
            found[f"{label.lower()}s"].append(identifier)
    return found
