"""Read, resolve, write, report: the way of records into the graph."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Final, TypeGuard

from kg.engine.graph import Graph
from kg.ingest.filling import COMPLETED, Filling
from kg.ingest.order import ORDER, Pending, in_order
from kg.ingest.report import Tally
from kg.records.check import check_record
from kg.records.files import Item, Unreadable
from kg.resolving.identity import IDENTIFYING, identify
from kg.resolving.lookup import Lookup, Unresolved
from kg.resolving.references import references_of, resolved
from kg.writing.batch import Written, write_bundles
from kg.writing.bundles import bundle_of
from kg.writing.decisions import refused_bundles, write_decision_bundles
from kg.writing.retract import supersede
from kg.writing.rows import Bundle
from kg.writing.writer import BatchWriter
from schema.errors import InvalidInput
from schema.ids import label_of
from schema.records import (
    ActorRecord,
    DecisionRecord,
    DocumentRecord,
    Record,
    RelationshipRecord,
    StatementRecord,
)
from schema.times import known_now

_BREATH: Final = 20
"""Records prepared before the batch that is being written may go on."""

Progress = Callable[[int, int], None]
"""Called with the records read and written so far."""
Write = Callable[[Graph, Sequence[Bundle]], Awaitable[Written]]
"""Writes a batch in one transaction, see :func:`kg.writing.batch.write_bundles`."""


class Pipeline:
    """One run of ingestion; its parts can be fed one after the other."""

    def __init__(
        self, graph: Graph, batch_size: int, progress: Progress | None = None, write: Write = write_bundles
    ) -> None:
        self._graph = graph
        self._write_bundles = write
        self._batch_size = batch_size
        self._progress = progress
        self.lookup = Lookup(graph)
        self.tally = Tally()
        self._waiting: list[Pending] = []
        self._decisions: list[tuple[DecisionRecord, Pending]] = []
        self._revisions: dict[str, None] = {}
        self._written = 0
        self._writer = BatchWriter(self._write_batch)
        self._filling = Filling(self.lookup, self._writer.drained)
        self.already: Counter[str] = Counter()
        """How often records of these ids were written by a run that this one goes on with: so often they are passed."""

    async def feed(self, items: Iterable[Item | Unreadable]) -> None:
        """Take in records; those that name what is not known yet wait until :meth:`finish`."""
        try:
            await self._feed(items)
        except BaseException:
            await self._writer.close()
            raise

    async def _feed(self, items: Iterable[Item | Unreadable]) -> None:
        chunk: list[Pending] = []
        for number, item in enumerate(items):
            await _breathe(number)
            if isinstance(item, Unreadable):
                self.tally.read["unreadable"] += 1
                self.tally.reject("unreadable", item.where, item.reason, item.raw or None)
                continue
            kind = item.value.get("type")
            kind = kind if isinstance(kind, str) and kind in ORDER else "unknown"
            self.tally.read[kind] += 1
            try:
                pending = Pending(item, _checked(item))
                if isinstance(pending.record, DecisionRecord):
                    self._decisions.append((pending.record, pending))
                else:
                    chunk.append(pending)
            except InvalidInput as error:
                self.tally.reject(kind, item.where, _reason(error), item.value, item.folder)
            if len(chunk) >= self._batch_size:
                await self._take(chunk, last=False)
                chunk = []
        await self._take(chunk, last=False)

    async def finish(self) -> None:
        """Try the waiting records once more, and wait until all is written; what still names nothing is rejected."""
        waiting, self._waiting = self._waiting, []
        try:
            await self._take(waiting, last=True)
            await self._writer.drained()
            await self._decide()
            await self._writer.drained()
        finally:
            await self._writer.close()
        self.tally.races = self._graph.races

    async def written(self) -> None:
        """Wait until all that was taken in is written, but for what is :attr:`held`."""
        await self._writer.drained()

    @property
    def held(self) -> list[Item]:
        """What waits for :meth:`finish`: items that name what is not known yet, and decisions."""
        return [pending.item for pending in (*self._waiting, *(pending for _, pending in self._decisions))]

    @property
    def revisions(self) -> list[str]:
        """Ids of the documents that :meth:`supersede_earlier_versions` looks at."""
        return list(self._revisions)

    def go_on(self, keys: Mapping[str, str], revisions: Iterable[str], already: Mapping[str, int]) -> None:
        """Know what an earlier run knew that was broken off; its :attr:`held` items are fed in again.

        Args:
            keys: :attr:`kg.resolving.lookup.Lookup.learned_keys` of that run.
            revisions: its :attr:`revisions`.
            already: how often it wrote records of an id that will be fed in again.
        """
        for key, identifier in keys.items():
            self.lookup.learn_key(key, identifier)
        self._revisions |= dict.fromkeys(revisions)
        self.already = Counter(already)

    async def _take(self, chunk: Sequence[Pending], *, last: bool) -> None:
        by_type: dict[str, list[Pending]] = {kind: [] for kind in ORDER}
        for pending in chunk:
            by_type[pending.record.type].append(pending)
        if self.lookup.full:
            await self._writer.drained()
            self.lookup.forget_written()
        await self.lookup.prepare(ref for pending in chunk for ref in references_of(pending.record))
        await self.lookup.prepare(
            (("Actor",), r.name) for r in (pending.record for pending in chunk) if _provisional(r)
        )
        await self.lookup.prepare((("Actor",), r.key) for r in (p.record for p in chunk) if _listed(r) and r.key)
        identified: list[Pending] = []
        for kind in ORDER:
            group = []
            for number, pending in enumerate(by_type[kind]):
                await _breathe(number)
                if await self._identified(pending, last=last):
                    group.append(pending)
            if kind == "document":
                await self._join_versions(group)
            identified += group
        await self._write(in_order(await self._resolved(identified, last=last)))

    async def _decide(self) -> None:
        """Decisions come last and go in together: whether one can be made follows from all others."""
        held = [pending for _, pending in sorted(self._decisions, key=lambda pair: pair[0].decided_at)]
        self._decisions = []
        if not held:
            return
        await self.lookup.prepare(ref for pending in held for ref in references_of(pending.record))
        identified = [pending for pending in held if await self._identified(pending, last=True)]
        kept = await self._resolved(identified, last=True)
        bundles = [bundle_of(pending.record, pending.id) for pending in kept]
        refused = await refused_bundles(self._graph, bundles, known_now())
        for pending in kept:
            if pending.id in refused:
                self._reject(pending, InvalidInput(refused[pending.id].what, remedy=refused[pending.id].remedy))
        await self._write([[pending for pending in kept if pending.id not in refused]])

    async def _identified(self, pending: Pending, *, last: bool) -> bool:
        """Give a record its id, so that others can refer to it; one that cannot be identified waits or is rejected."""
        kind = pending.record.type
        try:
            record = pending.record
            if kind != "relationship":  # nothing refers to one, and its id needs all of it
                if kind in IDENTIFYING:
                    record = resolved(record, self.lookup.resolve, IDENTIFYING[kind])
                if kind in COMPLETED:
                    record = await self._filling.completed(record)
                pending.id = identify(record, self.lookup.words_of)
                if _provisional(record) and (there := self.lookup.actor_meant(record.name, pending.id)):
                    self.tally.unchanged[kind] += 1
                    if record.key:
                        self.lookup.learn_key(record.key, there)
                    return False
                if _listed(record) and record.key and (other := self.lookup.other_actor(record.key, pending.id)):
                    pending.id = ""
                    raise InvalidInput(
                        f"the key {record.key!r} is that of {other.words[:80]!r} ({other.id}): an id came again with "
                        f"the name {record.name[:80]!r}",
                        remedy="Keep the first name, and write the other as an alias",
                    )
                self.lookup.learn(record, pending.id)
            pending.record = record
        except InvalidInput as error:
            self._put_off(pending, error, last=last)
            return False
        return True

    async def _resolved(self, group: list[Pending], *, last: bool) -> list[Pending]:
        """Resolve all references; what refers to something that does not go in does not go in either."""
        while True:
            kept, full = [], []
            for number, pending in enumerate(group):
                await _breathe(number)
                try:
                    record = resolved(pending.record, self.lookup.resolve)
                    record = await self._filling.with_evidence(record)
                    if not pending.id or isinstance(record, RelationshipRecord):
                        pending.id = identify(record, self.lookup.words_of)
                    kept.append(pending)
                    full.append(record)
                except InvalidInput as error:
                    self._put_off(pending, error, last=last)
            if len(kept) == len(group):
                for pending, record in zip(kept, full, strict=True):
                    pending.record = record
                return kept
            group = kept

    def _put_off(self, pending: Pending, error: InvalidInput, *, last: bool) -> None:
        """Let a record wait for what it names, or reject it."""
        if pending.id:
            self.lookup.forget(pending.id)
            pending.id = ""
        if isinstance(error, Unresolved) and not last:
            pending.record = _checked(pending.item)
            self._waiting.append(pending)
        else:
            self._reject(pending, error)

    def _reject(self, pending: Pending, error: InvalidInput) -> None:
        item = pending.item
        self.tally.reject(pending.record.type, item.where, _reason(error), item.value, item.folder)

    async def _join_versions(self, group: list[Pending]) -> None:
        """A document that was seen before with another text is a new version of it."""
        documents = [
            (p.id, p.record)
            for p in group
            if isinstance(p.record, DocumentRecord) and not p.record.revision_of and p.record.recorded_at is None
        ]
        earlier = await self.lookup.earlier_versions(documents) if documents else {}
        for pending in group:
            if before := earlier.get(pending.id):
                pending.record = pending.record.model_copy(update={"revision_of": before})

    async def _write(self, groups: Sequence[Sequence[Pending]]) -> None:
        """Hand over batches that keep each group together; what one input says twice of a thing goes in twice."""
        while groups:
            batch: dict[str, tuple[Bundle, Record]] = {}
            again: list[Sequence[Pending]] = []
            for number, group in enumerate(groups):
                await _breathe(number)
                if batch and len(batch) + len(group) > self._batch_size:
                    await self._writer.put(list(batch.values()))
                    batch = {}
                for pending in group:
                    if self.already[pending.id] > 0:
                        self.already[pending.id] -= 1
                        self._note_revisions({pending.id: pending.record}, [pending.id])
                    elif pending.id not in batch:
                        batch[pending.id] = (bundle_of(pending.record, pending.id), pending.record)
                    elif batch[pending.id][1] == pending.record:
                        self.tally.unchanged[pending.record.type] += 1
                    else:
                        again.append([pending])
            if batch:
                await self._writer.put(list(batch.values()))
            groups = again

    async def _write_batch(self, batch: Sequence[tuple[Bundle, Record]]) -> None:
        records = {bundle.id: record for bundle, record in batch}
        write = write_decision_bundles if isinstance(batch[0][1], DecisionRecord) else self._write_bundles
        written = await write(self._graph, [bundle for bundle, _ in batch])
        for counter, identifiers in (
            (self.tally.new, written.new),
            (self.tally.changed, written.changed),
            (self.tally.unchanged, written.unchanged),
        ):
            for identifier in identifiers:
                counter[records[identifier].type] += 1
        self.tally.documents += [identifier for identifier in written.new if label_of(identifier) == "Document"]
        self._note_revisions(records, written.new)
        self.tally.relationships += written.relationships
        self._written += len(batch)
        self.lookup.forget_texts(records)
        if self._progress:
            self._progress(self.tally.read.total(), self._written)

    def _note_revisions(self, records: dict[str, Record], new: Iterable[str]) -> None:
        """Documents that may make statements of an earlier version again: later versions, whether they are new or a
        run before this one ended early, and those with new statements. What an export wrote down is as it was."""
        written = set(new)
        for identifier, record in records.items():
            if record.recorded_at is not None:
                continue
            if isinstance(record, DocumentRecord) and record.revision_of:
                self._revisions[identifier] = None
            elif isinstance(record, StatementRecord) and identifier in written:
                self._revisions[record.document] = None

    async def supersede_earlier_versions(self) -> None:
        """Close the statements of earlier versions that the new version makes again; see :func:`supersede`."""
        self.tally.superseded += await supersede(self._graph, list(self._revisions))


async def _breathe(number: int) -> None:
    if number % _BREATH == 0:
        await asyncio.sleep(0)


def _provisional(record: Record) -> TypeGuard[ActorRecord]:
    return isinstance(record, ActorRecord) and record.provisional


def _listed(record: Record) -> TypeGuard[ActorRecord]:
    """An entry of a list, told from others by its number there."""
    return isinstance(record, ActorRecord) and record.qualifier is not None


def _checked(item: Item) -> Record:
    """A statement whose speaker has a name is made by whom that name means, unless the record says otherwise."""
    record = check_record(item.value, item.where, item.folder)
    if isinstance(record, StatementRecord) and record.actor is None and not record.anonymous:
        return record.model_copy(update={"actor": record.speaker})
    return record


def _reason(error: InvalidInput) -> str:
    return f"{error.what}. {error.remedy}" if error.remedy else error.what


__all__ = ["Pipeline", "Progress"]
