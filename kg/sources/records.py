"""Records as sources write them down: without what is empty, with each name once. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, Final

from kg.records.files import Item
from schema.ids import digest, normalise_name

RecordMapping = dict[str, Any]

_NOT_IN_KEYS: Final = re.compile(r"[^a-z0-9._-]+")
_LONGEST_KEY: Final = 120
_LONGEST_NAME: Final = 1_000
LONGEST_QUOTE: Final = 10_000
"""Most characters of a quote, and of any other field of one line."""


def item(where: str, record: RecordMapping) -> Item:
    """The record at its place, without the fields that hold nothing."""
    return Item(where, {name: value for name, value in record.items() if value not in (None, "", [], {}, ())})


def key_of(*parts: str) -> str:
    """A key of letters, digits, dots and hyphens. Where parts hold more than that, a digest of them keeps it apart."""
    raw = "-".join(part.strip().casefold() for part in parts)
    key = _NOT_IN_KEYS.sub("-", raw).strip("-._")
    if key != raw or len(key) > _LONGEST_KEY:
        key = f"{key[: _LONGEST_KEY - 21]}-{digest(raw)[:20]}".lstrip("-")
    return key


def line(text: str | None) -> str | None:
    """The text on one line, cut to what a field holds; None where there is none."""
    words = " ".join((text or "").split())
    return (words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1] + "…") or None


def name_of(text: str | None) -> str | None:
    """The text as a name: one line, normalised, without quotes around it; None where nothing that tells is left."""
    name = " ".join(unicodedata.normalize("NFC", text or "").split()).strip(" '‘’\"“”;,")
    return name[:_LONGEST_NAME] if any(character.isalnum() for character in name) else None


def alias(name: str | None, kind: str = "name", *, language: str | None = None, source: str) -> RecordMapping | None:
    """One alias, or None where the text is no name or is spoilt. Its script is found when it is written."""
    found = name_of(name)
    if found is None or not found.isprintable():
        return None
    written = {"name": found, "kind": kind, "source": source}
    return {**written, "language": language} if language else written


def aliases(own_name: str, found: Iterable[RecordMapping | None]) -> list[RecordMapping]:
    """The aliases without repetitions and without the actor's own name; of two of one name the first is kept."""
    kept: dict[str, RecordMapping] = {}
    for each in found:
        if each is not None:
            kept.setdefault(normalise_name(each["name"]), each)
    kept.pop(normalise_name(own_name), None)
    return list(kept.values())


def turned(listed: str) -> str:
    """A person's name in the order in which it is said, from "SURNAME, Given names"; the capitals become small.

    A name without a comma, or with more than one, stays as it is.
    """
    surname, comma, given = listed.partition(",")
    if not comma or "," in given or not given.strip():
        return listed
    return f"{given.strip()} {in_small_letters(surname.strip())}"


def in_small_letters(name: str) -> str:
    """A name in capitals as names are written: each word, and each part of one behind a hyphen, begins with one."""
    if name != name.upper() or len(name) < 3:
        return name
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)*", lambda word: _small(word[0]), name)


def _small(word: str) -> str:
    return word[0] + word[1:].lower()
