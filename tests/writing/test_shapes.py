"""Events and statements created by their shapes: the same graph as node by node, on both engines."""

from __future__ import annotations

from typing import Any

import pytest

from kg.engine.graph import Graph
from kg.ingest import ingest_records
from kg.verify import verify
from kg.writing import batch
from kg.writing.bundles import bundle_of
from kg.writing.rebuild import rebuild
from kg.writing.shapes import Shaped, shaped
from schema.records import EventRecord
from tests.ingest.records import actor, claim, document, statement, without_times
from tests.writing.exported import exported_text

MANY = 25
TEXT = " ".join(f"Alpha says that Beta did it {n}. Beta denies it {n}." for n in range(MANY))


def _event(n: int, **more: Any) -> dict[str, Any]:
    parts = [{"actor": "Alpha", "role": "agent"}, {"actor": "Beta", "role": "patient"}]
    return {"type": "event", "key": f"e{n}", "kind": "attack", "title": f"Raid {n}", "at": "2025-01-01"} | {
        "participants": parts,
        **more,
    }


RECORDS: list[dict[str, Any]] = [
    *(actor("Alpha"), actor("Beta"), actor("Gamma"), document("d", TEXT)),
    *(claim(f"c{n}", f"Beta did it {n}", subjects=["Beta"]) for n in range(MANY)),
    *(_event(n) for n in range(MANY)),
    *(_event(n, led_to=[f"e{n - 1}"]) for n in range(100, 100 + MANY) if n > 100),
    _event(100),
    _event(200, participants=[{"actor": "Alpha", "role": "agent"}] * 2),
    _event(201, evidence=[{"document": "d", "quote": "Beta denies it 3."}]),
    _event(202, participants=[]),
    *(statement(f"a{n}", "d", "Alpha", "allege", f"Alpha says that Beta did it {n}.", [f"c{n}"]) for n in range(MANY)),
    *(
        statement(f"b{n}", "d", "Beta", "deny", f"Beta denies it {n}.", [f"c{n}", f"e{n}"], answers=[f"a{n}"])
        for n in range(MANY)
    ),
]


async def test_the_same_graph_as_node_by_node(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[int] = []

    def counted(bundles: Any, now: str) -> Shaped:
        made = shaped(bundles, now)
        used.append(sum(map(len, made.rows.values())))
        return made

    with monkeypatch.context() as patch:
        patch.setattr(batch, "shaped", counted)
        report = await ingest_records(graph, RECORDS)
    assert (report.counts.new, report.rejected) == (len(RECORDS), [])
    assert sum(used) >= 3 * MANY
    found = await verify(graph)
    assert found.faults == []
    assert found.derived >= 2 * MANY
    assert (await rebuild(graph)).identical
    by_shape = without_times(await exported_text(graph))
    again = await ingest_records(graph, RECORDS)
    assert (again.counts.unchanged, again.relationships) == (len(RECORDS), 0)
    with monkeypatch.context() as patch:
        patch.setattr(batch, "shaped", lambda bundles, now: Shaped(plain=list(bundles)))
        renamed = [_renamed(record) for record in RECORDS]
        plain = await ingest_records(graph, renamed)
    assert plain.counts.new == len(RECORDS)
    assert plain.relationships == report.relationships
    assert (await verify(graph)).faults == []
    assert by_shape.count("\n") == len(RECORDS)


def _renamed(record: dict[str, Any]) -> dict[str, Any]:
    """The same records about others, so that all of them are new."""

    def renamed(value: Any) -> Any:
        match value:
            case str():
                return (
                    value.replace("Alpha", "Delta")
                    .replace("Beta", "Epsilon")
                    .replace("Raid", "Foray")
                    .replace("Title", "Caption")
                )
            case list():
                return [renamed(each) for each in value]
            case dict():
                return {name: renamed(each) for name, each in value.items()}
            case _:
                return value

    other: dict[str, Any] = renamed(record)
    if other.get("name") == "Gamma":
        other["name"] = "Zeta"
    keys = ("key", "document", "about", "answers", "led_to")
    for name in keys:
        if name in other:
            value = other[name]
            other[name] = f"x.{value}" if isinstance(value, str) else [f"x.{each}" for each in value]
    for each in other.get("evidence", ()):
        each["document"] = f"x.{each['document']}"
    return other


def test_a_few_of_a_shape_are_not_worth_a_query() -> None:
    record = EventRecord(kind="attack", title="t", at="2025")
    found = shaped([bundle_of(record, "event-" + "a" * 20)], "2025-11-14T00:00:00.000000Z")
    assert (len(found.plain), dict(found.rows)) == (1, {})
