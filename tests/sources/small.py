"""Small files in the formats that others publish, written for the tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.records.check import check_record
from kg.records.files import Item, Unreadable
from kg.sources.port import source_named
from schema.errors import InvalidInput
from schema.records import Record

SDN = """\
36,"KESTREL SHIPPING CO., LTD.",-0- ,"IRAN] [NPWMD",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"SWIFT/BIC KESTXX12; \
a.k.a. 'KESCO'."
173,"MARLOW, Edwin Karl","individual","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1962; nationality Malta; \
Passport 1234567 (Malta) issued 01 Jan 2001; a.k.a. 'THE NU'MAN'; a.k.a. 'FOX'."
306,"NORTHERN GULL","vessel","IRAN",-0- ,"9ABC",Crude Oil Tanker,1000,900,Panama,-0- ,\
"Vessel Registration Identification IMO 9187629; Linked To: KESTREL SH"
\x1a
"""
ALT = """\
36,12,"fka","KESTREL LINES",-0-
173,13,"aka","MARLOWE, Edwin",-0-
\x1a
"""
ADD = """\
36,25,-0- ,"Valletta","Malta",-0-
306,26,-0- ,-0- ,-0- ,-0-
\x1a
"""
COMMENTS = """\
306,"IPPING CO., LTD.; Linked To: NOBODY."
\x1a
"""
CSL = """\
source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,remarks,alt_names
Entity List (EL) - Bureau of Industry and Security,,,,Heron Logistics,,\
"1 Quay, Valletta, MT",75 FR 7358,2010-02-19,,,"Heron Log; HL"
Denied Persons List (DPL) - Bureau of Industry and Security,,,,EDWIN MARLOW,,\
"2 Quay, Valletta, MT",,2002-03-04,2056-06-29,,
Specially Designated Nationals (SDN) - Treasury Department,36,Entity,IRAN,"KESTREL SHIPPING CO., LTD.",,,,,,,
nonsense,,,,x,,,,,,,
"""
UN = """\
<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z">
  <INDIVIDUALS>
    <INDIVIDUAL>
      <FIRST_NAME>EDWIN</FIRST_NAME><SECOND_NAME>MARLOW</SECOND_NAME>
      <UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.901</REFERENCE_NUMBER>
      <LISTED_ON>2015-07-01-04:00</LISTED_ON>
      <NAME_ORIGINAL_SCRIPT>إدوين مارلو</NAME_ORIGINAL_SCRIPT>
      <DESIGNATION><VALUE>Agent of a bank</VALUE></DESIGNATION>
      <NATIONALITY><VALUE>Democratic People's Republic of Korea</VALUE></NATIONALITY>
      <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Edwin Marlowe</ALIAS_NAME></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Fox</ALIAS_NAME></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>77</NUMBER>
        <ISSUING_COUNTRY>Malta</ISSUING_COUNTRY></INDIVIDUAL_DOCUMENT>
    </INDIVIDUAL>
  </INDIVIDUALS>
  <ENTITIES>
    <ENTITY>
      <FIRST_NAME>HERON TRADING</FIRST_NAME>
      <UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPe.902</REFERENCE_NUMBER>
      <LISTED_ON>2017-12-22</LISTED_ON>
      <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Heron General</ALIAS_NAME></ENTITY_ALIAS>
      <ENTITY_ADDRESS><COUNTRY>Malta</COUNTRY></ENTITY_ADDRESS>
    </ENTITY>
  </ENTITIES>
