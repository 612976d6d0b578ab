"""Lists and feeds of actors become records: names of every kind, identifiers, ties, policies, statements."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from kg.records.files import Item, Unreadable
from kg.sources.port import source_named, source_names
from schema.errors import InvalidInput
from schema.records import (
    ActorRecord,
    ClaimRecord,
    DocumentRecord,
    EventRecord,
    PolicyRecord,
    RelationshipRecord,
    StatementRecord,
)
from tests.sources import small

OWN = (
    *("cameo_actors", "claimreview", "countries", "csl", "ftm", "media_outlets", "names_csv", "ofac", "stix"),
    "un_sanctions",
)


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Path]:
    """The small files."""
    return small.write(tmp_path)


def _of(records: list[Any], kind: type) -> list[Any]:
    return [record for record in records if isinstance(record, kind)]


def _names(actor: ActorRecord) -> dict[str, str]:
    return {alias.name: alias.kind for alias in actor.aliases}


def test_every_source_is_announced_and_says_what_it_reads() -> None:
    assert set(OWN) <= set(source_names())
    for name in OWN:
        source = source_named(name)
        assert source.name == name
        assert source.reads.strip()


@pytest.mark.parametrize("name", OWN)
def test_the_same_input_gives_the_same_stream_and_every_item_its_place(name: str, places: dict[str, Path]) -> None:
    first, again = (list(source_named(name).items(str(places[name]))) for _ in range(2))
    assert first == again
    assert all(str(places[name]) in each.where for each in first)


def test_ofac(places: dict[str, Path]) -> None:
    records, faults = small.read("ofac", places["ofac"])
    assert faults == []
    authority, company, person, ship = _of(records, ActorRecord)
    assert (authority.name, authority.provisional) == ("Office of Foreign Assets Control", True)
    assert (company.qualifier, company.kind, company.country) == ("ofac:36", "company", "MT")
    assert _names(company) == {"KESTREL LINES": "former", "KESCO": "weak"}
    assert company.identifiers == {"ofac": "36", "swift_bic": ("KESTXX12",)}
    assert (person.name, person.kind, person.country) == ("Edwin Karl Marlow", "person", "MT")
    assert _names(person) == {
        "MARLOW, Edwin Karl": "official", "Edwin Marlowe": "name", "THE NU'MAN": "weak", "FOX": "weak",
    }  # fmt: skip
    assert person.identifiers["passport"] == ("1234567 (Malta)",)
    assert (ship.kind, ship.country, ship.identifiers["imo"]) == ("other", "PA", ("9187629",))
    targets = {policy.number: policy.targets for policy in _of(records, PolicyRecord)}
    assert targets == {
        "OFAC IRAN": ("ofac-36", "ofac-306"), "OFAC NPWMD": ("ofac-36",), "OFAC SDGT": ("ofac-173",),
    }  # fmt: skip

    [tie] = _of(records, RelationshipRecord)  # named in the comments, which go on in the middle of a word
    assert (tie.relation, tie.source, tie.target, tie.role) == ("ASSOCIATED_WITH", "ofac-306", "ofac-36", "linked to")


def test_the_screening_list_dates_each_listing_and_knows_whom_ofac_lists(places: dict[str, Path]) -> None:
    records, faults = small.read("csl", places["csl"])
    assert [fault.reason for fault in faults] == ["the row has no list in the form 'Title (CODE) - Agency'"]
    actors = {actor.name: actor for actor in _of(records, ActorRecord)}
    assert (actors["Heron Logistics"].country, _names(actors["Heron Logistics"])) == (
        "MT", {"Heron Log": "name", "HL": "name"},
    )  # fmt: skip
    assert actors["KESTREL SHIPPING CO., LTD."].qualifier == "ofac:36"
    listings = {policy.title: policy for policy in _of(records, PolicyRecord) if policy.targets}
    entity = listings["Entity List: Heron Logistics"]
    assert (entity.kind, entity.citation, entity.implements) == ("export_control", "75 FR 7358", ("CSL EL",))
    denied = listings["Denied Persons List: EDWIN MARLOW"]
    assert [(step.status, step.at) for step in denied.statuses] == [
        ("in_effect", "2002-03-04"), ("expired", "2056-06-29"),
    ]  # fmt: skip


def test_the_un_list_dates_each_listing(places: dict[str, Path]) -> None:
    records, faults = small.read("un_sanctions", places["un_sanctions"])
    assert faults == []
    _, person, firm = _of(records, ActorRecord)
    assert (person.name, person.qualifier, person.country) == ("Edwin Marlow", "un:KPi.901", "KP")
    assert _names(person) == {"إدوين مارلو": "official", "Edwin Marlowe": "name", "Fox": "weak"}
    assert (person.description, person.identifiers["passport"]) == ("Agent of a bank", ("77 (Malta)",))
    assert (_names(firm), firm.country) == ({"Heron General": "former"}, "MT")
    regime, *listings = _of(records, PolicyRecord)
    assert (regime.number, regime.targets) == ("UN list DPRK", ())
    assert [(each.targets, each.implements, each.effective_from) for each in listings] == [
        (("un-kpi.901",), ("UN list DPRK",), "2015-07-01"),
        (("un-kpe.902",), ("UN list DPRK",), "2017-12-22"),
    ]


def test_countries_are_governments_with_names_of_every_kind(places: dict[str, Path]) -> None:
    records, faults = small.read("countries", places["countries"])
    assert faults == []
    malta, taiwan = _of(records, ActorRecord)
    assert (malta.name, malta.kind, malta.country, malta.provisional) == ("Malta", "government", "MT", False)
    assert malta.identifiers == {"iso_alpha2": "MT", "iso_alpha3": "MLT", "iso_numeric": "470"}
    assert _names(malta) == {
        "Republic of Malta": "official", "Repubblika ta' Malta": "official", "Maltese government": "name",
        "Government of Malta": "name", "Valletta": "metonym", "Maltese": "demonym",
    }  # fmt: skip
    languages = {alias.name: alias.language for alias in (*malta.aliases, *taiwan.aliases)}
    assert (languages["Repubblika ta' Malta"], languages["台灣"], languages["Maltese"]) == ("mt", "zh-Hant", "en")


def test_cameo_dictionaries_give_states_provisional_actors_and_offices_with_their_time(places: dict[str, Path]) -> None:
    records, faults = small.read("cameo_actors", places["cameo_actors"])
    assert [fault.where.rpartition(":")[2] for fault in faults] == ["12"]
    malta, person, rebels, broken, league = _of(records, ActorRecord)
    assert (malta.name, malta.provisional, malta.identifiers) == ("Malta", False, {"cameo": "MLT"})
    assert set(_names(malta).values()) == {"weak"}
    assert (person.name, person.kind, person.country, person.provisional) == ("Edwina Black", "person", "MT", True)
    assert (rebels.name, rebels.kind) == ("Kestrel Liberation Front", "group")
    assert _names(rebels) == {"Sons of the Kestrel": "name", "KLF": "short"}
    assert (broken.name, broken.identifiers) == ("Broken One", {})
    assert (league.kind, _names(league)) == ("international_organization", {"Heron League": "name"})
    [office] = _of(records, RelationshipRecord)
    assert (office.target, office.role) == ("Malta", "government, military (MLTGOVMIL)")
    assert (office.valid_from, office.valid_to) == ("1999-01-01", "2004-02")  # the month of 31 February


def test_outlets_are_known_by_their_domain(places: dict[str, Path]) -> None:
    records, faults = small.read("media_outlets", places["media_outlets"])
    assert len(faults) == 1
    known, other, foundation = _of(records, ActorRecord)
    assert (known.name, known.country, known.identifiers) == ("Financial Times", "GB", {"domain": "ft.com"})
    assert (other.name, other.kind, other.country) == ("harbour-post.example", "media", "US")
    assert (foundation.kind, foundation.country) == ("other", None)


def test_a_table_of_names_keeps_homonyms_apart(places: dict[str, Path]) -> None:
    records, faults = small.read("names_csv", places["names_csv"])
    first, second = _of(records, ActorRecord)
    assert (first.name, first.qualifier) == ("Kestrel Shipping", "wikidata:Q901")
    assert (second.name, second.qualifier, second.country) == ("Kestrel Shipping", "wikidata:Q902", "CY")
    assert [fault.reason for fault in faults] == [
        "unknown kind 'persn'. Did you mean 'person'?",
        "unknown country 'Atlantis': write its ISO code or its English name",
        "the row has no label",
    ]


def test_ftm_entities_are_actors_and_edges_ties(places: dict[str, Path]) -> None:
    records, faults = small.read("ftm", places["ftm"])
    assert faults == []
    actors = {actor.qualifier: actor for actor in _of(records, ActorRecord) if actor.qualifier}
    assert _names(actors["ftm:p1"]) == {"Иво Петров": "name", "Vanya": "weak"}
    assert (actors["ftm:p2"].name, actors["ftm:p2"].country) == ("Ivo Petrov", "MT")
    assert actors["ftm:g1"].kind == "party"
    ties = {
        (r.relation, r.source, r.target): (r.role, r.valid_from, r.valid_to) for r in _of(records, RelationshipRecord)
    }
    assert ties == {
        ("SUBSIDIARY_OF", "ftm-c1", "ftm-p1"): ("owner, 51%", "2015-03", None),
        ("HEADS", "ftm-p2", "ftm-c1"): ("Chief Executive", None, None),
        ("AFFILIATED_WITH", "ftm-p1", "ftm-c1"): ("director", None, None),
        ("RELATED_TO", "ftm-p1", "ftm-p2"): ("brother", None, None),
        ("MEMBER_OF", "ftm-p1", "ftm-g1"): (None, None, None),
        ("AFFILIATED_WITH", "ftm-p1", "Bulgaria"): ("Minister of Transport", "2010", "2012-05-01"),
    }
    [sanction] = _of(records, PolicyRecord)
    assert (sanction.targets, [(step.status, step.at) for step in sanction.statuses]) == (
        ("ftm-c1",), [("in_effect", "2022-04-06"), ("expired", "2024-01-01")],
    )  # fmt: skip


def test_stix_is_what_its_creator_says_where_words_stand_behind_it(places: dict[str, Path]) -> None:
    records, faults = small.read("stix", places["stix"])
    attributed, opinion = _of(records, StatementRecord)
    texts = {record.key: record.text for record in _of(records, DocumentRecord)}
    for statement in (attributed, opinion):
        assert texts[statement.document][statement.start : statement.end] == statement.quote
    assert (attributed.speaker, attributed.act, attributed.quote) == ("Osprey Labs", "allege", small.ATTRIBUTION)
    assert (opinion.speaker, opinion.act, opinion.answers) == ("Petrel Research", "deny", (attributed.key,))
    [claim] = _of(records, ClaimRecord)
    assert claim.text == "Heron Directorate stands behind Grey Gull"
    assert (claim.subjects, claim.objects) == (
        (f"stix-{small.stix_id('identity', 2)}",), (f"stix-{small.stix_id('threat-actor', 3)}",),
    )  # fmt: skip
    ties = {(tie.relation, tie.role) for tie in _of(records, RelationshipRecord)}
    assert ties == {("ASSOCIATED_WITH", "targets"), ("LOCATED_IN", None)}  # without words, no statement
    [sighting] = _of(records, EventRecord)
    assert (sighting.at, sighting.figures, sighting.source_row) == (
        "2024-04-02", {"count": 3.0}, f"stix {small.stix_id('sighting', 16)}",
    )  # fmt: skip
    assert len(faults) == 5
    assert [word in fault.reason for word, fault in zip(
        ("without words", "does not have", "no explanation", "revoked", "gizmo"), faults, strict=True
    )] == [True] * 5  # fmt: skip


def test_a_claim_review_is_claimed_by_one_and_rated_by_another(places: dict[str, Path]) -> None:
    records, faults = small.read("claimreview", places["claimreview"])
    assert faults == []
    documents = {record.key: record for record in _of(records, DocumentRecord)}
    statements = _of(records, StatementRecord)
    for statement in statements:
        if statement.quote:
            text = documents[statement.document].text or ""
            assert text[statement.start : statement.end] == statement.quote
    assert [(s.speaker, s.act, s.manner, s.quote) for s in statements] == [
        ("Edwina Black", "assert", None, small.CLAIM),
        ("Harbour Checks", "deny", "flat", "False"),
        ("Edwina Black", "assert", None, None),  # in a post that nobody has seen
        ("Harbour Checks", "relay", None, small.CLAIM),
        ("Harbour Checks", "deny", "partial", "Mostly false"),
    ]
    assert documents[statements[2].document].seen is False
    assert statements[3].relays == (statements[2].key,)
    assert statements[4].answers == (statements[2].key,)
    assert len({record.key for record in _of(records, ClaimRecord)}) == 1


@pytest.mark.parametrize(
    ("rating", "act", "manner"),
    [
        ({"alternateName": "Pants on Fire!"}, "deny", "flat"),
        ({"alternateName": "Not true"}, "deny", "flat"),
        ({"alternateName": "MOSTLY FALSE"}, "deny", "partial"),
        ({"alternateName": "Misleading"}, "qualify", None),
        ({"alternateName": "Half-True"}, "qualify", None),
        ({"alternateName": "True"}, "confirm", None),
        ({"alternateName": "There is no evidence for it"}, "not_verified", None),
        ({"alternateName": "Plutôt faux"}, "deny", "partial"),
        ({"alternateName": "Falsch"}, "deny", "flat"),
        ({"alternateName": "此为谣言"}, "deny", "flat"),
        ({"alternateName": "Two gulls", "ratingValue": "5", "bestRating": "5"}, "confirm", None),
        ({"alternateName": "Two gulls", "ratingValue": 1, "bestRating": 5, "worstRating": 1}, "deny", "flat"),
        ({"alternateName": "Two gulls"}, "assess", None),
        ({"ratingValue": 3, "bestRating": 5, "worstRating": 1}, "qualify", None),
    ],
)
def test_what_a_rating_does_with_the_claim(
    rating: dict[str, Any], act: str, manner: str | None, tmp_path: Path
) -> None:
    (tmp_path / "one.json").write_text(json.dumps(small.claim_review(1, rating)), "utf-8")
    records, faults = small.read("claimreview", tmp_path / "one.json")
    assert faults == []
    rated = _of(records, StatementRecord)[-1]
    assert (rated.act, rated.manner) == (act, manner)
    assert rated.quote == str(rating.get("alternateName", rating.get("ratingValue")))


# ---- bad input -------------------------------------------------------------------------------------------------------


def test_what_is_cut_in_the_middle_is_told_and_what_stood_before_is_read(places: dict[str, Path]) -> None:
    sdn = places["ofac"] / "sdn.csv"
    sdn.write_bytes(small.SDN.encode()[:-80])
    records, faults = small.read("ofac", places["ofac"])
    assert [actor.qualifier for actor in _of(records, ActorRecord)] == [None, "ofac:36", "ofac:173"]
    assert "columns" in faults[0].reason
    assert any("does not have: is it cut off?" in fault.reason for fault in faults)
    assert "lacks its end mark" in faults[-1].reason
    for name, cut in (("un_sanctions", 300), ("countries", 200), ("stix", 500)):
        whole = places[name].read_bytes()
        places[name].write_bytes(whole[:-cut])
        some, faults = small.read(name, places[name])
        assert len(faults) >= 1, name
        assert "etch" in faults[-1].reason
        places[name].write_bytes(whole)
        every, _ = small.read(name, places[name])
        assert len(every) > len(some) > 0
    packed = gzip.compress(places["ftm"].read_bytes())
    places["ftm"].write_bytes(packed[: len(packed) // 2])
    _, faults = small.read("ftm", places["ftm"])
    assert "ends in the middle" in faults[-1].reason


@pytest.mark.parametrize("name", ["names_csv", "media_outlets"])
def test_a_missing_column_is_named(name: str, places: dict[str, Path]) -> None:
    places[name].write_text(places[name].read_text("utf-8").replace("country", "contry", 1), "utf-8")
    with pytest.raises(InvalidInput, match=r":1: the table lacks the column country; it has: .*Did you mean 'contry'"):
        list(source_named(name).items(str(places[name])))


def test_another_file_than_the_source_reads_is_refused(places: dict[str, Path], tmp_path: Path) -> None:
    wrong = {
        "un_sanctions": ("a.xml", "<html></html>", "no consolidated list"),
        "countries": ("a.json", '[{"a": 1}]', "no list of countries"),
        "stix": ("b.json", '{"objects": []}', "no bundle of STIX"),
        "cameo_actors": ("a.txt", "", "no dictionary"),
        "ofac": ("c.csv", "", "no list of OFAC"),
        "claimreview": ("c.csv", "", "can hold a ClaimReview"),
        "ftm": ("missing.json", None, "no such file"),
    }
    for name, (file, text, said) in wrong.items():
        path = tmp_path / file
        if text is not None:
            path.write_text(text, "utf-8")
        with pytest.raises(InvalidInput, match=said):
            list(source_named(name).items(str(path)))


def test_xml_that_grows_without_end_is_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xml"
    bomb.write_text(
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><CONSOLIDATED_LIST>&b;</CONSOLIDATED_LIST>', "utf-8"
    )
    with pytest.raises(InvalidInput, match="can grow without end"):
        list(source_named("un_sanctions").items(str(bomb)))


def test_what_is_nested_too_deeply_or_too_long_is_told_and_the_lines_after_it_are_read(tmp_path: Path) -> None:
    good = json.dumps(small.FTM[1])
    lines = tmp_path / "a.ftm.json"
    with lines.open("w") as file:
        file.write("[" * 10_000 + "\n")
        file.write('{"id": "long", "schema": "Person", "properties": {"name": ["')
        for _ in range(50):
            file.write("x" * 1_000_000)
        file.write(f'"]}}}}\n{good}\n')
    records, faults = small.read("ftm", lines)
    assert [record.qualifier for record in _of(records, ActorRecord)] == ["ftm:p1"]
    assert [fault.where for fault in faults] == [f"{lines}:1", f"{lines}:2"]
    assert all(len(fault.raw) < 20_000 for fault in faults)
    for name, text in (
        ("stix", '{"type": "bundle", "objects": [' + "[" * 10_000),
        ("claimreview", '[{"@type": ' * 10_000),
        ("countries", "[" * 10_000),
    ):
        path = tmp_path / f"{name}.json"
        path.write_text(text, "utf-8")
        found = list(source_named(name).items(str(path)))
        assert isinstance(found[0], Unreadable), name
        assert not any(isinstance(each, Item) for each in found)
