"""The graph engine behind one narrow port: an embedded ArcadeDB, or a Neo4j; the same Cypher on both."""
