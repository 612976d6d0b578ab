"""Retraction: closing the interval in which the graph knew something; undoing it; what falls with it."""

from __future__ import annotations

from functools import cache

from kg.engine.query import Query
from schema.ontology import NODE_LABELS

SUPERSEDED = Query(
    "statements that a new version makes again",
    "UNWIND $documents AS document "
    "MATCH (d:Document {id: document})-[:REVISION_OF]->(old:Document)<-[:IN]-(s:Statement) "
    "WHERE s.retracted_at IS NULL AND s.past IS NULL "  # one that was closed and opened again stays open
    "MATCH (s)-[:ABOUT]->(c)<-[:ABOUT]-(t:Statement)-[:IN]->(d) "
    "WHERE t.act = s.act AND toLower(t.speaker) = toLower(s.speaker) AND t.retracted_at IS NULL "
    "RETURN DISTINCT document, s.id AS id ORDER BY document, id",
)

IN_DOCUMENTS = Query(
    "statements in documents",
    "UNWIND $ids AS id MATCH (:Document {id: id})<-[:IN]-(s:Statement) RETURN DISTINCT s.id AS id ORDER BY id",
)

LEFT_WITHOUT_EVIDENCE = Query(
    "statements of unseen documents that only these relay",
    "UNWIND $ids AS id MATCH (s:Statement {id: id})-[:RELAYS]->(t:Statement)-[:IN]->(d:Document) "
    "WHERE d.seen = false AND NOT EXISTS { MATCH (t)<-[:RELAYS]-(o:Statement) "
    "WHERE o.retracted_at IS NULL AND NOT o.id IN $ids } RETURN DISTINCT t.id AS id ORDER BY id",
)

RELAYED_UNSEEN = Query(
    "statements of unseen documents that these relay",
    "UNWIND $ids AS id MATCH (s:Statement {id: id})-[:RELAYS]->(t:Statement)-[:IN]->(d:Document) "
    "WHERE d.seen = false RETURN DISTINCT t.id AS id ORDER BY id",
)

CLAIMS_OF = Query(
    "claims that these statements are about",
    "UNWIND $ids AS id MATCH (:Statement {id: id})-[:ABOUT]->(c:Claim) "
    "RETURN DISTINCT c.id AS id, c.text AS text ORDER BY id",
)


@cache
def state(label: str) -> Query:
    """Nodes with the intervals in which the graph knew them."""
    if label not in NODE_LABELS:
        raise ValueError(f"no label: {label!r}")
    return Query(
        f"state of {label}",
        f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n.id AS id, n.caption AS caption, "
        "n.recorded_at AS recorded_at, n.retracted_at AS retracted_at, coalesce(n.past, []) AS past, "
        "coalesce(n.retraction_reason, '') AS reason",
    )
