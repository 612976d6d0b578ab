"""What lists and feeds of actors bring into the graph, on each engine: once, sound, and asked as of any date."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.asking import claims, policies
from kg.asking.filters import ClaimFilters, PolicyFilters
from kg.asking.parameters import AsOf
from kg.engine.graph import Graph
from kg.ingest.feeds import ingest_source
from kg.ingest.report import Report
from kg.sources.port import source_named
from kg.verify import verify
from tests.sources import small

pytestmark = pytest.mark.graph


async def _ingest(graph: Graph, places: dict[str, Path]) -> dict[str, Report]:
    return {name: await ingest_source(graph, source_named(name), str(place)) for name, place in places.items()}


async def test_all_of_them_together_go_in_once_and_are_asked_as_of_any_date(graph: Graph, tmp_path: Path) -> None:
    places = small.write(tmp_path)
    first = await _ingest(graph, places)
    unreadable = {"cameo_actors": 1, "media_outlets": 1, "names_csv": 3, "stix": 5, "csl": 1}
    for name, report in first.items():
        assert report.counts.rejected == unreadable.get(name, 0), (name, report.rejected)
        assert report.counts.new > 0, name
    for name, report in (await _ingest(graph, places)).items():
        assert (report.counts.new, report.counts.changed) == (0, 0), (name, report.by_type)
    assert (await verify(graph)).sound

    found = await claims.search(graph, ClaimFilters(accused="Heron Directorate"))
    [attributed] = found.items
    assert attributed.standing.standing == "contested"
    dossier = await claims.dossier(graph, attributed.id)
    assert {(said.act, said.quote) for said in dossier.said} == {
        ("allege", small.ATTRIBUTION),
        ("deny", "The evidence is thin."),
    }
    [reviewed] = [each for each in (await claims.search(graph)).items if each.text == small.CLAIM]
    assert (reviewed.standing.standing, reviewed.standing.documents) == ("contested", 2)

    async def statuses(target: str, at: str) -> dict[str, str | None]:
        page = await policies.search(graph, PolicyFilters(target=target), AsOf(valid_at=at))
        return {each.policy.name: each.status.status if each.status else None for each in page.items}

    ships = "MT-SHIPS (Treasury of Malta)"
    assert await statuses("Petrov Lines", "2023-01-01") == {ships: "in_effect"}
    assert await statuses("Petrov Lines", "2024-06-01") == {ships: "expired"}
    listing = "UN sanctions listing KPe.902: HERON TRADING"
    assert await statuses("HERON TRADING", "2018-01-01") == {listing: "in_effect"}
    assert (await statuses("HERON TRADING", "2016-01-01")).get(listing) is None
    assert set(await statuses("KESTREL SHIPPING CO., LTD.", "2024-01-01")) == {
        "OFAC sanctions: Iranian transactions and sanctions [IRAN]",
        "OFAC sanctions: Proliferators of weapons of mass destruction [NPWMD]",
        "Specially Designated Nationals: KESTREL SHIPPING CO., LTD.",
    }


async def test_a_list_that_grew_adds_to_its_policies_and_an_input_that_was_cut_is_completed(
    graph: Graph, tmp_path: Path
) -> None:
    whole = small.write(tmp_path)["ofac"]
    lines = small.SDN.splitlines(keepends=True)
    (whole / "sdn.csv").write_text("".join(lines[:2]), "utf-8")
    cut = await ingest_source(graph, source_named("ofac"), str(whole))
    assert cut.counts.rejected == 3  # the end mark is missing, and two files beside it go on
    (whole / "sdn.csv").write_text(small.SDN, "utf-8")
    rest = await ingest_source(graph, source_named("ofac"), str(whole))
    assert (rest.counts.rejected, rest.by_type["policy"].changed) == (0, 1)
    page = await policies.search(graph, PolicyFilters(target="NORTHERN GULL"))
    assert [each.policy.number for each in page.items] == ["OFAC IRAN"]
    assert (await verify(graph)).sound


async def test_an_id_that_comes_again_with_other_content_is_told(graph: Graph, tmp_path: Path) -> None:
    file = tmp_path / "a.ftm.json"
    again = {"id": "p1", "schema": "Person", "properties": {"name": ["Somebody Else"]}}
    lines = [*small.FTM[:4], again]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    report = await ingest_source(graph, source_named("ftm"), str(file))
    [refused] = report.rejected
    assert refused.where == f"{file}:5"
    assert "ftm-p1" in refused.reason
    assert report.by_type["relationship"].new == 1
