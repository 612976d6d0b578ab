"""Answers about the retraction of a whole source."""

from __future__ import annotations

from pydantic import BaseModel, Field


class ChangedStanding(BaseModel):
    """A claim whose standing changes."""

    id: str
    text: str
    before: str
    after: str
    statements: int = Field(description="Statements about it that fall")


class LeftActor(BaseModel):
    """An actor of whom nothing is left: no statement, event, policy, document or tie."""

    id: str
    name: str


class SourceRetraction(BaseModel):
    """What falls when a source is retracted, or stands again when that is undone."""

    source: str
    reason: str
    at: str | None = Field(description="When it takes effect, for all of it at once; null for a preview")
    nodes: dict[str, int] = Field(description="Numbers by label")
    bare: int = Field(default=0, description="Of them, statements of unseen documents that nothing else relays")
    claims: int = Field(default=0, description="Claims that falling statements are about")
    standings: tuple[ChangedStanding, ...] = Field(default=(), description="Those whose standing changes; 200 at most")
    actors: tuple[LeftActor, ...] = Field(default=(), description="Of whom nothing is left; 200 at most")
    actors_left: int = Field(default=0, description="How many those are")
