"""Claims: found by what was said about them, and all that was said about one."""

from __future__ import annotations

from typing import Final

from kg.cypher.shapes import question
from kg.engine.query import Query

_ANCHORS: Final = {
    "text": "CALL db.index.fulltext.queryNodes($index, $text) YIELD node AS c",
    "accused": "MATCH (:Actor {id: $accused})<-[:SUBJECT]-(c:Claim)",
    "speaker": "MATCH (:Actor {id: $speaker})-[:MADE]->(:Statement)-[:ABOUT]->(c:Claim)",
    "topic": "MATCH (:Topic {id: $topic})<-[:CONCERNS|OBJECT]-(c:Claim)",
    "all": "MATCH (c:Claim)",
}
"""Where the search begins: at the narrowest of what was asked for."""


def _search(anchor: str, start: str) -> Query:
    return question(
        f"claims by {anchor}",
        f"""
        {start}
        WITH DISTINCT c
        WHERE KNOWN(c)
          AND ($accused = '' OR EXISTS {{ MATCH (c)-[r:SUBJECT]->(k:Actor) WHERE k.id = $accused AND LINKED(r) }})
          AND ($speaker = '' OR EXISTS {{
            MATCH (c)<-[:ABOUT]-(t:Statement)<-[m:MADE]-(k:Actor)
            WHERE k.id = $speaker AND KNOWN(t) AND LINKED(m)
              AND coalesce(t.asserted_at_earliest, '') <= $valid_until }})
          AND ($topic = '' OR EXISTS {{ MATCH (c)-[q:CONCERNS|OBJECT]->(k:Topic) WHERE k.id = $topic AND LINKED(q) }})
        OPTIONAL MATCH (c)<-[:ABOUT]-(s:Statement)
        WHERE KNOWN(s) AND coalesce(s.asserted_at_earliest, '') <= $valid_until
        WITH c, count(s) AS n, min(s.asserted_at_earliest) AS first, max(s.asserted_at_earliest) AS last,
          sum(CASE WHEN s.asserted_at_earliest >= $earliest AND s.asserted_at_earliest <= $latest
              THEN 1 ELSE 0 END) AS within
        WITH c, n, first, last, within, coalesce(last, '') AS at
        WHERE (NOT $bounded OR n > 0) AND (NOT $during OR within > 0)
          AND ($at IS NULL OR at < $at OR (at = $at AND c.id < $id))
        WITH c, n, first, last, at ORDER BY at DESC, c.id DESC LIMIT $limit
        RETURN CLAIM(c) AS claim, n, first, last, at
        ORDER BY at DESC, claim.id DESC
        """,
    )


SEARCH: Final = {anchor: _search(anchor, start) for anchor, start in _ANCHORS.items()}

ONE: Final = question("one claim", "MATCH (c:Claim {id: $id}) WHERE KNOWN(c) RETURN CLAIM(c) AS claim")

SPOKEN_ABOUT: Final = question(
    "what the standing of claims is computed from",
    """
    UNWIND $ids AS id
    MATCH (c:Claim {id: id})<-[about:ABOUT]-(s:Statement)
    WHERE KNOWN(s) AND LINKED(about) AND coalesce(s.asserted_at_earliest, '') <= $valid_until
    RETURN id AS claim, SPOKEN(s) AS statement
    """,
)

SPOKEN: Final = question(
    "links of chains of relays",
    """
    UNWIND $ids AS id
    MATCH (s:Statement {id: id})
    WHERE KNOWN(s) AND coalesce(s.asserted_at_earliest, '') <= $valid_until
    RETURN SPOKEN(s) AS statement
    """,
)

ABOUT: Final = question(
    "statements about a claim",
    """
    MATCH (c:Claim {id: $id})<-[about:ABOUT]-(s:Statement)
    WHERE KNOWN(s) AND LINKED(about) AND coalesce(s.asserted_at_earliest, '') <= $valid_until
    RETURN STATEMENT(s) AS statement ORDER BY coalesce(s.asserted_at_earliest, ''), s.id
    """,
)

TEXTS: Final = Query(
    "texts of documents", "UNWIND $ids AS id MATCH (d:Document {id: id}) RETURN d.id AS id, d.text AS text"
)

RESPONSES: Final = question(
    "policies that respond to a claim",
    """
    MATCH (c:Claim {id: $id})<-[r:RESPONDS_TO]-(p:Policy) WHERE LINKED(r) AND KNOWN(p) AND THEN(p)
    RETURN REF(p) AS policy
    """,
)
