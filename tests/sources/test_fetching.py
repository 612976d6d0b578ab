"""Fetching stays within its limits: against a server that is slow, endless, or leads elsewhere."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.reading.article import Article
from kg.records.files import Unreadable
from kg.settings import Settings
from kg.sources.fetching import Unfetchable, fetch
from kg.sources.port import FoundArticle, source_named
from schema.errors import InvalidInput

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title>
<item><guid>1</guid><title>Kestrel denies it</title><link>https://post.example/1</link>
<pubDate>Tue, 03 Mar 2026 08:00:00 GMT</pubDate><description>&lt;p&gt;Kestrel denied &lt;b&gt;the&lt;/b&gt;
allegations.&lt;/p&gt;&lt;p&gt;Others did not.&lt;/p&gt;</description></item>
<item><guid>1</guid><title>Kestrel denies it</title><description>Other words under the same guid.</description></item>
<item><guid>2</guid><title>x</title></item></channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title>
<entry><id>a</id><title>Minister answers</title><updated>2026-03-04T10:00:00Z</updated>
<content type="html">The minister said that he had not met them.</content></entry></feed>"""


class Server:
    """Answers each connection as its path asks, in a thread of its own."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.asked: list[str] = []
        self._closed = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def close(self) -> None:
        """End; connections that still send end with it."""
        self._closed.set()
        self._socket.close()

    def _run(self) -> None:
        while not self._closed.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            request = connection.recv(65_536).decode("latin-1")
            path = request.split(" ")[1]
            self.asked.append(request)
            try:
                self._send(connection, path)
            except OSError:
                return

    def _send(self, connection: socket.socket, path: str) -> None:
        def ok(kind: str, body: bytes, more: str = "") -> None:
            head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
            connection.sendall(head.encode() + body)

        if path.startswith("/to/"):
            location = path.removeprefix("/to/")
            connection.sendall(f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode())
        elif path == "/rss":
            ok("application/rss+xml", RSS.encode())
        elif path == "/bomb":
            ok("text/plain", gzip.compress(b"0" * 5_000_000), "Content-Encoding: gzip\r\n")
        elif path == "/silent":
            self._closed.wait(20)
        elif path == "/dripping":
            for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 10_000:
                connection.sendall(bytes([byte]))
                if self._closed.wait(0.02):
                    return
        elif path == "/endless":
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
            while not self._closed.is_set():
                connection.sendall(b"0" * 65_536)
        else:
            connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server on the loopback."""
    made = Server()
    yield made
    made.close()


ALLOWED = Settings(fetch_private=True, fetch_seconds=10, fetch_max_bytes=1_000_000)
STRICT = Settings(fetch_seconds=10)


def test_the_loopback_is_refused_unless_allowed(server: Server) -> None:
    before = len(server.asked)
    for address in (
        server.url("/rss"),
        f"http://localhost:{server.port}/rss",
        f"http://[::ffff:127.0.0.1]:{server.port}/",
    ):
        with pytest.raises(Unfetchable, match=r"not of the public internet.*GEOKG_FETCH_PRIVATE"):
            fetch(address, STRICT)
    assert len(server.asked) == before, "no connection was made"
    found = fetch(server.url("/to//rss"), ALLOWED)
    assert found.data.decode() == RSS
    assert (found.media_type, found.url) == ("application/rss+xml", server.url("/rss"))
    assert f"Host: 127.0.0.1:{server.port}" in server.asked[-1]


@pytest.mark.parametrize("number", ["10.0.0.1", "169.254.169.254", "192.168.1.1", "100.64.0.1", "0.0.0.0", "224.0.0.1"])
def test_numbers_that_are_nobodys_business(number: str) -> None:
    with pytest.raises(Unfetchable, match="not of the public internet"):
        fetch(f"http://{number}/latest/meta-data", STRICT)


def test_what_a_name_leads_to_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that has a public and a private address is refused, and the connection goes to what was checked."""
    look_up = socket.getaddrinfo

    def two_numbers(host: object, *more: Any, **named: Any) -> Any:
        if host != "feeds.example":  # other threads go on looking up what is theirs
            return look_up(host, *more, **named)  # type: ignore[arg-type]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80)) for number in ("1.1.1.1", "127.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", two_numbers)
    with pytest.raises(Unfetchable, match=r"leads to 127\.0\.0\.1"):
        fetch("http://feeds.example/rss", STRICT)


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/to/file:///etc/passwd", "only addresses that begin with http"),
        ("/to/ftp://127.0.0.1/x", "only addresses that begin with http"),
        ("/to//to//to//to//to//to//rss", "more than 5 times"),
        ("/none", "status 404"),
        ("/bomb", "more than 1,000,000 bytes"),
        ("/endless", "more than 1,000,000 bytes"),
    ],
)
def test_where_it_must_not_lead(server: Server, path: str, what: str) -> None:
    with pytest.raises(Unfetchable, match=what):
        fetch(server.url(path), ALLOWED)


@pytest.mark.parametrize("path", ["/silent", "/dripping"])
def test_a_slow_answer_ends(server: Server, path: str) -> None:
    began = time.monotonic()
    with pytest.raises(Unfetchable, match=r"within 0\.3 seconds"):
        fetch(server.url(path), ALLOWED.model_copy(update={"fetch_seconds": 0.3}))
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("address", ["file:///etc/passwd", "gopher://x/", "http:///x", "http://user:pass@127.0.0.1/"])
def test_no_address_of_the_web(address: str) -> None:
    with pytest.raises(Unfetchable):
        fetch(address, ALLOWED)


async def test_a_feed_from_an_address(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also from within an event loop, as a job may call it."""
    monkeypatch.setenv("GEOKG_FETCH_PRIVATE", "true")
    found = list(source_named("rss").items(server.url("/rss")))
    assert isinstance(found[0], FoundArticle)
    article: Article = found[0].article
    assert article.text == "Kestrel denies it\n\nKestrel denied the allegations.\n\nOthers did not."
    assert (article.outlet, article.published) == ("Harbour Post", "2026-03-03T08:00:00Z")
    assert article.url == "https://post.example/1"
    reasons = [each.reason for each in found[1:] if isinstance(each, Unreadable)]
    assert ["stood before with other content" in reasons[0], "no text" in reasons[1], len(found)] == [True, True, 3]
    monkeypatch.delenv("GEOKG_FETCH_PRIVATE")
    with pytest.raises(InvalidInput, match="public internet"):
        list(source_named("rss").items(server.url("/rss")))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("no feed at all", "no RSS or Atom feed"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><rss version="2.0"></rss>', "declares entities"),
    ],
)
def test_a_file_that_is_no_feed(tmp_path: Path, text: str, what: str) -> None:
    (tmp_path / "f.xml").write_text(text)
    with pytest.raises(InvalidInput, match=what):
        list(source_named("rss").items(str(tmp_path / "f.xml")))


def test_an_atom_file_and_one_that_was_cut(tmp_path: Path) -> None:
    (tmp_path / "f.xml").write_text(ATOM)
    [found] = source_named("rss").items(str(tmp_path / "f.xml"))
    assert isinstance(found, FoundArticle)
    assert (found.article.title, found.article.published) == ("Minister answers", "2026-03-04T10:00:00Z")
    (tmp_path / "f.xml").write_text(ATOM[:-30])
    *_, last = source_named("rss").items(str(tmp_path / "f.xml"))
    assert isinstance(last, Unreadable)
    assert "not well formed" in last.reason
