"""Write the bundles of a batch in one transaction: what is new is created, what is there is compared."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.cypher import evidence as evidence_queries
from kg.cypher import writing as queries
from kg.engine.graph import Graph, Row, Transaction
from kg.errors import Conflict
from kg.writing import derive
from kg.writing.fresh import derived_from_new
from kg.writing.rows import Bundle, NodeRow, Properties, RelationshipRow
from kg.writing.run import Run as Run  # whoever writes a batch finds it here
from kg.writing.shapes import shaped
from schema.ids import label_of

_CLAIM_WORDS: Final = {"text", "caption"}
"""One claim's words differ at most in case, points and spaces; the first writing stays, or two would take turns."""

_FIRST_STAYS: Final = {("Alias", "source"), ("Claim", "key"), ("Topic", "kind")}
_NEVER_REVISED: Final = {"id", "digest", "recorded_at", "retracted_at", "retraction_reason", "past", "revisions"}


@dataclass(slots=True)
class Written:
    """What became of a batch, as ids of records."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    relationships: int = 0


async def write_bundles(graph: Graph, bundles: Sequence[Bundle]) -> Written:
    """Write the bundles and what derives from them; all or nothing.

    The graph learns it when the writer's turn comes, see :attr:`Transaction.now`; records that bring their own
    ``recorded_at`` keep it.

    Args:
        graph: the open graph.
        bundles: each id at most once.

    Raises:
        EngineUnavailable: nothing was written.
        Conflict: a record names something that is not in the graph.
    """

    async def work(transaction: Transaction) -> Written:
        return await write_within(transaction, bundles, transaction.now)

    return await graph.write(work)


async def write_within(transaction: Transaction, bundles: Sequence[Bundle], now: str) -> Written:
    """The same as a part of a transaction that does more; see :func:`write_bundles`."""
    written = await _Batch(transaction, now).write(bundles)
    transaction.changes.added += written.new
    transaction.changes.changed += written.changed
    transaction.changes.relationships += written.relationships
    return written


class _Batch:
    def __init__(self, transaction: Transaction, now: str) -> None:
        self._run = transaction.run
        self._now = now
        self._written = Written()

    async def write(self, bundles: Sequence[Bundle]) -> Written:
        there = await self._digests(bundles)
        new = [bundle for bundle in bundles if bundle.id not in there]
        differing = []
        for bundle in bundles:
            if bundle.id in there:
                if bundle.label is not None and there[bundle.id] == bundle.digest:
                    self._written.unchanged.append(bundle.id)
                else:
                    differing.append(bundle)
        derived = await self._create(new)
        affected = await self._evidence_of(differing)
        before = await self._derived(affected)
        changed = await self._merge(differing)
        self._written.new += [bundle.id for bundle in new]
        if changed:
            after = await self._derived(affected)
            was = {row.id: row for row in before}
            stay = {row.id for row in after if was.get(row.id) == row}  # all but a few, where a long list grew
            await delete_derived(self._run, [row for row in before if row.id not in stay])
            await self._create_relationships([row for row in after if row.id not in stay])
        again = derived | (set(affected) if changed else set())
        fresh = [bundle for bundle in new if bundle.id not in again]
        await self._create_relationships(await derived_from_new(self._run, fresh, new, self._now))
        return self._written

    async def _digests(self, bundles: Sequence[Bundle]) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        by_label: dict[str, list[str]] = defaultdict(list)
        for bundle in bundles:
            if bundle.label is not None:
                by_label[bundle.label].append(bundle.id)
        for label, identifiers in by_label.items():
            [row] = await self._run(queries.contents(label), ids=identifiers)
            found |= zip(row["ids"], row["digests"], strict=True)
        loose = [row for bundle in bundles if bundle.label is None for row in bundle.relationships]
        return found | dict.fromkeys(await self._existing(loose))

    async def _existing(self, rows: Iterable[RelationshipRow]) -> dict[str, Properties]:
        """Which of the relationships are there, with their properties."""
        found: dict[str, Properties] = {}
        for key, group in _grouped(rows).items():
            asked = [{"start": row.start, "end": row.end, "id": row.id} for row in group]
            answer = await self._run(queries.relationship_exists(*key), rows=asked)
            found |= {row["id"]: row["props"] for row in answer}
        return found

    async def _create(self, bundles: Sequence[Bundle]) -> set[str]:
        """Create bundles; answers the evidence whose derived relationships are created too."""
        sorted_out = shaped(bundles, self._now)
        nodes: dict[str, dict[str, Properties]] = defaultdict(dict)
        relationships = []
        for bundle in sorted_out.plain:
            for node in bundle.nodes:
                nodes[node.label][node.id] = {**bundle.stamp(node.id, self._now), **node.props}
            relationships += [_stamped(row, bundle.stamp(row.id, self._now)) for row in bundle.relationships]
        await self._create_nodes(nodes)
        for shape, rows in sorted_out.rows.items():
            made = (await self._run(queries.create_shape(shape), rows=rows))[0]["n"]
            _check_made(made, len(rows), shape.label)
            self._written.relationships += made * len(shape.relationships)
        await self._create_relationships([*relationships, *sorted_out.late])
        return sorted_out.derived

    async def _create_nodes(self, nodes: Mapping[str, Mapping[str, Properties]]) -> None:
        for label, rows in nodes.items():
            await self._run(queries.create_nodes(label), rows=list(rows.values()))

    async def _create_relationships(self, rows: Iterable[RelationshipRow]) -> None:
        self._written.relationships += await create_relationships(self._run, rows)

    async def _merge(self, bundles: Sequence[Bundle]) -> bool:
        """Bring what is there up to what the records say; answers whether anything changed."""
        any_change = False
        relationships = await self._existing(row for bundle in bundles for row in bundle.relationships)
        nodes: dict[str, Properties] = {}
        by_label: dict[str, list[str]] = defaultdict(list)
        for bundle in bundles:
            for node in bundle.nodes:
                by_label[node.label].append(node.id)
        for label, identifiers in by_label.items():
            rows = await self._run(queries.properties(label), ids=identifiers)
            nodes |= {row["id"]: row["props"] for row in rows}
        for bundle in bundles:
            if await self._merge_one(bundle, nodes, relationships):
                any_change = True
                self._written.changed.append(bundle.id)
            else:
                self._written.unchanged.append(bundle.id)
        return any_change

    async def _merge_one(
        self, bundle: Bundle, nodes: dict[str, Properties], relationships: dict[str, Properties]
    ) -> bool:
        changed = False
        for node in bundle.nodes:
            if node.id not in nodes:
                await self._create_nodes({node.label: {node.id: bundle.stamp(node.id, self._now) | node.props}})
                changed = True
            elif not _decided(nodes[node.id], node) and (difference := _difference(nodes[node.id], node.props)):
                await self._revise(node, nodes[node.id], difference)
                changed = True
        missing = []
        for row in bundle.relationships:
            if row.id not in relationships:
                missing.append(_stamped(row, bundle.stamp(row.id, self._now)))
            elif difference := _difference(relationships[row.id], row.props):
                asked = [{"start": row.start, "end": row.end, "id": row.id, "props": difference}]
                await self._run(queries.set_relationships(*_key(row)), rows=asked)
                changed = True
        await self._create_relationships(missing)
        return changed or bool(missing)

    async def _revise(self, node: NodeRow, old: Properties, difference: Properties) -> None:
        """Change a node and keep what it said before, so that an earlier ``known_at`` still finds it."""
        before = {name: old.get(name) for name in difference if name not in _NEVER_REVISED}
        entry = json.dumps({"until": self._now, "before": before}, sort_keys=True, ensure_ascii=False)
        props = {**difference, "digest": node.props.get("digest"), "revisions": [*old.get("revisions", []), entry]}
        await self._run(queries.set_properties(node.label), rows=[{"id": node.id, "props": props}])

    async def _evidence_of(self, bundles: Sequence[Bundle]) -> list[str]:
        """Ids of the statements, policies and events whose derived relationships may change with these records."""
        direct = [b.id for b in bundles if label_of(b.id) in ("Statement", "Policy", "Event")]
        claims = [b.id for b in bundles if label_of(b.id) == "Claim"]
        about = await self._run(evidence_queries.STATEMENTS_ABOUT, ids=claims) if claims else []
        statements = [identifier for identifier in direct if label_of(identifier) == "Statement"]
        answers = await self._run(evidence_queries.ANSWERS_TO, ids=statements) if statements else []
        return sorted({*direct, *(row["id"] for row in about), *(row["id"] for row in answers)})

    async def _derived(self, identifiers: Sequence[str]) -> list[RelationshipRow]:
        return await derived_from(self._run, identifiers)


async def create_relationships(run: Run, rows: Iterable[RelationshipRow]) -> int:
    """Create relationships that are known not to be there; answers how many.

    Raises:
        Conflict: one lacks an end in the graph.
    """
    total = 0
    for key, group in _grouped(rows).items():
        asked = [{"start": row.start, "end": row.end, "props": row.props} for row in group]
        made = (await run(queries.create_relationships(*key), rows=asked))[0]["n"]
        _check_made(made, len(asked), f"relationships {key[0]}")
        total += made
    return total


def _check_made(made: int, asked: int, what: str) -> None:
    if made != asked:
        raise Conflict(
            f"{asked - made} of {asked} {what} lack an end in the graph", remedy="Write what they name first"
        )


async def delete_derived(run: Run, rows: Iterable[RelationshipRow]) -> None:
    """Delete derived relationships, to be made anew."""
    for key, group in _grouped(rows).items():
        asked = [{"start": row.start, "end": row.end, "id": row.id} for row in group]
        await run(queries.delete_relationships(*key), rows=asked)


async def derived_from(run: Run, identifiers: Sequence[str]) -> list[RelationshipRow]:
    """The derived relationships of these pieces of evidence, read from the graph.

    Args:
        run: how to run a query: a transaction's or the graph's own.
        identifiers: ids; those of other things than statements, policies and events are passed over.
    """
    by_label: dict[str | None, list[str]] = defaultdict(list)
    for identifier in identifiers:
        by_label[label_of(identifier)].append(identifier)
    rows: list[RelationshipRow] = []
    if found := by_label["Statement"]:
        answer: list[Row] = await run(evidence_queries.STATEMENTS, ids=found)
        for row in answer:
            rows += derive.from_statement(row["evidence"], row["actor"], row["claim"], row["subjects"], row["answered"])
    if found := by_label["Policy"]:
        for row in await run(evidence_queries.POLICIES, ids=found):
            rows += derive.from_policy(row["evidence"], row["issuers"], row["targets"], row["steps"])
    if found := by_label["Event"]:
        for row in await run(evidence_queries.EVENTS, ids=found):
            rows += derive.from_event(row["evidence"], row["participants"])
    return list({row.id: row for row in rows}.values())


def _key(row: RelationshipRow) -> tuple[str, str, str]:
    return row.kind, row.start_label, row.end_label


def _grouped(rows: Iterable[RelationshipRow]) -> dict[tuple[str, str, str], list[RelationshipRow]]:
    """By type and labels of the ends: one query each."""
    groups: dict[tuple[str, str, str], dict[str, RelationshipRow]] = defaultdict(dict)
    for row in rows:
        groups[_key(row)][row.id] = row
    return {key: list(group.values()) for key, group in groups.items()}


def _stamped(row: RelationshipRow, stamp: Properties) -> RelationshipRow:
    return RelationshipRow(row.kind, row.start_label, row.start, row.end_label, row.end, {**stamp, **row.props})


def _decided(there: Properties, node: NodeRow) -> bool:
    """Whether it is a review that somebody decided: reading the article again does not open it."""
    return node.label == "Review" and node.props["status"] == "pending" and there["status"] != "pending"


def _difference(there: Properties, said: Properties) -> Properties:
    """What the record says otherwise than the graph; what it leaves out stays; a provisional one changes nothing.

    So that two feeds that know the same actor do not change it to and fro, a provisional record adds to another one
    only what that lacks, an alias keeps the source that brought it first, a claim the key, and a topic the kind.
    """
    if said.get("provisional") and not there.get("provisional"):
        return {}
    difference = {}
    label = label_of(said.get("id", ""))
    claim = label == "Claim"
    for name, value in said.items():
        first_stays = said.get("provisional") or (label, name) in _FIRST_STAYS
        if name in _NEVER_REVISED or (claim and name in _CLAIM_WORDS):
            continue
        if name == "identifiers":
            value = sorted({*there.get(name, []), *value})
        elif first_stays and there.get(name) is not None:
            continue
        if there.get(name) != value:
            difference[name] = value
    return difference
