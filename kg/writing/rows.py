"""Nodes and relationships to be written, and the bundle that one record becomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

Properties = dict[str, Any]
_PART_KNOWN: Final = ("recorded_at",)
_CAPTION: Final = 60


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node to be written."""

    label: str
    props: Properties

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.props["id"])


@dataclass(frozen=True, slots=True)
class RelationshipRow:
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


@dataclass(slots=True)
class Bundle:
    """All that one record becomes; written as a whole or not at all.

    ``nodes[0]`` is the record's own node, whose digest tells whether it changed; a relationship record has none.
    """

    nodes: list[NodeRow] = field(default_factory=list)
    relationships: list[RelationshipRow] = field(default_factory=list)
    known: Properties = field(default_factory=dict)
    """``recorded_at`` and its like, where the record brings them from an export."""
    parts: dict[str, Properties] = field(default_factory=dict)
    """The same for nodes and relationships of the bundle that were learned at another time, by id."""

    @property
    def owner(self) -> NodeRow | None:
        """The record's own node."""
        return self.nodes[0] if self.nodes else None

    def stamp(self, identifier: str, now: str) -> Properties:
        """When the graph knew a node or relationship of the bundle; ``now`` where the record does not say."""
        if identifier in self.parts:
            return self.parts[identifier]
        if self.owner is not None and self.owner.id == identifier:
            return self.known or {"recorded_at": now}
        return {name: self.known[name] for name in _PART_KNOWN if name in self.known} or {"recorded_at": now}

    @property
    def id(self) -> str:
        """The id of what the record stands for."""
        return self.nodes[0].id if self.nodes else self.relationships[0].id


def shorten(text: str, length: int = _CAPTION) -> str:
    """A caption: the text on one line, cut at a word with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
