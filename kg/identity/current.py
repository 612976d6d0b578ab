"""The identity of a graph as of a moment, kept in each process until somebody decides something.

The graph holds the head of its ledger, a digest that every decision changes; reading it is all that a question pays.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final
from weakref import WeakKeyDictionary

from kg.cypher import decisions as queries
from kg.engine.graph import Graph, Row
from kg.identity.reading import IdentifiedGraph
from kg.ledger.identity import Decision, Identity, identity_of
from kg.writing.batch import Run
from kg.writing.decisions import read_decisions
from kg.writing.rows import shorten
from schema.ids import label_of

NOBODY: Final = Identity()
_MOST_MOMENTS: Final = 32


@dataclass(slots=True)
class Ledger:
    """The rows of a graph's ledger, and the identities that they amounted to at moments that were asked for."""

    head: str | None = None
    decisions: tuple[Decision, ...] = ()
    """In the order in which the graph learned them."""
    refs: Mapping[str, Row] = field(default_factory=dict)
    """How each that a decision is about is shown, by id."""
    _identities: OrderedDict[int, Identity] = field(default_factory=OrderedDict)

    def named(self, identifier: str) -> str:
        """How people call an actor or claim that decisions are about, with its id; other texts stay as they are."""
        ref = self.refs.get(identifier)
        return f"{shorten(ref['name'])} ({identifier})" if ref and ref["name"] else identifier

    def known_at(self, moment: str) -> list[Decision]:
        """The decisions that the graph knew at a moment."""
        return list(self.decisions[: self._count(moment)])

    def identity(self, moment: str) -> Identity:
        """Who was one with whom, as the graph knew at a moment."""
        count = self._count(moment)
        if count == 0:
            return NOBODY
        if count not in self._identities:
            self._identities[count] = identity_of(self.decisions[:count])
            if len(self._identities) > _MOST_MOMENTS:
                self._identities.popitem(last=False)
        self._identities.move_to_end(count)
        return self._identities[count]

    def _count(self, moment: str) -> int:
        return bisect_right(self.decisions, moment, key=lambda decision: decision.recorded_at)


_EMPTY: Final = Ledger()
_ledgers: WeakKeyDictionary[Graph, Ledger] = WeakKeyDictionary()


async def read_ledger(run: Run) -> Ledger:
    """The ledger as it stands in the graph.

    Args:
        run: how to run a query: a transaction's or the graph's own.
    """
    head = await _head(run)
    decisions = await read_decisions(run)
    return Ledger(head, decisions, await refs_of(run, (end for each in decisions for end in each.pair)))


async def refs_of(run: Run, identifiers: Iterable[str]) -> dict[str, Row]:
    """References to actors and claims, by id; those that are not in the graph are left out."""
    ids = sorted({identifier for identifier in identifiers if identifier})
    actors, claims = ([i for i in ids if label_of(i) == label] for label in ("Actor", "Claim"))
    if not ids:
        return {}
    rows = await run(queries.ENDS, actors=actors, claims=claims)
    return {row["ref"]["id"]: row["ref"] | {"retracted_at": row["retracted_at"]} for row in rows}


async def ledger_of(graph: Graph) -> Ledger:
    """The ledger, read anew only when somebody has decided something since."""
    head = await _head(graph.read)
    return await _of_head(graph, head)


async def ledger_within(graph: Graph, run: Run) -> Ledger:
    """The ledger as a transaction sees it; read in it unless this process has it with the same head already."""
    there = _ledgers.get(graph, _EMPTY)
    return there if there.head == await _head(run) else await read_ledger(run)


async def _of_head(graph: Graph, head: str | None) -> Ledger:
    if head is None:
        _ledgers.pop(graph, None)
        return _EMPTY
    there = _ledgers.get(graph)
    if there is None or there.head != head:
        there = _ledgers[graph] = await read_ledger(graph.read)
    return there


async def _head(run: Run) -> str | None:
    rows = await run(queries.HEAD)
    head: str | None = rows[0]["head"] if rows else None
    return head


async def identified(graph: Graph, known_at: str) -> IdentifiedGraph:
    """The graph as it is to be read for a question as of a moment: with the identity that was known then.

    Args:
        graph: the open graph.
        known_at: the settled ``known_at`` of the question.
    """
    return _at(graph, await ledger_of(graph), known_at)


def _at(graph: Graph, ledger: Ledger, known_at: str) -> IdentifiedGraph:
    return IdentifiedGraph(graph, ledger.identity(known_at), ledger.refs)


def presumed(graph: Graph, known_at: str) -> IdentifiedGraph:
    """The same without asking the graph, for a question whose rows bring the head along; see :func:`confirmed`."""
    return _at(graph, _ledgers.get(graph, _EMPTY), known_at)


async def confirmed(graph: Graph, head: str | None) -> bool:
    """Whether what was presumed was right; where it was not, it will be the next time.

    Args:
        graph: the open graph.
        head: the head of the ledger that a question's rows brought along.
    """
    if _ledgers.get(graph, _EMPTY).head == head:
        return True
    await _of_head(graph, head)
    return False


async def confirmed_by_asking(graph: Graph) -> bool:
    """The same where a question had no row."""
    return await confirmed(graph, await _head(graph.read))
