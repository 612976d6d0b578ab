"""Retraction, of some records or of a whole source, and its undoing."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.answers import answered, described
from api.engine import Served
from api.security import check_writer
from kg.retracting.selection import SourceOf
from kg.retracting.source import preview_source, restore_source, retract_source
from kg.writing.retract import Retraction, preview_retraction, retract, undo_retraction
from schema.answers.retractions import SourceRetraction
from schema.fields import Line

router = APIRouter(tags=["retraction"], dependencies=[Depends(check_writer)])

_REFUSED: Final = (401, 403, 413, 415)
_Reason = Annotated[Line, Field(min_length=1, max_length=1_000)]
_Preview = Annotated[bool, Query(description="Only say what would fall")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RetractionBody(_Body):
    """What is to be retracted, and why."""

    ids: tuple[Annotated[str, Field(max_length=60)], ...] = Field(
        min_length=1, max_length=100, description="Documents, statements, claims, policies, events, actors, topics"
    )
    reason: _Reason


class UndoBody(_Body):
    """What is to be known again."""

    ids: tuple[Annotated[str, Field(max_length=60)], ...] = Field(min_length=1, max_length=100)


class SourceRetractionBody(_Body):
    """The source that is to be retracted, and why."""

    source: SourceOf
    reason: _Reason


class SourceUndoBody(_Body):
    """The source that is to be known again."""

    source: SourceOf


@router.post("/retractions", operation_id="retract", response_model=Retraction, responses=described(404, *_REFUSED))
async def post_retraction(graph: Served, body: RetractionBody, preview: _Preview = False) -> Response:
    """Retract what the graph knew, with what falls with it; earlier ``known_at`` still see it.

    With ``preview=true`` nothing changes, and the answer says what would.
    """
    act = preview_retraction if preview else retract
    return answered(await act(graph, body.ids, body.reason))


@router.post(
    "/retractions/undo", operation_id="undo_retraction", response_model=Retraction, responses=described(404, *_REFUSED)
)
async def post_undo(graph: Served, body: UndoBody) -> Response:
    """Open again what a retraction closed; that it was closed stays known."""
    return answered(await undo_retraction(graph, body.ids))


@router.post(
    "/retractions/source",
    operation_id="retract_source",
    response_model=SourceRetraction,
    responses=described(404, *_REFUSED),
)
async def post_source_retraction(graph: Served, body: SourceRetractionBody, preview: _Preview = False) -> Response:
    """Retract all that came from a publisher, a feed, a method of reading or a job; it takes effect at one moment.

    With ``preview=true`` nothing changes: the answer says what would fall, which standings would change, and of which
    actors nothing would be left.
    """
    act = preview_source if preview else retract_source
    return answered(await act(graph, body.source, body.reason))


@router.post(
    "/retractions/source/undo",
    operation_id="undo_source_retraction",
    response_model=SourceRetraction,
    responses=described(404, *_REFUSED),
)
async def post_source_undo(graph: Served, body: SourceUndoBody) -> Response:
    """Undo the last retraction of a source; that it was retracted for a time stays known."""
    return answered(await restore_source(graph, body.source))
