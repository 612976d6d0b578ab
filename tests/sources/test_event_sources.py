"""Feeds of machine-coded events become events with their codes, and never statements."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any, Final

import pytest

from kg.records.check import check_record
from kg.records.files import Item, Unreadable
from kg.sources import gdelt, gdelt_mentions
from kg.sources.port import source_named
from schema.errors import InvalidInput
from schema.event_codes import event_codes

ICEWS: Final = (
    "source\tevent\ttarget\tdate\tsplit\n"
    "Kestrel Ltd\tAccuse\tPolice (Thailand)\t2018-03-01\ttrain\n"
    "Police (Thailand)\tDeny responsibility\tKestrel Ltd\t2018-03-03\ttest\n"
    "France\tfight with artillery and tanks\tKestrel Ltd\t2018-03-03\ttest\n"
)


def gdelt_row(**cells: str) -> str:
    """A row of GDELT events; columns that are not given are those of a plain row."""
    plain = {"GLOBALEVENTID": "1", "SQLDATE": "20190121", "Actor1Code": "USAGOV", "Actor1Name": "UNITED STATES"}
    plain |= {"Actor1CountryCode": "USA", "Actor1Type1Code": "GOV", "Actor2Code": "IRN", "Actor2Name": "TEHRAN"}
    plain |= {"Actor2CountryCode": "IRN", "IsRootEvent": "1", "EventCode": "112", "QuadClass": "3"}
    plain |= {"GoldsteinScale": "-2.0", "NumMentions": "4", "NumSources": "1", "NumArticles": "4", "AvgTone": "-3.5"}
    plain |= {"ActionGeo_FullName": "Valletta, Malta", "ActionGeo_CountryCode": "MT", "DATEADDED": "20190121220000"}
    plain |= {"SOURCEURL": "https://news.example/a", **cells}
    return "\t".join(plain.get(name, "") for name in gdelt.COLUMNS) + "\n"


def mention(**cells: str) -> str:
    """A row of GDELT mentions."""
    plain = {"globaleventid": "1", "mentiontimedate": "20190121223000", "mentiontype": "1", "sentenceid": "2"}
    plain |= {"mentionidentifier": "https://news.example/b", "confidence": "60", **cells}
    return "\t".join(plain.get(name, "") for name in gdelt_mentions.COLUMNS) + "\n"


POLECAT_COLUMNS: Final = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name"),
    *("Actor Country", "Actor Sectors", "Recipient Name", "Recipient Country", "Recipient Sectors", "Placename"),
    *("Country", "Source", "Publication Date"),
)
POLECAT: Final = (
    "\t".join(POLECAT_COLUMNS) + "\n"
    "P-1\t2023-01-02\tACCUSE\tallege\t-2.0\tVERBAL CONFLICT\tcorruption;legal\tAnn Lee;Bo Lee\tFRA\tGOV\tNone\tMLT"
    "\tNone\tValletta\tMLT\tWire\t2023-01-03\n"
)
FINDKG: Final = (
    "head\thead_type\trelation\ttail\ttail_type\tweek\n"
    "Kestrel Ltd\tCOMP\tOperate_In\tMalta\tGPE\t2018-01-07\n"
    "Kestrel Ltd\tCOMP\tImpact\toil\tFIN_INSTRUMENT\t2018-01-07\n"
    "oil\tFIN_INSTRUMENT\tIs_Member_Of\tMalta\tGPE\t2018-01-14\n"
    "Malta\tGPE\tHas\tMalta\tGPE\t2018-01-14\n"
)


def read(source: str, path: Path, text: str | bytes) -> tuple[list[dict[str, Any]], list[Unreadable]]:
    """What a source yields of a file, each record checked: records and faults."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    records, faults = [], []
    for found in source_named(source).items(str(path)):
        if isinstance(found, Unreadable):
            faults.append(found)
        else:
            assert isinstance(found, Item)
            check_record(found.value, found.where)
            records.append(found.value)
    assert not any(record["type"] in ("statement", "claim") for record in records)
    return records, faults


