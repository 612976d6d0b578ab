"""The questions: one command each, on the same functions as REST."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Annotated, Any, TypeVar

import typer
from pydantic import BaseModel

from api.cli import show
from api.cli.context import Cursor, DataDir, Json, KnownAt, Limit, ValidAt, fail, shown, with_graph
from kg.asking import (
    actors,
    claims,
    documents,
    neighbourhood,
    paths,
    policies,
    relationships,
    statistics,
    topics,
)
from kg.asking import timeline as timelines
from kg.asking.filters import (
    ActorFilters,
    ClaimFilters,
    DocumentFilters,
    NeighbourhoodFilters,
    PathFilters,
    PolicyFilters,
    RelationshipFilters,
    TimelineFilters,
    TopicFilters,
)
from kg.asking.parameters import AsOf, PageRequest, checked
from kg.asking.search import search_actors
from kg.engine.graph import Graph
from schema.errors import GeokgError

A = TypeVar("A", bound=BaseModel)

ActorName = Annotated[str, typer.Argument(help="Name, alias or id of an actor.", show_default=False)]
From = Annotated[str | None, typer.Option("--from", metavar="DATE", help="Nothing before it.", show_default=False)]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Nothing after it.", show_default=False)]
Kind = Annotated[str | None, typer.Option("--kind", help="A kind of the ontology.", show_default=False)]
Country = Annotated[str | None, typer.Option("--country", help="ISO 3166 code, such as CN.", show_default=False)]
Words = Annotated[str | None, typer.Argument(help="Words to look for.", show_default=False)]
Types = Annotated[
    list[str] | None, typer.Option("--type", help="Type of relationship; repeatable.", show_default=False)
]


def clocks(valid_at: str | None, known_at: str | None) -> AsOf:
    """The two clocks as the command line gives them."""
    try:
        return AsOf.of(valid_at, known_at)
    except GeokgError as error:
        fail(error)


def filtered(model: type[A], **values: Any) -> A:
    """What narrows a list down, as the command line gives it."""
    try:
        return checked(model, **{name: tuple(v) if isinstance(v, list) else v for name, v in values.items()})
    except GeokgError as error:
        fail(error)


def _page(limit: int, cursor: str | None) -> PageRequest:
    return PageRequest(limit, cursor)


def answer(
    ask: Callable[[Graph], Awaitable[A]], display: Callable[[A], None], data_dir: DataDir, as_json: bool
) -> None:
    """Ask the graph, and print the answer."""
    shown(with_graph(ask, data_dir), as_json, display)


def actors_command(
    name: Words = None,
    kind: Kind = None,
    country: Country = None,
    limit: Limit = 20,
    cursor: Cursor = None,
    valid_at: ValidAt = None,
    known_at: KnownAt = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Search actors by name, alias, kind or country; typing errors are forgiven."""
    filters = filtered(ActorFilters, q=name, kind=kind, country=country)
    as_of, page = clocks(valid_at, known_at), _page(limit, cursor)
    answer(lambda graph: search_actors(graph, filters, as_of, page), show.actors, data_dir, as_json)


def actor_command(
    actor: ActorName,
    valid_at: ValidAt = None,
    known_at: KnownAt = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """One actor: names, identifiers, ties to others, counts."""
    as_of = clocks(valid_at, known_at)
    answer(lambda graph: actors.one(graph, actor, as_of), show.actor, data_dir, as_json)


def timeline_command(
    actor: ActorName,
    role: Annotated[
        list[str] | None,
        typer.Option(
            "--role", help="speaker, subject, object, answer, target, issuer, participant.", show_default=False
        ),
    ] = None,
    act: Annotated[list[str] | None, typer.Option("--act", help="Act of a statement.", show_default=False)] = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="statement, policy or event.", show_default=False)
    ] = None,
    counterpart: Annotated[
        str | None, typer.Option("--counterpart", help="Only with this actor.", show_default=False)
    ] = None,
    from_: From = None,
    to: To = None,
    relays: Annotated[bool, typer.Option(help="Show statements that only pass on another's.")] = True,
    oldest: Annotated[bool, typer.Option("--oldest", help="Oldest first.")] = False,
    limit: Limit = 20,
    cursor: Cursor = None,
    valid_at: ValidAt = None,
    known_at: KnownAt = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """What an actor said, what was said about it and answered, decided on it, and done."""
    order = "oldest" if oldest else "newest"
    values = {"role": role, "act": act, "kind": kind, "counterpart": counterpart, "from_": from_, "to": to}
    filters = filtered(TimelineFilters, order=order, relays=relays, **values)
    as_of, page = clocks(valid_at, known_at), _page(limit, cursor)
    answer(lambda graph: timelines.timeline(graph, actor, filters, as_of, page), show.timeline, data_dir, as_json)


