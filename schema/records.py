"""The record format: what can be written down, one pydantic model a kind of record.

A record names others by id, by ``key`` (a short handle of the writer's own) or, where the thing has one, by name.
``recorded_at``, ``retracted_at`` and ``past`` are what an export writes down; other writers leave them out.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, TypeAdapter, model_validator
from pydantic_core import PydanticCustomError

from schema.fields import (
    ActorOrClaimRef,
    ActorOrTopicRef,
    ActorRef,
    AnyRef,
    ClaimOrEventRef,
    Country,
    DecisionRef,
    DocumentRef,
    Edtf,
    KnownAt,
    Line,
    MatterRef,
    Name,
    PolicyOrEventRef,
    PolicyRef,
    StatementRef,
    TermOf,
    Text,
    TopicOrPolicyRef,
    TopicRef,
    Url,
)
from schema.ontology import ontology
from schema.record_base import BaseRecord, Evidence, Span, Strict, check_offsets

Figure = Annotated[float, Field(allow_inf_nan=False)]


class Alias(Strict):
    """One name of an actor."""

    name: Name
    kind: Annotated[str, TermOf("alias_kinds")] = "name"
    language: str | None = Field(default=None, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$", description="BCP 47 tag")
    script: str | None = Field(default=None, pattern=r"^[A-Z][a-z]{3}$", description="ISO 15924; found when left out")
    source: Line | None = None


def _named(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


AliasOrName = Annotated[Alias, BeforeValidator(_named, json_schema_input_type=Alias | str)]


class ActorRecord(BaseRecord):
    """Who can speak, act or be accused."""

    type: Literal["actor"] = "actor"
    name: Name = Field(description="Canonical name; the id derives from it")
    qualifier: Line | None = Field(
        default=None, min_length=1, description="What tells it from others of that name, part of the id: 'ofac:12345'"
    )
    kind: Annotated[str, TermOf("actor_kinds")]
    country: Country | None = Field(default=None, description="ISO 3166-1 alpha-2")
    aliases: tuple[AliasOrName, ...] = ()
    identifiers: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)], Name | tuple[Name, ...]] = (
        Field(default_factory=dict, description="Scheme to value or values: wikidata, lei, isin, ticker, cik, ofac, …")
    )
    description: Line | None = None
    provisional: bool = Field(
        default=False,
        description="Found in a text or feed and not yet reviewed; whoever has the name already is meant",
    )
    reviewed_by: Name | None = Field(default=None, description="Who said that a provisional actor is one")


class TopicRecord(BaseRecord):
    """What is spoken about but cannot speak."""

    type: Literal["topic"] = "topic"
    name: Name
    kind: Annotated[str, TermOf("topic_kinds")]
    aliases: tuple[Name, ...] = ()
    description: Line | None = None


class DocumentRecord(BaseRecord):
    """Something published or seen; ``seen: false`` where it is known only because another cites it."""

    type: Literal["document"] = "document"
    title: Name
    kind: Annotated[str, TermOf("document_kinds")] = "article"
    publisher: ActorRef | None = Field(default=None, description="Outlet")
    publisher_name: Name | None = Field(
        default=None, description="Outlet as written; taken from publisher when left out"
    )
    issuers: tuple[ActorRef, ...] = ()
    authors: tuple[Name, ...] = ()
    url: Url | None = None
    language: str | None = Field(default=None, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")
    published_at: Edtf | None = None
    accessed_at: Edtf | None = None
    seen: bool = True
    text: Text | None = None
    text_file: str | None = Field(
        default=None, max_length=500, description="File with the text, beside the record's own"
    )
    licence: Line | None = None
    cites: tuple[DocumentRef, ...] = ()
    revision_of: DocumentRef | None = Field(
        default=None, description="Earlier version; found by the source when left out"
    )

    @model_validator(mode="after")
    def _text_if_seen(self) -> DocumentRecord:
        if self.seen and not (self.text or self.text_file):
            raise PydanticCustomError("no_text", "a document that was seen needs a text; else write seen: false")
        if not self.seen and (self.text or self.text_file):
            raise PydanticCustomError("text_of_unseen", "a document that was not seen has no text")
        return self


class ClaimRecord(BaseRecord):
    """The proposition, kept apart from who says it."""

    type: Literal["claim"] = "claim"
    text: Line = Field(min_length=1)
    kind: Annotated[str, TermOf("claim_kinds")] = "conduct"
    subjects: tuple[ActorRef, ...] = Field(default=(), description="Who is said to do it")
    objects: tuple[ActorOrTopicRef, ...] = Field(default=(), description="To or with whom")
    concerns: tuple[TopicOrPolicyRef, ...] = ()
    event_time: Edtf | None = Field(default=None, description="When what it speaks of happened or held")


class StatementRecord(BaseRecord):
    """One speech act in one document."""

    type: Literal["statement"] = "statement"
    document: DocumentRef
    act: Annotated[str, TermOf("acts")]
    manner: Annotated[str, TermOf("manners")] | None = None
    speaker: Name = Field(description="The speaker as written")
    actor: ActorRef | None = Field(default=None, description="Who that is; found by the speaker's name when left out")
    anonymous: bool = False
    capacity: Line | None = Field(default=None, description="In what role the speaker speaks, as written")
    about: tuple[MatterRef, ...] = Field(min_length=1)
    content: Line | None = Field(default=None, description="What is said, as written; the claim's text when left out")
    quote: Line | None = Field(default=None, description="The words of the document that are the evidence")
    start: int | None = Field(default=None, ge=0, description="Offset of the quote in code points; found when left out")
    end: int | None = Field(default=None, ge=0)
    spans: tuple[Span, ...] = Field(default=(), description="Parts of a broken quote")
    asserted_at: Edtf | None = Field(default=None, description="When it was said; the document's date when left out")
    certainty: Annotated[str, TermOf("certainties")] | None = None
    hedges: tuple[Name, ...] = ()
    confidence: float = Field(default=1.0, ge=0, le=1, description="How sure the reading is, not whether it is true")
    method: Name = "curated"
    method_version: Name = "1"
    relays: tuple[StatementRef, ...] = Field(default=(), description="Statements that this one reports")
    answers: tuple[StatementRef, ...] = Field(default=(), description="Statements that this one answers")

    @model_validator(mode="after")
    def _offsets_of_quote(self) -> StatementRecord:
        check_offsets(self.quote, self.start, self.end)
        return self


class StatusStep(Strict):
    """One step in a policy's history."""

    status: Annotated[str, TermOf("policy_statuses")]
    at: Edtf
    until: Edtf | None = None
    citation: Line | None = None
    evidence: Evidence | None = None


