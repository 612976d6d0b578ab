"""Jobs, changes and sources on the real command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.engine.graph import Graph
from kg.jobs.store import JobStore
from tests.cli.geokg import geokg
from tests.engines.under_test import EngineUnderTest
from tests.ingest.records import actor, document


async def test_the_life_of_a_job(graph: Graph, engine: EngineUnderTest, tmp_path: Path) -> None:
    environment = {**engine.environment, "GEOKG_JOBS_DIR": str(tmp_path / "jobs")}

    async def run(*arguments: str, status: int = 0) -> Any:
        done = await geokg(*arguments, "--json", environment=environment, cwd=tmp_path)
        assert done.status == status, (arguments, done.out, done.err)
        return done.json if done.out else done.err

    good = [actor("Alpha", kind="media"), document("d", "Nothing is said here.", publisher="Alpha")]
    poison = [actor(f"Bad {n}", kind="nonsense") for n in range(3)]
    file = tmp_path / "input.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in [*poison, *good]), "utf-8")
    failed = await run("ingest", "--source", "files", "--max-rejects", "1", str(file), status=1)
    assert failed["state"] == "failed" and "more than 1 records were rejected" in failed["error"]
    assert failed["place"] == str(file)
    ended = await run("ingest", "--source", "files", "--max-rejects", "9", str(file), status=1)  # some were rejected
    assert (ended["id"], ended["state"]) == (failed["id"], "done")
    assert (ended["counts"]["new"], ended["counts"]["rejected"]) == (2, 3)
    rejects = await run("jobs", "rejects", ended["id"])
    assert [each["where"] for each in rejects["items"]] == [f"{file}:{n}" for n in (1, 2, 3)]
    JobStore(tmp_path / "jobs").add("files", str(file), again=True)
    listed = await geokg("jobs", "run", environment=environment)
    assert listed.status == 0 and listed.out.count("done") == 2, listed
    assert "the job is done" in await run("jobs", "cancel", ended["id"], status=1)

    told = await run("changes")
    assert [(each["change"], each["label"], each["job"]) for each in told["items"]] == [
        ("added", "Actor", ended["id"]),
        ("added", "Document", ended["id"]),
    ]
    assert (await run("retract", "--job", ended["id"], "--reason", "a test"))["actors_left"] == 1
    assert (await run("restore", "--job", ended["id"]))["nodes"] == {"Document": 1}
