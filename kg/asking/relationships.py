"""Relationships of an actor, and of a pair."""

from __future__ import annotations

from kg.asking.filters import RelationshipFilters
from kg.asking.parameters import FIRST_PAGE, NOW, AsOf, PageRequest
from kg.engine.graph import Graph
from schema.answers.relationships import DyadPage, RelationshipPage

_ALL = RelationshipFilters()


async def of_actor(
    graph: Graph,
    actor: str,
    filters: RelationshipFilters = _ALL,
    as_of: AsOf = NOW,
    page: PageRequest = FIRST_PAGE,
) -> RelationshipPage:
    """Relationships of one actor."""
    raise NotImplementedError


async def dyad(
    graph: Graph,
    left: str,
    right: str,
    filters: RelationshipFilters = _ALL,
    as_of: AsOf = NOW,
    page: PageRequest = FIRST_PAGE,
) -> DyadPage:
    """Relationships of two actors with each other."""
    raise NotImplementedError
