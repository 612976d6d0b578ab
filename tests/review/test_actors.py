"""Provisional actors: listed with where they are named, accepted or rejected once, with who did it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from kg.asking import actors
from kg.asking.parameters import AsOf
from kg.engine.graph import Graph
from kg.ingest import ingest_article
from schema.ids import actor_id
from tests.api.service import running, told
from tests.cli.geokg import geokg
from tests.engines.under_test import EngineUnderTest
from tests.readers.readings import steel, steel_article

RURITANIA, STEEL = actor_id("Ruritania"), actor_id("Strelsau Steel")


@pytest.fixture
async def newcomers(graph: Graph) -> Graph:
    await ingest_article(graph, steel_article(), reader=steel(1, 1, 1, 1))
    return graph


@pytest.fixture
def client(newcomers: Graph, engine: EngineUnderTest) -> Iterator[httpx.Client]:
    with running(engine.settings) as client:
        yield client


@pytest.mark.graph
async def test_newcomers_are_accepted_or_rejected(client: httpx.Client, graph: Graph, engine: EngineUnderTest) -> None:
    get, post = client.get, client.post  # the service runs in a thread of its own
    before = AsOf().settled()
    page = get("/v1/reviews/actors").json()
    assert {"Ruritania", "Strelsau Steel"} <= {each["actor"]["name"] for each in page["items"]}
    first = get("/v1/reviews/actors", params={"limit": 1}).json()
    rest = get("/v1/reviews/actors", params={"limit": 50, "cursor": first["next"]}).json()
    assert [*first["items"], *rest["items"]] == page["items"]
    [steel_found] = [each for each in page["items"] if each["actor"]["id"] == STEEL]
    assert steel_found["statements"] and steel_found["claims"] and steel_found["documents"]
    accepted = post(
        f"/v1/reviews/actors/{STEEL}/accept", json={"by": "desk", "kind": "company", "country": "DE"}
    ).json()
    assert (accepted["provisional"], accepted["reviewed_by"]) == (False, "desk")
    assert (accepted["actor"]["kind"], accepted["actor"]["country"]) == ("company", "DE")
    assert (await actors.one(graph, STEEL, before)).provisional
    assert not (await actors.one(graph, STEEL)).provisional
    told(post(f"/v1/reviews/actors/{STEEL}/accept", json={"by": "desk"}), 409)
    told(post(f"/v1/reviews/actors/{RURITANIA}/accept", json={"by": "desk", "kind": "kingdom"}), 422)
    told(post("/v1/reviews/actors/actor-aaaaaaaaaaaaaaaaaaaa/reject", json={"by": "desk"}), 404)
    environment = engine.environment
    done = await geokg("review", "reject-actor", RURITANIA, "--by", "desk", "--note", "novel", environment=environment)
    assert done.status == 0, done.err
    again = await geokg("review", "accept-actor", RURITANIA, "--by", "desk", environment=environment)
    assert again.status == 1 and "not provisional" in again.err
    listed = await geokg("review", "actors", environment=environment)
    assert RURITANIA not in listed.out and STEEL not in listed.out
    # Reading the article again makes nobody provisional whom somebody accepted, and brings back nobody.
    await ingest_article(graph, steel_article(), reader=steel(1, 1, 1, 1))
    assert not (await actors.one(graph, STEEL)).provisional
    assert get(f"/v1/actors/{RURITANIA}").status_code == 404
