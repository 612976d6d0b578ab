"""Jobs and the log of changes over real HTTP; the jobs run in the service's own process for them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from kg.engine.graph import Graph
from tests.api.service import running, told
from tests.engines.under_test import EngineUnderTest
from tests.ingest.records import actor

LINES = {"Content-Type": "application/x-ndjson"}


def _lines(*records: object) -> bytes:
    return "".join((each if isinstance(each, str) else json.dumps(each)) + "\n" for each in records).encode()


def _events(response: httpx.Response) -> Iterator[dict[str, str]]:
    """The events of a stream, each with its fields."""
    event: dict[str, str] = {}
    for line in response.iter_lines():
        name, _, value = line.partition(": ")
        if line and name:
            event[name] = value
        elif not line and event:
            yield event
            event = {}


def _ended(client: httpx.Client, job: str) -> dict[str, Any]:
    """The job at its end, as its own events tell."""
    with client.stream("GET", f"/v1/jobs/{job}/events") as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        states = [json.loads(event["data"]) for event in _events(response)]
    assert all(state["id"] == job for state in states)
    ended: dict[str, Any] = states[-1]
    return ended


@pytest.fixture(scope="module")
def client(
    module_graph: Graph, engine: EngineUnderTest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("jobs")
    more = {"jobs_dir": folder, "jobs_max_bytes": 100_000, "batch_size": 5, "jobs_checkpoint": 0.0, "jobs_pause": 0.0}
    with running(engine.settings.model_copy(update=more)) as client:
        yield client


def test_a_job_from_its_input_to_its_end(client: httpx.Client) -> None:
    records = [actor(f"Company {n}") for n in range(30)]
    body = _lines(*records[:10], "{no json", *records[10:], actor("Nobody", kind="nonsense"))
    answer = client.post("/v1/jobs", params={"name": "../../feed.jsonl"}, content=body, headers=LINES)
    assert answer.status_code == 202
    job = answer.json()
    assert answer.headers["location"] == f"/v1/jobs/{job['id']}"
    assert (job["source"], job["place"], job["size"]) == ("files", "feed.jsonl", len(body))
    ended = _ended(client, job["id"])
    assert ended["state"] == "done", ended
    assert {**ended["counts"], "waiting": 0} == {
        **{"read": 32, "new": 30, "changed": 0, "unchanged": 0, "rejected": 2, "waiting": 0}
    }
    assert client.get(f"/v1/jobs/{job['id']}").json() == ended
    assert client.get("/v1/actors/Company 29").status_code == 200
    rejects = client.get(f"/v1/jobs/{job['id']}/rejects").json()
    assert [each["where"] for each in rejects["items"]] == ["feed.jsonl:11", "feed.jsonl:32"]
    assert rejects["total"] == 2 and rejects["next"] is None
    part = client.get(f"/v1/jobs/{job['id']}/rejects", params={"after": 1, "limit": 1}).json()
    assert [each["where"] for each in part["items"]] == ["feed.jsonl:32"]
    file = client.get(f"/v1/jobs/{job['id']}/rejects.jsonl").text.splitlines()
    assert json.loads(file[1])["record"]["name"] == "Nobody"

    same = client.post("/v1/jobs", params={"name": "other.jsonl"}, content=body, headers=LINES)
    assert (same.status_code, same.json()["id"], same.json()["again"]) == (200, job["id"], True)
    anew = client.post("/v1/jobs", params={"again": True}, content=body, headers=LINES).json()
    assert anew["id"] != job["id"]
    counts = _ended(client, anew["id"])["counts"]
    assert (counts["new"], counts["unchanged"], counts["rejected"]) == (0, 30, 2)
    assert (
        told(client.post(f"/v1/jobs/{job['id']}/cancel"), 409)["detail"]
        == "the job is done. There is nothing to cancel"
    )
    assert told(client.post(f"/v1/jobs/{job['id']}/resume"), 409)
    listed = client.get("/v1/jobs", params={"state": "done"}).json()["items"]
    assert [each["id"] for each in listed] == [anew["id"], job["id"]]


def test_too_many_rejects_stop_it_and_a_higher_limit_lets_it_go_on(client: httpx.Client) -> None:
    poison = [actor(f"Bad {n}", kind="nonsense") for n in range(20)]
    body = _lines(*(each for n in range(20) for each in (actor(f"Good {n}"), poison[n])))
    job = client.post("/v1/jobs", params={"max_rejects": 7}, content=body, headers=LINES).json()["id"]
    stopped = _ended(client, job)
    assert stopped["state"] == "failed"
    assert "more than 7 records were rejected; the last: kind: unknown actor_kind 'nonsense'" in stopped["error"]
    assert 0 < client.get("/v1/actors", params={"q": "Good"}).json()["items"].__len__() < 20
    assert client.post(f"/v1/jobs/{job}/resume", params={"max_rejects": 100}).json()["max_rejects"] == 100
    ended = _ended(client, job)
    assert (ended["state"], ended["error"]) == ("done", None)
    assert (ended["counts"]["read"], ended["counts"]["new"], ended["counts"]["rejected"]) == (40, 20, 20)
    assert client.get(f"/v1/jobs/{job}/rejects").json()["total"] == 20


def test_what_is_no_job(client: httpx.Client) -> None:
    send = client.post
    assert "Did you mean 'icews'" in str(told(send("/v1/jobs?source=icew", content=b"x"), 422)["detail"])
    assert (
        told(send("/v1/jobs", content=b"", headers=LINES), 422)["detail"]
        == "the input is empty. Give one with something in it"
    )
    assert told(send("/v1/jobs", files={"file": b"x"}), 415)
    assert told(send("/v1/jobs?address=file:///etc/passwd", content=b""), 422)
    assert told(send("/v1/jobs", content=b"x" * 100_001, headers=LINES), 413)
    assert told(send("/v1/jobs", content=iter([b"x" * 60_000] * 2), headers=LINES), 413)
    assert "as a job to /v1/jobs" in str(told(send("/v1/records", content=b"[" + b" " * 12_000_001), 413)["detail"])
    away = {**LINES, "X-Forwarded-For": "192.0.2.7"}
    assert told(send("/v1/jobs", content=_lines(actor("Away")), headers=away), 403)
    assert told(client.get("/v1/jobs", headers=away), 403)
    for path in (
        "/v1/jobs/job-aaaaaaaaaaaaaaaaaaaa",
        "/v1/jobs/job-..",
        "/v1/jobs/x/events",
        "/v1/jobs/job-aa/rejects",
    ):
        assert told(client.get(path), 404)["detail"] == "no job has this id. List them: geokg jobs"
    wrong = send("/v1/jobs?source=icews", content=b"no\ttable\n", headers={"Content-Type": "text/tab-separated-values"})
    assert wrong.status_code == 202
    ended = _ended(client, wrong.json()["id"])
    assert ended["state"] == "failed" and "body.tsv" in ended["error"], ended["error"]
    names = [each["name"] for each in client.get("/v1/sources").json()["items"]]
    assert {"files", "icews"} <= set(names)


def test_the_changes_as_they_happen(client: httpx.Client) -> None:
    begin = client.get("/v1/changes", params={"since": "now"}).json()
    assert begin["items"] == []
    with client.stream("GET", "/v1/changes/events", params={"since": begin["next"]}) as response:
        events = _events(response)
        client.post("/v1/records", json=[actor("First of all"), actor("Second")]).raise_for_status()
        first, second = next(events), next(events)
    assert [first["event"], second["event"]] == ["added", "added"]
    ids = [json.loads(each["data"])["id"] for each in (first, second)]
    client.post("/v1/records", json=[actor("Second", description="told later")]).raise_for_status()
    client.post("/v1/retractions", json={"ids": ids[:1], "reason": "a test"}).raise_for_status()
    client.post("/v1/retractions/undo", json={"ids": ids[:1]}).raise_for_status()
    with client.stream("GET", "/v1/changes/events", headers={"Last-Event-ID": first["id"]}) as response:
        events = _events(response)
        later = [next(events) for _ in range(4)]
    told_of = [(each["event"], json.loads(each["data"])["id"]) for each in later]
    assert told_of == [("added", ids[1]), ("changed", ids[1]), ("retracted", ids[0]), ("restored", ids[0])]
    page = client.get("/v1/changes", params={"since": begin["next"], "limit": 3}).json()
    rest = client.get("/v1/changes", params={"since": page["next"]}).json()
    assert (page["more"], rest["more"]) == (True, False)
    cursors = [each["cursor"] for each in page["items"] + rest["items"]]
    assert cursors == [first["id"], *(each["id"] for each in later)] == sorted(cursors)
    assert told(client.get("/v1/changes", params={"since": "999999999999999.1"}), 422)
    assert told(client.get("/v1/changes/events", params={"since": "nonsense"}), 422)
    assert client.get("/v1/changes", params={"since": "2100-01-01"}).json()["items"] == []
