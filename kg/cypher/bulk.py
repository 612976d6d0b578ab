"""Going through every node and relationship of a graph, whatever it stands for."""

from __future__ import annotations

from functools import cache

from kg.engine.query import Query
from schema.ontology import NODE_LABELS

LABELS = (*NODE_LABELS, "Changeset")
"""Labels of nodes that have an id of their own; the node of the schema's version is asked for apart."""


def _checked(label: str) -> str:
    if label not in LABELS:
        raise ValueError(f"no label: {label!r}")
    return label


@cache
def nodes_after(label: str) -> Query:
    """The next nodes of a label, in the order of their ids."""
    return Query(
        f"nodes of {label}",
        f"MATCH (n:{_checked(label)}) WHERE n.id > $after WITH n ORDER BY n.id LIMIT $limit "
        "RETURN properties(n) AS props ORDER BY props.id",
    )


@cache
def relationships_from(label: str) -> Query:
    """The relationships that start at these nodes."""
    return Query(
        f"relationships from {label}",
        f"UNWIND $ids AS id MATCH (a:{_checked(label)} {{id: id}})-[r]->(b) "
        "RETURN type(r) AS kind, id AS start, b.id AS end, labels(b)[0] AS label, properties(r) AS props",
    )


SCHEMA_VERSION = Query("node of the schema's version", "MATCH (v:SchemaVersion) RETURN properties(v) AS props")
