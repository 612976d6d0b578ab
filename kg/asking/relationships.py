"""Relationships of an actor, and of a pair."""

from __future__ import annotations

from kg.asking.filters import RelationshipFilters
from kg.asking.parameters import AsOf, PageRequest
from kg.engine.graph import Graph
from schema.answers.relationships import DyadPage, RelationshipPage


async def of_actor(
    graph: Graph,
    actor: str,
    filters: RelationshipFilters = RelationshipFilters(),
    as_of: AsOf = AsOf(),
    page: PageRequest = PageRequest(),
) -> RelationshipPage:
    """Relationships of one actor."""
    raise NotImplementedError


async def dyad(
    graph: Graph,
    left: str,
    right: str,
    filters: RelationshipFilters = RelationshipFilters(),
    as_of: AsOf = AsOf(),
    page: PageRequest = PageRequest(),
) -> DyadPage:
    """Relationships of two actors with each other."""
    raise NotImplementedError
