"""Make the derived relationships anew from their evidence alone."""

from __future__ import annotations

from collections.abc import Collection

from pydantic import BaseModel

from kg.cypher import evidence as queries
from kg.engine.graph import Graph, Transaction
from kg.writing.batch import create_relationships, derived_from
from kg.writing.decisions import derived_from_decisions, read_decisions
from kg.writing.rows import RelationshipRow
from schema.ontology import ontology

_STEP = 2_000


class Rebuilt(BaseModel):
    """What a rebuild did."""

    deleted: int
    written: int
    identical: bool
    """Whether what was written is what was there before."""
    differences: list[str]
    """Ids of relationships that were there before or after only, or with other content; at most 100."""


async def rebuild(graph: Graph) -> Rebuilt:
    """Delete every derived relationship and write all of them again, in one transaction.

    Readers see the relationships of before until the new ones are there.
    """

    async def work(transaction: Transaction) -> Rebuilt:
        before = await _all(transaction)
        deleted = 0
        for kind in ontology().derived():
            while n := (await transaction.run(queries.some_derived(kind), limit=_STEP))[0]["n"]:
                deleted += n
        written = 0
        for label in ("Statement", "Policy", "Event"):
            after = ""
            while rows := await transaction.run(queries.ids_after(label), after=after, limit=_STEP):
                identifiers = [row["id"] for row in rows]
                after = identifiers[-1]
                written += await create_relationships(transaction.run, await derived_from(transaction.run, identifiers))
        decisions = await read_decisions(transaction.run)
        of_ledger = derived_from_decisions(decisions, [each.id for each in decisions])
        written += await create_relationships(transaction.run, of_ledger)
        now = await _all(transaction)
        different = sorted(i for i in before.keys() | now.keys() if before.get(i) != now.get(i))
        return Rebuilt(deleted=deleted, written=written, identical=not different, differences=different[:100])

    return await graph.write(work)


async def expected_relationships(graph: Graph, without: Collection[str] = ()) -> dict[str, RelationshipRow]:
    """The derived relationships that the evidence in the graph asks for, by id.

    Args:
        graph: the open graph.
        without: ids of evidence to pass over, since nothing can be derived from it.
    """
    found: dict[str, RelationshipRow] = {}
    for label in ("Statement", "Policy", "Event"):
        after = ""
        while rows := await graph.read(queries.ids_after(label), after=after, limit=_STEP):
            identifiers = [row["id"] for row in rows]
            after = identifiers[-1]
            sound = [identifier for identifier in identifiers if identifier not in without]
            found |= {row.id: row for row in await derived_from(graph.read, sound)}
    decisions = [each for each in await read_decisions(graph.read) if each.id not in without]
    return found | {row.id: row for row in derived_from_decisions(decisions, [each.id for each in decisions])}


async def _all(transaction: Transaction) -> dict[str, tuple[str, str, dict[str, object]]]:
    return {
        row["props"]["id"]: (row["start"], row["end"], row["props"])
        for kind in ontology().derived()
        for row in await transaction.run(queries.all_derived(kind))
    }
