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
      AND ($issuer = '' OR EXISTS {
        MATCH (p)<-[r:ISSUED|SIGNED]-(:Actor {id: $issuer}) WHERE KNOWN(r) })
      AND ($target = '' OR EXISTS { MATCH (p)-[t:TARGETS]->(m) WHERE m.id = $target AND KNOWN(t) })
    OPTIONAL MATCH (p)-[:HAS_STATUS]->(s:PolicyStatus)
    WHERE KNOWN(s) AND s.at_earliest <= $valid_until
    WITH p, coalesce(min(s.at_earliest), p.effective_from_earliest, '') AS at,
      sum(CASE WHEN s.at_earliest >= $earliest AND s.at_earliest <= $latest THEN 1 ELSE 0 END) AS within
    WHERE (NOT $during OR within > 0) AND ($at IS NULL OR at < $at OR (at = $at AND p.id < $id))
    WITH p, at ORDER BY at DESC, p.id DESC LIMIT $limit
    RETURN POLICY(p) AS policy, at ORDER BY at DESC, policy.id DESC
    """,
)

BY_NUMBER: Final = question(
    "policies by number or title",
    "MATCH (p:Policy) WHERE KNOWN(p) AND (toLower(p.number) = $name OR toLower(p.title) = $name OR p.id = $wanted) "
    "RETURN p.id AS id, p.title AS title ORDER BY id LIMIT 20",
)

ONE: Final = question(
    "one policy",
    """
    MATCH (p:Policy {id: $id}) WHERE KNOWN(p)
    RETURN POLICY(p) AS policy,
      [(p)<-[r1:SIGNED]-(m1:Actor) WHERE KNOWN(r1) AND KNOWN(m1) | REF(m1)] AS signers,
      [(p)-[r2:CONCERNS]->(m2) WHERE KNOWN(r2) AND KNOWN(m2) | REF(m2)] AS concerns,
      [(p)-[r3:AMENDS]->(m3) WHERE KNOWN(r3) AND KNOWN(m3) AND THEN(m3) | REF(m3)] AS amends,
      [(p)<-[r4:AMENDS]-(m4) WHERE KNOWN(r4) AND KNOWN(m4) AND THEN(m4) | REF(m4)] AS amended_by,
      [(p)-[r5:SUSPENDS]->(m5) WHERE KNOWN(r5) AND KNOWN(m5) AND THEN(m5) | REF(m5)] AS suspends,
      [(p)<-[r6:SUSPENDS]-(m6) WHERE KNOWN(r6) AND KNOWN(m6) AND THEN(m6) | REF(m6)] AS suspended_by,
      [(p)-[r7:REVOKES]->(m7) WHERE KNOWN(r7) AND KNOWN(m7) AND THEN(m7) | REF(m7)] AS revokes,
      [(p)<-[r8:REVOKES]-(m8) WHERE KNOWN(r8) AND KNOWN(m8) AND THEN(m8) | REF(m8)] AS revoked_by,
      [(p)-[r9:IMPLEMENTS]->(m9) WHERE KNOWN(r9) AND KNOWN(m9) AND THEN(m9) | REF(m9)] AS implements,
      [(p)<-[r10:IMPLEMENTS]-(m10) WHERE KNOWN(r10) AND KNOWN(m10) AND THEN(m10) | REF(m10)] AS implemented_by,
      [(p)-[r11:RESPONDS_TO]->(m11) WHERE KNOWN(r11) AND KNOWN(m11) AND THEN(m11) | REF(m11)] AS responds_to,
      [(p)<-[r12:LED_TO]-(m12) WHERE KNOWN(r12) AND KNOWN(m12) AND THEN(m12) | REF(m12)] AS led_to_by
    """,
)

STATEMENTS: Final = question(
    "statements about a policy",
    """
    MATCH (p:Policy {id: $id})<-[r:ABOUT]-(s:Statement)
    WHERE KNOWN(s) AND KNOWN(r) AND coalesce(s.asserted_at_earliest, '') <= $valid_until
    WITH s ORDER BY coalesce(s.asserted_at_earliest, ''), s.id LIMIT 100
    RETURN STATEMENT(s) AS statement
    """,
)
