"""A named query."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Query:
    """A parameterised Cypher statement, named after the question it answers.

    Attributes:
        name: shown in logs and errors.
        text: the statement; a constant, never built from a request.
    """

    name: str
    text: str