class PolicyRecord(BaseRecord):
    """A rule or decision of state."""

    type: Literal["policy"] = "policy"
    title: Name
    kind: Annotated[str, TermOf("policy_kinds")]
    number: Name | None = Field(default=None, description="The number it is known by: 'EO 14105', '2022-21658'")
    citation: Line | None = Field(default=None, description="'90 FR 1234'")
    url: Url | None = None
    description: Line | None = None
    issuers: tuple[ActorRef, ...] = ()
    signers: tuple[ActorRef, ...] = ()
    targets: tuple[ActorOrTopicRef, ...] = ()
    concerns: tuple[TopicRef, ...] = ()
    amends: tuple[PolicyRef, ...] = ()
    suspends: tuple[PolicyRef, ...] = ()
    revokes: tuple[PolicyRef, ...] = ()
    implements: tuple[PolicyRef, ...] = ()
    responds_to: tuple[ClaimOrEventRef, ...] = ()
    statuses: tuple[StatusStep, ...] = ()
    provisional: bool = Field(default=False, description="Known only because another names it; changes none that is")
    effective_from: Edtf | None = None
    effective_to: Edtf | None = None
    evidence: tuple[Evidence, ...] = ()


class Participation(Strict):
    """An actor's part in an event."""

    actor: ActorRef
    role: Annotated[str, TermOf("event_roles")] = "participant"
    coded: Name | None = Field(default=None, description="How the feed has the actor: its code and name there")


