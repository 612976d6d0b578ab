"""Relationships of a node, of a pair, and of a frontier that grows hop by hop."""

from __future__ import annotations

from typing import Final

from kg.cypher.shapes import question
from kg.engine.query import Query

MEETING_LABELS: Final = ("Actor", "Claim", "Policy", "Event", "Topic")
"""Labels of the nodes that relationships between actors lead through."""

_SEEN = "type(r) IN $types AND KNOWN(r) AND KNOWN(m) AND VALID(r) AND THEN(m)"
_NARROWED = (
    _SEEN + " AND coalesce(r.at_earliest, r.valid_from_earliest, '') >= $earliest"
    " AND coalesce(r.at_earliest, r.valid_from_earliest, '') <= $latest"
)
_DIRECTED = """
    WITH DISTINCT r, m, startNode(r).id = n.id AS out
    WHERE $direction = '' OR ($direction = 'out' AND out) OR ($direction = 'in' AND NOT out)
    """
# The nodes are the members of one whole; what ties them to each other ties nobody to another.
_GROUPS = f"""
    {_DIRECTED}
    WITH type(r) AS type, out, coalesce(r.at_earliest, r.valid_from_earliest) AS at,
      coalesce(r.evidence, r.statement, CASE WHEN m:Claim OR m:Policy OR m:Event THEN m.id ELSE null END) AS evidence,
      CASE WHEN coalesce(r.coded, false) OR (m:Event AND m.coded IS NOT NULL) THEN 1 ELSE 0 END AS by_machine
    RETURN type, out, count(*) AS n, sum(by_machine) AS coded, min(at) AS first, max(at) AS last,
      collect(DISTINCT evidence) AS evidence
    ORDER BY type, out DESC
    """
_EDGES = f"""
    {_DIRECTED}
    WITH DISTINCT r, coalesce(r.at_earliest, r.valid_from_earliest, '') AS at
    WHERE $at IS NULL OR at < $at OR (at = $at AND r.id < $id)
    WITH r, at, startNode(r) AS s, endNode(r) AS e ORDER BY at DESC, r.id DESC LIMIT $limit
    RETURN type(r) AS type, properties(r) AS props, REF(s) AS source, REF(e) AS target, at
    """

_ONE = "UNWIND $nodes AS node MATCH (n:{} {{id: node}})-[r]-(m)"

GROUPS: Final = {
    label: question(
        f"relationships of one {label} by type and direction",
        f"{_ONE.format(label)} WHERE {_NARROWED} AND NOT m.id IN $nodes {_GROUPS}",
    )
    for label in ("Actor", "Topic")
}

EDGES: Final = {
    label: question(
        f"relationships of one {label}",
        f"{_ONE.format(label)} WHERE {_NARROWED} AND NOT m.id IN $nodes {_EDGES}",
    )
    for label in ("Actor", "Topic")
}

_PAIR = "UNWIND $nodes AS node UNWIND $others AS other MATCH (n:Actor {id: node})-[r]-(m:Actor {id: other})"

DYAD_GROUPS: Final = question(
    "relationships of a pair by type and direction",
    f"{_PAIR} WHERE {_NARROWED} {_GROUPS}",
)

DYAD_EDGES: Final = question(
    "relationships of a pair",
    f"{_PAIR} WHERE {_NARROWED} {_EDGES}",
)

SHARED: Final = question(
    "what ties a pair beside its relationships",
    f"""
    UNWIND $nodes AS node
    MATCH (n:Actor {{id: node}})-[r]-(m)
    WHERE (m:Claim OR m:Policy OR m:Event) AND m.coded IS NULL AND {_SEEN}
    WITH m, collect(DISTINCT type(r)) AS left
    UNWIND $others AS other
    MATCH (m)-[r]-(b:Actor {{id: other}}) WHERE {_SEEN}
    WITH m, left, collect(DISTINCT type(r)) AS right
    RETURN REF(m) AS matter, left, right ORDER BY m.id LIMIT 100
    """,
)

