"""Policies: search, and one of them."""

from __future__ import annotations

from kg.asking.filters import PolicyFilters
from kg.asking.parameters import FIRST_PAGE, NOW, AsOf, PageRequest
from kg.engine.graph import Graph
from schema.answers.matters import PolicyAnswer, PolicyPage

_ALL = PolicyFilters()


async def search(
    graph: Graph, filters: PolicyFilters = _ALL, as_of: AsOf = NOW, page: PageRequest = FIRST_PAGE
) -> PolicyPage:
    """Policies, the newest first."""
    raise NotImplementedError


async def one(graph: Graph, policy: str, as_of: AsOf = NOW) -> PolicyAnswer:
    """One policy, by its id or number."""
    raise NotImplementedError
