"""Answers about actors and topics."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schema.answers.common import ActorRef, Answer, AsOfAnswer, Edge, Page, Ref, RelationshipGroup


class ActorName(Answer):
    """One name of an actor."""

    name: str = Field(examples=["阿里巴巴"])
    kind: str = Field(description="official, name, short, ticker, former, metonym or transliteration")
    language: str | None = Field(default=None, description="BCP 47 tag", examples=["zh"])
    script: str | None = Field(default=None, description="ISO 15924", examples=["Hani"])
    source: str | None = None


class MatchedPart(Answer):
    """A part of what was asked for, and the part of the name that it matched."""

    asked: str = Field(description="As asked, folded", examples=["alibba"])
    start: int = Field(description="Offset in the matched name, in code points", examples=[0])
    end: int = Field(description="Offset behind it", examples=[7])
    by: Literal["same", "beginning", "letters", "sound", "characters"] = Field(
        description="The same word, its beginning, its letters, its sound, or characters of a script without spaces"
    )
    likeness: float = Field(ge=0, le=1)


class ActorMatch(Answer):
    """An actor that a search found, and by which of its names."""

    actor: ActorRef
    matched: str | None = Field(default=None, description="The name that matched; null where no name was asked for")
    matched_kind: str | None = Field(default=None, description="Kind of that name")
    how: Literal["exact", "prefix", "similar", "listed"] = Field(
        description="exact: the whole name; prefix: its beginning; similar: by its parts; listed: no name was asked for"
    )
    score: float = Field(
        description="Likeness of asked and matched name, 0 to 1; 1 is the same name. The mean of the parts' likeness, "
        "by their length, less up to 15 % for what of the name was not asked for, and 3 % for another order of words",
        ge=0,
        le=1,
    )
    parts: tuple[MatchedPart, ...] = Field(
        default=(), description="What matched, to highlight and to explain the score"
    )
    covered: float | None = Field(
        default=None, description="The share of the matched name's letters that was asked for", ge=0, le=1
    )


class Facet(Answer):
    """How many of the actors found have a value."""

    value: str = Field(examples=["company"])
    count: int


class Facets(Answer):
    """Counts of all actors found, not only of those in this part of the list."""

    kind: tuple[Facet, ...] = ()
    country: tuple[Facet, ...] = ()


class ActorPage(Page):
    """Actors found, the best match first."""

    items: tuple[ActorMatch, ...]
    facets: Facets | None = Field(default=None, description="By kind and country; null where no name was asked for")


class ActorAnswer(Answer):
    """One actor: names, identifiers, ties to others, and how much the graph knows about it."""

    id: str
    name: str
    kind: str
    country: str | None = None
    description: str | None = None
    provisional: bool = Field(default=False, description="Found in a text and not yet reviewed")
    names: tuple[ActorName, ...]
    identifiers: dict[str, str] = Field(default_factory=dict, description="Scheme to value, such as lei or ticker")
    members: tuple[str, ...] = Field(default=(), description="Ids of the actors that are one with it by decision")
    relations: tuple[Edge, ...] = Field(description="Ties to other actors and topics, as the world is; 200 at most")
    relationships: tuple[RelationshipGroup, ...] = Field(description="Counts by type and direction")
    statements_made: int
    statements_about: int = Field(description="Statements about claims of which it is subject or object")
    policies_issued: int
    policies_targeting: int
    events: int
    recorded_at: str = Field(description="When this graph learned of it")
    as_of: AsOfAnswer


class TopicMatch(Answer):
    """A topic in a list."""

    topic: Ref
    aliases: tuple[str, ...] = ()
    description: str | None = None
    mentions: int = Field(description="Claims, policies and events that concern it")


class TopicPage(Page):
    """Topics, by name."""

    items: tuple[TopicMatch, ...]


class TopicAnswer(Answer):
    """One topic, and what concerns it."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    description: str | None = None
    relations: tuple[Edge, ...] = Field(description="Claims, policies, events and actors tied to it; 200 at most")
    relationships: tuple[RelationshipGroup, ...]
    as_of: AsOfAnswer
