"""All Cypher of the project: one module a subject, one named query a question."""
