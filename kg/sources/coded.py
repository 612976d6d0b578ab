"""What feeds of machine-coded events have in common: their actors, told once, and rows that repeat an id. Pure.

No sentence stands behind such an event. It is written down with its codes and ``source_row``, and never as a statement.
"""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from collections.abc import Iterator
from datetime import date
from typing import Final

from kg.records.files import Item
from kg.sources.country_codes import country_named
from kg.sources.records import RecordMapping, item
from schema.errors import InvalidInput

KIND: Final = "coded_interaction"
_REMEMBERED: Final = 50_000
"""Actors and rows of a feed that are remembered; what fell out is told, or looked at, once more."""

_BRACKETED: Final = re.compile(r"^(?P<who>.*?)\s*\((?P<where>[^()]+)\)$")


class Told:
    """Remembers the last things that a stream told, so that a feed of any length needs the same memory."""

    def __init__(self, size: int = _REMEMBERED) -> None:
        self._size = size
        self._told: OrderedDict[str, str] = OrderedDict()

    def before(self, key: str, value: str = "") -> str | None:
        """What was told under the key before, None where nothing was; from now on it is ``value``."""
        known = self._told.get(key)
        self._told[key] = value if known is None else known
        self._told.move_to_end(key)
        if len(self._told) > self._size:
            self._told.popitem(last=False)
        return known


def bracketed(name: str) -> tuple[str, str | None]:
    """A name such as "Police (Thailand)": what stands before the brackets, and the ISO code of the country in them."""
    if (match := _BRACKETED.match(name)) is None:
        return name, None
    country = country_named(match["where"])
    return match["who"], country.alpha2 if country else None


def actor(where: str, name: str, kind: str, country: str | None, **more: object) -> Item:
    """The record of an actor that a feed names: whoever has the name already is meant."""
    record: RecordMapping = {"type": "actor", "name": name, "kind": kind, "country": country, "provisional": True}
    return item(where, record | more)


def participants(agent: str | None, patient: str | None) -> Iterator[RecordMapping]:
    """Who did it and to whom it was done; a feed may know but one of them."""
    for name, role in ((agent, "agent"), (patient, "patient")):
        if name:
            yield {"actor": name, "role": role}


def title(agent: str | None, action: str, patient: str | None) -> str:
    """What an event without a sentence is called."""
    return " – ".join(part for part in (agent, action, patient) if part)


def day(text: str) -> str:
    """A date as EDTF, from ``2018-01-31`` or ``20180131``.

    Raises:
        InvalidInput: the calendar has no such day.
    """
    written = f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 and text.isdigit() else text
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError as error:
        raise InvalidInput(f"{text[:40]!r} is no date of the calendar", remedy="Write it as 2018-01-31") from error


def row_digest(*cells: str) -> str:
    """What identifies a row by its content, in 16 hexadecimal digits."""
    return hashlib.sha256("\x1f".join(cells).encode("utf-8", "surrogatepass")).hexdigest()[:16]
