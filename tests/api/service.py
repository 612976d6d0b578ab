"""The service in a thread of its own, on a free port of the loopback."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from api.server import make_server
from kg.settings import Settings


@contextmanager
def running(settings: Settings) -> Iterator[httpx.Client]:
    """A client of a service that runs with these settings."""
    server = make_server(settings.model_copy(update={"host": "127.0.0.1", "port": 0, "log_level": "error"}))
    thread = threading.Thread(target=server.run, name="service")
    thread.start()
    try:
        deadline = time.monotonic() + 60
        while not server.started:
            assert thread.is_alive() and time.monotonic() < deadline, "the service did not start"
            time.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive(), "the service did not shut down"


def told(response: httpx.Response, status: int) -> dict[str, object]:
    """The problem that a response tells; fails where it is not one in the shape of all."""
    assert response.status_code == status, response.text[:500]
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, object] = response.json()
    assert set(body) == {"type", "title", "status", "detail", "instance", "errors"}
    assert body["status"] == status
    return body
