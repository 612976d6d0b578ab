"""Every question over HTTP: the same answers as the functions give, and every bad parameter told."""

from __future__ import annotations

import http.client
from typing import Any

import httpx
import pytest
from pydantic import BaseModel

from kg.asking import (
    actors,
    claims,
    documents,
    events,
    neighbourhood,
    paths,
    policies,
    relationships,
    statistics,
    timeline,
    topics,
)
from kg.asking.filters import ClaimFilters, TimelineFilters
from kg.asking.parameters import AsOf
from kg.asking.search import search_actors
from kg.engine.graph import Graph
from tests.api.service import told
from tests.asking import world as w

KNOWN = {"known_at": w.RESTORED}
NOW = AsOf.of(known_at=w.RESTORED)
ORION = w.A["Orion Group"]


async def test_answers_are_those_of_the_library(client: httpx.Client, world: Graph) -> None:
    get = client.get  # the service runs in a thread of its own
    asked: list[tuple[str, dict[str, Any], BaseModel]] = [
        ("/v1/actors", {}, await search_actors(world, as_of=NOW)),
        ("/v1/actors/猎户座", {}, await actors.one(world, ORION, NOW)),
        ("/v1/actors/Orion/timeline", {}, await timeline.timeline(world, ORION, as_of=NOW)),
        (
            "/v1/actors/Orion/timeline",
            {"act": ["deny", "allege"], "from": "2025-11-14", "order": "oldest"},
            await timeline.timeline(
                world, ORION, TimelineFilters(act=("deny", "allege"), from_="2025-11-14", order="oldest"), NOW
            ),
        ),
        ("/v1/actors/Orion/relationships", {}, await relationships.of_actor(world, ORION, as_of=NOW)),
        ("/v1/actors/Orion/neighbourhood", {}, await neighbourhood.neighbourhood(world, ORION, as_of=NOW)),
        (
            "/v1/between",
            {"left": "White Palace", "right": ORION},
            await relationships.dyad(world, "White Palace", ORION, as_of=NOW),
        ),
        (
            "/v1/paths",
            {"source": "Ann Lee", "target": "Northland"},
            await paths.paths(world, "Ann Lee", "Northland", as_of=NOW),
        ),
        ("/v1/claims", {"unanswered": "true"}, await claims.search(world, ClaimFilters(unanswered=True), NOW)),
        (f"/v1/claims/{w.C_SUPPORT}", {}, await claims.dossier(world, w.C_SUPPORT, NOW)),
        ("/v1/policies", {}, await policies.search(world, as_of=NOW)),
        ("/v1/policies/2022-1", {}, await policies.one(world, w.RULE_2022, NOW)),
        ("/v1/documents", {}, await documents.search(world, as_of=NOW)),
        (f"/v1/documents/{w.HERALD}", {}, await documents.one(world, w.HERALD, NOW)),
        ("/v1/events", {}, await events.search(world, as_of=NOW)),
        (f"/v1/events/{w.SUMMIT}", {}, await events.one(world, w.SUMMIT, NOW)),
        ("/v1/topics", {}, await topics.search(world, as_of=NOW)),
        ("/v1/topics/large models", {}, await topics.one(world, "Large models", NOW)),
        ("/v1/statistics", {}, await statistics.statistics(world, NOW)),
    ]
    for path, parameters, answer in asked:
        response = get(path, params={**parameters, **KNOWN})
        assert response.status_code == 200, (path, response.text)
        assert response.json() == answer.model_dump(mode="json"), path


def test_both_clocks_reach_every_question(client: httpx.Client) -> None:
    for path in (
        "/v1/actors/Orion",
        "/v1/actors/Orion/timeline",
        "/v1/actors/Orion/relationships",
        "/v1/actors/Orion/neighbourhood",
        "/v1/between?left=Orion&right=Eastland",
        "/v1/paths?source=Orion&target=Eastland",
        f"/v1/claims/{w.C_SUPPORT}",
        "/v1/policies/2022-1",
        f"/v1/documents/{w.HERALD}",
        f"/v1/events/{w.SUMMIT}",
        "/v1/topics/Large models",
    ):
        join = "&" if "?" in path else "?"
        told(client.get(f"{path}{join}known_at=2025-10-31"), 404)
        for clock in ("known_at", "valid_at"):
            problem = told(client.get(f"{path}{join}{clock}=soon"), 422)
            assert problem["errors"] == [{"where": clock, "detail": problem["detail"]}]
            assert "'soon' is no date" in str(problem["detail"])
    for path in ("actors", "claims", "policies", "documents", "events", "topics"):
        assert client.get(f"/v1/{path}?known_at=2025-10-31").json()["items"] == []


def test_a_list_in_parts(client: httpx.Client) -> None:
    for path in ("actors", "actors/Orion/timeline", "actors/Orion/relationships", "claims", "policies", "documents",
                 "events", "topics"):  # fmt: skip
        whole = client.get(f"/v1/{path}", params={"limit": 200, **KNOWN}).json()["items"]
        parts, cursor = [], None
        while True:
            answer = client.get(f"/v1/{path}", params={"limit": 1, **KNOWN, **({"cursor": cursor} if cursor else {})})
            assert answer.status_code == 200, answer.text
            parts += answer.json()["items"]
            if (cursor := answer.json()["next"]) is None:
                break
        assert parts == whole, path


def test_a_foreign_or_broken_cursor(client: httpx.Client) -> None:
    cursor = client.get("/v1/claims?limit=1").json()["next"]
    for path, given in (("claims?accused=Orion", cursor), ("events?", cursor), ("claims?", "x" * 50), ("claims?", "é")):
        join = "" if path.endswith("?") else "&"
        problem = told(client.get(f"/v1/{path}{join}cursor={given}"), 422)
        assert "cursor" in str(problem["detail"])


