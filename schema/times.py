"""Times as EDTF (ISO 8601-2): what was written, and the earliest and latest moment it can mean.

Two clocks' strings never meet in one comparison: event times have whole seconds ("2025-11-14T00:00:00Z"), what the
graph knew has microseconds ("2025-11-14T09:30:00.000000Z"). Each is fixed in width, so that text order is time order.
"""

from __future__ import annotations

import calendar
import contextlib
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from edtf import EDTFObject, parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from schema.errors import InvalidInput

EARLIEST: Final = "0001-01-01T00:00:00Z"
LATEST: Final = "9999-12-31T23:59:59Z"
KNOWN_WIDTH: Final = len("2025-11-14T09:30:00.000000Z")

_PLAIN = re.compile(r"(?P<year>\d{4})(?:-(?P<month>[01]\d)(?:-(?P<day>\d\d))?)?", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII)
_REMEDY: Final = (
    "Write a date as EDTF: 2025-11-14, 2025-11, 2025, 2025-11-14T09:30:00Z, 2025-11~, "
    "2025-10-30/2025-11-01 or 2022-10/.."
)


@dataclass(frozen=True, slots=True)
class EdtfTime:
    """A time as written, with its bounds.

    Attributes:
        edtf: the time in EDTF, as written.
        earliest: first second it can mean, UTC.
        latest: last second it can mean, UTC.
        precision: ``second``, ``day``, ``month``, ``year``, ``interval`` or ``imprecise``.
    """

    edtf: str
    earliest: str
    latest: str
    precision: str


def _bounds(year: int, month: int | None, day: int | None) -> tuple[str, str]:
    first = f"{year:04}-{month or 1:02}-{day or 1:02}"
    last_month = month or 12
    last_day = day or calendar.monthrange(year, last_month)[1]
    return f"{first}T00:00:00Z", f"{year:04}-{last_month:02}-{last_day:02}T23:59:59Z"


def _instant(text: str) -> EdtfTime:
    moment = datetime.fromisoformat(text)
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    return EdtfTime(text.replace(" ", "T"), stamp, stamp, "second")


def _stamp(fields: tuple[int, ...], limit: str, *, end: bool) -> str:
    year, month, day = fields[:3]
    if not 1 <= year <= 9999:
        return limit
    first, last = _bounds(year, month, day)
    return last if end else first


def _imprecise(text: str) -> EdtfTime:
    with contextlib.redirect_stdout(io.StringIO()):  # the library prints what it cannot build
        parsed: EDTFObject = parse_edtf(text)
    earliest = _stamp(tuple(parsed.lower_fuzzy()), EARLIEST, end=False)
    return EdtfTime(text, earliest, _stamp(tuple(parsed.upper_fuzzy()), LATEST, end=True), "imprecise")


def _interval(text: str) -> EdtfTime:
    first, _, last = text.partition("/")
    if "/" in last:
        raise ValueError("an interval has two ends")
    if first in ("", "..") and last in ("", ".."):
        raise ValueError("an interval has at least one end")
    earliest = EARLIEST if first in ("", "..") else parse_time(first).earliest
    latest = LATEST if last in ("", "..") else parse_time(last).latest
    if earliest > latest:
        raise ValueError("it ends before it begins")
    return EdtfTime(text, earliest, latest, "interval")


@lru_cache(maxsize=65_536)
def parse_time(text: str, where: str | None = None) -> EdtfTime:
    """Read an EDTF expression of level 0, 1 or 2, or an ISO 8601 instant.

    Source: EDTF specification, Library of Congress, 2019; the parser is the ``edtf`` library, with a short way for
    plain dates and instants. An uncertain or approximate time ("2025-11~") is widened as that library does.

    Raises:
        InvalidInput: the text is no date.
    """
    text = text.strip()
    try:
        if plain := _PLAIN.fullmatch(text):
            year, month, day = (int(part) if part else None for part in plain.groups())
            assert year is not None
            if year == 0:
                raise ValueError("there is no year 0")
            datetime(year, 1 if month is None else month, 1 if day is None else day)  # raises on 2025-00, 2025-02-30
            earliest, latest = _bounds(year, month, day)
            return EdtfTime(text, earliest, latest, "day" if day else "month" if month else "year")
        if _INSTANT.fullmatch(text):
            return _instant(text)
        if not text or len(text) > 100 or not text.isascii():
            raise ValueError("it is empty or too long")
        return _interval(text) if "/" in text else _imprecise(text)
    except (InvalidInput, ValueError, EDTFParseException, OverflowError, TypeError, AttributeError) as error:
        raise InvalidInput(f"{text[:60]!r} is no date", where, _REMEDY) from error


def known_stamp(moment: datetime) -> str:
    """A moment in the form of the clock of what the graph knew: UTC with microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(KNOWN_WIDTH, "0")


def known_now() -> str:
    """The stamp of this moment, by the clock of this machine."""
    return known_stamp(datetime.now(UTC))


def stamp_after(before: str | None) -> str:
    """Now, in that form, and later than another stamp: also where a clock was set back, or two machines' clocks differ.

    Args:
        before: the other stamp; None where there is none.
    """
    now = known_now()
    if before is None or before < now:
        return now
    return known_stamp(datetime.fromisoformat(before) + timedelta(microseconds=1))


def parse_known(text: str, where: str | None = None) -> str:
    """Read ``known_at``: an instant, or a date, which means its last moment.

    Raises:
        InvalidInput: the text is no date.
    """
    text = text.strip()
    if _INSTANT.fullmatch(text):
        try:
            moment = datetime.fromisoformat(text)
            return known_stamp(moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment)
        except (ValueError, OverflowError) as error:
            raise InvalidInput(f"{text[:60]!r} is no date", where, _REMEDY) from error
    return parse_time(text, where).latest.replace("Z", ".999999Z")


def parse_valid(text: str, where: str | None = None) -> str:
    """Read ``valid_at``: a date or instant; an imprecise one means its last second.

    Raises:
        InvalidInput: the text is no date.
    """
    return parse_time(text, where).latest
