"""A small world with everything that a question can meet, each thing learned at a time of its own.

Records with their references resolved, written as ingestion writes them. Times of learning:

* ``START``: actors, topics, policies and events;
* ``REPORT``: the Herald's report of an unseen memo: allegation, relay, "could not verify", no comment;
* ``DENIAL``: the company's answers, in another paper;
* ``REPEAT``: a third paper repeats the Herald; ``TABLOID``: a tabloid's anonymous source, retracted at ``WITHDRAWN``
  and taken in again at ``RESTORED``.
"""

from __future__ import annotations

from typing import Any, Final

from kg.engine.graph import Graph
from kg.resolving.identity import identify
from kg.writing.batch import write_bundles
from kg.writing.bundles import bundle_of
from schema import ids
from schema.records import (
    ActorRecord,
    ClaimRecord,
    DocumentRecord,
    EventRecord,
    PolicyRecord,
    Record,
    RelationshipRecord,
    StatementRecord,
    TopicRecord,
)

START: Final = "2025-11-01T00:00:00.000000Z"
REPORT: Final = "2025-11-14T12:00:00.000000Z"
DENIAL: Final = "2025-11-14T20:00:00.000000Z"
REPEAT: Final = "2025-11-15T08:00:00.000000Z"
TABLOID: Final = "2025-11-16T08:00:00.000000Z"
WITHDRAWN: Final = "2025-11-17T08:00:00.000000Z"
RESTORED: Final = "2025-11-19T08:00:00.000000Z"

ACTORS: Final[dict[str, tuple[str, str | None, tuple[str, ...]]]] = {
    "Orion Group": ("company", "CN", ("Orion", "ORN", "猎户座")),
    "Northland": ("government", "US", ("the North",)),
    "Office of the President of Northland": ("government_body", "US", ("White Palace",)),
    "Ministry of Trade of Northland": ("government_body", "US", ()),
    "Eastland": ("government", "CN", ()),
    "Eastland Army": ("armed_force", "CN", ("EA",)),
    "The Herald": ("media", "GB", ("Herald", "the press")),
    "Wire News": ("media", "US", ("the press",)),
    "Morning Courier": ("media", "US", ()),
    "Tattler": ("media", "GB", ()),
    "Ann Lee": ("person", None, ("Dr Lee", "Lee")),
    "Harbour Institute": ("think_tank", "US", ()),
    "Lee": ("person", None, ()),
    "Foreign Spy Agency": ("government_body", "US", ("FSA",)),
    "Hermit": ("other", None, ()),
}
TOPICS: Final = {"Large models": "technology", "Orion shares": "market"}

A: Final = {name: ids.actor_id(name) for name in ACTORS}
T: Final = {name: ids.topic_id(name) for name in TOPICS}

SUPPORT: Final = "Orion Group gives technical support to the Eastland Army"
SPY: Final = "Orion Group passes customer data to Eastland"
NERVOUS: Final = "The fall of Orion shares shows how nervous investors are"
HOAX: Final = "The memo was leaked to undermine the trade deal"
RUMOUR: Final = "Harbour Institute is closing"

HERALD_TEXT: Final = (
    "Orion Group gives technical support to the Eastland Army, a memo of the White Palace alleges. "
    "It passes customer data to Eastland, the memo says. "
    "The Herald could not independently verify the claims. The Foreign Spy Agency declined to comment."
)
WIRE_TEXT: Final = (
    "Orion Group called the assertions completely false. "
    "The company said the memo was leaked to undermine the trade deal. 猎户座 denies all. "
    "Ann Lee of the Harbour Institute said the fall shows how nervous investors are."
)
COURIER_TEXT: Final = "A memo alleges that Orion Group supports the Eastland Army, the Herald reported. Wow."
TATTLER_TEXT: Final = "Orion helps the Eastland Army, said a person who knows the matter."

records: list[tuple[Record, str]] = []
"""Every record with its id, in an order in which they can be written."""
texts: dict[str, str] = {}


def _words(identifier: str) -> str:
    return texts[identifier]


def add(record: Record) -> str:
    """Take a record in; answers its id."""
    identifier = identify(record, _words)
    texts[identifier] = getattr(record, "text", None) or getattr(record, "title", "") or ""
    records.append((record, identifier))
    return identifier


for _name, (_kind, _country, _aliases) in ACTORS.items():
    add(
        ActorRecord.model_validate(
            {
                "name": _name,
                "kind": _kind,
                "country": _country,
                "recorded_at": START,
                "aliases": [{"name": a, "kind": "ticker" if a == "ORN" else "short"} for a in _aliases],
                "identifiers": {"ticker": "ORN"} if _name == "Orion Group" else {},
            }
        )
    )
for _name, _kind in TOPICS.items():
    add(TopicRecord(name=_name, kind=_kind, recorded_at=START))


