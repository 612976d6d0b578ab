"""What waits for review, and the decisions on it."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.answers import answered, described, sample
from api.engine import Served
from api.parameters import Part
from api.security import check_writer
from kg.asking.filters import Wanted
from kg.review import actors, deciding
from kg.review.asking import ReviewFilters, one, reviews
from schema.answers.reviews import ProvisionalActor, ProvisionalPage, ReviewAnswer, ReviewPage
from schema.fields import Country, Line, Name, TermOf

router = APIRouter(tags=["reviews"])
deciding_router = APIRouter(tags=["reviews"], dependencies=[Depends(check_writer)])

_REFUSED: Final = (401, 403, 404, 409, 413, 415)
_Actor = Annotated[Wanted, Path(description="Id", openapi_examples=sample("actor", "id"))]
_Review = Annotated[Wanted, Path(description="Id", openapi_examples=sample("review", "id"))]


class Decision(BaseModel):
    """Who decides, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    by: Name = Field(description="Who decides", examples=["R. Rassendyll"])
    note: Line | None = Field(default=None, max_length=2_000, description="Why", examples=["read as it stands"])


class Acceptance(Decision):
    """Who says that it is an actor, and what was guessed wrongly."""

    kind: Annotated[str, TermOf("actor_kinds")] | None = Field(default=None, examples=["company"])
    country: Country | None = Field(default=None, description="ISO 3166-1 alpha-2", examples=["PA"])


class Correction(Decision):
    """Who decides, and what was read wrongly."""

    correction: dict[str, Any] = Field(
        min_length=1,
        max_length=30,
        description="Fields of the statement record, null for one that it should not have; `claim` holds fields of the "
        "claim that it is about",
        examples=[{"act": "deny", "manner": "partial"}],
    )


@router.get("/reviews", operation_id="reviews", response_model=ReviewPage, responses=described())
async def list_reviews(graph: Served, filters: Annotated[ReviewFilters, Query()], page: Part) -> Response:
    """Statements that the reader was not sure of, the newest first; those that nobody has decided on unless asked."""
    return answered(await reviews(graph, filters, page))


@router.get("/reviews/actors", operation_id="provisional_actors", response_model=ProvisionalPage, responses=described())
async def list_provisional_actors(graph: Served, page: Part) -> Response:
    """Actors whom a text or feed named and nobody knew, in the order of their names."""
    return answered(await actors.provisional_actors(graph, page))


@deciding_router.post(
    "/reviews/actors/{actor}/accept",
    operation_id="accept_actor",
    response_model=ProvisionalActor,
    responses=described(*_REFUSED),
)
async def accept_actor(graph: Served, actor: _Actor, body: Acceptance) -> Response:
    """Make a provisional actor a lasting one."""
    await actors.accept_actor(graph, actor, body.by, body.kind, body.country, body.note)
    return answered(await actors.one_provisional(graph, actor))


@deciding_router.post(
    "/reviews/actors/{actor}/reject",
    operation_id="reject_actor",
    response_model=ProvisionalActor,
    responses=described(*_REFUSED),
)
async def reject_actor(graph: Served, actor: _Actor, body: Decision) -> Response:
    """Retract a provisional actor that is none; statements keep the words by which they name it."""
    await actors.reject_actor(graph, actor, body.by, body.note)
    return answered(await actors.one_provisional(graph, actor))


@router.get("/reviews/{review}", operation_id="review", response_model=ReviewAnswer, responses=described(404))
async def one_review(graph: Served, review: _Review) -> Response:
    """One of them, with the text around its quote, and what goes in with it."""
    return answered(await one(graph, review))


@deciding_router.post(
    "/reviews/{review}/accept",
    operation_id="accept_review",
    response_model=ReviewAnswer,
    responses=described(*_REFUSED),
)
async def accept_review(graph: Served, review: _Review, body: Decision) -> Response:
    """Let the statement into the graph as it was read. A decision is made once."""
    await deciding.accept(graph, review, body.by, body.note)
    return answered(await one(graph, review))


@deciding_router.post(
    "/reviews/{review}/correct",
    operation_id="correct_review",
    response_model=ReviewAnswer,
    responses=described(*_REFUSED),
)
async def correct_review(graph: Served, review: _Review, body: Correction) -> Response:
    """Let the statement into the graph with some of its fields put right. A decision is made once."""
    await deciding.correct(graph, review, body.correction, body.by, body.note)
    return answered(await one(graph, review))


@deciding_router.post(
    "/reviews/{review}/reject",
    operation_id="reject_review",
    response_model=ReviewAnswer,
    responses=described(*_REFUSED),
)
async def reject_review(graph: Served, review: _Review, body: Decision) -> Response:
    """Keep the statement out of the graph, also when its article is read again. A decision is made once."""
    await deciding.reject(graph, review, body.by, body.note)
    return answered(await one(graph, review))
