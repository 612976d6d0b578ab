"""When something was said, from the words beside the verb, against the article's date; EDTF."""

from __future__ import annotations

import re
from datetime import date, timedelta

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_SHORT = frozenset(name[:3] for name in _MONTHS)
_MONTH = (
    "(" + "|".join(rf"{name[:3].title()}(?:{name[3:]}|t?\.?)" if name != "may" else "May" for name in _MONTHS) + ")"
)
_TIME = re.compile(
    r"\b(?:(?P<day1>\d{1,2})(?:st|nd|rd|th)?\s+" + _MONTH + r"\b(?:,?\s+(?P<year1>\d{4}))?"
    r"|" + _MONTH + r"\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year2>\d{4}))?"
    r"|(?P<last>last\s+)?(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
    r"|(?P<relative>today|yesterday|last night|last week|this week|last month|this month|last year|earlier this year)\b"
    r"|in\s+" + _MONTH + r"(?:\s+(?P<year3>\d{4}))?\b)",
)


def parse_day(published: str | None) -> date | None:
    """The day of an EDTF date that names one; None for anything less precise."""
    if published is None:
        return None
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def said_at(text: str, start: int, end: int, published: str | None) -> str | None:
    """The first time named in `text[start:end]`, as EDTF; None without one, or when it hangs on a date that is not
    known."""
    match = _TIME.search(text, start, end)
    if match is None:
        return None
    return _resolve(match, parse_day(published))


def _resolve(match: re.Match[str], day: date | None) -> str | None:
    groups = match.groupdict()
    months = [
        group for group in match.groups() if group and group[:3].lower() in _SHORT and not group.lower().endswith("day")
    ]
    month = next((i + 1 for i, name in enumerate(_MONTHS) if months and name.startswith(months[0][:3].lower())), None)
    number = groups["day1"] or groups["day2"]
    year = groups["year1"] or groups["year2"] or groups["year3"]
    if month is not None:
        return _dated(day, month, number, year)
    if day is None:
        return None
    if groups["weekday"]:
        back = (day.weekday() - _WEEKDAYS.index(groups["weekday"].lower())) % 7
        if groups["last"] and back == 0:
            back = 7
        return (day - timedelta(days=back)).isoformat()
    relative = (groups["relative"] or "").lower()
    if relative == "today":
        return day.isoformat()
    if relative in ("yesterday", "last night"):
        return (day - timedelta(days=1)).isoformat()
    if relative in ("last week", "this week"):
        monday = day - timedelta(days=day.weekday() + (7 if relative.startswith("last") else 0))
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    if relative in ("last month", "this month"):
        first = day.replace(day=1)
        return (first - timedelta(days=1) if relative.startswith("last") else first).strftime("%Y-%m")
    if relative == "last year":
        return str(day.year - 1)
    return str(day.year) if relative else None


def _dated(day: date | None, month: int, number: str | None, year: str | None) -> str | None:
    if year is None:
        if day is None:
            return None
        years = day.year - 1 if (month, int(number or 1)) > (day.month, day.day if number else 31) else day.year
    else:
        years = int(year)
    if number is None:
        return f"{years:04d}-{month:02d}"
    try:
        return date(years, month, int(number)).isoformat()
    except ValueError:
        return None
