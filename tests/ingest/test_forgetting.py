"""A run that forgets what it wrote, as a long one does, means the same by every reference."""

from __future__ import annotations

from typing import Any

import pytest

from kg.engine.graph import Graph
from kg.ingest import ingest_records
from kg.resolving import lookup
from kg.verify import verify
from tests.ingest.records import actor, claim, document, statement, without_times
from tests.writing.exported import exported_text

BASE = [actor("Alpha", aliases=["The A"]), actor("Beta", country="US")]
RECORDS: list[dict[str, Any]] = [
    actor("the a", key="k.alpha", kind="other", provisional=True),
    actor("Gamma", key="k.gamma", kind="other", provisional=True),
    document("d1", "Beta says that Gamma did it.", url="https://example.org/1"),
    claim("c1", "Gamma did it", subjects=["k.gamma"]),
    {"type": "policy", "title": "A rule without a number", "kind": "law", "issuers": ["Beta"]},
    {"type": "policy", "title": "Another rule", "number": "N 1", "kind": "law", "issuers": ["k.alpha"]},
    *(actor(f"Body {n}") for n in range(5)),
    statement("s1", "d1", "Beta", "allege", "Beta says that Gamma did it.", ["c1"]),
    document("d2", "Beta says that Gamma did it. Gamma denies it.", url="https://example.org/1"),
    statement("s2", "d2", "Gamma", "deny", "Gamma denies it.", ["c1"], manner="flat", answers=["s1"]),
    {"type": "policy", "title": "A third", "kind": "law", "amends": ["A rule without a number"], "revokes": ["N 1"]},
    {"type": "relationship", "relation": "PART_OF", "source": "k.alpha", "target": "BODY 3"},
]


async def test_what_was_forgotten_is_asked_of_the_graph(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    await ingest_records(graph, BASE)
    forgot = 0
    forget = lookup.Lookup.forget_written

    def counted(self: lookup.Lookup) -> None:
        nonlocal forgot
        forgot += 1
        forget(self)

    with monkeypatch.context() as patch:
        patch.setattr(lookup, "_FULL", -1)
        patch.setattr(lookup.Lookup, "forget_written", counted)
        report = await ingest_records(graph, RECORDS, batch_size=2)
    assert report.rejected == []
    assert forgot >= len(RECORDS) // 2
    assert (await verify(graph)).faults == []
    text = await exported_text(graph)
    again = await ingest_records(graph, RECORDS)
    assert (again.counts.new, again.counts.changed, again.rejected) == (0, 0, [])
    assert without_times(await exported_text(graph)) == without_times(text)
    assert '"revision_of"' in text
