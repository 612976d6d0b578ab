"""An endpoint that speaks the chat-completions protocol, on a free port of the loopback, and does what a test wants."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class FakeEndpoint:
    """What it was asked, and what it is going to do, request by request; the last behaviour stays."""

    behaviours: list[Behaviour] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    """Ends what is slow, when the test is over."""
    url: str = ""

    def does(self, *behaviours: Behaviour) -> None:
        self.behaviours[:] = behaviours

    def handle(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("content-length", "0"))
        self.requests.append(json.loads(handler.rfile.read(length)))
        self.keys.append(handler.headers.get("authorization", ""))
        behaviour = self.behaviours.pop(0) if len(self.behaviours) > 1 else self.behaviours[0]
        behaviour(handler)

    def slow(self, handler: BaseHTTPRequestHandler) -> None:
        """Takes the request and says nothing until the test is over."""
        self.released.wait(30)

    def trickle(self, handler: BaseHTTPRequestHandler) -> None:
        """Sends a byte now and then, so that no single wait is long."""
        handler.send_response(200)
        handler.send_header("content-type", "application/json")
        handler.end_headers()
        for _ in range(200):
            if self.released.wait(0.05):
                return
            handler.wfile.write(b" ")
            handler.wfile.flush()


def send(handler: BaseHTTPRequestHandler, status: int, body: bytes, media_type: str = "application/json") -> None:
    handler.send_response(status)
    handler.send_header("content-type", media_type)
    handler.send_header("content-length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def says(content: str | None, tokens: int = 100, refusal: str | None = None) -> Behaviour:
    """Answers with a message."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_763_000_000,
        "model": "test-model",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message, "logprobs": None}],
        "usage": {"prompt_tokens": tokens // 2, "completion_tokens": tokens - tokens // 2, "total_tokens": tokens},
    }
    return lambda handler: send(handler, 200, json.dumps(body).encode())


def fails(status: int, message: str = "no") -> Behaviour:
    """Answers with an error as the protocol has it."""
    body = {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": None}}
    return lambda handler: send(handler, status, json.dumps(body).encode())


def raw(body: bytes, media_type: str = "application/json") -> Behaviour:
    """Answers with any bytes."""
    return lambda handler: send(handler, 200, body, media_type)


def hangs_up(handler: BaseHTTPRequestHandler) -> None:
    """Closes the connection without an answer."""
    handler.close_connection = True


@contextmanager
def fake_endpoint() -> Iterator[FakeEndpoint]:
    """An endpoint that runs until the block ends."""
    endpoint = FakeEndpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            try:
                endpoint.handle(self)
            except OSError:
                self.close_connection = True  # whoever asked has gone

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    endpoint.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield endpoint
    finally:
        endpoint.released.set()
        server.shutdown()
        server.server_close()
        thread.join(10)
