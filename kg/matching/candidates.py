"""The index of names of a graph: opened once a process, and brought up to the last write before each question.

The graph counts its writes and keeps a log of what each changed. A reader compares the count with that of the index:
where that is behind, the names of the actors that changed since are put in anew, and the count in the same commit, so
that all processes on this machine that share the folder agree, and one whose index is ahead of another's never waits.
What is not in the graph any more is found out by asking it (:func:`known_names`), and the index is then made anew.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Protocol
from weakref import WeakKeyDictionary

from kg.cypher import changes
from kg.cypher import matching as queries
from kg.engine.graph import Graph, Row
from kg.engine.query import Query
from kg.matching.index import IndexBusy, IndexedName, NameIndex
from schema.ids import digest, label_of

_log = logging.getLogger(__name__)
_PAGE: Final = 5_000
_CHANGESETS: Final = 500
_MOST_CHANGED: Final = 50_000
"""More changed actors than this, and all names are read anew."""
_WAIT: Final = 0.05
_LONGEST_WAIT: Final = 300.0


class Names:
    """The index of one open graph."""

    def __init__(self, graph: Graph) -> None:
        self._index: NameIndex | None = None
        self._folder = graph.data_dir / "names" / digest(graph.place)[:16]
        self._seen = 0
        self._turn = asyncio.Lock()

    async def current(self, graph: Graph) -> NameIndex:
        """The index, with all that was written up to now.

        Raises:
            EngineUnavailable: the engine does not answer.
        """
        state = (await graph.read(queries.STATE) or [{"graph": "", "turn": 0}])[0]
        index = self._index
        if index is None or not self._is_current(index, state):
            async with self._turn:
                index = await self._refreshed(graph, state)
        return index

    async def made_anew(self, graph: Graph) -> NameIndex:
        """The index, read anew from the graph: for when it names what the graph does not have."""
        async with self._turn:
            index = await self._opened()
            state = (await graph.read(queries.STATE) or [{"graph": "", "turn": 0}])[0]
            await self._written(graph, index, state, whole=True)
            return index

    def _is_current(self, index: NameIndex, state: Row) -> bool:
        there = index.state
        return there is not None and there[0] == (state["graph"] or "") and max(there[1], self._seen) >= state["turn"]

    async def _opened(self) -> NameIndex:
        if self._index is None:
            self._index = await asyncio.to_thread(_open, self._folder)
        return self._index

    async def _refreshed(self, graph: Graph, state: Row) -> NameIndex:
        index = await self._opened()
        index.reload()
        if not self._is_current(index, state):
            await self._written(graph, index, state)
        return index

    async def _written(self, graph: Graph, index: NameIndex, state: Row, *, whole: bool = False) -> None:
        """Write what is missing; where another process writes, wait until it has."""
        deadline = time.monotonic() + _LONGEST_WAIT
        while True:
            try:
                await self._write(graph, index, state, whole)
                return
            except IndexBusy:
                if time.monotonic() > deadline:
                    raise
                await asyncio.sleep(_WAIT)
                index.reload()
                if self._is_current(index, state) and not whole:
                    return

    async def _write(self, graph: Graph, index: NameIndex, state: Row, whole: bool) -> None:
        there = index.state
        stamp, turn = state["graph"] or "", int(state["turn"])
        if not whole and there is not None and there[0] == stamp and there[1] <= turn:
            changed = await _changed_actors(graph, max(there[1], self._seen))
            if changed is not None:
                if changed:
                    rows = await graph.read(queries.NAMES_OF, ids=changed)
                    await asyncio.to_thread(index.update, stamp, turn, list(_names(rows)))
                self._seen = turn
                return
        started = time.monotonic()
        number = await _rebuilt(graph, index, stamp, turn)
        self._seen = turn
        _log.info("%d names indexed in %.1f s", number, time.monotonic() - started)


_names_of: WeakKeyDictionary[Graph, Names] = WeakKeyDictionary()


def names_of(graph: Graph) -> Names:
    """The names of an open graph, one for all who ask."""
    if graph not in _names_of:
        _names_of[graph] = Names(graph)
    return _names_of[graph]


def _open(folder: Path) -> NameIndex:
    try:
        return NameIndex(folder)
    except OSError as error:
        _log.warning("the index of names is kept in memory: %s", error)
        return NameIndex(None)


async def _changed_actors(graph: Graph, since: int) -> list[str] | None:
    """Actors that changed after a turn; None where they are too many, or the log does not say."""
    found: dict[str, None] = {}
    after = changes.changeset_id(since)
    while True:
        rows = await graph.read(changes.AFTER, after=after, limit=_CHANGESETS)
        for row in rows:
            found |= dict.fromkeys(i for i in (*row["added"], *row["changed"]) if label_of(i) == "Actor")
        if len(found) > _MOST_CHANGED:
            return None
        if len(rows) < _CHANGESETS:
            return list(found)
        after = rows[-1]["id"]


def _names(rows: Sequence[Row]) -> Iterator[IndexedName]:
    for row in rows:
        yield IndexedName(
            row["alias"],
            row["name"],
            row["alias_kind"],
            row["actor"],
            row["actor_name"],
            row["kind"],
            row["country"] or "",
            tuple(row["identifiers"] or ()),
        )


async def _rebuilt(graph: Graph, index: NameIndex, stamp: str, turn: int) -> int:
    """Read all names, a page at a time, so that they are never all in memory."""
    with index.rebuilding() as making:
        after = ""
        number = 0
        while rows := await graph.read(queries.NAMES_AFTER, after=after, limit=_PAGE):
            after = rows[-1]["actor"]
            number += len(rows)
            await asyncio.to_thread(making.add, list(_names(rows)))
        await asyncio.to_thread(making.commit, stamp, turn)
    return number


class Reader(Protocol):
    """What runs a query that changes nothing: a graph, or a view of it."""

    async def read(self, query: Query, /, **parameters: Any) -> list[Row]:
        """Run the query and return its rows."""


async def known_names(graph: Reader, aliases: Sequence[str], bounds: dict[str, Any]) -> dict[str, Row | None]:
    """Which of these names the graph knows at the clocks of a question, by id of the alias.

    Returns:
        The actor's reference; None where the graph has the name but does not know it then. What the graph does not have
        is left out.
    """
    rows = await graph.read(queries.KNOWN_NAMES, ids=list(aliases), **bounds) if aliases else []
    return {row["id"]: row["actor"] if row["known"] else None for row in rows}
