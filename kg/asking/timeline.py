"""The timeline of an actor."""

from __future__ import annotations

from typing import Any, Final, get_args

from kg.asking.cursors import moment, place
from kg.asking.filters import Kinds, TimelineFilters
from kg.asking.naming import find_actor, ids_of
from kg.asking.parameters import FIRST_PAGE, NOW, AsOf, PageRequest
from kg.asking.shapes import actor_ref, event_summary, policy_summary, statement
from kg.cypher import timeline as queries
from kg.engine.graph import Graph
from kg.identity.current import confirmed, confirmed_by_asking, presumed
from kg.identity.reading import IdentifiedGraph
from schema.answers.common import edtf_of
from schema.answers.matters import Role, TimelineItem, TimelinePage
from schema.errors import InvalidInput, NotFound
from schema.ids import label_of

_ALL = TimelineFilters()
_ROLES: Final = get_args(Role)


async def timeline(
    graph: Graph,
    actor: str,
    filters: TimelineFilters = _ALL,
    as_of: AsOf = NOW,
    page: PageRequest = FIRST_PAGE,
) -> TimelinePage:
    """What an actor said, what was said about it and answered, what was decided on it and what it took part in.

    One round trip where the actor is given by its id.

    Args:
        graph: the open graph.
        actor: id or exact name.
        filters: roles of the actor, acts, kinds, counterpart, stretch of time, order.
        as_of: the two clocks.
        page: limit and cursor.

    Raises:
        NotFound: nobody has the id or name.
        InvalidInput: several have the name; the cursor is broken or foreign.
    """
    now = moment(as_of, page)
    while True:
        heads: list[str | None] = []
        view = presumed(graph, now.known_at or "")
        try:
            answer = await _timeline(view, actor, filters, as_of, now, page, heads)
        except (NotFound, InvalidInput):
            if await confirmed_by_asking(graph):
                raise
            continue
        if await (confirmed(graph, heads[0]) if heads else confirmed_by_asking(graph)):
            return answer


async def _timeline(
    graph: IdentifiedGraph,
    actor: str,
    filters: TimelineFilters,
    as_of: AsOf,
    now: AsOf,
    page: PageRequest,
    heads: list[str | None],
) -> TimelinePage:
    """The answer for a presumed identity; the heads of the ledger that the rows brought go into ``heads``."""
    identifier = graph.canonical(actor if label_of(actor) == "Actor" else (await find_actor(graph, actor, now)).id)
    here = place("timeline", (identifier,), filters, as_of, page)
    at, last = here.after or (None, "")
    counterpart = await ids_of(graph, filters.counterpart, now, "counterpart")
    newest = filters.order == "newest"
    if counterpart:
        query = queries.NEWEST_WITH if newest else queries.OLDEST_WITH
    else:
        query = queries.NEWEST if newest else queries.OLDEST
    rows = await graph.read(
        query,
        actors=graph.members(identifier),
        roles=list(filters.role or _ROLES),
        kinds=["statement"] if filters.act else list(filters.kind or get_args(Kinds)),
        acts=list(filters.act),
        relays=filters.relays,
        counterpart=counterpart,
        earliest=filters.earliest,
        latest=filters.latest,
        at=at,
        id=last,
        limit=here.limit + 1,
        **here.as_of.bounds(),
    )
    who = actor_ref(rows[0]["actor"]) if rows else await find_actor(graph, identifier, here.as_of)
    heads += [row["head"] for row in rows[:1]]
    shown = rows[: here.limit]
    known_at = here.as_of.known_at or ""
    return TimelinePage(
        actor=who,
        items=tuple(_item(row, known_at) for row in shown),
        next=here.next((shown[-1]["at"], shown[-1]["id"])) if len(rows) > here.limit else None,
        as_of=here.as_of.answer(),
    )


def _item(row: dict[str, Any], known_at: str) -> TimelineItem:
    base = {"id": row["id"], "roles": tuple(sorted(row["roles"], key=_ROLES.index))}
    if row["label"] == "Statement":
        said = statement(row["statement"], known_at)
        return TimelineItem(**base, kind="statement", at=said.asserted_at, statement=said)
    if row["label"] == "Event":
        event = event_summary(row["event"], known_at)
        return TimelineItem(**base, kind="event", at=event.at, event=event)
    step = next(step for step in row["policy"]["steps"] if step["id"] == row["id"])
    # its status as it became at this step, whatever ended or came later
    policy = policy_summary({**row["policy"], "steps": [step]}, known_at, step.get("at_earliest") or "")
    return TimelineItem(**base, kind="policy", at=edtf_of(step, "at"), policy=policy)
