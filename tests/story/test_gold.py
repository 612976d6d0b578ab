"""The graph of the story, read back in full through the questions, is what the gold file says; on both engines."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import pytest

from kg.asking import claims as claim_questions
from kg.asking import timeline as timelines
from kg.asking.filters import TimelineFilters
from kg.asking.parameters import NOW, PageRequest
from kg.engine.graph import Graph
from kg.engine.query import Query
from kg.export import export_records
from kg.verify import verify
from kg.writing.rebuild import rebuild
from schema.answers.claims import Dossier
from schema.answers.matters import TimelineItem
from schema.ontology import ontology
from tests.seed import seed_records

GOLD: dict[str, Any] = seed_records.gold()
COUNT = Query(
    "nodes by label",
    "MATCH (n) WHERE NOT n:SchemaVersion AND NOT n:Changeset RETURN labels(n)[0] AS label, count(n) AS n",
)
DERIVED = Query(
    "derived relationships",
    "MATCH (a:Actor)-[r]->(b) WHERE type(r) IN $types RETURN type(r) AS type, a.name AS source, b.id AS target, "
    "r.evidence AS evidence",
)


@pytest.fixture(scope="module")
async def records(seeded_graph: Graph) -> dict[str, dict[str, Any]]:
    """Every record of the graph by its id, as it is exported."""
    return {record["id"]: record async for record in export_records(seeded_graph)}


@pytest.fixture(scope="module")
def names(records: dict[str, dict[str, Any]]) -> dict[str, str]:
    """What the gold file calls things: keys, and the names of what has none."""
    return {i: str(r.get("key") or r.get("name") or r.get("number") or i) for i, r in records.items()}


@pytest.fixture(scope="module")
async def dossiers(
    seeded_graph: Graph, records: dict[str, dict[str, Any]], names: dict[str, str]
) -> dict[str, Dossier]:
    """The dossier of each claim, by its key."""
    return {
        names[identifier]: await claim_questions.dossier(seeded_graph, identifier, NOW)
        for identifier, record in records.items()
        if record["type"] == "claim"
    }


async def test_nodes(seeded_graph: Graph) -> None:
    assert {row["label"]: row["n"] for row in await seeded_graph.read(COUNT)} == GOLD["nodes"]


def test_statements(records: dict[str, dict[str, Any]], names: dict[str, str]) -> None:
    found = Counter(
        (
            names[r["document"]],
            names[r["actor"]],
            r["act"],
            r.get("manner"),
            tuple(sorted(names[a] for a in r["about"])),
        )
        for r in records.values()
        if r["type"] == "statement"
    )
    wanted = Counter(
        (row["document"], row["actor"], row["act"], row.get("manner"), tuple(sorted(row["about"])))
        for row in GOLD["statements"]
    )
    assert found == wanted


def test_every_quote_stands_in_its_document(records: dict[str, dict[str, Any]]) -> None:
    for record in records.values():
        if record["type"] == "statement" and "quote" in record:
            text = records[record["document"]]["text"]
            assert text[record["start"] : record["end"]] == record["quote"]


def test_claims(dossiers: dict[str, Dossier]) -> None:
    assert set(dossiers) == {row["claim"] for row in GOLD["claims"]}


@pytest.mark.parametrize("row", GOLD["claims"], ids=[row["claim"] for row in GOLD["claims"]])
def test_claim(row: dict[str, Any], dossiers: dict[str, Dossier], names: dict[str, str]) -> None:
    dossier = dossiers[row["claim"]]
    said = {statement.id: statement for statement in dossier.said}

    def speakers(identifiers: tuple[str, ...]) -> list[str]:
        return sorted({actor.name for i in identifiers if (actor := said[i].actor) is not None})

    alleged = any(statement.act == "allege" for statement in dossier.said)
    found = {
        "claim": row["claim"],
        "standing": dossier.standing.standing,
        "accused": [actor.name for actor in dossier.subjects] if alleged else [],
        "speakers": Counter((s.act, s.manner, s.actor.name if s.actor else None) for s in dossier.said),
        "documents": dossier.standing.documents,
        "document_keys": sorted(names[document.id] for document in dossier.documents if document.seen),
        "independent_origins": dossier.standing.origins,
        "origins": [{"kind": origin.kind, "of": names[str(origin.id)]} for origin in dossier.origins],
        "could_not_verify": speakers(dossier.standing.could_not_verify),
        "declined_to_comment": speakers(dossier.standing.declined_by),
    }
    wanted = row | {
        "speakers": Counter({(s["act"], s.get("manner"), s["actor"]): s["statements"] for s in row["speakers"]})
    }
    assert found == wanted


def test_the_dossier_shows_each_quote_in_its_context(dossiers: dict[str, Dossier], records: dict[str, Any]) -> None:
    for dossier in dossiers.values():
        for statement in dossier.said:
            if statement.quote is not None:
                assert statement.document is not None
                text = records[statement.document.id]["text"]
                assert (statement.before or "") + statement.quote + (statement.after or "") in text
                assert text[statement.start : statement.end] == statement.quote


async def test_derived_relationships(seeded_graph: Graph, names: dict[str, str]) -> None:
    rows = await seeded_graph.read(DERIVED, types=list(ontology().derived()))
    assert all(row["evidence"] in names for row in rows)
    found = Counter((row["type"], row["source"], names[row["target"]]) for row in rows)
    assert found == Counter({(row["type"], row["from"], row["to"]): row["count"] for row in GOLD["derived"]})


async def test_the_timeline_of_alibaba(seeded_graph: Graph, names: dict[str, str]) -> None:
    items: list[TimelineItem] = []
    cursor: str | None = None
    while cursor is not None or not items:
        page = PageRequest(limit=30, cursor=cursor)
        answer = await timelines.timeline(seeded_graph, "BABA", TimelineFilters(order="oldest"), NOW, page)
        items += answer.items
        cursor = answer.next
        if cursor is None:
            break
    wanted = GOLD["timeline"]
    assert answer.actor.name == wanted["actor"]
    days: dict[str, list[str]] = defaultdict(list)
    for item in items:
        assert item.at is not None
        days[item.at.edtf].append(names[item.id])
    assert [{"date": day, "keys": sorted(keys)} for day, keys in days.items()] == wanted["days"]
    assert len(items) == wanted["items"]


async def test_the_graph_is_sound(seeded_graph: Graph) -> None:
    found = await verify(seeded_graph)
    assert found.faults == []
    assert found.quotes >= GOLD["nodes"]["Statement"] - 4
    assert found.derived == sum(row["count"] for row in GOLD["derived"])


async def test_a_rebuild_is_identical(seeded_graph: Graph) -> None:
    done = await rebuild(seeded_graph)
    assert done.identical
    assert done.deleted == done.written == sum(row["count"] for row in GOLD["derived"])
