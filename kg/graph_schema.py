"""Bring a graph to the schema of this version, and check at each start that it has it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from kg.cypher import schema_version
from kg.engine.graph import Graph, Transaction
from kg.errors import SchemaOutdated
from schema.graph import CHANGESET, SCHEMA_VERSION
from schema.times import known_now

_IDENTITY: Final = ("SAME_AS", "DIFFERENT_FROM")


@dataclass(frozen=True)
class Migration:
    """One step from a version of the schema to the next."""

    to_version: int
    name: str
    run: Callable[[Graph], Awaitable[None]]


async def _define_all(graph: Graph) -> None:
    await graph.define(graph.dialect.schema_statements())


async def _define_reviews(graph: Graph) -> None:
    new = ("Review", "SchemaVersion")
    await graph.define([text for text in graph.dialect.schema_statements() if any(label in text for label in new)])


async def _define_decisions(graph: Graph) -> None:
    new = ("Decision", *_IDENTITY)
    await graph.define([text for text in graph.dialect.schema_statements() if any(name in text for name in new)])


async def _define_changesets(graph: Graph) -> None:
    await graph.define([text for text in graph.dialect.schema_statements() if CHANGESET in text])


MIGRATIONS: Final[tuple[Migration, ...]] = (
    Migration(1, "labels, keys and indexes", _define_all),
    Migration(2, "the review queue", _define_reviews),
    Migration(3, "the decision ledger", _define_decisions),
    Migration(4, "the log of changes", _define_changesets),
    Migration(5, "codes of events", _define_all),
)
"""In order; to change the schema, append one and raise ``SCHEMA_VERSION``. Each may run again after a crash."""


@dataclass(frozen=True)
class Applied:
    """What :func:`apply_schema` did."""

    before: int
    after: int
    migrations: tuple[str, ...]


async def current_version(graph: Graph) -> int:
    """The version of the graph's schema; 0 where it has none yet."""
    rows = await graph.read(schema_version.READ)
    return int(rows[0]["version"]) if rows else 0


async def apply_schema(graph: Graph) -> Applied:
    """Run the migrations that the graph lacks; does nothing where it lacks none.

    Raises:
        SchemaOutdated: the graph was written by a later version of geokg.
    """
    before = await current_version(graph)
    if before > SCHEMA_VERSION:
        raise SchemaOutdated(
            f"the graph has schema version {before}, this geokg knows {SCHEMA_VERSION}", graph.place, "Upgrade geokg"
        )
    done = []
    for migration in MIGRATIONS:
        if migration.to_version <= before:
            continue
        await migration.run(graph)
        version = migration.to_version

        async def record(transaction: Transaction, version: int = version) -> None:
            await transaction.run(schema_version.RECORD, version=version, now=known_now())

        await graph.write(record)
        done.append(migration.name)
    return Applied(before, SCHEMA_VERSION, tuple(done))
