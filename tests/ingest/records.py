"""Small records to write down in tests."""

from __future__ import annotations

import json
from typing import Any

Mapping = dict[str, Any]


def actor(name: str, kind: str = "company", **more: Any) -> Mapping:
    """An actor."""
    return {"type": "actor", "name": name, "kind": kind, **more}


def document(key: str, text: str, **more: Any) -> Mapping:
    """A document that was seen."""
    return {
        "type": "document",
        "key": key,
        "title": f"Title of {key}",
        "published_at": "2025-11-14",
        "text": text,
        **more,
    }


def memo(key: str, **more: Any) -> Mapping:
    """A document that was not seen."""
    return {"type": "document", "key": key, "title": f"Title of {key}", "kind": "memo", "seen": False, **more}


def claim(key: str, text: str, **more: Any) -> Mapping:
    """A claim."""
    return {"type": "claim", "key": key, "text": text, **more}


def statement(
    key: str, where: str, speaker: str, act: str, quote: str | None, about: list[str], **more: Any
) -> Mapping:
    """A statement; without a quote where its document was not seen."""
    said: Mapping = {"type": "statement", "key": key, "document": where, "speaker": speaker, "act": act, "about": about}
    return {**said, **({"quote": quote} if quote is not None else {}), **more}


def without_times(lines: str) -> str:
    """An export without what tells when it was written."""
    records = [json.loads(line) for line in lines.splitlines()]
    for record in records:
        for name in ("recorded_at", "parts"):
            record.pop(name, None)
    return "".join(json.dumps(record, ensure_ascii=False, sort_keys=True) + "\n" for record in records)
