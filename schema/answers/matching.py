"""Answers of matching: which actors a name may mean, how likely, and why."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schema.answers.common import ActorRef, Answer, AsOfAnswer

Decision = Literal["linked", "suggested", "none"]


class MatchFeature(Answer):
    """One reason for or against."""

    name: str = Field(description="What was compared", examples=["covered"])
    value: float | str = Field(description="What was found: 0 to 1 for parts of names", examples=[1.0])
    weight: float = Field(description="What it adds to the log-odds; below 0 it speaks against", examples=[1.148])


class MatchCandidate(Answer):
    """An actor that may be meant."""

    actor: ActorRef
    matched: str = Field(description="Its name that is most like the one asked for")
    matched_kind: str = Field(description="Kind of that name")
    probability: float = Field(ge=0, le=1, description="That it is the actor, by the name and all other evidence")
    name_probability: float = Field(ge=0, le=1, description="By the name alone")
    features: tuple[MatchFeature, ...] = Field(description="The reasons, the weightiest first")
    evidence: tuple[str, ...] = Field(
        description="What speaks for it beside the name's likeness: identifier, alias, country, kind"
    )
    against: tuple[str, ...] = Field(description="What speaks against it: identifier, country, kind")


class MatchResult(Answer):
    """What came of one name."""

    name: str
    decision: Decision = Field(
        description="linked: the first candidate is the actor; suggested: somebody has to decide; none: nobody is alike"
    )
    reasons: tuple[str, ...] = Field(description="Why it was decided so")
    candidates: tuple[MatchCandidate, ...] = Field(description="The likeliest first")


class MatchAnswer(Answer):
    """What came of each name, in the order of the question."""

    items: tuple[MatchResult, ...]
    as_of: AsOfAnswer
