"""The graph schema: which labels there are, by what they are known, and what is indexed.

What each property means stands in the record models; how a time becomes properties stands in :func:`time_properties`.
The statements that create all this, in each engine's own words, stand in ``kg/cypher/ddl.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from schema.ontology import NODE_LABELS, ontology
from schema.times import EdtfTime, parse_time

SCHEMA_VERSION: Final = 5
"""Raised with each migration in ``kg/cypher/ddl.py``."""


@dataclass(frozen=True, slots=True)
class Index:
    """A lookup that a question needs: nodes of a label by a property."""

    label: str
    prop: str

    @property
    def name(self) -> str:
        """Its name in both engines."""
        return f"{self.label.lower()}_{self.prop}"


CHANGESET: Final = "Changeset"
"""Label of what a transaction changed, by ids: kept beside the graph, tied to nothing in it."""

UNIQUE: Final = tuple(Index(label, "id") for label in NODE_LABELS)
"""Each node is known by its id; no two of a label share one."""

INDEXES: Final = (
    Index("Actor", "kind"),
    Index("Actor", "name"),
    Index("Alias", "normalised"),
    Index(CHANGESET, "id"),  # one a turn; a constraint would tell two writers of their race in another way
    Index(CHANGESET, "at"),
    Index(CHANGESET, "job"),
    Index("Claim", "key"),
    Index("Decision", "key"),
    Index("Decision", "left"),
    Index("Decision", "right"),
    Index("Document", "source"),
    Index("Document", "key"),
    Index("Document", "published_at_earliest"),
    Index("Event", "key"),
    Index("Event", "cameo"),
    Index("Event", "at_earliest"),
    Index("Policy", "number"),
    Index("Policy", "key"),
    Index("Actor", "key"),
    Index("Topic", "key"),
    Index("Topic", "name"),
    Index("Review", "status"),
    Index("Review", "statement"),
    Index("Statement", "key"),
    Index("Statement", "asserted_at_earliest"),
)

FULL_TEXT: Final = (Index("Alias", "name"), Index("Claim", "text"))
"""Full-text indexes: one label and one property each, as both engines have them."""


def relationship_types() -> tuple[str, ...]:
    """Every type of relationship, from the ontology."""
    return tuple(ontology().relationships)


def time_properties(name: str, edtf: str | None) -> dict[str, str]:
    """The properties that hold one time: as written, its bounds and its precision; none where there is no time."""
    if edtf is None:
        return {}
    time: EdtfTime = parse_time(edtf)
    return {
        name: time.edtf,
        f"{name}_earliest": time.earliest,
        f"{name}_latest": time.latest,
        f"{name}_precision": time.precision,
    }
