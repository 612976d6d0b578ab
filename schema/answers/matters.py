"""Answers about policies, documents, events, timelines, and the graph as a whole."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schema.answers.claims import StatementAnswer
from schema.answers.common import (
    ActorRef,
    Answer,
    AsOfAnswer,
    DocumentRef,
    Evidence,
    EvidenceKind,
    Page,
    Ref,
    Time,
)


class PolicyStep(Answer):
    """One step in a policy's history."""

    id: str
    status: str = Field(description="A term of the ontology", examples=["in_effect"])
    at: Time | None = None
    until: Time | None = None
    citation: str | None = None


class PolicyRef(Ref):
    """A policy, in short."""

    label: str = "Policy"
    number: str | None = Field(default=None, examples=["EO 14105"])
    citation: str | None = Field(default=None, examples=["88 FR 54867"])
    url: str | None = None


class PolicySummary(Answer):
    """A policy in a list."""

    policy: PolicyRef
    status: PolicyStep | None = Field(default=None, description="As of valid_at, else of today")
    in_force: bool | None = None
    effective_from: str | None = None
    effective_to: str | None = None
    issuers: tuple[ActorRef, ...] = ()
    targets: tuple[Ref, ...] = ()


class PolicyPage(Page):
    """Policies, the newest first."""

    items: tuple[PolicySummary, ...]


class PolicyAnswer(PolicySummary):
    """One policy, with its history and what it does to others."""

    description: str | None = None
    history: tuple[PolicyStep, ...] = Field(description="Every status up to valid_at, oldest first")
    signers: tuple[ActorRef, ...] = ()
    concerns: tuple[Ref, ...] = ()
    amends: tuple[Ref, ...] = ()
    amended_by: tuple[Ref, ...] = ()
    suspends: tuple[Ref, ...] = ()
    suspended_by: tuple[Ref, ...] = ()
    revokes: tuple[Ref, ...] = ()
    revoked_by: tuple[Ref, ...] = ()
    implements: tuple[Ref, ...] = ()
    implemented_by: tuple[Ref, ...] = ()
    responds_to: tuple[Ref, ...] = ()
    led_to_by: tuple[Ref, ...] = Field(default=(), description="Events that brought it about")
    evidence: tuple[Evidence, ...] = ()
    statements: tuple[StatementAnswer, ...] = Field(default=(), description="Statements about it; 100 at most")
    as_of: AsOfAnswer


class DocumentSummary(Answer):
    """A document in a list."""

    document: DocumentRef
    publisher: ActorRef | None = None
    statements: int


class DocumentPage(Page):
    """Documents, the newest first."""

    items: tuple[DocumentSummary, ...]


class DocumentAnswer(Answer):
    """One document: its text, and the statements that stand in it as annotations."""

    document: DocumentRef
    publisher: ActorRef | None = None
    issuers: tuple[ActorRef, ...] = ()
    authors: tuple[str, ...] = ()
    language: str | None = None
    accessed_at: str | None = None
    licence: str | None = None
    text: str | None = Field(default=None, description="Null where the document was not seen")
    text_sha256: str | None = None
    statements: tuple[StatementAnswer, ...] = Field(description="In the order of the text; offsets in code points")
    cites: tuple[DocumentRef, ...] = ()
    cited_by: tuple[DocumentRef, ...] = ()
    versions: tuple[DocumentRef, ...] = Field(default=(), description="Its versions, oldest first, itself included")
    documents: tuple[Ref, ...] = Field(default=(), description="Events and policies that it is evidence of")
    as_of: AsOfAnswer


class Participant(Answer):
    """An actor's part in an event."""

    actor: ActorRef
    role: str


class EventSummary(Answer):
    """An event in a list."""

    event: Ref
    at: Time | None = None
    place: str | None = None
    country: str | None = None
    cameo: str | None = Field(default=None, description="CAMEO 1.1b3", examples=["112"])
    plover: str | None = Field(default=None, description="Event type of PLOVER", examples=["ACCUSE"])
    coded: str | None = Field(default=None, description="What its feed coded, as the feed has it", examples=["Accuse"])
    scheme: str | None = Field(default=None, description="The scheme of that, and its vintage")
    evidence_kind: EvidenceKind = Field(default="cited", description="quoted: a sentence; coded: by a machine; cited")
    figures: dict[str, float] = Field(default_factory=dict, examples=[{"price_change_percent": -3.78}])
    participants: tuple[Participant, ...] = ()


class EventPage(Page):
    """Events, the newest first."""

    items: tuple[EventSummary, ...]
    total: int | None = Field(default=None, description="Number of all, where the count was asked for")


class MetAccusation(Answer):
    """A coded accusation that a denial may answer."""

    event: EventSummary
    days: int = Field(description="Days from it to the denial; below 0 where the feed has it on a later day")


class CodedDenial(Answer):
    """A coded denial, and the coded accusations of the reversed dyad near it: a coincidence in time, no proof."""

    denial: EventSummary
    accusations: tuple[MetAccusation, ...] = Field(description="The nearest first; 20 at most")


class CodedDenialPage(Page):
    """Denials, the newest first."""

    items: tuple[CodedDenial, ...]
    total: int | None = Field(default=None, description="Number of all, where the count was asked for")


class EventAnswer(EventSummary):
    """One event, with its evidence and what it led to."""

    concerns: tuple[Ref, ...] = ()
    led_to: tuple[Ref, ...] = ()
    led_to_by: tuple[Ref, ...] = ()
    responses: tuple[Ref, ...] = Field(default=(), description="Policies that respond to it")
    evidence: tuple[Evidence, ...] = ()
    statements: tuple[StatementAnswer, ...] = ()
    as_of: AsOfAnswer


Role = Literal["speaker", "subject", "object", "answer", "target", "issuer", "participant"]


class TimelineItem(Answer):
    """One thing that was said, decided or done; exactly one of statement, policy and event is there."""

    id: str
    kind: Literal["statement", "policy", "event"]
    roles: tuple[Role, ...] = Field(description="How the actor has to do with it")
    at: Time | None = None
    statement: StatementAnswer | None = None
    policy: PolicySummary | None = Field(default=None, description="The policy, with the status it then came to")
    event: EventSummary | None = None


class TimelinePage(Page):
    """What an actor said, what was said about it and answered, what was decided on it and what it took part in."""

    actor: ActorRef
    items: tuple[TimelineItem, ...]


class Statistics(Answer):
    """How much the graph holds."""

    nodes: dict[str, int] = Field(description="By label")
    relationships: dict[str, int] = Field(description="By type")
    acts: dict[str, int] = Field(description="Statements by act")
    standings: dict[str, int] = Field(description="Claims by standing")
    actors: dict[str, int] = Field(description="By kind")
    policies: dict[str, int] = Field(description="By kind")
    events: dict[str, int] = Field(description="By kind")
    first_at: str | None = Field(default=None, description="Earliest second of the first statement")
    last_at: str | None = Field(default=None, description="Earliest second of the last statement")
    as_of: AsOfAnswer
