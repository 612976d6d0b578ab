"""The texts of the story, read as articles into a graph that knows actors only, against the curated records."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

import pytest

import seed_data
from kg.engine.graph import Graph
from kg.export import export_records
from kg.ingest import ingest_files
from kg.verify import verify
from tests.seed import seed_records

LEAST: Final = 0.6
"""Least part of the curated pairs of speaker and act that the reader finds, over all documents."""

GOLD: dict[str, Any] = seed_records.gold()
Pairs = dict[str, set[tuple[str, str]]]


@pytest.fixture(scope="module")
async def read(module_graph: Graph) -> Graph:
    """The graph of what was read."""
    report = await ingest_files(
        module_graph, [seed_data.FOLDER / "actors.yaml", *seed_data.article_files()], threshold=0.0
    )
    assert report.rejected == []
    return module_graph


async def _found(graph: Graph) -> Pairs:
    records = {record["id"]: record async for record in export_records(graph)}
    pairs: Pairs = defaultdict(set)
    for record in records.values():
        if record["type"] == "statement":
            speaker = records[record["actor"]]["name"] if "actor" in record else record["speaker"]
            pairs[records[record["document"]]["title"]].add((speaker, record["act"]))
    return pairs


def _wanted() -> Pairs:
    """What others say in a document; what an outlet says in its own voice is no attribution, and not read."""
    documents = {key: document for key, document in seed_records.load().documents.items() if document.seen}
    pairs: Pairs = defaultdict(set)
    for row in GOLD["statements"]:
        document = documents.get(row["document"])
        if document and not (document.kind == "article" and row["actor"] == document.publisher):
            pairs[document.title].add((row["actor"], row["act"]))
    return pairs


async def test_who_does_what_in_each_document(read: Graph) -> None:
    found, wanted = await _found(read), _wanted()
    assert set(wanted) <= set(found)
    hits = sum(len(wanted[title] & found[title]) for title in wanted)
    total = sum(map(len, wanted.values()))
    missed = {title: sorted(wanted[title] - found[title]) for title in wanted if wanted[title] - found[title]}
    assert hits >= LEAST * total, f"{hits} of {total}; missed {missed}"


async def test_who_denies_denies(read: Graph) -> None:
    """The denials, which the story is about, all by those who made them."""
    everywhere = {pair for pairs in (await _found(read)).values() for pair in pairs}
    assert {("Alibaba Group", "deny"), ("Embassy of China in Washington", "deny")} <= everywhere
    assert ("White House", "deny") not in everywhere


async def test_what_was_read_is_sound(read: Graph) -> None:
    assert (await verify(read)).faults == []
    again = await ingest_files(read, seed_data.article_files(), threshold=0.0)
    assert (again.counts.new, again.counts.changed) == (0, 0)
