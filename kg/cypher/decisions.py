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

STATEMENTS: Final = question(
    "number of statements by or about some actors, or about some claims",
    """
    CALL {
      UNWIND $actors AS id MATCH (:Actor {id: id})-[:MADE]->(s:Statement) WHERE KNOWN(s) RETURN s
      UNION ALL UNWIND $actors AS id
      MATCH (:Actor {id: id})<-[:SUBJECT|OBJECT]-(c:Claim)<-[:ABOUT]-(s:Statement) WHERE KNOWN(s) AND KNOWN(c) RETURN s
      UNION ALL UNWIND $claims AS id MATCH (:Claim {id: id})<-[:ABOUT]-(s:Statement) WHERE KNOWN(s) RETURN s
    }
    RETURN count(DISTINCT s) AS n
    """,
)

RELATIONSHIPS: Final = question(
    "number of relationships of some actors or claims",
    f"{_ENDS} MATCH (n)-[r]-(m) WHERE type(r) IN $types AND KNOWN(r) AND KNOWN(m) RETURN count(DISTINCT r) AS n",
)

BETWEEN: Final = question(
    "numbers of relationships between some actors or claims",
    f"{_ENDS} MATCH (n)-[r]->(m) WHERE m.id IN $ids AND type(r) IN $types AND KNOWN(r) "
    "RETURN n.id AS start, m.id AS end, count(r) AS n",
)

NAMES: Final = question(
    "names of some actors",
    """
    UNWIND $actors AS id MATCH (n:Actor {id: id})-[:HAS_ALIAS]->(l:Alias) WHERE KNOWN(l)
    RETURN DISTINCT l.name AS name ORDER BY name LIMIT $limit
    """,
)

CLAIMS: Final = question(
    "claims whose standing may depend on some actors",
    """
    CALL {
      UNWIND $actors AS id MATCH (:Actor {id: id})<-[:SUBJECT]-(c:Claim) RETURN c
      UNION ALL UNWIND $actors AS id MATCH (:Actor {id: id})-[:MADE]->(:Statement)-[:ABOUT]->(c:Claim) RETURN c
      UNION ALL UNWIND $actors AS id
      MATCH (:Actor {id: id})-[:MADE]->(:Statement)<-[:RELAYS*1..3]-(:Statement)-[:ABOUT]->(c:Claim) RETURN c
    }
    WITH DISTINCT c WHERE KNOWN(c)
    RETURN c.id AS id ORDER BY id LIMIT $limit
    """,
)

SUBJECTS: Final = question(
    "claims with their subjects",
    """
    UNWIND $ids AS id MATCH (c:Claim {id: id}) WHERE KNOWN(c)
    RETURN REF(c) AS ref, [(c)-[r:SUBJECT]->(a:Actor) WHERE LINKED(r) | a.id] AS subjects
    """,
)
