"""What feeds of coded events, registers and articles bring into the graph, and what it answers, on each engine."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from kg.asking import denials, documents, events, policies, relationships, timeline
from kg.asking.filters import DenialFilters, DocumentFilters, EventFilters, RelationshipFilters
from kg.asking.parameters import AsOf, PageRequest
from kg.engine.graph import Graph
from kg.export import export_records
from kg.ingest.feeds import ingest_source
from kg.ingest.report import Report
from kg.sources.port import source_named
from kg.verify import verify
from kg.writing.rebuild import rebuild
from schema.errors import InvalidInput, NotFound
from tests.api.service import running, told
from tests.asking.parts import all_parts
from tests.cli.geokg import geokg
from tests.engines.under_test import EngineUnderTest
from tests.sources import test_event_sources as feeds
from tests.sources import test_policy_sources as registers

ROWS = (
    ("Orion Ltd", "Accuse", "Northland", "2018-03-01"),
    ("Orion Ltd", "Accuse of crime, corruption", "Northland", "2018-03-05"),
    ("Northland", "Deny responsibility", "Orion Ltd", "2018-03-03"),
    ("Northland", "Deny responsibility", "Eastland", "2018-03-03"),
    ("Eastland", "Accuse", "Northland", "2018-03-09"),
    ("Orion Ltd", "Deny responsibility", "Northland", "2018-03-02"),
    ("Northland", "Reject", "Orion Ltd", "2018-03-10"),
    ("Northland", "Impose embargo, boycott, or sanctions", "Eastland", "2018-03-11"),
    ("Northland", "Make statement", "Eastland", "2018-03-12"),
)
STORY = {
    "title": "Northland denies it",
    "outlet": "Harbour Post",
    "published": "2018-03-04",
    "text": "Orion Ltd accused Northland of hiding a leak. Northland denied the allegations.",
}


def _write(folder: Path) -> dict[str, Path]:
    """The small files, by source."""
    rows = "".join("\t".join((*row, "train")) + "\n" for row in ROWS)
    gdelt = feeds.gdelt_row() + feeds.gdelt_row(GLOBALEVENTID="2", EventCode="016", SQLDATE="20190122")
    texts = {
        "icews": "source\tevent\ttarget\tdate\tsplit\n" + rows,
        "gdelt": gdelt,
        "gdelt_mentions": feeds.mention() + feeds.mention(globaleventid="77"),
        "polecat": feeds.POLECAT,
        "findkg": feeds.FINDKG,
        "federal_register": json.dumps(registers.LISTING) + "\n" + json.dumps(registers.MEETING) + "\n",
        "articles": json.dumps(STORY) + "\n",
    }
    places = {}
    for name, text in texts.items():
        places[name] = folder / f"{name}.jsonl"
        places[name].write_text(text)
    places["executive_orders"] = folder / "orders"
    places["executive_orders"].mkdir()
    (places["executive_orders"] / "1950.txt").write_text(registers.TABLE)
    return places


async def _ingest(graph: Graph, places: dict[str, Path]) -> dict[str, Report]:
    return {name: await ingest_source(graph, source_named(name), str(place)) for name, place in places.items()}


@pytest.fixture(scope="module")
async def fed(module_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """A graph that holds all of them; for reading."""
    places = _write(tmp_path_factory.mktemp("feeds"))
    rejected = {name: report.counts.rejected for name, report in (await _ingest(module_graph, places)).items()}
    assert {name: n for name, n in rejected.items() if n} == {"gdelt_mentions": 1, "findkg": 1}
    again = await _ingest(module_graph, places)
    assert {name: (r.counts.new, r.counts.changed) for name, r in again.items()} == dict.fromkeys(places, (0, 0))
    return module_graph


async def test_it_is_sound_and_what_derives_is_the_same_when_made_anew(fed: Graph) -> None:
    assert (await verify(fed)).faults == []
    assert (await rebuild(fed)).identical
    records = [record async for record in export_records(fed)]
    coded = [record for record in records if record.get("kind") == "coded_interaction"]
    assert len(coded) == len(ROWS) + 3
    assert all(record["coded"] and record["scheme"] and record["source_row"] for record in coded)
    [usa] = [record for record in coded if record["source_row"] == "gdelt:1"]
    assert sorted(part["coded"] for part in usa["participants"]) == ["IRN TEHRAN", "USAGOV UNITED STATES"]
    assert sum(record["type"] == "relationship" and record.get("coded", False) for record in records) == 4


async def test_a_coded_event_is_the_relationship_of_its_code_and_told_apart_from_what_was_said(fed: Graph) -> None:
    found = await relationships.dyad(fed, "Northland", "Orion Ltd")
    groups = {(g.type, g.direction): (g.count, g.coded) for g in found.groups}
    assert groups["REBUTS", "out"] == (1, 1)
    assert groups["ACCUSES", "in"] == (3, 2), "two were coded, one is a sentence of an article"
    assert groups["REJECTS", "out"] == (1, 1)
    assert groups["REBUTS", "in"] == (1, 1)
    kinds = {evidence.kind for edge in found.items for evidence in edge.evidence}
    assert kinds == {"coded", "quoted"}
    assert all((e.quote is None) == (e.kind == "coded") for edge in found.items for e in edge.evidence)
    assert all(shared.matter.label != "Event" for shared in found.shared), "each stands as a relationship already"
    other = await relationships.dyad(fed, "Northland", "Eastland")
    assert {(g.type, g.count) for g in other.groups} == {
        *(("ACCUSES", 1), ("INTERACTS_WITH", 1), ("REBUTS", 1), ("SANCTIONS", 1))
    }
    page = await timeline.timeline(fed, "Northland", page=PageRequest(50))
    told_as = {(item.kind, item.event.evidence_kind if item.event else None) for item in page.items}
    assert told_as == {("event", "coded"), ("statement", None)}


async def test_denials_near_an_accusation_of_the_reversed_dyad(fed: Graph) -> None:
    found = await denials.answered(fed, DenialFilters(count=True))
    assert found.total == 1 == len(found.items)
    [item] = found.items
    assert (item.denial.event.name, item.denial.evidence_kind) == (
        "Northland – Deny responsibility – Orion Ltd",
        "coded",
    )
    assert [(met.event.coded, met.days) for met in item.accusations] == [
        ("Accuse of crime, corruption", -2),
        ("Accuse", 2),
    ]
    after = await denials.answered(fed, DenialFilters(order="after"))
    assert [(met.event.coded, met.days) for met in after.items[0].accusations] == [("Accuse", 2)]
    assert (await denials.answered(fed, DenialFilters(days=1))).items == ()
    wide = DenialFilters(days=6, count=True)
    parts = await all_parts(lambda page: denials.answered(fed, wide, page=page), 1)
    assert [each.denial.at.edtf for each in parts if each.denial.at] == ["2018-03-03", "2018-03-03"]
    assert {each.denial.event.name for each in parts} == {
        *("Northland – Deny responsibility – Orion Ltd", "Northland – Deny responsibility – Eastland")
    }
    assert [
        each.denial.event.name
        for each in (await denials.answered(fed, DenialFilters(days=6, denier="Northland", accuser="Eastland"))).items
    ] == ["Northland – Deny responsibility – Eastland"]
    assert (await denials.answered(fed, DenialFilters(days=6, denier="Orion Ltd"))).items == ()
    assert (await denials.answered(fed, DenialFilters(from_="2018-04"))).items == ()
    assert (await denials.answered(fed, as_of=AsOf.of(known_at="2000-01-01"))).items == ()
    with pytest.raises(NotFound):
        await denials.answered(fed, DenialFilters(denier="Nobody Knows"))


async def test_events_by_code_role_and_day(fed: Graph) -> None:
    async def number(**filters: object) -> int | None:
        return (await events.search(fed, EventFilters(count=True, **filters), page=PageRequest(1))).total

    assert await number(cameo=("112",)) == 4
    assert await number(cameo=("1121",)) == 1
    assert await number(cameo=("016",)) == 4
    assert await number(cameo=("11", "016"), participant="Northland", role="patient") == 4
    assert await number(participant="Orion Ltd") == 5
    assert await number(participant="Orion Ltd", role="agent") == 3
    assert await number(coded="embargo") == 1
    assert await number(plover="ACCUSE") == 5
    assert await number(from_="2018-03-05", to="2018-03-09") == 2
    assert await number(cameo=("112",), from_="2018-03-05", to="2018-03-09") == 2
    with pytest.raises(InvalidInput, match="no code 99"):
        await number(cameo=("99",))
    one = (await events.search(fed, EventFilters(q="tehran"))).items
    assert one == ()
    [mentioned] = (await events.search(fed, EventFilters(cameo=("112",), country="MT"))).items
    answer = await events.one(fed, mentioned.event.id)
    assert {(e.kind, e.document.url if e.document else None) for e in answer.evidence} == {
        ("coded", "https://news.example/a"),
        ("coded", "https://news.example/b"),
        ("coded", None),
    }


async def test_registers_become_policies_with_their_history(fed: Graph) -> None:
    rule = await policies.one(fed, "2030-00001")
    assert {each.name for each in rule.targets} == {"China", "Iran", "Malta", "Kestrel Optics Co., Ltd"}
    assert [each.name for each in rule.implements] == ["Executive Order 14000"]
    assert any(each.quote == "People's Republic of China" and each.kind == "quoted" for each in rule.evidence)
    order = await policies.one(fed, "EO 9001", AsOf.of("1957-01-01"))
    assert order.status is not None
    assert order.status.status == "amended"
    assert [each.name for each in order.amended_by] == ["Closing Offices"]
    assert (await policies.one(fed, "EO 9001", AsOf.of("1961-01-01"))).status.status == "revoked"  # type: ignore[union-attr]
    found = await documents.search(fed, DocumentFilters(q="Sunshine"))
    assert [each.document.kind for each in found.items] == ["federal_register"]
    ties = await relationships.of_actor(fed, "Kestrel Ltd", RelationshipFilters(type=("OPERATES_IN", "AFFECTS")))
    assert {(edge.type, edge.valid_from, edge.evidence[0].kind) for edge in ties.items} == {
        ("OPERATES_IN", "2018-01-07", "coded"),
        ("AFFECTS", "2018-01-07", "coded"),
    }


async def test_the_same_over_http_and_on_the_command_line(fed: Graph, engine: EngineUnderTest) -> None:
    with running(engine.settings) as client:
        answer = client.get("/v1/events/answers", params={"days": 3, "count": True}).json()
        assert (answer["total"], len(answer["items"])) == (1, 1)
        page = client.get("/v1/events", params={"cameo": ["112", "016"], "count": True, "limit": 1}).json()
        assert (page["total"], len(page["items"]), page["items"][0]["evidence_kind"]) == (8, 1, "coded")
        told(client.get("/v1/events", params={"cameo": "accuse"}), 422)
        told(client.get("/v1/events", params={"role": "agent"}), 422)
        told(client.get("/v1/events/answers", params={"days": -1}), 422)
        assert isinstance(client, httpx.Client)
    done = await geokg("answers", "--days", "3", "--count", environment=engine.environment)
    assert (done.status, "1 in all" in done.out, "2 d before" in done.out) == (0, True, True), done.err
    done = await geokg("events", "--cameo", "112", "--count", "--json", environment=engine.environment)
    assert done.json["total"] == 4
    done = await geokg("events", "--cameo", "112", environment=engine.environment)
    assert "coded 112 ACCUSE" in done.out
