"""The HTTP server that runs the service."""

from __future__ import annotations

import uvicorn

from api.app import create_app
from api.limits import MAX_BODY
from kg.settings import Settings


def make_server(settings: Settings, log_level: str | None = None) -> uvicorn.Server:
    """The server for these settings, ready to run: ``await server.serve()`` or ``server.run()``.

    Args:
        settings: of the service; ``host`` and ``port`` count where no open socket is handed to ``serve``.
        log_level: of the server's own log, where it is to differ from that of the settings.

    It believes no header about where a request came from, so that the loopback is the loopback; and it takes long
    addresses in as a whole, so that the service can refuse them in the shape of all its errors.
    """
    return uvicorn.Server(
        uvicorn.Config(
            create_app(settings),
            host=settings.host,
            port=settings.port,
            log_level=log_level or settings.log_level,
            lifespan="on",
            proxy_headers=False,
            server_header=False,
            h11_max_incomplete_event_size=MAX_BODY,
            timeout_graceful_shutdown=10,
        )
    )
