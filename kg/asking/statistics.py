"""How much the graph holds."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from kg.asking.parameters import NOW, AsOf
from kg.asking.standings import standings
from kg.cypher import statistics as queries
from kg.engine.graph import Graph
from schema.answers.matters import Statistics

_BATCH: Final = 1_000


async def statistics(graph: Graph, as_of: AsOf = NOW) -> Statistics:
    """Counts by label, type, act, kind and standing; standings are computed for every claim."""
    as_of = as_of.settled()
    bounds = as_of.bounds()
    nodes, relationships, acts, kinds, standing = await asyncio.gather(
        graph.read(queries.NODES, **bounds),
        graph.read(queries.RELATIONSHIPS, **bounds),
        graph.read(queries.ACTS, **bounds),
        graph.read(queries.KINDS, **bounds),
        _standings(graph, as_of),
    )
    return Statistics(
        nodes=_counts(nodes),
        relationships=_counts(relationships),
        acts=_counts(acts),
        standings=dict(standing.most_common()),
        actors=_counts(row for row in kinds if row["label"] == "Actor"),
        policies=_counts(row for row in kinds if row["label"] == "Policy"),
        events=_counts(row for row in kinds if row["label"] == "Event"),
        first_at=min((row["first"] for row in acts if row["first"]), default=None),
        last_at=max((row["last"] for row in acts if row["last"]), default=None),
        as_of=as_of.answer(),
    )


def _counts(rows: Iterable[dict[str, Any]]) -> dict[str, int]:
    """The most first."""
    found = {row["name"]: row["n"] for row in rows if row["n"]}
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


async def _standings(graph: Graph, as_of: AsOf) -> Counter[str]:
    counted: Counter[str] = Counter()
    last = ""
    while True:
        rows = await graph.read(queries.CLAIMS, id=last, limit=_BATCH, **as_of.bounds())
        found = await standings(graph, {row["id"]: row["subjects"] for row in rows}, as_of) if rows else {}
        counted.update(each.standing for each in found.values())
        if len(rows) < _BATCH:
            return counted
        last = rows[-1]["id"]
