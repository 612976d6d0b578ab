"""Policies: search, and one of them."""

from __future__ import annotations

from kg.asking.filters import PolicyFilters
from kg.asking.parameters import AsOf, PageRequest
from kg.engine.graph import Graph
from schema.answers.matters import PolicyAnswer, PolicyPage


async def search(
    graph: Graph, filters: PolicyFilters = PolicyFilters(), as_of: AsOf = AsOf(), page: PageRequest = PageRequest()
) -> PolicyPage:
    """Policies, the newest first."""
    raise NotImplementedError


async def one(graph: Graph, policy: str, as_of: AsOf = AsOf()) -> PolicyAnswer:
    """One policy, by its id or number."""
    raise NotImplementedError
