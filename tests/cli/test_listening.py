"""The socket that the service listens on."""

from __future__ import annotations

import socket

from api.cli.serving import _listen
from kg.settings import load_settings


def test_answers_are_sent_at_once() -> None:
    """An event loop sets TCP_NODELAY only on sockets that are named as TCP; without it each answer waits 40 ms."""
    with _listen(load_settings(port=0)) as listening:
        assert listening.proto == socket.IPPROTO_TCP
        with socket.create_connection(listening.getsockname()[:2], timeout=5):
            accepted, _ = listening.accept()
            with accepted:
                assert accepted.proto == socket.IPPROTO_TCP
