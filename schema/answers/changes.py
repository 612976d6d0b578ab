"""Answers about what changed in the graph."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

ChangeKind = Literal["added", "changed", "retracted", "restored", "merged", "kept_apart", "revoked"]


class ChangeAnswer(BaseModel):
    """One change of one record."""

    cursor: str = Field(description="The place behind this change: pass it as 'since', or as Last-Event-ID")
    change: ChangeKind
    id: str
    label: str = Field(description="What it is; Relationship for one that has a record of its own")
    at: str = Field(description="When the graph learned it, in the clock of known_at")
    job: str | None = Field(default=None, description="The job that it is part of")
    left: str | None = Field(default=None, description="Of a decision: what is kept of two that are one")
    right: str | None = Field(default=None, description="Of a decision: the other")


class ChangePage(BaseModel):
    """Changes in the order in which the graph learned them."""

    items: tuple[ChangeAnswer, ...]
    next: str = Field(description="Where to go on, now or when there is more")
    more: bool = Field(description="Whether there is more already")
