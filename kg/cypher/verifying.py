"""What must not be found in a graph."""

from __future__ import annotations

from functools import cache

from kg.engine.query import Query
from schema.ontology import ontology

QUOTES = (
    Query(
        "quotes of statements",
        "MATCH (s:Statement)-[:IN]->(d:Document) WHERE s.id > $after AND s.quote IS NOT NULL AND d.seen "
        "RETURN s.id AS id, s.quote AS quote, s.start AS start, s.end AS end, d.text AS text ORDER BY id LIMIT $limit",
    ),
    Query(
        "quotes of reviews",
        "MATCH (r:Review)-[:IN]->(d:Document) WHERE r.id > $after "
        "RETURN r.id AS id, r.quote AS quote, r.start AS start, r.end AS end, d.text AS text ORDER BY id LIMIT $limit",
    ),
    Query(
        "quotes of events and policies",
        "MATCH (n:Event|Policy)-[r:DOCUMENTED_IN]->(d:Document) WHERE r.id > $after AND r.quote IS NOT NULL AND d.seen "
        "RETURN r.id AS id, r.quote AS quote, r.start AS start, r.end AS end, d.text AS text ORDER BY id LIMIT $limit",
    ),
    Query(
        "quotes of steps of policies",
        "MATCH (n:PolicyStatus) WHERE n.id > $after AND n.quote IS NOT NULL AND n.document IS NOT NULL "
        "MATCH (d:Document {id: n.document}) "
        "RETURN n.id AS id, n.quote AS quote, n.start AS start, n.end AS end, d.text AS text ORDER BY id LIMIT $limit",
    ),
    Query(
        "quotes of relationships",
        "MATCH (a:Actor)-[r]->() WHERE r.id > $after AND r.quote IS NOT NULL AND r.document IS NOT NULL "
        "MATCH (d:Document {id: r.document}) "
        "RETURN r.id AS id, r.quote AS quote, r.start AS start, r.end AS end, d.text AS text ORDER BY id LIMIT $limit",
    ),
)

LOOSE_ENDS = (
    Query("a statement in no document", "MATCH (s:Statement) WHERE NOT EXISTS { (s)-[:IN]->() } RETURN s.id AS id"),
    Query("a statement about nothing", "MATCH (s:Statement) WHERE NOT EXISTS { (s)-[:ABOUT]->() } RETURN s.id AS id"),
    Query(
        "a statement without a quote in a document that was seen",
        "MATCH (s:Statement)-[:IN]->(d:Document) WHERE d.seen AND s.quote IS NULL RETURN s.id AS id",
    ),
    Query(
        "a statement of an unseen document that nothing relays",
        "MATCH (s:Statement)-[:IN]->(d:Document) WHERE NOT d.seen AND s.retracted_at IS NULL "
        "AND NOT EXISTS { MATCH (s)<-[:RELAYS]-(o:Statement) WHERE o.retracted_at IS NULL } RETURN s.id AS id",
    ),
    Query("a name of nobody", "MATCH (l:Alias) WHERE NOT EXISTS { (l)<-[:HAS_ALIAS]-(:Actor) } RETURN l.id AS id"),
    Query(
        "a status of no policy",
        "MATCH (s:PolicyStatus) WHERE NOT EXISTS { (s)<-[:HAS_STATUS]-(:Policy) } RETURN s.id AS id",
    ),
    Query("an actor without a name", "MATCH (a:Actor) WHERE NOT EXISTS { (a)-[:HAS_ALIAS]->() } RETURN a.id AS id"),
)


@cache
def twice(kind: str) -> Query:
    """Relationships of a type that are there more than once, which no key of an engine prevents."""
    if kind not in ontology().relationships:
        raise ValueError(f"no relationship type: {kind!r}")
    return Query(
        f"{kind} twice", f"MATCH ()-[r:{kind}]->() WITH r.id AS id, count(r) AS n WHERE n > 1 RETURN id, n ORDER BY id"
    )
