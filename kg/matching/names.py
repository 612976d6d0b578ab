"""A name made ready to be compared: romanised, cut into words, its parts told apart. Pure.

A name is prepared once and compared often. Chinese is folded to simplified characters by OpenCC; every script is
romanised by anyascii, so that words in two scripts can be compared at all. What a word sounds like is kept as a
skeleton of its consonants, since vowels and doubled letters are what romanisations of a name differ in most.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from anyascii import anyascii
from opencc import OpenCC

from kg.matching.lexicon import (
    HAN_FORMS,
    PARTICLES,
    SAME,
    STOP,
    countries_in,
    forms_by_first_word,
    rarity,
)

LONGEST: Final = 300
"""Characters of a name that count; what a longer one has behind them is passed over."""

_MOST_WORDS: Final = 24
_WORD: Final = re.compile(r"[a-z0-9]+")
_BRACKETS: Final = re.compile(r"[(\[（【]([^)\]）】]*)[)\]）】]")
_POINTED: Final = re.compile(r"\b(?:[a-z]\.\s?){2,}(?![a-z]{2})|\b[a-z]/[a-z]\b")
_APOSTROPHE: Final = re.compile(r"['`´’‘ʼʻ]")
_HAN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
SPACELESS: Final = re.compile("([\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+)")
"""A run of Han, Kana or Hangul, in which words have no spaces between them."""
_ASCII_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A name ready to be compared.

    Attributes:
        raw: as written.
        key: folded for sameness: NFKC, lower case, simplified Chinese, without invisible characters.
        words: romanised, in the order of the name, without forms, stop words, particles and what stands in brackets.
        skeletons: of each word, its consonants as they sound.
        weights: of each word, how rare it is among names, 0.1 to 1.
        family: how many of the words stand before a comma; 0 where the name has none.
        forms: kinds of legal form that the name has.
        numbers: words that are numbers.
        brackets: words in brackets: "Thailand" in "Police (Thailand)".
        countries: countries that the name speaks of, in brackets or not, as ISO 3166-1 alpha-2.
        joined: the words without spaces.
        ordered: the words without spaces, in the order of the alphabet.
        sound: the skeletons without spaces, in the order of the alphabet.
        acronym: first letters of all words but those in brackets and legal forms.
        full_acronym: the same with the legal forms' and stop words' letters.
    """

    raw: str
    key: str
    words: tuple[str, ...]
    skeletons: tuple[str, ...]
    weights: tuple[float, ...]
    weight: float
    family: int
    forms: frozenset[str]
    numbers: frozenset[str]
    brackets: frozenset[str]
    countries: frozenset[str]
    joined: str
    ordered: str
    sound: str
    acronym: str
    full_acronym: str


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def fold(name: str) -> str:
    """Fold a name for sameness: NFKC, lower case, simplified Chinese, without what cannot be seen."""
    text = name[:LONGEST]
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        if _HAN.search(text):
            text = _to_simplified().convert(text)
        text = "".join(
            " " if (c := unicodedata.category(each)) == "Cc" else "" if c in _UNSEEN else each for each in text
        )
    return _ASCII_SPACE.sub(" ", text).strip().casefold()


_UNSEEN: Final = ("Cf", "Cs", "Co", "Cn")


def romanise(folded: str) -> str:
    """A folded name in the letters a to z, digits and points."""
    if folded.isascii():
        return folded
    return anyascii(_SYMBOLS.sub(" ", folded)).lower()


_SYMBOLS: Final = re.compile("[\u2190-\u2bff\ufe00-\ufe0f\U0001f000-\U0001faff]+")
"""Arrows, signs and emoji, which would be spelled out."""


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """How a romanised word sounds, without its vowels: "muhammad" and "mohamed" are both "mhmd".

    A first vowel stays as "a"; what romanisations of one letter differ in is made alike: kh and h, q and k, j and dj,
    sh, ch and sch, v and w, and doubled letters.
    """
    if word.isdigit():
        return word
    text = _DOUBLED.sub(r"\1", _SOUNDS.sub(lambda match: _SOUND[match[0]], word))
    first = "a" if text[:1] in _VOWELS else text[:1]
    return first + text[1:].translate(_NO_VOWELS)


