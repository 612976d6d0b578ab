"""What writing needs: which records are there, creation of nodes and relationships, changes to those that are there.

Labels and types cannot be parameters in Cypher; they come from the ontology, never from a request, and each query is
made once for each of them.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from kg.engine.query import Query
from schema.ontology import NODE_LABELS, ontology


def _checked(label: str) -> str:
    if label not in NODE_LABELS:
        raise ValueError(f"no label: {label!r}")
    return label


def _checked_type(kind: str) -> str:
    if kind not in ontology().relationships:
        raise ValueError(f"no relationship type: {kind!r}")
    return kind


@cache
def digests(label: str) -> Query:
    """Which of these ids are there, and with what content."""
    return Query(
        f"digests of {label}",
        f"UNWIND $ids AS id MATCH (n:{_checked(label)} {{id: id}}) RETURN n.id AS id, n.digest AS digest",
    )


@cache
def contents(label: str) -> Query:
    """The same in one row, which takes a fifth of the time: ids and digests in the same order."""
    return Query(
        f"contents of {label}",
        f"UNWIND $ids AS id MATCH (n:{_checked(label)} {{id: id}}) "
        "RETURN collect(n.id) AS ids, collect(coalesce(n.digest, '')) AS digests",
    )


@cache
def create_nodes(label: str) -> Query:
    """Create nodes that are known not to be there."""
    return Query(f"create {label}", f"UNWIND $rows AS row CREATE (n:{_checked(label)}) SET n = row")


@cache
def create_relationships(kind: str, start: str, end: str) -> Query:
    """Create relationships that are known not to be there; answers how many found both their ends."""
    return Query(
        f"create {kind}",
        f"UNWIND $rows AS row MATCH (a:{_checked(start)} {{id: row.start}}) MATCH (b:{_checked(end)} {{id: row.end}}) "
        f"CREATE (a)-[r:{_checked_type(kind)}]->(b) SET r = row.props RETURN count(r) AS n",
    )


class Shape(NamedTuple):
    """What nodes have in common that are created with their relationships, one a row."""

    label: str
    ends: tuple[str, ...]
    """Labels of the nodes at the other ends, which are there already."""
    relationships: tuple[tuple[str, int, int], ...]
    """Type, start and end of each relationship: places in ``ends``, -1 for the node itself."""


@lru_cache(maxsize=500)
def create_shape(shape: Shape) -> Query:
    """Create nodes that are known not to be there, with their relationships; answers how many found all their ends."""
    ends = "".join(
        f"MATCH (m{place}:{_checked(label)} {{id: row.m{place}}}) " for place, label in enumerate(shape.ends)
    )
    made = "".join(
        f"CREATE ({_node(start)})-[r{place}:{_checked_type(kind)}]->({_node(end)}) SET r{place} = row.r{place} "
        for place, (kind, start, end) in enumerate(shape.relationships)
    )
    return Query(
        f"create {shape.label} with relationships",
        f"UNWIND $rows AS row {ends}CREATE (n:{_checked(shape.label)}) SET n = row.n {made}RETURN count(n) AS n",
    )


def _node(place: int) -> str:
    return "n" if place < 0 else f"m{place}"


@cache
def relationship_exists(kind: str, start: str, end: str) -> Query:
    """Which of these relationships are there, with their properties."""
    return Query(
        f"find {kind}",
        f"UNWIND $rows AS row MATCH (a:{_checked(start)} {{id: row.start}})-[r:{_checked_type(kind)}]->"
        f"(b:{_checked(end)} {{id: row.end}}) WHERE r.id = row.id RETURN r.id AS id, properties(r) AS props",
    )


@cache
def set_relationships(kind: str, start: str, end: str) -> Query:
    """Change properties of relationships that are there."""
    return Query(
        f"change {kind}",
        f"UNWIND $rows AS row MATCH (a:{_checked(start)} {{id: row.start}})-[r:{_checked_type(kind)}]->"
        f"(b:{_checked(end)} {{id: row.end}}) WHERE r.id = row.id SET r += row.props RETURN count(r) AS n",
    )


@cache
def delete_relationships(kind: str, start: str, end: str) -> Query:
    """Delete derived relationships, to be made anew from their evidence; others are never deleted."""
    if not ontology().relationships[kind].derived:
        raise ValueError(f"not derived: {kind!r}")
    return Query(
        f"delete {kind}",
        f"UNWIND $rows AS row MATCH (a:{_checked(start)} {{id: row.start}})-[r:{_checked_type(kind)}]->"
        # Found first, then deleted: ArcadeDB stumbles over what it deleted when it goes on along the same node.
        f"(b:{_checked(end)} {{id: row.end}}) WHERE r.id = row.id WITH collect(r) AS found UNWIND found AS r DELETE r",
    )


@cache
def properties(label: str) -> Query:
    """The properties of these nodes."""
    return Query(
        f"properties of {label}",
        f"UNWIND $ids AS id MATCH (n:{_checked(label)} {{id: id}}) RETURN n.id AS id, properties(n) AS props",
    )


@cache
def set_properties(label: str) -> Query:
    """Change properties of nodes that are there."""
    return Query(
        f"change {label}",
        f"UNWIND $rows AS row MATCH (n:{_checked(label)} {{id: row.id}}) SET n += row.props",
    )
