"""Answers about statements and claims."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schema.answers.common import ActorRef, Answer, AsOfAnswer, DocumentRef, Page, Ref, Time


class StatementRef(Answer):
    """A statement, in short."""

    id: str
    act: str = Field(description="A term of the ontology", examples=["deny"])
    manner: str | None = None
    speaker: str = Field(description="As written")
    actor: ActorRef | None = Field(default=None, description="Who that is; null where the speaker is anonymous")


class StatementAnswer(StatementRef):
    """One speech act in one document."""

    anonymous: bool = False
    capacity: str | None = Field(default=None, description="In what role the speaker speaks, as written")
    content: str | None = None
    quote: str | None = Field(default=None, description="Words of the document; null where the document was not seen")
    start: int | None = Field(default=None, description="Offset of the quote in the document's text, in code points")
    end: int | None = None
    document: DocumentRef | None = None
    asserted_at: Time | None = Field(default=None, description="When it was said")
    certainty: str | None = None
    hedges: tuple[str, ...] = ()
    confidence: float = Field(default=1.0, description="How sure the reading is, not whether it is true")
    method: str | None = None
    about: tuple[Ref, ...] = ()
    relays: tuple[StatementRef, ...] = Field(default=(), description="Statements that it reports")
    relayed_by: tuple[StatementRef, ...] = Field(default=(), description="Statements that report it")
    answers: tuple[StatementRef, ...] = Field(default=(), description="Statements that it answers")
    answered_by: tuple[StatementRef, ...] = ()


class DossierStatement(StatementAnswer):
    """A statement of a dossier, with the text around its quote."""

    before: str | None = Field(default=None, description="Text of the document before the quote")
    after: str | None = Field(default=None, description="Text of the document behind the quote")
    chain: tuple[StatementRef, ...] = Field(
        default=(), description="What it reports, step by step, down to the first source"
    )


class Origin(Answer):
    """A first source: statements whose chains of relays end here count once."""

    kind: Literal["unseen_document", "speaker", "anonymous"] = Field(
        description="A document known only through others; a named speaker; an unnamed one in one document"
    )
    name: str = Field(description="Title of that document, or the speaker", examples=["White House memo"])
    id: str | None = Field(default=None, description="Id of that document or actor")
    statements: tuple[str, ...] = Field(description="Statements made there")
    reported_in: tuple[str, ...] = Field(description="Ids of the seen documents that lead back to it")


class HoursRange(Answer):
    """Hours between two times that may be imprecise."""

    least: float
    most: float
    allegation: str = Field(description="Id of the first allegation that was published")
    answer: str = Field(description="Id of the first answer")


class StandingAnswer(Answer):
    """What a claim's statements amount to; never whether it is true."""

    standing: str = Field(description="A term of the ontology", examples=["contested"])
    definition: str
    because: tuple[str, ...] = Field(description="Ids of the statements that it was computed from")
    put_forward_by: tuple[str, ...] = Field(
        default=(), description="Ids of statements that put it forward or support it"
    )
    denied_by: tuple[str, ...] = ()
    confirmed_by: tuple[str, ...] = ()
    could_not_verify: tuple[str, ...] = Field(default=(), description="Ids of statements that could not verify it")
    declined_by: tuple[str, ...] = ()
    documents: int = Field(description="Seen documents with a statement about it; versions of one count once")
    copies: int = Field(default=0, description="Those of the documents that are near copies of another")
    origins: int = Field(description="Independent origins")
    named_sources: int = Field(description="Named speakers who put it forward or support it")
    anonymous_sources: int
    hours_to_answer: HoursRange | None = Field(
        default=None, description="From the first published allegation to the first answer; null where there is none"
    )


class ClaimSummary(Answer):
    """A claim in a list."""

    id: str
    text: str
    kind: str | None = None
    event_time: Time | None = Field(default=None, description="When what it speaks of happened or held")
    subjects: tuple[ActorRef, ...] = Field(default=(), description="Who is said to do it")
    objects: tuple[Ref, ...] = ()
    concerns: tuple[Ref, ...] = ()
    standing: StandingAnswer
    statements: int
    first_at: str | None = Field(default=None, description="Earliest second of its first statement")
    last_at: str | None = Field(default=None, description="Earliest second of its last statement")


class ClaimPage(Page):
    """Claims, the one last spoken of first."""

    items: tuple[ClaimSummary, ...]


class Dossier(ClaimSummary):
    """All that was said about one claim, by whom, where and on whose word."""

    members: tuple[str, ...] = Field(default=(), description="Ids of the claims that are one with it by decision")
    said: tuple[DossierStatement, ...] = Field(description="Every statement about it, oldest first")
    origins: tuple[Origin, ...]
    documents: tuple[DocumentRef, ...]
    responses: tuple[Ref, ...] = Field(default=(), description="Policies that respond to it")
    as_of: AsOfAnswer
