"""The graph around an actor."""

from __future__ import annotations

from typing import Any, Final

from kg.asking.edges import types_of, with_evidence
from kg.asking.filters import NeighbourhoodFilters
from kg.asking.frontier import by_label
from kg.asking.naming import find_actor
from kg.asking.parameters import NOW, AsOf
from kg.cypher import relationships as queries
from kg.engine.graph import Graph
from kg.identity.current import identified
from schema.answers.relationships import GraphNode, Neighbourhood

_ALL = NeighbourhoodFilters()
_MOST_A_HOP: Final = 5_000
_MOST_EDGES: Final = 1_000


async def neighbourhood(
    graph: Graph, actor: str, filters: NeighbourhoodFilters = _ALL, as_of: AsOf = NOW
) -> Neighbourhood:
    """Nodes within some hops of an actor, and every relationship among them with its evidence.

    Near nodes come before far ones, and those of newer relationships before those of older ones, until the size is
    reached; ``truncated`` tells that more lies within the hops.

    Raises:
        NotFound: nobody has the id or name.
        InvalidInput: several have the name; a type does not tie actors.
    """
    as_of = as_of.settled()
    types = types_of(filters.type)
    view = await identified(graph, as_of.known_at or "")
    centre = await find_actor(view, actor, as_of)
    asked = {"types": types, **as_of.bounds()}
    nodes = {centre.id: GraphNode(**centre.model_dump(), hops=0)}
    frontier, left_out, cut = {centre.id}, set[str](), False
    for hop in range(1, filters.hops + 1):
        around = by_label(view.expanded(frontier))
        rows = await view.read(queries.EXPAND, **around, without=[], limit=_MOST_A_HOP, **asked)
        cut |= len(rows) == _MOST_A_HOP
        frontier = set()
        for row in rows:
            for end in (row["source"], row["target"]):
                if end["id"] in nodes:
                    continue
                if len(nodes) >= filters.nodes:
                    left_out.add(end["id"])
                    continue
                nodes[end["id"]] = _node(end, hop)
                frontier.add(end["id"])
        if not frontier:
            break
    ids = view.expanded(nodes)
    found = await view.read(queries.AMONG, **by_label(ids), ids=ids, limit=_MOST_EDGES + 1, **asked)
    among = [row for row in found if row["source"]["id"] != row["target"]["id"]]
    reasons = []
    if left_out or cut:
        reasons.append(f"at least {len(left_out)} nodes lie within the hops beyond these {len(nodes)}")
    if len(found) > _MOST_EDGES:
        reasons.append(f"the {_MOST_EDGES} newest relationships among them are shown")
    return Neighbourhood(
        centre=centre,
        nodes=tuple(sorted(nodes.values(), key=lambda node: (node.hops, node.name, node.id))),
        edges=tuple(await with_evidence(view, among[:_MOST_EDGES], as_of)),
        truncated=bool(reasons),
        reason=f"{'; '.join(reasons)}. Ask for fewer types or hops, or for more nodes" if reasons else None,
        as_of=as_of.answer(),
    )


def _node(row: dict[str, Any], hops: int) -> GraphNode:
    return GraphNode(
        id=row["id"],
        label=row["label"],
        name=row["name"] or row["id"],
        kind=row["kind"],
        country=row["country"],
        hops=hops,
    )