def tie(relation: str, source: str, target: str, **more: Any) -> str:
    """A tie between two actors, or of an actor to a topic."""
    return add(
        RelationshipRecord.model_validate(
            {"relation": relation, "source": source, "target": target, "recorded_at": START, **more}
        )
    )


tie("PART_OF", A["Eastland Army"], A["Eastland"])
tie("PART_OF", A["Office of the President of Northland"], A["Northland"])
tie("PART_OF", A["Ministry of Trade of Northland"], A["Northland"])
tie("AFFILIATED_WITH", A["Ann Lee"], A["Harbour Institute"], role="fellow", valid_from="2020", valid_to="2025-11-20")
tie("LOCATED_IN", A["Orion Group"], A["Eastland"], evidence={"citation": "Annual report 2024"})
tie("DEVELOPS", A["Orion Group"], T["Large models"])


def document(
    title: str, publisher: str | None, text: str | None, published: str | None, known: str, **more: Any
) -> str:
    """A document."""
    return add(
        DocumentRecord.model_validate(
            {
                "title": title,
                "publisher": A[publisher] if publisher else None,
                "publisher_name": publisher,
                "text": text,
                "seen": text is not None,
                "published_at": published,
                "recorded_at": known,
                **more,
            }
        )
    )


MEMO: Final = document(
    "Memo on Orion", None, None, "2025-11-01", REPORT, kind="memo", issuers=[A["Office of the President of Northland"]]
)
HERALD: Final = document(
    "Memo accuses Orion", "The Herald", HERALD_TEXT, "2025-11-14", REPORT, url="https://herald.example/1", cites=[MEMO]
)
WIRE: Final = document("Orion hits back", "Wire News", WIRE_TEXT, "2025-11-14T18:00:00Z", DENIAL)
COURIER: Final = document(
    "Memo on Orion: report", "Morning Courier", COURIER_TEXT, "2025-11-15", REPEAT, cites=[HERALD]
)
TATTLER_OLD: Final = document(
    "Orion and the army",
    "Tattler",
    TATTLER_TEXT + " Draft.",
    "2025-11-16",
    TABLOID,
    url="https://tattler.example/9",
)
TATTLER: Final = document(
    "Orion and the army",
    "Tattler",
    TATTLER_TEXT,
    "2025-11-16",
    RESTORED,
    url="https://tattler.example/9",
    revision_of=TATTLER_OLD,
    past=[f"{TABLOID}/{WITHDRAWN}"],
)


def claim(text: str, known: str, **more: Any) -> str:
    """A claim."""
    return add(ClaimRecord.model_validate({"text": text, "recorded_at": known, **more}))


C_SUPPORT: Final = claim(
    SUPPORT, REPORT, subjects=[A["Orion Group"]], objects=[A["Eastland Army"]], concerns=[T["Large models"]]
)
C_SPY: Final = claim(SPY, REPORT, subjects=[A["Orion Group"]], objects=[A["Eastland"]])
C_NERVOUS: Final = claim(NERVOUS, DENIAL, kind="state_of_affairs", concerns=[T["Orion shares"]])
C_HOAX: Final = claim(HOAX, DENIAL, kind="intent")
C_RUMOUR: Final = claim(RUMOUR, START, subjects=[A["Harbour Institute"]])


def said(act: str, doc: str, speaker: str, about: str, quote: str | None, known: str, **more: Any) -> str:
    """A statement; its quote is looked up in the document."""
    text = next((r.text for r, i in records if i == doc and isinstance(r, DocumentRecord)), None)
    place = {} if quote is None or text is None else {"start": text.index(quote), "end": text.index(quote) + len(quote)}
    base = {"act": act, "document": doc, "speaker": speaker, "about": [about], "quote": quote, "recorded_at": known}
    return add(StatementRecord.model_validate({**base, **place, **more}))


