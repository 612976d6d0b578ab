"""The id of a resolved record. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kg.writing.bundles import decision_identity, document_source, text_digest
from schema import ids
from schema.errors import InvalidInput
from schema.records import (
    ActorRecord,
    ClaimRecord,
    DecisionRecord,
    DocumentRecord,
    EventRecord,
    PolicyRecord,
    Record,
    ReviewRecord,
    StatementRecord,
    TopicRecord,
)

IDENTIFYING: Final = {
    "document": frozenset({"publisher"}),
    "claim": frozenset({"subjects"}),
    "statement": frozenset({"document", "about"}),
    "review": frozenset({"document"}),
    "decision": frozenset({"left", "right", "revokes"}),
}
"""Fields whose references have to be resolved before a record of that type can be identified."""


def identify(record: Record, words_of: Callable[[str], str]) -> str:
    """Derive the id from the content.

    Args:
        record: its references are ids.
        words_of: from the id of a claim, policy or event to its text or title.

    Raises:
        InvalidInput: the record brings an id of its own that is not the one of its content.
    """
    match record:
        case ActorRecord():
            derived = ids.actor_id(record.name, record.qualifier)
        case TopicRecord():
            derived = ids.topic_id(record.name)
        case DocumentRecord():
            derived = ids.document_id(document_source(record), text_digest(record.text) or "")
        case ClaimRecord():
            derived = ids.claim_id(record.text, list(record.subjects))
        case StatementRecord():
            content = record.content or " ".join(sorted(words_of(matter) for matter in record.about))
            start, end = (-1, -1) if record.start is None or record.end is None else (record.start, record.end)
            derived = ids.statement_id(record.document, start, end, record.act, record.speaker, content)
        case PolicyRecord():
            derived = ids.policy_id(record.kind, record.number, record.title)
        case EventRecord():
            derived = ids.event_id(record.kind, record.at, record.title, record.source_row)
        case ReviewRecord():
            derived = ids.review_id(record.statement)
        case DecisionRecord():
            derived = decision_identity(record)
        case _:
            # With its evidence: a second source for the same fact stands beside the first, and does not replace it.
            source = (record.evidence.document or record.evidence.citation or "") if record.evidence else ""
            qualifiers = (record.role or "", record.valid_from or "", source, record.statement or "")
            derived = ids.relationship_id(record.relation, record.source, record.target, *qualifiers)
    if record.id is not None and record.id != derived:
        raise InvalidInput(
            f"the id {record.id!r} is not that of the content, which is {derived!r}",
            remedy="Leave the id out; it is derived",
        )
    return derived
