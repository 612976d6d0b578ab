"""Reading files of records: what can be read is read, and what cannot says where and why."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records import files
from kg.records.files import Item, Unreadable, find_files, read_json_lines, read_record_file, read_records
from schema.errors import InvalidInput

_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3),
    max_leaves=8,
)


def _read(data: bytes, form: str) -> list[Item | Unreadable]:
    return list(read_records(data, form, "here"))


def _values(found: list[Item | Unreadable]) -> list[Any]:
    return [item.value for item in found if isinstance(item, Item)]


def _reasons(found: list[Item | Unreadable]) -> list[tuple[str, str]]:
    return [(item.where, item.reason) for item in found if isinstance(item, Unreadable)]


@given(st.lists(st.dictionaries(st.text("abc", max_size=3), _PLAIN, max_size=3), max_size=4))
def test_json_and_json_lines_give_the_same(records: list[dict[str, Any]]) -> None:
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()
    assert _values(_read(json.dumps(records).encode(), "json")) == _values(_read(lines, "jsonl")) == records


def test_items_say_where_they_stand() -> None:
    assert [item.where for item in _read(b"- {a: 1}\n\n- {b: 2}\n", "yaml")] == ["here:1", "here:3"]
    assert [item.where for item in _read(b'[{"a": 1}, {"b": 2}]', "json")] == ["here#1", "here#2"]
    assert [item.where for item in _read(b'{"a": 1}\n\n{"b": 2}\n', "jsonl")] == ["here:1", "here:3"]


def test_a_date_in_yaml_stays_as_it_is_written() -> None:
    assert _values(_read(b"at: 2025-11-14\nnumber: 2022-21658\n", "yaml")) == [
        {"at": "2025-11-14", "number": "2022-21658"}
    ]


@pytest.mark.parametrize("form", ["json", "jsonl", "yaml"])
def test_a_byte_order_mark_is_passed_over(form: str) -> None:
    assert _values(_read(b'\xef\xbb\xbf{"type": "actor"}', form)) == [{"type": "actor"}]


@pytest.mark.parametrize(
    ("form", "data", "where", "reason"),
    [
        ("json", b"{", "here", "it is no JSON"),
        ("json", b"\xff\xfe{}", "here", "byte 0 is no UTF-8; save the file as UTF-8"),
        ("json", b'{"a": 1, "a": 2}', "here", "the field 'a' stands twice"),
        ("json", b'{"a": NaN}', "here", "NaN is no number"),
        ("json", b'{"a": ' + b"1" * 5_000 + b"}", "here", "it is no JSON"),
        ("json", b"[" * 100_000, "here", "it is no JSON"),
        ("json", b'["a"]', "here#1", "a record is an object with named fields"),
        ("jsonl", b'{"a": 1, "b": {"c": 1, "c": 2}}', "here:1", "the field 'c' stands twice"),
        ("jsonl", b'{"a": -Infinity}', "here:1", "-Infinity is no number"),
        ("jsonl", b'{"a": ' + b"1" * 5_000 + b"}", "here:1", "the line is no JSON"),
        ("jsonl", b'{"a":' * 100_000, "here:1", "the line is no JSON"),
        ("jsonl", b"17", "here:1", "a record is an object with named fields"),
        ("yaml", b"a: [", "here:1", "it is no YAML"),
        ("yaml", b"a: 1\n---\nb: 2\n", "here:2", "found another document"),
        ("yaml", b"- a: 1\n  b: 2\n  a: 3\n", "here:3", "the field 'a' stands twice"),
        ("yaml", b"- a: 1\n- just words\n", "here:2", "a record is an object with named fields"),
        ("yaml", b"- !!python/object:os.system {}\n", "here:1", "could not determine a constructor"),
        ("yaml", b"a: \xff", "here", "byte 3 is no UTF-8"),
        ("yaml", b'a: "\x00"', "here", "special characters are not allowed"),
        ("yaml", b"a: &x [1]\nb: *x\n", "here:2", "aliases (*name) are not taken"),
        ("yaml", b"- &a [x, x]\n- &b [*a, *a]\n- &c [*b, *b]\n", "here:2", "aliases (*name) are not taken"),
        ("yaml", b"[" * 5_000, "here", "it is no YAML"),
    ],
)
def test_what_cannot_be_read_says_where_and_why(form: str, data: bytes, where: str, reason: str) -> None:
    [(at, why)] = _reasons(_read(data, form))
    assert at == where
    assert reason in why


def test_a_broken_line_in_the_middle_does_not_stop_the_rest() -> None:
    found = _read(b'{"a": 1}\n{"b": \n\xff\n{"c": 3}\n', "jsonl")
    assert _values(found) == [{"a": 1}, {"c": 3}]
    assert [where for where, _ in _reasons(found)] == ["here:2", "here:3"]


def test_a_broken_item_in_yaml_does_not_stop_the_rest() -> None:
    found = _read(b"- {a: 1}\n- {b: !secret x}\n- {c: 3}\n", "yaml")
    assert _values(found) == [{"a": 1}, {"c": 3}]
    assert [where for where, _ in _reasons(found)] == ["here:2"]


def test_a_broken_line_is_kept_whole_so_that_it_can_be_mended() -> None:
    broken = '{"type": "actor", "name": "' + "x" * 1_000
    [found] = _read(broken.encode(), "jsonl")
    assert isinstance(found, Unreadable)
    assert found.raw == broken


def test_a_huge_line_is_passed_over_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_LINE", 1_000)
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b'{"a": 1}\n{"b": "' + b"x" * 10_000 + b'"}\n{"c": 3}\n{"d": "' + b"x" * 10_000)
    found = list(read_record_file(path))
    assert _values(found) == [{"a": 1}, {"c": 3}]
    assert _reasons(found) == [(f"{path}:{line}", "the line has more than 1,000 bytes") for line in (2, 4)]


def test_a_line_of_a_reject_file_is_its_record(tmp_path: Path) -> None:
    line = json.dumps({"where": "a:1", "reason": "r", "record": {"type": "actor"}, "folder": str(tmp_path)}).encode()
    [with_folder] = read_json_lines([line], "here", Path("/elsewhere"))
    assert isinstance(with_folder, Item)
    assert (with_folder.value, with_folder.folder) == ({"type": "actor"}, tmp_path)
    [from_request] = read_json_lines([line], "here", None)
    assert isinstance(from_request, Item)
    assert from_request.folder is None  # what comes over the network names no file


def test_a_record_that_has_such_fields_by_itself_stays_as_it_is() -> None:
    [found] = read_json_lines([b'{"where": 1, "reason": 2, "record": 3, "type": "actor"}'], "here")
    assert isinstance(found, Item)
    assert found.value["type"] == "actor"


# ---- finding ---------------------------------------------------------------------------------------------------------


def test_a_folder_stands_for_its_files_in_order(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.md", "c/d.JSONL", "notes.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [str(path.relative_to(tmp_path)) for path in find_files([tmp_path])] == ["a.md", "b.yaml", "c/d.JSONL"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.yaml", "there is no such file"),
        ("x" * 300 + ".yaml", "there is no such file"),
        ("letter.docx", "files ending in '.docx' cannot be read"),
        ("README", "files ending in 'nothing' cannot be read"),
        ("empty", "the folder holds no file that can be read"),
    ],
)
def test_a_path_that_cannot_be_read_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "letter.docx").touch()
    (tmp_path / "README").touch()
    (tmp_path / "empty").mkdir()
    with pytest.raises(InvalidInput, match=reason) as error:
        find_files([tmp_path / name])
    assert error.value.where == str(tmp_path / name)


@pytest.mark.parametrize("name", ["a.yaml", "a.jsonl"])
def test_a_file_that_goes_away_is_told_of(tmp_path: Path, name: str) -> None:
    assert _reasons(list(read_record_file(tmp_path / name))) == [
        (str(tmp_path / name), f"it cannot be read: {os.strerror(2)}")
    ]
