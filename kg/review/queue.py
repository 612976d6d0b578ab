"""The way of an article's records into the graph or into the queue of reviews."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.cypher import reviewing as queries
from kg.engine.graph import Graph
from kg.reading.model import Reading
from kg.review.holding import ArticleRecords, Doubtful, RecordMapping, Settled, part


async def sorted_out(
    graph: Graph,
    records: Iterable[RecordMapping],
    keys_of: Mapping[int, tuple[str, ...]],
    reading: Reading,
    words: Mapping[str, str],
    threshold: float,
) -> list[RecordMapping]:
    """The records that go in, with a review in the place of each statement that is not sure enough.

    What somebody rejected or corrected stays out however sure a later reading is; what is in the graph stays there.

    Args:
        graph: knows what was decided before.
        records: of one article, see :func:`kg.ingest.articles.written_article`.
        keys_of: from the index of a statement in the reading to the keys of its records.
        reading: says how sure each statement is.
        words: texts of claims that the records name by id and do not bring, by id.
        threshold: a statement below it waits.
    """
    doubtful: list[Doubtful] = []
    sure: set[str] = set()
    for index, statement in enumerate(reading.statements):
        keys = keys_of.get(index, ())
        if keys and statement.confidence < threshold:
            doubtful.append(Doubtful(keys, statement.confidence, statement.quote, statement.start, statement.end))
        else:
            sure.update(keys)
    article = ArticleRecords(records, words)
    parted = part(article, doubtful, sure, await _settled(graph, article.ids.values()), threshold)
    return [*parted.records, *parted.reviews]


async def _settled(graph: Graph, identifiers: Iterable[str]) -> Settled:
    statements = [identifier for identifier in identifiers if identifier.startswith("stmt-")]
    rows = await graph.read(queries.SETTLED, ids=statements) if statements else []
    return Settled(
        frozenset(row["id"] for row in rows if row["present"]),
        {row["id"]: row["result"] for row in rows if row["status"] in ("rejected", "corrected") and not row["present"]},
    )
