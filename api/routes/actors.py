"""Actors, their timelines and relationships."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.answers import answered, described
from api.engine import Served
from api.moved import answered_there
from api.parameters import ActorName, Part, Times
from kg.asking import actors, neighbourhood, paths, relationships, timeline
from kg.asking.filters import (
    ActorFilters,
    NeighbourhoodFilters,
    PathFilters,
    RelationshipFilters,
    TimelineFilters,
    Wanted,
)
from kg.asking.search import search_actors
from schema.answers.actors import ActorAnswer, ActorPage
from schema.answers.matters import TimelinePage
from schema.answers.relationships import DyadPage, Neighbourhood, PathsAnswer, RelationshipPage

router = APIRouter(tags=["actors"])
_ONE = {"one": {"value": "Alibaba"}}
_OTHER = {"other": {"value": "White House"}}


@router.get("/actors", operation_id="actors", response_model=ActorPage, responses=described())
async def find_actors(graph: Served, filters: Annotated[ActorFilters, Query()], as_of: Times, page: Part) -> Response:
    """Actors by name, kind and country; the same name first, then names that begin so, then similar ones."""
    return answered(await search_actors(graph, filters, as_of, page))


@router.get("/actors/{actor}", operation_id="actor", response_model=ActorAnswer, responses=described(404))
async def one_actor(request: Request, graph: Served, actor: ActorName, as_of: Times) -> Response:
    """One actor: names, identifiers, ties to others, and counts."""
    answer = await actors.one(graph, actor, as_of)
    return answered_there(request, actor, answer.id, answer)


@router.get(
    "/actors/{actor}/timeline",
    operation_id="timeline",
    response_model=TimelinePage,
    responses=described(404),
)
async def actor_timeline(
    request: Request,
    graph: Served,
    actor: ActorName,
    filters: Annotated[TimelineFilters, Query()],
    as_of: Times,
    page: Part,
) -> Response:
    """Statements by and about an actor, answers to them, policies on it or of it, events with it, in order of time."""
    answer = await timeline.timeline(graph, actor, filters, as_of, page)
    return answered_there(request, actor, answer.actor.id, answer)


@router.get(
    "/actors/{actor}/relationships",
    operation_id="relationships",
    response_model=RelationshipPage,
    responses=described(404),
)
async def actor_relationships(
    request: Request,
    graph: Served,
    actor: ActorName,
    filters: Annotated[RelationshipFilters, Query()],
    as_of: Times,
    page: Part,
) -> Response:
    """Relationships of an actor by type and direction, each with its evidence."""
    answer = await relationships.of_actor(graph, actor, filters, as_of, page)
    return answered_there(request, actor, answer.actor.id, answer)


@router.get(
    "/actors/{actor}/neighbourhood",
    operation_id="neighbourhood",
    response_model=Neighbourhood,
    responses=described(404),
)
async def actor_neighbourhood(
    request: Request, graph: Served, actor: ActorName, filters: Annotated[NeighbourhoodFilters, Query()], as_of: Times
) -> Response:
    """The graph around an actor, as nodes and edges, bounded in hops and size."""
    answer = await neighbourhood.neighbourhood(graph, actor, filters, as_of)
    return answered_there(request, actor, answer.centre.id, answer)


@router.get("/between", operation_id="between", response_model=DyadPage, responses=described(404))
async def between_two(
    graph: Served,
    left: Annotated[Wanted, Query(description="Id or exact name", openapi_examples=_OTHER)],
    right: Annotated[Wanted, Query(description="Id or exact name", openapi_examples=_ONE)],
    filters: Annotated[RelationshipFilters, Query()],
    as_of: Times,
    page: Part,
) -> Response:
    """Relationships of two actors with each other (the dyad), and what ties them beside these."""
    return answered(await relationships.dyad(graph, left, right, filters, as_of, page))


@router.get("/paths", operation_id="paths", response_model=PathsAnswer, responses=described(404))
async def paths_between(
    graph: Served,
    source: Annotated[Wanted, Query(description="Id or exact name", openapi_examples=_ONE)],
    target: Annotated[Wanted, Query(description="Id or exact name", openapi_examples=_OTHER)],
    filters: Annotated[PathFilters, Query()],
    as_of: Times,
) -> Response:
    """The k shortest ways between two actors; each step lists what ties its ends, with the evidence."""
    return answered(await paths.paths(graph, source, target, filters, as_of))
