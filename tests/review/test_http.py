"""Reviews and reading over HTTP, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from kg.engine.graph import Graph
from kg.ingest import ingest_article
from tests.api.service import running, told
from tests.engines.under_test import EngineUnderTest
from tests.readers.readings import steel, steel_article

LOW = 0.4
TEXT = "Ruritania accused Strelsau Steel of shipping parts to a blocked port. Strelsau Steel denied the allegations."


@pytest.fixture(scope="module")
async def queue(module_graph: Graph) -> Graph:
    """A graph in which four statements wait."""
    await ingest_article(module_graph, steel_article(), reader=steel(LOW, LOW, LOW, LOW), threshold=0.8)
    return module_graph


@pytest.fixture(scope="module")
def client(queue: Graph, engine: EngineUnderTest) -> Iterator[httpx.Client]:
    with running(engine.settings) as client:
        yield client


def waiting(client: httpx.Client) -> dict[tuple[str, str], dict[str, Any]]:
    items = client.get("/v1/reviews").raise_for_status().json()["items"]
    return {(item["act"], item["speaker"]): item for item in items}


def test_the_queue_is_listed_in_parts_and_each_shown_with_its_text(client: httpx.Client) -> None:
    items = client.get("/v1/reviews").json()["items"]
    first = client.get("/v1/reviews", params={"limit": 3}).json()
    rest = client.get("/v1/reviews", params={"limit": 3, "cursor": first["next"]}).json()
    assert [*first["items"], *rest["items"]] == items
    assert len(items) == 4
    shown = client.get(f"/v1/reviews/{items[0]['id']}").json()
    assert shown["before"] + shown["quote"] + shown["after"] == steel_article().text
    assert shown["document"]["title"] == "Row over steel"


def test_decisions_are_taken_once_and_answered_with_what_became_of_it(client: httpx.Client) -> None:
    found = waiting(client)
    accepted = client.post(
        f"/v1/reviews/{found['allege', 'Ruritania']['id']}/accept", json={"by": "Rassendyll", "note": "as it stands"}
    ).json()
    assert (accepted["status"], accepted["decided_by"], accepted["note"]) == ("accepted", "Rassendyll", "as it stands")
    path = f"/v1/reviews/{found['deny', 'Strelsau Steel']['id']}"
    body = {"by": "Rassendyll", "correction": {"manner": "partial"}}
    corrected = client.post(f"{path}/correct", json=body).json()
    assert (corrected["status"], corrected["correction"]) == ("corrected", {"manner": "partial"})
    rejected = client.post(f"/v1/reviews/{found['deny', 'Count Rischenheim']['id']}/reject", json={"by": "Sapt"}).json()
    assert (rejected["status"], rejected.get("result")) == ("rejected", None)
    again = told(client.post(f"{path}/accept", json={"by": "Hentzau"}), 409)
    assert "corrected already, by Rassendyll" in str(again["detail"])
    assert set(waiting(client)) == {("relay", "The Strelsau Gazette")}
    statuses = [item["status"] for item in client.get("/v1/reviews", params={"status": "all"}).json()["items"]]
    assert sorted(statuses) == ["accepted", "corrected", "pending", "rejected"]
    claims = client.get("/v1/claims", params={"accused": "Strelsau Steel"}).json()["items"]
    said = [each for claim in claims for each in client.get(f"/v1/claims/{claim['id']}").json()["said"]]
    assert {(each["act"], each.get("manner")) for each in said} == {("allege", None), ("deny", "partial")}


@pytest.mark.parametrize(
    ("path", "body", "status", "detail"),
    [
        ("review-aaaaaaaaaaaaaaaaaaaa/accept", {"by": "Sapt"}, 404, "no review has the id"),
        ("{id}/accept", {}, 422, "by"),
        ("{id}/accept", {"by": " "}, 422, "empty"),
        ("{id}/accept", {"by": "Sapt", "why": "x"}, 422, "why"),
        ("{id}/correct", {"by": "Sapt", "correction": {}}, 422, "correction"),
        ("{id}/correct", {"by": "Sapt", "correction": {"quote": "Not there."}}, 422, "does not stand in the document"),
        ("{id}/correct", {"by": "Sapt", "correction": {"speeker": "X"}}, 422, "Did you mean 'speaker'"),
    ],
)
def test_bad_decisions_are_told(
    client: httpx.Client, path: str, body: dict[str, Any], status: int, detail: str
) -> None:
    item = waiting(client)["relay", "The Strelsau Gazette"]
    problem = told(client.post(f"/v1/reviews/{path.replace('{id}', item['id'])}", json=body), status)
    assert detail in str(problem["detail"])
    assert client.get(f"/v1/reviews/{item['id']}").json()["status"] == "pending"


def test_bad_questions_are_told(client: httpx.Client) -> None:
    told(client.get("/v1/reviews/none"), 404)
    told(client.get("/v1/reviews", params={"status": "open"}), 422)
    told(client.get("/v1/reviews", params={"cursor": "x"}), 422)
    told(client.get("/v1/reviews", params={"state": "pending"}), 422)


def test_decisions_are_open_to_those_who_may_write_only(client: httpx.Client, engine: EngineUnderTest) -> None:
    item = waiting(client)["relay", "The Strelsau Gazette"]
    foreign = {"origin": "https://elsewhere.example"}
    for way in ("accept", "reject"):
        told(client.post(f"/v1/reviews/{item['id']}/{way}", json={"by": "Sapt"}, headers=foreign), 403)
    told(client.post("/v1/read", json={"text": TEXT}, headers=foreign), 403)
    with running(engine.settings.model_copy(update={"api_key": SecretStr("zenda")})) as keyed:
        told(keyed.post(f"/v1/reviews/{item['id']}/reject", json={"by": "Sapt"}, headers=foreign), 401)
        with_key = {**foreign, "x-api-key": "zenda"}
        done = keyed.post(f"/v1/reviews/{item['id']}/reject", json={"by": "Sapt"}, headers=with_key)
        assert done.json()["status"] == "rejected"


def test_an_article_is_read_without_being_taken_in(client: httpx.Client) -> None:
    assert client.get("/v1/readers").json()["readers"][0] == "grammar"
    before = client.get("/v1/statistics").json()
    found = client.post("/v1/read", json={"text": TEXT, "outlet": "The Gazette"}).json()
    assert [statement["act"] for statement in found["statements"]][:2] == ["allege", "deny"]
    assert found["document"]["outlet"] == "The Gazette"
    after = client.get("/v1/statistics").json()
    assert {**after, "as_of": None} == {**before, "as_of": None}
    told(client.post("/v1/read", json={"outlet": "The Gazette"}), 422)
    told(client.post("/v1/read", json={"text": "  "}), 422)


@pytest.mark.parametrize("path", ["/v1/read", "/v1/articles"])
def test_an_unknown_reader_is_told_with_the_nearest(client: httpx.Client, path: str) -> None:
    problem = told(client.post(path, json={"text": TEXT, "reader": "gramar"}), 422)
    assert "Did you mean 'grammar'" in str(problem["detail"])


def test_an_article_that_is_not_sure_waits(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOKG_REVIEW_THRESHOLD", "1")
    report = client.post("/v1/articles", json={"text": TEXT, "title": "A new row", "reader": "grammar"}).json()
    assert "statement" not in report["by_type"]
    assert report["by_type"]["review"]["new"] >= 2
    monkeypatch.setenv("GEOKG_REVIEW_THRESHOLD", "2")
    problem = told(client.post("/v1/articles", json={"text": TEXT}), 422)
    assert "GEOKG_REVIEW_THRESHOLD" in str(problem["errors"])