_FRONTIER = " UNION ALL ".join(
    f"UNWIND ${label.lower()}s AS id MATCH (n:{label} {{id: id}}) RETURN n" for label in MEETING_LABELS
)

EXPAND: Final = question(
    "relationships of a frontier",
    f"""
    CALL {{ {_FRONTIER} }}
    WITH n MATCH (n)-[r]-(m) WHERE {_SEEN} AND NOT m.id IN $without
    WITH DISTINCT r, coalesce(r.at_earliest, r.valid_from_earliest, '') AS at ORDER BY at DESC, r.id LIMIT $limit
    WITH r, startNode(r) AS s, endNode(r) AS e
    RETURN type(r) AS type, properties(r) AS props, REF(s) AS source, REF(e) AS target
    """,
)

DEGREES: Final = question(
    "degrees of nodes",
    f"""
    CALL {{ {_FRONTIER} }}
    WITH DISTINCT n RETURN n.id AS id, COUNT {{ (n)-[x]-() WHERE type(x) IN $types }} AS degree
    """,
)

AMONG: Final = question(
    "relationships among some nodes",
    f"""
    CALL {{ {_FRONTIER} }}
    WITH n MATCH (n)-[r]->(m) WHERE {_SEEN} AND m.id IN $ids
    WITH DISTINCT r, coalesce(r.at_earliest, r.valid_from_earliest, '') AS at ORDER BY at DESC, r.id LIMIT $limit
    WITH r, startNode(r) AS s, endNode(r) AS e
    RETURN type(r) AS type, properties(r) AS props, REF(s) AS source, REF(e) AS target
    """,
)

_QUOTED = "{.id, .quote, .start, .end, document: head([(X)-[:IN]->(d_X:Document) | DOCUMENT(d_X)])}"


def _quoted(name: str) -> str:
    return name + " " + _QUOTED.replace("X", name)


def _statement_evidence(name: str, head: str) -> Query:
    return question(
        name,
        f"""
        {head}
        RETURN id AS of, {_quoted("s")} AS evidence,
          [(s)<-[:RELAYS*1..6]-(o:Statement) WHERE o.quote IS NOT NULL AND KNOWN(o) | {_quoted("o")}] AS relayed
        """,
    )


OF_STATEMENTS: Final = _statement_evidence(
    "quotes of statements", "UNWIND $ids AS id MATCH (s:Statement {id: id}) WHERE KNOWN(s)"
)

OF_CLAIMS: Final = _statement_evidence(
    "quotes of the first statements about claims",
    """
    UNWIND $ids AS id MATCH (c:Claim {id: id})
    CALL { WITH c MATCH (c)<-[:ABOUT]-(s:Statement)
           WHERE KNOWN(s) AND coalesce(s.asserted_at_earliest, '') <= $valid_until
           RETURN s ORDER BY coalesce(s.asserted_at_earliest, ''), s.id LIMIT 3 }
    WITH id, s
    """,
)

OF_MATTERS: Final = question(
    "documents of policies and events",
    """
    CALL { UNWIND $policies AS id MATCH (n:Policy {id: id}) RETURN n
           UNION ALL UNWIND $events AS id MATCH (n:Event {id: id}) RETURN n }
    WITH n
    RETURN n.id AS of, n.kind AS kind, n.citation AS citation, n.citations AS citations, n.url AS url,
      [(n)-[r:DOCUMENTED_IN|MENTIONED_IN]->(d:Document) WHERE KNOWN(r) AND KNOWN(d) |
       d {.id, .title, .kind, .url, .published_at, .seen, .publisher_name,
          quote: r.quote, start: r.start, end: r.end, citation: r.citation}] AS documents
    """,
)

DOCUMENTS: Final = question(
    "documents by id", "UNWIND $ids AS id MATCH (d:Document {id: id}) RETURN id AS of, DOCUMENT(d) AS document"
)
