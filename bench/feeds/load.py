"""One load in a process of its own: ``python -m bench.feeds.load PLACE``, on the engine that the environment names.

Prints one line of JSON: what became of the rows, seconds, seconds of this process' own work, and the most memory that
it held (resident set, MB).
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from typing import Any

from kg.engine.graph import open_graph
from kg.graph_schema import apply_schema
from kg.ingest.feeds import ingest_source
from kg.settings import load_settings
from kg.sources.port import source_named


async def load(place: str) -> dict[str, Any]:
    """Load an ICEWS table; the engine is warm and empty, or holds the same rows already."""
    settings = load_settings()
    graph = await open_graph(settings)
    try:
        await apply_schema(graph)
        started, worked = time.perf_counter(), time.process_time()
        report = await ingest_source(graph, source_named("icews"), place, batch_size=settings.batch_size)
        seconds, work = time.perf_counter() - started, time.process_time() - worked
    finally:
        await graph.close()
    counts = report.counts
    return {
        **{"read": counts.read, "new": counts.new, "unchanged": counts.unchanged, "rejected": counts.rejected},
        **{"relationships": report.relationships, "races": report.races, "seconds": seconds, "work": work},
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(load(sys.argv[1]))))