</CONSOLIDATED_LIST>
"""
COUNTRIES = [
    {
        "cca2": "MT",
        "cca3": "MLT",
        "ccn3": "470",
        "name": {
            "common": "Malta",
            "official": "Republic of Malta",
            "native": {"mlt": {"official": "Repubblika ta' Malta", "common": "Malta"}},
        },
        "altSpellings": ["MT", "Repubblika ta' Malta", "ˈmalta"],
        "capital": ["Valletta"],
        "demonyms": {"eng": {"f": "Maltese", "m": "Maltese"}},
    },
    {
        "cca2": "TW",
        "cca3": "TWN",
        "name": {
            "common": "Taiwan",
            "official": "Republic of China",
            "native": {"zho": {"official": "中華民國", "common": "台灣"}},
        },
        "capital": ["Taipei"],
        "demonyms": {"eng": {"f": "Taiwanese", "m": "Taiwanese"}},
    },
]
CAMEO = """\
# a comment
MALTA_  [MLT]
+MALTESE_
+LA_VALLETTA
EDWINA_BLACK_  ; a comment
\t[MLTGOVMIL 990101-040231]
\t[MLTELI >20040301]
KESTREL_LIBERATION_FRONT_(KLF)_
+SONS_OF_THE_KESTREL
\t [MLTREB]
BROKEN_ONE_
\t[MLTGOV 12345678901]
THE_HERON_LEAGUE_
HERON_LEAGUE_
\t[IGOHRN]
"""
OUTLETS = """\
source,country,bias,media_type
ft.com,united kingdom (33/180 press freedom),x,newspaper
harbour-post.example,usa,x,newspaper
harbour-post.example,usa,x,newspaper
,usa,x,website
gulls.example,unknown,x,organization/foundation
"""
NAMES = """\
id,label,aliases,kind,country
http://www.wikidata.org/entity/Q901,Kestrel Shipping,KSL|Кестрел,company,MT
Q902,Kestrel Shipping,,company,Cyprus
7,Edwin Marlow,,persn,MT
8,Edwin Marlow,,person,Atlantis
9,,,person,MT
"""
FTM: list[dict[str, Any]] = [
    {
        "id": "own",
        "schema": "Ownership",
        "properties": {"owner": ["p1"], "asset": ["c1"], "percentage": ["51"], "startDate": ["2015-03"]},
    },
    {
        "id": "p1",
        "schema": "Person",
        "properties": {
            "name": ["Ivo Petrov"],
            "alias": ["Иво Петров"],
            "weakAlias": ["Vanya"],
            "country": ["bg"],
            "passportNumber": ["12"],
        },
    },
    {"id": "p2", "schema": "Person", "properties": {"name": ["Ivo Petrov"], "nationality": ["mt"]}},
    {"id": "c1", "schema": "Company", "properties": {"name": ["Petrov Lines"], "jurisdiction": ["mt"]}},
    {
        "id": "dir",
        "schema": "Directorship",
        "properties": {"director": ["p2"], "organization": ["c1"], "role": ["Chief Executive"]},
    },
    {"id": "d2", "schema": "Directorship", "properties": {"director": ["p1"], "organization": ["c1"]}},
    {
        "id": "fam",
        "schema": "Family",
        "properties": {"person": ["p1"], "relative": ["p2"], "relationship": ["brother"]},
    },
    {"id": "mem", "schema": "Membership", "properties": {"member": ["p1"], "organization": ["g1"]}},
    {"id": "g1", "schema": "Organization", "properties": {"name": ["Heron Party"], "topics": ["pol.party"]}},
    {
        "id": "san",
        "schema": "Sanction",
        "properties": {
            "entity": ["c1"],
            "authority": ["Treasury of Malta"],
            "program": ["MT-SHIPS"],
            "startDate": ["2022-04-06"],
            "endDate": ["2024-01-01"],
            "country": ["mt"],
        },
    },
    {"id": "pos", "schema": "Position", "properties": {"name": ["Minister of Transport"], "country": ["bg"]}},
    {
        "id": "occ",
        "schema": "Occupancy",
        "properties": {"holder": ["p1"], "post": ["pos"], "startDate": ["2010"], "endDate": ["2012-05-01"]},
    },
    {"id": "adr", "schema": "Address", "properties": {"full": ["1 Quay"]}},
]
ATTRIBUTION = "We assess that Heron Directorate runs Grey Gull. 灰鷗"


def stix_id(sort: str, number: int) -> str:
    """An id of STIX."""
    return f"{sort}--00000000-0000-4000-8000-{number:012}"


def _stix(sort: str, number: int, **more: Any) -> dict[str, Any]:
    made = {"type": sort, "spec_version": "2.1", "id": stix_id(sort, number), "created": "2024-05-01T10:00:00.000Z"}
    return {**made, **more}


_FIRM, _STATE, _GULL = stix_id("identity", 1), stix_id("identity", 2), stix_id("threat-actor", 3)
_RIVAL, _MALWARE, _PLACE = stix_id("identity", 4), stix_id("malware", 5), stix_id("location", 6)
STIX: dict[str, Any] = {
    "type": "bundle",
    "id": stix_id("bundle", 0),
    "objects": [
        _stix("relationship", 10, relationship_type="attributed-to", source_ref=_GULL, target_ref=_STATE,
              created_by_ref=_FIRM, description=ATTRIBUTION),
        _stix("opinion", 11, opinion="strongly-disagree", explanation="The evidence is thin.", created_by_ref=_RIVAL,
              object_refs=[stix_id("relationship", 10)]),
        _stix("identity", 1, name="Osprey Labs", identity_class="organization", sectors=["technology"]),
        _stix("identity", 2, name="Heron Directorate", identity_class="organization", sectors=["government-national"]),
        _stix("threat-actor", 3, name="Grey Gull", aliases=["GG-7"], description="A group."),
        _stix("identity", 4, name="Petrel Research", identity_class="organization"),
        _stix("malware", 5, name="GULLNET", is_family=True),
        _stix("location", 6, country="MT"),
        _stix("relationship", 12, relationship_type="targets", source_ref=_GULL, target_ref=_PLACE),
        _stix("relationship", 13, relationship_type="located-at", source_ref=_RIVAL, target_ref=_PLACE),
        _stix("relationship", 14, relationship_type="uses", source_ref=_GULL, target_ref=_MALWARE),
        _stix("relationship", 15, relationship_type="targets", source_ref=_GULL, target_ref=stix_id("identity", 99)),
        _stix("sighting", 16, sighting_of_ref=_MALWARE, where_sighted_refs=[_RIVAL],
              first_seen="2024-04-02T00:00:00Z", count=3),
        _stix("opinion", 17, opinion="agree", created_by_ref=_RIVAL, object_refs=[stix_id("relationship", 10)]),
        _stix("report", 18, name="The Gull report", description="Grey Gull is back.", published="2024-05-02T00:00:00Z",
              created_by_ref=_FIRM, report_types=["threat-actor"], object_refs=[_GULL]),
        _stix("identity", 19, name="Old Name", revoked=True),
        _stix("gizmo", 20, name="x"),
    ],
}  # fmt: skip
CLAIM = "Malta sank the Northern Gull."


def claim_review(number: int, rating: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A ClaimReview with the claim of :data:`CLAIM`."""
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"https://checks.example/{number}",
        "claimReviewed": CLAIM,
        "datePublished": "2024-06-02",
        "author": {"@type": "Organization", "name": "Harbour Checks"},
        "reviewRating": {"@type": "Rating", **rating},
        "itemReviewed": {
            "@type": "Claim",
            "datePublished": "2024-06-01",
            "author": {"@type": "Person", "name": "Edwina Black"},
        },
        **more,
    }


