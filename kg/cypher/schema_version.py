"""Which version of the graph schema a graph has."""

from kg.engine.query import Query

READ = Query("schema version", "MATCH (v:SchemaVersion {id: 'schema'}) RETURN v.version AS version")

RECORD = Query(
    "record schema version",
    "MERGE (v:SchemaVersion {id: 'schema'}) SET v.version = $version, v.applied_at = $now, v.caption = 'schema'",
)
TAKE_TURN = Query(
    "take one's turn to write",
    "MATCH (v:SchemaVersion {id: 'schema'}) SET v.writes = coalesce(v.writes, 0) + 1 "
    "RETURN v.writes AS turn, v.written_at AS written_at",
)
"""First in every write: Neo4j makes the next writer wait here, ArcadeDB lets one of two that overlap begin anew."""

PING = Query("ping", "RETURN 1 AS one")
COUNT_NODES = Query("count nodes of any label", "MATCH (n) RETURN count(n) AS n")
