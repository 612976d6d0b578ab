"""The decision ledger: who is one with whom, as a function of the decisions that stand. Pure.

A decision stands unless one that stands revokes it; the order in which decisions are given makes no difference. Those
that stand and say *same* join: what they join, directly or through others, is one *whole*. One that says *different*
keeps apart: while it stands, no *same* may join its two sides (:mod:`kg.ledger.rules`).
An id is never reused, and what names an actor or claim keeps naming that one: only answers show it as its whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final, Literal

from schema.ids import label_of

SAME: Final = "same"
DIFFERENT: Final = "different"
REVOKE: Final = "revoke"

Relation = Literal["itself", "same", "different", "undecided"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of the ledger.

    Attributes:
        id: derived from the content.
        verdict: ``same``, ``different`` or ``revoke``.
        left, right: ids of two actors or two claims; None where it only revokes. Of two that are one, the left is kept.
        revokes: ids of the decisions that it ends.
        decided_at: when it was decided; the order in which wholes were joined.
        recorded_at: since when the graph knows it.
        decided_by: who.
        reason: why.
        score: of the matcher that suggested it.
    """

    id: str
    verdict: str
    left: str | None = None
    right: str | None = None
    revokes: tuple[str, ...] = ()
    decided_at: str = ""
    recorded_at: str = ""
    decided_by: str = ""
    reason: str = ""
    score: float | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Decision:
        """A decision from the properties of its node."""
        return cls(**{**row, "revokes": tuple(row["revokes"] or ())})

    @property
    def pair(self) -> tuple[str, str]:
        """Its two sides; two empty texts where it only revokes."""
        return self.left or "", self.right or ""


