"""From the rows of queries to the parts of answers. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from schema.answers.claims import StatementAnswer, StatementRef
from schema.answers.common import ActorRef, DocumentRef, EvidenceKind, Ref, edtf_of
from schema.answers.matters import EventSummary, Participant, PolicyRef, PolicyStep, PolicySummary
from schema.ontology import ontology

Row = Mapping[str, Any]


def as_known(properties: Row, known_at: str) -> dict[str, Any]:
    """The properties as the graph knew them then: later corrections are taken back, the last one first."""
    props = dict(properties)
    for revision in sorted(
        (json.loads(entry) for entry in props.pop("revisions", None) or []), key=_until, reverse=True
    ):
        if revision["until"] > known_at:
            props |= revision["before"]
    return props


def _until(revision: Row) -> str:
    return str(revision["until"])


def ref(row: Row) -> Ref:
    """A reference."""
    return Ref(id=row["id"], label=row["label"], name=row["name"] or row["id"], kind=row["kind"])


def actor_ref(row: Row) -> ActorRef:
    """A reference to an actor."""
    return ActorRef(id=row["id"], name=row["name"] or row["id"], kind=row["kind"], country=row["country"])


def refs(rows: Iterable[Row] | None) -> tuple[Ref, ...]:
    """References in the order of their names, each once."""
    found = {row["id"]: ref(row) for row in rows or ()}
    return tuple(sorted(found.values(), key=lambda each: (each.name, each.id)))


def actor_refs(rows: Iterable[Row] | None) -> tuple[ActorRef, ...]:
    """References to actors in the order of their names, each once."""
    found = {row["id"]: actor_ref(row) for row in rows or ()}
    return tuple(sorted(found.values(), key=lambda each: (each.name, each.id)))


def document_ref(row: Row) -> DocumentRef:
    """A reference to a document."""
    return DocumentRef(
        id=row["id"],
        title=row["title"],
        kind=row["kind"],
        outlet=row["publisher_name"],
        url=row["url"],
        published_at=row["published_at"],
        seen=row["seen"] is not False,
    )


def document_refs(rows: Iterable[Row] | None) -> tuple[DocumentRef, ...]:
    """References to documents in the order of their publication, each once."""
    found = {row["id"]: document_ref(row) for row in rows or ()}
    return tuple(sorted(found.values(), key=lambda each: (each.published_at or "", each.id)))


def statement_ref(row: Row) -> StatementRef:
    """A reference to a statement."""
    return StatementRef(
        id=row["id"],
        act=row["act"],
        manner=row["manner"],
        speaker=row["speaker"],
        actor=actor_ref(row["actor"]) if row["actor"] else None,
    )


def _statement_refs(rows: Iterable[Row]) -> tuple[StatementRef, ...]:
    found = {row["id"]: statement_ref(row) for row in rows}
    return tuple(found[key] for key in sorted(found))


def statement_fields(row: Row, known_at: str) -> dict[str, Any]:
    """The fields of a statement, from the shape ``STATEMENT``."""
    props = as_known(row, known_at)
    return {
        "id": props["id"],
        "act": props["act"],
        "manner": props["manner"],
        "speaker": props["speaker"],
        "actor": actor_ref(row["actor"]) if row["actor"] else None,
        "anonymous": bool(props["anonymous"]),
        "capacity": props["capacity"],
        "content": props["content"],
        "quote": props["quote"],
        "start": props["start"],
        "end": props["end"],
        "document": document_ref(row["document"]) if row["document"] else None,
        "asserted_at": edtf_of(props, "asserted_at"),
        "certainty": props["certainty"],
        "hedges": tuple(props["hedges"] or ()),
        "confidence": props["confidence"] if props["confidence"] is not None else 1.0,
        "method": props["method"],
        "about": refs(row["about"]),
        "relays": _statement_refs(row["relays"]),
        "relayed_by": _statement_refs(row["relayed_by"]),
        "answers": _statement_refs(row["answers"]),
        "answered_by": _statement_refs(row["answered_by"]),
    }


def statement(row: Row, known_at: str) -> StatementAnswer:
    """A statement, from the shape ``STATEMENT``."""
    return StatementAnswer(**statement_fields(row, known_at))


def policy_step(row: Row) -> PolicyStep:
    """One step in a policy's history."""
    return PolicyStep(
        id=row["id"],
        status=row["status"],
        at=edtf_of(dict(row), "at"),
        until=edtf_of(dict(row), "until"),
        citation=row.get("citation"),
    )


