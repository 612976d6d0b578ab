"""Retract a whole source, see beforehand what that does, and undo it.

However large, it takes effect at one moment. What is small goes in one transaction. What is large goes in many, each of
a bounded size, that all close their intervals at the same moment a little ahead: until then every question, which asks
what is known at its own moment, still sees all of it, and from then on none. One that is broken off is completed by
asking for it again; what is closed already is passed over.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from kg.asking.parameters import NOW
from kg.engine.graph import Graph, Row, Transaction
from kg.retracting.effects import actors_left, changed_standings
from kg.retracting.selection import SourceOf, selected
from kg.writing.retract import BARE, closed, fallen, in_steps, opened, risen, states_of, write_changes
from schema.answers.retractions import SourceRetraction
from schema.errors import NotFound
from schema.ids import label_of
from schema.times import known_stamp, stamp_after

STEP: Final = 1_000
"""Nodes in one transaction."""

_AT_LEAST_SECONDS: Final = 5
_SECONDS_EACH: Final = 0.01
"""Time that a node is given, some times what it takes, until a large retraction takes effect."""


async def preview_source(graph: Graph, source: SourceOf, reason: str = "") -> SourceRetraction:
    """What a retraction of the source would do; changes nothing.

    Raises:
        NotFound: there is nothing of it, or all of it is retracted already.
    """
    falling, bare = await _falling(graph, source)
    return await _told(graph, source, reason, None, falling, bare)


async def retract_source(graph: Graph, source: SourceOf, reason: str, *, step: int = STEP) -> SourceRetraction:
    """Retract all that a source brought and what falls with it; all of it at one moment.

    Args:
        graph: the open graph.
        source: which.
        reason: kept with what is retracted.
        step: nodes in one transaction.

    Raises:
        NotFound: there is nothing of it, or all of it is retracted already.
    """
    falling, bare = await _falling(graph, source)
    parts = list(in_steps(falling, step))
    at = None if len(parts) == 1 else _ahead(len(falling))
    told = await _told(graph, source, reason, at, falling, bare)
    for part in parts:

        async def work(transaction: Transaction, part: Sequence[str] = part) -> str:
            moment = at or transaction.now
            states = await states_of(transaction.run, part)
            changes = {
                each: closed(moment, reason, bare=each in bare)
                for each, row in states.items()
                if row["retracted_at"] is None
            }
            await write_changes(transaction, changes)
            transaction.changes.retracted += list(changes)
            return moment

        told.at = await graph.write(work)
    return told


async def restore_source(graph: Graph, source: SourceOf, *, step: int = STEP) -> SourceRetraction:
    """Undo the last retraction of a source; that it was retracted for a time stays known.

    Raises:
        NotFound: nothing of it is retracted.
    """
    named = await selected(graph, source)
    states: dict[str, Row] = {}
    for some in in_steps(named, step):
        states |= await states_of(graph.read, some)
    gone = {each: row for each, row in states.items() if row["retracted_at"] is not None}
    if not gone:
        raise NotFound(f"nothing of the {source} is retracted", "source", "There is nothing to undo")
    last = max(gone.values(), key=lambda row: str(row["retracted_at"]))["reason"].removeprefix(f"{BARE}: ")
    named = [each for each, row in gone.items() if row["reason"] in (last, f"{BARE}: {last}")]
    wide = list(await risen(graph.read, named, lambda row: row["reason"] in (last, f"{BARE}: {last}")))
    parts = list(in_steps(wide, step))
    last_gone = max(str(row["retracted_at"]) for row in gone.values())
    at = max(_ahead(len(wide)) if len(parts) > 1 else "", stamp_after(last_gone))
    done = SourceRetraction(source=str(source), reason="undone", at=at, nodes=_by_label(wide))
    for part in parts:

        async def work(transaction: Transaction, part: Sequence[str] = part) -> str:
            moment = max(at, transaction.now) if len(parts) == 1 else at
            rows = await states_of(transaction.run, part)
            changes = {each: opened(moment, row) for each, row in rows.items() if row["retracted_at"] is not None}
            await write_changes(transaction, changes)
            transaction.changes.restored += list(changes)
            return moment

        done.at = await graph.write(work)
    return done


def _ahead(number: int) -> str:
    return known_stamp(datetime.now(UTC) + timedelta(seconds=_AT_LEAST_SECONDS + math.ceil(number * _SECONDS_EACH)))


async def _falling(graph: Graph, source: SourceOf) -> tuple[list[str], set[str]]:
    """All that falls with what a source brought, and which of it falls for want of a relay."""
    falling, bare = await fallen(graph.read, await selected(graph, source))
    if not falling:
        raise NotFound(f"all of the {source} is retracted already", "source", "There is nothing to do")
    return list(falling), bare


async def _told(
    graph: Graph, source: SourceOf, reason: str, at: str | None, falling: Sequence[str], bare: set[str]
) -> SourceRetraction:
    claims, changed = await changed_standings(graph, set(falling), NOW.settled())
    number, left = await actors_left(graph, falling)
    return SourceRetraction(
        source=str(source),
        reason=reason,
        at=at,
        nodes=_by_label(falling),
        bare=len(bare),
        claims=claims,
        standings=changed,
        actors=left,
        actors_left=number,
    )


def _by_label(identifiers: Sequence[str]) -> dict[str, int]:
    return dict(sorted(Counter(label_of(each) or "" for each in identifiers).items()))
