"""The queue of reviews: what waits, what was decided, and the decision itself."""

from __future__ import annotations

from typing import Final

from kg.cypher.shapes import question
from kg.engine.query import Query

SETTLED: Final = Query(
    "what was decided about statements",
    "UNWIND $ids AS id OPTIONAL MATCH (s:Statement {id: id}) OPTIONAL MATCH (r:Review {statement: id}) "
    "RETURN id, s IS NOT NULL AS present, r.status AS status, r.result AS result",
)


_HAS_NEWER: Final = "EXISTS { MATCH (newer:Document)-[:REVISION_OF]->(d) WHERE newer.retracted_at IS NULL }"


def _list(name: str, start: str) -> Query:
    return question(
        name,
        f"""
        {start}
        MATCH (r)-[:IN]->(d:Document)
        WHERE ($document = '' OR d.id = $document)
          AND ($at IS NULL OR r.recorded_at < $at OR (r.recorded_at = $at AND r.id < $id))
          AND (r.status <> 'pending' OR (d.retracted_at IS NULL AND NOT {_HAS_NEWER}
               AND NOT EXISTS {{ MATCH (s:Statement {{id: r.statement}}) }}))
        WITH r, d ORDER BY r.recorded_at DESC, r.id DESC LIMIT $limit
        RETURN properties(r) AS review, DOCUMENT(d) AS document ORDER BY review.recorded_at DESC, review.id DESC
        """,
    )


BY_STATUS: Final = _list("reviews by status", "MATCH (r:Review {status: $status})")
ALL: Final = _list("reviews", "MATCH (r:Review)")

ONE: Final = question(
    "one review",
    f"""
    MATCH (r:Review {{id: $id}})-[:IN]->(d:Document)
    RETURN properties(r) AS review, DOCUMENT(d) AS document, d.text AS text, d.retracted_at AS retracted_at,
      {_HAS_NEWER} AS superseded
    """,
)

LOCK: Final = Query(
    "lock a review",
    # The write comes first: it makes a second decider wait, or fail and try again, until this one is through.
    "MATCH (r:Review {id: $id})-[:IN]->(d:Document) SET r.decided_at = $now "
    "RETURN r.status AS status, r.decided_by AS decided_by, d.retracted_at AS retracted_at, "
    f"{_HAS_NEWER} AS superseded",
)
DECIDE: Final = Query("decide a review", "MATCH (r:Review {id: $id}) SET r += $props")

_NAMED: Final = """
    RETURN properties(a) AS actor, COUNT { (a)-[:MADE]->(:Statement) } AS statements,
      COUNT { (a)<-[:SUBJECT|OBJECT]-(:Claim) } AS claims, COUNT { (a)-[:PARTICIPATED_IN]->(:Event) } AS events,
      [(a)-[:MADE]->(:Statement)-[:IN]->(d:Document) | DOCUMENT(d)][0..3] AS documents
    """
PROVISIONAL: Final = question(
    "provisional actors",
    f"""
    MATCH (a:Actor) WHERE a.provisional = true AND a.retracted_at IS NULL
      AND (a.name > $name OR (a.name = $name AND a.id > $id))
    WITH a ORDER BY a.name, a.id LIMIT $limit {_NAMED} ORDER BY actor.name, actor.id
    """,
)
PROVISIONAL_ONE: Final = question("one provisional actor", f"MATCH (a:Actor {{id: $id}}) {_NAMED}")
