"""Short names that a text defines in brackets ("the Kestrel Shipping Authority (KSA)") and that hold for it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_SHORT = re.compile(r"\s?\(\s?(?:the\s|“|\")?([A-Z][A-Za-z0-9&.-]{1,11})(?:”|\")?(?=[),;])")
_INITIALS = re.compile(r"\s\(([A-Z]{2,10})\)")
_NAME = re.compile(r"[A-Z][\w&'’.-]*(?:\s+(?:(?:of|and|the|for|on|de|in)\s+){0,2}[A-Z][\w&'’.-]*){1,9}$")
_LONGEST: Final = 120
"""Most code points of a name that is defined."""
_LESS_THAN_HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Definition:
    """A short name with the place of the full one.

    Attributes:
        short: what stands in the brackets.
        start, end: the full name before them.
    """

    short: str
    start: int
    end: int


def short_behind(text: str, end: int) -> str | None:
    """The short name that stands in brackets right behind an actor's name."""
    match = _SHORT.match(text, end)
    if match is None:
        return None
    capitals = sum(letter.isupper() for letter in match[1])
    return match[1] if capitals / len(match[1]) >= _LESS_THAN_HALF else None


def defined_names(text: str) -> list[Definition]:
    """Names with their initials in brackets behind them, whoever they are."""
    found = []
    for initials in _INITIALS.finditer(text):
        end = initials.start()
        first = max(0, end - _LONGEST)
        match = _NAME.search(text[first:end])
        if match is not None and (start := _spelled(match[0], initials[1])) is not None:
            found.append(Definition(initials[1], first + match.start() + start, end))
    return found


def _spelled(name: str, short: str) -> int | None:
    """Where in the name the words begin whose initials are the short name; small words may be left out of it."""
    words = [(word.start(), word[0]) for word in re.finditer(r"[\w&'’.-]+", name)]
    for skip in (False, True):
        letters = [(start, word[0]) for start, word in words if not skip or word[0].isupper()]
        if len(letters) < len(short):
            continue
        tail = letters[-len(short) :]
        if [letter.upper() for _, letter in tail] == list(short):
            return tail[0][0]
    return None
