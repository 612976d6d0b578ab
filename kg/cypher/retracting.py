"""Retraction: closing the interval in which the graph knew something; undoing it; what falls with it."""

from __future__ import annotations

from functools import cache

from kg.engine.query import Query
from schema.ontology import NODE_LABELS, ontology

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

RELAYED_BY = Query(
    "statements of unseen documents that these relay, with all that relay them",
    "UNWIND $ids AS id MATCH (s:Statement {id: id})-[:RELAYS]->(t:Statement)-[:IN]->(d:Document) WHERE d.seen = false "
    "RETURN DISTINCT t.id AS id, "
    "[(t)<-[:RELAYS]-(o:Statement) WHERE o.retracted_at IS NULL | o.id] AS relayed_by ORDER BY id",
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


DOCUMENTS_OF = Query(
    "documents that an actor published",
    "MATCH (a:Actor {id: $actor})-[:PUBLISHED]->(d:Document) WHERE d.id > $after "
    "RETURN DISTINCT d.id AS id ORDER BY id LIMIT $limit",
)
EVENTS_OF = Query(
    "events of a feed",
    "MATCH (e:Event) WHERE e.id > $after AND e.source_row STARTS WITH $feed RETURN e.id AS id ORDER BY id LIMIT $limit",
)
STATEMENTS_BY = Query(
    "statements by a method",
    "MATCH (s:Statement) WHERE s.id > $after AND s.method = $method RETURN s.id AS id ORDER BY id LIMIT $limit",
)

ABOUT = Query(
    "claims of statements",
    "UNWIND $ids AS id MATCH (s:Statement {id: id})-[:ABOUT]->(c:Claim) RETURN s.id AS id, c.id AS claim",
)
SUBJECTS_OF = Query(
    "subjects of claims",
    "UNWIND $ids AS id MATCH (c:Claim {id: id}) RETURN c.id AS id, c.text AS text, "
    "[(c)-[:SUBJECT]->(a:Actor) | a.id] AS subjects ORDER BY id",
)

_ACTORS = {
    "Statement": "[(n)<-[:MADE]-(a:Actor) | a.id] + [(n)-[:ABOUT]->(:Claim)-[:SUBJECT]->(a:Actor) | a.id]",
    "Event": "[(n)<-[:PARTICIPATED_IN]-(a:Actor) | a.id]",
    "Policy": "[(n)<-[:ISSUED]-(a:Actor) | a.id] + [(n)<-[:SIGNED]-(a:Actor) | a.id] "
    "+ [(n)-[:TARGETS]->(a:Actor) | a.id]",
    "Document": "[(n)<-[:PUBLISHED]-(a:Actor) WHERE n.seen | a.id] + [(n)<-[:ISSUED]-(a:Actor) WHERE n.seen | a.id]",
}


@cache
def actors_of(label: str) -> Query:
    """The actors that each of these nodes is evidence of, by name as often as it is."""
    return Query(
        f"actors of {label}",
        f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n.id AS id, {_ACTORS[label]} AS actors",
    )


EVIDENCE_OF_ACTORS = Query(
    "how much there is of actors",
    "UNWIND $ids AS id MATCH (a:Actor {id: id}) RETURN a.id AS id, a.name AS name, "
    "size([(a)-[:MADE]->(n:Statement) WHERE n.retracted_at IS NULL | 1]) "
    "+ size([(a)<-[:SUBJECT]-(:Claim)<-[:ABOUT]-(n:Statement) WHERE n.retracted_at IS NULL | 1]) "
    "+ size([(a)-[:PARTICIPATED_IN]->(n:Event) WHERE n.retracted_at IS NULL | 1]) "
    "+ size([(a)-[:ISSUED|SIGNED]->(n:Policy) WHERE n.retracted_at IS NULL | 1]) "
    "+ size([(a)<-[:TARGETS]-(n:Policy) WHERE n.retracted_at IS NULL | 1]) "
    "+ size([(a)-[:PUBLISHED|ISSUED]->(n:Document) WHERE n.retracted_at IS NULL AND n.seen | 1]) AS evidence, "
    f"size([(a)-[r:{'|'.join(row.term for row in ontology().relationships.values() if row.alone)}]-() "
    "WHERE r.retracted_at IS NULL | 1]) AS ties ORDER BY id",
)
"""Counted as :func:`actors_of` counts it; ``ties`` are the relationships that have a record of their own."""