def relationships_command(
    actor: ActorName,
    types: Types = None,
    from_: From = None,
    to: To = None,
    limit: Limit = 20,
    cursor: Cursor = None,
    valid_at: ValidAt = None,
    known_at: KnownAt = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """The relationships of an actor, by type and direction, each with its evidence."""
    filters = filtered(RelationshipFilters, type=types, from_=from_, to=to)
    as_of, page = clocks(valid_at, known_at), _page(limit, cursor)
    ask = relationships.of_actor
    answer(lambda graph: ask(graph, actor, filters, as_of, page), show.relationships, data_dir, as_json)


def between_command(
    left: ActorName,
    right: ActorName,
    types: Types = None,
    from_: From = None,
    to: To = None,
    limit: Limit = 20,
    cursor: Cursor = None,
    valid_at: ValidAt = None,
    known_at: KnownAt = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """How two actors are related: directly, and by claims, policies and events."""
    filters = filtered(RelationshipFilters, type=types, from_=from_, to=to)
    as_of, page = clocks(valid_at, known_at), _page(limit, cursor)
    ask = relationships.dyad
    answer(lambda graph: ask(graph, left, right, filters, as_of, page), show.dyad, data_dir, as_json)


def neighbourhood_command(
    actor: ActorName,
    hops: Annotated[int, typer.Option("--hops", help="How far, 1 to 3.")] = 1,
    nodes: Annotated[int, typer.Option("--nodes", help="Most nodes, up to 500.")] = 100,
    types: Types = None,
    valid_at: ValidAt = None,
    known_at: KnownAt = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """The graph around an actor."""
    filters = filtered(NeighbourhoodFilters, type=types, hops=hops, nodes=nodes)
    as_of = clocks(valid_at, known_at)
    ask = neighbourhood.neighbourhood
    answer(lambda graph: ask(graph, actor, filters, as_of), show.neighbourhood, data_dir, as_json)


def path_command(
    source: ActorName,
    target: ActorName,
    k: Annotated[int, typer.Option("-k", help="How many ways, the shortest first.")] = 3,
    hops: Annotated[int, typer.Option("--hops", help="Longest way, 1 to 6.")] = 4,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", help="Through none of these actors; repeatable.", show_default=False),
    ] = None,
    max_degree: Annotated[
        int | None, typer.Option("--max-degree", help="Through no node with more ties.", show_default=False)
    ] = None,
    types: Types = None,
    valid_at: ValidAt = None,
    known_at: KnownAt = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Ways from one actor to another, each step with its evidence."""
    filters = filtered(PathFilters, type=types, k=k, hops=hops, without=without, max_degree=max_degree)
    as_of = clocks(valid_at, known_at)
    answer(lambda graph: paths.paths(graph, source, target, filters, as_of), show.paths, data_dir, as_json)


def claims_command(
    words: Words = None,
    standing: Annotated[
        list[str] | None, typer.Option("--standing", help="Such as contested; repeatable.", show_default=False)
    ] = None,
    accused: Annotated[str | None, typer.Option("--accused", help="Who is said to do it.", show_default=False)] = None,
    speaker: Annotated[str | None, typer.Option("--speaker", help="Who spoke about it.", show_default=False)] = None,
    topic: Annotated[str | None, typer.Option("--topic", help="What it concerns.", show_default=False)] = None,
    unanswered: Annotated[bool, typer.Option("--unanswered", help="Only what no accused has answered.")] = False,
    from_: From = None,
    to: To = None,
    limit: Limit = 20,
    cursor: Cursor = None,
    valid_at: ValidAt = None,
    known_at: KnownAt = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Search claims by words, standing, accused, speaker or topic."""
    values = {"q": words, "standing": standing, "accused": accused, "speaker": speaker, "topic": topic}
    filters = filtered(ClaimFilters, unanswered=unanswered or None, from_=from_, to=to, **values)
    as_of, page = clocks(valid_at, known_at), _page(limit, cursor)
    answer(lambda graph: claims.search(graph, filters, as_of, page), show.claims, data_dir, as_json)


def claim_command(
    claim: Annotated[str, typer.Argument(help="Id of a claim.", show_default=False)],
    relays: Annotated[bool, typer.Option(help="Show statements that only pass on another's.")] = True,
    valid_at: ValidAt = None,
    known_at: KnownAt = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """One claim's dossier: every statement, its standing and why, its origins."""
    as_of = clocks(valid_at, known_at)
    display = partial(show.dossier, relays=relays)
    answer(lambda graph: claims.dossier(graph, claim, as_of), display, data_dir, as_json)


def policies_command(
    words: Words = None,
    kind: Kind = None,
    status: Annotated[str | None, typer.Option("--status", help="Such as in_effect.", show_default=False)] = None,
    issuer: Annotated[str | None, typer.Option("--issuer", help="Who issued it.", show_default=False)] = None,
    target: Annotated[str | None, typer.Option("--target", help="Actor or topic.", show_default=False)] = None,
    from_: From = None,
    to: To = None,
    limit: Limit = 20,
    cursor: Cursor = None,
    valid_at: ValidAt = None,
    known_at: KnownAt = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Search policies by title, number, kind, status, issuer or target."""
    values = {"q": words, "kind": kind, "status": status, "issuer": issuer, "target": target}
    filters = filtered(PolicyFilters, from_=from_, to=to, **values)
    as_of, page = clocks(valid_at, known_at), _page(limit, cursor)
    answer(lambda graph: policies.search(graph, filters, as_of, page), show.policies, data_dir, as_json)


def policy_command(
    policy: Annotated[str, typer.Argument(help="Id or number of a policy.", show_default=False)],
    valid_at: ValidAt = None,
    known_at: KnownAt = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """One policy: history, targets, what it amends and answers."""
    as_of = clocks(valid_at, known_at)
    answer(lambda graph: policies.one(graph, policy, as_of), show.policy, data_dir, as_json)


def documents_command(
    words: Words = None,
    kind: Kind = None,
    publisher: Annotated[str | None, typer.Option("--publisher", help="Outlet.", show_default=False)] = None,
    claim: Annotated[
        str | None, typer.Option("--claim", help="Id of a claim they speak of.", show_default=False)
    ] = None,
    from_: From = None,
    to: To = None,
    limit: Limit = 20,
    cursor: Cursor = None,
    valid_at: ValidAt = None,
    known_at: KnownAt = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Search documents by title, kind, outlet or claim."""
    values = {"q": words, "kind": kind, "publisher": publisher, "claim": claim}
    filters = filtered(DocumentFilters, from_=from_, to=to, **values)
    as_of, page = clocks(valid_at, known_at), _page(limit, cursor)
    answer(lambda graph: documents.search(graph, filters, as_of, page), show.documents, data_dir, as_json)


def document_command(
    document: Annotated[str, typer.Argument(help="Id of a document.", show_default=False)],
    valid_at: ValidAt = None,
    known_at: KnownAt = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """One document: its text with the statements in it."""
    as_of = clocks(valid_at, known_at)
    answer(lambda graph: documents.one(graph, document, as_of), show.document, data_dir, as_json)


def topics_command(
    words: Words = None,
    kind: Kind = None,
    limit: Limit = 20,
    cursor: Cursor = None,
    valid_at: ValidAt = None,
    known_at: KnownAt = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Search topics by name or kind."""
    filters = filtered(TopicFilters, q=words, kind=kind)
    as_of, page = clocks(valid_at, known_at), _page(limit, cursor)
    answer(lambda graph: topics.search(graph, filters, as_of, page), show.topics, data_dir, as_json)


def topic_command(
    topic: Annotated[str, typer.Argument(help="Name or id of a topic.", show_default=False)],
    valid_at: ValidAt = None,
    known_at: KnownAt = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """One topic, and what concerns it."""
    as_of = clocks(valid_at, known_at)
    answer(lambda graph: topics.one(graph, topic, as_of), show.topic, data_dir, as_json)


def statistics_command(
    valid_at: ValidAt = None, known_at: KnownAt = None, data_dir: DataDir = None, as_json: Json = False
) -> None:
    """How much the graph holds."""
    as_of = clocks(valid_at, known_at)
    answer(lambda graph: statistics.statistics(graph, as_of), show.statistics, data_dir, as_json)
