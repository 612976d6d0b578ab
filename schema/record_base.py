"""What every record has: an id, a key, when the graph knew it; and what stands as evidence of a fact."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from schema.fields import DocumentRef, Key, KnownAt, Line, PastInterval

Span = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]


class Strict(BaseModel):
    """A part of a record: nothing unknown in it, and nothing changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Known(Strict):
    """When the graph knew something."""

    recorded_at: KnownAt
    retracted_at: KnownAt | None = None
    past: tuple[PastInterval, ...] = ()


class BaseRecord(Strict):
    """What every record has beside what it says."""

    id: str | None = Field(default=None, max_length=60, description="Derived from the content; checked when given")
    key: Key | None = Field(default=None, description="A handle by which other records may name this one")
    recorded_at: KnownAt | None = Field(default=None, description="When the graph learned it")
    retracted_at: KnownAt | None = Field(default=None, description="When the graph unlearned it")
    retraction_reason: Line | None = None
    past: tuple[PastInterval, ...] = Field(
        default=(), description="Earlier intervals in which the graph knew it, each 'from/to'"
    )
    parts: dict[str, Known] = Field(
        default_factory=dict, description="The same for names, steps and relationships learned at another time, by id"
    )
    revisions: tuple[str, ...] = Field(default=(), description="What changed later, each a JSON object")


def check_offsets(quote: str | None, start: int | None, end: int | None) -> None:
    """Offsets that cannot be checked against a quote would be taken on trust."""
    if quote is None and (start is not None or end is not None):
        raise PydanticCustomError("offsets_of_nothing", "start and end need the quote that stands there")
    if start is None and end is not None:
        raise PydanticCustomError("end_without_start", "end needs start; leave both out, and they are found")


class Evidence(Strict):
    """Where a fact stands: a quote in a document, or a citation."""

    document: DocumentRef | None = None
    quote: Line | None = None
    start: int | None = Field(default=None, ge=0, description="Offset of the quote in code points; found when left out")
    end: int | None = Field(default=None, ge=0)
    citation: Line | None = Field(default=None, description="Reference to a source that is no document of the graph")

    @model_validator(mode="after")
    def _says_something(self) -> Evidence:
        if self.document is None and self.citation is None:
            raise PydanticCustomError("no_evidence", "evidence needs a document or a citation")
        if self.quote is not None and self.document is None:
            raise PydanticCustomError("no_evidence", "a quote needs its document")
        check_offsets(self.quote, self.start, self.end)
        return self
