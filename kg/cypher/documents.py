"""Documents: found by what they are, and one with its text, statements and versions."""

from __future__ import annotations

from typing import Final

from kg.cypher.shapes import question
from kg.engine.query import Query

_SPOKEN_IN = (
    "COUNT { MATCH (d)<-[:IN]-(s:Statement) WHERE KNOWN(s) AND coalesce(s.asserted_at_earliest, '') <= $valid_until }"
)


def _search(name: str, start: str) -> Query:
    return question(
        name,
        f"""
        {start}
        WITH DISTINCT d, coalesce(d.published_at_earliest, '') AS at
        WHERE KNOWN(d) AND at <= $valid_until AND at <= $latest AND at >= $earliest
          AND ($kind = '' OR d.kind = $kind) AND ($seen IS NULL OR d.seen = $seen)
          AND ($q = '' OR toLower(d.title) CONTAINS $q)
          AND (size($publishers) = 0 OR EXISTS {{
            MATCH (d)<-[r:PUBLISHED|ISSUED]-(k:Actor) WHERE k.id IN $publishers AND LINKED(r) }})
          AND ($at IS NULL OR at < $at OR (at = $at AND d.id < $id))
        WITH d, at ORDER BY at DESC, d.id DESC LIMIT $limit
        RETURN DOCUMENT(d) AS document, at, {_SPOKEN_IN} AS statements,
          head([(d)<-[published:PUBLISHED]-(a:Actor) WHERE LINKED(published) | REF(a)]) AS publisher
        ORDER BY at DESC, document.id DESC
        """,
    )


SEARCH: Final = _search("documents", "MATCH (d:Document)")
ABOUT_CLAIM: Final = _search(
    "documents about a claim",
    "UNWIND $claims AS claim "
    "MATCH (:Claim {id: claim})<-[:ABOUT]-(said:Statement)-[:IN]->(d:Document) WHERE KNOWN(said)",
)

ONE: Final = question(
    "one document",
    """
    MATCH (d:Document {id: $id}) WHERE KNOWN(d) AND coalesce(d.published_at_earliest, '') <= $valid_until
    RETURN d {.*} AS document,
      head([(d)<-[r1:PUBLISHED]-(a1:Actor) WHERE LINKED(r1) | REF(a1)]) AS publisher,
      [(d)<-[r2:ISSUED]-(a2:Actor) WHERE LINKED(r2) | REF(a2)] AS issuers,
      [(d)-[r3:CITES]->(m3:Document) WHERE LINKED(r3) AND KNOWN(m3) | DOCUMENT(m3)] AS cites,
      [(d)<-[r4:CITES]-(m4:Document) WHERE LINKED(r4) AND KNOWN(m4)
        AND coalesce(m4.published_at_earliest, '') <= $valid_until | DOCUMENT(m4)] AS cited_by,
      [(d)<-[r5:DOCUMENTED_IN|MENTIONED_IN]-(m5) WHERE LINKED(r5) AND KNOWN(m5) AND THEN(m5) | REF(m5)] AS documents
    """,
)

STATEMENTS: Final = question(
    "statements in a document",
    """
    MATCH (d:Document {id: $id})<-[:IN]-(s:Statement)
    WHERE KNOWN(s) AND coalesce(s.asserted_at_earliest, '') <= $valid_until
    RETURN STATEMENT(s) AS statement ORDER BY coalesce(s.start, -1), coalesce(s.end, -1), s.id
    """,
)

VERSIONS: Final = question(
    "versions of a document",
    """
    MATCH (d:Document {source: $source}) WHERE KNOWN(d)
    RETURN DOCUMENT(d) AS document ORDER BY d.recorded_at, d.id LIMIT 200
    """,
)
