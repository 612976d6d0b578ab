"""Relationships of an actor, and of a pair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.asking.cursors import Place, moment, place
from kg.asking.edges import groups, groups_of, narrowed, with_evidence
from kg.asking.filters import RelationshipFilters
from kg.asking.naming import find_actor
from kg.asking.parameters import FIRST_PAGE, NOW, AsOf, PageRequest
from kg.asking.shapes import ref
from kg.cypher import relationships as queries
from kg.engine.graph import Graph
from kg.identity.current import identified
from kg.identity.reading import IdentifiedGraph
from schema.answers.common import Edge
from schema.answers.relationships import DyadPage, RelationshipPage, SharedMatter
from schema.errors import InvalidInput

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
    now = moment(as_of, page)
    view = await identified(graph, now.known_at or "")
    found = await find_actor(view, actor, now)
    here = place("relationships", (found.id,), filters, as_of, page)
    counted = await groups_of(view, found.id, filters.type, here.as_of, filters)
    rows = await view.read(queries.EDGES["Actor"], nodes=view.members(found.id), **_asked(here, filters))
    items, following = await _part(view, rows, here)
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
    now = moment(as_of, page)
    view = await identified(graph, now.known_at or "")
    one, other = await find_actor(view, left, now, "left"), await find_actor(view, right, now, "right")
    if one.id == other.id:
        raise InvalidInput(f"both are {one.name}", "right", "Name two")
    here = place("dyad", (one.id, other.id), filters, as_of, page)
    pair = {"nodes": view.members(one.id), "others": view.members(other.id)}
    asked, bounds = narrowed(filters), here.as_of.bounds()
    counted = groups(await view.read(queries.DYAD_GROUPS, **pair, **asked, **bounds))
    rows = await view.read(queries.DYAD_EDGES, **pair, **_asked(here, filters))
    items, following = await _part(view, rows, here)
    shared = await view.read(queries.SHARED, **pair, types=asked["types"], **bounds) if here.after is None else []
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


async def _part(
    graph: IdentifiedGraph, rows: Sequence[dict[str, Any]], here: Place
) -> tuple[tuple[Edge, ...], str | None]:
    shown = rows[: here.limit]
    following = here.next((shown[-1]["at"], shown[-1]["props"]["id"])) if len(rows) > here.limit else None
    return tuple(await with_evidence(graph, shown, here.as_of)), following
