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


TEXT = "Beta denies it. Gamma says that Beta did it. Beta denies it. 阿里巴巴 says 😀 no."
BASE = [
    actor("Beta"),
    actor("Gamma"),
    document("d", TEXT),
    memo("m", issuers=["Gamma"]),
    claim("c", "Beta did it", subjects=["Beta"]),
]


def bad_statement(quote: str | None = "Gamma says that Beta did it.", **more: Any) -> Mapping:
    """A statement of Gamma in the document of :data:`BASE`, with one thing changed."""
    return {**statement("s", "d", "Gamma", "allege", quote, ["c"]), **more}


BAD: list[tuple[Mapping, str]] = [
    (bad_statement(speker="Gamma"), "unknown field 'speker'; did you mean 'speaker'?"),
    (bad_statement(act="alege"), "act: unknown act 'alege'. Did you mean 'allege'?"),
    (actor("Delta", kind="goverment"), "kind: unknown actor_kind 'goverment'. Did you mean 'government'?"),
    ({"type": "statment"}, "unknown record type 'statment'. Did you mean 'statement'?"),
    (
        bad_statement("Gamma said that"),
        "the quote 'Gamma said that' does not stand in the document. Copy it letter by letter",
    ),
    (bad_statement("Beta denies it."), "stands in the document at 0 and again at 45. Give its start"),
    (
        bad_statement(start=3),
        "at 3 to 31 stands 'a denies it. Gamma says that', not the quote 'Gamma says that Beta did it.'",
    ),
    (bad_statement(start=16, end=20), "It stands at 16"),
    (bad_statement(start=10**30), "not the quote"),
    (bad_statement("nowhere", start=3), "It stands nowhere in the document"),
    (bad_statement(spans=[[0, 5]]), "the span 0 to 5 lies outside the quote, 16 to 44"),
    (bad_statement(None), "the statement has no quote. Quote the words of the document that are its evidence"),
    (bad_statement(document="m"), "a document that was not seen has no text to quote. Quote where it is reported"),
    (bad_statement(document="nowhere"), "document: no record defines the document 'nowhere'"),
    (bad_statement(speaker="Gama"), "actor: no record defines the actor 'Gama'"),
    (bad_statement(speaker="Omicron"), "Write a record that defines it, before or beside this one"),
    (bad_statement(about=["claim-" + "a" * 20]), "about: no record defines the claim or policy or event 'claim-aaa"),
    (bad_statement(asserted_at="last month"), "asserted_at: 'last month' is no date. Write a date as EDTF"),
    (bad_statement(id="stmt-" + "a" * 20), "is not that of the content, which is 'stmt-"),
    ({"type": "relationship", "relation": "DEVELOPS", "source": "Beta", "target": "Gamma"}, "goes from Actor to Topic"),
    (
        {
            "type": "event",
            "kind": "attack",
            "title": "t",
            "at": "2025",
            "evidence": [{"document": "d", "quote": "no!"}],
        },
        "the quote 'no!' does not stand in the document",
    ),
    (
        {
            **{"type": "policy", "kind": "law", "title": "t"},
            "statuses": [{"status": "announced", "at": "2025", "evidence": {"document": "d", "quote": "no!"}}],
        },
        "the quote 'no!' does not stand in the document",
    ),
    (actor("Delta", description="x" * 10_000_000), "description: String should have at most 10000 characters"),
    (actor("Delta", description=["Gamma' DETACH DELETE n //"]), "description: Input should be a valid string"),
    (bad_statement(document="d' OR 1=1 //"), "no record defines the document"),
    (bad_statement(speaker="x" * 999), "no record defines the actor"),
]