def write(folder: Path) -> dict[str, Path]:
    """Write the files; answers where each source finds its own."""
    lists = folder / "ofac"
    lists.mkdir()
    for name, text in (("sdn.csv", SDN), ("alt.csv", ALT), ("add.csv", ADD), ("sdn_comments.csv", COMMENTS)):
        (lists / name).write_text(text, "utf-8")
    page = json.dumps(
        claim_review(
            2,
            {"ratingValue": 1, "bestRating": 5, "worstRating": 1, "alternateName": "Mostly false"},
            itemReviewed={
                "@type": "Claim",
                "author": {"@type": "Person", "name": "Edwina Black"},
                "appearance": [{"@type": "SocialMediaPosting", "url": "https://posts.example/1", "headline": "A post"}],
            },
        )
    )
    reviews = folder / "reviews"
    reviews.mkdir()
    (reviews / "page.html").write_text(
        f'<html><body>\n<p>x</p>\n<script type="application/ld+json">{{"@graph": [{page}]}}</script></body></html>',
        "utf-8",
    )
    feed = {
        "@type": "DataFeed",
        "dataFeedElement": [{"@type": "DataFeedItem", "item": [claim_review(1, {"alternateName": "False"})]}],
    }
    (reviews / "feed.json").write_text(json.dumps(feed), "utf-8")
    files = {
        "csl": ("consolidated.csv", CSL),
        "un_sanctions": ("consolidated.xml", UN),
        "countries": ("countries.json", json.dumps(COUNTRIES)),
        "cameo_actors": ("Phoenix.Small.actors.txt", CAMEO),
        "media_outlets": ("mbfc.csv", OUTLETS),
        "names_csv": ("names.csv", NAMES),
        "ftm": ("entities.ftm.json", "".join(json.dumps(each) + "\n" for each in FTM)),
        "stix": ("bundle.json", json.dumps(STIX, indent=1)),
    }
    for name, text in files.values():
        (folder / name).write_text(text, "utf-8")
    return {"ofac": lists, "claimreview": reviews, **{source: folder / name for source, (name, _) in files.items()}}


def read(source: str, place: Path) -> tuple[list[Record], list[Unreadable]]:
    """What a source makes of a place: records, every one of which passes the check, and what it could not read."""
    records, faults = read_all(source, place)
    assert not any(isinstance(fault, InvalidInput) for fault in faults), faults
    return records, [fault for fault in faults if isinstance(fault, Unreadable)]


def read_all(source: str, place: Path) -> tuple[list[Record], list[Unreadable | InvalidInput]]:
    """The same, with the records that do not pass among the faults."""
    records: list[Record] = []
    faults: list[Unreadable | InvalidInput] = []
    for each in source_named(source).items(str(place)):
        if isinstance(each, Item):
            try:
                records.append(check_record(each.value, each.where, each.folder))
            except InvalidInput as error:
                faults.append(error)
        elif isinstance(each, Unreadable):
            faults.append(each)
    return records, faults
