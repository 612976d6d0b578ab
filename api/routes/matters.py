"""Policies, documents, events, topics, and the graph as a whole."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from api.answers import answered, described, sample
from api.engine import Served
from api.parameters import Part, Times
from kg.asking import denials, documents, events, policies, statistics, topics
from kg.asking.filters import DenialFilters, DocumentFilters, EventFilters, PolicyFilters, TopicFilters, Wanted
from schema.answers.actors import TopicAnswer, TopicPage
from schema.answers.matters import (
    CodedDenialPage,
    DocumentAnswer,
    DocumentPage,
    EventAnswer,
    EventPage,
    PolicyAnswer,
    PolicyPage,
    Statistics,
)

router = APIRouter()


@router.get(
    "/policies",
    operation_id="policies",
    tags=["policies"],
    response_model=PolicyPage,
    responses=described(404),
)
async def search_policies(
    graph: Served, filters: Annotated[PolicyFilters, Query()], as_of: Times, page: Part
) -> Response:
    """Policies, the one announced last first, each with its status as of valid_at, else of today."""
    return answered(await policies.search(graph, filters, as_of, page))


@router.get(
    "/policies/{policy}",
    operation_id="policy",
    tags=["policies"],
    response_model=PolicyAnswer,
    responses=described(404),
)
async def one_policy(
    graph: Served,
    policy: Annotated[
        Wanted, Path(description="Id, number or title", openapi_examples={"a number": {"value": "EO 14105"}})
    ],
    as_of: Times,
) -> Response:
    """One policy: status history, targets, amendments in both directions, what it responds to."""
    return answered(await policies.one(graph, policy, as_of))


@router.get(
    "/documents",
    operation_id="documents",
    tags=["documents"],
    response_model=DocumentPage,
    responses=described(404),
)
async def search_documents(
    graph: Served, filters: Annotated[DocumentFilters, Query()], as_of: Times, page: Part
) -> Response:
    """Documents, the newest first."""
    return answered(await documents.search(graph, filters, as_of, page))


@router.get(
    "/documents/{document}",
    operation_id="document",
    tags=["documents"],
    response_model=DocumentAnswer,
    responses=described(404),
)
async def one_document(
    graph: Served,
    document: Annotated[Wanted, Path(description="Id", openapi_examples=sample("document", "document", "id"))],
    as_of: Times,
) -> Response:
    """One document: its text, the statements that stand in it with their offsets, its versions."""
    return answered(await documents.one(graph, document, as_of))


@router.get("/events", operation_id="events", tags=["events"], response_model=EventPage, responses=described(404))
async def search_events(graph: Served, filters: Annotated[EventFilters, Query()], as_of: Times, page: Part) -> Response:
    """Events, the newest first."""
    return answered(await events.search(graph, filters, as_of, page))


@router.get(
    "/events/answers",
    operation_id="events_answers",
    tags=["events"],
    response_model=CodedDenialPage,
    responses=described(404),
)
async def coded_denials(
    graph: Served, filters: Annotated[DenialFilters, Query()], as_of: Times, page: Part
) -> Response:
    """Denials that a feed coded within some days of an accusation of the reversed dyad, the newest first."""
    return answered(await denials.answered(graph, filters, as_of, page))


@router.get(
    "/events/{event}",
    operation_id="event",
    tags=["events"],
    response_model=EventAnswer,
    responses=described(404),
)
async def one_event(
    graph: Served,
    event: Annotated[Wanted, Path(description="Id", openapi_examples=sample("event", "event", "id"))],
    as_of: Times,
) -> Response:
    """One event: who took part, what is evidence of it, what it led to."""
    return answered(await events.one(graph, event, as_of))


@router.get("/topics", operation_id="topics", tags=["topics"], response_model=TopicPage, responses=described())
async def search_topics(graph: Served, filters: Annotated[TopicFilters, Query()], as_of: Times, page: Part) -> Response:
    """Topics, by name."""
    return answered(await topics.search(graph, filters, as_of, page))


@router.get(
    "/topics/{topic}",
    operation_id="topic",
    tags=["topics"],
    response_model=TopicAnswer,
    responses=described(404),
)
async def one_topic(
    graph: Served,
    topic: Annotated[Wanted, Path(description="Id or exact name", openapi_examples={"a name": {"value": "Qwen"}})],
    as_of: Times,
) -> Response:
    """One topic, and the claims, policies, events and actors tied to it."""
    return answered(await topics.one(graph, topic, as_of))


@router.get(
    "/statistics",
    operation_id="statistics",
    tags=["service"],
    response_model=Statistics,
    responses=described(),
)
async def graph_statistics(graph: Served, as_of: Times) -> Response:
    """Counts by label, type, act, kind and standing."""
    return answered(await statistics.statistics(graph, as_of))
