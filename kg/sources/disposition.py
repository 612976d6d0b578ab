"""What an entry of a disposition table says: what an executive order does to others, and what became of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from kg.records.files import Unreadable
from kg.sources.records import RecordMapping

_HEAD: Final = re.compile(r"Executive Order (?P<number>\d{1,5}(?:-[A-Z])?)\s*$")
_LINE: Final = re.compile(r"\s*(?P<words>[A-Z][A-Za-z ]+?)\s*:\s*(?P<rest>.*)$")
_NUMBERED: Final = re.compile(r"\b(?:EO|E\.O\.|Executive Order)\s+(?:No\. )?(?P<number>\d{1,5}(?:-[A-Z])?)\b")
_MONTHS: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE: Final = re.compile(rf"(?P<words>(?:{_MONTHS}) \d{{1,2}}, \d{{4}})|(?P<digits>\d{{1,2}}/\d{{1,2}}/\d{{4}})")
_REGISTER: Final = re.compile(r"\d+ FR \d+")


@dataclass(slots=True)
class Entry:
    """One order: its text, and the lines that say something of it with their offsets in the text."""

    where: str
    number: str
    title: str
    text: str
    signed: str | None
    lines: list[tuple[str, int, int]]
    """The words before the colon, and from where to where the line's rest stands."""
    from_table: bool
    citation: str | None = None
    url: str | None = None
    published: str | None = None
    president: str | None = None


def is_head(line: str) -> bool:
    """Whether a line is the number that an entry begins with."""
    return _HEAD.match(line) is not None


def read_table_entry(block: list[str], where: str) -> Entry | Unreadable:
    """An entry of a table of the National Archives, from its lines."""
    head = _HEAD.match(block[0])
    if head is None or len(block) < 2:
        return Unreadable(
            where,
            "the entry does not begin with the number of an executive order and its title",
            "\n".join(block)[:1_000],
        )
    text = "\n".join(line.strip() for line in block)
    entry = Entry(where, head["number"], block[1].strip(), text, None, list(_lines_of(text)), from_table=True)
    for words, start, end in entry.lines:
        if words == "Signed":
            entry.signed = _date_in(text[start:end])
        if words.casefold() == "federal register page and date":
            register = _REGISTER.search(text, start, end)
            entry.citation, entry.published = register and register[0], _date_in(text[start:end])
    return entry


def entry_of_notes(where: str, number: str, title: str, signed: str | None, notes: str) -> Entry:
    """An entry of a list of the Federal Register, whose notes are worded as in the tables."""
    noted = "\n".join(
        part.strip() for part in re.split(r";?\s*\n|(?<=\d)\s*;\s*(?=[A-Z][a-z]+(?: [a-z]+)*:)", notes) if part.strip()
    )
    text = "\n".join(part for part in (f"Executive Order {number}", title.strip(), noted) if part)
    return Entry(where, number, title.strip(), text, signed, list(_lines_of(text)), from_table=False)


def _lines_of(text: str) -> Iterator[tuple[str, int, int]]:
    at = 0
    for position, line in enumerate(text.split("\n")):
        match = _LINE.match(line) if position > 1 else None
        if match is not None:
            yield match["words"].strip(), at + match.start("rest"), at + match.end("rest")
        at += len(line) + 1


def policy_of(entry: Entry, key: str) -> tuple[RecordMapping, list[str]]:
    """The policy record of an entry, and the numbers of the orders that it refers to."""
    evidence = [_evidence(entry, key, 0, len(entry.text.split("\n")[0]) + 1 + len(entry.title), "number and title")]
    effects: dict[str, list[str]] = {"amends": [], "revokes": [], "suspends": []}
    statuses: list[RecordMapping] = []
    if entry.signed:
        statuses.append({"status": "in_effect", "at": entry.signed, "citation": entry.citation or f"EO {entry.number}"})
    named: list[str] = []
    for words, start, end in entry.lines:
        for first, last in _parts(entry.text, start, end):
            part = entry.text[first:last]
            numbers = [match["number"] for match in _NUMBERED.finditer(part)]
            effect, status = _meaning(words, "in part" in part)
            if effect:
                others = [number for number in numbers if number != entry.number]
                effects[effect] += [f"EO {number}" for number in others]
                named += others
                if others:
                    evidence.append(_evidence(entry, key, first, last, f"{effect}: {', '.join(others)}"))
            if status and (at := _date_in(part)):
                statuses.append({"status": status, "at": at, "evidence": _evidence(entry, key, first, last, words)})
    policy: RecordMapping = {
        "type": "policy",
        "title": entry.title[:1_000],
        "kind": "executive_order",
        "number": f"EO {entry.number}",
        "citation": entry.citation,
        "url": entry.url,
        "statuses": [{name: value for name, value in step.items() if value} for step in statuses],
        "effective_from": entry.signed,
        "evidence": [each for each in evidence if each["end"] - each["start"] <= 9_000],
        **{effect: list(dict.fromkeys(others)) for effect, others in effects.items()},
    }
    return policy, list(dict.fromkeys(named))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a line, with semicolons between them."""
    for match in re.finditer(r"[^;]+", text[start:end]):
        stripped = match[0].strip()
        if stripped:
            first = start + match.start() + match[0].index(stripped)
            yield first, first + len(stripped)


def _evidence(entry: Entry, key: str, start: int, end: int, says: str) -> RecordMapping:
    return {"document": key, "quote": entry.text[start:end], "start": start, "end": end, "citation": says}


def _meaning(words: str, in_part: bool) -> tuple[str | None, str | None]:
    """What an order does by these words, and what becomes of it by them."""
    effect, status = _tables()["does"].get(words), _tables()["becomes"].get(words)
    if in_part:
        return ("amends" if effect else None), ("amended" if status else None)
    return effect, status


def _date_in(text: str) -> str | None:
    match = _DATE.search(text)
    if match is None:
        return None
    try:
        if match["digits"]:
            month, day, year = map(int, match["digits"].split("/"))
            return date(year, month, day).isoformat()
        return datetime.strptime(match["words"], "%B %d, %Y").date().isoformat()
    except ValueError:
        return None


@cache
def _tables() -> dict[str, Any]:
    raw = yaml.safe_load(resources.files("kg.sources").joinpath("executive_orders.yaml").read_text("utf-8"))
    return {group: {words: term for term, lists in terms.items() for words in lists} for group, terms in raw.items()}
