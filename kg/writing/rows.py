"""Nodes and relationships to be written, and the bundle that one record becomes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

Properties = dict[str, Any]
_NOTHING: Final[dict[str, Any]] = {}
_PART_KNOWN: Final = ("recorded_at",)
_CAPTION: Final = 60


class NodeRow(NamedTuple):
    """A node to be written."""

    label: str
    props: Properties

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.props["id"])


class RelationshipRow(NamedTuple):
    """A relationship to be written."""

    kind: str
    start_label: str
    start: str
    end_label: str
    end: str
    props: Properties

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.props["id"])


Rows = tuple[list[NodeRow], list[RelationshipRow]]
Fill = Callable[[], Rows]
"""Works out the rows of a bundle."""


class Bundle:
    """All that one record becomes; written as a whole or not at all.

    What it is made of is worked out when it is asked for: of a record that the graph has already only ``id`` and
    ``digest`` are.

    Attributes:
        id: the id of what the record stands for.
        label: of the record's own node, which is ``nodes[0]``; None for a relationship record, which has no node.
        digest: tells whether the record says what it said when it was written; "" where there is no node to keep it.
        known: ``recorded_at`` and its like, where the record brings them from an export.
        parts: the same for nodes and relationships of the bundle that were learned at another time, by id.
    """

    __slots__ = ("_fill", "_nodes", "_relationships", "digest", "id", "known", "label", "parts")

    def __init__(
        self,
        identifier: str,
        label: str | None,
        fill: Fill,
        digest: str = "",
        known: Properties = _NOTHING,
        parts: dict[str, Properties] = _NOTHING,
    ) -> None:
        self.id, self.label, self.digest, self.known, self.parts = identifier, label, digest, known, parts
        self._fill: Fill | None = fill
        self._nodes: list[NodeRow] = []
        self._relationships: list[RelationshipRow] = []

    def _filled(self) -> None:
        if self._fill is not None:
            self._nodes, self._relationships = self._fill()
            self._fill = None

    @property
    def nodes(self) -> list[NodeRow]:
        """The record's own node, then those that belong to it."""
        self._filled()
        return self._nodes

    @property
    def relationships(self) -> list[RelationshipRow]:
        """The relationships that come with the record."""
        self._filled()
        return self._relationships

    @property
    def owner(self) -> NodeRow | None:
        """The record's own node."""
        return self.nodes[0] if self.label is not None else None

    def stamp(self, identifier: str, now: str) -> Properties:
        """When the graph knew a node or relationship of the bundle; ``now`` where the record does not say."""
        if not self.parts and not self.known:
            return {"recorded_at": now}
        if identifier in self.parts:
            return self.parts[identifier]
        if self.label is not None and self.id == identifier:
            return self.known or {"recorded_at": now}
        return {name: self.known[name] for name in _PART_KNOWN if name in self.known} or {"recorded_at": now}


def shorten(text: str, length: int = _CAPTION) -> str:
    """A caption: the text on one line, cut at a word with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
