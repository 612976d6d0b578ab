"""Bad input: each gets an error that says where and why; nothing is half-written, nothing is lost."""

from __future__ import annotations

import pytest

from kg.engine.graph import Graph
from kg.ingest import ingest_records
from tests.ingest.records import BAD, BASE, Mapping, actor, bad_statement
from tests.writing.exported import exported_text


@pytest.fixture(scope="module")
async def base(module_graph: Graph) -> Graph:
    """A graph that holds what the bad records name."""
    report = await ingest_records(module_graph, BASE)
    assert report.rejected == []
    return module_graph


@pytest.mark.parametrize(("record", "reason"), BAD, ids=[str(number) for number in range(len(BAD))])
async def test_a_bad_record_is_rejected_and_changes_nothing(base: Graph, record: Mapping, reason: str) -> None:
    before = await exported_text(base)
    report = await ingest_records(base, [record])
    assert report.counts.rejected == 1
    [rejected] = report.rejected
    assert rejected.where == "request#1"
    assert reason in rejected.reason
    assert len(rejected.reason) < 1_000
    assert await exported_text(base) == before


async def test_a_name_that_two_have_is_not_guessed(base: Graph) -> None:
    twins = [actor("Omega One", aliases=["Omega"]), actor("Omega Two", aliases=["Omega"])]
    report = await ingest_records(base, [*twins, bad_statement(speaker="Omega")])
    [rejected] = report.rejected
    assert "'Omega' names more than one actor: Omega One (actor-" in rejected.reason
    assert rejected.reason.endswith("Use the id")


async def test_what_was_perhaps_meant_is_named(base: Graph) -> None:
    report = await ingest_records(base, [actor("Gamma"), bad_statement(speaker="Gama")])
    assert "no record defines the actor 'Gama'. Did you mean 'Gamma'?" in report.rejected[0].reason
