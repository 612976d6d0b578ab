"""Who may write: a table of callers."""

from __future__ import annotations

import httpx
import pytest
from pydantic import SecretStr

from api.security import why_not_local
from kg.engine.graph import Graph
from tests.api.service import running, told
from tests.engines.under_test import EngineUnderTest

LOCAL = {"host": "127.0.0.1:8765"}


@pytest.mark.parametrize(
    ("peer", "headers"),
    [
        ("127.0.0.1", LOCAL),
        ("127.8.9.10", {"host": "localhost"}),
        ("::1", {"host": "[::1]:8765"}),
        ("::ffff:127.0.0.1", {"host": "LOCALHOST:8765"}),
        ("127.0.0.1", {**LOCAL, "origin": "http://127.0.0.1:8765", "sec-fetch-site": "same-origin"}),
        ("127.0.0.1", {**LOCAL, "sec-fetch-site": "none"}),
    ],
)
def test_a_caller_on_this_machine(peer: str, headers: dict[str, str]) -> None:
    assert why_not_local(peer, headers) is None


@pytest.mark.parametrize(
    ("peer", "headers", "reason"),
    [
        (None, LOCAL, "beyond the loopback"),
        ("192.168.1.7", LOCAL, "beyond the loopback"),
        ("::ffff:10.0.0.1", LOCAL, "beyond the loopback"),
        ("localhost.evil.example", LOCAL, "beyond the loopback"),
        ("127.0.0.1", {**LOCAL, "x-forwarded-for": "127.0.0.1"}, "proxy"),
        ("127.0.0.1", {**LOCAL, "x-forwarded-host": "localhost"}, "proxy"),
        ("127.0.0.1", {**LOCAL, "forwarded": "for=127.0.0.1"}, "proxy"),
        ("127.0.0.1", {**LOCAL, "via": "1.1 gate"}, "proxy"),
        ("127.0.0.1", {**LOCAL, "x-real-ip": "127.0.0.1"}, "proxy"),
        ("127.0.0.1", {"host": "evil.example"}, "host that is not the loopback"),
        ("127.0.0.1", {"host": "evil.example:8765"}, "host that is not the loopback"),
        ("127.0.0.1", {"host": "127.0.0.1.evil.example"}, "host that is not the loopback"),
        ("127.0.0.1", {"host": "localhost@evil.example"}, "host that is not the loopback"),
        ("127.0.0.1", {"host": "[::1"}, "host that is not the loopback"),
        ("127.0.0.1", {}, "host that is not the loopback"),
        ("127.0.0.1", {**LOCAL, "origin": "https://evil.example"}, "another site"),
        ("127.0.0.1", {**LOCAL, "origin": "null"}, "another site"),
        ("127.0.0.1", {**LOCAL, "origin": "http://127.0.0.1:3000"}, "another site"),
        ("127.0.0.1", {**LOCAL, "origin": "http://localhost:8765"}, "another site"),
        ("127.0.0.1", {**LOCAL, "sec-fetch-site": "cross-site"}, "another site"),
        ("127.0.0.1", {**LOCAL, "sec-fetch-site": "same-site"}, "another site"),
    ],
)
def test_a_caller_who_is_not(peer: str | None, headers: dict[str, str], reason: str) -> None:
    assert reason in str(why_not_local(peer, headers))


TOPIC = [{"type": "topic", "name": "A thing", "kind": "issue"}]
FOREIGN = {"host": "geokg.example"}


@pytest.fixture(scope="module")
def keyed(module_graph: Graph, engine: EngineUnderTest) -> object:
    with running(engine.settings.model_copy(update={"api_key": SecretStr("the k\u00e9y")})) as client:
        yield client


def test_without_a_key_nobody_writes_from_afar(client: httpx.Client) -> None:
    for path, body in (
        ("/v1/records", TOPIC),
        ("/v1/articles", {"text": "x"}),
        ("/v1/retractions", {"ids": ["x"], "reason": "y"}),
        ("/v1/retractions/undo", {"ids": ["x"]}),
    ):
        for headers in (FOREIGN, {"origin": "https://evil.example"}, {"x-forwarded-for": "10.0.0.1"}):
            problem = told(client.post(path, json=body, headers=headers), 403)
            assert "GEOKG_API_KEY" in str(problem["detail"])
        told(client.post(path, json=body, headers={"x-api-key": ""}), 401)
    assert client.get("/v1/topics?q=thing", headers=FOREIGN).json()["items"] == []


def test_with_the_key_one_writes_from_anywhere(keyed: httpx.Client) -> None:
    key = "the k\u00e9y".encode()
    told(keyed.post("/v1/records", json=TOPIC, headers=FOREIGN), 401)
    for headers in ({b"x-api-key": b"wrong"}, {b"x-api-key": b""}, {b"authorization": b"Bearer wrong"}):
        response = keyed.post("/v1/records", json=TOPIC, headers=headers)
        assert told(response, 401)["title"] == "Unauthorised"
        assert response.headers["www-authenticate"] == "Bearer"
    told(keyed.post("/v1/records", json=TOPIC, headers={b"authorization": b"Basic " + key, b"host": b"a.example"}), 401)
    assert keyed.get("/v1/topics?q=thing").json()["items"] == []
    for given in ({b"x-api-key": key}, {b"authorization": b"Bearer " + key}):
        response = keyed.post("/v1/records", json=TOPIC, headers={**given, b"host": b"geokg.example"})
        assert response.status_code == 200, response.text
    assert keyed.post("/v1/records", json=TOPIC).status_code == 200, "from this machine it takes none"
