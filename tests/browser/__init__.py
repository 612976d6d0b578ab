"""The style and the saved queries for Neo4j Browser, proved in Neo4j Browser."""