def of_type(records: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """The records of a type."""
    return [record for record in records if record["type"] == kind]


def test_icews_rows(tmp_path: Path) -> None:
    records, faults = read("icews", tmp_path / "e.tsv", ICEWS)
    assert faults == []
    assert [(r["name"], r["kind"], r.get("country"), r["provisional"]) for r in of_type(records, "actor")] == [
        ("Kestrel Ltd", "other", None, True),
        ("Police (Thailand)", "government_body", "TH", True),
        ("France", "government", "FR", True),
    ]
    events = of_type(records, "event")
    assert [(e["at"], e["cameo"], e["plover"], e["coded"]) for e in events] == [
        ("2018-03-01", "112", "ACCUSE", "Accuse"),
        ("2018-03-03", "016", "REJECT", "Deny responsibility"),
        ("2018-03-03", "194", "ASSAULT", "fight with artillery and tanks"),
    ]
    assert events[0]["participants"] == [
        {"actor": "Kestrel Ltd", "role": "agent"},
        {"actor": "Police (Thailand)", "role": "patient"},
    ]
    assert len({e["source_row"] for e in events}) == 3
    assert all(e["kind"] == "coded_interaction" and e["source_row"].startswith("icews:") for e in events)


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("A\tAccuse\tB\t2018-02-30\ttrain\n", "no date of the calendar"),
        ("A\tAccuse\tB\t2018-02-03\ttrain\tmore\n", "6 columns, the table 5"),
        ("A\tAcuse\tB\t2018-02-03\ttrain\n", "Did you mean 'Accuse'"),
        ("\tAccuse\tB\t2018-02-03\ttrain\n", "'source' is empty"),
    ],
)
def test_a_bad_row_is_told_and_the_rest_goes_on(tmp_path: Path, row: str, what: str) -> None:
    head, *rows = ICEWS.splitlines(keepends=True)
    records, [fault] = read("icews", tmp_path / "e.tsv", head + row + "".join(rows))
    assert what in fault.reason
    assert fault.where == f"{tmp_path / 'e.tsv'}:2"
    assert len(of_type(records, "event")) == 3
    assert not {"A", "B"} & {r.get("name") for r in records}, "a bad row makes no actors"


def test_a_packed_file_that_was_cut(tmp_path: Path) -> None:
    packed = gzip.compress((ICEWS + "A\tAccuse\tB\t2018-02-03\ttrain\n" * 9_000).encode())
    records, faults = read("icews", tmp_path / "e.tsv.gz", packed[:-20])
    assert "ends in the middle" in faults[-1].reason
    assert of_type(records, "event")


@pytest.mark.parametrize(
    ("source", "text", "what"),
    [
        ("icews", "source\tevent\tdate\nA\tAccuse\t2018-01-01\n", "lacks the column target"),
        ("findkg", "head\trelation\ttail\nA\tHas\tB\n", "head_type"),
        ("polecat", "Event ID,Event Date\n1,2018-01-01\n", "Event Type"),
        ("gdelt", "a\tb\n", "2 columns, the table 61 of GDELT 2.0 events"),
        ("gdelt_mentions", "a\tb\n", "2 columns, the table 16 of GDELT 2.0 mentions"),
    ],
)
def test_a_file_of_something_else_is_refused(tmp_path: Path, source: str, text: str, what: str) -> None:
    with pytest.raises(InvalidInput, match=what):
        read(source, tmp_path / "file", text)


def test_gdelt_rows(tmp_path: Path) -> None:
    reporter = {"Actor1Code": "MED", "Actor1Name": "REPORTER", "Actor1CountryCode": "", "Actor1Type1Code": "MED"}
    text = gdelt_row() + gdelt_row(GLOBALEVENTID="2", EventCode="105", **reporter) + gdelt_row()
    records, faults = read("gdelt", tmp_path / "e.csv", text)
    assert faults == []
    actors = {r["name"]: (r["kind"], r.get("country"), r.get("identifiers")) for r in of_type(records, "actor")}
    assert actors == {
        "Government (United States)": ("government_body", "US", None),
        "Iran": ("government", "IR", {"cameo": "IRN"}),
        "Reporter": ("media", None, None),
    }
    accused, demanded = of_type(records, "event")
    assert accused["title"] == "Government (United States) – Accuse – Iran"
    assert (accused["cameo"], accused["coded"], accused["scheme"]) == ("112", "112", gdelt.SCHEME)
    assert (accused["place"], accused["country"], accused["key"]) == ("Valletta, Malta", "MT", "gdelt-1")
    assert accused["participants"][1] == {"actor": "Iran", "role": "patient", "coded": "IRN TEHRAN"}
    assert accused["figures"]["goldstein"] == -2.0
    assert accused["figures"]["num_mentions"] == 4
    assert demanded["title"] == "Reporter – Demand that target yields – Iran", "the title is that of CAMEO 1.1b3"
    assert [(r["url"], r["seen"]) for r in of_type(records, "document")] == [("https://news.example/a", False)] * 2


