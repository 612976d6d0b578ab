"""The real lists, counted against figures that were counted in another way. Needs the data; see :func:`_folder`.

``GEOKG_TEST_DATA`` names the folder that holds them; ``../shared/data`` beside the checkout is tried too.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from kg.sources.country_codes import country_named, country_of_alpha2
from schema.records import ActorRecord, PolicyRecord, RelationshipRecord
from tests.sources import small

pytestmark = pytest.mark.corpus

VARIABLE: Final = "GEOKG_TEST_DATA"
_BESIDE: Final = Path(__file__).resolve().parents[3] / "shared" / "data"


def _place(name: str) -> Path:
    place = Path(os.environ.get(VARIABLE, _BESIDE)) / name
    if not place.exists():
        pytest.skip(f"corpus: no {name}; {VARIABLE} names the folder that holds it")
    return place


def test_the_sdn_list_whole() -> None:
    folder = _place("sanctions_watchman/bench")
    records, faults = small.read("ofac", folder)
    assert faults == []
    raw = (folder / "sdn.csv").read_text("utf-8")
    entries = len(re.findall(r"(?m)^\d+,", raw))
    actors = [record for record in records if isinstance(record, ActorRecord) and record.qualifier]
    assert len(actors) == entries == 8_976
    assert sum(actor.kind == "person" for actor in actors) == len(re.findall(r'(?m)^\d+,"[^"]*","individual"', raw))
    tags = Counter(tag for line in raw.splitlines() for tag in _tags(line))
    targets: Counter[str] = Counter()
    for record in records:
        if isinstance(record, PolicyRecord):
            targets[(record.number or "").removeprefix("OFAC ")] += len(record.targets)
    assert targets == tags
    assert (targets["SDGT"], targets["SDNTK"], targets["CUBA"]) == (1_709, 1_770, 80)


def _tags(line: str) -> list[str]:
    match = re.match(r'\d+,"(?:[^"]|"")*",(?:-0- ?|"[^"]*"),"([^"]*)"', line)
    return match[1].split("] [") if match else []


def test_the_consolidated_list_has_the_chinese_military_companies() -> None:
    records, faults = small.read("ofac", _place("sanctions_watchman"))
    assert faults == []
    listed = {record.number: len(record.targets) for record in records if isinstance(record, PolicyRecord)}
    assert listed["OFAC CMIC-EO13959"] == 68
    assert sum(isinstance(record, ActorRecord) for record in records) == 442 + 1


def test_the_un_list_whole() -> None:
    records, faults = small.read("un_sanctions", _place("sanctions_watchman/UN_consolidated.xml"))
    assert faults == []
    actors = [record for record in records if isinstance(record, ActorRecord) and record.qualifier]
    assert (len(actors), sum(actor.kind == "person" for actor in actors)) == (730 + 273, 730)
    policies = [record for record in records if isinstance(record, PolicyRecord)]
    assert sum(len(policy.targets) for policy in policies) == 1_003
    assert all(policy.effective_from for policy in policies if policy.targets)


def test_every_country_has_its_codes() -> None:
    records, faults = small.read("countries", _place("countries_npm/countries_slim.json"))
    assert (len(records), faults) == (250, [])
    for actor in records:
        assert isinstance(actor, ActorRecord)
        known = country_of_alpha2(actor.country or "")
        assert known is not None
        assert known is country_named(actor.name)
        assert known.alpha3 == actor.identifiers["iso_alpha3"]


def test_the_actor_dictionaries() -> None:
    records, faults = small.read_all("cameo_actors", _place("cameo_dictionaries"))
    assert len(faults) <= 20  # broken codes, and names with a control character in them
    actors = [record for record in records if isinstance(record, ActorRecord)]
    assert len(actors) > 25_000
    assert len({(actor.name.casefold(), actor.qualifier) for actor in actors}) == len(actors)
    found = {actor.name: actor for actor in actors}
    assert found["China"].identifiers == {"cameo": "CHN"}
    assert found["Kofi Annan"].kind == "person"
    offices = [record for record in records if isinstance(record, RelationshipRecord)]
    assert {office.relation for office in offices} == {"AFFILIATED_WITH"}
    assert len(offices) > 20_000


def test_the_outlets() -> None:
    records, faults = small.read("media_outlets", _place("media_outlets/mbfc.csv"))
    assert (len(records), len(faults)) == (4_435, 7)  # 4,497 rows; 55 domains come again, 7 rows have none
    names = {record.name for record in records if isinstance(record, ActorRecord)}
    assert {"Financial Times", "Reuters", "Brookings Institution", "South China Morning Post"} <= names