ALLEGED: Final = said(
    "allege",
    MEMO,
    "White Palace",
    C_SUPPORT,
    None,
    REPORT,
    actor=A["Office of the President of Northland"],
    asserted_at="2025-11-01",
)
SPIED: Final = said(
    "allege",
    MEMO,
    "White Palace",
    C_SPY,
    None,
    REPORT,
    actor=A["Office of the President of Northland"],
    asserted_at="2025-11-01",
)
RELAYED: Final = said(
    "relay",
    HERALD,
    "The Herald",
    C_SUPPORT,
    "Orion Group gives technical support to the Eastland Army, a memo of the White Palace alleges.",
    REPORT,
    actor=A["The Herald"],
    asserted_at="2025-11-14",
    relays=[ALLEGED],
)
RELAYED_SPY: Final = said(
    "relay",
    HERALD,
    "The Herald",
    C_SPY,
    "It passes customer data to Eastland, the memo says.",
    REPORT,
    actor=A["The Herald"],
    asserted_at="2025-11-14",
    relays=[SPIED],
)
UNVERIFIED: Final = said(
    "not_verified",
    HERALD,
    "The Herald",
    C_SUPPORT,
    "The Herald could not independently verify the claims.",
    REPORT,
    actor=A["The Herald"],
    asserted_at="2025-11-14",
)
NO_COMMENT: Final = said(
    "decline_comment",
    HERALD,
    "The Foreign Spy Agency",
    C_SUPPORT,
    "The Foreign Spy Agency declined to comment.",
    REPORT,
    actor=A["Foreign Spy Agency"],
    asserted_at="2025-11-14",
)
DENIED: Final = said(
    "deny",
    WIRE,
    "Orion Group",
    C_SUPPORT,
    "Orion Group called the assertions completely false.",
    DENIAL,
    actor=A["Orion Group"],
    asserted_at="2025-11-14T18:00:00Z",
    manner="flat",
    answers=[ALLEGED],
)
HOAXED: Final = said(
    "allege",
    WIRE,
    "The company",
    C_HOAX,
    "The company said the memo was leaked to undermine the trade deal.",
    DENIAL,
    actor=A["Orion Group"],
    asserted_at="2025-11-14T18:00:00Z",
)
ASSESSED: Final = said(
    "assess",
    WIRE,
    "Ann Lee",
    C_NERVOUS,
    "the fall shows how nervous investors are",
    DENIAL,
    actor=A["Ann Lee"],
    capacity="of the Harbour Institute",
    asserted_at="2025-11-14T18:00:00Z",
)
REPEATED: Final = said(
    "relay",
    COURIER,
    "Morning Courier",
    C_SUPPORT,
    "A memo alleges that Orion Group supports the Eastland Army, the Herald reported.",
    REPEAT,
    actor=A["Morning Courier"],
    asserted_at="2025-11-15",
    relays=[RELAYED],
)
WHISPERED: Final = said(
    "allege",
    TATTLER,
    "a person who knows the matter",
    C_SUPPORT,
    "Orion helps the Eastland Army, said a person who knows the matter.",
    RESTORED,
    anonymous=True,
    asserted_at="2025-11-16",
    past=[f"{TABLOID}/{WITHDRAWN}"],
)


def policy(title: str, kind: str, **more: Any) -> str:
    """A policy."""
    return add(PolicyRecord.model_validate({"title": title, "kind": kind, "recorded_at": START, **more}))


RULE_2022: Final = policy(
    "Rule on advanced computing",
    "export_control",
    number="2022-1",
    citation="87 FR 1",
    issuers=[A["Ministry of Trade of Northland"]],
    targets=[A["Eastland"], T["Large models"]],
    statuses=[{"status": "announced", "at": "2022-10-07"}, {"status": "in_effect", "at": "2022-10-21"}],
    effective_from="2022-10-21",
    evidence=[{"citation": "87 FR 1"}],
)
RULE_2023: Final = policy(
    "Rule that amends the rule of 2022",
    "export_control",
    number="2023-1",
    issuers=[A["Ministry of Trade of Northland"]],
    targets=[A["Orion Group"]],
    amends=[RULE_2022],
    responds_to=[C_SUPPORT],
    statuses=[
        {"status": "in_effect", "at": "2023-11-16"},
        {"status": "suspended", "at": "2025-11-10", "until": "2026-11-09"},
    ],
)
SUMMIT: Final = add(
    EventRecord.model_validate(
        {
            "kind": "meeting",
            "title": "Summit of the two lands",
            "at": "2025-10-30",
            "place": "Harbour City",
            "participants": [{"actor": A["Northland"]}, {"actor": A["Eastland"]}],
            "led_to": [RULE_2023],
            "recorded_at": START,
            "evidence": [{"citation": "Communiqué of 30 October 2025"}],
        }
    )
)
FALL: Final = add(
    EventRecord.model_validate(
        {
            "kind": "market_move",
            "title": "Orion shares fall",
            "at": "2025-11-14",
            "figures": {"price_change_percent": -3.78},
            "participants": [{"actor": A["Orion Group"], "role": "affected"}],
            "concerns": [T["Orion shares"]],
            "recorded_at": DENIAL,
            "evidence": [
                {
                    "document": WIRE,
                    "quote": "the fall shows how nervous investors are",
                    "start": WIRE_TEXT.index("the fall shows"),
                    "end": WIRE_TEXT.index("the fall shows") + 40,
                }
            ],
        }
    )
)


async def write_world(graph: Graph) -> None:
    """Write all of it."""
    for kinds in (
        (ActorRecord, TopicRecord, DocumentRecord, ClaimRecord),
        (PolicyRecord,),
        (EventRecord, StatementRecord, RelationshipRecord),
    ):
        bundles = [bundle_of(record, identifier) for record, identifier in records if isinstance(record, kinds)]
        for bundle in bundles:  # a retraction and its undoing leave the relationships of a node as they are
            if past := bundle.known.get("past"):
                first = {"recorded_at": past[0].partition("/")[0]}
                bundle.parts |= {row.id: first for row in bundle.relationships}
        await write_bundles(graph, bundles)
