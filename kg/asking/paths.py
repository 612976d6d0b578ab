"""Ways between two actors: the graph around both is fetched hop by hop, the ways are found in it."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise, takewhile
from typing import Any, Final

import networkx as nx

from kg.asking.edges import types_of, with_evidence
from kg.asking.filters import PathFilters
from kg.asking.frontier import by_label
from kg.asking.naming import find_actor, find_actor_or_topic
from kg.asking.parameters import NOW, AsOf
from kg.asking.shapes import ref
from kg.cypher import relationships as queries
from kg.engine.graph import Graph
from kg.identity.current import identified
from kg.identity.reading import IdentifiedGraph
from schema.answers.common import Edge, Ref
from schema.answers.relationships import Path, PathsAnswer, PathStep
from schema.errors import InvalidInput
from schema.ids import label_of

_ALL = PathFilters()
_MOST_EDGES: Final = 20_000
_MOST_PARALLEL: Final = 10

Row = dict[str, Any]


async def paths(graph: Graph, source: str, target: str, filters: PathFilters = _ALL, as_of: AsOf = NOW) -> PathsAnswer:
    """The k shortest simple ways between two actors, whatever the direction of the relationships.

    Fetched from both ends in turn, the smaller frontier first: once the balls around them have radii that add up to
    L, every way of at most L steps lies in what was fetched, so the search may stop at k ways of that length. The
    ways themselves are found by Yen's algorithm (J. Y. Yen, 1971) as networkx has it.

    Raises:
        NotFound: nobody has one of the ids or names.
        InvalidInput: a name is ambiguous; a type does not tie actors; both ends are the same.
    """
    as_of = as_of.settled()
    types = types_of(filters.type)
    view = await identified(graph, as_of.known_at or "")
    one, other = await find_actor(view, source, as_of, "source"), await find_actor(view, target, as_of, "target")
    if one.id == other.id:
        raise InvalidInput("source and target are the same actor", "target", "Name two")
    without = view.expanded([await _id(view, wanted, as_of) for wanted in filters.without])
    if {one.id, other.id} & set(without):
        raise InvalidInput("an end of the way cannot be left out", "without", "Leave out others")
    search = _Search(view, {"types": types, "without": without, **as_of.bounds()}, filters, (one.id, other.id))
    ways = await search.run()
    steps = {
        frozenset(pair): search.between[frozenset(pair)][:_MOST_PARALLEL] for way in ways for pair in pairwise(way)
    }
    edges = await with_evidence(view, [row for rows in steps.values() for row in rows], as_of)
    by_id = {edge.id: edge for edge in edges}
    return PathsAnswer(
        source=one,
        target=other,
        paths=tuple(_path(way, search.nodes, steps, by_id) for way in ways),
        nodes_searched=len(search.nodes),
        truncated=search.reason is not None,
        reason=search.reason,
        as_of=as_of.answer(),
    )


async def _id(graph: IdentifiedGraph, wanted: str, as_of: AsOf) -> str:
    if label_of(wanted) in queries.MEETING_LABELS:
        return wanted
    return (await find_actor_or_topic(graph, wanted, as_of, "without")).id


@dataclass
class _Search:
    """What has been fetched around both ends."""

    graph: IdentifiedGraph
    asked: dict[str, Any]
    filters: PathFilters
    ends: tuple[str, str]
    nodes: dict[str, Ref] = field(default_factory=dict)
    between: dict[frozenset[str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    hubs: set[str] = field(default_factory=set)
    reason: str | None = None
    _edges: set[str] = field(default_factory=set)

    async def run(self) -> list[list[str]]:
        """The ways, each as ids of nodes, the shortest first."""
        frontiers = [{end} for end in self.ends]
        balls = [{end} for end in self.ends]
        ways: list[list[str]] = []
        for length in range(1, self.filters.hops + 1):
            side = min((0, 1), key=lambda i: (not frontiers[i], len(frontiers[i])))
            if not frontiers[side]:
                break
            reached = await self._expand(frontiers[side])
            frontiers[side] = reached - balls[side] - self.hubs
            balls[side] |= reached
            ways = await asyncio.to_thread(self._ways, length)
            if len(ways) == self.filters.k or self.reason:
                break
        return ways

    async def _expand(self, frontier: set[str]) -> set[str]:
        left = _MOST_EDGES - len(self._edges)
        rows = await self.graph.read(
            queries.EXPAND, **by_label(self.graph.expanded(frontier)), limit=left + 1, **self.asked
        )
        if len(rows) > left:
            self.reason = (
                f"the search gave up at {_MOST_EDGES} relationships; other ways may exist. "
                "Ask for fewer types or hops, or leave hubs out"
            )
        reached: set[str] = set()
        for row in rows[:left]:
            for end in (row["source"], row["target"]):
                reached.add(end["id"])
                self.nodes.setdefault(end["id"], ref(end))
            if row["props"]["id"] not in self._edges:
                self._edges.add(row["props"]["id"])
                self.between[frozenset((row["source"]["id"], row["target"]["id"]))].append(row)
        await self._find_hubs(reached)
        return reached

    async def _find_hubs(self, reached: set[str]) -> None:
        if self.filters.max_degree is None:
            return
        asked = by_label(self.graph.expanded(reached - self.hubs - set(self.ends)))
        degrees: Counter[str] = Counter()
        for row in await self.graph.read(queries.DEGREES, types=self.asked["types"], **asked):
            degrees[self.graph.canonical(row["id"])] += row["degree"]
        self.hubs |= {node for node, degree in degrees.items() if degree > self.filters.max_degree}

    def _ways(self, longest: int) -> list[list[str]]:
        """At most k ways of at most so many steps; in the same order on both engines."""
        graph: nx.Graph[str] = nx.Graph()
        pairs = [(min(pair), max(pair)) for pair in self.between if len(pair) == 2 and not pair & self.hubs]
        graph.add_edges_from(sorted(pairs))
        if not all(end in graph for end in self.ends) or not nx.has_path(graph, *self.ends):
            return []
        ways: Iterator[list[str]] = nx.shortest_simple_paths(graph, *self.ends)
        return list(islice(takewhile(lambda way: len(way) - 1 <= longest, ways), self.filters.k))


def _path(
    way: Sequence[str],
    nodes: Mapping[str, Ref],
    steps: Mapping[frozenset[str], Sequence[Row]],
    edges: Mapping[str, Edge],
) -> Path:
    return Path(
        length=len(way) - 1,
        nodes=tuple(nodes[identifier] for identifier in way),
        steps=tuple(
            PathStep(
                source=left,
                target=right,
                edges=tuple(edges[row["props"]["id"]] for row in steps[frozenset((left, right))]),
            )
            for left, right in pairwise(way)
        ),
    )
