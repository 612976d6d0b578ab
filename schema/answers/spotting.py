"""Answers about names in a text, and about claims that may be one: each with what speaks for it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schema.answers.common import ActorRef, Answer, AsOfAnswer, Ref


class Weighed(Answer):
    """One piece of evidence, and what it is worth."""

    feature: str = Field(examples=["country named"])
    weight: float = Field(examples=[0.5])


class MentionCandidate(Answer):
    """An actor that a name may mean."""

    actor: ActorRef
    score: float = Field(description="Sum of the weights")
    reasons: tuple[Weighed, ...]


class MentionAnswer(Answer):
    """A name in a text, and whom it means."""

    text: str = Field(examples=["Beijing"])
    start: int = Field(description="Offset of its first code point")
    end: int
    alias_kind: str = Field(description="How the actor is named there", examples=["metonym"])
    actor: ActorRef | None = Field(default=None, description="Null where it cannot be told")
    candidates: tuple[MentionCandidate, ...] = Field(description="All that were thought of, the best first")


class MentionsAnswer(Answer):
    """The names of a text."""

    mentions: tuple[MentionAnswer, ...]


class ClaimFeature(Answer):
    """What two claims have in common, or what tells them apart."""

    feature: str = Field(examples=["words"])
    value: float
    weight: float = Field(description="The value times the weight is its part of the score")


class SimilarClaim(Answer):
    """A claim that may be the same as another."""

    claim: Ref
    probability: float = Field(description="That they are one, as the matcher sees it")
    verdict: Literal["same", "suggested"]
    features: tuple[ClaimFeature, ...]


class SimilarClaims(Answer):
    """Claims that may be one with a claim, the likeliest first."""

    claim: Ref
    items: tuple[SimilarClaim, ...]
    as_of: AsOfAnswer
