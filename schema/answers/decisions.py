"""What the service answers about decisions: who is one with whom, why, and what a decision would change."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schema.answers.common import Answer, AsOfAnswer, Page, Ref


class DecisionAnswer(Answer):
    """A decision of the ledger, and whether it stands."""

    id: str = Field(examples=["decision-aaaaaaaaaaaaaaaaaaaa"])
    verdict: str = Field(description="same, different or revoke", examples=["same"])
    left: Ref | None = Field(default=None, description="As decided on, not the canonical one; the kept of two")
    right: Ref | None = None
    revokes: tuple[str, ...] = Field(default=(), description="Ids of decisions that it ends")
    reason: str
    score: float | None = Field(default=None, description="Of the matcher that suggested it, 0 to 1")
    decided_by: str
    decided_at: str
    recorded_at: str = Field(description="When this graph learned of it")
    stands: bool = Field(description="Whether no decision that stands revokes it")
    revoked_by: str | None = Field(default=None, description="Id of the decision that ended it")


class DecisionPage(Page):
    """Decisions, the newest first."""

    items: tuple[DecisionAnswer, ...]


class Reason(Answer):
    """One step of a chain of reasons: a decision that ties two, or keeps them apart."""

    start: Ref
    end: Ref
    verdict: str = Field(examples=["same"])
    decision: str = Field(description="Id of the decision")
    decided_by: str
    decided_at: str
    reason: str


class WhyAnswer(Answer):
    """How two actors or claims stand to each other, and why."""

    left: Ref
    right: Ref
    relation: Literal["itself", "same", "different", "undecided"]
    chain: tuple[Reason, ...] = Field(description="The shortest chain of decisions from the left to the right")
    as_of: AsOfAnswer


class Whole(Answer):
    """Actors, or claims, that are one."""

    canonical: Ref = Field(description="The one whose id and name are shown")
    members: tuple[Ref, ...] = Field(description="All of them, the canonical one among them")


class IdentityAnswer(Whole):
    """An actor or claim, all that are one with it, and what was decided about any of them."""

    apart: tuple[Ref, ...] = Field(description="Those that a decision keeps apart from it")
    decisions: tuple[DecisionAnswer, ...] = Field(description="The newest first, undone ones included; 200 at most")
    as_of: AsOfAnswer


class StandingInShort(Answer):
    """A claim's standing in figures."""

    standing: str = Field(examples=["contested"])
    documents: int
    origins: int
    named_sources: int


class StandingChange(Answer):
    """A claim whose standing a decision changes."""

    claim: Ref
    before: StandingInShort
    after: StandingInShort


class Changes(Answer):
    """What a decision would change; nothing is changed yet."""

    before: tuple[Whole, ...] = Field(description="The wholes that it changes, as they are; single ones left out")
    after: tuple[Whole, ...] = Field(description="As they would be")
    shown_otherwise: tuple[Ref, ...] = Field(description="Those that would be shown under another id, or their own")
    names: tuple[str, ...] = Field(description="Names of actors that would come to be one's, 100 at most")
    statements: int = Field(description="Statements by or about those that are shown otherwise")
    relationships: int = Field(description="Relationships of theirs")
    between: int = Field(description="Relationships between those that become one; they are shown no longer")
    claims: tuple[StandingChange, ...] = Field(description="Claims whose standing would be another")
    truncated: bool = Field(default=False, description="Whether there are more claims than were looked at (2,000)")


class DecidedAnswer(Answer):
    """A decision that was made, or, in a preview, that would be."""

    decision: DecisionAnswer
    made: bool = Field(description="False in a preview")
    refused: str | None = Field(default=None, description="In a preview: what stands against it")
    changes: Changes | None = Field(default=None, description="In a preview: what it would change")
