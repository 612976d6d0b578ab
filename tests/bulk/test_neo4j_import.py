"""``geokg bulk export-neo4j``: files that Neo4j's own importer takes, and the same graph comes out."""

from __future__ import annotations

import asyncio
import csv
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

from kg.bulk.neo4j_import import ARGUMENTS, export_neo4j
from kg.engine.graph import Graph, open_graph
from kg.graph_schema import apply_schema
from kg.ingest import ingest_records
from kg.settings import load_settings
from kg.verify import verify
from kg.writing.retract import retract
from schema.errors import InvalidInput
from tests.engines.neo4j_server import CannotRun, Neo4jServer, admin_command
from tests.ingest.records import actor, claim, document, memo, statement
from tests.writing.exported import exported, exported_text

AWKWARD = 'He said "no";\n\tthen, "Beta denies it.\\" 阿里巴巴 😀, he said.'
RECORDS: list[dict[str, Any]] = [
    actor("Alpha", aliases=['The "A"', "Al, pha", "阿尔法"], identifiers={"ofac": ["1;2", "3"], "lei": "x"}),
    actor("Beta", country="US", description=""),
    document("d", AWKWARD, publisher="Alpha", authors=["One; Two", 'Three "3"']),
    memo("m", issuers=["Beta"]),
    claim("c", "Beta did it, 'twice'", subjects=["Beta"]),
    statement("s", "d", "Beta", "deny", "Beta denies it.", ["c"], manner="flat", confidence=0.5, spans=[[25, 29]]),
    {
        "type": "event",
        "key": "e",
        "kind": "attack",
        "title": "Raid",
        "at": "2025",
        "figures": {"dead": 2.0},
        "participants": [{"actor": "Alpha", "role": "agent"}, {"actor": "Beta", "role": "patient"}],
    },
    {"type": "relationship", "relation": "PART_OF", "source": "Beta", "target": "Alpha", "valid_from": "2020"},
]


async def test_what_is_exported_is_imported_by_neo4j(graph: Graph, tmp_path: Path) -> None:
    report = await ingest_records(graph, RECORDS)
    assert report.rejected == []
    event = next(record["id"] for record in await exported(graph) if record["type"] == "event")
    await retract(graph, [event], "a test")
    folder = tmp_path / "files"
    done = await export_neo4j(graph, folder)
    arguments = (folder / ARGUMENTS).read_text("utf-8").splitlines()
    named = [line.split("=", 2)[2].split(",") for line in arguments if line.startswith(("--nodes", "--relationships"))]
    assert {name for pair in named for name in pair} | {ARGUMENTS} == {each.name for each in folder.iterdir()}
    assert done.files == len(list(folder.iterdir()))
    _check_columns(folder, named, done.nodes + done.relationships)
    with pytest.raises(InvalidInput, match="not empty"):
        await export_neo4j(graph, folder)
    if graph.name == "embedded":
        await _check_import(graph, folder)


def _check_columns(folder: Path, named: list[list[str]], total: int) -> None:
    """Each row has the columns of its header, and what is awkward in them is there as it was."""
    rows = 0
    texts = []
    for header, data in named:
        columns = (folder / header).read_text("utf-8").strip().split(",")
        with (folder / data).open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                assert len(row) == len(columns), (header, row)
                rows += 1
                texts += [value for name, value in zip(columns, row, strict=True) if name == "text:string"]
    assert rows == total
    assert AWKWARD in texts


async def _check_import(graph: Graph, folder: Path) -> None:
    """Import by the tool that comes with Neo4j, and compare what each engine exports."""
    home = Path(tempfile.mkdtemp(prefix="geokg-import-"))
    try:
        command = admin_command("database", "import", "full", f"@{folder / ARGUMENTS}", "neo4j")
    except CannotRun as error:
        if "neo4j" in os.environ.get("GEOKG_TEST_REQUIRE", ""):
            raise
        pytest.skip(f"neo4j: {error}")
    env = os.environ | {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    (home / "conf").mkdir()
    (home / "conf" / "neo4j.conf").touch()
    told = await asyncio.to_thread(
        subprocess.run, command, cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
    with Neo4jServer(home=home) as server:
        other = await open_graph(load_settings(neo4j_uri=server.uri))
        try:
            await apply_schema(other)
            assert await exported_text(other) == await exported_text(graph)
            assert (await verify(other)).faults == []
            again = await ingest_records(other, RECORDS)
            assert (again.counts.new, again.counts.unchanged) == (0, len(RECORDS))
        finally:
            await other.close()
