"""The Neo4j that the tests run against."""
