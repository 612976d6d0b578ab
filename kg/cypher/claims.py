"""Claims: found by what was said about them, and all that was said about one."""

from __future__ import annotations

from typing import Final

from kg.cypher.shapes import question
from kg.engine.query import Query

_ANCHORS: Final = {
    "text": "CALL db.index.fulltext.queryNodes($index, $text) YIELD node AS c",
    "accused": "UNWIND $accused AS actor MATCH (:Actor {id: actor})<-[:SUBJECT]-(c:Claim)",
    "speaker": "UNWIND $speaker AS actor MATCH (:Actor {id: actor})-[:MADE]->(:Statement)-[:ABOUT]->(c:Claim)",
    "topic": "MATCH (:Topic {id: $topic})<-[:CONCERNS|OBJECT]-(c:Claim)",
    "all": "MATCH (c:Claim)",
}
"""Where the search begins: at the narrowest of what was asked for."""


def _search(anchor: str, start: str, *, united: bool) -> Query:
    """Where no claims are one, each is a row; else those that are one are counted together, and make one row.

    They are found then by any of them, and ``$kept`` and ``$wholes`` say which they are.
    """
    if united:
        name, key = f"claims by {anchor}, united", "id"
        members = """
        WITH DISTINCT coalesce($kept[c.id], c.id) AS id
        UNWIND coalesce($wholes[id], [id]) AS member
        MATCH (c:Claim {id: member}) WHERE KNOWN(c)
        """
        grouped, kept = "id, collect(DISTINCT c) AS c, count(DISTINCT s) AS n", "id, c"
        answer = """
        UNWIND c AS member
        WITH id, n, first, last, at, CLAIM(member) AS claim
        RETURN id, collect(claim) AS claims, n, first, last, at ORDER BY at DESC, id DESC
        """
    else:
        name, key, members, grouped, kept = f"claims by {anchor}", "c.id", "", "c, count(s) AS n", "c"
        answer = "RETURN c.id AS id, [CLAIM(c)] AS claims, n, first, last, at ORDER BY at DESC, id DESC"
    return question(
        name,
        f"""
        {start}
        WITH DISTINCT c
        WHERE KNOWN(c)
          AND (size($accused) = 0 OR EXISTS {{
            MATCH (c)-[r:SUBJECT]->(k:Actor) WHERE k.id IN $accused AND LINKED(r) }})
          AND (size($speaker) = 0 OR EXISTS {{
            MATCH (c)<-[:ABOUT]-(t:Statement)<-[m:MADE]-(k:Actor)
            WHERE k.id IN $speaker AND KNOWN(t) AND LINKED(m)
              AND coalesce(t.asserted_at_earliest, '') <= $valid_until }})
          AND ($topic = '' OR EXISTS {{ MATCH (c)-[q:CONCERNS|OBJECT]->(k:Topic) WHERE k.id = $topic AND LINKED(q) }})
        {members}
        OPTIONAL MATCH (c)<-[:ABOUT]-(s:Statement)
        WHERE KNOWN(s) AND coalesce(s.asserted_at_earliest, '') <= $valid_until
        WITH {grouped}, min(s.asserted_at_earliest) AS first, max(s.asserted_at_earliest) AS last,
          sum(CASE WHEN s.asserted_at_earliest >= $earliest AND s.asserted_at_earliest <= $latest
              THEN 1 ELSE 0 END) AS within
        WITH {kept}, n, first, last, within, coalesce(last, '') AS at
        WHERE (NOT $bounded OR n > 0) AND (NOT $during OR within > 0)
          AND ($at IS NULL OR at < $at OR (at = $at AND {key} < $id))
        WITH {kept}, n, first, last, at ORDER BY at DESC, {key} DESC LIMIT $limit
        {answer}
        """,
    )


SEARCH: Final = {anchor: _search(anchor, start, united=False) for anchor, start in _ANCHORS.items()}
SEARCH_UNITED: Final = {anchor: _search(anchor, start, united=True) for anchor, start in _ANCHORS.items()}

ONE: Final = question("one claim", "UNWIND $ids AS id MATCH (c:Claim {id: id}) WHERE KNOWN(c) RETURN CLAIM(c) AS claim")

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
    UNWIND $ids AS id
    MATCH (c:Claim {id: id})<-[about:ABOUT]-(s:Statement)
    WHERE KNOWN(s) AND LINKED(about) AND coalesce(s.asserted_at_earliest, '') <= $valid_until
    WITH DISTINCT s
    RETURN STATEMENT(s) AS statement ORDER BY coalesce(s.asserted_at_earliest, ''), s.id
    """,
)

TEXTS: Final = Query(
    "texts of documents", "UNWIND $ids AS id MATCH (d:Document {id: id}) RETURN d.id AS id, d.text AS text"
)

RESPONSES: Final = question(
    "policies that respond to a claim",
    """
    UNWIND $ids AS id
    MATCH (c:Claim {id: id})<-[r:RESPONDS_TO]-(p:Policy) WHERE LINKED(r) AND KNOWN(p) AND THEN(p)
    RETURN REF(p) AS policy
    """,
)
