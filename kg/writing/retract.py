"""Retract what the graph knew, and undo it. Nothing is deleted: an interval is closed, and later questions say so.

A document takes its statements with it; a statement of an unseen document falls when nothing that relays it is left,
since no quote would stand behind it any more. What derives from a retracted statement is made anew from its evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, Final

from pydantic import BaseModel

from kg.cypher import retracting as queries
from kg.cypher import writing
from kg.engine.graph import Graph, Row, Transaction
from kg.writing.batch import Run, create_relationships, delete_derived, derived_from
from schema.errors import InvalidInput, NotFound
from schema.ids import label_of
from schema.times import stamp_after

_RETRACTABLE: Final = ("Document", "Statement", "Claim", "Policy", "Event", "Actor", "Topic")


BARE: Final = "nothing relays it any more"
"""Begins the reason of what fell without being named; it stands again as soon as something relays it."""


Change = dict[str, Any]
"""Properties that a retraction or its undoing gives to a node."""

_STEP: Final = 1_000


class Falling(BaseModel):
    """A node that a retraction closes."""

    id: str
    label: str
    caption: str
    bare: bool = False
    """Whether it falls since nothing that relays it is left."""


class AffectedClaim(BaseModel):
    """A claim whose standing a retraction may change."""

    id: str
    text: str


class Retraction(BaseModel):
    """What a retraction does, or did."""

    retracted_at: str | None
    reason: str
    nodes: list[Falling]
    claims: list[AffectedClaim]


async def preview_retraction(graph: Graph, identifiers: Sequence[str], reason: str) -> Retraction:
    """What a retraction of these things would close; changes nothing.

    Raises:
        InvalidInput: an id is none of a thing that can be retracted.
        NotFound: nothing has the id, or it is retracted already.
    """
    return await _plan(graph.read, identifiers, reason, None)


async def retract(graph: Graph, identifiers: Sequence[str], reason: str) -> Retraction:
    """Close the interval of these things and of what falls with them, in one transaction.

    Raises:
        InvalidInput, NotFound: as :func:`preview_retraction`.
    """

    async def work(transaction: Transaction) -> Retraction:
        now = transaction.now
        plan = await _plan(transaction.run, identifiers, reason, now)
        changes = {node.id: closed(now, reason, bare=node.bare) for node in plan.nodes}
        await write_changes(transaction, changes)
        transaction.changes.retracted += list(changes)
        return plan

    return await graph.write(work)


async def undo_retraction(graph: Graph, identifiers: Sequence[str]) -> Retraction:
    """Open again what a retraction of these things closed; that it was closed stays known.

    Raises:
        InvalidInput, NotFound: as :func:`preview_retraction`; NotFound where a thing is not retracted.
    """

    async def work(transaction: Transaction) -> Retraction:
        run = transaction.run
        states = await states_of(run, identifiers)
        for identifier in identifiers:
            if states[identifier]["retracted_at"] is None:
                raise NotFound("it is not retracted", identifier, "There is nothing to undo")
        stamps = {states[identifier]["retracted_at"] for identifier in identifiers}
        states = await risen(run, identifiers, lambda row: row["retracted_at"] in stamps)
        await write_changes(transaction, {each: opened(transaction.now, row) for each, row in states.items()})
        transaction.changes.restored += list(states)
        return await _described(run, states, "undone", None)

    return await graph.write(work)


async def supersede(graph: Graph, documents: Sequence[str]) -> int:
    """Close the statements of documents' earlier versions that the documents make again; answers how many.

    What only the earlier version says stays: it was said, and its disappearance is worth seeing.
    """
    superseded: dict[str, list[str]] = defaultdict(list)
    for row in await graph.read(queries.SUPERSEDED, documents=documents) if documents else ():
        superseded[row["document"]].append(row["id"])
    for document, statements in superseded.items():
        await retract(graph, statements, f"superseded by {document}")
    return sum(len(statements) for statements in superseded.values())


def _of(identifiers: Sequence[str], label: str) -> list[str]:
    return [identifier for identifier in identifiers if label_of(identifier) == label]


async def states_of(run: Run, identifiers: Sequence[str]) -> dict[str, Row]:
    """The intervals in which the graph knew each of these nodes.

    Raises:
        InvalidInput, NotFound: as :func:`preview_retraction`.
    """
    by_label: dict[str, list[str]] = defaultdict(list)
    for identifier in identifiers:
        label = label_of(identifier)
        if label not in _RETRACTABLE:
            raise InvalidInput(f"{identifier[:60]!r} is no id of a {', '.join(_RETRACTABLE)}", remedy="Give a full id")
        by_label[label].append(identifier)
    states: dict[str, Row] = {}
    for label, wanted in by_label.items():
        states |= {row["id"]: row for row in await run(queries.state(label), ids=wanted)}
    for identifier in identifiers:
        if identifier not in states:
            raise NotFound("nothing has this id", identifier, "Check the id")
    return states


async def _plan(run: Run, identifiers: Sequence[str], reason: str, now: str | None) -> Retraction:
    states = await states_of(run, identifiers)
    for identifier, row in states.items():
        if row["retracted_at"] is not None:
            raise NotFound(f"it is retracted already, at {row['retracted_at']}", identifier, "There is nothing to do")
    falling, bare = await fallen(run, identifiers)
    return await _described(run, falling, reason, now, bare)


async def fallen(run: Run, identifiers: Sequence[str]) -> tuple[dict[str, Row], set[str]]:
    """All that falls with these: what documents hold, and statements of unseen documents that nothing else relays.

    Returns:
        The state of each that is not retracted yet, and the ids of those that fall for want of a relay.
    """
    falling = dict.fromkeys(identifiers)
    for some in in_steps(_of(identifiers, "Document")):
        falling |= dict.fromkeys(row["id"] for row in await run(queries.IN_DOCUMENTS, ids=some))
    bare: dict[str, None] = {}
    relaying = _of(list(falling), "Statement")
    while relaying:
        more: dict[str, None] = {}
        for some in in_steps(relaying):
            for row in await run(queries.RELAYED_BY, ids=some):
                if row["id"] not in falling and all(each in falling for each in row["relayed_by"]):
                    more[row["id"]] = None
        falling |= more
        bare |= more
        relaying = list(more)
    states: dict[str, Row] = {}
    for some in in_steps(list(falling)):
        states |= {i: row for i, row in (await states_of(run, some)).items() if row["retracted_at"] is None}
    return states, set(bare)


async def risen(run: Run, identifiers: Sequence[str], gone: Callable[[Row], bool]) -> dict[str, Row]:
    """All that stands again with these.

    Args:
        run: how to run a query.
        identifiers: of what is named.
        gone: whether a node with this state fell by the retraction that is undone.
    """
    wide = dict.fromkeys(identifiers)
    for some in in_steps(_of(identifiers, "Document")):
        wide |= dict.fromkeys(row["id"] for row in await run(queries.IN_DOCUMENTS, ids=some))
    states: dict[str, Row] = {}
    for some in in_steps(list(wide)):
        states |= {i: row for i, row in (await states_of(run, some)).items() if gone(row)}
    up = _of(list(states), "Statement")
    while up:
        inner: dict[str, Row] = {}
        for some in in_steps(up):
            relayed = [row["id"] for row in await run(queries.RELAYED_UNSEEN, ids=some) if row["id"] not in states]
            rows = await states_of(run, relayed)
            inner |= {i: row for i, row in rows.items() if row["reason"].startswith(BARE)}
        states |= inner
        up = list(inner)
    return states


def closed(at: str, reason: str, *, bare: bool = False) -> Change:
    """What ends the interval in which a node was known."""
    return {"retracted_at": at, "retraction_reason": f"{BARE}: {reason}" if bare else reason}


def opened(at: str, row: Row) -> Change:
    """What begins another interval, and keeps the one before; also where that was to end only later."""
    at = max(at, stamp_after(row["retracted_at"]))
    return {
        "past": [*row["past"], f"{row['recorded_at']}/{row['retracted_at']}"],
        "recorded_at": at,
        "retracted_at": None,
        "retraction_reason": None,
    }


def in_steps(values: Sequence[str], step: int = _STEP) -> Iterator[Sequence[str]]:
    """The ids in parts that one query takes."""
    for begin in range(0, len(values), step):
        yield values[begin : begin + step]


async def _described(
    run: Run, states: dict[str, Row], reason: str, now: str | None, bare: Collection[str] = ()
) -> Retraction:
    """What happens to these things, and which of them fall for want of a relay."""
    claims = await run(queries.CLAIMS_OF, ids=_of(list(states), "Statement"))
    nodes = [
        Falling(id=i, label=label_of(i) or "", caption=row["caption"], bare=i in bare) for i, row in states.items()
    ]
    return Retraction(
        retracted_at=now, reason=reason, nodes=nodes, claims=[AffectedClaim(id=c["id"], text=c["text"]) for c in claims]
    )


async def write_changes(transaction: Transaction, changes: dict[str, Change]) -> None:
    """Change nodes, and make what derives from them anew."""
    before = await derived_from(transaction.run, list(changes))
    by_label: dict[str, list[Row]] = defaultdict(list)
    for identifier, props in changes.items():
        by_label[label_of(identifier) or ""].append({"id": identifier, "props": props})
    for label, rows in by_label.items():
        await transaction.run(writing.set_properties(label), rows=rows)
    await delete_derived(transaction.run, before)
    await create_relationships(transaction.run, await derived_from(transaction.run, list(changes)))
