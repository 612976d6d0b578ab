"""A reading as JSON: the form that `geokg read --format json` prints."""

from __future__ import annotations

from typing import Any

from kg.reading.model import Affiliation, EventMention, PolicyMention, Reading, Source, Span, Statement, Verification


def reading_to_json(reading: Reading) -> dict[str, Any]:
    """The reading as plain dictionaries and lists; all offsets are code points of `["document"]["text"]`."""
    return {
        "document": {
            "title": reading.title,
            "outlet": reading.outlet,
            "published": reading.published,
            "url": reading.url,
            "language": reading.language,
            "text": reading.text,
            "method": reading.method,
            "notes": list(reading.notes),
        },
        "statements": [_statement(statement) for statement in reading.statements],
        "policies": [_policy(policy) for policy in reading.policies],
        "events": [_event(event) for event in reading.events],
        "verifications": [_verification(verification) for verification in reading.verifications],
        "affiliations": [_affiliation(affiliation) for affiliation in reading.affiliations],
    }


def _span(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"text": span.text, "start": span.start, "end": span.end}


def _source(source: Source | None) -> dict[str, Any] | None:
    if source is None:
        return None
    out: dict[str, Any] = {"text": source.text, "start": source.start, "end": source.end, "kind": source.kind}
    for name in ("actor", "actor_id", "name", "issuer", "issuer_actor"):
        value = getattr(source, name)
        if value is not None:
            out[name] = value
    return out


def _statement(statement: Statement) -> dict[str, Any]:
    out: dict[str, Any] = {
        "act": statement.act,
        "manner": statement.manner,
        "source": _source(statement.source),
        "cue": _span(statement.cue),
        "content": _span(statement.content),
        "spans": [list(span) for span in statement.spans],
        "quote": statement.quote,
        "start": statement.start,
        "end": statement.end,
        "relays": statement.relays,
        "answers": statement.answers,
        "certainty": statement.certainty,
        "hedges": list(statement.hedges),
        "anonymous": statement.anonymous,
        "capacity": statement.capacity,
        "confidence": statement.confidence,
        "claim": {"text": statement.claim.text, "subject": statement.claim.subject, "object": statement.claim.object},
        "construct": statement.construct,
        "cameo": statement.cameo,
    }
    if statement.claim.subject_actor:
        out["claim"]["subject_actor"] = statement.claim.subject_actor
    if statement.claim.object_actor:
        out["claim"]["object_actor"] = statement.claim.object_actor
    if statement.anonymous:
        out["anonymous_count"] = statement.anonymous_count
        out["anonymous_type"] = statement.anonymous_type
    if statement.affiliation is not None:
        out["affiliation"] = _affiliation(statement.affiliation)
    for name in ("asserted_at", "addressee"):
        value = getattr(statement, name)
        if value is not None:
            out[name] = value
    return out


def _affiliation(affiliation: Affiliation) -> dict[str, Any]:
    return {
        "person": _span(affiliation.person),
        "role": _span(affiliation.role),
        "organisation": _span(affiliation.organisation),
        "organisation_actor": affiliation.organisation_actor,
    }


def _policy(policy: PolicyMention) -> dict[str, Any]:
    return {"text": policy.text, "start": policy.start, "end": policy.end, "kind": policy.kind, "number": policy.number}


def _event(event: EventMention) -> dict[str, Any]:
    return {
        "kind": event.kind,
        "cameo": event.cameo,
        "date": event.date,
        "participants": list(event.participants),
        "figures": list(event.figures),
        "quote": event.quote,
        "start": event.start,
        "end": event.end,
    }


def _verification(verification: Verification) -> dict[str, Any]:
    return {
        "by": verification.by,
        "status": verification.status,
        "what": verification.what,
        "of": verification.of,
        "statement": verification.statement,
        "quote": verification.quote,
        "start": verification.start,
        "end": verification.end,
    }
