"""Relationships of an actor, and of a pair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.asking.cursors import Place, place
from kg.asking.edges import groups, groups_of, narrowed, with_evidence
from kg.asking.filters import RelationshipFilters
from kg.asking.naming import find_actor
from kg.asking.parameters import FIRST_PAGE, NOW, AsOf, PageRequest
from kg.asking.shapes import ref
from kg.cypher import relationships as queries
from kg.engine.graph import Graph
from schema.answers.common import Edge
from schema.answers.relationships import DyadPage, RelationshipPage, SharedMatter

_ALL = RelationshipFilters()


async def of_actor(
    graph: Graph,
    actor: str,
    filters: RelationshipFilters = _ALL,
    as_of: AsOf = NOW,
    page: PageRequest = FIRST_PAGE,
) -> RelationshipPage:
    """Relationships of one actor, by id or exact name, the newest first, with counts by type and direction.

    Raises:
        NotFound: nobody has the id or name.
        InvalidInput: several have the name; a type does not tie actors; the cursor is broken or foreign.
    """
    found = await find_actor(graph, actor, as_of.settled())
    here = place("relationships", (found.id,), filters, as_of, page)
    counted = await groups_of(graph, found.id, filters.type, here.as_of, filters)
    rows = await graph.read(queries.EDGES["Actor"], node=found.id, **_asked(here, filters))
    items, following = await _part(graph, rows, here)
    return RelationshipPage(actor=found, groups=counted, items=items, next=following, as_of=here.as_of.answer())


async def dyad(
    graph: Graph,
    left: str,
    right: str,
    filters: RelationshipFilters = _ALL,
    as_of: AsOf = NOW,
    page: PageRequest = FIRST_PAGE,
) -> DyadPage:
    """Relationships of two actors with each other, and the claims, policies and events that both have to do with.

    Raises:
        NotFound, InvalidInput: as :func:`of_actor`.
    """
    now = as_of.settled()
    one, other = await find_actor(graph, left, now, "left"), await find_actor(graph, right, now, "right")
    here = place("dyad", (one.id, other.id), filters, as_of, page)
    pair = {"node": one.id, "other": other.id}
    asked, bounds = narrowed(filters), here.as_of.bounds()
    counted = groups(await graph.read(queries.DYAD_GROUPS, **pair, **asked, **bounds))
    rows = await graph.read(queries.DYAD_EDGES, **pair, **_asked(here, filters))
    items, following = await _part(graph, rows, here)
    shared = await graph.read(queries.SHARED, **pair, types=asked["types"], **bounds) if here.after is None else []
    return DyadPage(
        left=one,
        right=other,
        groups=counted,
        items=items,
        shared=tuple(
            SharedMatter(matter=ref(row["matter"]), left=tuple(sorted(row["left"])), right=tuple(sorted(row["right"])))
            for row in shared
        ),
        next=following,
        as_of=here.as_of.answer(),
    )


def _asked(here: Place, filters: RelationshipFilters) -> dict[str, Any]:
    at, identifier = here.after or (None, "")
    return {"at": at, "id": identifier, "limit": here.limit + 1, **narrowed(filters), **here.as_of.bounds()}


async def _part(graph: Graph, rows: Sequence[dict[str, Any]], here: Place) -> tuple[tuple[Edge, ...], str | None]:
    shown = rows[: here.limit]
    following = here.next((shown[-1]["at"], shown[-1]["props"]["id"])) if len(rows) > here.limit else None
    return tuple(await with_evidence(graph, shown, here.as_of)), following