class EventRecord(BaseRecord):
    """Something that happened."""

    type: Literal["event"] = "event"
    kind: Annotated[str, TermOf("event_kinds")]
    title: Name
    at: Edtf
    place: Name | None = None
    country: Country | None = None
    cameo: str | None = Field(default=None, pattern=r"^\d{2,4}$")
    plover: str | None = Field(default=None, pattern=r"^[A-Z]+$")
    coded: Name | None = Field(default=None, description="What the feed coded: its own code or title, as it has it")
    scheme: Name | None = Field(default=None, description="The scheme of that code and its vintage")
    figures: dict[Annotated[str, Field(max_length=100)], Figure] = Field(default_factory=dict)
    participants: tuple[Participation, ...] = ()
    concerns: tuple[TopicRef, ...] = Field(default=(), description="Topics, such as the shares that fell")
    led_to: tuple[PolicyOrEventRef, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    source_row: Name | None = Field(default=None, description="Feed and row, for a coded event")


class RelationshipRecord(BaseRecord):
    """A relationship between two things that holds for a time, such as AFFILIATED_WITH (STIX: relationship)."""

    type: Literal["relationship"] = "relationship"
    relation: Annotated[str, TermOf("relationships")]
    source: AnyRef
    target: AnyRef
    role: Line | None = None
    valid_from: Edtf | None = None
    valid_to: Edtf | None = None
    evidence: Evidence | None = None
    statement: StatementRef | None = Field(default=None, description="The statement that says so")
    coded: bool = Field(default=False, description="Whether a machine found it, with no sentence to show for it")

    @model_validator(mode="after")
    def _stands_alone(self) -> RelationshipRecord:
        if not ontology().relationships[self.relation].alone:
            alone = ", ".join(row.term for row in ontology().relationships.values() if row.alone)
            raise PydanticCustomError(
                "not_alone",
                "{relation} comes with the record of one of its ends; a relationship record has one of: {alone}",
                {"relation": self.relation, "alone": alone},
            )
        return self


class Link(Strict):
    """A statement of the graph that refers to one that waits for review."""

    statement: Annotated[str, Field(max_length=60)]
    relation: Literal["ANSWERS", "RELAYS"]
    to: Annotated[str, Field(max_length=60)]


class ReviewRecord(BaseRecord):
    """A statement that a reader was not sure of: kept beside the graph until somebody decides."""

    type: Literal["review"] = "review"
    document: DocumentRef
    statement: str = Field(pattern=r"^stmt-[a-z2-7]{20}$", description="The id that the statement will have")
    quote: Line = Field(min_length=1)
    start: int = Field(ge=0, description="Offset of the quote in code points")
    end: int = Field(ge=0)
    confidence: float = Field(ge=0, le=1, description="How sure the reader was")
    threshold: float = Field(ge=0, le=1, description="How sure it has to be for a statement to go in as read")
    records: tuple[dict[str, Any], ...] = Field(
        min_length=1, max_length=100, description="What goes in when it is accepted; the statement is the last of them"
    )
    links: tuple[Link, ...] = Field(default=(), description="References to it that were left out meanwhile")
    cites: tuple[Annotated[str, Field(max_length=60)], ...] = Field(
        default=(), description="Ids of documents that its own then cites"
    )
    status: Annotated[str, TermOf("review_statuses")] = "pending"
    decided_at: KnownAt | None = None
    decided_by: Name | None = None
    note: Line | None = None
    correction: dict[str, Any] | None = Field(default=None, description="The fields that were put right")
    result: str | None = Field(default=None, max_length=60, description="Id of the statement that went in")


class DecisionRecord(BaseRecord):
    """One row of the decision ledger: that two are the same or not, or that earlier decisions stand no longer."""

    type: Literal["decision"] = "decision"
    verdict: Annotated[str, TermOf("verdicts")]
    left: ActorOrClaimRef | None = Field(default=None, description="An actor or a claim; of two that are one, the kept")
    right: ActorOrClaimRef | None = Field(default=None, description="The other")
    revokes: tuple[DecisionRef, ...] = Field(default=(), description="Decisions that stand no longer")
    reason: Line = Field(min_length=1, description="On what evidence")
    score: float | None = Field(default=None, ge=0, le=1, description="Of the matcher that suggested it")
    decided_by: Name
    decided_at: KnownAt

    @model_validator(mode="after")
    def _says_something(self) -> DecisionRecord:
        pair = (self.left is not None) + (self.right is not None)
        if self.verdict == "revoke" and (pair or not self.revokes):
            raise PydanticCustomError("no_revocation", "to revoke needs revokes, and neither left nor right")
        if self.verdict != "revoke" and pair < 2:
            raise PydanticCustomError("no_pair", "{verdict} needs left and right", {"verdict": self.verdict})
        if self.verdict == "same" and self.revokes:
            raise PydanticCustomError("no_revocation", "same revokes nothing; write a decision of its own for that")
        return self


Record = Annotated[
    ActorRecord
    | TopicRecord
    | DocumentRecord
    | ClaimRecord
    | StatementRecord
    | PolicyRecord
    | EventRecord
    | RelationshipRecord
    | ReviewRecord
    | DecisionRecord,
    Field(discriminator="type"),
]

RECORD_TYPES: dict[str, type[BaseRecord]] = {
    "actor": ActorRecord,
    "topic": TopicRecord,
    "document": DocumentRecord,
    "claim": ClaimRecord,
    "statement": StatementRecord,
    "policy": PolicyRecord,
    "event": EventRecord,
    "relationship": RelationshipRecord,
    "review": ReviewRecord,
    "decision": DecisionRecord,
}

record_adapter: TypeAdapter[Record] = TypeAdapter(Record)


def record_json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of one record."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "geokg record",
        **record_adapter.json_schema(),
    }
