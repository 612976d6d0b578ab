"""The decision ledger: its rows, its head, and what it is about."""

from __future__ import annotations

from typing import Final

from kg.cypher.shapes import question
from kg.engine.query import Query

HEAD: Final = Query("head of the ledger", "MATCH (v:SchemaVersion {id: 'schema'}) RETURN v.ledger AS head")
SET_HEAD: Final = Query("set the head of the ledger", "MATCH (v:SchemaVersion {id: 'schema'}) SET v.ledger = $head")

ALL: Final = Query(
    "the ledger",
    "MATCH (d:Decision) RETURN d {.id, .verdict, .left, .right, .revokes, .decided_at, .recorded_at, .decided_by, "
    ".reason, .score} AS decision ORDER BY decision.recorded_at, decision.id",
)

_ENDS: Final = (
    "CALL { UNWIND $actors AS id MATCH (n:Actor {id: id}) RETURN n "
    "UNION ALL UNWIND $claims AS id MATCH (n:Claim {id: id}) RETURN n } WITH n "
)

ENDS: Final = question("what decisions are about", f"{_ENDS} RETURN REF(n) AS ref, n.retracted_at AS retracted_at")
