"""One report printed twice is one origin."""

from __future__ import annotations

import pytest

from kg.asking import claims
from kg.asking.filters import ClaimFilters
from kg.engine.graph import Graph
from kg.export import export_records
from kg.ingest import ingest_article
from kg.reading.article import load_article
from kg.resolving.copies import copied_share
from kg.verify import verify

REPORT = """Officials at the port of Rotterdam accused Kestrel Shipping of loading crude oil at night to evade controls.
The officials, who spoke on condition of anonymity, said four tankers had left the harbour without papers in October.
Inspectors found seals broken on two of the ships, and crews could not show where the cargo had been taken on board.
The port has asked the coast guard for its radar records of the month, which are to be handed over within ten days.
"""
ANOTHER = """Officials in Antwerp accused Kestrel Shipping of loading crude oil at night to evade controls.
The allegation came during a hearing on harbour fees that had otherwise turned on dredging and the price of steam.
Members of the city council asked for a second hearing, at which the terminal operators are to explain their own books.
Nobody could say how often the harbour police had been on the quay in that month, or what became of their notes.
"""


def test_the_share_that_is_copied() -> None:
    assert copied_share(REPORT, REPORT.upper()) == 1
    assert copied_share(REPORT, "Agency copy. " + REPORT[: len(REPORT) * 3 // 4]) > 0.9
    assert copied_share(REPORT, ANOTHER) < 0.2
    assert copied_share("Too short to tell", "Too short to tell") == 0


@pytest.mark.graph
async def test_a_copy_is_no_second_origin(graph: Graph) -> None:
    for outlet, day, text in (("Harbour Post", 3, REPORT), ("Evening Wire", 2, REPORT[:-40]), ("Tide", 4, ANOTHER)):
        article = load_article(
            text.encode(), filename=f"{day}.txt", title=f"News of {outlet}", outlet=outlet, published=f"2025-11-0{day}"
        )
        assert (await ingest_article(graph, article)).rejected == []
    lines = [record async for record in export_records(graph)]
    titles = {record["id"]: record["title"] for record in lines if record["type"] == "document"}
    copies = [record for record in lines if record.get("relation") == "COPY_OF"]
    assert [(titles[c["source"]], titles[c["target"]]) for c in copies] == [
        ("News of Harbour Post", "News of Evening Wire")
    ]
    [claim] = (await claims.search(graph, ClaimFilters(q="loading crude oil at night"))).items
    dossier = await claims.dossier(graph, claim.id)
    assert claim.standing.origins == len(dossier.origins) == 2  # the report, printed twice, and the other one
    assert claim.standing.documents == 3
    assert dossier.standing.copies == 1
    assert (await verify(graph)).sound
