"""What every answer is made of: references, times, evidence, relationships, pages."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    """Root of all answers; what the graph does not know is left out or null."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Time(Answer):
    """A time as written, with the bounds of what it can mean."""

    edtf: str = Field(description="As written, EDTF (ISO 8601-2)", examples=["2025-11-14"])
    earliest: str = Field(description="First second it can mean, UTC", examples=["2025-11-14T00:00:00Z"])
    latest: str = Field(description="Last second it can mean, UTC", examples=["2025-11-14T23:59:59Z"])
    precision: str = Field(description="second, day, month, year, interval or imprecise", examples=["day"])


class AsOfAnswer(Answer):
    """The two clocks the answer was read at."""

    valid_at: str | None = Field(default=None, description="The world as it was then; null: no bound")
    known_at: str = Field(description="What this graph knew then", examples=["2025-11-14T09:30:00.000000Z"])


class Ref(Answer):
    """A thing of the graph, in short."""

    id: str = Field(examples=["actor-aaaaaaaaaaaaaaaaaaaa"])
    label: str = Field(description="Actor, Claim, Policy, Event, Topic, Document or Statement", examples=["Actor"])
    name: str = Field(description="What people call it", examples=["Alibaba Group"])
    kind: str | None = Field(default=None, description="Its kind, a term of the ontology", examples=["company"])


class ActorRef(Ref):
    """An actor, in short."""

    label: str = "Actor"
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-2", examples=["CN"])


class DocumentRef(Answer):
    """A document, in short."""

    id: str
    title: str
    kind: str | None = None
    outlet: str | None = Field(default=None, description="Who published it, as written", examples=["Financial Times"])
    url: str | None = None
    published_at: str | None = Field(default=None, description="EDTF", examples=["2025-11-14"])
    seen: bool = Field(default=True, description="False where it is known only because another document cites it")


EvidenceKind = Literal["quoted", "coded", "cited"]
"""``quoted``: a sentence of a document; ``coded``: what a machine coded, with no sentence behind it; ``cited``: a
reference to a document or another source."""


class Evidence(Answer):
    """Where a fact stands: a sentence of a document, or a citation."""

    kind: EvidenceKind = Field(default="cited", description="quoted: a sentence; coded: by a machine; cited")

    id: str | None = Field(default=None, description="The statement, policy or event that is the evidence")
    label: str | None = Field(default=None, description="Statement, Policy or Event")
    quote: str | None = Field(default=None, description="The words of the document")
    start: int | None = Field(default=None, description="Offset of the quote in the document's text, in code points")
    end: int | None = Field(default=None, description="Offset behind the quote")
    document: DocumentRef | None = None
    citation: str | None = Field(default=None, description="Reference to a source that is no document of the graph")
    relayed_by: str | None = Field(
        default=None, description="The statement whose quote this is, where the evidence itself was not seen"
    )


class Edge(Answer):
    """One relationship, with what supports it."""

    id: str
    type: str = Field(description="A term of the ontology", examples=["ACCUSES"])
    source: Ref
    target: Ref
    derived: bool = Field(description="Written from the evidence named, and rebuilt from it alone")
    at: str | None = Field(default=None, description="When it happened or was said, EDTF")
    valid_from: str | None = Field(default=None, description="Since when it holds, EDTF")
    valid_to: str | None = Field(default=None, description="Until when it held, EDTF")
    role: str | None = None
    manner: str | None = Field(default=None, description="Of a denial: flat, partial, non_denial, counter_accusation")
    evidence: tuple[Evidence, ...] = ()


Direction = Literal["out", "in"]


class RelationshipGroup(Answer):
    """The relationships of one type and direction."""

    type: str = Field(examples=["ACCUSES"])
    direction: Direction = Field(description="out: from the actor (the first of a pair); in: towards it")
    count: int
    coded: int = Field(default=0, description="How many of these a machine coded, with no sentence behind them")
    first: str | None = Field(default=None, description="Earliest second of the first one", examples=[None])
    last: str | None = Field(default=None, description="Earliest second of the last one")
    evidence: tuple[str, ...] = Field(default=(), description="Ids of statements, policies and events; 100 at most")


class Page(Answer):
    """A part of a list."""

    next: str | None = Field(default=None, description="Cursor of the next part; null at the end")
    as_of: AsOfAnswer


def edtf_of(properties: dict[str, Any], name: str) -> Time | None:
    """The time that a node or relationship holds under a name."""
    written = properties.get(name)
    if written is None:
        return None
    return Time(
        edtf=written,
        earliest=properties[f"{name}_earliest"],
        latest=properties[f"{name}_latest"],
        precision=properties[f"{name}_precision"],
    )
