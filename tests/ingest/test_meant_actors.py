"""Whom a record of an actor means: somebody of its own, or somebody who has the name already."""

from __future__ import annotations

from typing import Any

import pytest

from kg.asking import actors
from kg.engine.graph import Graph
from kg.export import export_records
from kg.ingest import ingest_records
from kg.verify import verify
from schema.ids import actor_id
from tests.ingest.records import actor

pytestmark = pytest.mark.graph

FEED: list[dict[str, Any]] = [
    actor("ACME Holding Ltd", key="feed.1", provisional=True),
    actor("Seat City", key="feed.2", provisional=True),
    actor("Nobody Knows", key="feed.3", provisional=True),
    {"type": "relationship", "relation": "PART_OF", "source": "feed.1", "target": "feed.3"},
    {"type": "relationship", "relation": "PART_OF", "source": "feed.2", "target": "feed.3"},
]


async def test_a_provisional_actor_is_whoever_has_its_name_already(graph: Graph) -> None:
    aliases = [{"name": "ACME Holding Ltd", "kind": "official"}, {"name": "Seat City", "kind": "metonym"}]
    await ingest_records(graph, [actor("ACME Group", aliases=aliases)])
    for new in (4, 0):  # two actors and two relationships; then the same again
        report = await ingest_records(graph, FEED)
        assert report.rejected == []
        assert report.counts.new == new
    lines = [record async for record in export_records(graph)]
    # a metonym alone does not say who is meant
    assert {r["name"] for r in lines if r["type"] == "actor"} == {"ACME Group", "Seat City", "Nobody Knows"}
    sources = {r["source"] for r in lines if r["type"] == "relationship"}
    assert sources == {actor_id("ACME Group"), actor_id("Seat City")}


async def test_a_qualifier_keeps_those_of_one_name_apart(graph: Graph) -> None:
    both = [actor("Ali Hasan", kind="person", qualifier=f"list:{n}", key=f"list.{n}") for n in (1, 2)]
    report = await ingest_records(graph, [*both, actor("Ali Hasan", kind="person", provisional=True)])
    assert report.rejected == []
    found = await actors.one(graph, actor_id("Ali Hasan", "list:2"))
    assert found.name == "Ali Hasan"
    lines = [record async for record in export_records(graph)]
    assert {record.get("qualifier") for record in lines} == {"list:1", "list:2", None}
    assert (await ingest_records(graph, lines)).counts.unchanged == len(lines) == 3
    assert (await verify(graph)).sound
