"""The command line on the seed, in the process of the test; and beside others in processes of their own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import typer.testing

from api.cli.commands import app
from kg.engine.graph import Graph
from tests.cli.geokg import GEOKG, Done, geokg
from tests.engines.under_test import EngineUnderTest

QUESTIONS: list[tuple[str, ...]] = [
    ("actors", "alibba"),
    ("actors", "--kind", "company", "--country", "CN"),
    ("actor", "BABA"),
    ("timeline", "Alibaba Group", "--role", "speaker", "--oldest"),
    ("relationships", "Alibaba Group"),
    ("between", "Alibaba Group", "White House"),
    ("neighbourhood", "Kyle Chan", "--hops", "2", "--nodes", "20"),
    ("path", "Kyle Chan", "White House"),
    ("claims", "--accused", "Alibaba", "--standing", "contested"),
    ("policies", "--target", "China"),
    ("policy", "EO 14105"),
    ("documents", "--publisher", "Reuters"),
    ("events", "--participant", "Alibaba"),
    ("topics",),
    ("topic", "Qwen"),
    ("statistics",),
    ("verify",),
]


@pytest.fixture
def run(seeded_graph: Graph, engine: EngineUnderTest, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Run a command as in a shell, on the engine under test."""
    for name, value in engine.environment.items():
        monkeypatch.setenv(name, value)

    def ran(*arguments: str) -> Done:
        result = typer.testing.CliRunner().invoke(app, list(arguments))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Done(result.exit_code, result.stdout, result.stderr)

    return ran


async def _in_thread(run: Callable[..., Done], *arguments: str) -> Done:
    """A command runs a loop of its own."""
    return await asyncio.to_thread(run, *arguments)


@pytest.mark.parametrize("question", QUESTIONS, ids=[" ".join(question[:2]) for question in QUESTIONS])
async def test_a_question_is_answered_for_people_and_for_programs(
    run: Callable[..., Done], question: tuple[str, ...]
) -> None:
    for_people = await _in_thread(run, *question)
    assert (for_people.status, for_people.err) == (0, "")
    assert for_people.out.strip()
    for_programs = await _in_thread(run, *question, "--json")
    assert for_programs.status == 0
    assert for_programs.json


async def test_the_answers_of_the_story(run: Callable[..., Done]) -> None:
    found = (await _in_thread(run, "claims", "--accused", "Alibaba", "--json")).json
    claim = next(item for item in found["items"] if item["standing"]["standing"] == "contested")
    dossier = await _in_thread(run, "claim", claim["id"])
    for words in ("contested", "White House", "Embassy of China", "Central Intelligence Agency", "could not"):
        assert words.lower() in dossier.out.lower(), words
    told = (await _in_thread(run, "claim", claim["id"], "--json")).json
    assert (told["standing"]["origins"], told["standing"]["documents"]) == (1, 12)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("actor", "Nobody at all"), 3, "Nobody at all"),
        (("claim", "claim-" + "a" * 20), 3, "claim-aaa"),
        (("timeline", "Alibaba", "--from", "last week"), 2, "is no date"),
        (("timeline", "Alibaba", "--known-at", "2025-13"), 2, "is no date"),
        (("claims", "--standing", "contestd"), 2, "contested"),
        (("claims", "--cursor", "nonsense"), 2, "cursor"),
        (("path", "Alibaba", "China", "-k", "0"), 2, "k"),
        (("actors", "--limit", "0"), 2, "--limit"),
        (("actors", "--colour"), 2, "--colour"),
        (("ingest", "/nowhere.yaml"), 2, "there is no such file"),
        (("retract", "nonsense", "--reason", "r"), 2, "is no id of a"),
        (("retract", "doc-" + "a" * 20, "--reason", "r", "--preview"), 3, "nothing has this id"),
        (("restore", "doc-" + "a" * 20), 3, "nothing has this id"),
        (("actr", "x"), 2, "actr"),
    ],
)
async def test_what_goes_wrong_has_a_status_and_a_reason(
    run: Callable[..., Done], arguments: tuple[str, ...], status: int, words: str
) -> None:
    done = await _in_thread(run, *arguments)
    assert done.status == status, done.err
    assert done.out == ""
    assert words in done.err
    assert "Traceback" not in done.err
    assert len(done.err) < 3_000


