"""Records on their way, and the order in which they go in: what names another comes after it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Final

from kg.records.files import Item
from kg.resolving.references import references_of
from schema.records import Record

ORDER: Final = (
    *("actor", "topic", "document", "claim", "event", "policy", "statement", "relationship", "review", "decision"),
)
"""What names others comes after what it names; within one type the order is found."""


@dataclass(slots=True)
class Pending:
    """A checked record on its way, with what it was read from."""

    item: Item
    record: Record
    id: str = ""


def in_order(group: Sequence[Pending]) -> list[list[Pending]]:
    """Records so that what they name comes first; those that name each other, in a circle, stand together.

    Args:
        group: with ids, and with ids in place of all references.
    """
    there: dict[str, list[Pending]] = {}
    for pending in group:
        there.setdefault(pending.id, []).append(pending)
    named = {identifier: _named(records, there) for identifier, records in there.items()}
    if _stands(named):
        return list(there.values())
    try:
        order: Iterable[Iterable[str]] = [[identifier] for identifier in TopologicalSorter(named).static_order()]
    except CycleError:
        order = _circles(named)
    return [[pending for identifier in circle for pending in there[identifier]] for circle in order]


def _named(records: Iterable[Pending], there: dict[str, list[Pending]]) -> set[str]:
    """What of the group the records of one id name."""
    return {ref for pending in records for _, ref in references_of(pending.record) if ref in there} - {
        pending.id for pending in records
    }


def _stands(named: dict[str, set[str]]) -> bool:
    """Whether each comes after what it names as they are."""
    before: set[str] = set()
    for identifier, others in named.items():
        if others and not others <= before:
            return False
        before.add(identifier)
    return True


def _circles(graph: dict[str, set[str]]) -> Iterator[list[str]]:
    """The strongly connected parts of what names what, each after those that it names."""
    import networkx as nx  # noqa: PLC0415 - slow to load, and circles are rare

    condensed = nx.condensation(nx.DiGraph([(one, other) for one, named in graph.items() for other in named]))
    yield from ([identifier] for identifier in graph if identifier not in condensed.graph["mapping"])
    for part in reversed(list(nx.topological_sort(condensed))):
        yield sorted(condensed.nodes[part]["members"])
