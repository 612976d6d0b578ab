"""Spotting actors by their aliases: whole words, the right case, and no guess where two could be meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolving.choosing import Entry
from kg.resolving.gazetteer import Gazetteer, packaged_gazetteer


def _entry(alias: str, actor: str, alias_kind: str = "name", kind: str = "company") -> Entry:
    return Entry(alias, alias_kind, actor, f"actor-{actor}", kind)


GAZETTEER = Gazetteer(
    [
        _entry("United States", "United States", kind="government"),
        _entry("US", "United States", "short", "government"),
        _entry("World Health Organization", "World Health Organization"),
        _entry("WHO", "World Health Organization", "short"),
        _entry("China", "China", kind="government"),
        _entry("Beijing", "China", "metonym", "government"),
        _entry("China Telecom", "China Telecom"),
        _entry("US Steel", "US Steel"),
        _entry("Alibaba", "Alibaba Group"),
        _entry("阿里巴巴", "Alibaba Group"),
        _entry("Xi Jinping", "Xi Jinping", kind="person"),
        _entry("Li Wei", "Li Wei", kind="person"),
        _entry("Li Qiang", "Li Qiang", kind="person"),
        _entry("Wang Li", "Wang Li", kind="person"),
        _entry("Chen Li", "Chen Li", kind="person"),
        _entry("Police", "Police (Thailand)", "short"),
        _entry("Police", "Police (Kenya)", "short"),
        _entry("Delta", "Delta"),
        _entry("Delta", "Delta Air Lines", "short"),
        _entry("Capital", "Peru", "metonym"),
        _entry("Capital", "Capital Bank", "short"),
    ]
)


def _spotted(text: str) -> list[tuple[str, str | None]]:
    return [(text[mention.start : mention.end], mention.name) for mention in GAZETTEER.spot(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The US said so.", [("US", "United States")]),
        ("They told us so.", []),
        ("USA, BUS, US_ and USB are not it.", []),
        ("(US) US-made, US's; US.", [("US", "United States")] * 4),
        ("WHO knows who said it?", [("WHO", "World Health Organization")]),
        ("Alibaba's cloud, Alibabas and Alibaba-owned", [("Alibaba", "Alibaba Group")] * 2),
        ("据阿里巴巴说", [("阿里巴巴", "Alibaba Group")]),
        ("Beijing said so.", [("Beijing", "China")]),
        ("He said in Beijing that it rained.", []),
        ("They flew to Beijing; Beijing denied it.", [("Beijing", "China")]),
        ("China Telecom fell.", [("China Telecom", "China Telecom")]),
        ("China telecoms fell.", [("China", "China")]),
        ("China Telecoms fell.", [("China", "China")]),
        ("US Steelworkers went home.", [("US", "United States")]),
        ("Police came.", []),
        ("Delta denied it.", [("Delta", "Delta")]),
        ("Capital denied it.", [("Capital", "Capital Bank")]),
        ("Jinping spoke.", []),
        ("Li Qiang met Xi Jinping. Xi left, Li stayed.",
         [("Li Qiang", "Li Qiang"), ("Xi Jinping", "Xi Jinping"), ("Xi", "Xi Jinping"), ("Li", "Li Qiang")]),
        ("Wang Li met Chen Li. Li left.", [("Wang Li", "Wang Li"), ("Chen Li", "Chen Li")]),
        ("", []),
    ],
)  # fmt: skip
def test_who_is_meant(text: str, found: list[tuple[str, str]]) -> None:
    assert _spotted(text) == found


def test_offsets_count_code_points() -> None:
    text = "😀é e\u0301 — Alibaba"
    [mention] = GAZETTEER.spot(text)
    assert text[mention.start : mention.end] == "Alibaba"


@given(
    st.lists(
        st.sampled_from(["US", "us", "Beijing", "in ", "Alibaba", "阿里巴巴", " ", ".", "'s", "😀", "Li Wei", "x"])
    )
)
def test_mentions_stand_in_order_where_they_say(parts: list[str]) -> None:
    text = "".join(parts)
    end = 0
    for mention in GAZETTEER.spot(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        alias = text[mention.start : mention.end]
        assert GAZETTEER.actor_of(alias) is not None or mention.alias_kind == "surname"


def test_an_empty_gazetteer_finds_nothing() -> None:
    assert list(Gazetteer([]).spot("Alibaba")) == []
    assert Gazetteer([]).actor_of("Alibaba") is None
    assert len(Gazetteer([_entry("x", "X")])) == 0  # one letter means nobody


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("FT", "Financial Times"),
        ("BABA", "Alibaba Group"),
        ("阿里巴巴", "Alibaba Group"),
        ("PLA", "People's Liberation Army"),
    ],
)
def test_the_seed_knows_its_actors_by_other_names(name: str, actor: str) -> None:
    found = packaged_gazetteer().actor_of(name)
    assert found is not None
    assert found.actor == actor
