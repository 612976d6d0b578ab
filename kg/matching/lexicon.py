"""Words of names: what they are in law, what joins them, how rare they are; data of ``kg/matching``, loaded once."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml


@cache
def _words() -> Any:
    text = resources.files("kg.matching").joinpath("words.yaml").read_text("utf-8")
    return yaml.load(text, Loader=yaml.BaseLoader)  # every scalar stays text, "on" and "no" too


STOP: Final = frozenset(_words()["stop"])
"""Words that join others."""

PARTICLES: Final = frozenset(_words()["particles"])
"""Parts of personal names that are written or left out."""

HAN_FORMS: Final = dict(_words()["han_forms"])
"""Legal forms in Chinese to the Latin ones that they answer to; the longest first."""

SAME: Final = {writing: word for word, writings in _words()["same"].items() for writing in writings}
"""Writing of a word to the word."""


@cache
def forms_by_first_word() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Legal forms, as sequences of words with the kind of form, by their first word; the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for kind, writings in _words()["forms"].items():
        for writing in writings:
            sequence = tuple(SAME.get(word, word) for word in writing.split())
            found[sequence[0]].append((sequence, kind))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in found.items()}


@cache
def _countries() -> tuple[dict[str, str], int]:
    text = resources.files("kg.matching").joinpath("countries.yaml").read_text("utf-8")
    table = yaml.load(text, Loader=yaml.BaseLoader)
    found = {name: code for code, names in table.items() for name in names}
    return found, max(name.count(" ") + 1 for name in found)


def countries_in(words: list[str]) -> frozenset[str]:
    """The countries that words of a name speak of, as ISO 3166-1 alpha-2; the longest name at a place counts."""
    names, longest = _countries()
    found = set()
    place = 0
    while place < len(words):
        for length in range(min(longest, len(words) - place), 0, -1):
            code = names.get(words[place] if length == 1 else " ".join(words[place : place + length]))
            if code is not None:
                found.add(code)
                place += length
                break
        else:
            place += 1
    return frozenset(found)


@cache
def _rarity() -> dict[str, float]:
    path = resources.files("kg.matching").joinpath("rarity.json")
    found: dict[str, float] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found


def rarity(word: str) -> float:
    """How rare a word is among names, 0.1 to 1; a word that is not listed is as rare as can be."""
    return _rarity().get(word, 0.6 if len(word) == 1 else 1.0)


def forget() -> None:
    """Read the data anew when it is next asked for: what fits it has written it."""
    _rarity.cache_clear()
