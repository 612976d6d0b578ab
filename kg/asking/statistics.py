"""How much the graph holds."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any, Final

from kg.asking.parameters import NOW, AsOf
from kg.asking.standings import standings
from kg.cypher import statistics as queries
from kg.engine.graph import Graph
from kg.identity.current import identified
from kg.identity.reading import IdentifiedGraph
from schema.answers.matters import Statistics

_BATCH: Final = 1_000


async def statistics(graph: Graph, as_of: AsOf = NOW) -> Statistics:
    """Counts by label, type, act, kind and standing; standings are computed for every claim.

    Actors that are one count once, and so do claims.
    """
    as_of = as_of.settled()
    view = await identified(graph, as_of.known_at or "")
    bounds = as_of.bounds() | {"hidden": view.identity.hidden("Actor") + view.identity.hidden("Claim")}
    nodes, relationships, acts, kinds, standing = await asyncio.gather(
        graph.read(queries.NODES, **bounds),
        graph.read(queries.RELATIONSHIPS, **bounds),
        graph.read(queries.ACTS, **bounds),
        graph.read(queries.KINDS, **bounds),
        _standings(view, as_of),
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


async def _standings(graph: IdentifiedGraph, as_of: AsOf) -> Counter[str]:
    counted: Counter[str] = Counter()
    united: dict[str, set[str]] = defaultdict(set)
    last = ""
    while True:
        rows = await graph.read(queries.CLAIMS, id=last, limit=_BATCH, **as_of.bounds())
        claims: dict[str, Collection[str]] = {}
        for row in rows:
            subjects = {graph.canonical(subject) for subject in row["subjects"]}
            if len(graph.members(row["id"])) > 1:  # its members may lie in other batches
                united[graph.canonical(row["id"])] |= subjects
            else:
                claims[row["id"]] = subjects
        counted.update(each.standing for each in (await standings(graph, claims, as_of)).values())
        if len(rows) < _BATCH:
            counted.update(each.standing for each in (await standings(graph, united, as_of)).values())
            return counted
        last = rows[-1]["id"]
