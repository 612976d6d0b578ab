"""The records of a review as somebody put them right. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from schema import ids
from schema.errors import InvalidInput
from schema.records import StatementRecord

RecordMapping = dict[str, Any]

_OURS: Final = ("type", "id", "key", "document", "method", "method_version", "confidence", "parts", "revisions")
_CORRECTABLE: Final = tuple(
    name
    for name in StatementRecord.model_fields
    if name not in _OURS and not name.startswith(("recorded", "retract", "past"))
)
_CLAIM_FIELDS: Final = ("text", "kind", "subjects", "objects", "concerns", "event_time")


def corrected(
    records: Sequence[RecordMapping], correction: Mapping[str, Any], actor: Callable[[str], str]
) -> list[RecordMapping]:
    """The records with the fields of the correction in the place of those that were read.

    Args:
        records: of the review; the statement is the last.
        correction: fields of the statement record, null for one that it should not have; ``claim`` holds fields of
            the claim that it is about.
        actor: from the name of an actor to its id.

    Raises:
        InvalidInput: a field is unknown, or cannot be corrected.
    """
    if not correction:
        raise InvalidInput("the correction changes nothing", "correction", "Accept it, or give the fields that change")
    _check_fields(correction, (*_CORRECTABLE, "claim"), "correction")
    fields = dict(correction)
    claim = fields.pop("claim", None)
    statement = dict(records[-1])
    if "quote" in fields and "start" not in fields:
        statement.pop("start", None)
        statement.pop("end", None)
    if {"quote", "start", "end"} & fields.keys() and "spans" not in fields:
        statement.pop("spans", None)
    if "start" in fields and "end" not in fields:
        statement.pop("end", None)
    if "speaker" in fields and "actor" not in fields and not fields.get("anonymous"):
        statement.pop("actor", None)
    if fields.get("anonymous"):
        statement.pop("actor", None)
    others = list(records[:-1])
    if claim is not None:
        others, statement["about"] = _with_claim(others, claim, actor)
    statement |= fields
    # What a document said that this one reports is about the same.
    others = [{**other, "about": statement["about"]} if other["type"] == "statement" else other for other in others]
    statement |= {"confidence": 1.0, "method": "review", "method_version": "1"}
    return [*others, {name: value for name, value in statement.items() if value is not None}]


def _check_fields(given: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(str(name)[:60], known, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else f"A correction can change {', '.join(known)}"
            raise InvalidInput(f"the field {str(name)[:60]!r} is none that a correction changes", where, hint)


def _with_claim(
    others: list[RecordMapping], claim: Any, actor: Callable[[str], str]
) -> tuple[list[RecordMapping], list[str]]:
    """The records with the claim put right, and the id of that claim."""
    if not isinstance(claim, Mapping):
        raise InvalidInput("the claim is no object with named fields", "correction.claim", "Such as {text, subjects}")
    _check_fields(claim, _CLAIM_FIELDS, "correction.claim")
    read = next((record for record in others if record["type"] == "claim"), {})
    record = {**read, **claim, "type": "claim"}
    record = {name: value for name, value in record.items() if value is not None}
    if not isinstance(record.get("text"), str):
        raise InvalidInput("the claim has no text", "correction.claim.text", "Write the proposition")
    record["subjects"] = [actor(str(name)) for name in record.get("subjects", ())]
    identifier = ids.claim_id(record["text"], record["subjects"])
    return [*(other for other in others if other is not read), record], [identifier]
