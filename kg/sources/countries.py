"""The countries of the world and their names: the JSON file of the project world-countries (mledoze/countries).

A country is the actor that speaks for it, as in the seed: its government. Its capital is a metonym, what its people are
called a demonym; both need context before they may stand for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml
from opencc import OpenCC

from kg.records.files import Item, Unreadable
from kg.sources.country_codes import country_of_alpha2
from kg.sources.json_arrays import array_items
from kg.sources.records import RecordMapping, alias, aliases, item
from schema.errors import InvalidInput

_SOURCE: Final = "world-countries"
_PHONETIC: Final = re.compile("[\u0250-\u02af\u02c8\u02cc]")
_TRADITIONAL: Final = ("HK", "MO", "TW")
_NEEDED: Final = ("cca2", "cca3", "name")


class CountriesSource:
    """Reads ``countries.json``."""

    name = "countries"
    reads = "Countries with their names, capitals and demonyms: countries.json of world-countries (mledoze/countries)."

    def items(self, place: str) -> Iterator[Item | Unreadable]:
        """One actor for each country."""
        read = 0
        for element in array_items(place, "countries"):
            if isinstance(element, Unreadable):
                yield element
                continue
            where, country = element
            missing = [field for field in _NEEDED if not (isinstance(country, dict) and country.get(field))]
            if missing and read == 0:
                raise InvalidInput(
                    f"the file is no list of countries: its first element lacks {', '.join(missing)}",
                    where,
                    "Name countries.json of the project world-countries",
                )
            read += 1
            try:
                yield item(where, _actor(country))
            except (AttributeError, KeyError, TypeError, IndexError) as error:
                yield Unreadable(where, f"the country is not built as the others are: {error!r}", str(country)[:500])


def _actor(country: dict[str, Any]) -> RecordMapping:
    alpha2, alpha3, names = country["cca2"], country["cca3"], country["name"]
    known = country_of_alpha2(alpha2)
    name = known.name if known else names["common"]
    capitals = country.get("capital") or []
    english = _english_demonyms(country)
    found = [
        alias(names["official"], "official", language="en", source=_SOURCE),
        alias(names["common"], language="en" if names["common"].isascii() else None, source=_SOURCE),
        *_native(names.get("native") or {}, alpha2),
        *(alias(f"{demonym} government", language="en", source=_SOURCE) for demonym in english if capitals),
        alias(f"Government of {name}", language="en", source=_SOURCE) if capitals else None,
        *_spellings(country),
        *(alias(city, "metonym", language="en" if city.isascii() else None, source=_SOURCE) for city in capitals),
        *_demonyms(country),
    ]
    return {
        "type": "actor",
        "name": name,
        "kind": "government" if capitals else "other",
        "country": alpha2,
        "aliases": aliases(name, found),
        "identifiers": {
            "iso_alpha2": alpha2,
            "iso_alpha3": alpha3,
            **({"iso_numeric": country["ccn3"]} if country.get("ccn3") else {}),
        },
    }


def _native(native: dict[str, dict[str, str]], alpha2: str) -> Iterator[RecordMapping | None]:
    for code, each in native.items():
        for kind, field in (("official", "official"), ("name", "common")):
            yield alias(each[field], kind, language=_language(code, each[field], alpha2), source=_SOURCE)


def _spellings(country: dict[str, Any]) -> Iterator[RecordMapping | None]:
    """Other spellings, without the codes, which are words of many languages, and without phonetic script."""
    codes = {country["cca2"], country["cca3"]}
    for spelling in country.get("altSpellings") or []:
        if spelling in codes or _PHONETIC.search(spelling):
            continue
        short = len(spelling) <= 4 and spelling.isupper()
        yield alias(spelling, "short" if short else "name", source=_SOURCE)


def _demonyms(country: dict[str, Any]) -> Iterator[RecordMapping | None]:
    for code, forms in (country.get("demonyms") or {}).items():
        for demonym in dict.fromkeys(forms.values()):
            yield alias(demonym, "demonym", language=_languages().get(code, code), source=_SOURCE)


def _english_demonyms(country: dict[str, Any]) -> list[str]:
    forms = (country.get("demonyms") or {}).get("eng") or {}
    return [demonym for demonym in dict.fromkeys(forms.values()) if demonym]


@cache
def _languages() -> dict[str, str]:
    text = resources.files("kg.sources").joinpath("countries.yaml").read_text("utf-8")
    languages: dict[str, str] = yaml.safe_load(text)["languages"]
    return languages


@cache
def _converters() -> tuple[OpenCC, OpenCC]:
    return OpenCC("s2t"), OpenCC("t2s")


def _language(code: str, name: str, alpha2: str) -> str:
    """The language's tag; of a Chinese name with the kind of characters, by the country where they do not tell."""
    language = _languages().get(code, code)
    if language != "zh":
        return language
    to_traditional, to_simplified = _converters()
    if to_simplified.convert(name) != name:
        return "zh-Hant"
    simplified = to_traditional.convert(name) != name or alpha2 not in _TRADITIONAL
    return "zh-Hans" if simplified else "zh-Hant"
