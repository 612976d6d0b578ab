"""The Reconciliation Service API, version 0.2: so that a table of names can be matched in OpenRefine.

It follows https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/. Everything here only reads;
pages that OpenRefine serves on this machine may read the answers (CORS), other pages may not.
"""

from __future__ import annotations

import json
from html import escape
from typing import Annotated, Any, Final
from urllib.parse import parse_qsl

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

from api.answers import answered, described
from api.engine import Served
from api.problems import documented
from kg.asking import reconciling
from kg.asking.filters import Wanted
from schema.answers.reconciling import Proposed, Suggested
from schema.errors import InvalidInput

router = APIRouter(tags=["reconciliation"])

_Prefix = Annotated[str, Query(max_length=1_000, description="What was typed so far")]
_Batch = Annotated[str | None, Query(max_length=64_000, description="JSON object from a key to a query")]
_Extend = Annotated[str | None, Query(max_length=64_000, description="JSON object with ids and properties")]
_FORM: Final = "application/x-www-form-urlencoded"
_TEXT: Final = {"type": "string", "description": "A JSON object, as text"}
_FORM_SCHEMA: Final = {"type": "object", "properties": {"queries": _TEXT, "extend": _TEXT}}
_PREVIEW_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE: Final = "body{font:14px/1.4 sans-serif;margin:8px;color:#222}h1{font-size:16px;margin:0 0 4px}p{margin:2px 0}"


def _manifest(base: str) -> dict[str, Any]:
    here = f"{base}/v1/reconcile"
    suggest = {
        what: {"service_url": here, "service_path": f"/suggest/{what}"} for what in ("entity", "type", "property")
    }
    return {
        "versions": ["0.1", "0.2"],
        "name": "geokg actors",
        "identifierSpace": f"{base}/v1/actors/",
        "schemaSpace": f"{here}/types/",
        "view": {"url": f"{base}/v1/actors/{{{{id}}}}"},
        "defaultTypes": [each.model_dump(include={"id", "name"}) for each in reconciling.types()],
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": 400, "height": 220},
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/properties"},
            "property_settings": [],
        },
    }


async def _answer(request: Request, graph: Served, queries: str | None, extend: str | None) -> Response:
    if queries is not None and extend is not None:
        raise InvalidInput("there are queries and an extension at once", "queries", "Send one of them")
    if queries is not None:
        found = await reconciling.reconcile(graph, queries)
        return JSONResponse({key: each.model_dump(mode="json", exclude_none=True) for key, each in found.items()})
    if extend is not None:
        extended = await reconciling.extend(graph, extend)
        return JSONResponse(extended.model_dump(mode="json", exclude_none=True))
    return JSONResponse(_manifest(str(request.base_url).rstrip("/")))


@router.get("/reconcile", operation_id="reconcile", responses=described())
async def reconcile_get(request: Request, graph: Served, queries: _Batch = None, extend: _Extend = None) -> Response:
    """The service's manifest; with queries, their candidates; with extend, values of properties."""
    return await _answer(request, graph, queries, extend)


@router.post(
    "/reconcile",
    operation_id="reconcile_form",
    responses=described(413, 415),
    openapi_extra={"requestBody": {"required": True, "content": {_FORM: {"schema": _FORM_SCHEMA}}}},
)
async def reconcile_post(request: Request, graph: Served) -> Response:
    """The same, from a form."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != _FORM:
        raise HTTPException(415, f"the body has to be {_FORM}")
    try:
        pairs = parse_qsl((await request.body()).decode(), max_num_fields=20, errors="strict")
    except ValueError as error:
        raise InvalidInput(f"the form cannot be read: {error}", "body", "Send it as UTF-8, percent-encoded") from error
    given = dict(pairs)
    queries, extend = given.get("queries"), given.get("extend")
    if queries is None and extend is None:
        raise InvalidInput("the form has neither queries nor extend", "queries", "Send one of them")
    return await _answer(request, graph, queries, extend)


@router.get("/reconcile/suggest/entity", operation_id="suggest_entity", response_model=Suggested, responses=described())
async def suggest_entity(graph: Served, prefix: _Prefix) -> Response:
    """Actors whose name begins so, or is like it."""
    return _shown(await reconciling.suggest_entities(graph, prefix))


@router.get("/reconcile/suggest/type", operation_id="suggest_type", response_model=Suggested, responses=documented(422))
async def suggest_type(prefix: _Prefix = "") -> Response:
    """Kinds of actor."""
    return _shown(reconciling.suggest_types(prefix))


@router.get(
    "/reconcile/suggest/property", operation_id="suggest_property", response_model=Suggested, responses=documented(422)
)
async def suggest_property(prefix: _Prefix = "") -> Response:
    """Properties that queries may send along."""
    return _shown(reconciling.suggest_properties(prefix))


@router.get(
    "/reconcile/properties", operation_id="propose_properties", response_model=Proposed, responses=documented(422)
)
async def propose_properties(
    type_: Annotated[str, Query(alias="type", max_length=60)] = "", limit: Annotated[int, Query(ge=1, le=50)] = 20
) -> Response:
    """Properties that a column of actors can be extended by."""
    found = tuple(reconciling.PROPERTIES.values())[:limit]
    return answered(Proposed(type=type_, limit=limit, properties=found))


@router.get("/reconcile/preview", operation_id="preview", response_class=HTMLResponse, responses=described(404))
async def preview(graph: Served, id_: Annotated[Wanted, Query(alias="id")]) -> Response:
    """A small page about one actor."""
    row = await reconciling.profile(graph, id_)
    about = ", ".join(filter(None, [str(row["kind"]).replace("_", " "), row["country"]]))
    others = [name for name in dict.fromkeys(row["names"]) if name != row["name"]]
    lines = [f"<h1>{escape(row['name'])}</h1>", f"<p>{escape(about)}</p>"]
    lines += [f"<p>{escape(text)}</p>" for text in (row["description"], " · ".join(sorted(others)[:12])) if text]
    lines += [f"<p><small>{escape(each)}</small></p>" for each in (row["identifiers"] or ())[:6]]
    page = f"<!doctype html><html lang=en><meta charset=utf-8><style>{_STYLE}</style>{''.join(lines)}</html>"
    return HTMLResponse(page, headers={"Content-Security-Policy": _PREVIEW_POLICY})


def _shown(found: Suggested) -> Response:
    return Response(json.dumps(found.model_dump(mode="json", exclude_none=True)), media_type="application/json")
