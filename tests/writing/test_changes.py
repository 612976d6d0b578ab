"""What a later record says of a thing that is there: added, changed, kept, and known at each moment as it was."""

from __future__ import annotations

import json
from typing import Any

from kg.asking import actors
from kg.asking.parameters import NOW, AsOf
from kg.engine.graph import Graph
from kg.ingest import ingest_records
from kg.verify import verify
from kg.writing.rebuild import rebuild
from tests.ingest.records import actor, claim, document, statement
from tests.writing.exported import exported


async def _one(graph: Graph, kind: str = "actor") -> dict[str, Any]:
    [record] = [record for record in await exported(graph) if record["type"] == kind]
    return record


async def test_a_change_keeps_what_was_said_before(graph: Graph) -> None:
    await ingest_records(graph, [actor("Beta", country="US", description="Old", aliases=["B"])])
    first = await _one(graph)
    report = await ingest_records(graph, [actor("Beta", kind="media", description="New", aliases=["The Beta"])])
    assert (report.counts.changed, report.counts.new) == (1, 0)
    now = await _one(graph)
    assert (now["kind"], now["country"], now["description"]) == ("media", "US", "New")  # what it leaves out stays
    assert {alias["name"] for alias in now["aliases"]} == {"B", "The Beta"}
    assert now["recorded_at"] == first["recorded_at"]
    [revision] = map(json.loads, now["revisions"])
    assert revision["before"] == {"kind": "company", "description": "Old"}
    assert revision["until"] > first["recorded_at"]

    then = await actors.one(graph, first["id"], AsOf.of(None, first["recorded_at"]))
    assert then.description == "Old"
    assert {name.name for name in then.names} == {"B", "Beta"}
    assert {name.name for name in (await actors.one(graph, first["id"], NOW)).names} == {"B", "Beta", "The Beta"}


async def test_a_provisional_record_changes_nothing_and_is_changed_by_a_reviewed_one(graph: Graph) -> None:
    await ingest_records(graph, [actor("Beta", kind="other", provisional=True)])
    await ingest_records(graph, [actor("Beta", kind="media")])
    assert ((await _one(graph))["kind"], (await _one(graph))["provisional"]) == ("media", False)
    report = await ingest_records(graph, [actor("Beta", kind="other", provisional=True)])
    assert report.counts.unchanged == 1
    assert (await _one(graph))["kind"] == "media"


async def test_a_new_subject_changes_what_derives(graph: Graph) -> None:
    base = [actor("Alpha"), actor("Beta"), actor("Gamma"), document("d", "Alpha says that they did it.")]
    said = statement("s", "d", "Alpha", "allege", "Alpha says that they did it.", ["c"])
    await ingest_records(graph, [*base, claim("c", "They did it"), said])
    assert (await verify(graph)).derived == 1
    made = await _one(graph, "claim")
    more = {
        "type": "event",
        "key": "e",
        "kind": "meeting",
        "title": "t",
        "at": "2025",
        "participants": [{"actor": "Beta"}],
    }
    await ingest_records(graph, [more])
    await ingest_records(graph, [{**more, "participants": [{"actor": "Gamma"}]}])
    found = await verify(graph)
    assert (found.faults, found.derived) == ([], 3)  # the two who met, both ways
    assert (await rebuild(graph)).identical
    assert made["text"] == "They did it"


async def test_an_answer_that_comes_later_rebuts(graph: Graph) -> None:
    base = [actor("Alpha"), actor("Beta"), claim("c", "Beta did it", subjects=["Beta"])]
    text = document("d", "Alpha says that Beta did it. Beta denies it.")
    accuse = statement("a", "d", "Alpha", "allege", "Alpha says that Beta did it.", ["c"])
    deny = statement("b", "d", "Beta", "deny", "Beta denies it.", ["c"], manner="flat")
    await ingest_records(graph, [*base, text, accuse, deny])
    before = (await verify(graph)).derived
    report = await ingest_records(graph, [{**deny, "answers": ["a"]}])
    assert report.counts.changed == 1
    found = await verify(graph)
    assert (found.faults, found.derived) == ([], before + 1)
    assert (await rebuild(graph)).identical
