"""What all sources read with: lines, tables and long JSON arrays, whole and broken."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records.files import Item, Unreadable
from kg.sources import json_arrays
from kg.sources.country_codes import country_named, country_of_alpha2, country_of_alpha3
from kg.sources.json_arrays import array_items
from kg.sources.lines import byte_lines, json_lines
from kg.sources.records import in_small_letters, key_of, turned
from kg.sources.tables import Row, read_table
from schema.errors import InvalidInput

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(st.lists(_VALUES, max_size=6), st.dictionaries(st.text(max_size=4), _VALUES, max_size=3), st.integers(1, 9))
def test_the_elements_of_an_array_are_those_that_json_finds(
    tmp_path_factory: pytest.TempPathFactory, values: list[Any], more: dict[str, Any], chunk: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "array.json"
    whole = {**{f"_{name}": value for name, value in more.items()}, "objects": values, "end": 1}
    path.write_text(json.dumps(whole, indent=chunk % 3 or None, ensure_ascii=bool(chunk % 2)), "utf-8")
    head: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_arrays, "_CHUNK", chunk)
        found = list(array_items(path, "objects", head))
        assert [each[1] for each in found if isinstance(each, tuple)] == values
        assert head == {name: value for name, value in whole.items() if name != "objects"}
        path.write_text(json.dumps(values), "utf-8")
        assert [each[1] for each in array_items(path, "objects") if isinstance(each, tuple)] == values


def test_an_array_that_breaks_is_told_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for text, line in (('[\n1,\n2,\n"x', 4), ("[1, 2] 3", 1), ("[1,\n2\n3]", 3), ('{"objects": [NaN]}', 1), ("", 1)):
        path.write_text(text, "utf-8")
        *_, last = array_items(path, "objects")
        assert isinstance(last, Unreadable)
        assert last.where == f"{path}:{line}", text
    path.write_bytes(b'\xef\xbb\xbf{"objects": ["\xff"]}')
    [fault] = array_items(path, "objects")
    assert isinstance(fault, Unreadable)
    assert "no UTF-8" in fault.reason


def test_the_rows_of_a_table_are_checked_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'\xef\xbb\xbfid,label\r\n1,"a\nb" \r\n2\n3,c,d\n4,\xff\n5,"x"y\n\n6, z \n7,"cut')
    found = list(read_table(path, ["label"]))
    assert [row.cells for row in found if isinstance(row, Row)] == [{"id": "6", "label": "z"}]
    assert [int(each.where.rpartition(":")[2]) for each in found] == [2, 4, 5, 6, 7, 9, 10]
    path.write_bytes(b'1\t"a"\tb\n1\t2\t3\t4\n')
    first, second = read_table(path, ["x"], header=("x", "y", "z"), delimiter="\t", quoted=False)
    assert isinstance(first, Row)
    assert first.cells == {"x": "1", "y": '"a"', "z": "b"}
    assert isinstance(second, Unreadable)
    assert second.reason == "the row has 4 columns, the table 3"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,lable\n", "lacks the column label; it has: id, lable. Did you mean 'lable'"),
        ("", "the file is empty"),
        ("id,label,id\n", "two columns are named 'id'"),
    ],
)
def test_a_table_with_other_columns_is_refused(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(InvalidInput, match=said):
        list(read_table(path, ["id", "label"]))


def test_lines_of_a_packed_file_that_is_cut_are_read_as_far_as_they_go(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    packed = gzip.compress(b"".join(b'{"a": %d}\n' % number for number in range(20_000)))
    path.write_bytes(packed[: len(packed) // 2])
    *lines, last = json_lines(path)
    assert all(isinstance(line, Item) and line.value == {"a": number} for number, line in enumerate(lines))
    assert isinstance(last, Unreadable)
    assert last.where == f"{path}:{len(lines) + 1}"
    path.write_bytes(packed)
    assert sum(isinstance(line, bytes) for line in byte_lines(path)) == 20_000
    with pytest.raises(InvalidInput, match="no such file"):
        list(byte_lines(tmp_path / "missing"))
    with pytest.raises(InvalidInput, match="cannot be read"):
        list(byte_lines(tmp_path))


def test_countries_are_found_by_codes_and_by_the_names_that_lists_write() -> None:
    for name in ("Korea, North", "DEMOCRATIC PEOPLE'S REPUBLIC OF KOREA", "North Korea"):
        found = country_named(name)
        assert found is not None
        assert found is country_of_alpha2("kp")
        assert found is country_of_alpha3("PRK")
    assert [country_named(name) for name in ("Atlantis", "", "undetermined")] == [None] * 3


def test_names_are_said_in_their_order_and_keys_keep_apart() -> None:
    assert turned("BIN LADIN, Usama") == "Usama Bin Ladin"
    assert turned("O'BRIEN-SMITH, Ann") == "Ann O'brien-Smith"
    assert turned("AEROCARIBBEAN AIRLINES") == "AEROCARIBBEAN AIRLINES"
    assert in_small_letters("USAMA AL-ZAWAHIRI") == "Usama Al-Zawahiri"
    assert key_of("ftm", "NK-1") == "ftm-nk-1"
    assert key_of("ftm", "a b") != key_of("ftm", "a/b")
    assert len(key_of("ftm", "x" * 500)) <= 120
