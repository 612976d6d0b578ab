"""The HTTP server that runs the service."""

from __future__ import annotations

import uvicorn

from api.app import create_app
from api.limits import MAX_BODY
from kg.settings import Settings


def make_server(settings: Settings) -> uvicorn.Server:
    """The server for these settings, ready to run; ``await server.serve()`` or ``server.run()``.

    It believes no header about where a request came from, so that the loopback is the loopback; and it takes long
    addresses in as a whole, so that the service can refuse them in the shape of all its errors.
    """
    return uvicorn.Server(
        uvicorn.Config(
            create_app(settings),
            host=settings.host,
            port=settings.port,
            log_level=settings.log_level,
            proxy_headers=False,
            server_header=False,
            h11_max_incomplete_event_size=MAX_BODY,
            timeout_graceful_shutdown=10,
        )
    )