def standing_decisions(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Those that no other that stands revokes, by id, in the order in which they were decided."""
    rows = {each.id: each for each in decisions}
    revokers: dict[str, list[str]] = defaultdict(list)
    for row in rows.values():
        for revoked in row.revokes:
            revokers[revoked].append(row.id)
    stands: dict[str, bool] = {}
    entered: set[str] = set()
    for start in rows:
        todo = [start]
        while todo:
            here = todo[-1]
            # An id is a digest of what it revokes, so that none revokes itself by others; whatever a file says.
            unknown = [each for each in revokers[here] if each not in stands and each not in entered]
            entered.add(here)
            if unknown:
                todo += unknown
                continue
            todo.pop()
            stands[here] = not any(stands.get(each, False) for each in revokers[here])
    return {row.id: row for row in sorted(rows.values(), key=_order) if stands[row.id]}


def _order(decision: Decision) -> tuple[str, str]:
    return decision.decided_at, decision.id


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain of reasons: a decision, and the two that it ties or keeps apart, in the chain's direction."""

    start: str
    end: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Why:
    """How two stand to each other, and the decisions from which that follows."""

    relation: Relation
    chain: tuple[Link, ...] = ()


@dataclass(slots=True)
class Identity:
    """Who is one with whom, at one time. Made by :func:`identity_of`."""

    standing: dict[str, Decision] = field(default_factory=dict)
    """The decisions that stand."""
    kept: dict[str, str] = field(default_factory=dict)
    """From each member of a whole of several to the one whose id and name are shown."""
    wholes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """From the one that is shown to all members in the order of their ids, itself among them."""
    _ties: dict[str, dict[str, Decision]] = field(default_factory=dict)
    _parted: dict[str, list[Decision]] = field(default_factory=dict)
    _kept: dict[str, dict[str, str]] = field(default_factory=dict)

    def canonical(self, identifier: str) -> str:
        """The member of its whole that is shown; itself where it is one with no other."""
        return self.kept.get(identifier, identifier)

    def members(self, identifier: str) -> tuple[str, ...]:
        """All of its whole, itself among them."""
        return self.wholes.get(self.canonical(identifier), (identifier,))

    def expanded(self, identifiers: Iterable[str]) -> list[str]:
        """These and all that are one with them, each once, in order."""
        return sorted({member for identifier in identifiers for member in self.members(identifier)})

    def kept_of(self, label: str) -> dict[str, str]:
        """The part of ``kept`` that is about actors, or about claims."""
        if label not in self._kept:
            self._kept[label] = {member: kept for member, kept in self.kept.items() if label_of(member) == label}
        return self._kept[label]

    def wholes_of(self, label: str) -> dict[str, list[str]]:
        """The part of ``wholes`` that is about actors, or about claims."""
        return {kept: list(members) for kept, members in self.wholes.items() if label_of(kept) == label}

    def hidden(self, label: str) -> list[str]:
        """The actors, or the claims, that are shown as another."""
        return [member for member, kept in self.kept_of(label).items() if member != kept]

    def why(self, left: str, right: str) -> Why:
        """The shortest chain of decisions that joins two, or that keeps them apart."""
        if left == right:
            return Why("itself")
        if self.canonical(left) == self.canonical(right):
            return Why("same", self._chain(left, right))
        apart = self._apart(left, right)
        return Why("different", apart) if apart else Why("undecided")

    def _apart(self, left: str, right: str) -> tuple[Link, ...]:
        """From one to a member of its whole that a decision parts from a member of the other's whole, and on to it."""
        here, there = set(self.members(left)), set(self.members(right))
        found = []
        for member in sorted(here):
            for decision in self._parted.get(member, ()):
                other = other_side(decision, member)
                if other in there:
                    parting = (Link(member, other, decision),)
                    found.append(self._chain(left, member) + parting + self._chain(other, right))
        return min(found, key=lambda chain: (len(chain), [link.decision.id for link in chain]), default=())

    def _chain(self, start: str, end: str) -> tuple[Link, ...]:
        """The shortest way from one member of a whole to another; of equal ones always the same."""
        if start == end:
            return ()
        import networkx as nx  # noqa: PLC0415 - slow to load, and most ask for no reason

        ties: nx.Graph[str] = nx.Graph()
        for one in self.members(start):
            ties.add_edges_from((one, other) for other in sorted(self._ties.get(one, ())))
        way = min(nx.all_shortest_paths(ties, start, end))
        return tuple(Link(one, other, self._ties[one][other]) for one, other in pairwise(way))


def identity_of(decisions: Iterable[Decision]) -> Identity:
    """The identity that these decisions amount to.

    The one of a whole that is shown is the left of the decision that joined it last; where a whole is left after an
    undoing, the decisions that still stand are gone through in the order in which they were made.
    """
    standing = standing_decisions(decisions)
    ties: dict[str, dict[str, Decision]] = defaultdict(dict)
    parted: dict[str, list[Decision]] = defaultdict(list)
    whole: dict[str, list[str]] = {}
    shown: dict[str, str] = {}
    for decision in standing.values():
        left, right = decision.pair
        if decision.verdict == DIFFERENT:
            parted[left].append(decision)
            parted[right].append(decision)
        elif decision.verdict == SAME and left != right:
            ties[left].setdefault(right, decision)
            ties[right].setdefault(left, decision)
            one, other = whole.setdefault(left, [left]), whole.setdefault(right, [right])
            if one is other:
                continue
            canonical = shown.get(left, left)
            one += other
            for member in other:
                whole[member] = one
            for member in one:
                shown[member] = canonical
    wholes = {shown[member]: tuple(sorted(members)) for member, members in whole.items()}
    return Identity(standing, shown, wholes, dict(ties), dict(parted))


def other_side(decision: Decision, member: str) -> str:
    """The side of a decision that is not this one."""
    left, right = decision.pair
    return right if member == left else left


def known_at(decisions: Iterable[Decision], moment: str) -> list[Decision]:
    """The decisions that the graph knew at a moment."""
    return [each for each in decisions if each.recorded_at <= moment]


def spells(decisions: Sequence[Decision], identifiers: Iterable[str]) -> Mapping[str, list[tuple[str, str | None]]]:
    """For each of these decisions, the intervals of ``known_at`` in which it stood; the last may be open."""
    by_id = {each.id: each for each in decisions}
    revokers: dict[str, list[Decision]] = defaultdict(list)
    for each in decisions:
        for revoked in each.revokes:
            revokers[revoked].append(each)

    def concerned(identifier: str) -> list[Decision]:
        found = {identifier: by_id[identifier]}
        todo = [identifier]
        while todo:
            for each in revokers[todo.pop()]:
                if each.id not in found:
                    found[each.id] = each
                    todo.append(each.id)
        return list(found.values())

    result: dict[str, list[tuple[str, str | None]]] = {}
    for identifier in identifiers:
        rows = concerned(identifier)
        intervals: list[tuple[str, str | None]] = []
        stood = False
        for moment in sorted({each.recorded_at for each in rows}):
            stands = identifier in standing_decisions(known_at(rows, moment))
            if stands and not stood:
                intervals.append((moment, None))
            elif stood and not stands:
                intervals[-1] = (intervals[-1][0], moment)
            stood = stands
        result[identifier] = intervals
    return result
