"""Events: search, and one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.asking.cursors import place
from kg.asking.edges import read_evidence
from kg.asking.filters import EventFilters
from kg.asking.naming import ids_of
from kg.asking.parameters import FIRST_PAGE, NOW, AsOf, PageRequest
from kg.asking.shapes import event_fields, event_summary, refs, statement
from kg.cypher import events as queries
from kg.engine.graph import Graph
from kg.engine.query import Query
from kg.identity.current import identified
from schema.answers.matters import EventAnswer, EventPage
from schema.errors import InvalidInput, NotFound
from schema.event_codes import event_codes

_ALL = EventFilters()


async def search(
    graph: Graph, filters: EventFilters = _ALL, as_of: AsOf = NOW, page: PageRequest = FIRST_PAGE
) -> EventPage:
    """Events, the newest first.

    Raises:
        NotFound, InvalidInput: the participant is unknown or ambiguous, a code is none of CAMEO; the cursor is broken
            or foreign.
    """
    here = place("events", (), filters, as_of, page)
    view = await identified(graph, here.as_of.known_at or "")
    participants = await ids_of(view, filters.participant, here.as_of, "participant")
    asked = wanted(filters, participants) | here.as_of.bounds()
    at, identifier = here.after or (None, "")
    rows = await view.read(_query(asked), at=at, id=identifier, limit=here.limit + 1, **asked)
    shown = rows[: here.limit]
    return EventPage(
        items=tuple(event_summary(row["event"], here.as_of.known_at or "") for row in shown),
        total=(await view.read(_count(asked), **asked))[0]["n"] if filters.count else None,
        next=here.next((shown[-1]["at"], shown[-1]["event"]["id"])) if len(rows) > here.limit else None,
        as_of=here.as_of.answer(),
    )


def wanted(filters: EventFilters, participants: Sequence[str]) -> dict[str, Any]:
    """The parameters that the queries of events read.

    Raises:
        InvalidInput: a code is none of CAMEO.
    """
    codes = {code for prefix in filters.cameo for code in event_codes().below(prefix)}
    for prefix in filters.cameo:
        if not event_codes().below(prefix):
            scheme = event_codes().scheme
            raise InvalidInput(f"{scheme} has no code {prefix}", "cameo", "Roots are 01 to 20, such as 11: disapprove")
    return {
        "participants": list(participants),
        "role": filters.role or "",
        "q": (filters.q or "").lower(),
        "kind": filters.kind or "",
        "country": filters.country or "",
        "codes": sorted(codes),
        "plover": filters.plover or "",
        "coded": (filters.coded or "").lower(),
        "earliest": filters.earliest,
        "latest": filters.latest,
    }


def _query(asked: Mapping[str, Any]) -> Query:
    if asked["participants"]:
        return queries.OF_PARTICIPANT
    return queries.OF_CODES if asked["codes"] else queries.SEARCH


def _count(asked: Mapping[str, Any]) -> Query:
    if asked["participants"]:
        return queries.COUNT_OF_PARTICIPANT
    return queries.COUNT_OF_CODES if asked["codes"] else queries.COUNT


async def one(graph: Graph, event: str, as_of: AsOf = NOW) -> EventAnswer:
    """One event, by its id, with its evidence and what it led to.

    Raises:
        NotFound: no event has the id, or it was not known or had not happened then.
    """
    as_of = as_of.settled()
    bounds, known_at = as_of.bounds(), as_of.known_at or ""
    view = await identified(graph, known_at)
    found = await view.read(queries.ONE, id=event, **bounds)
    if not found:
        raise NotFound(f"no event has the id {event[:60]}", "event", "Search for it by its title or a participant")
    row = found[0]
    statements = await view.read(queries.STATEMENTS, id=event, **bounds)
    evidence = await read_evidence(view, {"Event": [event]}, as_of)
    return EventAnswer(
        **event_fields(row["event"], known_at),
        **{name: refs(row[name]) for name in ("concerns", "led_to", "led_to_by", "responses")},
        evidence=tuple(evidence.get(event, ())),
        statements=tuple(statement(each["statement"], known_at) for each in statements),
        as_of=as_of.answer(),
    )
