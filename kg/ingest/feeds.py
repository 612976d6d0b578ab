"""Ingest what a source brings, in a run that can be broken off anywhere and gone on with by another process.

Records go through the pipeline, articles through the reader. A run that is part of a job writes down every few seconds
how far it has come (:class:`Saved`). What it wrote after that is not lost when it is killed: the graph itself tells, by
the changesets of the job. So the next run passes over just that much, and counts it once.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Final, Protocol

from kg.cypher import changes
from kg.engine.graph import Graph
from kg.ingest import DEFAULT_BATCH, feed_article
from kg.ingest.pipeline import Pipeline, Progress
from kg.ingest.report import Counts, Rejected, Report
from kg.readers.grammar import GrammarReader
from kg.readers.port import Reader, ReaderFailed
from kg.records.files import Item, Unreadable
from kg.resolving.gazetteer import graph_gazetteer
from kg.review.threshold import acceptance_threshold
from kg.sources.port import FoundArticle, Source, Sourced
from schema.errors import GeokgError
from schema.ids import label_of

_PAGE: Final = 200
_MOST_NOTES: Final = 100


async def ingest_source(
    graph: Graph,
    source: Source,
    place: str,
    *,
    batch_size: int = DEFAULT_BATCH,
    reject_file: Path | None = None,
    progress: Progress | None = None,
    reader: Reader | None = None,
) -> Report:
    """Ingest all that a source finds at a place; the same input again changes nothing.

    Args:
        graph: the open graph.
        source: reads the place.
        place: file, folder or address.
        batch_size: records written in one transaction, and read ahead.
        reject_file: where rejected records are written, one JSON object a line.
        progress: called with the records read and written so far.
        reader: reads the articles; the grammar when left out.

    Raises:
        InvalidInput: the place is not what the source reads.
        EngineUnavailable: the engine went away; a second try goes on.
    """
    feed = Feed(graph, batch_size=batch_size, progress=progress, reader=reader)
    await feed.run(source, place)
    return feed.pipeline.tally.report(reject_file)


@dataclass(slots=True)
class Position:
    """How far a run has come, and what became of what it read so far. Counters are by type of record."""

    items: int = 0
    """Items of the source's stream that were taken in; the next run begins behind them."""
    changeset: str = ""
    """The last changeset that is counted here."""
    read: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    new: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    superseded: int = 0
    relationships: int = 0
    races: int = 0
    notes: list[str] = field(default_factory=list)

    def count(self, changeset: Mapping[str, Any]) -> None:
        """Count what a changeset of the job wrote."""
        self.changeset = changeset["id"]
        self.new.update(_type_of(each) for each in changeset["added"])
        self.changed.update(_type_of(each) for each in changeset["changed"])
        self.superseded += sum(label_of(each) == "Statement" for each in changeset["retracted"])
        self.relationships += changeset["relationships"]

    def by_type(self) -> dict[str, Counts]:
        """The numbers of each type; whatever was read and is nothing else was there already, or still waits."""
        kinds = sorted({*self.read, *self.refused})
        return {
            kind: Counts(
                read=self.read[kind],
                new=self.new[kind],
                changed=self.changed[kind],
                unchanged=max(0, self.read[kind] - self.new[kind] - self.changed[kind] - self.refused[kind]),
                rejected=self.refused[kind],
            )
            for kind in kinds
        }


@dataclass(frozen=True, slots=True)
class Saved:
    """All that another process needs to go on."""

    position: Position
    held: Sequence[Item]
    keys: Mapping[str, str]
    revisions: Sequence[str]
    already: Mapping[str, int]


class Keeper(Protocol):
    """Keeps how far a run has come."""

    def saved(self) -> Saved | None:
        """What was kept last; None at the first run."""

    def save(self, state: Saved) -> None:
        """Keep it, so that it outlives a crash of the machine, together with all rejects up to now."""

    def reject(self, rejected: Iterable[Rejected]) -> None:
        """Note records that do not go in; those noted after the last :meth:`save` are noted again by the next run.

        Raises:
            GeokgError: they are too many.
        """

    def due(self) -> bool:
        """Whether it is time to save."""

    def told(self, position: Position, waiting: int) -> None:
        """Hear of the progress.

        Raises:
            GeokgError: the run is to stop, after what it has done was saved.
        """


