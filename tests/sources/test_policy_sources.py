"""The Federal Register and the executive orders become documents and policies; each reading stands in its text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from kg.records.check import check_record
from kg.records.files import Item, Unreadable
from kg.sources.port import FoundArticle, source_named
from schema.errors import InvalidInput

LISTING: Final = {
    "document_number": "2030-00001",
    "title": "Addition of Entities to the Entity List; Correction",
    "published": "2030-01-02",
    "summary": "In this rule, the Bureau of Industry and Security (BIS) amends the Export Administration Regulations "
    "by adding two entities under the destinations of the People's Republic of China (China), Iran, and Malta. It "
    'corrects the entry for "Kestrel Optics Co., Ltd." to further implement Executive Order 14000.',
    "url": "https://www.federalregister.gov/documents/2030/01/02/2030-00001/addition",
}
MEETING: Final = LISTING | {
    "document_number": "2030-00002",
    "title": "Sunshine Act Meetings",
    "summary": "No summary provided.",
}
PROPOSAL: Final = LISTING | {
    "document_number": "2030-00003",
    "title": "Export Controls on Large Lenses",
    "summary": "The Lens Trade Commission (LTC) proposes to amend Executive Order 14001. This proposed rule follows "
    "the final rule of last year.",
}
TABLE: Final = """\
Executive Order 9001
Blocking Property With Respect to Malta

    Signed: March 9, 1950
    Federal Register page and date: 15 FR 10; March 10, 1950
    Amends: EO 8001, December 4, 1941; EO 8002 (in part)
    Revoked by: EO 9003, June 1, 1960; EO 9002, May 2, 1955 (in part)
    See: EO 7000, February 2, 1937

Executive Order 9002-A
Closing Offices

    Signed: May 2, 1955
    Supersedes: EO 9001, March 9, 1950 (in part)
    Revokes: EO 8003, January 1, 1942
"""
LIST: Final = {
    "results": [
        {
            "executive_order_number": 9100,
            "title": "Ending the Office of Lenses",
            "signing_date": "2017-02-03",
            "citation": "82 FR 1",
            "html_url": "https://www.federalregister.gov/documents/2017/02/06/2017-1/ending",
            "publication_date": "2017-02-06",
            "disposition_notes": "Revokes: EO 9002-A of 5/2/1955; Amends: EO 9001 of 3/9/1950",
        }
    ]
}


def read(source: str, place: Path) -> tuple[list[dict[str, Any]], list[Unreadable]]:
    """Records and faults; every offset is checked against its document."""
    records, faults, texts = [], [], {}
    for found in source_named(source).items(str(place)):
        if isinstance(found, Unreadable):
            faults.append(found)
            continue
        assert isinstance(found, Item)
        check_record(found.value, found.where)
        records.append(found.value)
        if found.value["type"] == "document":
            texts[found.value["key"]] = found.value["text"]
        steps = [step["evidence"] for step in found.value.get("statuses", ()) if "evidence" in step]
        for each in [*found.value.get("evidence", ()), *steps]:
            assert texts[each["document"]][each["start"] : each["end"]] == each["quote"]
    return records, faults


def policies(records: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The policies of which more than the number is known, by number."""
    return {r["number"]: r for r in records if r["type"] == "policy" and not r.get("provisional")}


def test_a_rule_on_the_entity_list(tmp_path: Path) -> None:
    path = tmp_path / "fr.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in (LISTING, MEETING, PROPOSAL, LISTING)))
    records, faults = read("federal_register", path)
    assert faults == []
    assert [r["title"] for r in records if r["type"] == "document"] == [
        each["title"] for each in (LISTING, MEETING, PROPOSAL)
    ]
    found = policies(records)
    assert set(found) == {"2030-00001", "2030-00003"}
    rule, proposal = found["2030-00001"], found["2030-00003"]
    assert (rule["kind"], rule["issuers"]) == ("export_control", ["Bureau of Industry and Security"])
    assert rule["targets"] == ["China", "Iran", "Malta", "Kestrel Optics Co., Ltd"]
    assert rule["implements"] == ["EO 14000"]
    assert [(s["status"], s["at"]) for s in rule["statuses"]] == [("in_effect", "2030-01-02")]
    says = {each["citation"]: each["quote"] for each in rule["evidence"]}
    assert says["target: China"] == "People's Republic of China"
    assert says["issuer"] == "Bureau of Industry and Security"
    assert [(s["status"], s["at"]) for s in proposal["statuses"]] == [("proposed", "2030-01-02")]
    assert proposal["issuers"] == ["Lens Trade Commission"]
    named = [r["number"] for r in records if r.get("provisional") and r["type"] == "policy"]
    assert named == ["EO 14000"]


