"""Errors as problem details (RFC 9457): one shape for all of them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from kg.errors import Conflict, EngineRefused, EngineUnavailable, SchemaOutdated, StorageFull
from kg.readers.port import ReaderFailed
from schema.errors import GeokgError, InvalidInput, NotFound

_log = logging.getLogger(__name__)
MEDIA_TYPE: Final = "application/problem+json"
_RETRY_SECONDS: Final = "2"
_MOST_ERRORS: Final = 50


@dataclass(frozen=True)
class Kind:
    """A kind of problem."""

    name: str
    status: int
    title: str
    meaning: str


KINDS: Final = {
    kind.name: kind
    for kind in (
        Kind("bad_request", 400, "Bad request", "The request cannot be read as HTTP means it."),
        Kind("unauthorised", 401, "Unauthorised", "Writing from beyond the loopback needs the API key."),
        Kind("forbidden", 403, "Forbidden", "Writing is not open to this caller."),
        Kind("not_found", 404, "Not found", "Nothing has this address, id or name, at the times asked for."),
        Kind("method_not_allowed", 405, "Method not allowed", "The address does not take this method; see Allow."),
        Kind("conflict", 409, "Conflict", "The graph as it is now does not allow it."),
        Kind("too_large", 413, "Content too large", "The body is larger than the service takes."),
        Kind("address_too_long", 414, "Address too long", "The path and query are longer than the service takes."),
        Kind("unsupported_type", 415, "Unsupported media type", "The body is of no type that can be read here."),
        Kind("invalid_input", 422, "Invalid input", "A parameter, a record or an article breaks a rule; see errors."),
        Kind("internal", 500, "Internal error", "A fault of geokg; its log tells more."),
        Kind("reader_failed", 502, "Reader failed", "What the chosen reader depends on did not do its part."),
        Kind("storage_full", 507, "Insufficient storage", "The service has no room to keep what was sent."),
        Kind("engine_unavailable", 503, "Engine unavailable", "The graph engine does not answer; try again later."),
    )
}
_BY_STATUS: Final = {kind.status: kind for kind in KINDS.values()}


class Fault(BaseModel):
    """One thing that was wrong."""

    where: str = Field(description="Parameter, field, file and line", examples=["query.limit"])
    detail: str = Field(examples=["Input should be less than or equal to 200"])


class Problem(BaseModel):
    """What went wrong, why, and what to do (RFC 9457)."""

    type: str = Field(description="Address of a page on this kind of problem", examples=["/problems/not_found"])
    title: str = Field(examples=["Not found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["no actor is called 'Alibba'. Did you mean 'Alibaba Group'?"])
    instance: str = Field(description="Path of the request", examples=["/v1/actors/Alibba"])
    errors: tuple[Fault, ...] = Field(default=(), description="Each fault, where there may be several")


def problem(
    request: Request,
    kind: Kind,
    detail: str,
    errors: Sequence[Fault] = (),
    headers: dict[str, str] | None = None,
) -> Response:
    """The response that tells a problem."""
    body = Problem(
        type=f"/problems/{kind.name}",
        title=kind.title,
        status=kind.status,
        detail=_shown(detail, 2_000),
        instance=_shown(request.url.path, 200),
        errors=tuple(errors[:_MOST_ERRORS]),
    )
    extra = {"Retry-After": _RETRY_SECONDS} if kind.status == 503 else {}
    return Response(body.model_dump_json(), kind.status, {**(headers or {}), **extra}, MEDIA_TYPE)


def _shown(text: str, most: int) -> str:
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= most else text[:most] + "…"


def problem_of(request: Request, error: GeokgError) -> Response:
    """The response for an error of the library."""
    match error:
        case InvalidInput():
            kind, where = KINDS["invalid_input"], error.where
        case NotFound():
            kind, where = KINDS["not_found"], error.where
        case Conflict():
            kind, where = KINDS["conflict"], error.where
        case StorageFull():
            kind, where = KINDS["storage_full"], None
            _log.error("%s", error)
        case ReaderFailed():
            kind, where = KINDS["reader_failed"], None
            _log.warning("%s", error)
        case EngineUnavailable() | SchemaOutdated():
            # where the engine is, is nobody's business but the operator's
            kind, where = KINDS["engine_unavailable"], None
            _log.warning("%s", error)
        case EngineRefused() | _:
            _log.error("%s", error)
            return problem(request, KINDS["internal"], "the service failed; its log tells more")
    detail = f"{error.what}. {error.remedy}" if error.remedy else error.what
    return problem(
        request, kind, detail, [Fault(where=_shown(where, 200), detail=_shown(detail, 2_000))] if where else []
    )


def install(app: FastAPI) -> None:
    """Make every error of the app a problem."""
    app.add_exception_handler(GeokgError, _on_error)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_fault)


async def _on_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, GeokgError)
    return problem_of(request, error)


async def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [
        Fault(where=_shown(".".join(str(part) for part in each["loc"]), 200), detail=_shown(each["msg"], 1_000))
        for each in error.errors()
    ]
    detail = f"{faults[0].where}: {faults[0].detail}" if faults else "the request breaks a rule"
    return problem(request, KINDS["invalid_input"], detail, faults)


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    kind = _BY_STATUS.get(error.status_code) or KINDS["bad_request" if error.status_code < 500 else "internal"]
    detail = kind.meaning if error.detail.casefold() == kind.title.casefold() else error.detail
    return problem(request, kind, detail, headers=dict(error.headers or {}))


async def _on_fault(request: Request, _: Exception) -> Response:
    return problem(request, KINDS["internal"], "the service failed; its log tells more")


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Problems of an operation, for its OpenAPI description."""
    return {
        status: {
            "description": _BY_STATUS[status].meaning,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in statuses
    }
