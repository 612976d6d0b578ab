"""Actors: found by name, listed, and one of them."""

from kg.cypher.shapes import question

BY_TEXT = question(
    "actors by full text",
    """
    CALL db.index.fulltext.queryNodes($index, $text) YIELD node, score
    WITH node AS alias, score
    MATCH (alias)<-[:HAS_ALIAS]-(n:Actor)
    WHERE KNOWN(alias) AND KNOWN(n)
      AND ($kind = '' OR n.kind = $kind) AND ($country = '' OR n.country = $country)
    RETURN REF(n) AS actor, alias.name AS name, alias.kind AS kind, alias.normalised AS normalised
    ORDER BY score DESC LIMIT $limit
    """,
)

LIST = question(
    "actors by canonical name",
    """
    MATCH (n:Actor)
    WHERE KNOWN(n) AND ($kind = '' OR n.kind = $kind) AND ($country = '' OR n.country = $country)
      AND (n.name > $name OR (n.name = $name AND n.id > $id))
    RETURN REF(n) AS actor ORDER BY n.name, n.id LIMIT $limit
    """,
)

ONE = question(
    "one actor",
    """
    UNWIND $ids AS id
    MATCH (n:Actor {id: id}) WHERE KNOWN(n)
    RETURN id, n {.*} AS actor,
      [(n)-[:HAS_ALIAS]->(alias:Alias) WHERE KNOWN(alias) | alias {.*}] AS names,
      COUNT { MATCH (n)-[:MADE]->(s:Statement)
              WHERE KNOWN(s) AND coalesce(s.asserted_at_earliest, '') <= $valid_until } AS made,
      COUNT { MATCH (n)-[:ISSUED]->(p:Policy) WHERE KNOWN(p) AND THEN(p) } AS issued,
      COUNT { MATCH (n)<-[:TARGETS]-(q:Policy) WHERE KNOWN(q) AND THEN(q) } AS targeting,
      COUNT { MATCH (n)-[:PARTICIPATED_IN]->(e:Event) WHERE KNOWN(e) AND THEN(e) } AS events
    """,
)

COUNTS_UNITED = question(
    "what actors that are one have to do with, each thing once",
    """
    CALL { UNWIND $ids AS id MATCH (:Actor {id: id})-[:MADE]->(s:Statement)
           WHERE KNOWN(s) AND coalesce(s.asserted_at_earliest, '') <= $valid_until RETURN count(DISTINCT s) AS made }
    CALL { UNWIND $ids AS id MATCH (:Actor {id: id})-[:ISSUED]->(p:Policy)
           WHERE KNOWN(p) AND THEN(p) RETURN count(DISTINCT p) AS issued }
    CALL { UNWIND $ids AS id MATCH (:Actor {id: id})<-[:TARGETS]-(q:Policy)
           WHERE KNOWN(q) AND THEN(q) RETURN count(DISTINCT q) AS targeting }
    CALL { UNWIND $ids AS id MATCH (:Actor {id: id})-[:PARTICIPATED_IN]->(e:Event)
           WHERE KNOWN(e) AND THEN(e) RETURN count(DISTINCT e) AS events }
    RETURN made, issued, targeting, events
    """,
)

STATEMENTS_ABOUT = question(
    "number of statements about an actor",
    """
    UNWIND $ids AS id
    MATCH (n:Actor {id: id})<-[r:SUBJECT|OBJECT]-(c:Claim)<-[:ABOUT]-(s:Statement)
    WHERE LINKED(r) AND KNOWN(c) AND KNOWN(s) AND coalesce(s.asserted_at_earliest, '') <= $valid_until
    RETURN count(DISTINCT s) AS n
    """,
)
