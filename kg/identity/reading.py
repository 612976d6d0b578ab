"""A graph as a question reads it: what it names is asked for as its whole, and shown as the one that is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.engine.dialect import Dialect
from kg.engine.graph import Graph, Row
from kg.engine.query import Query
from kg.ledger.identity import Identity

WRITTEN: str = "written"
"""Where a reference was rewritten, the id that the graph has there."""

_SHOWN = ("id", "name", "kind", "country")


class IdentifiedGraph:
    """A graph read with an identity: every reference in a row shows the canonical actor or claim.

    Attributes:
        graph: the graph as it is.
        identity: who is one with whom.
    """

    def __init__(self, graph: Graph, identity: Identity, refs: Mapping[str, Row]) -> None:
        self.graph = graph
        self.identity = identity
        self._refs = refs

    @property
    def dialect(self) -> Dialect:
        """That of the graph."""
        return self.graph.dialect

    async def read(self, query: Query, /, **parameters: Any) -> list[Row]:
        """Run a query that changes nothing; see :meth:`Graph.read`."""
        rows = await self.graph.read(query, **parameters)
        if not self.identity.kept:
            return rows
        return [self._shown(row) for row in rows]

    def canonical(self, identifier: str) -> str:
        """The id under which an actor or claim is shown."""
        return self.identity.canonical(identifier)

    def members(self, identifier: str) -> list[str]:
        """The ids of all that are one with it, itself among them; none for an empty id."""
        return list(self.identity.members(identifier)) if identifier else []

    def expanded(self, identifiers: Iterable[str]) -> list[str]:
        """The ids of all that are one with any of these."""
        return self.identity.expanded(identifiers)

    def _shown(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._shown(each) for each in value]
        if not isinstance(value, dict):
            return value
        shown = {name: self._shown(each) for name, each in value.items()}
        canonical = (
            self.identity.kept.get(value["id"]) if "name" in value and isinstance(value.get("id"), str) else None
        )
        if canonical is None or canonical == value["id"]:
            return shown
        kept = self._refs.get(canonical, shown)
        return shown | {name: kept[name] for name in _SHOWN if name in value} | {WRITTEN: value["id"]}


def written_id(ref: Row) -> str:
    """The id that the graph has where a reference stands, which evidence is looked up by."""
    return str(ref.get(WRITTEN, ref["id"]))


def as_it_is(graph: Graph) -> IdentifiedGraph:
    """The graph without any decision: everyone is only who he is."""
    return IdentifiedGraph(graph, Identity(), {})
