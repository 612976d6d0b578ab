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
    (EXISTS { MATCH (item)<-[:MADE]-(k:Actor) WHERE k.id IN $counterpart }
      OR EXISTS { MATCH (item)-[:ABOUT]->(:Claim)-[:SUBJECT|OBJECT]->(k:Actor) WHERE k.id IN $counterpart }
      OR EXISTS { MATCH (item)-[:ANSWERS]-(:Statement)<-[:MADE]-(k:Actor) WHERE k.id IN $counterpart }
      OR EXISTS { MATCH (item)<-[:HAS_STATUS]-(:Policy)-[:ISSUED|SIGNED|TARGETS]-(k:Actor) WHERE k.id IN $counterpart }
      OR EXISTS { MATCH (item)<-[:PARTICIPATED_IN]-(k:Actor) WHERE k.id IN $counterpart })
    """


def _timeline(name: str, order: str, sign: str, *, counterpart: bool) -> Query:
    """Each branch gives as many items as fit, so that what is grouped and shown is little, however much there is.

    The actors are the members of one whole. Each row brings the head of the ledger along, by which whoever asks sees
    that somebody has decided otherwise meanwhile; so it is one round trip.

    With a counterpart, of which most branches' items have nothing, all are grouped first, and then looked through.
    """
    fits = f"""
        KNOWN(item) AND at <= $valid_until AND at >= $earliest AND at <= $latest
          AND ($at IS NULL OR at {sign} $at OR (at = $at AND item.id {sign} $id))
          AND (size($acts) = 0 OR item.act IN $acts) AND ($relays OR coalesce(item.act, '') <> 'relay')
        """
    time = "coalesce(item.asserted_at_earliest, item.at_earliest, '') AS at"
    first = f"ORDER BY at {order}, item.id {order} LIMIT $limit"
    kept = "" if counterpart else f"WITH DISTINCT item, {time} WHERE {fits} WITH item {first}"
    branches = " UNION ALL ".join(
        f"WITH a MATCH {pattern} AND '{role}' IN $roles AND '{kind}' IN $kinds "
        f"WITH s AS item {kept} RETURN item, '{role}' AS role"
        for role, kind, pattern in _ROLES
    )
    return question(
        name,
        f"""
        MATCH (v:SchemaVersion {{id: 'schema'}})
        UNWIND $actors AS actor
        MATCH (a:Actor {{id: actor}}) WHERE KNOWN(a)
        CALL {{ {branches} }}
        WITH v, item, {time}, collect(DISTINCT role) AS roles, head(collect(a)) AS a
        {f"WHERE {fits} AND {_COUNTERPART}" if counterpart else ""}
        WITH v, a, item, at, roles {first}
        RETURN v.ledger AS head, REF(a) AS actor, labels(item)[0] AS label, item.id AS id, at, roles,
          CASE WHEN item:Statement THEN STATEMENT(item) ELSE null END AS statement,
          CASE WHEN item:Event THEN EVENT(item) ELSE null END AS event,
          CASE WHEN item:PolicyStatus THEN head([(item)<-[:HAS_STATUS]-(policy:Policy) | POLICY(policy)])
          ELSE null END AS policy
        ORDER BY at {order}, id {order}
        """,
    )


NEWEST: Final = _timeline("timeline, newest first", "DESC", "<", counterpart=False)
OLDEST: Final = _timeline("timeline, oldest first", "ASC", ">", counterpart=False)
NEWEST_WITH: Final = _timeline("timeline with a counterpart, newest first", "DESC", "<", counterpart=True)
OLDEST_WITH: Final = _timeline("timeline with a counterpart, oldest first", "ASC", ">", counterpart=True)
