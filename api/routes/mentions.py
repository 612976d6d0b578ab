"""Names in a text, and claims that may be one: what the resolver sees, and why."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.answers import answered, described, sample
from api.engine import Served
from api.parameters import Times
from kg.asking import mentions, similar
from kg.asking.filters import Wanted
from kg.resolving.gazetteer import graph_gazetteer
from schema.answers.spotting import MentionsAnswer, SimilarClaims
from schema.fields import Text

router = APIRouter()


class MentionsBody(BaseModel):
    """A text whose names are asked about."""

    model_config = ConfigDict(extra="forbid")

    text: Text = Field(examples=["Beijing denied the report. President Xi spoke in Beijing."])


@router.post(
    "/mentions", operation_id="mentions", response_model=MentionsAnswer, responses=described(413), tags=["reading"]
)
async def text_mentions(graph: Served, body: MentionsBody) -> Response:
    """The names of a text that actors of the graph have: whom each means, who else was thought of, and why."""
    gazetteer = await graph_gazetteer(graph)
    return answered(await asyncio.to_thread(mentions.mentions, body.text, gazetteer))


@router.get(
    "/claims/{claim}/similar",
    operation_id="similar_claims",
    response_model=SimilarClaims,
    responses=described(404),
    tags=["claims"],
)
async def similar_claims(
    graph: Served,
    claim: Annotated[Wanted, Path(description="Id", openapi_examples=sample("claim", "id"))],
    as_of: Times,
) -> Response:
    """Claims about the same subjects that may be the same claim: join them by a decision, or keep them apart."""
    return answered(await similar.similar(graph, claim, as_of))
