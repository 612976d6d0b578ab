"""Collects the nodes and relationships of one record. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.writing.rows import NodeRow, Properties, RelationshipRow, shorten
from schema import ids
from schema.record_base import Evidence
from schema.records import Record


def filled(values: Mapping[str, Any]) -> Properties:
    """Without what is not there: null and empty lists are not stored."""
    props = {}
    for name, value in values.items():
        if value is None:
            continue
        if isinstance(value, tuple | list | dict):
            if not value:
                continue
            value = list(value) if isinstance(value, tuple) else value
        props[name] = value
    return props


class Builder:
    """Collects one record's rows."""

    def __init__(self, record: Record, label: str, identifier: str) -> None:
        self.label = label
        self.id = identifier
        self.record = record
        self.nodes: list[NodeRow] = []
        self.relationships: list[RelationshipRow] = []

    def node(self, caption: str, *parts: Mapping[str, Any]) -> None:
        """The record's own node."""
        props: Properties = {"id": self.id, "caption": shorten(caption), **filled({"key": self.record.key})}
        for part in parts:
            props |= filled(part)
        self.nodes.append(NodeRow(self.label, props))

    def out(self, kind: str, targets: Iterable[str], *qualifiers: str, **props: Any) -> None:
        """Relationships from the record's node; qualifiers keep parallel ones apart."""
        for target in dict.fromkeys(targets):
            identifier = ids.relationship_id(kind, self.id, target, *qualifiers)
            row = RelationshipRow(
                kind, self.label, self.id, label_for(target), target, filled({"id": identifier, **props})
            )
            self.relationships.append(row)

    def into(self, kind: str, sources: Iterable[str], **props: Any) -> None:
        """Relationships to the record's node."""
        for source in dict.fromkeys(sources):
            identifier = ids.relationship_id(kind, source, self.id, str(props.get("role", "")))
            row = RelationshipRow(
                kind, label_for(source), source, self.label, self.id, filled({"id": identifier, **props})
            )
            self.relationships.append(row)

    def part(self, kind: str, label: str, props: Mapping[str, Any]) -> None:
        """A node that belongs to the record, with its relationship."""
        self.nodes.append(NodeRow(label, filled(props)))
        self.out(kind, [props["id"]])

    def documented(self, evidence: Iterable[Evidence]) -> None:
        """The documents that are evidence of it."""
        for each in evidence:
            if each.document is not None:
                place = () if each.start is None else (str(each.start), str(each.end))
                self.out("DOCUMENTED_IN", [each.document], *place, **evidence_properties(each))


def label_for(identifier: str) -> str:
    """The label that the id of a node says; an error of ours where it is none."""
    label = ids.label_of(identifier)
    if label is None:
        raise ValueError(f"not an id of a node: {identifier!r}")
    return label


def evidence_properties(evidence: Evidence | None) -> Properties:
    """Evidence as properties of a relationship; the document's id is among them."""
    if evidence is None:
        return {}
    return filled(evidence.model_dump())
