"""The embedded engine: shared by who uses it, whoever starts or dies, and closed to everybody else."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest
from pydantic import SecretStr

from kg.cypher import schema_version
from kg.engine.graph import Graph, Transaction, open_graph
from kg.engine.query import Query
from kg.errors import EngineRefused, EngineUnavailable
from kg.graph_schema import apply_schema
from kg.settings import Settings
from tests.cli.geokg import geokg

WRITE = Query("write a mark", "CREATE (t:Topic {id: $id, name: $id})")
COUNT = Query("count the marks", "MATCH (t:Topic) RETURN count(t) AS n")
_HOLD = """
import sys, time
from pathlib import Path
from kg.engine.embedded import EmbeddedEngine
from kg.settings import Settings
EmbeddedEngine(Settings(data_dir=Path(sys.argv[1]))).join()
print("joined", flush=True)
time.sleep(600)
"""


def settings_for(folder: Path, linger: float = 0) -> Settings:
    """An engine of its own in the folder."""
    return Settings(data_dir=folder, engine_heap="256m", engine_linger=linger)


def engines_of(folder: Path) -> list[psutil.Process]:
    """The engine processes on the folder."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        command = process.info["cmdline"] or []
        if "kg.engine.server_process" in command and str(folder) in command:
            found.append(process)
    return found


def pid_of(folder: Path) -> int:
    """The process that engine.json names."""
    return int(json.loads((folder / "engine.json").read_text("utf-8"))["pid"])


