"""Countries by their codes and English names: ISO 3166-1 alpha-2 is what records hold."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import yaml

_DROPPED: Final = str.maketrans(dict.fromkeys(".,'’()-", " "))


@dataclass(frozen=True, slots=True)
class CountryCode:
    """A country: its ISO 3166-1 codes and the English name in common use, which is its actor's canonical name."""

    alpha2: str
    alpha3: str
    name: str


def _folded(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(plain.casefold().translate(_DROPPED).split()).removeprefix("the ")


@cache
def _tables() -> tuple[dict[str, CountryCode], dict[str, CountryCode], dict[str, CountryCode]]:
    text = resources.files("kg.sources").joinpath("country_codes.yaml").read_text("utf-8")
    by_alpha2: dict[str, CountryCode] = {}
    by_name: dict[str, CountryCode] = {}
    for alpha2, (alpha3, *names) in yaml.safe_load(text).items():
        country = CountryCode(alpha2, alpha3, names[0])
        by_alpha2[alpha2] = country
        by_name |= {_folded(name): country for name in names}
    return by_alpha2, {country.alpha3: country for country in by_alpha2.values()}, by_name


def country_of_alpha2(code: str) -> CountryCode | None:
    """The country of an ISO 3166-1 alpha-2 code, in capitals or not."""
    return _tables()[0].get(code.strip().upper())


def country_of_alpha3(code: str) -> CountryCode | None:
    """The country of an ISO 3166-1 alpha-3 code; CAMEO's country codes are these, for all countries of today."""
    return _tables()[1].get(code.strip().upper())


def country_names() -> list[str]:
    """Every English name of a country that is known here, as it is written."""
    text = resources.files("kg.sources").joinpath("country_codes.yaml").read_text("utf-8")
    return [name for _, (_, *names) in yaml.safe_load(text).items() for name in names]


def country_named(name: str) -> CountryCode | None:
    """The country of an English name; case, marks and punctuation do not count. None where it is none."""
    return _tables()[2].get(_folded(name))
