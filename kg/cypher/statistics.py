"""Counts of what the graph holds."""

from __future__ import annotations

from typing import Final

from kg.cypher.shapes import question
from schema.ontology import NODE_LABELS

_TIMES: Final = {
    "Statement": "coalesce(n.asserted_at_earliest, '') <= $valid_until",
    "Document": "coalesce(n.published_at_earliest, '') <= $valid_until",
    "Event": "coalesce(n.at_earliest, '') <= $valid_until",
    "PolicyStatus": "coalesce(n.at_earliest, '') <= $valid_until",
}

_ONCE: Final = "AND NOT n.id IN $hidden "
"""Those that are shown as another do not count."""

NODES: Final = question(
    "nodes by label",
    " UNION ALL ".join(
        f"MATCH (n:{label}) WHERE KNOWN(n) AND THEN(n) AND {_TIMES.get(label, 'true')} "
        f"{_ONCE if label in ('Actor', 'Claim') else ''}RETURN '{label}' AS name, count(n) AS n"
        for label in NODE_LABELS
        if label != "Decision"  # a decision changes what is one, not how much there is
    ),
)

RELATIONSHIPS: Final = question(
    "relationships by type",
    "MATCH (s)-[r]->(e) WHERE KNOWN(r) AND VALID(r) AND KNOWN(s) AND KNOWN(e) RETURN type(r) AS name, count(r) AS n",
)

ACTS: Final = question(
    "statements by act",
    """
    MATCH (s:Statement) WHERE KNOWN(s) AND coalesce(s.asserted_at_earliest, '') <= $valid_until
    RETURN s.act AS name, count(s) AS n, min(s.asserted_at_earliest) AS first, max(s.asserted_at_earliest) AS last
    """,
)

KINDS: Final = question(
    "actors, policies and events by kind",
    " UNION ALL ".join(
        f"MATCH (n:{label}) WHERE KNOWN(n) AND THEN(n) "
        f"{_ONCE if label == 'Actor' else ''}RETURN '{label}' AS label, n.kind AS name, count(n) AS n"
        for label in ("Actor", "Policy", "Event")
    ),
)

CLAIMS: Final = question(
    "claims with their subjects",
    """
    MATCH (c:Claim) WHERE KNOWN(c) AND THEN(c) AND c.id > $id
    WITH c ORDER BY c.id LIMIT $limit
    RETURN c.id AS id, [(c)-[r:SUBJECT]->(a:Actor) WHERE LINKED(r) | a.id] AS subjects ORDER BY id
    """,
)
