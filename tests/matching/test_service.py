"""Searching and matching over HTTP and on the command line, on each engine: what is found follows the graph."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest

from kg.engine.graph import Graph, Transaction
from kg.engine.query import Query
from tests.api.service import running, told
from tests.cli.geokg import geokg
from tests.engines.under_test import EngineUnderTest
from tests.matching import openrefine

_TAKE_OUT = Query("take out", "MATCH (n:Actor {id: $id})-[:HAS_ALIAS]->(l:Alias) DETACH DELETE n, l")
ACTORS: list[dict[str, Any]] = [
    {
        "name": "Alibaba Group",
        "kind": "company",
        "country": "CN",
        "identifiers": {"ticker": "BABA", "lei": "5493001NTNQJDH60PM02"},
        "aliases": ["Alibaba", {"name": "阿里巴巴", "language": "zh"}, {"name": "알리바바"}, {"name": "علي بابا"}],
    },
    {"name": "Alibaba Cloud", "kind": "company", "country": "CN"},
    {"name": "Xi Jinping", "kind": "person", "country": "CN", "aliases": ["习近平", "Си Цзиньпин"]},
    {"name": "White House", "kind": "government_body", "country": "US"},
    {"name": "Financial Times", "kind": "media", "country": "GB", "aliases": [{"name": "FT", "kind": "short"}]},
    {"name": "Brookings Institution", "kind": "think_tank", "country": "US"},
    {"name": "Police (Thailand)", "kind": "government_body", "country": "TH"},
    {"name": "José Pérez", "kind": "person", "country": "MX"},
]


@pytest.fixture(scope="module")
def client(module_graph: Graph, engine: EngineUnderTest) -> Iterator[httpx.Client]:
    """A client of a service over these few actors."""
    with running(engine.settings) as client:
        _write(client, ACTORS)
        yield client


def _write(client: httpx.Client, actors: list[dict[str, Any]]) -> None:
    answer = client.post("/v1/records", json=[{"type": "actor", **each} for each in actors])
    assert answer.status_code == 200, answer.text


def _first(client: httpx.Client, typed: str, **narrowed: str) -> dict[str, Any]:
    items: list[dict[str, Any]] = client.get("/v1/actors", params={"q": typed, **narrowed}).json()["items"]
    return items[0] if items else {}


def _match(client: httpx.Client, **query: Any) -> dict[str, Any]:
    answer = client.post("/v1/match", json={"queries": [query]})
    assert answer.status_code == 200, answer.text
    item: dict[str, Any] = answer.json()["items"][0]
    return item


@pytest.mark.parametrize(
    ("typed", "name", "how"),
    [
        ("FT", "Financial Times", "exact"),
        ("阿里巴巴", "Alibaba Group", "exact"),
        ("習近平", "Xi Jinping", "exact"),
        ("Си Цзиньпин", "Xi Jinping", "exact"),
        ("علي بابا", "Alibaba Group", "exact"),
        ("알리바바", "Alibaba Group", "exact"),
        ("alibba", "Alibaba Group", "similar"),
        ("whit house", "White House", "similar"),
        ("brooking", "Brookings Institution", "prefix"),
        ("Jose Perez", "José Pérez", "similar"),
    ],
)
def test_found_as_typed(client: httpx.Client, typed: str, name: str, how: str) -> None:
    found = _first(client, typed)
    assert (found["actor"]["name"], found["how"]) == (name, how)
    for part in found["parts"]:
        assert found["matched"][part["start"] : part["end"]]


def test_facets_count_what_was_found_and_narrowing_narrows(client: httpx.Client) -> None:
    whole = client.get("/v1/actors", params={"q": "alibaba", "limit": 1}).json()
    assert whole["facets"]["kind"] == [{"value": "company", "count": 2}] and whole["next"]
    rest = client.get("/v1/actors", params={"q": "alibaba", "limit": 1, "cursor": whole["next"]}).json()
    names = {item["actor"]["name"] for item in (*whole["items"], *rest["items"])}
    assert names == {"Alibaba Group", "Alibaba Cloud"}
    assert _first(client, "alibaba", kind="person") == {} == _first(client, "alibaba", country="US")


def test_what_is_written_is_found_at_once_by_every_process(client: httpx.Client, engine: EngineUnderTest) -> None:
    assert _first(client, "Zanzibar Trust") == {}
    _write(client, [{"name": "Zanzibar Trust", "kind": "company", "country": "TZ"}])
    with running(engine.settings) as second:
        identifier = _first(second, "zanzibr")["actor"]["id"]
        before = client.get("/v1/actors", params={"q": "Zanzibar"}).json()["as_of"]["known_at"]
        _write(second, [{"name": "Zanzibar Trust", "kind": "company", "country": "TZ", "aliases": ["Kilwa Fund"]}])
        assert _first(client, "kilwa")["actor"]["id"] == identifier
        assert _first(client, "kilwa", known_at=before) == {}
        retraction = {"ids": [identifier], "reason": "not an actor"}
        assert client.post("/v1/retractions", json=retraction).status_code == 200
        assert _first(second, "kilwa") == {} and _first(second, "zanzibar", known_at=before)
        assert _match(second, name="Kilwa Fund")["decision"] == "none"
        assert client.post("/v1/retractions/undo", json={"ids": [identifier]}).status_code == 200
        assert _first(second, "kilwa")["actor"]["id"] == identifier


async def test_names_that_were_taken_out_of_the_graph_are_not_found(
    client: httpx.Client, module_graph: Graph, engine: EngineUnderTest
) -> None:
    """As after another backup was put in the graph's place: nothing told the index."""
    _write(client, [{"name": "Ghost Ministry", "kind": "government_body"}])
    identifier = _first(client, "ghost")["actor"]["id"]

    async def delete(transaction: Transaction) -> None:
        await transaction.run(_TAKE_OUT, id=identifier)

    await module_graph.write(delete)
    assert _first(client, "ghost ministry") == {}
    assert _first(client, "alibba")["actor"]["name"] == "Alibaba Group"


