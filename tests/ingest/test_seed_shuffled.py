"""The seed in any order is the same graph."""

from __future__ import annotations

import random

from kg.engine.graph import Graph
from kg.ingest import ingest_files, ingest_records
from kg.records.files import Item, read_record_file
from seed_data import files
from tests.ingest.records import without_times
from tests.writing.exported import exported_text


async def test_the_seed_in_another_order_is_unchanged_and_the_same(graph: Graph) -> None:
    """Shuffled records, in small batches, into an empty graph; then the files in reversed order change nothing."""
    items = [item for path in files() for item in read_record_file(path) if isinstance(item, Item)]
    random.Random(7).shuffle(items)
    report = await ingest_records(graph, items, batch_size=400)
    assert report.rejected == []
    shuffled = without_times(await exported_text(graph))
    again = await ingest_files(graph, reversed(files()))
    assert (again.counts.new, again.counts.changed, again.counts.unchanged) == (0, 0, len(items))
    assert without_times(await exported_text(graph)) == shuffled
    assert shuffled.count("\n") == len(items)
