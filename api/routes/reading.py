"""Reading an article without a graph: who said what, in which words."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.responses import JSONResponse, Response

from api.answers import described
from api.routes.writing import ArticleBody
from api.security import check_writer
from kg.readers.port import DEFAULT
from kg.readers.registry import reader_named, reader_names
from kg.reading.article import load_article
from kg.reading.json_form import reading_to_json
from kg.resolving.gazetteer import packaged_gazetteer
from schema.answers.common import Answer
from schema.errors import InvalidInput
from schema.fields import Name

router = APIRouter(tags=["reading"])
costly_router = APIRouter(tags=["reading"], dependencies=[Depends(check_writer)])
"""Reading takes time, and with some readers money: it is open to those who may write."""

_REFUSED: Final = (401, 403, 413, 415, 502)


class ReadBody(ArticleBody):
    """An article to read, and which reader reads it."""

    reader: Name | None = Field(default=None, description="One of GET /v1/readers", examples=[DEFAULT])


class Readers(Answer):
    """The readers that are installed."""

    default: str = Field(examples=[DEFAULT])
    readers: tuple[str, ...] = Field(examples=[[DEFAULT]])


class ReadingAnswer(Answer):
    """What was read; offsets are code points of ``document.text``."""

    document: dict[str, Any] = Field(description="The text that the offsets mean, and what is known of it")
    statements: tuple[dict[str, Any], ...]
    policies: tuple[dict[str, Any], ...]
    events: tuple[dict[str, Any], ...]
    verifications: tuple[dict[str, Any], ...]
    affiliations: tuple[dict[str, Any], ...]


@router.get("/readers", operation_id="readers", response_model=Readers, responses=described())
async def list_readers() -> Readers:
    """The names of the readers; see docs/readers.md."""
    return Readers(default=DEFAULT, readers=tuple(reader_names()))


@costly_router.post("/read", operation_id="read", response_model=ReadingAnswer, responses=described(*_REFUSED))
async def read(body: ReadBody) -> Response:
    """Read who said what about whom in an article; nothing is written."""
    if (body.text is None) == (body.html is None):
        raise InvalidInput("an article has either text or html", "body", "Send one of the two")
    return JSONResponse(await asyncio.to_thread(_read, body))


def _read(body: ReadBody) -> dict[str, Any]:
    reader = reader_named(body.reader or DEFAULT)
    article = load_article(
        (body.html or body.text or "").encode("utf-8"),
        media_type="text/html" if body.html is not None else "text/plain",
        title=body.title,
        outlet=body.outlet,
        published=body.published,
        url=body.url,
    )
    return reading_to_json(reader.read(article, packaged_gazetteer()))
