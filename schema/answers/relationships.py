"""Answers about relationships: of one actor, of two, around one, and between two."""

from __future__ import annotations

from pydantic import Field

from schema.answers.common import ActorRef, Answer, AsOfAnswer, Edge, Page, Ref, RelationshipGroup


class RelationshipPage(Page):
    """Relationships of an actor."""

    actor: ActorRef
    groups: tuple[RelationshipGroup, ...] = Field(description="All of them, by type and direction")
    items: tuple[Edge, ...] = Field(description="The newest first")


class DyadPage(Page):
    """Relationships of two actors with each other, and the claims, policies and events that tie them."""

    left: ActorRef
    right: ActorRef
    groups: tuple[RelationshipGroup, ...] = Field(description="Direction as seen from the left")
    items: tuple[Edge, ...] = Field(description="Direct relationships, the newest first")
    shared: tuple[SharedMatter, ...] = Field(default=(), description="What ties them beside these; 100 at most")


class SharedMatter(Answer):
    """A claim, policy or event that both have to do with."""

    matter: Ref
    left: tuple[str, ...] = Field(description="How the left one has to do with it", examples=[["ALLEGES"]])
    right: tuple[str, ...] = Field(examples=[["SUBJECT", "DENIES"]])


class GraphNode(Ref):
    """A node of a neighbourhood."""

    hops: int = Field(description="Distance from the centre")
    country: str | None = None


class Neighbourhood(Answer):
    """The graph around an actor."""

    centre: ActorRef
    nodes: tuple[GraphNode, ...]
    edges: tuple[Edge, ...]
    truncated: bool = Field(description="Whether more lies within the hops than fits the size")
    reason: str | None = Field(default=None, description="What was left out, and how to get it")
    as_of: AsOfAnswer


class PathStep(Answer):
    """From one node of a path to the next."""

    source: str = Field(description="Id of the node it leaves")
    target: str = Field(description="Id of the node it reaches")
    edges: tuple[Edge, ...] = Field(description="What ties the two, in either direction; 10 at most")


class Path(Answer):
    """One way from an actor to another."""

    length: int = Field(description="Number of steps")
    nodes: tuple[Ref, ...]
    steps: tuple[PathStep, ...]


class PathsAnswer(Answer):
    """Ways between two actors, the shortest first."""

    source: ActorRef
    target: ActorRef
    paths: tuple[Path, ...]
    nodes_searched: int
    truncated: bool = Field(description="Whether the search gave up at its bound before it had seen all")
    reason: str | None = None
    as_of: AsOfAnswer