async def ended(folder: Path, seconds: float = 15) -> bool:
    """Wait until no engine serves the folder."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not engines_of(folder):
            return True
        await asyncio.sleep(0.05)
    return False


async def mark(graph: Graph, name: str) -> None:
    """Write one node."""

    async def work(transaction: Transaction) -> None:
        await transaction.run(WRITE, id=name)

    await graph.write(work)


async def marks(graph: Graph) -> int:
    """How many were written."""
    return int((await graph.read(COUNT))[0]["n"])


@pytest.fixture
async def folder(tmp_path: Path) -> AsyncIterator[Path]:
    """A data folder; what serves it at the end is ended."""
    yield tmp_path / "data"
    for process in engines_of(tmp_path / "data"):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


async def test_one_engine_for_all_closed_to_others_and_gone_with_the_last(folder: Path) -> None:
    """Two commands start on an empty folder at once, and join one engine, whose schema is there once."""
    environment = {"GEOKG_DATA_DIR": str(folder), "GEOKG_ENGINE_HEAP": "256m", "GEOKG_ENGINE_LINGER": "4"}
    done = await asyncio.gather(*(geokg("schema", "apply", "--json", environment=environment) for _ in range(2)))
    assert [each.status for each in done] == [0, 0], [each.err for each in done]
    [engine] = engines_of(folder)
    assert engine.pid == pid_of(folder)

    async with await open_graph(settings_for(folder)) as graph:
        assert [row["version"] for row in await graph.read(schema_version.READ)] == [done[0].json["version"]]
        assert engines_of(folder) == [engine]
        await mark(graph, "a")

        listening = [c.laddr.ip for c in engine.net_connections() if c.status == psutil.CONN_LISTEN]
        assert len(listening) == 2
        for address in listening:
            found = ipaddress.ip_address(address)
            assert (getattr(found, "ipv4_mapped", None) or found).is_loopback

        password = _kept_to_itself(folder, engine)
        here = Settings(neo4j_uri=f"bolt://127.0.0.1:{_port(folder)}", neo4j_user="root", neo4j_database="geokg")
        for guess in ("", "root", "playwithdata"):
            with pytest.raises(EngineRefused, match="refuses this user or password") as error:
                await open_graph(here.model_copy(update={"neo4j_password": SecretStr(guess)}))
            assert error.value.remedy == "Check GEOKG_NEO4J_USER and GEOKG_NEO4J_PASSWORD"
    assert await ended(folder)
    assert not (folder / "engine.json").exists()

    (folder / "password").unlink()
    with pytest.raises(EngineRefused, match="refuses the password of its folder") as error:
        await open_graph(settings_for(folder))
    assert "Put back the file" in str(error.value.remedy)
    (folder / "password").write_text(password, "utf-8")
    async with await open_graph(settings_for(folder)) as graph:
        assert await marks(graph) == 1


def _port(folder: Path) -> int:
    return int(json.loads((folder / "engine.json").read_text("utf-8"))["bolt_port"])


def _kept_to_itself(folder: Path, engine: psutil.Process) -> str:
    """The engine's password, which stands in a file of the user's and nowhere else."""
    password = (folder / "password").read_text("utf-8")
    assert len(password) >= 32
    assert stat.S_IMODE((folder / "password").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert password not in str([engine.cmdline(), list(engine.environ().values())])
    others = [path for path in folder.rglob("*") if path.is_file() and path.name != "password"]
    assert [path for path in others if password.encode() in path.read_bytes()] == []
    return password


async def test_a_killed_engine_is_started_again_with_all_that_it_acknowledged(folder: Path) -> None:
    async with await open_graph(settings_for(folder)) as graph:
        await apply_schema(graph)
        for number in range(20):
            await mark(graph, f"m{number}")
        first, port = pid_of(folder), _port(folder)
        os.kill(first, signal.SIGKILL)
        psutil.wait_procs([psutil.Process(first)] if psutil.pid_exists(first) else [], timeout=5)
        with pytest.raises(EngineUnavailable, match="the embedded engine does not answer") as error:
            await marks(graph)
        assert error.value.remedy == "Try again in a moment"
        with socket.socket() as other:  # another program takes the port that engine.json still names
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            other.bind(("127.0.0.1", port))
            other.listen()
            assert await marks(graph) == 20
        assert await graph.alive()
        assert pid_of(folder) != first
        await mark(graph, "after")
        assert await marks(graph) == 21


async def test_a_killed_client_does_not_keep_the_engine(folder: Path) -> None:
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _HOLD, str(folder)),
        env={**os.environ, "GEOKG_ENGINE_LINGER": "0", "GEOKG_ENGINE_HEAP": "256m"},
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None
    assert await child.stdout.readline() == b"joined\n"
    assert len(list((folder / "leases").iterdir())) == 1
    child.kill()
    await child.wait()
    assert await ended(folder)
    assert list((folder / "leases").iterdir()) == []


async def test_who_comes_while_the_engine_ends_gets_the_next(folder: Path) -> None:
    async with await open_graph(settings_for(folder)):
        first = pid_of(folder)
        os.kill(first, signal.SIGTERM)
        graphs = await asyncio.gather(*(open_graph(settings_for(folder)) for _ in range(3)))
        # One may have been let in before it ended; whoever asks again is answered by the next.
        assert [await graph.alive() or await graph.alive() for graph in graphs] == [True] * 3
        for graph in graphs:
            await graph.close()
    assert await ended(folder)


def _litter(folder: Path) -> None:
    folder.mkdir()
    (folder / "engine.json").write_text('{"pid": 1, "bolt_p', "utf-8")
    (folder / "engine.lock").touch()
    (folder / "start.lock").touch()
    (folder / "password.0123").write_text("half", "utf-8")
    (folder / "leases").mkdir()
    (folder / "leases" / "1-dead.lease").touch()


async def test_what_a_start_left_that_was_killed_is_no_obstacle(folder: Path) -> None:
    _litter(folder)
    graph = await open_graph(settings_for(folder))
    assert await graph.alive()
    await graph.close(wait=True)
    assert await ended(folder)


@pytest.mark.parametrize("name", ["file/data", "file"])
async def test_a_folder_that_cannot_be_used_is_told_of(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EngineUnavailable, match="the data folder cannot be used") as error:
        await open_graph(settings_for(tmp_path / name))
    assert error.value.where == str(tmp_path / name)
    assert error.value.remedy == "Name another one with --data-dir"


async def test_an_engine_that_cannot_start_says_where_it_says_why(folder: Path) -> None:
    with pytest.raises(EngineUnavailable, match="did not start") as error:
        await open_graph(Settings(data_dir=folder, engine_heap="1m", engine_start_timeout=20))
    assert error.value.where == str(folder / "engine.log")
    assert "GEOKG_ENGINE_HEAP" in str(error.value.remedy)
