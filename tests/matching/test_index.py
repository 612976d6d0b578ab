"""The index of names: what it finds, and that several processes can use one folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.matching.index import IndexBusy, IndexedName, NameIndex

NAMES = ("Alibaba Group", "White House", "阿里巴巴", "Владимир Путин", "Brookings Institution", "AT&T")


def _name(name: str, kind: str = "company", country: str = "CN") -> IndexedName:
    return IndexedName(f"alias-{name}", name, "name", f"actor-{name}", name, kind, country, (f"x:{name}",))


def _filled(index: NameIndex, turn: int = 1) -> NameIndex:
    with index.rebuilding() as making:
        making.add([_name(name) for name in NAMES])
        making.commit("g", turn)
    return index


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("alibba", "Alibaba Group"),
        ("alib", "Alibaba Group"),
        ("whit house", "White House"),
        ("巴巴", "阿里巴巴"),
        ("путн", "Владимир Путин"),
        ("vladimir putin", "Владимир Путин"),
        ("brooking", "Brookings Institution"),
        ("at&t", "AT&T"),
    ],
)
def test_finds_what_is_typed(typed: str, name: str) -> None:
    assert name in [found.name for found in _filled(NameIndex(None)).similar(typed, begun=True)]


def test_odd_names_find_nothing_and_break_nothing() -> None:
    index = _filled(NameIndex(None))
    for typed in ("", " ", "🙂", "\u200f", "\u0301", "\x00", "a" * 10_000, 'name:"x" OR *', "(" * 500):
        assert len(index.similar(typed, begun=True)) <= len(NAMES)
        assert index.exact(typed) == []


def test_narrowed_by_kind_country_and_identifier() -> None:
    index = _filled(NameIndex(None))
    assert index.similar("alibaba", kind="person") == index.similar("alibaba", country="US") == []
    assert [found.name for found in index.identified(["x:White House", "y:1"])] == ["White House"]


def test_processes_share_a_folder_and_one_writes_at_a_time(tmp_path: Path) -> None:
    one, other = NameIndex(tmp_path / "names"), NameIndex(tmp_path / "names")
    assert one.state is None
    _filled(one, 3)
    assert other.state is None
    other.reload()
    assert other.state == ("g", 3) and len(other) == len(NAMES)
    with one.rebuilding():
        with pytest.raises(IndexBusy):
            other.update("g", 4, [_name("Baidu")])
        assert other.similar("white house")
    one.reload()
    assert one.state == ("g", 3) and len(one) == len(NAMES), "what was not committed is not seen"
    other.update("g", 4, [IndexedName("alias-2", "Alibaba Holding", "name", "actor-Alibaba Group", "", "company", "")])
    one.reload()
    assert one.state == ("g", 4)
    assert {found.name for found in one.similar("alibaba")} == {"Alibaba Holding", "阿里巴巴"}


def test_a_broken_folder_is_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "names"
    _filled(NameIndex(folder))
    (folder / "meta.json").write_text("{")
    assert NameIndex(folder).state is None