def test_lines_that_are_no_documents(tmp_path: Path) -> None:
    path = tmp_path / "fr.jsonl"
    bad = [
        json.dumps(LISTING | {"published": "2030-02-30"}),
        json.dumps(LISTING | {"title": "Another title under the same number"}),
        json.dumps({"title": "x"}),
        "[" * 10_000,
        '{"title": "cut',
    ]
    path.write_text("\n".join([json.dumps(LISTING), *bad]))
    records, faults = read("federal_register", path)
    assert len(policies(records)) == 1
    reasons = ["no date of the calendar", "stood before with other content", "lacks document_number", "JSON", "JSON"]
    assert [want in fault.reason for want, fault in zip(reasons, faults, strict=True)] == [True] * 5
    assert [fault.where.rpartition(":")[2] for fault in faults] == ["2", "3", "4", "5", "6"]
    path.write_text('{"a": 1}\n')
    with pytest.raises(InvalidInput, match="none of document_number"):
        read("federal_register", path)


def test_orders_and_what_became_of_them(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "1950.txt").write_text(TABLE)
    (tmp_path / "fr_donald-trump.json").write_text(json.dumps(LIST))
    records, faults = read("executive_orders", tmp_path)
    assert faults == []
    found = policies(records)
    first, second, third = found["EO 9001"], found["EO 9002-A"], found["EO 9100"]
    assert first["amends"] == ["EO 8001", "EO 8002"]
    assert first["targets"] == ["Malta"]
    assert first["citation"] == "15 FR 10"
    assert [(s["status"], s["at"]) for s in first["statuses"]] == [
        ("in_effect", "1950-03-09"),
        ("revoked", "1960-06-01"),
        ("amended", "1955-05-02"),
    ]
    assert (second["amends"], second["revokes"]) == (["EO 9001"], ["EO 8003"])
    assert (third["revokes"], third["amends"], third["signers"]) == (["EO 9002-A"], ["EO 9001"], ["Donald Trump"])
    assert {r["number"] for r in records if r["type"] == "policy" and r.get("provisional")} >= {"EO 8001", "EO 8003"}


def test_files_that_hold_no_orders(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Executive Order 1\nTitle\n\nExecutive Order 1\nAnother title\n")
    _, [fault] = read("executive_orders", tmp_path)
    assert "another title" in fault.reason
    (tmp_path / "x.txt").write_bytes(b"Executive Order 1\n\xff")
    _, [fault] = read("executive_orders", tmp_path)
    assert "no UTF-8" in fault.reason
    (tmp_path / "x.json").write_text("[1]")
    with pytest.raises(InvalidInput, match="no list of executive orders"):
        read("executive_orders", tmp_path / "x.json")
    with pytest.raises(InvalidInput, match="no disposition table"):
        read("executive_orders", tmp_path / "missing.csv")


def test_articles_of_a_folder_and_of_lines(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.md").write_text(
        '---\ntitle: Kestrel denies\noutlet: Post\ndate: "2026-03-03"\n---\n\nKestrel denied it.'
    )
    (folder / "b.txt").write_text(" ")
    read_article, empty = source_named("articles").items(str(folder))
    assert isinstance(read_article, FoundArticle)
    assert (read_article.article.title, read_article.article.published) == ("Kestrel denies", "2026-03-03")
    assert isinstance(empty, Unreadable)
    assert "no text" in empty.reason
    lines = tmp_path / "a.jsonl"
    good = {
        "headline": "Kestrel denies",
        "body": "Kestrel denied it.",
        "source": "Post",
        "url": "https://post.example/1",
    }
    bad = [{"headline": "x"}, good | {"date": "2026-02-30", "url": "https://post.example/2"}, good | {"body": "Other."}]
    lines.write_text("\n".join(json.dumps(each) for each in (good, *bad, good)))
    found, *faults = source_named("articles").items(str(lines))
    assert isinstance(found, FoundArticle)
    assert (found.article.outlet, found.article.text) == ("Post", "Kestrel denies\n\nKestrel denied it.")
    reasons = ["has no text", "2026-02-30", "stood before with other content"]
    assert [isinstance(f, Unreadable) and r in f.reason for r, f in zip(reasons, faults, strict=True)] == [True] * 3


def test_a_line_of_fifty_megabytes_fills_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("w") as file:
        file.write('{"text": "')
        for _ in range(50):
            file.write("x" * 1_000_000)
        file.write('"}\n{"text": "Kestrel denied it."}\n')
    long, found = source_named("articles").items(str(path))
    assert isinstance(long, Unreadable)
    assert "bytes" in long.reason and len(long.raw) < 1_000
    assert isinstance(found, FoundArticle)
