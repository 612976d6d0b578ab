"""Who follows the log of changes sees each one once and in order, however many write meanwhile."""

from __future__ import annotations

import asyncio

from kg.asking.changes import changes
from kg.engine.graph import Graph, Transaction
from kg.engine.query import Query
from kg.ingest import ingest_records
from schema.answers.changes import ChangeAnswer
from tests.engines.under_test import EngineUnderTest
from tests.ingest.records import actor

WRITERS = 3
EACH = 12
_SET_BACK = Query("a clock in the future", "MATCH (v:SchemaVersion) SET v.written_at = '2999-01-01T00:00:00.000000Z'")
_SET_RIGHT = Query("forget the clock", "MATCH (v:SchemaVersion) SET v.written_at = null")


async def test_many_writers_and_one_who_follows(graph: Graph, engine: EngineUnderTest) -> None:
    begin = (await changes(graph, "now", 1)).next
    left = WRITERS

    async def write(number: int) -> None:
        nonlocal left
        async with Graph(engine.settings) as own:  # as another process would
            for n in range(EACH):
                await ingest_records(own, [actor(f"Body {number} {n} {part}") for part in "ab"])
        left -= 1

    seen: list[ChangeAnswer] = []

    async def follow() -> None:
        since, ended = begin, False
        while not ended:
            ended = left == 0
            more = True
            while more:
                page = await changes(graph, since, 7)
                seen.extend(page.items)
                since, more = page.next, page.more

    await asyncio.gather(follow(), *(write(number) for number in range(WRITERS)))
    assert len(seen) == len({each.id for each in seen}) == WRITERS * EACH * 2
    assert [each.cursor for each in seen] == sorted({each.cursor for each in seen})
    assert [each.at for each in seen] == sorted(each.at for each in seen)
    whole = await changes(graph, begin, 1_000)
    assert list(whole.items) == seen
    assert {each.change for each in seen} == {"added"}


async def test_a_clock_that_was_set_back(graph: Graph) -> None:
    """What is learned later has a later stamp all the same."""

    async def set_clock(transaction: Transaction, query: Query = _SET_BACK) -> None:
        await transaction.run(query)

    begin = (await changes(graph, "now", 1)).next
    await graph.write(set_clock)
    for n in range(3):
        await ingest_records(graph, [actor(f"Body {n}")])
    await graph.write(lambda transaction: set_clock(transaction, _SET_RIGHT))
    stamps = [each.at for each in (await changes(graph, begin, 10)).items]
    assert stamps == [f"2999-01-01T00:00:00.00000{n}Z" for n in (1, 2, 3)]
