"""Retract what the graph knew, and undo it. Nothing is deleted: an interval is closed, and later questions say so.

A document takes its statements with it; a statement of an unseen document falls when nothing that relays it is left,
since no quote would stand behind it any more. What derives from a retracted statement is made anew from its evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from pydantic import BaseModel

from kg.cypher import retracting as queries
from kg.cypher import writing
from kg.engine.graph import Graph, Row, Transaction
from kg.writing.batch import Run, create_relationships, delete_derived, derived_from
from schema.errors import InvalidInput, NotFound
from schema.ids import label_of

_RETRACTABLE = ("Document", "Statement", "Claim", "Policy", "Event", "Actor", "Topic")


_BARE = "nothing relays it any more"
"""Begins the reason of what fell without being named; it stands again as soon as something relays it."""


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
        changes = {
            node.id: {"retracted_at": now, "retraction_reason": f"{_BARE}: {reason}" if node.bare else reason}
            for node in plan.nodes
        }
        await _change(transaction, changes)
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
        states = await _states(run, identifiers)
        for identifier in identifiers:
            if states[identifier]["retracted_at"] is None:
                raise NotFound("it is not retracted", identifier, "There is nothing to undo")
        stamps = {states[identifier]["retracted_at"] for identifier in identifiers}
        statements = [row["id"] for row in await run(queries.IN_DOCUMENTS, ids=_of(identifiers, "Document"))]
        wide = list(dict.fromkeys([*identifiers, *statements]))
        states = {i: row for i, row in (await _states(run, wide)).items() if row["retracted_at"] in stamps}
        opened = _of(list(states), "Statement")
        while opened:
            inner = [row["id"] for row in await run(queries.RELAYED_UNSEEN, ids=opened) if row["id"] not in states]
            bare = {i: row for i, row in (await _states(run, inner)).items() if row["reason"].startswith(_BARE)}
            states |= bare
            opened = list(bare)
        now = transaction.now
        changes = {
            identifier: {
                "past": [*row["past"], f"{row['recorded_at']}/{row['retracted_at']}"],
                "recorded_at": now,
                "retracted_at": None,
                "retraction_reason": None,
            }
            for identifier, row in states.items()
        }
        await _change(transaction, changes)
        transaction.changes.restored += list(changes)
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


async def _states(run: Run, identifiers: Sequence[str]) -> dict[str, Row]:
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
    states = await _states(run, identifiers)
    for identifier, row in states.items():
        if row["retracted_at"] is not None:
            raise NotFound(f"it is retracted already, at {row['retracted_at']}", identifier, "There is nothing to do")
    inside = await run(queries.IN_DOCUMENTS, ids=_of(identifiers, "Document"))
    falling = list(dict.fromkeys([*identifiers, *(row["id"] for row in inside)]))
    named = set(falling)
    while True:
        bare = await run(queries.LEFT_WITHOUT_EVIDENCE, ids=_of(falling, "Statement"))
        more = [row["id"] for row in bare if row["id"] not in falling]
        if not more:
            break
        falling += more
    states = {i: row for i, row in (await _states(run, falling)).items() if row["retracted_at"] is None}
    return await _described(run, states, reason, now, named)


async def _described(
    run: Run, states: dict[str, Row], reason: str, now: str | None, named: Collection[str] | None = None
) -> Retraction:
    """What happens to these things; of those that are not among the named, that they fall for want of a relay."""
    claims = await run(queries.CLAIMS_OF, ids=_of(list(states), "Statement"))
    nodes = [
        Falling(id=i, label=label_of(i) or "", caption=row["caption"], bare=named is not None and i not in named)
        for i, row in states.items()
    ]
    return Retraction(
        retracted_at=now, reason=reason, nodes=nodes, claims=[AffectedClaim(id=c["id"], text=c["text"]) for c in claims]
    )


async def _change(transaction: Transaction, changes: dict[str, Row]) -> None:
    """Change nodes, and make what derives from them anew."""
    before = await derived_from(transaction.run, list(changes))
    by_label: dict[str, list[Row]] = defaultdict(list)
    for identifier, props in changes.items():
        by_label[label_of(identifier) or ""].append({"id": identifier, "props": props})
    for label, rows in by_label.items():
        await transaction.run(writing.set_properties(label), rows=rows)
    await delete_derived(transaction.run, before)
    await create_relationships(transaction.run, await derived_from(transaction.run, list(changes)))