def test_matching_explains_itself(client: httpx.Client) -> None:
    alone = _match(client, name="Brookings Institution Inc")
    assert alone["decision"] == "suggested" and alone["candidates"][0]["actor"]["name"] == "Brookings Institution"
    features = alone["candidates"][0]["features"]
    assert features[0]["weight"] == max(each["weight"] for each in features)
    linked = _match(client, name="Brookings Institution Inc", country="US", kind="think_tank")
    assert linked["decision"] == "linked" and linked["candidates"][0]["evidence"] == ["country", "kind"]
    by_alias = _match(client, name="ft")
    assert (by_alias["decision"], by_alias["candidates"][0]["evidence"]) == ("linked", ["alias"])
    by_number = _match(client, name="Quite Another Name", identifiers={"lei": "5493001NTNQJDH60PM02"})
    assert by_number["candidates"][0]["actor"]["name"] == "Alibaba Group"
    assert _match(client, name="Police (India)")["decision"] == "none"
    contradicted = _match(client, name="Alibaba Group", identifiers={"lei": "X"})
    assert contradicted["decision"] == "suggested"
    against = {each["actor"]["name"]: each["against"] for each in contradicted["candidates"]}
    assert against == {"Alibaba Cloud": [], "Alibaba Group": ["identifier"]}


def test_bad_names_are_told(client: httpx.Client) -> None:
    for name in ("", "  ", "a" * 10_000, "a\x00b", "\x1b[31m"):
        told(client.post("/v1/match", json={"queries": [{"name": name}]}), 422)
        told(client.get("/v1/actors", params={"q": name}), 422)
    for name in ("🙂", "\u202eabc", "\u200f", "e\u0301" * 100, "\u0301", "ﷺ", "(((", '"', "a" * 300):
        assert _match(client, name=name)["decision"] in ("none", "suggested")
        assert client.get("/v1/actors", params={"q": name}).status_code == 200
    bodies: list[Any] = [
        {"queries": []},
        {"queries": [{"name": "x"}] * 501},
        {"queries": [{"name": "x", "kind": "nonsense"}]},
        {"queries": [{"name": "x", "country": "China"}]},
        {"queries": [{"name": "x", "identifiers": {"L E I": "1"}}]},
        {"queries": [{"nmae": "x"}]},
        {"queries": [{"name": "x"}], "limit": 0},
        ["x"],
    ]
    for body in bodies:
        told(client.post("/v1/match", json=body), 422)


