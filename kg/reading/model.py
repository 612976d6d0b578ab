"""What the reader returns: statements and what else an article mentions, each with offsets into the article's text."""

from __future__ import annotations

from dataclasses import dataclass, field

READER_VERSION = "grammar-1"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the article's text: `article.text[start:end] == text`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """Who speaks.

    Attributes:
        text: the words that name the speaker in the sentence ("the company", "he").
        start: offset of the first of these words.
        end: offset after the last of them.
        actor: canonical name, when a spotter or an earlier mention in the article says who that is.
        actor_id: the actor's id, when the spotter knows it.
        kind: "actor" (somebody named), "document" (a memo, a report), "anonymous" (a source that is not named),
            "reference" (a pronoun or noun phrase that points to nobody known), "outlet" (the article's own voice).
        issuer: for a document, the words that say who issued it ("White House" in "a White House memo").
        name: the speaker's own name as the article gives it at first mention, when `text` only points to it.
    """

    text: str
    start: int
    end: int
    actor: str | None = None
    actor_id: str | None = None
    kind: str = "reference"
    issuer: str | None = None
    issuer_actor: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """The proposition, and whom it is about, in words and as actors where they are known."""

    text: str
    subject: str | None = None
    object: str | None = None
    subject_actor: str | None = None
    object_actor: str | None = None


@dataclass(frozen=True, slots=True)
class Affiliation:
    """A fact said in passing: this person has this role at this organisation."""

    person: Span
    role: Span | None
    organisation: Span | None
    organisation_actor: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One speech act, as read from one place of the article.

    `start`, `end` and `quote` give the evidence, which is the sentence, or the sentences of a longer quotation.
    `spans` are the parts of the content when it is broken; `relays` and `answers` are indices into the reading's
    statements.
    """

    act: str
    manner: str | None
    cameo: str | None
    source: Source | None
    cue: Span
    content: Span | None
    spans: tuple[tuple[int, int], ...]
    quote: str
    start: int
    end: int
    relays: int | None
    answers: int | None
    certainty: str
    hedges: tuple[str, ...]
    anonymous: bool
    anonymous_count: str | None
    anonymous_type: str | None
    capacity: str | None
    affiliation: Affiliation | None
    addressee: str | None
    asserted_at: str | None
    confidence: float
    construct: str
    claim: Claim


@dataclass(frozen=True, slots=True)
class PolicyMention:
    """A rule or decision of state that the article names."""

    text: str
    start: int
    end: int
    kind: str
    number: str | None = None


@dataclass(frozen=True, slots=True)
class EventMention:
    """Something that happened, as the article tells it, with its figures and date where they are said."""

    kind: str
    quote: str
    start: int
    end: int
    cameo: str | None = None
    date: str | None = None
    participants: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """Who could, or could not, verify what."""

    by: str | None
    status: str
    quote: str
    start: int
    end: int
    statement: int | None = None
    of: int | None = None
    what: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one article; `notes` says what was left unread and why."""

    text: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    language: str
    statements: tuple[Statement, ...] = ()
    policies: tuple[PolicyMention, ...] = ()
    events: tuple[EventMention, ...] = ()
    verifications: tuple[Verification, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    notes: tuple[str, ...] = field(default=())
    method: str = READER_VERSION
