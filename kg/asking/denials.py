"""Coded denials near a coded accusation of the reversed dyad: A accuses B, and B denies it to A.

A feed codes one row for the accusation and one for the denial and says nothing of what ties them. That both are there,
within some days of each other, is a coincidence in time for people to look at; nothing is concluded from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from kg.asking.cursors import Key, place
from kg.asking.events import wanted
from kg.asking.filters import DenialFilters, EventFilters
from kg.asking.naming import ids_of
from kg.asking.parameters import FIRST_PAGE, NOW, AsOf, PageRequest
from kg.asking.shapes import event_summary
from kg.cypher import events as queries
from kg.engine.graph import Graph, Row
from kg.identity.current import identified
from kg.identity.reading import IdentifiedGraph, written_id
from schema.answers.matters import CodedDenial, CodedDenialPage, MetAccusation
from schema.event_codes import event_codes

_ALL: Final = DenialFilters()
_CHUNK: Final = 500
"""Denials that are looked at in one go."""
_MOST: Final = 20
"""Most accusations that are shown with one denial."""


async def answered(
    graph: Graph, filters: DenialFilters = _ALL, as_of: AsOf = NOW, page: PageRequest = FIRST_PAGE
) -> CodedDenialPage:
    """Denials that a feed coded near an accusation that it coded in the reversed dyad, the newest first.

    Raises:
        NotFound, InvalidInput: an actor is unknown or ambiguous; the cursor is broken or foreign.
    """
    here = place("denials", (), filters, as_of, page)
    view = await identified(graph, here.as_of.known_at or "")
    deniers = await ids_of(view, filters.denier, here.as_of, "denier")
    accusers = await ids_of(view, filters.accuser, here.as_of, "accuser")
    asked = EventFilters(cameo=tuple(event_codes().deriving("REBUTS")), **_during(filters))
    parameters = wanted(asked, deniers) | {"role": "agent" if deniers else ""} | here.as_of.bounds()
    found: list[tuple[Row, list[tuple[int, str]]]] = []
    total, after = 0, None if filters.count else here.after
    while True:
        denials = await _denials(view, parameters, after)
        for row, met in await _met(view, denials, filters, accusers, here.as_of):
            total += 1
            if len(found) <= here.limit and (here.after is None or _key(row) < here.after):
                found.append((row, met))
        if len(denials) < _CHUNK or (len(found) > here.limit and not filters.count):
            break
        after = _key(denials[-1])
    shown = found[: here.limit]
    return CodedDenialPage(
        items=await _told(view, shown, here.as_of),
        total=total if filters.count else None,
        next=here.next(_key(shown[-1][0])) if len(found) > here.limit else None,
        as_of=here.as_of.answer(),
    )


def _during(filters: DenialFilters) -> dict[str, Any]:
    return {"from_": filters.from_, "to": filters.to}


def _key(row: Row) -> Key:
    return row["at"], row["event"]["id"]


async def _denials(view: IdentifiedGraph, parameters: Mapping[str, Any], after: Key | None) -> list[Row]:
    at, identifier = after or (None, "")
    query = queries.OF_PARTICIPANT if parameters["participants"] else queries.OF_CODES
    return [*await view.read(query, at=at, id=identifier, limit=_CHUNK, **parameters)]


async def _met(
    view: IdentifiedGraph, denials: Sequence[Row], filters: DenialFilters, accusers: Sequence[str], as_of: AsOf
) -> list[tuple[Row, list[tuple[int, str]]]]:
    """Those of the denials that meet accusations, each with these by the days between them, the nearest first."""
    dyads = [_dyad(view, row, filters, accusers) for row in denials]
    rows = await view.read(
        queries.ACCUSATIONS, dyads=[dyad for dyad in dyads if dyad["accusers"] and dyad["accused"]], **as_of.bounds()
    )
    met: dict[str, list[tuple[int, str]]] = defaultdict(list)
    days = {row["event"]["id"]: _day(row["at"]) for row in denials}
    for row in rows:
        met[row["denial"]].append(((days[row["denial"]] - _day(row["at"])).days, row["event"]))
    return [
        (row, sorted(met[row["event"]["id"]], key=lambda each: (abs(each[0]), each)))
        for row in denials
        if row["event"]["id"] in met
    ]


def _dyad(view: IdentifiedGraph, row: Row, filters: DenialFilters, accusers: Sequence[str]) -> dict[str, Any]:
    """Who is to have accused whom, and between which days, for the denial to meet it."""
    parts = row["event"]["participants"]
    day, reach = _day(row["at"]), timedelta(days=filters.days)
    latest = day if filters.order == "after" else day + reach
    towards = _members(view, parts, "patient")
    return {
        "denial": row["event"]["id"],
        "accusers": [one for one in towards if not accusers or one in accusers],
        "accused": _members(view, parts, "agent"),
        "earliest": f"{day - reach}T00:00:00Z",
        "latest": f"{latest}T23:59:59Z",
    }


def _members(view: IdentifiedGraph, participants: Iterable[Row], role: str) -> list[str]:
    return view.expanded(written_id(part) for part in participants if part["role"] == role)


def _day(at: str) -> date:
    return date.fromisoformat(at[:10])


async def _told(
    view: IdentifiedGraph, shown: Sequence[tuple[Row, list[tuple[int, str]]]], as_of: AsOf
) -> tuple[CodedDenial, ...]:
    known_at = as_of.known_at or ""
    ids = sorted({event for _, met in shown for _, event in met[:_MOST]})
    rows = await view.read(queries.BY_ID, ids=ids, **as_of.bounds()) if ids else []
    events = {row["event"]["id"]: event_summary(row["event"], known_at) for row in rows}
    return tuple(
        CodedDenial(
            denial=event_summary(row["event"], known_at),
            accusations=tuple(MetAccusation(event=events[event], days=days) for days, event in met[:_MOST]),
        )
        for row, met in shown
    )
