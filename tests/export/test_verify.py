"""``verify`` finds each kind of fault in a graph that somebody changed by hand, and none in one that nobody did."""

from __future__ import annotations

import pytest

from kg.engine.graph import Graph, Transaction
from kg.engine.query import Query
from kg.ingest import ingest_records
from kg.verify import verify
from tests.ingest.records import actor, claim, document, memo, statement

RECORDS = [
    actor("Alpha", kind="media"),
    actor("Beta"),
    actor("Gamma"),
    document("d", "A memo of Gamma says that Beta did it. Beta denies it.", publisher="Alpha"),
    memo("m", issuers=["Gamma"]),
    claim("c", "Beta did it", subjects=["Beta"]),
    statement("inner", "m", "Gamma", "allege", None, ["c"]),
    statement("outer", "d", "Alpha", "relay", "A memo of Gamma says that Beta did it.", ["c"], relays=["inner"]),
    statement("denial", "d", "Beta", "deny", "Beta denies it.", ["c"], manner="flat", answers=["inner"]),
    {
        **{"type": "event", "key": "e", "kind": "meeting", "title": "They meet", "at": "2025-11"},
        "participants": [{"actor": "Beta"}, {"actor": "Gamma"}],
        "evidence": [{"document": "d", "quote": "Beta denies it."}],
    },
    {
        **{
            "type": "policy",
            "key": "p",
            "kind": "sanction",
            "title": "A rule",
            "issuers": ["Gamma"],
            "targets": ["Beta"],
        },
        "statuses": [{"status": "announced", "at": "2025", "evidence": {"document": "d", "quote": "Beta denies it."}}],
    },
    {
        **{"type": "relationship", "relation": "PART_OF", "source": "Beta", "target": "Gamma"},
        "evidence": {"document": "d", "quote": "Beta did it"},
    },
]

FAULTS = [
    ("MATCH (s:Statement {key: 'denial'}) SET s.start = s.start + 1", "offsets"),
    ("MATCH (s:Statement {key: 'denial'}) SET s.quote = 'Beta admits it.'", "offsets"),
    ("MATCH (s:Statement {key: 'denial'}) SET s.act = 'confirm'", "id"),
    ("MATCH (s:Statement {key: 'denial'}) SET s.act = 'shout'", "record"),
    ("MATCH (d:Document {key: 'd'}) SET d.text = d.text + ' More.'", "id"),
    ("MATCH (d:Document {key: 'd'}) REMOVE d.text", "offsets"),
    ("MATCH (c:Claim) SET c.text = 'Gamma did it'", "id"),
    ("MATCH (a:Actor {name: 'Beta'}) SET a.name = 'Delta'", "id"),
    ("MATCH (a:Actor {name: 'Beta'}) SET a.kind = 'ghost'", "record"),
    ("MATCH (p:Policy) SET p.title = 'Another'", "id"),
    ("MATCH (e:Event) SET e.at = '2025-12'", "id"),
    ("MATCH (:Event)-[r:DOCUMENTED_IN]->() SET r.start = 0", "offsets"),
    ("MATCH (:Actor)-[r:PART_OF]->() SET r.quote = 'Beta did not'", "offsets"),
    ("MATCH (s:PolicyStatus) SET s.quote = 'Beta admits it.'", "offsets"),
    ("MATCH (:Actor)-[r:PART_OF]->() SET r.role = 'another'", "id"),
    ("MATCH (:Actor)-[r:DENIES]->() DELETE r", "derived"),
    ("MATCH (:Actor)-[r:SANCTIONS]->() DELETE r", "derived"),
    ("MATCH (:Actor {name: 'Beta'})-[r:MEETS]->() DELETE r", "derived"),
    ("MATCH (:Actor)-[r:DENIES]->() SET r.manner = 'partial'", "derived"),
    ("MATCH (:Actor)-[r:ACCUSES]->() SET r.recorded_at = '2020-01-01T00:00:00.000000Z'", "derived"),
    ("MATCH (a:Actor)-[r:DENIES]->(c) CREATE (a)-[x:ALLEGES]->(c) SET x = properties(r), x.id = 'rel-x'", "derived"),
    ("MATCH (a:Actor)-[r:DENIES]->(c) CREATE (a)-[x:DENIES]->(c) SET x = properties(r)", "twice"),
    ("MATCH (a:Actor)-[r:PART_OF]->(b) CREATE (a)-[x:PART_OF]->(b) SET x = properties(r)", "twice"),
    ("MATCH (s:Statement {key: 'denial'})-[r:IN]->() DELETE r", "loose end"),
    ("MATCH (s:Statement {key: 'denial'})-[r:ABOUT]->() DELETE r", "loose end"),
    ("MATCH (s:Statement {key: 'outer'})-[r:RELAYS]->() DELETE r", "loose end"),
    ("MATCH (s:Statement {key: 'denial'}) REMOVE s.quote", "loose end"),
    ("MATCH (:Actor {name: 'Beta'})-[r:HAS_ALIAS]->() DELETE r", "loose end"),
    ("MATCH (:Policy)-[r:HAS_STATUS]->() DELETE r", "loose end"),
    ("MATCH (:Actor)-[r:MADE]->(:Statement {key: 'denial'}) DELETE r", "speaker"),
    ("MATCH (c:Claim) SET c.retracted_at = '2020-01-01T00:00:00.000000Z'", "interval"),
    ("MATCH (c:Claim) SET c.past = ['2025-01-02T00:00:00.000000Z/2025-01-01T00:00:00.000000Z']", "interval"),
    ("MATCH (c:Claim) SET c.past = ['yesterday']", "record"),
    ("MATCH (c:Claim) REMOVE c.recorded_at", "interval"),
    ("MATCH (v:SchemaVersion) SET v.version = 0", "schema"),
]


async def _change(graph: Graph, text: str) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run(Query("a change by hand", text))

    await graph.write(work)


async def test_nothing_is_found_where_nothing_is(graph: Graph) -> None:
    assert (await verify(graph)).sound
    await ingest_records(graph, RECORDS)
    found = await verify(graph)
    assert found.faults == []
    assert (found.engine, found.records, found.quotes) == (graph.name, len(RECORDS), 5)


@pytest.mark.parametrize(("change", "invariant"), FAULTS, ids=[str(number) for number in range(len(FAULTS))])
async def test_a_fault_is_found(graph: Graph, change: str, invariant: str) -> None:
    report = await ingest_records(graph, RECORDS)
    assert report.rejected == []
    await _change(graph, change)
    found = await verify(graph)
    assert not found.sound
    assert invariant in {fault.invariant for fault in found.faults}, found.faults
    assert all(fault.id and fault.what for fault in found.faults)
