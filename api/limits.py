"""Limits on what a request may carry, checked before anything else looks at it."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import KINDS, problem

MAX_BODY: Final = 12_000_000
"""Most bytes of a body that is held in memory."""

JOBS: Final = "/v1/jobs"
"""Where inputs of any size are sent."""

MAX_ADDRESS: Final = 64_000
"""Most bytes of path and query together."""

_DRAINED: Final = 4 * MAX_BODY
"""So much of a body that is too large is read and thrown away, so that its sender comes to read the answer."""


class Limits:
    """Refuses a body or an address that is too long; counts what comes in chunks without a length."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        if len(scope.get("raw_path") or b"") + len(scope.get("query_string") or b"") > MAX_ADDRESS:
            detail = f"the address is longer than {MAX_ADDRESS:,} bytes; ask for less"
            await problem(request, KINDS["address_too_long"], detail)(scope, receive, send)
            return
        most = _most(request)
        length = Headers(scope=scope).get("content-length", "0")
        if length.isdecimal() and int(length) > most:
            await _drain(receive)
            await problem(request, KINDS["too_large"], _too_large(most))(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                if message.get("more_body"):  # else nothing comes any more, and would be waited for
                    await _drain(receive)
                raise HTTPException(413, _too_large(most))
            return message

        await self._app(scope, counted, send)


def _most(request: Request) -> int:
    """Most bytes of the body of this request: the input of a job goes to the disk, all others are held in memory."""
    if request.method == "POST" and request.url.path == JOBS:
        return int(request.app.state.settings.jobs_max_bytes)
    return MAX_BODY


def _too_large(most: int) -> str:
    hint = "send it in parts" if most != MAX_BODY else f"send it in parts, or as a job to {JOBS}"
    return f"the body is larger than {most:,} bytes; {hint}"


async def _drain(receive: Receive) -> None:
    drained = 0
    while drained < _DRAINED:
        message = await receive()
        drained += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return
