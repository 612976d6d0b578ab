"""What differs between the two engines, each difference under a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from neo4j.exceptions import ConstraintError, Neo4jError, TransientError

from schema.graph import CHANGESET, FULL_TEXT, INDEXES, UNIQUE, Index, relationship_types
from schema.ontology import NODE_LABELS

_VERSION: Final = Index("SchemaVersion", "id")


class Dialect(Protocol):
    """One engine's ways."""

    @property
    def name(self) -> str:
        """``embedded`` or ``neo4j``."""

    def schema_statements(self) -> list[str]:
        """What brings labels, types, constraints and indexes into being; running it again is harmless."""

    @property
    def schema_language(self) -> str:
        """The language of those statements."""

    def full_text_name(self, index: Index) -> str:
        """What ``db.index.fulltext.queryNodes`` calls the index."""

    def is_race(self, error: Neo4jError) -> bool:
        """Whether the error is that of two writers in each other's way, so that the loser should try again."""


@dataclass(frozen=True)
class Neo4jDialect:
    """Neo4j 5: schema in Cypher, full-text indexes have names."""

    name: str = "neo4j"
    schema_language: str = "cypher"

    def schema_statements(self) -> list[str]:
        """Constraints, then indexes, then full-text indexes, then a wait until they are online."""
        return [
            *(
                f"CREATE CONSTRAINT {index.name} IF NOT EXISTS FOR (n:{index.label}) REQUIRE n.{index.prop} IS UNIQUE"
                for index in (*UNIQUE, _VERSION)
            ),
            *(
                f"CREATE INDEX {index.name} IF NOT EXISTS FOR (n:{index.label}) ON (n.{index.prop})"
                for index in INDEXES
            ),
            *(
                f"CREATE FULLTEXT INDEX {index.name}_text IF NOT EXISTS FOR (n:{index.label}) ON EACH [n.{index.prop}]"
                for index in FULL_TEXT
            ),
            "CALL db.awaitIndexes(120)",
        ]

    def full_text_name(self, index: Index) -> str:
        """The name given at its creation."""
        return f"{index.name}_text"

    def is_race(self, error: Neo4jError) -> bool:
        """Two creators of one id: the second meets the constraint, and finds the node when it tries again."""
        return isinstance(error, ConstraintError)


@dataclass(frozen=True)
class ArcadeDialect:
    """ArcadeDB: schema in SQL over HTTP, types made beforehand, full-text indexes named by type and property."""

    name: str = "embedded"
    schema_language: str = "sqlscript"

    def schema_statements(self) -> list[str]:
        """Types before their first row: making a type on the fly locks the schema and makes writers collide."""
        keyed = {*UNIQUE, *INDEXES, *FULL_TEXT, _VERSION}
        return [
            *(f"CREATE VERTEX TYPE {label} IF NOT EXISTS" for label in (*NODE_LABELS, CHANGESET, "SchemaVersion")),
            *(f"CREATE EDGE TYPE `{kind}` IF NOT EXISTS" for kind in relationship_types()),
            *(f"CREATE PROPERTY {index.label}.{index.prop} IF NOT EXISTS STRING" for index in sorted(keyed, key=repr)),
            *(f"CREATE INDEX IF NOT EXISTS ON {index.label} ({index.prop}) UNIQUE" for index in (*UNIQUE, _VERSION)),
            *(
                f"CREATE INDEX IF NOT EXISTS ON {index.label} ({index.prop}) NOTUNIQUE NULL_STRATEGY SKIP"
                for index in INDEXES
            ),
            *(f"CREATE INDEX IF NOT EXISTS ON {index.label} ({index.prop}) FULL_TEXT" for index in FULL_TEXT),
        ]

    def full_text_name(self, index: Index) -> str:
        """``Type[property]``."""
        return f"{index.label}[{index.prop}]"

    def is_race(self, error: Neo4jError) -> bool:
        """Besides the constraint: page conflicts, which reach the driver as transient or as plain database errors."""
        text = f"{error.code} {error.message}"
        return isinstance(error, ConstraintError | TransientError) or any(
            sign in text
            for sign in ("ConcurrentModification", "DuplicatedKey", "ConstraintValidationFailed", "NeedRetry")
        )
