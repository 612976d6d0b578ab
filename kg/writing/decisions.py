"""Write decisions of the ledger: never one that what stands contradicts, and never without the relationships.

The identity of every question follows from these rows alone, so each is checked against all others in the transaction
that writes it. Writers take turns, so that of two who decide crosswise the second sees what the first decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.cypher import decisions as queries
from kg.cypher import writing
from kg.engine.graph import Graph, Transaction
from kg.errors import Conflict
from kg.ledger.identity import Decision, identity_of, spells
from kg.ledger.rules import Refusal, clashes, of_two, refusal
from kg.writing.batch import Run, Written, create_relationships, delete_derived
from kg.writing.derive import from_decision
from kg.writing.rows import Bundle, NodeRow, RelationshipRow
from schema.ids import digest

_LATE = Refusal("invalid", "it is to be decided only in the future", remedy="Mend decided_at")


async def read_decisions(run: Run) -> tuple[Decision, ...]:
    """All decisions, in the order in which the graph learned them."""
    return tuple(Decision.of(row["decision"]) for row in await run(queries.ALL))


async def write_decision_bundles(graph: Graph, bundles: Sequence[Bundle]) -> Written:
    """Add decisions to the ledger in one transaction; those that are there stay as they are.

    Args:
        graph: the open graph.
        bundles: each id at most once.

    Raises:
        Conflict: one of them is contradicted by what stands; nothing is written.
    """

    async def work(transaction: Transaction) -> Written:
        run = transaction.run
        there = await run(writing.digests("Decision"), ids=[bundle.id for bundle in bundles])
        known = {row["id"] for row in there}
        nodes = [_node(bundle, transaction.now) for bundle in bundles if bundle.id not in known]
        relationships = await write_decisions(run, nodes, transaction.now) if nodes else 0
        transaction.changes.added += [node.id for node in nodes]
        return Written([node.id for node in nodes], [], sorted(known), relationships)

    return await graph.write(work)


async def refused_bundles(graph: Graph, bundles: Sequence[Bundle], now: str) -> dict[str, Refusal]:
    """Which of these decisions could not be added, by id, each with the reason; changes nothing."""
    before = await read_decisions(graph.read)
    known = {each.id for each in before}
    return refused(before, [decision_of(_node(bundle, now)) for bundle in bundles if bundle.id not in known], now)


def _node(bundle: Bundle, now: str) -> NodeRow:
    owner = bundle.nodes[0]
    return NodeRow(owner.label, {**bundle.stamp(owner.id, now), **owner.props})


def decision_of(node: NodeRow) -> Decision:
    """The decision that a node to be written holds."""
    props = {"left": None, "right": None, "revokes": (), "score": None, **node.props}
    return Decision.of({name: props[name] for name in Decision.__slots__})


async def write_decisions(
    run: Run, nodes: Sequence[NodeRow], now: str, before: Sequence[Decision] | None = None
) -> int:
    """Add decisions to the ledger, with what derives from them; answers how many relationships were written.

    Args:
        run: how to run a query in the transaction.
        nodes: of decisions that are not there, with ``recorded_at``.
        now: of the transaction.
        before: the ledger, where the transaction has read it already.

    Raises:
        Conflict: one of them is contradicted by what stands; nothing is to be written then.
    """
    before = await read_decisions(run) if before is None else before
    new = [decision_of(node) for node in nodes]
    for identifier, why in refused(before, new, now).items():
        raise Conflict(why.what, identifier, why.remedy)
    await run(writing.create_nodes("Decision"), rows=[node.props for node in nodes])
    after = sorted([*before, *new], key=lambda each: (each.recorded_at, each.id))
    head = (await run(queries.HEAD))[0]["head"]
    await run(queries.SET_HEAD, head=digest(head or "", *sorted(each.id for each in new)))
    touched = _concerned(after, (each.id for each in new))
    there = {each.id for each in before}
    await delete_derived(run, derived_from_decisions(before, [each for each in touched if each in there]))
    return await create_relationships(run, derived_from_decisions(after, touched))


def refused(before: Sequence[Decision], new: Sequence[Decision], now: str) -> dict[str, Refusal]:
    """Which of new decisions cannot be added to those before them, by id, each with the reason. Pure.

    A ledger that comes as a whole was checked row by row when it was made: that it does not contradict itself is
    enough. Where it does, they are tried in the order in which they were decided.
    """
    late = {each.id: _LATE for each in new if each.decided_at > now}
    new = [each for each in new if each.id not in late]
    everything = [*before, *new]
    known = {each.id for each in everything}
    sound = all(set(each.revokes) <= known and of_two(each) for each in new)
    if len(new) > 1 and sound and not clashes(identity_of(everything)):
        return late
    done = list(before)
    for each in sorted(new, key=lambda each: (each.decided_at, each.id)):
        if why := refusal(done, each):
            late[each.id] = why
        else:
            done.append(each)
    return late


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
    stood = spells(decisions, paired)
    return [row for each in paired for row in from_decision(by_id[each], stood[each])]
