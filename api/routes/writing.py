"""Ways in: records and articles."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.answers import answered, described
from api.engine import Served
from api.problems import KINDS, Fault, documented, problem
from api.security import check_writer
from kg.ingest import ingest_article, ingest_records
from kg.ingest.report import Report
from kg.readers.port import DEFAULT
from kg.readers.registry import reader_named
from kg.reading.article import ArticleTooLarge, load_article
from kg.records.files import Item, Unreadable, read_records
from schema.errors import InvalidInput
from schema.fields import Edtf, Name, Text, Url
from schema.records import record_json_schema

router = APIRouter(tags=["writing"], dependencies=[Depends(check_writer)])

_RECORD_FORMS: Final = {
    "application/json": "json",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "application/json-lines": "jsonl",
    "application/yaml": "yaml",
    "application/x-yaml": "yaml",
    "text/yaml": "yaml",
}
_ARTICLE_TYPES: Final = ("text/plain", "text/markdown", "text/html")
_REFUSED: Final = (401, 403, 413, 415)
_UNREAD: Final = 502
_RECORDS_EXAMPLE: Final = [{"type": "actor", "name": "Brookings Institution", "kind": "think_tank", "country": "US"}]
_ARTICLE_EXAMPLE: Final = {
    "title": "Company rejects claims",
    "outlet": "Wire News",
    "published": "2025-11-14",
    "text": "Alibaba denied that it supports military operations.",
}


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ArticleBody(_Body):
    """An article: its text or its HTML, and what is known of it; what is left out is looked for."""

    text: Text | None = Field(default=None, description="Plain text or Markdown")
    html: Text | None = Field(default=None, description="A whole page; the article in it is found")
    title: Name | None = None
    outlet: Name | None = Field(default=None, description="Who published it", examples=["Financial Times"])
    published: Edtf | None = Field(default=None, description="EDTF", examples=["2025-11-14"])
    url: Url | None = None
    reader: Name | None = Field(default=None, description="One of GET /v1/readers; the default one when left out")


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()


def _body(content: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": content}}


_RECORDS_SCHEMA: Final = {"type": "array", "items": {"type": "object", "description": "See GET /v1/schema"}}


@router.post(
    "/records",
    operation_id="ingest_records",
    response_model=Report,
    responses={
        **described(*_REFUSED),
        207: {"description": "Some records went in, others were rejected", "model": Report},
    },
    openapi_extra=_body(
        {
            "application/json": {"schema": _RECORDS_SCHEMA, "example": _RECORDS_EXAMPLE},
            "application/x-ndjson": {"schema": {"type": "string"}},
            "application/yaml": {"schema": {"type": "string"}},
        }
    ),
)
async def post_records(request: Request, graph: Served) -> Response:
    """Take records in: a JSON or YAML list, or one JSON object a line; the same again changes nothing.

    200 when all went in, 207 when some were rejected, 422 when all were; each with where and why.
    """
    form = _RECORD_FORMS.get(_media_type(request))
    if form is None:
        raise HTTPException(415, f"records come as {', '.join(_RECORD_FORMS)}")
    data = await request.body()
    items: list[Item | Unreadable] = await asyncio.to_thread(lambda: list(read_records(data, form, "body")))
    if not items:
        raise InvalidInput("there is no record in it", "body", "Send a list of records")
    return _reported(request, await ingest_records(graph, items, where="body"))


@router.post(
    "/articles",
    operation_id="ingest_article",
    response_model=Report,
    responses={
        **described(*_REFUSED, _UNREAD),
        207: {"description": "Some of what was read went in", "model": Report},
    },
    openapi_extra=_body(
        {
            "application/json": {
                "schema": ArticleBody.model_json_schema(ref_template="#/components/schemas/{model}"),
                "example": _ARTICLE_EXAMPLE,
            },
            **{media_type: {"schema": {"type": "string"}} for media_type in _ARTICLE_TYPES},
        }
    ),
)
async def post_article(
    request: Request,
    graph: Served,
    title: Annotated[Name | None, Query(description="Of a body that is the article itself")] = None,
    outlet: Annotated[Name | None, Query()] = None,
    published: Annotated[Edtf | None, Query()] = None,
    url: Annotated[Url | None, Query()] = None,
    reader: Annotated[Name | None, Query(description="One of GET /v1/readers")] = None,
) -> Response:
    """Read an article, and take in who says, denies, confirms or could not verify what in it.

    The body is JSON, or the article itself as plain text, Markdown or HTML.
    """
    media_type = _media_type(request)
    known = {"title": title, "outlet": outlet, "published": published, "url": url}
    data = await request.body()
    if media_type == "application/json":
        article_body = _article_body(data)
        media_type = "text/html" if article_body.html is not None else "text/plain"
        data = (article_body.html or article_body.text or "").encode("utf-8")
        known |= {name: value for name in known if (value := getattr(article_body, name)) is not None}
        reader = article_body.reader or reader
    elif media_type not in _ARTICLE_TYPES:
        raise HTTPException(415, f"an article comes as application/json, {', '.join(_ARTICLE_TYPES)}")
    chosen = reader_named(reader or DEFAULT)
    try:
        article = await asyncio.to_thread(lambda: load_article(data, media_type=media_type, **known))
    except ArticleTooLarge as error:
        raise HTTPException(413, str(error)) from error
    return _reported(request, await ingest_article(graph, article, where="article", reader=chosen))


def _article_body(data: bytes) -> ArticleBody:
    try:
        body = ArticleBody.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(("body", *(str(part) for part in first["loc"])))
        raise InvalidInput(first["msg"], where) from error
    if (body.text is None) == (body.html is None):
        raise InvalidInput("an article has either text or html", "body", "Send one of the two")
    return body


def _reported(request: Request, report: Report) -> Response:
    if report.rejected and not (report.counts.new or report.counts.changed or report.counts.unchanged):
        faults = [Fault(where=each.where, detail=each.reason) for each in report.rejected]
        what = f"nothing went in: {faults[0].where}: {faults[0].detail}"
        return problem(request, KINDS["invalid_input"], what, faults)
    return answered(report, 207 if report.rejected else 200)


open_router = APIRouter(tags=["writing"])


@open_router.get("/schema", operation_id="record_schema", responses=documented(422))
async def get_schema() -> dict[str, Any]:
    """JSON Schema of a record."""
    return record_json_schema()
