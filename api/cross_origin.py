"""Which pages of other origins may read the answers of the reconciliation service: those of OpenRefine.

The page of OpenRefine asks for suggestions by itself, from another port of the same machine. The header is sent to the
origins that the settings name and to no others, for reading only, without credentials; nothing else of the service is
opened to any page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PATH: Final = "/v1/reconcile"
_ALLOWED: Final = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "600",
}


class CrossOrigin:
    """Adds the headers to answers under ``/v1/reconcile``, and answers what browsers ask beforehand."""

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self._app = app
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or not (path == _PATH or path.startswith(f"{_PATH}/")):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        allowed = origin if origin in self._origins else None
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            given = {**_ALLOWED, "Access-Control-Allow-Origin": allowed} if allowed else {}
            await Response(status_code=204, headers={**given, "Vary": "Origin"})(scope, receive, send)
            return

        async def opened(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                found.append("Vary", "Origin")
                if allowed:
                    found["Access-Control-Allow-Origin"] = allowed
            await send(message)

        await self._app(scope, receive, opened)
