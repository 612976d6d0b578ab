"""Articles about other disputes than that of the seed come out right in the main: who alleges, denies, declines.

The articles are composed for these tests and are no lists of sentences that the reader knows; what a person reads in
them is written down here. The reader may miss some; what it must not fall below is :data:`LEAST`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from kg.engine.graph import Graph
from kg.export import export_records
from kg.ingest import ingest_files
from kg.verify import verify
from seed_data import FOLDER

ARTICLES: Final = Path(__file__).with_name("articles")
LEAST: Final = 0.6

Said = tuple[str, str, str | None]
"""Speaker, act, and who is accused by the claim that it is about."""

EXPECTED: Final[dict[str, set[Said]]] = {
    "sanctions": {
        ("US Department of the Treasury", "allege", "Lukoil"),
        ("Scott Bessent", "allege", "Lukoil"),
        ("Lukoil", "deny", "Lukoil"),
        ("Kremlin", "deny", "Lukoil"),
        ("Russia", "allege", "United States"),
        ("Reuters", "not_verified", "Lukoil"),
        ("European Commission", "decline_comment", "Lukoil"),
        ("Rosneft", "decline_comment", "Lukoil"),
    },
    "border": {
        ("Pakistan", "allege", "India"),
        ("Ministry of Foreign Affairs (Pakistan)", "allege", "India"),
        ("India", "deny", "India"),
        ("Ministry of External Affairs (India)", "deny", "India"),
        ("India", "allege", "Pakistan"),
        ("Pakistan", "deny", "Pakistan"),
        ("Al Jazeera", "not_verified", "Pakistan"),
        ("White House", "decline_comment", "Pakistan"),
    },
    "antitrust": {
        ("European Commission", "allege", "Microsoft"),
        ("Microsoft", "deny", "Microsoft"),
        ("Microsoft", "acknowledge", "Microsoft"),
        ("Google", "allege", "Microsoft"),
        ("Oracle", "decline_comment", "Microsoft"),
        ("US Department of Justice", "decline_comment", "Microsoft"),
    },
}

LOOSE: Final = {"decline_comment", "not_verified"}
"""Acts that need not be tied to one claim: who declines to comment on "the case" speaks of all of them."""


@pytest.mark.parametrize("name", EXPECTED)
async def test_a_dispute_comes_out_right_in_the_main(graph: Graph, name: str) -> None:
    report = await ingest_files(graph, [FOLDER / "actors.yaml", ARTICLES / f"{name}.md"], threshold=0.0)
    assert report.rejected == []
    assert (await verify(graph)).faults == []

    records = {record["id"]: record async for record in export_records(graph)}
    found: set[Said] = set()
    for record in records.values():
        if record["type"] == "statement":
            speaker = records[record["actor"]]["name"] if "actor" in record else record["speaker"]
            for claim in (records[about] for about in record["about"]):
                accused = [records[subject]["name"] for subject in claim.get("subjects", [])] or [None]
                found |= {(speaker, record["act"], each) for each in accused}
    spoken = {(speaker, act) for speaker, act, _ in found}
    right = {each for each in EXPECTED[name] if each in found or (each[1] in LOOSE and each[:2] in spoken)}
    missed = EXPECTED[name] - right
    assert len(right) >= LEAST * len(EXPECTED[name]), (
        f"missed {sorted(missed, key=str)}; found {sorted(found, key=str)}"
    )

    deniers = {speaker for speaker, act, _ in EXPECTED[name] if act == "deny"}
    named = {record["name"] for record in records.values() if record["type"] == "actor"}
    wrong = {said for said in found if said[1] == "deny" and said[0] in named - deniers}
    assert not wrong, "nobody denies who does not deny in the article"


@pytest.mark.parametrize("name", EXPECTED)
async def test_the_same_article_again_changes_nothing(graph: Graph, name: str) -> None:
    files = [FOLDER / "actors.yaml", ARTICLES / f"{name}.md"]
    await ingest_files(graph, files)
    again = await ingest_files(graph, files)
    assert (again.counts.new, again.counts.changed, again.superseded, again.rejected) == (0, 0, 0, [])
