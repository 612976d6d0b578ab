"""The questions: one module a subject, each an async function from a graph to an answer of ``schema/answers``."""
