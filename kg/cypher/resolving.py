"""Finding what references name: by id, by key, by name."""

from __future__ import annotations

from functools import cache

from kg.engine.query import Query
from schema.ontology import NODE_LABELS

_WORDS = "coalesce(n.text, n.title, n.name, n.caption)"


def _checked(label: str) -> str:
    if label not in NODE_LABELS:
        raise ValueError(f"no label: {label!r}")
    return label


@cache
def by_id(label: str) -> Query:
    """Things by id, with their words."""
    words = "''" if label == "Document" else _WORDS  # a document's words are its text, fetched only when needed
    return Query(
        f"{label} by id",
        f"UNWIND $refs AS ref MATCH (n:{_checked(label)} {{id: ref}}) RETURN ref, n.id AS id, {words} AS words",
    )


@cache
def by_key(label: str) -> Query:
    """Things by the handle that their writer gave them."""
    words = "''" if label == "Document" else _WORDS
    return Query(
        f"{label} by key",
        f"UNWIND $refs AS ref MATCH (n:{_checked(label)} {{key: ref}}) RETURN ref, n.id AS id, {words} AS words",
    )


BY_NAME = {
    "Actor": Query(
        "actors by name",
        "UNWIND $refs AS ref MATCH (l:Alias {normalised: ref})<-[:HAS_ALIAS]-(n:Actor) "
        "RETURN DISTINCT ref, n.id AS id, n.name AS words, n.name = l.name AS canonical, l.kind AS alias_kind",
    ),
    "Topic": Query(
        "topics by name", "UNWIND $refs AS ref MATCH (n:Topic {name: ref}) RETURN ref, n.id AS id, n.name AS words"
    ),
    "Policy": Query(
        "policies by number",
        "UNWIND $refs AS ref MATCH (n:Policy {number: ref}) RETURN ref, n.id AS id, n.title AS words",
    ),
}
"""Labels whose things can be named by name."""

DOCUMENT_TEXTS = Query(
    "texts of documents",
    "UNWIND $ids AS id MATCH (d:Document {id: id}) RETURN d.id AS id, d.text AS text, d.published_at AS published_at",
)
VERSIONS = Query(
    "versions of documents",
    "UNWIND $sources AS source MATCH (d:Document {source: source}) "
    "RETURN source, d.id AS id, [(d)-[:REVISION_OF]->(o) | o.id][0] AS before, "
    "EXISTS { (:Document)-[:REVISION_OF]->(d) } AS revised, d.recorded_at AS recorded_at ORDER BY recorded_at, id",
)
ALL_NAMES = Query(
    "all names of reviewed actors",
    "MATCH (a:Actor)-[:HAS_ALIAS]->(l:Alias) WHERE a.retracted_at IS NULL AND l.retracted_at IS NULL "
    "AND coalesce(a.provisional, false) = false "
    "RETURN a.id AS id, a.name AS actor, a.kind AS kind, a.country AS country, "
    "a.description AS about, l.name AS name, l.kind AS alias_kind "
    "ORDER BY id, name",
)
CLAIMS_ABOUT = Query(
    "claims about actors",
    "UNWIND $actors AS actor MATCH (:Actor {id: actor})<-[:SUBJECT]-(c:Claim) WHERE c.retracted_at IS NULL "
    "RETURN DISTINCT c.id AS id, c.text AS text, [(c)-[:SUBJECT]->(s:Actor) | s.id] AS subjects ORDER BY id",
)

UNSEEN_DOCUMENTS = Query(
    "unseen documents of actors",
    "UNWIND $actors AS actor MATCH (:Actor {id: actor})-[:ISSUED]->(d:Document) "
    "WHERE d.seen = false AND d.retracted_at IS NULL "
    "RETURN DISTINCT d.id AS id, [(d)<-[:ISSUED]-(i:Actor) | i.id] AS issuers, "
    "[(d)<-[:IN]-(:Statement)-[:ABOUT]->(c:Claim) | c.id] AS claims ORDER BY id",
)
SAME_CLAIMS = Query(
    "documents about the same claims",
    "UNWIND $ids AS id MATCH (d:Document {id: id})<-[:IN]-(:Statement)-[:ABOUT]->(:Claim)<-[:ABOUT]-(:Statement)"
    "-[:IN]->(o:Document) WHERE o.id <> d.id AND o.source <> d.source AND d.seen AND o.seen "
    "AND d.retracted_at IS NULL AND o.retracted_at IS NULL "
    "RETURN DISTINCT id, d.text AS text, d.published_at_earliest AS at, o.id AS other, o.text AS other_text, "
    "o.published_at_earliest AS other_at ORDER BY id, other",
)
"""Pairs of documents of different sources that have statements about one claim."""
