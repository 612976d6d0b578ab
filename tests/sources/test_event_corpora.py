"""The real feeds, against figures that were counted in them. Needs the data, which does not come with the project.

``GEOKG_TEST_DATA`` names the folder that holds them; ``../shared/data`` beside the checkout is tried too.
"""

from __future__ import annotations

import gzip
import os
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pytest

from kg.asking import denials, events
from kg.asking.filters import DenialFilters, EventFilters
from kg.asking.parameters import PageRequest
from kg.engine.graph import Graph
from kg.ingest.feeds import ingest_source
from kg.records.check import check_record
from kg.records.files import Item, Unreadable
from kg.sources.port import source_named
from schema.event_codes import event_codes
from tests.asking.parts import all_parts

pytestmark = pytest.mark.corpus

_NAMED: Final = os.environ.get("GEOKG_TEST_DATA")
_BESIDE: Final = Path(__file__).resolve().parents[3] / "shared" / "data"
ACTORS: Final = {
    "Financial Times": (31, 18),
    "Alibaba Group Holding Ltd": (22, 14),
    "Xinhua": (376, 164),
    "Reuters": (787, 201),
    "Xi Jinping": (3_088, 1_727),
    "Donald Trump": (11_088, 6_310),
    "China": (13_776, 5_969),
    "United States": (20_432, 9_243),
}
"""Rows of ICEWS18 with the actor as source or target, and as source."""

LOADED: Final = ("Financial Times", "Alibaba Group Holding Ltd", "Xinhua")


def _place(name: str) -> Path:
    place = (Path(_NAMED) if _NAMED else _BESIDE) / name
    if not place.exists():
        pytest.skip(f"corpus: no {name}; GEOKG_TEST_DATA names the folder that holds it")
    return place


def _read(source: str, place: Path) -> tuple[list[dict[str, Any]], list[Unreadable]]:
    records, faults = [], []
    for found in source_named(source).items(str(place)):
        if isinstance(found, Unreadable):
            faults.append(found)
        else:
            assert isinstance(found, Item)
            records.append(found.value)
    return records, faults


def test_icews_whole() -> None:
    """As the source reads it: every row once, with its actors and codes."""
    of_either, of_source, codes, labels = (Counter[str]() for _ in range(4))
    events_read = actors = 0
    for found in source_named("icews").items(str(_place("icews18/events.tsv.gz"))):
        assert isinstance(found, Item), found
        if found.value["type"] == "actor":
            actors += 1
            continue
        events_read += 1
        agent, patient = (part["actor"] for part in found.value["participants"])
        of_source[agent] += 1
        of_either.update({agent, patient})
        codes[found.value["cameo"]] += 1
        labels[found.value["coded"]] += 1
    assert (events_read, actors, len(labels)) == (468_558, 23_033, 256)
    assert {name: (of_either[name], of_source[name]) for name in ACTORS} == ACTORS
    assert sum(codes[code] for code in event_codes().below("112")) == 17_552
    assert codes["016"] == 1_389
    assert sum(n for label, n in labels.items() if "reject" in label.lower()) == 6_762
    assert sum(codes[code] for code in event_codes().below("12") if code[:3] not in ("124", "128", "129")) == 6_762
    assert sum(n for label, n in labels.items() if "sanction" in label.lower()) == 3_357


async def test_the_known_answers_are_asked_of_the_graph(graph: Graph, tmp_path: Path) -> None:
    """Of the rows that three small actors, or a denial and the accusations of its reversed dyad, need."""
    if graph.name != "embedded":
        pytest.skip("known answers of ICEWS18: asked of the embedded engine only, to save time")
    with gzip.open(_place("icews18/events.tsv.gz"), "rt", encoding="utf-8") as file:
        head, *rows = (line for line in file)
    cells = [row.split("\t") for row in rows]
    denied = {(target, source) for source, event, target, *_ in cells if event == "Deny responsibility"}
    needed = [
        row
        for row, (source, event, target, *_) in zip(rows, cells, strict=True)
        if {source, target} & set(LOADED)
        or event == "Deny responsibility"
        or (event.startswith("Accuse") and (source, target) in denied)
    ]
    (tmp_path / "slice.tsv").write_text(head + "".join(needed), "utf-8")
    report = await ingest_source(graph, source_named("icews"), str(tmp_path / "slice.tsv"))
    assert (report.counts.rejected, report.by_type["event"].new) == (0, len(needed))
    for name in LOADED:
        either = await events.search(graph, EventFilters(participant=name, count=True), page=PageRequest(1))
        acting = await events.search(graph, EventFilters(participant=name, role="agent", count=True))
        assert (either.total, acting.total) == ACTORS[name]
    assert (await events.search(graph, EventFilters(cameo=("016",), count=True))).total == 1_389
    found = await denials.answered(graph, DenialFilters(days=3, count=True), page=PageRequest(200))
    assert found.total == 205
    assert len(await all_parts(lambda page: denials.answered(graph, DenialFilters(days=3), page=page), 90)) == 205
    assert (await denials.answered(graph, DenialFilters(days=3, order="after", count=True))).total == 177


@pytest.mark.parametrize(("name", "rows"), [("20190121220000.export.CSV", 1_629), ("20151027220000.events.csv", 2_116)])
def test_gdelt_exports(name: str, rows: int) -> None:
    records, faults = _read("gdelt", _place(f"gdelt_v2_sample/{name}"))
    assert faults == []
    assert sum(record["type"] == "event" for record in records) == rows
    for record in records:
        check_record(record, name)


def test_gdelt_mentions() -> None:
    records, faults = _read("gdelt_mentions", _place("cameo_gdelt_codes/gdelt2_mentions_1635.csv"))
    assert (len(records), faults) == (2 * 1_635, [])
    for record in records:
        check_record(record, "mentions")


def test_findkg_of_the_first_weeks(tmp_path: Path) -> None:
    with gzip.open(_place("findkg/findkg_full_named.tsv.gz"), "rt", encoding="utf-8") as file:
        (tmp_path / "f.tsv").write_text("".join(islice(file, 20_001)), "utf-8")
    records, faults = _read("findkg", tmp_path / "f.tsv")
    assert sum(record["type"] == "relationship" for record in records) + len(faults) == 20_000
    assert all("tied to itself" in fault.reason for fault in faults)


def test_the_federal_register_and_the_orders() -> None:
    records, faults = _read("federal_register", _place("federal_register/geopolitical_subset.jsonl"))
    assert faults == []
    assert sum(record["type"] == "document" for record in records) == 3_865
    texts = {record["key"]: record["text"] for record in records if record["type"] == "document"}
    found = [record for record in records if record["type"] == "policy" and not record.get("provisional")]
    for policy in found:
        for each in policy["evidence"]:
            assert texts[each["document"]][each["start"] : each["end"]] == each["quote"]
    listings = [policy for policy in found if policy["kind"] == "export_control" and "Entity List" in policy["title"]]
    assert len(listings) >= 50
    assert sum("China" in policy.get("targets", ()) for policy in listings) >= 25
    orders, faults = _read("executive_orders", _place("executive_orders"))
    assert faults == []
    known = [record for record in orders if record["type"] == "policy" and not record.get("provisional")]
    numbered = {record["number"]: record for record in known}
    assert numbered["EO 12699"]["statuses"][-1]["status"] == "revoked"
    assert numbered["EO 13757"]["amends"] == ["EO 13694"]
    assert len(known) == 6_360
