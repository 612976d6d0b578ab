"""Going through the whole graph: every node with what its record says of it."""

from __future__ import annotations

from functools import cache

from kg.engine.query import Query
from schema.ontology import ontology

RECORD_LABELS = ("Actor", "Topic", "Document", "Claim", "Event", "Policy", "Statement", "Review", "Decision")
"""Labels of nodes that have a record of their own, in the order in which records are read."""

_INCOMING = {
    "Document": ("PUBLISHED", "ISSUED"),
    "Event": ("PARTICIPATED_IN",),
    "Policy": ("ISSUED", "SIGNED"),
    "Statement": ("MADE",),
}
_OUTGOING = {
    "Actor": ("HAS_ALIAS",),
    "Document": ("CITES", "REVISION_OF"),
    "Claim": ("SUBJECT", "OBJECT", "CONCERNS"),
    "Event": ("CONCERNS", "LED_TO", "DOCUMENTED_IN"),
    "Policy": (
        *("TARGETS", "CONCERNS", "AMENDS", "SUSPENDS", "REVOKES", "IMPLEMENTS", "RESPONDS_TO", "DOCUMENTED_IN"),
        "HAS_STATUS",
    ),
    "Statement": ("IN", "ABOUT", "RELAYS", "ANSWERS"),
    "Review": ("IN",),
}


def _pattern(kinds: tuple[str, ...], arrow: tuple[str, str]) -> str:
    if not kinds:
        return "[]"
    part = "CASE WHEN m:Alias OR m:PolicyStatus THEN properties(m) END"
    fields = f"{{kind: type(r), id: m.id, props: properties(r), part: {part}}}"
    return f"[(n){arrow[0]}[r:{'|'.join(kinds)}]{arrow[1]}(m) | {fields}]"


@cache
def records(label: str) -> Query:
    """The next nodes of a label with the relationships that come with their records."""
    if label not in RECORD_LABELS:
        raise ValueError(f"no record: {label!r}")
    return Query(
        f"records of {label}",
        f"MATCH (n:{label}) WHERE n.id > $after WITH n ORDER BY n.id LIMIT $limit RETURN properties(n) AS props, "
        f"{_pattern(_OUTGOING.get(label, ()), ('-', '->'))} AS out, "
        f"{_pattern(_INCOMING.get(label, ()), ('<-', '-'))} AS into ORDER BY props.id",
    )


@cache
def relationships(kind: str) -> Query:
    """All relationships of a type that has records of its own."""
    if not ontology().relationships[kind].alone:
        raise ValueError(f"no record: {kind!r}")
    return Query(
        f"records of {kind}",
        f"MATCH (a)-[r:{kind}]->(b) RETURN a.id AS source, b.id AS target, properties(r) AS props ORDER BY r.id",
    )
