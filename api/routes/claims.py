"""Claims and their dossiers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from api.answers import answered, described, sample
from api.engine import Served
from api.moved import answered_there
from api.parameters import Part, Times
from kg.asking import claims
from kg.asking.filters import ClaimFilters, Wanted
from schema.answers.claims import ClaimPage, Dossier

router = APIRouter(tags=["claims"])


@router.get("/claims", operation_id="claims", response_model=ClaimPage, responses=described(404))
async def search_claims(graph: Served, filters: Annotated[ClaimFilters, Query()], as_of: Times, page: Part) -> Response:
    """Claims by standing, accused, speaker, topic, time and words; the one last spoken of first."""
    return answered(await claims.search(graph, filters, as_of, page))


@router.get("/claims/{claim}", operation_id="claim", response_model=Dossier, responses=described(404))
async def claim_dossier(
    request: Request,
    graph: Served,
    claim: Annotated[Wanted, Path(description="Id", openapi_examples=sample("claim", "id"))],
    as_of: Times,
) -> Response:
    """The dossier of a claim: who said what about it, in which sentence, on whose word, and what it amounts to."""
    answer = await claims.dossier(graph, claim, as_of)
    return answered_there(request, claim, answer.id, answer)
