"""Record which documents are near copies of which, so that one report printed twice is not taken for two origins."""

from __future__ import annotations

from collections.abc import Sequence

from kg.cypher import resolving as queries
from kg.engine.graph import Graph
from kg.ingest.pipeline import Pipeline
from kg.records.files import Item
from kg.resolving.copies import COPY, copied_share

_AT_ONCE = 100


async def note_copies(graph: Graph, pipeline: Pipeline, documents: Sequence[str]) -> None:
    """Compare documents with those that have statements about the same claims, and tie copies to what they copy.

    The later one is the copy (COPY_OF), of two of one day the one whose id comes later. Only where they speak of one
    claim does it matter that they are copies; so no others are compared, and no index of texts is needed.
    """
    for first in range(0, len(documents), _AT_ONCE):
        records = []
        for row in await graph.read(queries.SAME_CLAIMS, ids=list(documents[first : first + _AT_ONCE])):
            share = copied_share(row["text"], row["other_text"])
            if share < COPY:
                continue
            ends = sorted([(row["at"] or "", row["id"]), (row["other_at"] or "", row["other"])])
            records.append(
                {
                    "type": "relationship",
                    "relation": "COPY_OF",
                    "source": ends[1][1],
                    "target": ends[0][1],
                    "role": f"shares {share:.0%} of the shorter text's five-word sequences",
                }
            )
        await pipeline.feed(Item(f"copy#{number}", record) for number, record in enumerate(records, 1))
    await pipeline.finish()
