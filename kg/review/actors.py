"""Actors whom a text or feed named and nobody knew: provisional, until somebody says that they are actors.

One that turns out to be somebody who is known already is made one with him by a decision (:mod:`kg.deciding`).
"""

from __future__ import annotations

from typing import Any

from kg.asking.cursors import place
from kg.asking.parameters import FIRST_PAGE, NOW, Filters, PageRequest
from kg.asking.shapes import actor_ref, document_ref
from kg.cypher import reviewing as queries
from kg.engine.graph import Graph, Row
from kg.errors import Conflict
from kg.ingest import ingest_records
from kg.writing.retract import retract
from schema.answers.reviews import ProvisionalActor, ProvisionalPage
from schema.errors import InvalidInput, NotFound

_NONE = Filters()


async def provisional_actors(graph: Graph, page: PageRequest = FIRST_PAGE) -> ProvisionalPage:
    """Provisional actors in the order of their names, each with where it is named.

    Raises:
        InvalidInput: the cursor is broken or foreign.
    """
    here = place("provisional actors", (), _NONE, NOW, page, (str, str))
    name, identifier = here.after or ("", "")
    rows = await graph.read(queries.PROVISIONAL, name=name, id=identifier, limit=here.limit + 1)
    items = tuple(_item(row) for row in rows[: here.limit])
    more = here.next((items[-1].actor.name, items[-1].actor.id)) if len(rows) > here.limit else None
    return ProvisionalPage(items=items, next=more)


async def one_provisional(graph: Graph, actor: str) -> ProvisionalActor:
    """One actor, with where it is named.

    Raises:
        NotFound: no actor has the id.
    """
    return _item(await _row(graph, actor))


async def accept_actor(
    graph: Graph, actor: str, by: str, kind: str | None = None, country: str | None = None, note: str | None = None
) -> None:
    """Make a provisional actor a lasting one; what it was before stays in its history.

    Args:
        graph: the open graph.
        actor: id.
        by: who says so; kept with the actor.
        kind: what kind it is, where that was guessed wrongly.
        country: ISO 3166-1 alpha-2.
        note: why; kept as its description where it has none.

    Raises:
        NotFound: no actor has the id.
        Conflict: it is not provisional.
        InvalidInput: the kind or country is unknown.
    """
    props = (await _pending(graph, actor))["actor"]
    record: dict[str, Any] = {
        "type": "actor",
        "name": props["name"],
        "qualifier": props.get("qualifier"),
        "kind": kind or props["kind"],
        "country": country or props.get("country"),
        "description": props.get("description") or note,
        "provisional": False,
        "reviewed_by": by,
    }
    report = await ingest_records(graph, [{name: value for name, value in record.items() if value is not None}])
    if report.rejected:
        raise InvalidInput(report.rejected[0].reason, "actor", "See geokg schema for kinds; countries are ISO 3166")


async def reject_actor(graph: Graph, actor: str, by: str, note: str | None = None) -> None:
    """Retract a provisional actor that is none; statements keep the words by which they name it.

    Raises:
        NotFound: no actor has the id.
        Conflict: it is not provisional.
    """
    await _pending(graph, actor)
    await retract(graph, [actor], f"no actor, says {by}" + (f": {note}" if note else ""))


async def _pending(graph: Graph, actor: str) -> Row:
    row = await _row(graph, actor)
    if not row["actor"].get("provisional") or row["actor"].get("retracted_at"):
        raise Conflict("it is not provisional", actor, "Only who is provisional is accepted or rejected")
    return row


async def _row(graph: Graph, actor: str) -> Row:
    rows = await graph.read(queries.PROVISIONAL_ONE, id=actor)
    if not rows:
        raise NotFound(f"no actor has the id {actor[:60]}", "actor", "List them: geokg review actors")
    return rows[0]


def _item(row: Row) -> ProvisionalActor:
    props = row["actor"]
    return ProvisionalActor(
        actor=actor_ref({**{"country": None}, **props}),
        provisional=bool(props.get("provisional")),
        reviewed_by=props.get("reviewed_by"),
        statements=row["statements"],
        claims=row["claims"],
        events=row["events"],
        documents=tuple(document_ref(each) for each in row["documents"]),
    )
