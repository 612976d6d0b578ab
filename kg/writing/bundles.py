"""From a resolved record to the nodes and relationships that stand for it. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final

from pydantic_core import PydanticSerializationError

from kg.writing.builder import Builder, evidence_properties, filled, label_for
from kg.writing.rows import Bundle, Properties, RelationshipRow, Rows, shorten
from kg.writing.scripts import script_of
from schema import ids
from schema.graph import time_properties
from schema.record_base import Evidence
from schema.records import (
    ActorRecord,
    Alias,
    ClaimRecord,
    DecisionRecord,
    DocumentRecord,
    EventRecord,
    PolicyRecord,
    Record,
    RelationshipRecord,
    ReviewRecord,
    StatementRecord,
    TopicRecord,
)

_KNOWN: Final = ("recorded_at", "retracted_at", "retraction_reason", "past", "revisions")
_KNOWN_SET: Final = frozenset(_KNOWN)
_NOT_SAID: Final = {"id", "parts", *_KNOWN}
_FORM: Final = "1"
"""Part of every digest. To be raised when a record becomes other rows than before: then what is there is compared."""


def _digest(record: Record) -> str:
    """What the record says, apart from when the graph knew it."""
    try:
        said = record.model_dump_json(exclude=_NOT_SAID, exclude_defaults=True)
    except PydanticSerializationError:  # half a character in what a review holds
        said = ascii(record.model_dump(exclude=_NOT_SAID, exclude_defaults=True))
    return hashlib.sha256(f"{_FORM}{record.type}{said}".encode()).hexdigest()[:32]


def _known(record: Record) -> Properties:
    return filled({name: getattr(record, name) for name in _KNOWN}) if _KNOWN_SET & record.model_fields_set else {}


def _parts(record: Record) -> dict[str, Properties]:
    return {identifier: filled(known.model_dump()) for identifier, known in record.parts.items()}


def _actor(record: ActorRecord, b: Builder) -> None:
    identifiers = tuple(
        sorted(
            f"{scheme}:{value}"
            for scheme, values in record.identifiers.items()
            for value in ((values,) if isinstance(values, str) else values)
        )
    )
    b.node(
        record.name,
        {"name": record.name, "kind": record.kind, "country": record.country, "description": record.description},
        {"identifiers": identifiers, "provisional": record.provisional},
        {"qualifier": record.qualifier, "reviewed_by": record.reviewed_by},
    )
    seen: dict[tuple[str, str], Alias] = {}
    for alias in record.aliases:
        seen.setdefault((alias.name, alias.kind), alias)
    names: list[tuple[str, str, str | None, str | None, str | None]] = [(record.name, "name", None, None, None)]
    names += [
        (a.name, a.kind, a.language, a.script, a.source) for a in seen.values() if (a.name, a.kind) != names[0][:2]
    ]
    for name, kind, language, script, source in names:
        b.part(
            "HAS_ALIAS",
            "Alias",
            {
                "id": ids.alias_id(b.id, name, kind),
                "caption": shorten(name),
                "name": name,
                "normalised": ids.normalise_name(name),
                "kind": kind,
                "language": language,
                "script": script or script_of(name),
                "source": source,
            },
        )


def _topic(record: TopicRecord, b: Builder) -> None:
    b.node(
        record.name,
        {"name": record.name, "kind": record.kind, "aliases": record.aliases, "description": record.description},
    )


def _document(record: DocumentRecord, b: Builder) -> None:
    text = record.text
    b.node(
        record.title,
        {
            "title": record.title,
            "kind": record.kind,
            "url": record.url,
            "language": record.language,
            "seen": record.seen,
            "text": text,
            "text_sha256": text_digest(text),
            "licence": record.licence,
            "source": document_source(record),
            "publisher_name": record.publisher_name,
            "authors": record.authors,
        },
        time_properties("published_at", record.published_at),
        time_properties("accessed_at", record.accessed_at),
    )
    b.into("PUBLISHED", [record.publisher] if record.publisher else [])
    b.into("ISSUED", record.issuers)
    b.out("CITES", record.cites)
    b.out("REVISION_OF", [record.revision_of] if record.revision_of else [])


def document_source(record: DocumentRecord) -> str:
    """What makes two texts versions of one document; see :func:`schema.ids.document_source`."""
    return ids.document_source(record.url, record.publisher_name, record.title, record.published_at)


def text_digest(text: str | None) -> str | None:
    """The digest of a document's text; None where it has none."""
    return None if text is None else ids.digest(text)


def _claim(record: ClaimRecord, b: Builder) -> None:
    b.node(record.text, {"text": record.text, "kind": record.kind}, time_properties("event_time", record.event_time))
    b.out("SUBJECT", record.subjects)
    b.out("OBJECT", record.objects)
    b.out("CONCERNS", record.concerns)


def _statement(record: StatementRecord, b: Builder) -> None:
    b.node(
        f"{record.speaker}: {record.act}",
        {
            "act": record.act,
            "manner": record.manner,
            "speaker": record.speaker,
            "anonymous": record.anonymous,
            "capacity": record.capacity,
            "content": record.content,
            "quote": record.quote,
            "start": record.start,
            "end": record.end,
            "spans": tuple(offset for span in record.spans for offset in span),
            "certainty": record.certainty,
            "hedges": record.hedges,
            "confidence": record.confidence,
            "method": record.method,
            "method_version": record.method_version,
        },
        time_properties("asserted_at", record.asserted_at),
    )
    b.into("MADE", [record.actor] if record.actor else [])
    b.out("IN", [record.document])
    b.out("ABOUT", record.about)
    b.out("RELAYS", record.relays)
    b.out("ANSWERS", record.answers)