def test_gdelt_rows_that_cannot_be(tmp_path: Path) -> None:
    bad = [
        gdelt_row(SQLDATE="20190230"),
        gdelt_row(GLOBALEVENTID="x"),
        gdelt_row(GLOBALEVENTID="3", EventCode="999"),
        gdelt_row(GLOBALEVENTID="4", AvgTone="warm"),
        gdelt_row(GLOBALEVENTID="9", EventCode="111"),
        gdelt_row(GLOBALEVENTID="9").rstrip("\n") + "\tmore\n",
    ]
    records, faults = read("gdelt", tmp_path / "e.csv", gdelt_row(GLOBALEVENTID="9") + "".join(bad))
    reasons = ["no date", "no GLOBALEVENTID", "no event code", "no number", "stood before", "62 columns"]
    assert [wanted in fault.reason for wanted, fault in zip(reasons, faults, strict=True)] == [True] * 6
    assert len(of_type(records, "event")) == 1


@pytest.mark.parametrize("header", [False, True])
def test_gdelt_mentions(tmp_path: Path, header: bool) -> None:
    text = mention() + mention(mentiontype="2")
    if header:
        text = ",".join(gdelt_mentions.COLUMNS) + "\n" + text.replace("\t", ",")
    records, [fault] = read("gdelt_mentions", tmp_path / "m.csv", text)
    document, found = records
    assert (document["url"], found["source"], found["relation"]) == (
        "https://news.example/b",
        "gdelt-1",
        "MENTIONED_IN",
    )
    assert (found["valid_from"], found["coded"]) == ("2019-01-21T22:30:00Z", True)
    assert "confidence 60 %" in found["evidence"]["citation"]
    assert "type '2'" in fault.reason


@pytest.mark.parametrize("comma", [False, True])
def test_polecat_rows(tmp_path: Path, comma: bool) -> None:
    text = POLECAT.replace("\t", ",") if comma else POLECAT
    records, faults = read("polecat", tmp_path / "p.txt", text)
    assert faults == []
    [event] = of_type(records, "event")
    assert (event["plover"], event["coded"], event.get("cameo")) == ("ACCUSE", "ACCUSE allege; corruption;legal", None)
    assert [(p["actor"], p["role"]) for p in event["participants"]] == [
        ("Ann Lee", "agent"),
        ("Bo Lee", "agent"),
        ("Malta", "patient"),
    ]
    assert event_codes().derives(None, event["coded"]) == "ACCUSES"
    assert event_codes().derives(None, "ACCUSE investigate") == "INTERACTS_WITH"


def test_findkg_rows(tmp_path: Path) -> None:
    records, [fault] = read("findkg", tmp_path / "f.tsv", FINDKG)
    assert "tied to itself" in fault.reason
    assert [
        (r["relation"], r.get("role"), r["valid_from"], r["valid_to"]) for r in of_type(records, "relationship")
    ] == [
        ("OPERATES_IN", None, "2018-01-07", "2018-01-13"),
        ("AFFECTS", None, "2018-01-07", "2018-01-13"),
        ("RELATES_TO", "is member of", "2018-01-14", "2018-01-20"),
    ]
    assert all(r["coded"] and "FinDKG" in r["evidence"]["citation"] for r in of_type(records, "relationship"))
    assert [(r["name"], r["kind"]) for r in of_type(records, "topic")] == [("oil", "market")]


def test_the_table_of_codes_knows_the_vintages() -> None:
    codes = event_codes()
    assert codes.scheme == "CAMEO 1.1b3"
    yields = codes.titled("Demand that target yields")
    assert (yields.code, yields.elsewhere) == ("105", "Demand mediation")
    assert [code for code in codes.below("10") if (row := codes.get(code)) and row.elsewhere] == [
        *("101", "102", "103", "105", "107", "108")
    ]
    assert set(codes.below("112")) == {"112", "1121", "1122", "1123", "1124", "1125"}
    assert codes.plover("1124") == "ACCUSE"
    assert codes.plover("010") is None
    assert codes.titled("ACCUSE, not specified below").code == "112"
