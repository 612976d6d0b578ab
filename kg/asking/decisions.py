"""Decisions: the history of the ledger, and who is one with whom and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from pydantic import Field

from kg.asking.cursors import moment, place
from kg.asking.filters import Wanted
from kg.asking.naming import end_named
from kg.asking.parameters import FIRST_PAGE, NOW, AsOf, Filters, PageRequest
from kg.asking.shapes import ref
from kg.engine.graph import Graph
from kg.identity.current import Ledger, ledger_of, refs_of
from kg.ledger.identity import DIFFERENT, Decision, Identity, Link
from schema.answers.common import Ref
from schema.answers.decisions import DecisionAnswer, DecisionPage, IdentityAnswer, Reason, WhyAnswer
from schema.errors import NotFound

_MOST: Final = 200


EVER: Final = AsOf(known_at="9999-12-31T23:59:59.999999Z")
"""For a decision that was made just now, perhaps by a clock that is ahead of this one."""


class DecisionFilters(Filters):
    """Which decisions."""

    about: Wanted | None = Field(default=None, description="On this one, or any that is one with it; id or name")
    verdict: Literal["same", "different", "revoke"] | None = None
    stands: bool | None = Field(default=None, description="Only those that stand, or only those that were undone")


_ALL = DecisionFilters()


async def decisions(
    graph: Graph, filters: DecisionFilters = _ALL, as_of: AsOf = NOW, page: PageRequest = FIRST_PAGE
) -> DecisionPage:
    """The ledger, the newest decision first, undone ones included; each says whether it stood at ``known_at``.

    Raises:
        NotFound, InvalidInput: who it is to be about is unknown or ambiguous; the cursor is broken or foreign.
    """
    now = moment(as_of, page)
    here = place("decisions", (), filters, as_of, page)
    ledger = await ledger_of(graph)
    rows = ledger.known_at(now.known_at or "")
    identity = ledger.identity(now.known_at or "")
    if filters.about is not None:
        rows = about(rows, identity.members(await end_named(graph, filters.about, now, "about")))
    found = sorted((row for row in rows if _fits(row, filters, identity)), key=_newest, reverse=True)
    if here.after is not None:
        found = [row for row in found if _newest(row) < here.after]
    shown = found[: here.limit]
    return DecisionPage(
        items=tuple(decision_answer(row, ledger.refs, identity) for row in shown),
        next=here.next(_newest(shown[-1])) if len(found) > here.limit else None,
        as_of=here.as_of.answer(),
    )


def _newest(decision: Decision) -> tuple[str, str]:
    return decision.recorded_at, decision.id


def _fits(row: Decision, filters: DecisionFilters, identity: Identity) -> bool:
    if filters.verdict is not None and row.verdict != filters.verdict:
        return False
    return filters.stands is None or (row.id in identity.standing) == filters.stands


def about(rows: Iterable[Decision], members: Iterable[str]) -> list[Decision]:
    """The decisions on any of some actors or claims, and those that revoke one of these, at however many removes."""
    wanted = set(members)
    found: dict[str, Decision] = {}
    rows = list(rows)
    while True:
        more = {row.id: row for row in rows if wanted & {*row.pair} or any(revoked in found for revoked in row.revokes)}
        if more.keys() <= found.keys():
            return list(found.values())
        found |= more


async def one(graph: Graph, decision: str, as_of: AsOf = NOW) -> DecisionAnswer:
    """One decision, by its id.

    Raises:
        NotFound: none has the id, or the graph did not know it then.
    """
    known_at = as_of.settled().known_at or ""
    ledger = await ledger_of(graph)
    row = next((each for each in ledger.known_at(known_at) if each.id == decision), None)
    if row is None:
        raise NotFound(f"no decision has the id {decision[:60]}", "decision", "List them: geokg resolve history")
    return decision_answer(row, ledger.refs, ledger.identity(known_at))


async def why(graph: Graph, left: str, right: str, as_of: AsOf = NOW) -> WhyAnswer:
    """Why two are one, or are not: the shortest chain of decisions.

    Args:
        graph: the open graph.
        left, right: ids of two actors or two claims; actors also by exact name.
        as_of: the two clocks; ``valid_at`` makes no difference.

    Raises:
        NotFound, InvalidInput: one of them is unknown, or a name means several.
    """
    as_of = as_of.settled()
    ends = [await end_named(graph, left, as_of, "left"), await end_named(graph, right, as_of, "right")]
    ledger = await ledger_of(graph)
    refs = await _refs(graph, ledger, ends)
    found = ledger.identity(as_of.known_at or "").why(*ends)
    return WhyAnswer(
        left=refs[ends[0]],
        right=refs[ends[1]],
        relation=found.relation,
        chain=reasons(found.chain, ledger.refs),
        as_of=as_of.answer(),
    )


async def identity(graph: Graph, wanted: str, as_of: AsOf = NOW) -> IdentityAnswer:
    """An actor or claim, all that are one with it, those kept apart from it, and the decisions on all of them.

    Raises:
        NotFound, InvalidInput: as :func:`why`.
    """
    as_of = as_of.settled()
    identifier = await end_named(graph, wanted, as_of, "id")
    ledger = await ledger_of(graph)
    then = ledger.identity(as_of.known_at or "")
    members = then.members(identifier)
    refs = await _refs(graph, ledger, [identifier])
    rows = sorted(about(ledger.known_at(as_of.known_at or ""), members), key=_newest, reverse=True)
    parted = {
        then.canonical(end)
        for each in rows
        if each.verdict == DIFFERENT and each.id in then.standing
        for end in each.pair
        if end not in members
    }
    return IdentityAnswer(
        canonical=refs[then.canonical(identifier)],
        members=tuple(refs[each] for each in members),
        apart=tuple(refs[each] for each in sorted(parted)),
        decisions=tuple(decision_answer(each, ledger.refs, then) for each in rows[:_MOST]),
        as_of=as_of.answer(),
    )


async def _refs(graph: Graph, ledger: Ledger, ends: Sequence[str]) -> dict[str, Ref]:
    """References to these and to all that decisions are about.

    Raises:
        NotFound: one of these is not in the graph.
    """
    missing = [each for each in ends if each not in ledger.refs]
    there = {**ledger.refs, **(await refs_of(graph.read, missing) if missing else {})}
    for each in ends:
        if each not in there:
            raise NotFound(f"nothing has the id {each}", remedy="Search for it by name")
    return {identifier: ref(row) for identifier, row in there.items()}


def decision_answer(row: Decision, refs: Mapping[str, Mapping[str, object]], identity: Identity) -> DecisionAnswer:
    """A decision as an answer, with what was known of it then."""
    revoker = next((each.id for each in identity.standing.values() if row.id in each.revokes), None)
    return DecisionAnswer(
        id=row.id,
        verdict=row.verdict,
        left=_end(row.left, refs),
        right=_end(row.right, refs),
        revokes=row.revokes,
        reason=row.reason,
        score=row.score,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        recorded_at=row.recorded_at,
        stands=row.id in identity.standing,
        revoked_by=revoker,
    )


def reasons(chain: Iterable[Link], refs: Mapping[str, Mapping[str, object]]) -> tuple[Reason, ...]:
    """A chain of reasons as an answer."""
    return tuple(
        Reason(
            start=ref(refs[link.start]),
            end=ref(refs[link.end]),
            verdict=link.decision.verdict,
            decision=link.decision.id,
            decided_by=link.decision.decided_by,
            decided_at=link.decision.decided_at,
            reason=link.decision.reason,
        )
        for link in chain
    )


def _end(identifier: str | None, refs: Mapping[str, Mapping[str, object]]) -> Ref | None:
    return ref(refs[identifier]) if identifier is not None else None
