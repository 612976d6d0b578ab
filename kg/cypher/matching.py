"""Names of actors, as the index of names needs them, and what is true of the candidates that it gives."""

from kg.cypher.shapes import question
from kg.engine.query import Query

STATE = Query(
    "which graph it is, and how often it was written",
    "MATCH (v:SchemaVersion {id: 'schema'}) RETURN v.applied_at AS graph, coalesce(v.writes, 0) AS turn",
)

_FIELDS = (
    "MATCH (n)-[:HAS_ALIAS]->(l:Alias) RETURN l.id AS alias, l.name AS name, l.kind AS alias_kind, n.id AS actor, "
    "n.name AS actor_name, n.kind AS kind, n.country AS country, n.identifiers AS identifiers"
)

NAMES_AFTER = Query(
    "names of the next actors",
    f"MATCH (n:Actor) WHERE n.id > $after WITH n ORDER BY n.id LIMIT $limit {_FIELDS} ORDER BY actor",
)

NAMES_OF = Query("names of actors", f"UNWIND $ids AS id MATCH (n:Actor {{id: id}}) {_FIELDS}")

LIST = question(
    "actors by canonical name",
    """
    MATCH (n:Actor)
    WHERE KNOWN(n) AND ($kind = '' OR n.kind = $kind) AND ($country = '' OR n.country = $country)
      AND (n.name > $name OR (n.name = $name AND n.id > $id))
    RETURN n.name AS name, n.id AS id, REF(n) AS actor ORDER BY name, id LIMIT $limit
    """,
)

KNOWN_NAMES = question(
    "which names are known",
    """
    UNWIND $ids AS id
    MATCH (l:Alias {id: id})<-[:HAS_ALIAS]-(n:Actor)
    RETURN id, KNOWN(n) AND KNOWN(l) AS known, REF(n) AS actor
    """,
)
"""What is not in the graph at all has no row. It begins at the name, which has an index, as ArcadeDB needs it."""

PROFILES = question(
    "actors in short",
    """
    UNWIND $ids AS id
    MATCH (n:Actor {id: id}) WHERE KNOWN(n)
    RETURN id, n.name AS name, n.kind AS kind, n.country AS country, n.description AS description,
      n.identifiers AS identifiers, [(n)-[:HAS_ALIAS]->(l:Alias) WHERE KNOWN(l) | l.name] AS names
    """,
)
