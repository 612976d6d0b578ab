"""Claims that say the like of the same subjects."""

from kg.cypher.shapes import question

BY_SUBJECT = question(
    "claims about the same subjects",
    """
    UNWIND $subjects AS subject MATCH (:Actor {id: subject})<-[r:SUBJECT]-(c:Claim) WHERE LINKED(r) AND KNOWN(c)
    WITH DISTINCT c RETURN REF(c) AS claim,
      [(c)-[s:SUBJECT]->(a:Actor) WHERE LINKED(s) | a.id] AS subjects
    ORDER BY c.id LIMIT $limit
    """,
)
