"""The service itself: whether it lives, whether it can answer, and where to go on."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any, Final, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

from api.engine import ServedGraph
from api.problems import KINDS, documented
from kg.errors import EngineUnavailable

router = APIRouter(tags=["service"])

LINKS: Final = {
    "documentation": "/docs",
    "openapi": "/openapi.json",
    "health": "/healthz",
    "readiness": "/readyz",
    "statistics": "/v1/statistics",
    "actors": "/v1/actors",
    "claims": "/v1/claims",
    "policies": "/v1/policies",
    "documents": "/v1/documents",
    "events": "/v1/events",
    "topics": "/v1/topics",
    "reviews": "/v1/reviews",
    "decisions": "/v1/decisions",
    "readers": "/v1/readers",
    "sources": "/v1/sources",
    "jobs": "/v1/jobs",
    "changes": "/v1/changes",
    "record schema": "/v1/schema",
}


class Health(BaseModel):
    """A sign of life."""

    status: Literal["alive", "ready"] = Field(examples=["ready"])
    engine: str | None = Field(default=None, description="embedded or neo4j", examples=["embedded"])


@router.get("/", operation_id="root", include_in_schema=False)
async def root(request: Request) -> Response:
    """Where to go on: a page for a browser, JSON for a program."""
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"service": "geokg", "version": version("geokg"), "links": LINKS})
    items = "".join(
        f'<li><a href="{address}">{name}</a> <code>{address}</code></li>' for name, address in LINKS.items()
    )
    return HTMLResponse(
        f"<!doctype html><html lang=en><meta charset=utf-8><title>geokg</title><h1>geokg {version('geokg')}</h1>"
        f"<p>Who says what about whom, in which sentence, and what answered it.</p><ul>{items}</ul></html>"
    )


@router.get(
    "/healthz",
    operation_id="health",
    response_model=Health,
)
async def health() -> Health:
    """Whether the process lives."""
    return Health(status="alive")


@router.get(
    "/readyz",
    operation_id="readiness",
    response_model=Health,
    responses=documented(503),
)
async def readiness(request: Request) -> Health:
    """Whether the engine answers and its schema is the one needed."""
    served: ServedGraph = request.app.state.served
    graph = await served.ready()
    if not await graph.alive():
        raise EngineUnavailable("the graph engine does not answer", graph.place, "Try again in a moment")
    return Health(status="ready", engine=graph.name)


@router.get("/problems/{name}", operation_id="problem", include_in_schema=False)
async def problem_page(name: str) -> dict[str, Any]:
    """What a kind of problem means."""
    kind = KINDS.get(name)
    if kind is None:
        raise HTTPException(404, f"there is no kind of problem called {name[:60]!r}; known: {', '.join(KINDS)}")
    return {"type": f"/problems/{name}", "title": kind.title, "status": kind.status, "meaning": kind.meaning}
