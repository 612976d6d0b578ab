"""News outlets by domain: the table of Media Bias/Fact Check as News-Media-Reliability keeps it (``mbfc.csv``).

Only who they are is read – domain, country, sort of outlet; what the table says of their leaning and reliability is its
makers' judgement and stays with them. The table has no names: an outlet whose domain is in ``media_outlets.yaml`` is
that actor, any other is named by its domain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from kg.records.files import Item, Unreadable
from kg.sources.country_codes import country_named
from kg.sources.records import RecordMapping, alias, aliases, item
from kg.sources.tables import read_table

_COLUMNS: Final = ("source", "country", "media_type")
_DOMAIN: Final = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[\w./~@-]*)?")
_SOURCE: Final = "mbfc.csv"


class MediaOutletsSource:
    """Reads ``mbfc.csv``."""

    name = "media_outlets"
    reads = "News outlets by domain with country and sort: mbfc.csv of News-Media-Reliability."

    def items(self, place: str) -> Iterator[Item | Unreadable]:
        """One actor for each domain. A domain that comes again is passed over: only domains are kept in memory."""
        seen: set[str] = set()
        for row in read_table(place, _COLUMNS):
            if isinstance(row, Unreadable):
                yield row
                continue
            domain = row.cells["source"].casefold().removeprefix("www.").rstrip("/")
            if not _DOMAIN.fullmatch(domain):
                yield Unreadable(row.where, f"{domain[:60]!r} is no domain", ",".join(row.cells.values())[:500])
            elif domain not in seen:
                seen.add(domain)
                yield item(row.where, _actor(domain, row.cells["country"], row.cells["media_type"]))


def _actor(domain: str, country: str, sort: str) -> RecordMapping:
    known = _words()["outlets"].get(domain, {})
    name = known.get("name", domain)
    kind = next((kind for start, kind in _words()["kinds"].items() if sort.casefold().startswith(start)), "media")
    return {
        "type": "actor",
        "name": name,
        "kind": known.get("kind", kind),
        "country": known.get("country") or _country(country),
        "aliases": aliases(name, [alias(domain, "short", source=_SOURCE)]),
        "identifiers": {"domain": domain},
    }


def _country(cell: str) -> str | None:
    """The country in a cell such as "usa (44/180 press freedom)"; the first of several."""
    first = re.split(r"[(/|,]", cell, maxsplit=1)[0].strip()
    found = country_named(first)
    return found.alpha2 if found else None


@cache
def _words() -> dict[str, Any]:
    text = resources.files("kg.sources").joinpath("media_outlets.yaml").read_text("utf-8")
    words: dict[str, Any] = yaml.safe_load(text)
    return words
