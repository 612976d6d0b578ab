"""Policies: found by what they are and whom they concern, and one with its history."""

from __future__ import annotations

from typing import Final

from kg.cypher.shapes import question

SEARCH: Final = question(
    "policies",
    """
    MATCH (p:Policy)
    WHERE KNOWN(p) AND THEN(p) AND ($kind = '' OR p.kind = $kind)
      AND ($q = '' OR toLower(p.title) CONTAINS $q OR toLower(coalesce(p.number, '')) CONTAINS $q
        OR toLower(coalesce(p.citation, '')) CONTAINS $q)
      AND (size($issuers) = 0 OR EXISTS {
        MATCH (p)<-[r:ISSUED|SIGNED]-(k:Actor) WHERE k.id IN $issuers AND LINKED(r) })
      AND (size($targets) = 0 OR EXISTS { MATCH (p)-[t:TARGETS]->(m) WHERE m.id IN $targets AND LINKED(t) })
    OPTIONAL MATCH (p)-[:HAS_STATUS]->(s:PolicyStatus)
    WHERE KNOWN(s) AND s.at_earliest <= $valid_until
    WITH p, coalesce(min(s.at_earliest), p.effective_from_earliest, '') AS at,
      sum(CASE WHEN s.at_earliest >= $earliest AND s.at_earliest <= $latest THEN 1 ELSE 0 END) AS within
    WHERE (NOT $during OR within > 0) AND ($at IS NULL OR at < $at OR (at = $at AND p.id < $id))
    WITH p, at ORDER BY at DESC, p.id DESC LIMIT $limit
    RETURN POLICY(p) AS policy, at ORDER BY at DESC, policy.id DESC
    """,
)

BY_ID: Final = question("policy by id", "MATCH (p:Policy {id: $id}) WHERE KNOWN(p) RETURN p.id AS id, p.title AS title")

BY_NUMBER: Final = question(
    "policies by number or title",
    "MATCH (p:Policy) WHERE KNOWN(p) AND (toLower(p.number) = $name OR toLower(p.title) = $name) "
    "RETURN p.id AS id, p.title AS title ORDER BY id LIMIT 20",
)

_TIE = "m {.id, .kind, .country, label: labels(m)[0], name: coalesce(m.name, m.title, m.text), type: type(r)}"

ONE: Final = question(
    "one policy",
    f"""
    MATCH (p:Policy {{id: $id}}) WHERE KNOWN(p)
    RETURN POLICY(p) AS policy,
      [(p)-[r:CONCERNS|AMENDS|SUSPENDS|REVOKES|IMPLEMENTS|RESPONDS_TO]->(m)
       WHERE LINKED(r) AND KNOWN(m) AND THEN(m) | {_TIE}] AS out,
      [(p)<-[r:SIGNED|AMENDS|SUSPENDS|REVOKES|IMPLEMENTS|LED_TO]-(m)
       WHERE LINKED(r) AND KNOWN(m) AND THEN(m) | {_TIE}] AS into
    """,
)

STATEMENTS: Final = question(
    "statements about a policy",
    """
    MATCH (p:Policy {id: $id})<-[r:ABOUT]-(s:Statement)
    WHERE KNOWN(s) AND LINKED(r) AND coalesce(s.asserted_at_earliest, '') <= $valid_until
    WITH s ORDER BY coalesce(s.asserted_at_earliest, ''), s.id LIMIT 100
    RETURN STATEMENT(s) AS statement
    """,
)
