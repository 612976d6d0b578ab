"""Answers of the Reconciliation Service API, version 0.2 (W3C Entity Reconciliation Community Group, 2023)."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from schema.answers.common import Answer


class Named(Answer):
    """A type, property or entity, by id and name."""

    id: str
    name: str
    description: str | None = None


class ReconciledFeature(Answer):
    """One reason for or against a candidate."""

    id: str
    value: float | str


class ReconciledCandidate(Answer):
    """An actor that a query may mean."""

    id: str
    name: str
    description: str
    score: float = Field(ge=0, le=100, description="The probability in per cent")
    match: bool = Field(description="Whether it is the actor without anybody's looking")
    type: tuple[Named, ...]
    features: tuple[ReconciledFeature, ...]


class Reconciled(Answer):
    """The candidates of one query."""

    result: tuple[ReconciledCandidate, ...]


class Suggested(Answer):
    """What an entity, type or property that is being typed may be."""

    result: tuple[Named, ...]


class Proposed(Answer):
    """Properties that entities of a type can be extended by."""

    type: str
    limit: int
    properties: tuple[Named, ...]


class Extended(Answer):
    """Values of properties of entities."""

    meta: tuple[Named, ...]
    rows: dict[str, dict[str, tuple[dict[str, Any], ...]]]