def test_openrefine(client: httpx.Client) -> None:
    manifest = client.get("/v1/reconcile").json()
    jsonschema.validate(manifest, openrefine.MANIFEST)
    queries = {
        "q0": {"query": "Alibaba", "type": "company", "limit": 2},
        "q1": {"query": "brookings", "properties": [{"pid": "country", "v": "us"}, {"pid": "lei", "v": {"id": "X"}}]},
        "q2": {"query": ""},
        "q3": {"query": "nobody whatsoever", "type": ["person", "company"], "type_strict": "any"},
    }
    text = json.dumps({"q0": queries["q0"], "q1": queries["q1"], "q2": queries["q2"], "q3": queries["q3"]})
    got = client.get("/v1/reconcile", params={"queries": text}).json()
    assert got == client.post("/v1/reconcile", data={"queries": text}).json()
    jsonschema.validate(got, openrefine.RESULTS)
    first = got["q0"]["result"][0]
    assert (first["name"], first["match"], len(got["q0"]["result"])) == ("Alibaba Group", True, 2)
    assert got["q1"]["result"][0]["name"] == "Brookings Institution" and got["q2"]["result"] == []
    for what, prefix in (("entity", "alib"), ("type", "comp"), ("property", "tick")):
        place = manifest["suggest"][what]
        suggested = client.get(place["service_url"] + place["service_path"], params={"prefix": prefix}).json()
        jsonschema.validate(suggested, openrefine.SUGGESTED)
        assert suggested["result"], what
    proposed = client.get("/v1/reconcile/properties", params={"type": "company"}).json()
    jsonschema.validate(proposed, openrefine.PROPOSED)
    asked = {"ids": [first["id"], "actor-aaaaaaaaaaaaaaaaaaaa"], "properties": [{"id": "ticker"}, {"id": "names"}]}
    extended = client.post("/v1/reconcile", data={"extend": json.dumps(asked)}).json()
    jsonschema.validate(extended, openrefine.EXTENDED)
    assert extended["rows"][first["id"]]["ticker"] == [{"str": "BABA"}]
    assert extended["rows"]["actor-aaaaaaaaaaaaaaaaaaaa"]["ticker"] == []
    page = client.get(manifest["preview"]["url"].replace("{{id}}", first["id"]))
    assert page.status_code == 200 and "Alibaba" in page.text and "default-src 'none'" in str(page.headers)
    told(client.get("/v1/reconcile/preview", params={"id": "actor-aaaaaaaaaaaaaaaaaaaa"}), 404)
    for bad in ("{", "[]", '{"q": {"query": 3}}', '{"q": {"query": "x", "limit": 0}}', "[" * 20_000):
        told(client.post("/v1/reconcile", data={"queries": bad}), 422)
    told(client.post("/v1/reconcile", data={"extend": '{"ids": [], "properties": [{"id": "secret"}]}'}), 422)
    told(client.post("/v1/reconcile", data={}), 415)
    told(client.post("/v1/reconcile", json={"queries": {}}), 415)


def test_only_pages_of_openrefine_may_read_the_answers(client: httpx.Client) -> None:
    refine, other = {"Origin": "http://127.0.0.1:3333"}, {"Origin": "https://evil.example"}
    name = "access-control-allow-origin"
    assert client.get("/v1/reconcile", headers=refine).headers[name] == refine["Origin"]
    assert name not in client.get("/v1/reconcile", headers=other).headers
    assert name not in client.get("/v1/actors", headers=refine).headers
    before = {"Access-Control-Request-Method": "POST"}
    assert client.options("/v1/reconcile", headers=refine | before).headers[name] == refine["Origin"]
    assert name not in client.options("/v1/reconcile", headers=other | before).headers


async def test_the_command_line(client: httpx.Client, engine: EngineUnderTest, tmp_path: Path) -> None:
    around = engine.environment
    table = tmp_path / "names.csv"
    table.write_text(
        "name,country,identifiers,notes\nFT,,,a\nAlibaba Group Ltd,CN,ticker:BABA,\n,,,\nX,China,,\n", "utf-8"
    )
    done = await geokg("match", str(table), "--json", environment=around)
    assert [item["decision"] for item in done.json["items"]] == ["linked", "linked"]
    assert "names.csv:4" in done.err and "names.csv:5" in done.err
    table.write_text("nmae,country\nFT,GB\n", "utf-8")
    wrong = await geokg("match", str(table), environment=around)
    assert wrong.status == 2 and "Did you mean 'nmae'" in wrong.err
    one = await geokg("match", "whit house", "--country", "US", environment=around)
    assert one.status == 0 and "White House" in one.out and "country equal" in one.out
