"""Whom names mean."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.answers import answered, described
from api.engine import Served
from api.parameters import Times
from kg.asking.matching import MOST_QUERIES, MatchQuery, match
from schema.answers.matching import MatchAnswer

router = APIRouter(tags=["matching"])


class MatchBody(BaseModel):
    """Names to be matched, each with what else is known of its bearer."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={"examples": [{"queries": [{"name": "Alibaba Group Holding Ltd", "country": "CN"}]}]},
    )

    queries: Annotated[tuple[MatchQuery, ...], Field(min_length=1, max_length=MOST_QUERIES)]
    limit: int = Field(default=5, ge=1, le=50, description="Most candidates of a name")


@router.post("/match", operation_id="match", response_model=MatchAnswer, responses=described(413, 415))
async def match_names(graph: Served, body: MatchBody, as_of: Times) -> Response:
    """The actors that names may mean, the likeliest first, with the reasons and a decision.

    A name is linked by itself only where something beside it speaks for the actor too: an identifier, a stored alias,
    the country or the kind. Nothing is written.
    """
    return answered(await match(graph, body.queries, as_of, body.limit))
