"""The timeline of an actor: one query, in each direction of time."""

from __future__ import annotations

from kg.cypher.shapes import question
from kg.engine.query import Query

_SAID = """
    WITH DISTINCT a, s, coalesce(s.asserted_at_earliest, '') AS at
    WHERE KNOWN(s) AND at <= $valid_until AND at >= $earliest AND at <= $latest AND AFTER(s)
      AND (size($acts) = 0 OR s.act IN $acts)
      AND ($counterpart = ''
        OR EXISTS { MATCH (s)<-[:MADE]-(:Actor {id: $counterpart}) }
        OR EXISTS { MATCH (s)-[:ABOUT]->(:Claim)-[:SUBJECT|OBJECT]->(:Actor {id: $counterpart}) }
        OR EXISTS { MATCH (s)-[:ANSWERS]-(:Statement)<-[:MADE]-(:Actor {id: $counterpart}) })
    """
_DECIDED = """
    MATCH (p)-[:HAS_STATUS]->(s:PolicyStatus)
    WITH DISTINCT a, p, s, coalesce(s.at_earliest, '') AS at
    WHERE KNOWN(p) AND KNOWN(s) AND at <= $valid_until AND at >= $earliest AND at <= $latest AND AFTER(s)
      AND ($counterpart = '' OR EXISTS { MATCH (p)-[:ISSUED|SIGNED|TARGETS]-(:Actor {id: $counterpart}) })
    """
_DONE = """
    WITH DISTINCT a, s, coalesce(s.at_earliest, '') AS at
    WHERE KNOWN(s) AND at <= $valid_until AND at >= $earliest AND at <= $latest AND AFTER(s)
      AND ($counterpart = '' OR EXISTS { MATCH (s)<-[:PARTICIPATED_IN]-(:Actor {id: $counterpart}) })
    """
_BRANCHES = (
    ("speaker", "statement", "(a)-[r:MADE]->(s:Statement) WHERE KNOWN(r)", _SAID),
    (
        "subject",
        "statement",
        "(a)<-[r:SUBJECT]-(c:Claim)<-[:ABOUT]-(s:Statement) WHERE KNOWN(r) AND KNOWN(c)",
        _SAID,
    ),
    (
        "object",
        "statement",
        "(a)<-[r:OBJECT]-(c:Claim)<-[:ABOUT]-(s:Statement) WHERE KNOWN(r) AND KNOWN(c)",
        _SAID,
    ),
    (
        "answer",
        "statement",
        "(a)-[:MADE]->(t:Statement)<-[r:ANSWERS]-(s:Statement) WHERE KNOWN(r) AND KNOWN(t)",
        _SAID,
    ),
    (
        "answer",
        "statement",
        "(a)<-[:SUBJECT|OBJECT]-(c:Claim)<-[:ABOUT]-(t:Statement)<-[r:ANSWERS]-(s:Statement)"
        " WHERE KNOWN(r) AND KNOWN(t) AND KNOWN(c)",
        _SAID,
    ),
    ("target", "policy", "(a)<-[r:TARGETS]-(p:Policy) WHERE KNOWN(r)", _DECIDED),
    ("issuer", "policy", "(a)-[r:ISSUED|SIGNED]->(p:Policy) WHERE KNOWN(r)", _DECIDED),
    ("participant", "event", "(a)-[r:PARTICIPATED_IN]->(s:Event) WHERE KNOWN(r)", _DONE),
)


def _branch(role: str, kind: str, pattern: str, condition: str, order: str) -> str:
    return f"""
      WITH a MATCH {pattern} AND '{role}' IN $roles AND '{kind}' IN $kinds {condition}
      RETURN s AS item, '{role}' AS role, at ORDER BY at {order}, s.id {order} LIMIT $limit
    """


def _timeline(name: str, order: str, sign: str) -> Query:
    branches = " UNION ALL ".join(_branch(*branch, order) for branch in _BRANCHES)
    text = f"""
    MATCH (a:Actor {{id: $actor}}) WHERE KNOWN(a)
    CALL {{ {branches} }}
    WITH a, item, at, collect(DISTINCT role) AS roles
    ORDER BY at {order}, item.id {order} LIMIT $limit
    RETURN REF(a) AS actor, labels(item)[0] AS label, item.id AS id, at, roles,
      CASE WHEN item:Statement THEN STATEMENT(item) ELSE null END AS statement,
      CASE WHEN item:Event THEN EVENT(item) ELSE null END AS event,
      CASE WHEN item:PolicyStatus THEN head([(policy:Policy)-[:HAS_STATUS]->(item) | POLICY(policy)])
      ELSE null END AS policy
    ORDER BY at {order}, id {order}
    """
    after = f"($at IS NULL OR at {sign} $at OR (at = $at AND s.id {sign} $id))"
    return question(name, text.replace("AFTER(s)", after))


NEWEST = _timeline("timeline, newest first", "DESC", "<")
OLDEST = _timeline("timeline, oldest first", "ASC", ">")
