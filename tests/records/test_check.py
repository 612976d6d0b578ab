"""Checking a record: each fault is named, with what was perhaps meant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records.check import check_record
from schema.errors import InvalidInput
from schema.fields import MAX_TEXT
from schema.records import RECORD_TYPES, DocumentRecord, record_adapter, record_json_schema
from tests.seed.seed_records import raw_records

ACTOR: dict[Any, Any] = {"type": "actor", "name": "A", "kind": "company"}
STATEMENT = {"type": "statement", "document": "d", "act": "deny", "speaker": "A", "about": ["c"], "quote": "no"}
EVENT = {"type": "event", "kind": "meeting", "title": "They meet", "at": "2025-10-30"}


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({}, "the record has no type. Known: actor, topic"),
        ({"type": "actr"}, "unknown record type 'actr'. Did you mean 'actor'?"),
        ({"type": "x" * 1_000_000}, "unknown record type 'xxx"),
        ({"type": ["actor"]}, "unknown record type"),
        ({"type": None}, "the record has no type"),
        ({**ACTOR, "nmae": "B"}, "unknown field 'nmae'; did you mean 'name'?"),
        ({**ACTOR, "zzz": 1}, "unknown field 'zzz'; known: id, key"),
        (
            {**ACTOR, "aliases": [{"name": "B", "lang": "en"}]},
            "unknown field 'aliases.0.lang'; did you mean 'language'?",
        ),
        ({**ACTOR, "kind": "compny"}, "kind: unknown actor_kind 'compny'. Did you mean 'company'?"),
        ({**STATEMENT, "act": "aledge"}, "Did you mean 'allege'?"),
        ({**STATEMENT, "manner": "flatt"}, "Did you mean 'flat'?"),
        ({**STATEMENT, "about": []}, "about: Tuple should have at least 1 item"),
        ({**STATEMENT, "confidence": float("nan")}, "confidence"),
        ({**STATEMENT, "start": -1}, "start: Input should be greater than or equal to 0"),
        ({**STATEMENT, "end": 3}, "end needs start"),
        ({**STATEMENT, "quote": None, "start": 3}, "start and end need the quote"),
        ({**EVENT, "at": "30 October"}, "at: '30 October' is no date. Write a date as EDTF"),
        ({**EVENT, "figures": {"percent": float("inf")}}, "figures.percent: Input should be a finite number"),
        ({**EVENT, "evidence": [{}]}, "evidence needs a document or a citation"),
        ({**EVENT, "evidence": [{"citation": "c", "quote": "q"}]}, "a quote needs its document"),
        ({**EVENT, "evidence": [{"document": "d", "start": 1}]}, "start and end need the quote"),
        ({**ACTOR, "name": ""}, "name: the name is empty"),
        ({**ACTOR, "name": "\u3000 "}, "name: the name is empty"),
        ({**ACTOR, "name": "a\x00b"}, "name: the name has a control character"),
        ({**ACTOR, "name": "\ud800"}, "name"),
        ({**ACTOR, "name": "x" * 10_000_000}, "name: String should have at most 1000 characters"),
        ({**ACTOR, "description": "a\x07b"}, "character U+0007 at offset 1 cannot stand in a text"),
        ({**ACTOR, "country": "China"}, "country"),
        ({**ACTOR, "recorded_at": "yesterday"}, "recorded_at: 'yesterday' is no date"),
        ({**ACTOR, "past": ["2025/2026"]}, "past.0"),
        ({**ACTOR, 5: 5}, "Keys should be strings"),
        ({"type": "document", "title": "t"}, "a document that was seen needs a text"),
        ({"type": "document", "title": "t", "seen": False, "text": "x"}, "a document that was not seen has no text"),
        ({"type": "document", "title": "t", "text": "a\x00"}, "character U+0000 at offset 1"),
        ({"type": "document", "title": "t", "text": "x" * (MAX_TEXT + 1)}, "text: String should have at most"),
        ({"type": "document", "title": "t", "text": "x", "url": "javascript:alert(1)"}, "url"),
        ({"type": "document", "title": "t", "text": "x", "url": "http://a\x1fb"}, "url"),
        (
            {"type": "relationship", "relation": "MADE", "source": "a", "target": "b"},
            "MADE comes with the record of one of its ends; a relationship record has one of: ",
        ),
        ({"type": "relationship", "relation": "PARTOF", "source": "a", "target": "b"}, "Did you mean 'PART_OF'?"),
    ],
)
def test_a_fault_is_named(record: dict[Any, Any], reason: str) -> None:
    with pytest.raises(InvalidInput) as error:
        check_record(record, "file:7")
    assert error.value.where == "file:7"
    assert reason in f"{error.value.what}. {error.value.remedy}"
    assert len(str(error.value)) < 2_000


def test_every_fault_of_a_record_is_named() -> None:
    with pytest.raises(InvalidInput) as error:
        check_record({"type": "actor", "kind": "compny", "country": "cn", "colour": "red"}, "here")
    for part in ("name: Field required", "kind: unknown actor_kind", "country: ", "unknown field 'colour'"):
        assert part in error.value.what


def test_a_record_nested_without_end_is_refused() -> None:
    value: Any = {}
    for _ in range(100_000):
        value = {"a": value}
    with pytest.raises(InvalidInput):
        check_record({**ACTOR, "description": value}, "here")


# ---- the text in a file beside the record ----------------------------------------------------------------------------


def _document(name: str) -> dict[str, Any]:
    return {"type": "document", "title": "t", "text_file": name}


def test_the_text_comes_from_the_file_beside_the_record(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: t\n---\nThe text.\n", "utf-8")
    record = check_record(_document("a.md"), "here", tmp_path)
    assert isinstance(record, DocumentRecord)
    assert record.text == "t\n\nThe text."
    assert record.text_file is None


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../a.md", "lies outside the record's folder"),
        ("/etc/passwd", "lies outside the record's folder"),
        ("link.md", "lies outside the record's folder"),
        ("missing.md", "cannot be read: No such file"),
        ("folder", "cannot be read: Is a directory"),
        ("a\x00.md", "zero byte"),
        ("x" * 400, "cannot be read"),
        ("empty.md", "the article has no text"),
        ("latin.txt", "is no UTF-8"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    folder = tmp_path / "records"
    (folder / "folder").mkdir(parents=True)
    (tmp_path / "a.md").write_text("outside", "utf-8")
    (folder / "link.md").symlink_to(tmp_path / "a.md")
    (folder / "empty.md").touch()
    (folder / "latin.txt").write_bytes("Zürich meldet".encode("latin-1"))
    with pytest.raises(InvalidInput, match=reason):
        check_record(_document(name), "here", folder)


def test_a_record_from_a_request_names_no_file() -> None:
    with pytest.raises(InvalidInput, match="only records read from a folder"):
        check_record(_document("a.md"), "request#1")


# ---- the format as JSON Schema ---------------------------------------------------------------------------------------


def test_the_json_schema_is_one_and_takes_every_seed_record() -> None:
    schema = json.loads(json.dumps(record_json_schema()))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    faults = [f"{where}: {error.message}" for where, raw in raw_records() for error in validator.iter_errors(raw)]
    assert faults == []


@pytest.mark.parametrize(
    "record",
    [
        {**ACTOR, "nmae": "B"},
        {**ACTOR, "aliases": [5]},
        {**ACTOR, "kind": "compny"},
        {**STATEMENT, "act": "aledge"},
        {**EVENT, "cameo": "x"},
        {},
    ],
)
def test_the_json_schema_refuses_what_the_models_refuse(record: dict[str, Any]) -> None:
    assert not jsonschema.Draft202012Validator(record_json_schema()).is_valid(record)


def test_every_type_of_record_has_a_name_in_the_schema() -> None:
    mapping = record_json_schema()["discriminator"]["mapping"]
    assert set(mapping) == set(RECORD_TYPES)


# ---- round trip ------------------------------------------------------------------------------------------------------

_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
_NAME = _TEXT.filter(lambda text: bool(text.strip()) and bool(text.split()))
_EDTF = st.sampled_from(["2025", "2025-11", "2025-11-14", "2025-11~", "2022-10/..", "2025-11-14T09:30:00Z"])


@given(
    name=_NAME, aliases=st.lists(_NAME, max_size=3), identifiers=st.dictionaries(st.sampled_from(["lei", "cik"]), _NAME)
)
def test_an_actor_comes_back_as_it_was(name: str, aliases: list[str], identifiers: dict[str, str]) -> None:
    record = check_record({**ACTOR, "name": name, "aliases": aliases, "identifiers": identifiers}, "here")
    assert record_adapter.validate_json(record.model_dump_json()) == record
    assert check_record(record.model_dump(mode="json"), "here") == record


@given(
    text=_TEXT, start=st.integers(0, 10**6), at=_EDTF, spans=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)))
)
def test_a_statement_comes_back_as_it_was(text: str, start: int, at: str, spans: list[tuple[int, int]]) -> None:
    value = {**STATEMENT, "quote": text, "start": start, "asserted_at": at, "spans": spans}
    record = check_record(value, "here")
    assert record_adapter.validate_json(record.model_dump_json()) == record
