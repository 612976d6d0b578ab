"""What one engine writes down, another takes back as the same graph, what was retracted and changed included."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.asking.parameters import AsOf
from kg.asking.statistics import statistics
from kg.engine.graph import Graph, open_graph
from kg.export import as_lines
from kg.graph_schema import apply_schema
from kg.ingest import ingest_files, ingest_records
from kg.ingest.report import Report
from kg.settings import Settings
from kg.verify import verify
from kg.writing.retract import retract, undo_retraction
from seed_data import files
from tests.engines.under_test import EngineUnderTest
from tests.ingest.records import actor
from tests.ingest.test_versions import BASE, FIRST, SECOND
from tests.writing.exported import exported, exported_text

_CHANGED = actor("Alibaba Group", aliases=["A new name"], identifiers={"lei": "second"}, description="Changed")


async def _lived(graph: Graph) -> None:
    """The seed, with a life: revised, retracted, opened again, superseded."""
    await ingest_files(graph, files())
    await ingest_records(graph, [*BASE, *FIRST])
    await ingest_records(graph, SECOND)
    await ingest_records(graph, [_CHANGED])
    keys = {record.get("key"): record["id"] for record in await exported(graph)}
    await retract(graph, [keys["nypost-report"]], "a test")
    await retract(graph, [keys["embassy.denial"], keys["p1"]] if "p1" in keys else [keys["embassy.denial"]], "a test")
    await retract(graph, [keys["afp-report"], keys["alibaba-shares-fall"]], "a mistake")
    await undo_retraction(graph, [keys["afp-report"]])


@pytest.fixture
async def other(engine: EngineUnderTest, tmp_path: Path) -> Any:
    """An empty graph on an embedded engine of its own."""
    graph = await open_graph(Settings(data_dir=tmp_path / "other", engine_heap="512m", engine_linger=0))
    await apply_schema(graph)
    yield graph
    await graph.close(wait=True)


async def test_a_graph_goes_from_engine_to_engine(graph: Graph, other: Graph, tmp_path: Path) -> None:
    """From each engine under test to an embedded one and back again."""
    await _lived(graph)
    text = await exported_text(graph)
    file = tmp_path / "export.jsonl"
    file.write_text(text, "utf-8")
    there: Report = await ingest_files(other, [file], batch_size=300)
    assert there.rejected == []
    assert there.counts.new == text.count("\n")
    assert there.superseded == 0
    assert await exported_text(other) == text
    assert (await verify(other)).faults == []

    moments = sorted({record["recorded_at"] for record in map(json.loads, text.splitlines())})
    for known_at in (moments[0], moments[len(moments) // 2], moments[-1]):
        then = AsOf.of(None, known_at)
        assert await statistics(graph, then) == await statistics(other, then)


async def test_the_order_of_an_export_does_not_matter(graph: Graph) -> None:
    await ingest_records(graph, [*BASE, *FIRST])
    await ingest_records(graph, SECOND)
    records = await exported(graph)
    text = as_lines(records)
    await _empty(graph)
    report = await ingest_records(graph, list(reversed(records)), batch_size=2)
    assert (report.rejected, report.superseded) == ([], 0)
    assert await exported_text(graph) == text


async def _empty(graph: Graph) -> None:
    await EngineUnderTest(graph, Settings()).empty()


def test_lines_are_equal_for_equal_records() -> None:
    assert as_lines([{"b": 1, "a": "é\u2028"}]) == '{"a": "é\u2028", "b": 1}\n'
    assert as_lines([]) == ""