async def test_the_export_of_a_command_is_that_of_the_library(run: Callable[..., Done], tmp_path: Path) -> None:
    file = tmp_path / "export.jsonl"
    told = await _in_thread(run, "export", str(file))
    assert told.status == 0
    lines = file.read_text("utf-8").splitlines()
    assert f"{len(lines)} records" in told.out
    assert [json.loads(line) for line in lines]
    assert (await _in_thread(run, "export")).out.splitlines() == lines
    wrong = await _in_thread(run, "export", str(tmp_path / "nowhere" / "file.jsonl"))
    assert (wrong.status, "cannot be written" in wrong.err) == (2, True)


def test_the_schema_of_records(run: Callable[..., Done], tmp_path: Path) -> None:
    printed = run("schema", "export")
    assert run("schema", "export", str(tmp_path / "schema.json")).status == 0
    assert json.loads((tmp_path / "schema.json").read_text("utf-8")) == printed.json
    assert run("schema", "export", str(tmp_path / "nowhere" / "schema.json")).status == 2


def test_help_names_every_command_with_what_it_does(run: Callable[..., Done]) -> None:
    told = run("--help")
    assert told.status == 0
    for name in ("serve", "ingest", "timeline", "between", "path", "claims", "policies", "verify", "rebuild", "export"):
        assert f" {name} " in told.out
    assert "Exit status: 0 done; 1 something was rejected or is broken" in " ".join(told.out.split())
    commands = [command.name for command in app.registered_commands if command.name]
    for name in commands:
        helped = run(name, "--help")
        assert helped.status == 0
        assert helped.out.strip()
    assert run("--version").out.startswith("geokg 0")


# ---- in processes of their own ---------------------------------------------------------------------------------------


async def test_a_rejected_record_ends_with_status_1_and_a_reject_file(
    seeded_graph: Graph, engine: EngineUnderTest, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"type": "actor", "name": "X", "kind": "compny"}\n', "utf-8")
    done = await geokg("ingest", str(bad), "--json", environment=engine.environment, cwd=tmp_path)
    assert done.status == 1
    assert done.json["counts"]["rejected"] == 1
    assert (tmp_path / done.json["reject_file"]).read_text("utf-8")
    assert "Did you mean 'company'?" in done.json["rejected"][0]["reason"]


async def test_no_engine_is_status_4(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    done = await geokg("statistics", "--data-dir", str(file / "data"), environment={})
    assert done.status == 4
    assert "the data folder cannot be used" in done.err
    done = await geokg("statistics", environment={"GEOKG_NEO4J_URI": "bolt://127.0.0.1:1"})
    assert done.status == 4
    assert "does not answer" in done.err


@pytest.fixture
async def served(seeded_graph: Graph, engine: EngineUnderTest) -> AsyncIterator[tuple[Any, str]]:
    """``geokg serve`` on a free port, and its address."""
    child = await asyncio.create_subprocess_exec(
        *(GEOKG, "serve", "--port", "0"),
        env={**os.environ, **engine.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdout is not None
    address = ""
    async for line in child.stdout:
        if b"/docs" in line:
            address = line.decode().split()[-1].removesuffix("/docs")
            break
    assert address, (await child.communicate())[1].decode()
    yield child, address
    if child.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        await child.wait()


async def _ready(client: httpx.AsyncClient) -> None:
    for _ in range(600):
        with contextlib.suppress(httpx.TransportError):
            if (await client.get("/readyz")).status_code == 200:
                return
        await asyncio.sleep(0.05)
    raise AssertionError("it does not get ready")


async def test_commands_work_beside_the_service_which_ctrl_c_ends(
    served: tuple[Any, str], engine: EngineUnderTest
) -> None:
    child, address = served
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        await _ready(client)
        over_http = (await client.get("/v1/statistics")).json()
        done = await geokg("statistics", "--json", environment=engine.environment)
        assert done.status == 0, done.err
        over_http.pop("as_of", None)
        told = done.json
        told.pop("as_of", None)
        assert told == {name: value for name, value in over_http.items() if value is not None}
    child.send_signal(signal.SIGINT)
    _, complaint = await child.communicate()
    assert child.returncode == 0, complaint.decode()
    assert b"Traceback" not in complaint


async def test_a_port_that_is_taken_is_told_of_at_once(served: tuple[Any, str], engine: EngineUnderTest) -> None:
    port = served[1].rsplit(":", 1)[1]
    done = await geokg("serve", "--port", port, environment=engine.environment)
    assert done.status == 2
    assert f"it cannot listen on 127.0.0.1:{port}" in done.err
