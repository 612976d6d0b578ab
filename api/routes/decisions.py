"""Decisions on who is one with whom: the ledger, the reasons, and the ways to decide and to undo."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.answers import answered, described, sample
from api.engine import Served
from api.parameters import ActorName, Part, Times
from api.security import check_writer
from kg.asking.decisions import EVER, DecisionFilters, decisions, identity, one, why
from kg.asking.filters import Wanted
from kg.deciding import deciding
from kg.deciding.deciding import Draft, Said
from kg.deciding.preview import preview as previewed
from kg.engine.graph import Graph
from schema.answers.decisions import DecidedAnswer, DecisionAnswer, DecisionPage, IdentityAnswer, WhyAnswer
from schema.fields import Line, Name

router = APIRouter(tags=["decisions"])
deciding_router = APIRouter(tags=["decisions"], dependencies=[Depends(check_writer)])

_REFUSED: Final = (401, 403, 404, 409, 413, 415)
_Decision = Annotated[Wanted, Path(description="Id", openapi_examples=sample("decision", "id"))]
_Preview = Annotated[bool, Query(description="Only say what would change, and what stands against it")]
_End = Annotated[Wanted, Query(description="Id of an actor or claim, or exact name of an actor")]
_ACTOR: Final = ["actor-aaaaaaaaaaaaaaaaaaaa"]


class Deciding(BaseModel):
    """Who decides, and on what evidence."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    by: Name = Field(description="Who decides", examples=["R. Rassendyll"])
    reason: Line = Field(
        min_length=1, max_length=2_000, description="On what evidence", examples=["one masthead, two names"]
    )
    score: float | None = Field(default=None, ge=0, le=1, description="Of the matcher that suggested it")


class OfTwo(Deciding):
    """That two actors, or two claims, are one, or that they are not."""

    verdict: Literal["same", "different"] = Field(description="Of two that are the same, the left is shown")
    left: Wanted = Field(description="Id, or exact name of an actor", examples=_ACTOR)
    right: Wanted = Field(description="Id, or exact name of an actor", examples=_ACTOR)


class Split(Deciding):
    """That one is none of those that it was joined with."""

    member: Wanted = Field(description="Id, or exact name of an actor", examples=_ACTOR)


@router.get("/decisions", operation_id="decisions", response_model=DecisionPage, responses=described(404))
async def list_decisions(
    graph: Served, filters: Annotated[DecisionFilters, Query()], as_of: Times, page: Part
) -> Response:
    """The ledger of decisions, the newest first, undone ones included."""
    return answered(await decisions(graph, filters, as_of, page))


@router.get("/decisions/why", operation_id="why", response_model=WhyAnswer, responses=described(404))
async def why_one(graph: Served, left: _End, right: _End, as_of: Times) -> Response:
    """Why two are one, or are kept apart: the shortest chain of decisions."""
    return answered(await why(graph, left, right, as_of))


@router.get("/decisions/{decision}", operation_id="decision", response_model=DecisionAnswer, responses=described(404))
async def one_decision(graph: Served, decision: _Decision, as_of: Times) -> Response:
    """One decision, and whether it stands."""
    return answered(await one(graph, decision, as_of))


@router.get(
    "/actors/{actor}/identity", operation_id="actor_identity", response_model=IdentityAnswer, responses=described(404)
)
async def actor_identity(graph: Served, actor: ActorName, as_of: Times) -> Response:
    """All actors that are one with this one, those kept apart from it, and the decisions on any of them."""
    return answered(await identity(graph, actor, as_of))


@router.get(
    "/claims/{claim}/identity", operation_id="claim_identity", response_model=IdentityAnswer, responses=described(404)
)
async def claim_identity(
    graph: Served,
    claim: Annotated[Wanted, Path(description="Id", openapi_examples=sample("claim", "id"))],
    as_of: Times,
) -> Response:
    """All claims that are one with this one, those kept apart from it, and the decisions on any of them."""
    return answered(await identity(graph, claim, as_of))


@deciding_router.post("/decisions", operation_id="decide", response_model=DecidedAnswer, responses=described(*_REFUSED))
async def decide(graph: Served, body: OfTwo, preview: _Preview = False) -> Response:
    """Decide that two actors, or two claims, are one (merge), or that they are not (keep apart).

    Nothing is rewritten: answers show those that are one as one, from now on, and ``known_at`` before it still shows
    them apart. What earlier decisions stand against is answered with 409 and names them.
    """
    draft = deciding.merge if body.verdict == "same" else deciding.keep_apart
    return await _decided(graph, await draft(graph, body.left, body.right, _said(body)), preview)


@deciding_router.post(
    "/decisions/split", operation_id="split", response_model=DecidedAnswer, responses=described(*_REFUSED)
)
async def split(graph: Served, body: Split, preview: _Preview = False) -> Response:
    """Take a member out of those that it is one with; the decisions that tie it there stand no longer."""
    return await _decided(graph, await deciding.split(graph, body.member, _said(body)), preview)


@deciding_router.post(
    "/decisions/{decision}/undo",
    operation_id="undo_decision",
    response_model=DecidedAnswer,
    responses=described(*_REFUSED),
)
async def undo(graph: Served, decision: _Decision, body: Deciding, preview: _Preview = False) -> Response:
    """Undo a decision, whichever and whenever; what it had ended stands again."""
    return await _decided(graph, deciding.undo(decision, _said(body)), preview)


def _said(body: Deciding) -> Said:
    return Said(body.by, body.reason, body.score)


async def _decided(graph: Graph, draft: Draft, preview: bool) -> Response:
    if preview:
        return answered(await previewed(graph, draft))
    identifier = await deciding.decide(graph, draft)
    return answered(DecidedAnswer(decision=await one(graph, identifier, EVER), made=True))
