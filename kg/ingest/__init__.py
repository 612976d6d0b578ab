"""Ingestion in four stages: read, resolve, write, report."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.cypher import resolving as queries
from kg.engine.graph import Graph
from kg.ingest.articles import Context, Names, UnseenDocument, written_article
from kg.ingest.copies import note_copies
from kg.ingest.pipeline import Pipeline, Progress
from kg.ingest.report import Report
from kg.readers.grammar import GrammarReader
from kg.readers.port import Reader, ReaderFailed
from kg.reading.article import Article, load_article
from kg.reading.model import Reading
from kg.records.files import Item, Unreadable, find_files, is_article, read_record_file
from kg.resolving.claims import KnownClaim
from kg.resolving.gazetteer import Gazetteer, graph_gazetteer
from kg.review.queue import sorted_out
from kg.review.threshold import acceptance_threshold
from schema.errors import InvalidInput

DEFAULT_BATCH = 2_000


async def ingest_files(
    graph: Graph,
    paths: Iterable[Path],
    *,
    batch_size: int = DEFAULT_BATCH,
    reject_file: Path | None = None,
    progress: Progress | None = None,
    reader: Reader | None = None,
    threshold: float | None = None,
) -> Report:
    """Ingest files and folders of records and articles; the same input again changes nothing.

    Records go in before articles, so that the articles' actors are known.

    Args:
        graph: the open graph.
        paths: files or folders.
        batch_size: records written in one transaction.
        reject_file: where rejected records are written, one JSON object a line; it can be ingested again.
        progress: called with the records read and written so far.
        reader: reads the articles; the grammar when left out.
        threshold: a statement of an article that is less sure waits for review; that of the settings when left out.

    Raises:
        InvalidInput: a path cannot be read at all.
        EngineUnavailable: the engine went away; what was reported as written is written, and a second try goes on.
    """
    if reject_file is not None:
        _check_folder(reject_file)
    files = find_files(paths)
    pipeline = Pipeline(graph, batch_size, progress)
    for path in files:
        if not is_article(path):
            await pipeline.feed(read_record_file(path))
    await pipeline.finish()
    await note_copies(graph, pipeline, list(pipeline.tally.documents))
    articles = [path for path in files if is_article(path)]
    reader = reader or GrammarReader()
    threshold = acceptance_threshold() if threshold is None else threshold
    gazetteer = await graph_gazetteer(graph) if articles else None
    for path in articles:
        assert gazetteer is not None
        try:
            article = load_article(_bytes_of(path), filename=str(path))
            reading = await asyncio.to_thread(reader.read, article, gazetteer)
        except (InvalidInput, ReaderFailed) as error:
            pipeline.tally.read["article"] += 1
            pipeline.tally.reject("article", str(path), str(error))
            continue
        await feed_article(graph, pipeline, article, reading, gazetteer, str(path), threshold)
    await pipeline.supersede_earlier_versions()
    return pipeline.tally.report(reject_file)


def _check_folder(reject_file: Path) -> None:
    """Tell before anything is written that what is rejected could not be."""
    if not reject_file.absolute().parent.is_dir():
        raise InvalidInput("rejected records cannot be written there", str(reject_file), "There is no such folder")


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidInput(f"it cannot be read: {error.strerror}", str(path), "Check the file") from error


async def ingest_article(
    graph: Graph,
    article: Article,
    *,
    where: str = "request",
    reader: Reader | None = None,
    threshold: float | None = None,
) -> Report:
    """Read one article and ingest what was found in it.

    Args:
        graph: the open graph.
        article: see :func:`kg.reading.article.load_article`.
        where: what messages call its place.
        reader: reads it; the grammar when left out.
        threshold: a statement that is less sure waits for review; that of the settings when left out.

    Raises:
        ReaderFailed: what the reader depends on did not do its part.
    """
    threshold = acceptance_threshold() if threshold is None else threshold
    pipeline = Pipeline(graph, DEFAULT_BATCH)
    gazetteer = await graph_gazetteer(graph)
    reading = await asyncio.to_thread((reader or GrammarReader()).read, article, gazetteer)
    await feed_article(graph, pipeline, article, reading, gazetteer, where, threshold)
    await pipeline.supersede_earlier_versions()
    return pipeline.tally.report()


async def ingest_records(
    graph: Graph,
    records: Iterable[Mapping[str, Any] | Item | Unreadable],
    *,
    where: str = "request",
    batch_size: int = DEFAULT_BATCH,
) -> Report:
    """Ingest records that are at hand; one that cannot go in is in the report with its reason.

    Args:
        graph: the open graph.
        records: mappings, or items that know where they stand.
        where: what messages call their place.
        batch_size: records written in one transaction.
    """
    pipeline = Pipeline(graph, batch_size)
    items = (
        value if isinstance(value, Item | Unreadable) else Item(f"{where}#{number}", value)
        for number, value in enumerate(records, 1)
    )
    await pipeline.feed(items)
    await pipeline.finish()
    await pipeline.supersede_earlier_versions()
    await note_copies(graph, pipeline, list(pipeline.tally.documents))
    return pipeline.tally.report()


async def feed_article(
    graph: Graph,
    pipeline: Pipeline,
    article: Article,
    reading: Reading,
    gazetteer: Gazetteer,
    where: str,
    threshold: float,
) -> None:
    """Bring what was read in an article into the graph, as a part of a run."""
    mentions = gazetteer.spot(reading.text)
    names = Names(gazetteer.references(mentions))
    context = await _context(graph, {mention.id for mention in mentions if mention.id})
    written = written_article(article, reading, names, context)
    words = {claim.id: claim.text for claim in context.claims}
    records = await sorted_out(graph, written.records, written.keys_of, reading, words, threshold)
    pipeline.tally.notes += [f"{where}: {note}" for note in reading.notes]
    await pipeline.feed(Item(f"{where}#{number}", record) for number, record in enumerate(records, 1))
    await pipeline.finish()
    found = await graph.read(queries.by_key("Document"), refs=[written.document])
    await note_copies(graph, pipeline, [row["id"] for row in found])


async def _context(graph: Graph, actors: Collection[str]) -> Context:
    """The claims about the actors that the article names, and the unseen documents that these issued."""
    claims = await graph.read(queries.CLAIMS_ABOUT, actors=sorted(actors))
    memos = await graph.read(queries.UNSEEN_DOCUMENTS, actors=sorted(actors))
    return Context(
        [KnownClaim(row["id"], row["text"], frozenset(row["subjects"])) for row in claims],
        [UnseenDocument(row["id"], frozenset(row["issuers"]), frozenset(row["claims"])) for row in memos],
    )
