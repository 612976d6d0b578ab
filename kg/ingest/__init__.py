"""Ingestion in four stages: read, resolve, write, report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.engine.graph import Graph
from kg.ingest.pipeline import Pipeline, Progress
from kg.ingest.report import Report
from kg.ingest.sources import Item, Unreadable, find_files, is_article, read_record_file

DEFAULT_BATCH = 2_000


async def ingest_files(
    graph: Graph,
    paths: Iterable[Path],
    *,
    batch_size: int = DEFAULT_BATCH,
    reject_file: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Ingest files and folders of records and articles; the same input again changes nothing.

    Args:
        graph: the open graph.
        paths: files or folders.
        batch_size: records written in one transaction.
        reject_file: where rejected records are written, one JSON object a line; it can be ingested again.
        progress: called with the records read and written so far.

    Raises:
        InvalidInput: a path cannot be read at all.
        EngineUnavailable: the engine went away; what was reported as written is written, and a second try goes on.
    """
    files = find_files(paths)
    pipeline = Pipeline(graph, batch_size, progress)
    for path in files:
        if not is_article(path):
            await pipeline.feed(read_record_file(path))
    await pipeline.finish()
    await pipeline.supersede_earlier_versions()
    return pipeline.tally.report(reject_file)


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
    return pipeline.tally.report()
