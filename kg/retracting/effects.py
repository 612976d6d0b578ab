"""What changes for those who ask when some records fall: standings of claims, and actors of whom nothing is left."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any, Final, cast

from kg.asking.parameters import AsOf
from kg.asking.standings import standings
from kg.cypher import retracting as queries
from kg.engine.dialect import Dialect
from kg.engine.graph import Graph, Row
from kg.engine.query import Query
from kg.identity.current import identified
from kg.identity.reading import IdentifiedGraph
from kg.writing.retract import in_steps
from schema.answers.retractions import ChangedStanding, LeftActor
from schema.ids import label_of

_STEP: Final = 1_000
MOST: Final = 200
"""Standings and actors that are told of by name."""


class _Without:
    """A graph as it would be without some statements: what reads of them passes over them."""

    def __init__(self, graph: Graph, statements: Collection[str]) -> None:
        self._graph = graph
        self._statements = statements

    @property
    def dialect(self) -> Dialect:
        """That of the graph."""
        return self._graph.dialect

    async def read(self, query: Query, /, **parameters: Any) -> list[Row]:
        """The rows that are not of one of the statements."""
        rows = await self._graph.read(query, **parameters)
        return [row for row in rows if (row.get("statement") or {}).get("id") not in self._statements]


async def changed_standings(
    graph: Graph, falling: Collection[str], as_of: AsOf
) -> tuple[int, tuple[ChangedStanding, ...]]:
    """How many claims falling statements are about, and those whose standing changes.

    Args:
        graph: the open graph, which still has the statements.
        falling: ids of all that falls.
        as_of: now.
    """
    statements = {each for each in falling if label_of(each) == "Statement"}
    view = await identified(graph, as_of.known_at or "")
    without = IdentifiedGraph(cast(Graph, _Without(graph, statements)), view.identity, view._refs)
    about: Counter[str] = Counter()
    for some in in_steps(sorted(statements)):
        for row in await graph.read(queries.ABOUT, ids=some):
            about[view.canonical(row["claim"])] += 1
    found: list[ChangedStanding] = []
    for claims in in_steps(sorted(about), _STEP // 4):
        rows = {row["id"]: row for row in await graph.read(queries.SUBJECTS_OF, ids=claims)}
        subjects = {each: [view.canonical(actor) for actor in row["subjects"]] for each, row in rows.items()}
        before = await standings(view, subjects, as_of)
        after = await standings(without, subjects, as_of)
        found += [
            ChangedStanding(
                id=each,
                text=rows[each]["text"],
                before=before[each].standing,
                after=after[each].standing,
                statements=about[each],
            )
            for each in claims
            if each in rows and before[each].standing != after[each].standing
        ]
        if len(found) >= MOST:
            break
    return len(about), tuple(found[:MOST])


async def actors_left(graph: Graph, falling: Iterable[str]) -> tuple[int, tuple[LeftActor, ...]]:
    """How many actors nothing is left of when these fall, and which."""
    by_label: dict[str, list[str]] = defaultdict(list)
    for each in falling:
        by_label[label_of(each) or ""].append(each)
    losing: Counter[str] = Counter()
    for label in ("Statement", "Event", "Policy", "Document"):
        for some in in_steps(by_label[label]):
            for row in await graph.read(queries.actors_of(label), ids=some):
                losing.update(row["actors"])
    left: list[LeftActor] = []
    number = 0
    for some in in_steps(sorted(losing)):
        for row in await graph.read(queries.EVIDENCE_OF_ACTORS, ids=some):
            if row["evidence"] <= losing[row["id"]] and not row["ties"]:
                number += 1
                if number <= MOST:
                    left.append(LeftActor(id=row["id"], name=row["name"]))
    return number, tuple(left)
