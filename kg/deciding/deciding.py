"""Make a decision: checked against all that stands, and written with what derives from it, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import ValidationError

from kg.asking.naming import end_named
from kg.asking.parameters import NOW
from kg.engine.graph import Graph, Transaction
from kg.errors import Conflict
from kg.identity.current import Ledger, ledger_of, ledger_within, refs_of
from kg.ledger.identity import DIFFERENT, REVOKE, SAME, Decision
from kg.ledger.rules import Refusal, refusal, split_of
from kg.writing.bundles import bundle_of, decision_identity
from kg.writing.decisions import decision_of, write_decisions
from kg.writing.rows import NodeRow
from schema.errors import GeokgError, InvalidInput, NotFound
from schema.records import DecisionRecord
from schema.times import known_now


@dataclass(frozen=True, slots=True)
class Said:
    """Who decides, and on what evidence.

    Attributes:
        by: who.
        reason: why; it stays with the decision.
        score: of the matcher that suggested it, 0 to 1.
    """

    by: str
    reason: str
    score: float | None = None


Draft = Callable[[Ledger, str], DecisionRecord]
"""From the ledger and the time to the decision; raises what stands against it."""


async def merge(graph: Graph, left: str, right: str, said: Said) -> Draft:
    """Draft: two actors, or two claims, are one; the left one's id and name are shown from now on.

    Args:
        graph: the open graph.
        left, right: ids; actors also by exact name.
        said: who decides, and why.

    Raises:
        NotFound: nothing has an id or name.
        InvalidInput: a name means several.
    """
    return await _of_two(graph, SAME, left, right, said)


async def keep_apart(graph: Graph, left: str, right: str, said: Said) -> Draft:
    """Draft: two actors, or two claims, are not one, and are not to be joined; raises as :func:`merge`."""
    return await _of_two(graph, DIFFERENT, left, right, said)


async def split(graph: Graph, member: str, said: Said) -> Draft:
    """Draft: an actor or claim is not one with the others of its whole; raises as :func:`merge`.

    See :func:`kg.split_of`. It is one decision, so that it can be undone as one.
    """
    identifier = await end_named(graph, member, NOW.settled(), "member")

    def draft(there: Ledger, now: str) -> DecisionRecord:
        found = split_of(there.decisions, identifier, there.named)
        if isinstance(found, Refusal):
            raise _error(found)
        rest, ties = found
        return _record(said, now, verdict=DIFFERENT, left=rest, right=identifier, revokes=ties)

    return draft


def undo(decision: str, said: Said) -> Draft:
    """Draft: a decision stands no longer; what it had ended stands again."""

    def draft(_: Ledger, now: str) -> DecisionRecord:
        return _record(said, now, verdict=REVOKE, revokes=(decision,))

    return draft


async def _of_two(graph: Graph, verdict: str, left: str, right: str, said: Said) -> Draft:
    now = NOW.settled()
    ends = {"left": await end_named(graph, left, now, "left"), "right": await end_named(graph, right, now, "right")}
    return lambda _, now: _record(said, now, verdict=verdict, **ends)


def _record(said: Said, now: str, **fields: object) -> DecisionRecord:
    try:
        return DecisionRecord.model_validate(
            {"decided_by": said.by, "reason": said.reason, "score": said.score, "decided_at": now, **fields}
        )
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or None
        raise InvalidInput(first["msg"], where, "Say who decides, and why") from error


async def decide(graph: Graph, draft: Draft) -> str:
    """Make a decision; answers its id.

    Raises:
        InvalidInput: it could not be made whatever the ledger holds.
        NotFound: it is about what is not in the graph, or revokes what nobody decided.
        Conflict: what was decided before stands against it; the message names those decisions.
    """

    async def work(transaction: Transaction) -> str:
        there = await ledger_within(graph, transaction.run)
        now = transaction.now
        record = draft(there, now)
        node = _node(record, now)
        refs = await refs_of(transaction.run, (record.left or "", record.right or ""))
        check(Ledger(there.head, there.decisions, {**there.refs, **refs}), decision_of(node))
        await write_decisions(transaction.run, [node], now, there.decisions)
        transaction.changes.added.append(node.id)
        return node.id

    return await graph.write(work)


async def drafted(graph: Graph, draft: Draft) -> tuple[Ledger, Decision, Conflict | None]:
    """What a draft would decide as the ledger stands now, and what stands against it; changes nothing.

    Raises:
        InvalidInput, NotFound: it could not be decided whatever stood.
        Conflict: the draft itself finds nothing to decide.
    """
    there = await ledger_of(graph)
    now = known_now()
    record = draft(there, now)
    decision = decision_of(_node(record, now))
    refs = await refs_of(graph.read, decision.pair)
    there = Ledger(there.head, there.decisions, {**there.refs, **refs})
    try:
        check(there, decision)
    except Conflict as error:
        return there, decision, error
    return there, decision, None


def _node(record: DecisionRecord, now: str) -> NodeRow:
    node = bundle_of(record, decision_identity(record)).nodes[0]
    return NodeRow(node.label, {"recorded_at": now, **node.props})


def check(there: Ledger, decision: Decision) -> None:
    """Refuse what cannot be decided as the ledger stands; raises as :func:`decide`."""
    for name, end in zip(("left", "right"), decision.pair, strict=True):
        if end and end not in there.refs:
            raise NotFound(f"nothing has the id {end[:60]}", name, "Search for it by name")
        if end and there.refs[end]["retracted_at"] is not None and decision.verdict == SAME:
            raise Conflict(f"{there.named(end)} was retracted", name, "Restore it first")
    if refused := refusal(there.decisions, decision, named=there.named):
        raise _error(refused)


def _error(refused: Refusal) -> GeokgError:
    kinds: dict[str, type[GeokgError]] = {"invalid": InvalidInput, "unknown": NotFound, "conflict": Conflict}
    return kinds[refused.kind](refused.what, None, refused.remedy)
