"""The REST service."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.openapi.utils import get_openapi

from api.answers import add_examples
from api.cross_origin import CrossOrigin
from api.engine import ServedGraph
from api.limits import Limits
from api.parameters import only_known_parameters
from api.problems import Problem, install
from api.routes import (
    actors,
    changes,
    claims,
    decisions,
    jobs,
    matching,
    matters,
    mentions,
    reading,
    reconcile,
    retractions,
    reviews,
    service,
    writing,
)
from kg.errors import EngineUnavailable
from kg.jobs.service import JobService
from kg.settings import Settings

_log = logging.getLogger(__name__)
_DESCRIPTION = """\
Who says what about whom, in which sentence, and what answered it.

Every read takes `valid_at` (the world as it was then) and `known_at` (what this graph knew then). Lists come in parts:
pass the `next` of an answer as `cursor`. Errors are problem details (RFC 9457), `application/problem+json`.
"""


def create_app(settings: Settings) -> FastAPI:
    """The service for these settings; it starts without its engine too, and answers 503 until that answers."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            await app.state.served.ready()
        except EngineUnavailable as error:
            _log.warning("the service starts without its engine: %s", error)
        app.state.jobs.start()
        names = asyncio.create_task(app.state.served.read_names())
        yield
        names.cancel()
        await app.state.jobs.close()
        await app.state.served.close()

    app = FastAPI(
        title="geokg",
        version=version("geokg"),
        summary="A geopolitical knowledge graph of claims, and of who makes and answers them",
        description=_DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        lifespan=lifespan,
        redirect_slashes=False,
    )
    app.state.settings = settings
    app.state.served = ServedGraph(settings)
    app.state.jobs = JobService(settings)
    app.state.turns = changes.TurnWatch()
    checked = [Depends(only_known_parameters)]
    ways_in = (
        *(writing.open_router, writing.router, reviews.router, reviews.deciding_router),
        *(decisions.router, decisions.deciding_router, jobs.router, changes.router, retractions.router),
    )
    for each in (
        actors.router,
        claims.router,
        matters.router,
        mentions.router,
        matching.router,
        *ways_in,
        reading.router,
        reading.costly_router,
    ):
        app.include_router(each, prefix="/v1", dependencies=checked)
    app.include_router(reconcile.router, prefix="/v1")  # OpenRefine sends parameters of its own
    app.include_router(service.router)
    app.add_middleware(Limits)
    app.add_middleware(CrossOrigin, origins=settings.reconcile_origins.split())
    install(app)
    description = _openapi(app)
    app.openapi = lambda: description  # type: ignore[method-assign]
    app.state.parameters = _parameters(description)
    return app


def _openapi(app: FastAPI) -> dict[str, Any]:
    """The description, with the shape of problems in the place of FastAPI's own validation error."""
    description = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=app.description,
        license_info=app.license_info,
        routes=app.routes,
    )
    schemas = description["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs")
    schemas["Problem"] = problem
    add_examples(description)
    return description


def _parameters(description: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """The names of the query parameters of each operation."""
    return {
        operation["operationId"]: tuple(p["name"] for p in operation.get("parameters", ()) if p["in"] == "query")
        for operations in description["paths"].values()
        for operation in operations.values()
    }
