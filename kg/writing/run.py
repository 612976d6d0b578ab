"""How a query is run: in a transaction, or on its own."""

from __future__ import annotations

from typing import Any, Protocol

from kg.engine.graph import Row
from kg.engine.query import Query


class Run(Protocol):
    """Runs a named query: a transaction's ``run``, or the graph's ``read``."""

    async def __call__(self, query: Query, /, **parameters: Any) -> list[Row]:
        """Run one query and return its rows."""
