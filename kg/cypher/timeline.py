"""The timeline of an actor: one query, in each direction of time."""

from __future__ import annotations

from typing import Final

from kg.cypher.shapes import question
from kg.engine.query import Query

_ROLES: Final = (
    ("speaker", "statement", "(a)-[r:MADE]->(s:Statement) WHERE LINKED(r)"),
    ("subject", "statement", "(a)<-[r:SUBJECT]-(c:Claim)<-[:ABOUT]-(s:Statement) WHERE LINKED(r) AND KNOWN(c)"),
    ("object", "statement", "(a)<-[r:OBJECT]-(c:Claim)<-[:ABOUT]-(s:Statement) WHERE LINKED(r) AND KNOWN(c)"),
    ("answer", "statement", "(a)-[:MADE]->(t:Statement)<-[r:ANSWERS]-(s:Statement) WHERE LINKED(r) AND KNOWN(t)"),
    (
        "answer",
        "statement",
        "(a)<-[:SUBJECT|OBJECT]-(c:Claim)<-[:ABOUT]-(t:Statement)<-[r:ANSWERS]-(s:Statement)"
        " WHERE LINKED(r) AND KNOWN(t)",
    ),
    ("target", "policy", "(a)<-[r:TARGETS]-(p:Policy)-[:HAS_STATUS]->(s:PolicyStatus) WHERE LINKED(r) AND KNOWN(p)"),
    (
        "issuer",
        "policy",
        "(a)-[r:ISSUED|SIGNED]->(p:Policy)-[:HAS_STATUS]->(s:PolicyStatus) WHERE LINKED(r) AND KNOWN(p)",
    ),
    ("participant", "event", "(a)-[r:PARTICIPATED_IN]->(s:Event) WHERE LINKED(r)"),
)

_COUNTERPART: Final = """
    ($counterpart = ''
      OR EXISTS { MATCH (item)<-[:MADE]-(:Actor {id: $counterpart}) }
      OR EXISTS { MATCH (item)-[:ABOUT]->(:Claim)-[:SUBJECT|OBJECT]->(:Actor {id: $counterpart}) }
      OR EXISTS { MATCH (item)-[:ANSWERS]-(:Statement)<-[:MADE]-(:Actor {id: $counterpart}) }
      OR EXISTS { MATCH (item)<-[:HAS_STATUS]-(:Policy)-[:ISSUED|SIGNED|TARGETS]-(:Actor {id: $counterpart}) }
      OR EXISTS { MATCH (item)<-[:PARTICIPATED_IN]-(:Actor {id: $counterpart}) })
    """


def _timeline(name: str, order: str, sign: str) -> Query:
    branches = " UNION ALL ".join(
        f"WITH a MATCH {pattern} AND '{role}' IN $roles AND '{kind}' IN $kinds RETURN s AS item, '{role}' AS role"
        for role, kind, pattern in _ROLES
    )
    return question(
        name,
        f"""
        MATCH (a:Actor {{id: $actor}}) WHERE KNOWN(a)
        CALL {{ {branches} }}
        WITH a, item, coalesce(item.asserted_at_earliest, item.at_earliest, '') AS at, collect(DISTINCT role) AS roles
        WHERE KNOWN(item) AND at <= $valid_until AND at >= $earliest AND at <= $latest
          AND ($at IS NULL OR at {sign} $at OR (at = $at AND item.id {sign} $id))
          AND (size($acts) = 0 OR item.act IN $acts) AND ($relays OR coalesce(item.act, '') <> 'relay')
          AND {_COUNTERPART}
        WITH a, item, at, roles ORDER BY at {order}, item.id {order} LIMIT $limit
        RETURN REF(a) AS actor, labels(item)[0] AS label, item.id AS id, at, roles,
          CASE WHEN item:Statement THEN STATEMENT(item) ELSE null END AS statement,
          CASE WHEN item:Event THEN EVENT(item) ELSE null END AS event,
          CASE WHEN item:PolicyStatus THEN head([(item)<-[:HAS_STATUS]-(policy:Policy) | POLICY(policy)])
          ELSE null END AS policy
        ORDER BY at {order}, id {order}
        """,
    )


NEWEST: Final = _timeline("timeline, newest first", "DESC", "<")
OLDEST: Final = _timeline("timeline, oldest first", "ASC", ">")
