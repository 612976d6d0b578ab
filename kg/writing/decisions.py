"""Write decisions of the ledger: never one that what stands contradicts, and never without the relationships.

The identity of every question follows from these rows alone, so each is checked against all others in the transaction
that writes it. Writers take turns, so that of two who decide crosswise the second sees what the first decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg import ledger
from kg.cypher import decisions as queries
from kg.cypher import writing
from kg.errors import Conflict
from kg.ledger import Decision
from kg.writing.batch import Run, create_relationships, delete_derived
from kg.writing.derive import from_decision
from kg.writing.rows import NodeRow, RelationshipRow
from schema.ids import digest


async def read_decisions(run: Run) -> tuple[Decision, ...]:
    """All decisions, in the order in which the graph learned them."""
    return tuple(Decision.of(row["decision"]) for row in await run(queries.ALL))


def decision_of(node: NodeRow, now: str) -> Decision:
    """The decision that a node to be written holds."""
    props = {"left": None, "right": None, "revokes": (), "score": None, "recorded_at": now, **node.props}
    return Decision.of({name: props[name] for name in Decision.__slots__})


async def write_decisions(run: Run, nodes: Sequence[NodeRow], now: str) -> int:
    """Add decisions to the ledger, with what derives from them; answers how many relationships were written.

    Args:
        run: how to run a query in the transaction.
        nodes: of decisions that are not there; with ``recorded_at`` where they bring it from an export.
        now: when the graph learns the others.

    Raises:
        Conflict: one of them is contradicted by what stands; nothing is to be written then.
    """
    before = await read_decisions(run)
    new = [decision_of(node, now) for node in nodes]
    if refused := first_refused(before, new):
        decision, refusal = refused
        raise Conflict(refusal.what, decision.id, refusal.remedy)
    await run(writing.create_nodes("Decision"), rows=[{"recorded_at": now, **node.props} for node in nodes])
    after = sorted([*before, *new], key=lambda each: (each.recorded_at, each.id))
    head = (await run(queries.HEAD))[0]["head"]
    await run(queries.SET_HEAD, head=digest(head or "", *sorted(each.id for each in new)))
    touched = _concerned(after, (each.id for each in new))
    there = {each.id for each in before}
    await delete_derived(run, derived_from_decisions(before, [each for each in touched if each in there]))
    return await create_relationships(run, derived_from_decisions(after, touched))


def first_refused(before: Sequence[Decision], new: Sequence[Decision]) -> tuple[Decision, ledger.Refusal] | None:
    """The first of new decisions that cannot be made after those before it, and why; None where all can.

    A ledger that comes as a whole was checked when it was made: that it does not contradict itself is enough.
    """
    everything = [*before, *new]
    known = {each.id for each in everything}
    if len(new) > 1 and all(set(each.revokes) <= known for each in new):
        if not ledger.clashes(ledger.identity_of(everything)):
            return None
    done = list(before)
    for each in sorted(new, key=lambda each: (each.decided_at, each.id)):
        if refusal := ledger.refusal(done, each):
            return each, refusal
        done.append(each)
    return None


def _concerned(decisions: Iterable[Decision], identifiers: Iterable[str]) -> list[str]:
    """These decisions, and all that they revoke, at however many removes."""
    by_id = {each.id: each for each in decisions}
    found: dict[str, None] = {}
    todo = list(identifiers)
    while todo:
        here = todo.pop()
        if here not in found and here in by_id:
            found[here] = None
            todo += by_id[here].revokes
    return sorted(found)


def derived_from_decisions(decisions: Sequence[Decision], identifiers: Iterable[str]) -> list[RelationshipRow]:
    """The relationships that some decisions of a ledger stand for."""
    by_id = {each.id: each for each in decisions}
    paired = [identifier for identifier in identifiers if by_id[identifier].left]
    spells = ledger.spells(decisions, paired)
    return [row for each in paired for row in from_decision(by_id[each], spells[each])]