def history(rows: Iterable[Row], until: str) -> tuple[PolicyStep, ...]:
    """The steps that had begun by a second, oldest first."""
    begun = [row for row in rows if (row.get("at_earliest") or "") <= until]
    return tuple(policy_step(row) for row in sorted(begun, key=_step_order))


def _step_order(row: Row) -> tuple[str, str, str]:
    return row.get("at_earliest") or "", row.get("at_latest") or "", row["id"]


def status_at(steps: Sequence[PolicyStep], moment: str) -> PolicyStep | None:
    """The step that holds at a moment: the last that has begun and whose end, where it has one, is not past.

    A suspension that ran out gives way to the step before it.
    """
    for step in reversed(steps):
        if (step.at is None or step.at.earliest <= moment) and (step.until is None or step.until.latest >= moment):
            return step
    return None


def policy_ref(row: Row) -> PolicyRef:
    """A reference to a policy, from its properties."""
    return PolicyRef(
        id=row["id"],
        name=row["title"],
        kind=row.get("kind"),
        number=row.get("number"),
        citation=row.get("citation"),
        url=row.get("url"),
    )


def policy_summary(row: Row, known_at: str, moment: str) -> PolicySummary:
    """A policy in short, from the shape ``POLICY``, with its status at a moment."""
    return PolicySummary(**policy_fields(row, known_at, moment))


def policy_fields(row: Row, known_at: str, moment: str) -> dict[str, Any]:
    """The fields of a policy in short."""
    props = as_known(row, known_at)
    status = status_at(history(row["steps"], moment), moment)
    return {
        "policy": policy_ref(props),
        "status": status,
        "in_force": ontology().policy_statuses[status.status].in_force if status else None,
        "effective_from": props.get("effective_from"),
        "effective_to": props.get("effective_to"),
        "issuers": actor_refs(row["issuers"]),
        "targets": refs(row["targets"]),
    }


def evidence_kind(label: str | None, kind: str | None, *, quoted: bool) -> EvidenceKind:
    """What kind of evidence a thing is, from its label, its kind, and whether a sentence stands behind it."""
    row = ontology().event_kinds.get(kind or "") if label == "Event" else None
    if row is not None and row.coded:
        return "coded"
    return "quoted" if quoted else "cited"


def event_fields(row: Row, known_at: str) -> dict[str, Any]:
    """The fields of an event in short, from the shape ``EVENT``."""
    props = as_known(row, known_at)
    parts = {(part["id"], part["role"]): part for part in row["participants"]}
    ordered = sorted(parts.values(), key=lambda part: (part["name"] or "", part["id"], part["role"] or ""))
    return {
        "event": Ref(id=props["id"], label="Event", name=props["title"], kind=props.get("kind")),
        "at": edtf_of(props, "at"),
        "place": props.get("place"),
        "country": props.get("country"),
        "cameo": props.get("cameo"),
        "plover": props.get("plover"),
        "coded": props.get("coded"),
        "scheme": props.get("scheme"),
        "evidence_kind": evidence_kind("Event", props.get("kind"), quoted=bool(row["quoted"])),
        "figures": json.loads(props["figures"]) if props.get("figures") else {},
        "participants": tuple(Participant(actor=actor_ref(p), role=p["role"] or "participant") for p in ordered),
    }


def event_summary(row: Row, known_at: str) -> EventSummary:
    """An event in short."""
    return EventSummary(**event_fields(row, known_at))