_SOUND: Final = {
    "tsch": "c", "tch": "c", "sch": "s", "sh": "s", "ch": "s", "kh": "h", "gh": "g", "dh": "d", "th": "t", "ph": "f",
    "ts": "s", "tz": "s", "zh": "j", "dj": "j", "dzh": "j", "dz": "s", "ck": "k", "q": "k", "x": "ks", "w": "v",
    "z": "s", "ce": "se", "ci": "si", "c": "k", "g": "g",
}  # fmt: skip
_SOUNDS: Final = re.compile("|".join(sorted(_SOUND, key=len, reverse=True)))
_DOUBLED: Final = re.compile(r"(.)\1+")
_VOWELS: Final = frozenset("aeiouy")
_NO_VOWELS: Final = str.maketrans("", "", "aeiouy")


def romanised_word(folded: str) -> str:
    """One folded word in the letters a to z and digits, without what stands between them; "" where nothing is left."""
    return "".join(_WORD.findall(romanise(folded)))


@dataclass(frozen=True, slots=True)
class Cut:
    """A name folded, and cut into all of its romanised words."""

    key: str
    words: tuple[str, ...]
    skeletons: tuple[str, ...]


def cut(name: str) -> Cut:
    """Fold a name and cut it into all of its romanised words, 24 at most; legal forms and stop words stay."""
    key = fold(name)
    words = tuple(_cut(romanise(_spaced(key)))[:_MOST_WORDS])
    return Cut(key, words, tuple(map(skeleton, words)))


def prepare(name: str) -> Prepared:
    """Make a name ready to be compared; any text may be given, an empty name has no words."""
    key = fold(name)
    text = romanise(_spaced(key))
    bracketed = _BRACKETS.findall(text)
    if bracketed:
        bare = _BRACKETS.sub(" ", text)
        text = bare if _WORD.search(bare) else text.replace("(", " ").replace(")", " ")
    head, comma, tail = text.partition(",")
    first = _cut(head)
    every = [*first, *_cut(tail)] if comma else first
    inside = [word for part in bracketed for word in _cut(part)]
    kept, forms = _without_forms(every)
    words = [word for word in kept if word not in STOP and word not in PARTICLES] or kept
    words = words[:_MOST_WORDS]
    before = sum(1 for word in first if word in words) if comma and tail.strip() else 0
    skeletons = tuple(map(skeleton, words))
    weights = tuple(map(rarity, words))
    return Prepared(
        raw=name,
        key=key,
        words=tuple(words),
        skeletons=skeletons,
        weights=weights,
        weight=sum(weights),
        family=before if 0 < before < len(words) else 0,
        forms=frozenset(forms),
        numbers=frozenset(word.lstrip("0") for word in words if word.isdigit()),
        brackets=frozenset(inside),
        countries=countries_in([*every, *inside]),
        joined="".join(words),
        ordered="".join(sorted(words)),
        sound="".join(sorted(skeletons)),
        acronym="".join(word[0] for word in words),
        full_acronym="".join(word[0] for word in every),
    )


def _spaced(key: str) -> str:
    """A space around each run of a script that has none and around the legal forms in it, which become Latin ones."""
    if key.isascii():
        return key
    for written, form in HAN_FORMS.items():
        key = key.replace(written, f" {form} ")
    return SPACELESS.sub(r" \1 ", key)


def _cut(text: str) -> list[str]:
    """The words of a romanised text; letters with points between them are one word, and writings of a word are one."""
    text = _APOSTROPHE.sub("", text)
    text = _POINTED.sub(lambda match: re.sub(r"[^a-z]", "", match[0]) + " ", text)
    text = text.replace("&", " and ").replace("+", " and ")
    return [SAME.get(word, word) for word in _WORD.findall(text)]


def _without_forms(words: list[str]) -> tuple[list[str], set[str]]:
    """The words without the legal forms among them, and which forms those are; a name of forms alone stays whole."""
    starts = forms_by_first_word()
    kept: list[str] = []
    forms: set[str] = set()
    place = 0
    while place < len(words):
        for sequence, kind in starts.get(words[place], ()):
            if tuple(words[place : place + len(sequence)]) == sequence:
                forms.add(kind)
                place += len(sequence)
                break
        else:
            kept.append(words[place])
            place += 1
    return (kept, forms) if kept else (words, set())
