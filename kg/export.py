"""Write the graph down as records that ingestion takes back: the round trip gives the same graph."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from typing import Any, Final

from kg.cypher import exporting as queries
from kg.engine.graph import Graph, Row
from schema.ontology import ontology
from schema.records import RECORD_TYPES

RecordMapping = dict[str, Any]

_PAGE: Final = 500
_KNOWN: Final = ("recorded_at", "retracted_at", "past")
_FIELD: Final = {
    "SUBJECT": "subjects",
    "OBJECT": "objects",
    "PUBLISHED": "publisher",
    "ISSUED": "issuers",
    "SIGNED": "signers",
    "MADE": "actor",
    "IN": "document",
}
"""Relationships whose field is not their own name in lower case."""

_SINGLE: Final = {"publisher", "actor", "document", "revision_of"}
_EVIDENCE: Final = ("document", "quote", "start", "end", "citation")


async def export_records(graph: Graph) -> AsyncIterator[RecordMapping]:
    """Every record of the graph, what was retracted included, in an order that ingestion takes in one go."""
    for label in queries.RECORD_LABELS:
        after = ""
        while rows := await graph.read(queries.records(label), after=after, limit=_PAGE):
            after = rows[-1]["props"]["id"]
            for row in rows:
                yield _record(label.lower(), row)
    for relation in ontology().relationships.values():
        if relation.alone:
            for row in await graph.read(queries.relationships(relation.term)):
                yield _relationship(relation.term, row)


def _fields(kind: str, props: Row) -> RecordMapping:
    """The properties that are fields of the record."""
    known = RECORD_TYPES[kind].model_fields
    return {name: value for name, value in props.items() if name in known and value is not None}


def _record(kind: str, row: Row) -> RecordMapping:
    props = row["props"]
    record: RecordMapping = {"type": kind, **_fields(kind, props)}
    many: dict[str, list[Any]] = defaultdict(list)
    parts: dict[str, Any] = {}
    for edge in sorted([*row["out"], *row["into"]], key=_place):
        name = _FIELD.get(edge["kind"], edge["kind"].lower())
        for part in (edge["props"], edge["part"]):
            if part is not None and _differs(part, props):
                parts[part["id"]] = {key: part[key] for key in _KNOWN if part.get(key) is not None}
        match edge["kind"]:
            case "HAS_ALIAS":
                if edge["part"]["name"] != props["name"] or edge["part"]["kind"] != "name":
                    many["aliases"].append(_alias(edge["part"]))
            case "HAS_STATUS":
                many["statuses"].append(_step(edge["part"]))
            case "PARTICIPATED_IN":
                coded = {"coded": edge["props"]["coded"]} if edge["props"].get("coded") else {}
                many["participants"].append({"actor": edge["id"], "role": edge["props"]["role"], **coded})
            case "DOCUMENTED_IN":
                many["evidence"].append(_evidence(edge["props"] | {"document": edge["id"]}))
            case _ if name in _SINGLE:
                record[name] = edge["id"]
            case _:
                many[name].append(edge["id"])
    for citation in props.get("citations", []):
        many["evidence"].append({"citation": citation})
    record |= many
    if parts:
        record["parts"] = parts
    match kind:
        case "actor":
            schemes: dict[str, list[str]] = defaultdict(list)
            for scheme, _, value in (text.partition(":") for text in props.get("identifiers", [])):
                schemes[scheme].append(value)
            record["identifiers"] = {s: values if len(values) > 1 else values[0] for s, values in schemes.items()}
        case "event" if props.get("figures"):
            record["figures"] = json.loads(props["figures"])
        case "review":
            record |= {name: json.loads(props[name]) for name in ("records", "links", "correction") if props.get(name)}
        case "statement" if props.get("spans"):
            record["spans"] = [list(pair) for pair in zip(props["spans"][::2], props["spans"][1::2], strict=True)]
        case _:
            pass
    return record


def _place(edge: Row) -> tuple[str, str, int]:
    return edge["kind"], edge["id"], edge["props"].get("start", -1)


def _differs(part: Row, owner: Row) -> bool:
    """Whether a part was known at other times than its owner was first recorded."""
    return bool(part.get("recorded_at") != owner.get("recorded_at") or part.get("retracted_at") or part.get("past"))


def _alias(part: Row) -> RecordMapping:
    return {name: part[name] for name in ("name", "kind", "language", "script", "source") if part.get(name) is not None}


def _evidence(props: Row) -> RecordMapping:
    return {name: props[name] for name in _EVIDENCE if props.get(name) is not None}


def _step(part: Row) -> RecordMapping:
    step = {name: part[name] for name in ("status", "at", "until", "citation") if part.get(name) is not None}
    if part.get("document"):
        step["evidence"] = _evidence(part)
    return step


def _relationship(relation: str, row: Row) -> RecordMapping:
    props = row["props"]
    record = {"type": "relationship", "relation": relation, "source": row["source"], "target": row["target"]}
    if evidence := _evidence(props):
        record["evidence"] = evidence
    return record | _fields("relationship", props)


def as_lines(records: Sequence[RecordMapping]) -> str:
    """Records as JSON lines with their fields in a fixed order, so that equal graphs give equal text."""
    return "".join(json.dumps(record, ensure_ascii=False, sort_keys=True) + "\n" for record in records)