def _citations(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    return tuple(each.citation for each in evidence if each.citation and not each.document)


def _policy(record: PolicyRecord, b: Builder) -> None:
    b.node(
        f"{record.number}: {record.title}" if record.number else record.title,
        {
            "title": record.title,
            "kind": record.kind,
            "number": record.number,
            "citation": record.citation,
            "url": record.url,
            "description": record.description,
            "citations": _citations(record.evidence),
            "provisional": record.provisional,
        },
        time_properties("effective_from", record.effective_from),
        time_properties("effective_to", record.effective_to),
    )
    b.into("ISSUED", record.issuers)
    b.into("SIGNED", record.signers)
    for kind in ("TARGETS", "CONCERNS", "AMENDS", "SUSPENDS", "REVOKES", "IMPLEMENTS", "RESPONDS_TO"):
        b.out(kind, getattr(record, kind.lower()))
    b.documented(record.evidence)
    for step in record.statuses:
        status = {
            "id": ids.policy_status_id(b.id, step.status, step.at),
            "caption": f"{step.status} {step.at}",
            "status": step.status,
            "citation": step.citation or (step.evidence and step.evidence.citation),
            **time_properties("at", step.at),
            **time_properties("until", step.until),
        }
        if step.evidence and step.evidence.document:
            status |= evidence_properties(step.evidence)
        b.part("HAS_STATUS", "PolicyStatus", status)


def _event(record: EventRecord, b: Builder) -> None:
    figures = json.dumps(record.figures, sort_keys=True, ensure_ascii=False) if record.figures else None
    b.node(
        record.title,
        {
            "kind": record.kind,
            "title": record.title,
            "place": record.place,
            "country": record.country,
            "cameo": record.cameo,
            "plover": record.plover,
            "coded": record.coded,
            "scheme": record.scheme,
            "figures": figures,
            "citations": _citations(record.evidence),
            "source_row": record.source_row,
        },
        time_properties("at", record.at),
    )
    for part in record.participants:
        b.into("PARTICIPATED_IN", [part.actor], role=part.role, coded=part.coded)
    b.out("CONCERNS", record.concerns)
    b.out("LED_TO", record.led_to)
    b.documented(record.evidence)


def _review(record: ReviewRecord, b: Builder) -> None:
    b.node(
        f"review: {record.quote}",
        {
            "statement": record.statement,
            "quote": record.quote,
            "start": record.start,
            "end": record.end,
            "confidence": record.confidence,
            "threshold": record.threshold,
            "records": as_json(record.records),
            "links": as_json([link.model_dump() for link in record.links]) if record.links else None,
            "cites": record.cites,
            "status": record.status,
            "decided_at": record.decided_at,
            "decided_by": record.decided_by,
            "note": record.note,
            "correction": as_json(record.correction) if record.correction is not None else None,
            "result": record.result,
        },
    )
    b.out("IN", [record.document])


def _decision(record: DecisionRecord, b: Builder) -> None:
    fields = ("verdict", "left", "right", "revokes", "reason", "score", "decided_by", "decided_at")
    b.node(f"{record.verdict}: {record.reason}", {name: getattr(record, name) for name in fields})


def decision_identity(record: DecisionRecord) -> str:
    """Its id; see :func:`schema.ids.decision_id`."""
    pair = (record.left or "", record.right or "")
    return ids.decision_id(record.verdict, *pair, record.revokes, record.decided_by, record.decided_at, record.reason)


def as_json(value: Any) -> str:
    """A nested value as the text that a property can hold."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


_Filler = Callable[[Any, Builder], None]
_NODE_RECORDS: Final[dict[type, tuple[str, _Filler]]] = {
    ActorRecord: ("Actor", _actor),
    TopicRecord: ("Topic", _topic),
    DocumentRecord: ("Document", _document),
    ClaimRecord: ("Claim", _claim),
    StatementRecord: ("Statement", _statement),
    PolicyRecord: ("Policy", _policy),
    EventRecord: ("Event", _event),
    ReviewRecord: ("Review", _review),
    DecisionRecord: ("Decision", _decision),
}


def bundle_of(record: Record, identifier: str) -> Bundle:
    """The rows of a resolved record.

    Args:
        record: every reference in it is an id, and every offset stands.
        identifier: its id, see :func:`kg.resolving.identity.identify`.
    """
    known = _known(record)
    if isinstance(record, RelationshipRecord):
        return Bundle(
            identifier,
            None,
            partial(_relationship, record, identifier),
            "",
            known,
            {identifier: known} if known else {},
        )
    label, fill = _NODE_RECORDS[type(record)]
    digest = _digest(record)
    return Bundle(
        identifier, label, partial(_rows, record, label, fill, identifier, digest), digest, known, _parts(record)
    )


def _rows(record: Record, label: str, fill: _Filler, identifier: str, digest: str) -> Rows:
    builder = Builder(record, label, identifier)
    fill(record, builder)
    builder.nodes[0].props["digest"] = digest
    return builder.nodes, builder.relationships


def _relationship(record: RelationshipRecord, identifier: str) -> Rows:
    props = {
        "id": identifier,
        "key": record.key,
        "role": record.role,
        "statement": record.statement,
        "coded": record.coded or None,
        **evidence_properties(record.evidence),
        **time_properties("valid_from", record.valid_from),
        **time_properties("valid_to", record.valid_to),
    }
    row = RelationshipRow(
        record.relation, label_for(record.source), record.source, label_for(record.target), record.target, filled(props)
    )
    return [], [row]
