"""Ingest what a source brings: records through the pipeline, articles through the reader."""

from __future__ import annotations

import asyncio
from itertools import islice
from pathlib import Path

from kg.engine.graph import Graph
from kg.ingest import DEFAULT_BATCH, feed_article
from kg.ingest.pipeline import Pipeline, Progress
from kg.ingest.report import Report
from kg.readers.grammar import GrammarReader
from kg.readers.port import Reader
from kg.records.files import Item, Unreadable
from kg.resolving.gazetteer import graph_gazetteer
from kg.review.threshold import acceptance_threshold
from kg.sources.port import FoundArticle, Source


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
    pipeline = Pipeline(graph, batch_size, progress)
    stream = source.items(place)
    reader = reader or GrammarReader()
    while chunk := await asyncio.to_thread(lambda: list(islice(stream, batch_size))):
        await pipeline.feed(item for item in chunk if isinstance(item, Item | Unreadable))
        if articles := [item for item in chunk if isinstance(item, FoundArticle)]:
            gazetteer = await graph_gazetteer(graph)
            for found in articles:
                reading = await asyncio.to_thread(reader.read, found.article, gazetteer)
                await feed_article(
                    graph, pipeline, found.article, reading, gazetteer, found.where, acceptance_threshold()
                )
    await pipeline.finish()
    await pipeline.supersede_earlier_versions()
    return pipeline.tally.report(reject_file)
