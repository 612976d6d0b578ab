"""Who or what is meant by an id or a name."""

from kg.cypher.shapes import question

BY_ID = question(
    "thing by id",
    """
    CALL { UNWIND $ids AS id MATCH (n:Actor {id: id}) RETURN n
           UNION ALL UNWIND $ids AS id MATCH (n:Topic {id: id}) RETURN n }
    WITH n WHERE KNOWN(n) RETURN REF(n) AS ref
    """,
)

# Begins at the name: from the actors, the embedded engine would go through all of them (70 ms at 23,000).
BY_NAME = question(
    "things by exact name",
    """
    CALL {
      MATCH (alias:Alias {normalised: $name})<-[:HAS_ALIAS]-(n:Actor)
      WHERE $actors AND KNOWN(n) AND KNOWN(alias) RETURN n
      UNION ALL
      MATCH (n:Topic) WHERE $topics AND (toLower(n.name) = $name OR any(a IN coalesce(n.aliases, [])
      WHERE toLower(a) = $name)) AND KNOWN(n) RETURN n
    }
    WITH DISTINCT n RETURN REF(n) AS ref ORDER BY n.id LIMIT 20
    """,
)
