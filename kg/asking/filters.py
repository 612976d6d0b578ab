"""What narrows each list down; the words of the REST parameters and of the command line's options."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from kg.asking.parameters import Filters
from schema.answers.common import Direction
from schema.answers.matters import Role
from schema.fields import Country, Edtf, Name, TermOf
from schema.times import LATEST, parse_time

Act = Annotated[str, TermOf("acts")]
Kinds = Literal["statement", "policy", "event"]
RelationshipType = Annotated[str, TermOf("relationships")]
Wanted = Annotated[Name, Field(max_length=300)]
"""An id or a name; control characters are refused."""


class During(Filters):
    """A stretch of time."""

    from_: Edtf | None = Field(default=None, alias="from", description="Nothing before it (EDTF)", examples=["2025-11"])
    to: Edtf | None = Field(default=None, description="Nothing after it (EDTF)", examples=["2025-11-30"])

    @model_validator(mode="after")
    def _in_order(self) -> During:
        if self.earliest > self.latest:
            raise PydanticCustomError("no_time", "'from' lies behind 'to'")
        return self

    @property
    def earliest(self) -> str:
        """First second asked for."""
        return parse_time(self.from_).earliest if self.from_ else ""

    @property
    def latest(self) -> str:
        """Last second asked for."""
        return parse_time(self.to).latest if self.to else LATEST

    @property
    def bounded(self) -> bool:
        """Whether any stretch was asked for, so that what has no time falls out."""
        return self.from_ is not None or self.to is not None


class ActorFilters(Filters):
    """Which actors."""

    q: Wanted | None = Field(default=None, description="A name or a part of it; typing errors are forgiven")
    kind: Annotated[str, TermOf("actor_kinds")] | None = None
    country: Country | None = Field(default=None, description="ISO 3166-1 alpha-2", examples=["CN"])


class TimelineFilters(During):
    """Which part of an actor's timeline."""

    role: tuple[Role, ...] = Field(default=(), description="How the actor has to do with it")
    act: tuple[Act, ...] = Field(default=(), description="Acts of statements; leaves policies and events out")
    kind: tuple[Kinds, ...] = Field(default=(), description="statement, policy or event")
    counterpart: Wanted | None = Field(default=None, description="Only what has to do with this actor too; id or name")
    relays: bool = Field(default=True, description="Whether to show statements that only pass on another's")
    order: Literal["newest", "oldest"] = "newest"


class RelationshipFilters(During):
    """Which relationships."""

    type: tuple[RelationshipType, ...] = Field(default=(), description="Types; all that tie actors when left out")
    direction: Direction | None = None


class NeighbourhoodFilters(Filters):
    """How far, and by what."""

    type: tuple[RelationshipType, ...] = ()
    hops: int = Field(default=1, ge=1, le=3)
    nodes: int = Field(default=100, ge=1, le=500, description="Most nodes")


class PathFilters(Filters):
    """Which ways."""

    type: tuple[RelationshipType, ...] = ()
    k: int = Field(default=3, ge=1, le=20, description="How many ways, the shortest first")
    hops: int = Field(default=6, ge=1, le=8, description="Longest way")
    without: tuple[Wanted, ...] = Field(default=(), description="Actors no way may lead through; ids or names")
    max_degree: int | None = Field(
        default=None, ge=1, description="No way leads through a node with more relationships than this (a hub)"
    )


class ClaimFilters(During):
    """Which claims."""

    q: Wanted | None = Field(default=None, description="Words of the claim's text")
    standing: tuple[Annotated[str, TermOf("standings")], ...] = ()
    accused: Wanted | None = Field(default=None, description="Who is said to do it; id or name")
    speaker: Wanted | None = Field(default=None, description="Who made a statement about it; id or name")
    topic: Wanted | None = Field(default=None, description="What it concerns; id or name")
    unanswered: bool = Field(default=False, description="Only what nobody who is accused has answered")


class PolicyFilters(During):
    """Which policies; from and to bound the steps of their history."""

    q: Wanted | None = Field(default=None, description="A part of title, number or citation")
    kind: Annotated[str, TermOf("policy_kinds")] | None = None
    status: Annotated[str, TermOf("policy_statuses")] | None = Field(
        default=None, description="As of valid_at, else of today"
    )
    issuer: Wanted | None = Field(default=None, description="Id or name")
    target: Wanted | None = Field(default=None, description="Actor or topic; id or name")


class DocumentFilters(During):
    """Which documents; from and to bound their publication."""

    q: Wanted | None = Field(default=None, description="A part of the title")
    kind: Annotated[str, TermOf("document_kinds")] | None = None
    publisher: Wanted | None = Field(default=None, description="Id or name")
    claim: Annotated[str, Field(max_length=60)] | None = Field(
        default=None, description="With a statement about it; id"
    )
    seen: bool | None = None


class EventFilters(During):
    """Which events."""

    cameo: tuple[Annotated[str, Field(pattern=r"^\d{2,4}$")], ...] = Field(
        default=(), description="CAMEO codes, each with the codes below it", examples=[["112"]]
    )
    plover: Annotated[str, Field(pattern=r"^[A-Z]{1,20}$")] | None = Field(
        default=None, description="Event type of PLOVER"
    )
    coded: Wanted | None = Field(default=None, description="A part of what the feed coded", examples=["sanction"])
    role: Annotated[str, TermOf("event_roles")] | None = Field(default=None, description="Of the participant")

    q: Wanted | None = Field(default=None, description="A part of the title")
    kind: Annotated[str, TermOf("event_kinds")] | None = None
    participant: Wanted | None = Field(default=None, description="Id or name")
    country: Country | None = None
    count: bool = Field(default=False, description="Whether to count all of them too")

    @model_validator(mode="after")
    def _role_of_whom(self) -> EventFilters:
        if self.role and not self.participant:
            raise PydanticCustomError("role_of_nobody", "a role needs the participant who has it")
        return self


class DenialFilters(During):
    """Which coded denials, and how near an accusation has to be; from and to bound the denial."""

    days: int = Field(default=3, ge=0, le=366, description="Most days between the accusation and the denial")
    order: Literal["any", "after"] = Field(
        default="any",
        description="after: only accusations of the same day or before; a feed's days are of reports",
    )
    denier: Wanted | None = Field(default=None, description="Who denies; id or name")
    accuser: Wanted | None = Field(default=None, description="To whom, who accused; id or name")
    count: bool = Field(default=False, description="Whether to count all of them too")


class TopicFilters(Filters):
    """Which topics."""

    q: Wanted | None = Field(default=None, description="A part of a name")
    kind: Annotated[str, TermOf("topic_kinds")] | None = None