@pytest.mark.parametrize(
    ("path", "where", "hint"),
    [
        ("/v1/actors?limit=0", "query.limit", "greater than or equal to 1"),
        ("/v1/actors?limit=201", "query.limit", "less than or equal to 200"),
        ("/v1/actors?limit=many", "query.limit", "valid integer"),
        ("/v1/actors?kind=compny", "query.kind", "Did you mean 'company'"),
        ("/v1/actors?country=China", "query.country", "pattern"),
        ("/v1/actors?name=Orion", "query.name", "known: q, kind, country"),
        ("/v1/actors/Orion/timeline?form=2025", "query.form", "did you mean 'from'"),
        ("/v1/actors/Orion/timeline?act=denny", "query.act.0", "Did you mean 'deny'"),
        ("/v1/actors/Orion/timeline?from=2025-13", "query.from", "is no date"),
        ("/v1/actors/Orion/timeline?from=2026&to=2025", "query", "lies behind"),
        ("/v1/actors/Orion/timeline?order=random", "query.order", "'newest' or 'oldest'"),
        ("/v1/actors/Orion/relationships?type=MADE", "type", "does not tie actors"),
        ("/v1/actors/Orion/relationships?type=ACCUSE", "query.type.0", "Did you mean 'ACCUSES'"),
        ("/v1/actors/Orion/neighbourhood?hops=9", "query.hops", "less than or equal to 3"),
        ("/v1/actors/a%00b", "path.actor", "control character"),
        ("/v1/actors?q=a%00b", "query.q", "control character"),
        ("/v1/claims?standing=denyed", "query.standing.0", "Did you mean 'denied'"),
        ("/v1/actors/the press", "actor", "Give the id of one"),
        ("/v1/between?left=Orion", "query.right", "Field required"),
        ("/v1/paths?source=Orion&target=ORN", "target", "the same actor"),
    ],
)
def test_a_bad_parameter_is_told_with_where_and_why(client: httpx.Client, path: str, where: str, hint: str) -> None:
    problem = told(client.get(path), 422)
    faults = problem["errors"]
    assert isinstance(faults, list)
    assert any(fault["where"] == where and hint in fault["detail"] for fault in faults), faults
    assert problem["type"] == "/problems/invalid_input"
    assert str(problem["instance"]).startswith("/v1/")


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("/v1/actors/Orin Group", "Did you mean 'Orion Group'?"),
        ("/v1/actors/actor-aaaaaaaaaaaaaaaaaaaa", "no actor has the id"),
        ("/v1/claims/nothing", "no claim has the id"),
        ("/v1/claims?accused=Nobody", "no actor is called 'Nobody'"),
        ("/v1/policies/EO 1", "no policy has the id, number or title"),
        ("/v1/nothing", "Nothing has this address"),
        ("/nothing", "Nothing has this address"),
        ("/v1/actors/", "Nothing has this address"),
        ("/problems/none", "there is no kind of problem called"),
    ],
)
def test_what_is_not_there_is_told(client: httpx.Client, path: str, hint: str) -> None:
    problem = told(client.get(path), 404)
    assert hint in str(problem["detail"])


@pytest.mark.parametrize(
    "fragment",
    [
        "') MATCH (n) DETACH DELETE n //",
        "{id: 'x'}) RETURN n UNION MATCH (n) RETURN n",
        "$known_at",
        "`; DROP INDEX actor_name",
        "\\u0027 OR 1=1",
        "Orion' OR 'a'='a",
        "../../etc/passwd",
        "*:*",
    ],
)
def test_a_fragment_of_a_query_is_but_a_name(client: httpx.Client, fragment: str) -> None:
    before = client.get("/v1/statistics", params=KNOWN).json()
    quoted = httpx.QueryParams({"x": fragment})["x"]
    for parameter, path in (("q", "actors"), ("q", "claims"), ("q", "policies"), ("q", "documents"), ("q", "topics")):
        assert client.get(f"/v1/{path}", params={parameter: quoted}).status_code == 200
    for parameter in ("accused", "speaker", "topic"):
        assert client.get("/v1/claims", params={parameter: quoted}).status_code == 404
    told(client.get("/v1/claims", params={"cursor": quoted}), 422)
    told(client.get("/v1/actors", params={"kind": quoted}), 422)
    assert client.get("/v1/documents", params={"claim": quoted}).json()["items"] == []
    assert client.get("/v1/statistics", params=KNOWN).json() == before


def test_a_string_that_is_too_long_is_told(client: httpx.Client) -> None:
    for parameter, path in (("q", "actors"), ("valid_at", "actors"), ("cursor", "actors"), ("accused", "claims")):
        told(client.get(f"/v1/{path}", params={parameter: "x" * 5_000}), 422)
    told(client.get("/v1/actors/" + "x" * 5_000), 422)
    for size in (70_000, 10_000_000):
        for address in ("/v1/actors?q=" + "x" * size, "/v1/actors/" + "x" * size):
            connection = http.client.HTTPConnection(client.base_url.host, client.base_url.port)
            connection.request("GET", address)  # httpx sends no address of this length
            response = connection.getresponse()
            assert (response.status, response.headers["content-type"]) == (414, "application/problem+json")
            assert len(response.read()) < 1_000
            connection.close()


def test_methods_that_an_address_does_not_take(client: httpx.Client) -> None:
    response = client.delete("/v1/actors")
    assert told(response, 405)["title"] == "Method not allowed"
    assert response.headers["allow"] == "GET"
