"""Changesets: what each transaction changed, in the order of the transactions.

Writers take turns (``TAKE_TURN``), and a changeset's id is its transaction's turn. A turn can be taken only when the
one before it is committed or undone, so whoever knows that a turn is over can read all changesets up to it.
"""

from __future__ import annotations

from typing import Final

from kg.engine.query import Query

_WIDTH: Final = 15


def changeset_id(turn: int) -> str:
    """The id of a turn's changeset: fixed in width, so that text order is the order of the turns."""
    return f"{turn:0{_WIDTH}}"


RECORD = Query(
    "record what a transaction changed",
    "MATCH (v:SchemaVersion {id: 'schema'}) SET v.written_at = $at CREATE (c:Changeset) SET c = $props",
)

_FIELDS = (
    "c.id AS id, c.at AS at, c.job AS job, coalesce(c.added, []) AS added, coalesce(c.changed, []) AS changed, "
    "coalesce(c.retracted, []) AS retracted, coalesce(c.restored, []) AS restored, "
    "coalesce(c.relationships, 0) AS relationships"
)

AFTER = Query(
    "changesets after one",
    f"MATCH (c:Changeset) WHERE c.id > $after WITH c ORDER BY c.id LIMIT $limit RETURN {_FIELDS} ORDER BY id",
)
BETWEEN = Query(
    "changesets from one to another",
    f"MATCH (c:Changeset) WHERE c.id >= $first AND c.id <= $last WITH c ORDER BY c.id LIMIT $limit "
    f"RETURN {_FIELDS} ORDER BY id",
)
"""``$last`` is a turn that is known to be over: while this query looks, later ones may end in its back."""

SINCE = Query(
    "the first changeset after a moment",
    "MATCH (c:Changeset) WHERE c.at > $at RETURN c.id AS id ORDER BY c.at LIMIT 1",
)
OF_JOB = Query(
    "changesets of a job",
    f"MATCH (c:Changeset {{job: $job}}) WHERE c.id > $after WITH c ORDER BY c.id LIMIT $limit "
    f"RETURN {_FIELDS} ORDER BY id",
)
LAST = Query(
    "the last turn taken",
    "MATCH (v:SchemaVersion {id: 'schema'}) RETURN coalesce(v.writes, 0) AS turn, v.written_at AS written_at",
)
VERDICTS = Query(
    "what decisions say",
    "UNWIND $ids AS id MATCH (d:Decision {id: id}) "
    "RETURN d.id AS id, d.verdict AS verdict, d.left AS left, d.right AS right, d.revokes AS revokes",
)
