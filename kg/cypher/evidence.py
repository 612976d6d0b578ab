"""The evidence from which derived relationships are made, and their making anew."""

from __future__ import annotations

from functools import cache

from kg.engine.query import Query
from schema.ontology import ontology

_STATEMENT = (
    "MATCH (s)-[:ABOUT]->(c:Claim) "
    "RETURN s {.id, .act, .manner, .recorded_at, .retracted_at, .past, .asserted_at, .asserted_at_earliest, "
    ".asserted_at_latest, .asserted_at_precision} AS evidence, c.id AS claim, a.id AS actor, "
    "[(c)-[:SUBJECT]->(x:Actor) | x.id] AS subjects, "
    "[(s)-[:ANSWERS]->(t:Statement)<-[:MADE]-(y:Actor) | y.id] AS answered"
)
_POLICY = (
    "RETURN properties(p) AS evidence, [(p)<-[:ISSUED]-(i:Actor) | i.id] AS issuers, "
    "[(p)-[:TARGETS]->(t:Actor) | t.id] AS targets, "
    "[(p)-[:HAS_STATUS]->(st:PolicyStatus) | {at: st.at, at_earliest: st.at_earliest, at_latest: st.at_latest, "
    "at_precision: st.at_precision}] AS steps"
)
_EVENT = (
    "RETURN properties(e) AS evidence, [(e)<-[r:PARTICIPATED_IN]-(x:Actor) | {id: x.id, role: r.role}] AS participants"
)

STATEMENTS = Query(
    "statements as evidence",
    "UNWIND $ids AS id MATCH (s:Statement {id: id}) MATCH (s)<-[:MADE]-(a:Actor) " + _STATEMENT,
)
POLICIES = Query("policies as evidence", "UNWIND $ids AS id MATCH (p:Policy {id: id}) " + _POLICY)
EVENTS = Query("events as evidence", "UNWIND $ids AS id MATCH (e:Event {id: id}) " + _EVENT)

SUBJECTS = Query(
    "subjects of claims",
    "UNWIND $ids AS id MATCH (c:Claim {id: id}) RETURN id, [(c)-[:SUBJECT]->(x:Actor) | x.id] AS subjects",
)
SPEAKERS = Query(
    "speakers of statements",
    "UNWIND $ids AS id MATCH (s:Statement {id: id}) RETURN id, [(s)<-[:MADE]-(y:Actor) | y.id] AS speakers",
)

STATEMENTS_ABOUT = Query(
    "statements about claims", "UNWIND $ids AS id MATCH (c:Claim {id: id})<-[:ABOUT]-(s:Statement) RETURN s.id AS id"
)
ANSWERS_TO = Query(
    "statements that answer",
    "UNWIND $ids AS id MATCH (s:Statement {id: id})<-[:ANSWERS]-(t:Statement) RETURN t.id AS id",
)


@cache
def ids_after(label: str) -> Query:
    """The next ids of a label, in order: to go through all of them without holding them."""
    if label not in ("Statement", "Policy", "Event"):
        raise ValueError(f"no evidence: {label!r}")
    return Query(
        f"ids of {label}", f"MATCH (n:{label}) WHERE n.id > $after RETURN n.id AS id ORDER BY n.id LIMIT $limit"
    )


@cache
def some_derived(kind: str) -> Query:
    """Delete some relationships of a derived type; answers how many."""
    if not ontology().relationships[kind].derived:
        raise ValueError(f"not derived: {kind!r}")
    return Query(f"delete {kind}", f"MATCH ()-[r:{kind}]->() WITH r LIMIT $limit DELETE r RETURN count(*) AS n")


@cache
def all_derived(kind: str) -> Query:
    """The relationships of a derived type, for comparison."""
    if not ontology().relationships[kind].derived:
        raise ValueError(f"not derived: {kind!r}")
    return Query(
        f"all {kind}",
        f"MATCH (a)-[r:{kind}]->(b) RETURN a.id AS start, b.id AS end, properties(r) AS props ORDER BY r.id",
    )
