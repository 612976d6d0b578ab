"""The service itself: signs of life, its description, and what happens when the engine is down."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import jsonschema
import pytest

from api.app import create_app
from api.problems import KINDS
from kg.settings import Settings
from tests.api.service import running, told
from tests.conftest import Neo4jUnderTest


def test_signs_of_life(client: httpx.Client) -> None:
    assert client.get("/healthz").json() == {"status": "alive", "engine": None}
    ready = client.get("/readyz").json()
    assert ready["status"] == "ready" and ready["engine"] in ("embedded", "neo4j")


def test_the_root_leads_on(client: httpx.Client) -> None:
    links = client.get("/").json()["links"]
    for address in links.values():
        assert client.get(address).status_code == 200, address
    page = client.get("/", headers={"accept": "text/html,*/*;q=0.1"})
    assert page.headers["content-type"].startswith("text/html")
    assert all(f'href="{address}"' in page.text for address in links.values())


def test_each_kind_of_problem_has_a_page(client: httpx.Client) -> None:
    for name, kind in KINDS.items():
        assert client.get(f"/problems/{name}").json()["status"] == kind.status


@contextmanager
def forwarder(host: str, port: int) -> Iterator[tuple[int, threading.Event]]:
    """A port that leads to another one while its gate is open; closing the gate cuts what runs through it."""
    gate = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.1)
    ended = threading.Event()
    ends: list[socket.socket] = []

    def pump(source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65_536):
                sink.sendall(data)
        except OSError:
            pass
        finally:
            for each in (source, sink):
                each.close()

    def accept() -> None:
        while not ended.is_set():
            if not gate.is_set():
                while ends:
                    with_shutdown(ends.pop())
            try:
                inner, _ = listening.accept()
            except TimeoutError:
                continue
            if not gate.is_set():
                inner.close()
                continue
            outer = socket.create_connection((host, port))
            ends.extend((inner, outer))
            for pair in ((inner, outer), (outer, inner)):
                threading.Thread(target=pump, args=pair, daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1], gate
    finally:
        ended.set()
        thread.join(5)
        listening.close()


def with_shutdown(each: socket.socket) -> None:
    with suppress(OSError):
        each.shutdown(socket.SHUT_RDWR)


def _until_ready(client: httpx.Client, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while (response := client.get("/v1/actors")).status_code != 200:
        told(response, 503)
        assert time.monotonic() < deadline, "it did not come back"
        time.sleep(0.2)


def _is_down(client: httpx.Client) -> None:
    assert client.get("/healthz").status_code == 200, "the process lives all the same"
    for path in ("/readyz", "/v1/actors", "/v1/claims/x", "/v1/statistics"):
        response = client.get(path)
        problem = told(response, 503)
        assert response.headers["retry-after"].isdecimal()
        assert "127.0.0.1" not in str(problem), "where the engine is, is nobody's business"


def test_a_neo4j_that_comes_late_goes_and_comes_back(neo4j: Neo4jUnderTest) -> None:
    address = httpx.URL(str(neo4j.settings.neo4j_uri).replace("bolt", "http", 1))
    with forwarder(address.host, address.port or 7687) as (port, gate):
        settings = neo4j.settings.model_copy(update={"neo4j_uri": f"bolt://127.0.0.1:{port}"})
        with running(settings) as client:
            _is_down(client)
            gate.set()
            _until_ready(client, 30)
            gate.clear()
            time.sleep(0.3)
            _is_down(client)
            gate.set()
            _until_ready(client, 30)


def test_an_embedded_engine_that_is_killed_comes_back(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", engine_heap="256m", engine_linger=0.5)
    with running(settings) as client:
        assert client.get("/readyz").status_code == 200
        assert client.get("/v1/claims?q=word").json()["items"] == [], "an empty folder is given its schema"
        pid = json.loads((tmp_path / "data" / "engine.json").read_text())["pid"]
        os.kill(pid, signal.SIGKILL)
        time.sleep(0.2)
        _until_ready(client, 60)
        assert json.loads((tmp_path / "data" / "engine.json").read_text())["pid"] != pid


# ---- the description -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def description(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    return create_app(Settings(data_dir=tmp_path_factory.mktemp("none"))).openapi()


def _operations(description: dict[str, object]) -> Iterator[tuple[str, str, dict[str, object]]]:
    paths = description["paths"]
    assert isinstance(paths, dict)
    for path, operations in paths.items():
        for method, operation in operations.items():
            yield path, method, operation


def test_operations_are_named_after_the_questions(description: dict[str, object]) -> None:
    names = [operation["operationId"] for _, _, operation in _operations(description)]
    assert sorted(map(str, names)) == sorted(
        ["actors", "actor", "timeline", "relationships", "neighbourhood", "between", "paths", "claims", "claim",
         "policies", "policy", "documents", "document", "events", "events_answers", "event", "topics", "topic",
         "statistics",
         "ingest_records", "ingest_article", "retract", "undo_retraction", "record_schema", "health", "readiness",
         "sources", "add_job", "jobs", "job", "job_events", "job_rejects", "job_reject_file", "cancel_job",
         "resume_job",
         "changes", "change_events", "retract_source", "undo_source_retraction",
         "decisions", "decision", "why", "actor_identity", "claim_identity", "decide", "split", "undo_decision",
         "match", "reconcile", "reconcile_form", "suggest_entity", "suggest_type", "suggest_property",
         "propose_properties", "preview",
         "mentions", "similar_claims", "provisional_actors", "accept_actor", "reject_actor",
         "reviews", "review", "accept_review", "correct_review", "reject_review", "readers", "read"]
    )  # fmt: skip


def test_each_operation_has_an_example_that_its_own_schema_takes(description: dict[str, object]) -> None:
    for path, _, operation in _operations(description):
        answered = operation["responses"]["200"].get("content", {})  # type: ignore[index]
        if "application/json" not in answered:  # a stream of events, or a file
            continue
        content = answered["application/json"]
        schema = {**content["schema"], "components": description["components"]}
        jsonschema.validate(content["example"], schema)
        assert content["example"], path


def test_each_operation_tells_its_problems_in_one_shape(description: dict[str, object]) -> None:
    for path, _, operation in _operations(description):
        responses = operation["responses"]
        assert isinstance(responses, dict)
        if path.startswith("/v1"):
            assert "422" in responses
        for status, response in responses.items():
            if int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"], (path, status)
    assert "HTTPValidationError" not in json.dumps(description)


def test_each_parameter_of_an_address_has_an_example_and_every_text_a_bound(description: dict[str, object]) -> None:
    for path, _, operation in _operations(description):
        parameters = operation.get("parameters", [])
        assert isinstance(parameters, list)
        for parameter in parameters:
            if parameter["in"] == "path":
                (example,) = parameter["examples"].values()
                assert example["value"], path
            shapes = [parameter["schema"], *parameter["schema"].get("anyOf", [])]
            for shape in [*shapes, *(each["items"] for each in shapes if "items" in each)]:
                if shape.get("type") == "string":
                    assert {"maxLength", "enum", "pattern"} & set(shape), (path, parameter["name"])
