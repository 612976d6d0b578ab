"""What changed since a place in the log of changes: for who follows the graph without asking for everything again.

No change is missed, also while many write: a changeset's id is its writer's turn, turns are taken one after the other,
and only turns that are over are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from kg.cypher import changes as queries
from kg.engine.graph import Graph, Row
from schema.answers.changes import ChangeAnswer, ChangeKind, ChangePage
from schema.errors import InvalidInput
from schema.ids import label_of
from schema.times import parse_known

_PAGE: Final = 8
_CURSOR: Final = re.compile(r"(\d{15})\.(\d{1,9})")
_VERDICTS: Final[Mapping[str, ChangeKind]] = {"same": "merged", "different": "kept_apart", "revoke": "revoked"}
_REMEDY: Final = "Pass the 'next' of an earlier answer, a date, 'now', or nothing for all that the log holds"
NOW: Final = "now"


async def last_turn(graph: Graph) -> str:
    """The last turn that is over: all changes up to it can be asked for."""
    rows = await graph.read(queries.LAST)
    return queries.changeset_id(rows[0]["turn"] if rows else 0)


async def changes(graph: Graph, since: str | None, limit: int) -> ChangePage:
    """The changes after a place, the earliest first.

    Args:
        graph: the open graph.
        since: a cursor of an answer; a date or instant in the clock of ``known_at``, where a date means its last
            moment; ``now``; or None for the beginning of the log.
        limit: most changes.

    Raises:
        InvalidInput: the place is none, or is of another graph.
    """
    last = await last_turn(graph)
    turn, passed = await _place(graph, since, last)
    items: list[ChangeAnswer] = []
    while True:
        rows = await graph.read(queries.BETWEEN, first=turn, last=last, limit=_PAGE)
        decided = await _decisions(graph, rows)
        for row in rows:
            for number, change, identifier in _numbered(row):
                if number <= passed and row["id"] == turn:
                    continue
                if len(items) == limit:
                    return ChangePage(items=tuple(items), next=items[-1].cursor, more=True)
                items.append(_answer(row, number, change, identifier, decided))
        if len(rows) < _PAGE:
            break
        turn, passed = rows[-1]["id"], _size(rows[-1])
    return ChangePage(items=tuple(items), next=items[-1].cursor if items else f"{turn}.{passed}", more=False)


async def _place(graph: Graph, since: str | None, last: str) -> tuple[str, int]:
    """The changeset to begin with, and how many changes of it to pass over."""
    if since is None:
        return queries.changeset_id(0), 0
    if since == NOW:
        return last, 10**9 - 1
    if found := _CURSOR.fullmatch(since):
        if found[1] > last:
            raise InvalidInput("the place is behind the end of the log: it is that of another graph", "since", _REMEDY)
        return found[1], int(found[2])
    try:
        at = parse_known(since, "since")
    except InvalidInput as error:
        raise InvalidInput(f"{since[:60]!r} is no place in the log", "since", _REMEDY) from error
    rows = await graph.read(queries.SINCE, at=at)
    return (rows[0]["id"], 0) if rows and rows[0]["id"] <= last else (last, 10**9 - 1)


def _numbered(row: Row) -> Iterator[tuple[int, ChangeKind, str]]:
    kinds: tuple[ChangeKind, ...] = ("added", "changed", "retracted", "restored")
    number = 0
    for kind in kinds:
        for identifier in row[kind]:
            number += 1
            yield number, kind, identifier


def _size(row: Row) -> int:
    return sum(len(row[kind]) for kind in ("added", "changed", "retracted", "restored"))


async def _decisions(graph: Graph, rows: list[Row]) -> dict[str, Row]:
    wanted = [each for row in rows for each in row["added"] if label_of(each) == "Decision"]
    return {row["id"]: row for row in await graph.read(queries.VERDICTS, ids=wanted)} if wanted else {}


def _answer(
    row: Row, number: int, change: ChangeKind, identifier: str, decided: Mapping[str, Mapping[str, Any]]
) -> ChangeAnswer:
    decision = decided.get(identifier, {})
    return ChangeAnswer(
        cursor=f"{row['id']}.{number}",
        change=_VERDICTS.get(decision.get("verdict", ""), change),
        id=identifier,
        label=label_of(identifier) or "Relationship",
        at=row["at"],
        job=row["job"],
        left=decision.get("left"),
        right=decision.get("right"),
    )