class Feed:
    """One run of a source's stream through the pipeline.

    Args:
        graph: the open graph; where there is a keeper, one whose writes are the job's.
        batch_size: records written in one transaction, and read ahead.
        keeper: keeps how far the run has come; without one it begins at the beginning.
        job: id of the job that the graph's writes are part of, where there is a keeper.
        progress: called with the records read and written so far.
        reader: reads the articles; the grammar when left out.
        pause: how long to rest after a batch, in parts of the time that it took.
    """

    def __init__(
        self,
        graph: Graph,
        *,
        batch_size: int = DEFAULT_BATCH,
        keeper: Keeper | None = None,
        job: str | None = None,
        progress: Progress | None = None,
        reader: Reader | None = None,
        pause: float = 0,
    ) -> None:
        self._graph = graph
        self._batch_size = batch_size
        self._keeper = keeper
        self._job = job
        self._reader = reader or GrammarReader()
        self._pause = pause
        self._before = Position()
        self.pipeline = Pipeline(graph, batch_size, progress)
        self._refused: Counter[str] = Counter()
        self._items = 0

    async def run(self, source: Source, place: str) -> None:
        """Take in all that a source finds at a place, from where the run before this one was broken off.

        Raises:
            GeokgError: the place is not what the source reads, the engine went away, or the keeper stops the run; what
                was taken in up to then is in the graph.
        """
        await self._go_on()
        stream = islice(iter(source.items(place)), self._before.items, None)
        while True:
            began = time.monotonic()
            chunk, error = await asyncio.to_thread(_next, stream, self._batch_size)
            await self._take(chunk)
            if error is not None:
                await self._checkpoint()
                raise error
            if len(chunk) < self._batch_size:
                break
            if self._keeper is not None and self._keeper.due():
                await self._checkpoint()
            await self._tell()
            if self._pause:
                await asyncio.sleep(self._pause * (time.monotonic() - began))
        await self._checkpoint()
        await self.pipeline.finish()
        self._let_go()
        await self.pipeline.supersede_earlier_versions()

    async def _take(self, chunk: Sequence[Sourced]) -> None:
        for articles, group in groupby(chunk, lambda item: isinstance(item, FoundArticle)):
            if articles:
                await self._take_articles([item for item in group if isinstance(item, FoundArticle)])
            else:
                items = [item for item in group if isinstance(item, Item | Unreadable)]
                await self.pipeline.feed(items)
                self._items += len(items)
                self._let_go()

    async def _take_articles(self, articles: Sequence[FoundArticle]) -> None:
        gazetteer = await graph_gazetteer(self._graph)
        for found in articles:
            try:
                reading = await asyncio.to_thread(self._reader.read, found.article, gazetteer)
            except ReaderFailed as error:
                self.pipeline.tally.read["article"] += 1
                self.pipeline.tally.reject("article", found.where, str(error))
            else:
                threshold = acceptance_threshold()
                await feed_article(
                    self._graph, self.pipeline, found.article, reading, gazetteer, found.where, threshold
                )
            self._items += 1
            self._let_go()
            await self._checkpoint()  # an article is read with what the graph knows before it: it is never read again
            await self._tell()

    async def _go_on(self) -> None:
        """Find what the run before this one did, from what it saved and from what the graph says that it wrote."""
        if self._keeper is None:
            return
        saved = self._keeper.saved()
        position = saved.position if saved else Position()
        already = Counter(saved.already if saved else {})
        while rows := await self._graph.read(changes.OF_JOB, job=self._job, after=position.changeset, limit=_PAGE):
            for row in rows:
                position.count(row)
                already.update([*row["added"], *row["changed"]])
        self._before = position
        self.pipeline.go_on(saved.keys if saved else {}, saved.revisions if saved else (), already)
        if saved and saved.held:
            await self.pipeline.feed(saved.held)

    def _let_go(self) -> None:
        """Hand rejects over to the keeper, so that they are not held in memory."""
        tally = self.pipeline.tally
        if self._keeper is None:
            return
        tally.documents.clear()
        if not tally.rejected:
            return
        self._refused.update(kind for kind, _ in tally.rejected)
        rejected, tally.rejected = tally.rejected, []
        self._keeper.reject(each for _, each in rejected)

    def position(self) -> Position:
        """How far it is now; all that was taken in has to be written."""
        tally, before = self.pipeline.tally, self._before
        return Position(
            before.items + self._items,
            max(before.changeset, self._graph.last_changeset),
            before.read + tally.read,
            before.refused + self._refused,
            before.new + tally.new,
            before.changed + tally.changed,
            before.superseded + tally.superseded,
            before.relationships + tally.relationships,
            before.races + self._graph.races,
            [*before.notes, *tally.notes][:_MOST_NOTES],
        )

    async def _checkpoint(self) -> None:
        if self._keeper is None:
            return
        await self.pipeline.written()
        held = self.pipeline.held
        position = self.position()
        position.read.subtract(_kind_of(item) for item in held)  # they are read again with the next run
        already = {each: times for each, times in self.pipeline.already.items() if times > 0}
        self._keeper.save(Saved(position, held, self.pipeline.lookup.learned_keys, self.pipeline.revisions, already))

    async def _tell(self) -> None:
        if self._keeper is None:
            return
        try:
            self._keeper.told(self.position(), len(self.pipeline.held))
        except GeokgError:
            await self._checkpoint()
            raise


def _next(stream: Iterator[Sourced], number: int) -> tuple[list[Sourced], GeokgError | None]:
    """The next items; where the source fails in their middle, those before, and its error."""
    chunk: list[Sourced] = []
    try:
        for item in islice(stream, number):
            chunk.append(item)  # noqa: PERF402 - what came before an error counts
    except GeokgError as error:
        return chunk, error
    return chunk, None


def _kind_of(item: Item) -> str:
    return str(item.value.get("type"))


def _type_of(identifier: str) -> str:
    label = label_of(identifier)
    return label.lower() if label is not None else "relationship"
