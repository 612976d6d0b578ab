"""What the service answers about readings that wait for review."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from schema.answers.common import ActorRef, Answer, DocumentRef


class ReviewItem(Answer):
    """A statement that the reader was not sure of, and what became of it."""

    id: str = Field(examples=["review-aaaaaaaaaaaaaaaaaaaa"])
    status: str = Field(description="pending, accepted, corrected or rejected", examples=["pending"])
    document: DocumentRef
    quote: str = Field(description="The words of the document")
    start: int = Field(description="Offset of the quote in the document's text, in code points")
    end: int
    confidence: float = Field(description="How sure the reader was, 0 to 1", examples=[0.64])
    threshold: float = Field(description="How sure it has to be to go in as read", examples=[0.86])
    act: str = Field(examples=["deny"])
    speaker: str = Field(description="As written")
    claim: str | None = Field(default=None, description="What the statement is about, in words, where it brings that")
    record: dict[str, Any] = Field(description="The statement as a record: what a correction changes")
    created_at: str = Field(description="When the graph learned of it")
    decided_at: str | None = None
    decided_by: str | None = None
    note: str | None = None
    correction: dict[str, Any] | None = Field(default=None, description="The fields that were put right")
    result: str | None = Field(default=None, description="Id of the statement that went in")


class ReviewAnswer(ReviewItem):
    """One of them, with what is needed to decide."""

    before: str = Field(description="The text before the quote")
    after: str = Field(description="The text behind the quote")
    brings: tuple[dict[str, Any], ...] = Field(default=(), description="Records that go in with the statement")
    links: tuple[dict[str, str], ...] = Field(
        default=(), description="Statements that answer or relay it, and will refer to it when it goes in"
    )


class ReviewPage(Answer):
    """A part of the queue, the newest first."""

    items: tuple[ReviewItem, ...]
    next: str | None = Field(default=None, description="Cursor of the next part; null at the end")


class ProvisionalActor(Answer):
    """An actor whom a text or feed named and nobody knew."""

    actor: ActorRef
    provisional: bool = Field(description="False once somebody said that it is an actor")
    reviewed_by: str | None = Field(default=None, description="Who said so")
    statements: int = Field(description="Statements that it made")
    claims: int = Field(description="Claims that name it")
    events: int
    documents: tuple[DocumentRef, ...] = Field(description="Some of those in which it speaks")


class ProvisionalPage(Answer):
    """Provisional actors in the order of their names."""

    items: tuple[ProvisionalActor, ...]
    next: str | None = Field(default=None, description="Cursor of the next part; null at the end")
