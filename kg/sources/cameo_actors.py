"""Dictionaries of actors with CAMEO codes, as TABARI and PETRARCH read them (the Phoenix and CAMEO ``*.actors.txt``).

A head stands at the start of a line, ``+`` before its synonyms, and its codes in square brackets behind it or on lines
of their own below, each with the time for which it holds: ``[ARGGOV 030101-031231]``, ``[ARM >911221]``. ``;`` and
``#`` begin comments; ``_`` stands for a space, and at the end of a name for the end of a word. Heads that follow one
another without a code are names of the same actor. (TABARI 0.8 manual, chapter 4; CAMEO manual 1.1b3.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import yaml

from kg.records.files import Item, Unreadable
from kg.sources.country_codes import CountryCode, country_named, country_of_alpha3
from kg.sources.lines import byte_lines
from kg.sources.records import RecordMapping, alias, aliases, in_small_letters, item, name_of
from schema.errors import InvalidInput
from schema.ids import normalise_name

_SUFFIX: Final = ".actors.txt"
_CODE: Final = re.compile(r"\[\s*([A-Z0-9]{2,30})\s*([<>]?\s*\d{6,8}(?:\s*-\s*\d{6,8})?)?\s*\]")
_SHORT_IN_BRACKETS: Final = re.compile(r"\s*\(([A-Z][A-Z0-9.&-]{1,11})\)\s*$")
_SCHEMES: Final = {"CAMEO.EthnicGroups": "cameo_ethnic", "CAMEO.ReligiousGroups": "cameo_religion"}
_LATEST_OF_CENTURY: Final = 30
"""Years of two digits up to this are of this century: the dictionaries end in 2018, and ``30`` is a plan at most."""


@dataclass(slots=True)
class _Code:
    """A code, as it is written, and from when to when it holds (EDTF)."""

    code: str
    written: str
    start: str | None = None
    end: str | None = None


@dataclass(slots=True)
class _Head:
    """One entry of a dictionary."""

    where: str
    names: list[str] = field(default_factory=list)
    synonyms: list[str] = field(default_factory=list)
    codes: list[_Code] = field(default_factory=list)
    ended: bool = False
    """Whether a code stood here, also one that could not be read: the next name is another actor's."""


class CameoActorsSource:
    """Reads one dictionary, or all in a folder."""

    name = "cameo_actors"
    reads = "Actor dictionaries with CAMEO codes (Phoenix.Countries.actors.txt and others): a file or a folder."

    def items(self, place: str) -> Iterator[Item | Unreadable]:
        """Actors that are provisional, states that are not, and who held an office of a state from when to when.

        A name that comes again is the same actor; of names no more than these is kept in memory.
        """
        path = Path(place)
        files = sorted(path.glob(f"*{_SUFFIX}")) if path.is_dir() else [path]
        if not files or not all(file.name.endswith(_SUFFIX) for file in files):
            raise InvalidInput(f"no dictionary of actors is there; their names end in {_SUFFIX}", place)
        seen: set[str] = set()
        for file in files:
            scheme = _SCHEMES.get(file.name.removesuffix(_SUFFIX), "cameo")
            for head in _heads(file):
                if isinstance(head, Unreadable):
                    yield head
                else:
                    yield from _written(head, scheme, file.name, seen)


def _heads(file: Path) -> Iterator[_Head | Unreadable]:
    head: _Head | None = None
    for number, raw in enumerate(byte_lines(file), 1):
        where = f"{file}:{number}"
        if isinstance(raw, Unreadable):
            yield raw
            continue
        body = re.split(r"[;#]", _decoded(raw))[0].rstrip()
        if not body.strip():
            continue
        codes = [_code(*match.groups()) for match in _CODE.finditer(body)]
        words = _CODE.sub("", body).strip()
        if "[" in words or "]" in words:
            if head is not None:
                head.ended = True
            yield Unreadable(where, "the code is not in one of the forms [CODE], [CODE >YYMMDD], …", body)
            continue
        if body[0] == "+" or (body[0].isspace() and words.startswith("+")):
            if head is not None:
                head.synonyms.append(words.lstrip("+"))
                head.codes += codes
            continue
        if words:
            if head is not None and (head.codes or head.synonyms or head.ended):
                yield head
                head = None
            head = head or _Head(where)
            head.names.append(words)
        if codes and head is None:
            yield Unreadable(where, "a code stands before the first name", body)
        elif head is not None:
            head.codes += codes
    if head is not None:
        yield head


def _decoded(raw: bytes) -> str:
    """The line as text: the dictionaries are UTF-8 for the most part, and Windows-1252 in places."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _code(code: str, dates: str | None) -> _Code:
    dates = (dates or "").replace(" ", "")
    written = f"[{code} {dates}]" if dates else f"[{code}]"
    if dates.startswith(">"):
        return _Code(code, written, _date(dates[1:]))
    if dates.startswith("<"):
        return _Code(code, written, None, _date(dates[1:]))
    start, _, end = dates.partition("-")
    return _Code(code, written, _date(start), _date(end))


def _date(digits: str) -> str | None:
    """YYMMDD or YYYYMMDD as EDTF; None where it is neither, or no day of the calendar."""
    if len(digits) == 6:
        digits = f"{'20' if int(digits[:2]) <= _LATEST_OF_CENTURY else '19'}{digits}"
    if len(digits) != 8:
        return None
    year, month, day = digits[:4], int(digits[4:6]), int(digits[6:])
    if not 1 <= month <= 12:
        return year
    return f"{year}-{month:02}-{day:02}" if 1 <= day <= 28 else f"{year}-{month:02}"


def _written(head: _Head, scheme: str, file: str, seen: set[str]) -> Iterator[Item]:
    names = [name for text in [*head.names, *head.synonyms] if (name := name_of(text.replace("_", " ")))]
    if not names:
        return
    country = country_named(names[0]) if scheme == "cameo" else None
    record = _state(country, names, file) if country else _other(names, head, scheme, file)
    folded = normalise_name(record["name"])
    if folded not in seen:
        seen.add(folded)
        yield item(head.where, record)
    if country is None and scheme == "cameo":
        for held in head.codes:
            yield from _office(held, record, head.where, file, seen)


def _state(country: CountryCode, names: list[str], file: str) -> RecordMapping:
    """A state; what the dictionaries call it besides are slips, cities and peoples for the most part."""
    found = (alias(_cased(name), "weak", language="en", source=file) for name in names)
    return {**_plain_state(country), "aliases": aliases(country.name, found)}


def _plain_state(country: CountryCode) -> RecordMapping:
    return {
        "type": "actor",
        "name": country.name,
        "kind": "government",
        "country": country.alpha2,
        "identifiers": {"cameo": country.alpha3},
    }


def _other(names: list[str], head: _Head, scheme: str, file: str) -> RecordMapping:
    shorts = [short for name in names if (short := _SHORT_IN_BRACKETS.search(name))]
    plain = [_cased(_SHORT_IN_BRACKETS.sub("", name)) for name in names]
    found = [alias(name, "short" if _is_short(name) else "name", language="en", source=file) for name in plain[1:]]
    found += [alias(short[1], "short", language="en", source=file) for short in shorts]
    codes = list(dict.fromkeys(each.code for each in head.codes))
    parts = [part for code in codes for part in _parts(code)[:2]]  # ARGGOV, but NGOCAN
    country = next((state for part in parts if (state := country_of_alpha3(part))), None)
    return {
        "type": "actor",
        "name": plain[0],
        "kind": _kind(names[0], head) if scheme == "cameo" else "group",
        "country": country.alpha2 if country and scheme == "cameo" else None,
        "aliases": aliases(plain[0], found),
        "identifiers": {scheme: codes} if codes else {},
        "provisional": True,
    }


def _kind(name: str, head: _Head) -> str:
    """A person's codes hold for a time; what an organisation is, its code says."""
    words = _words()
    organisation = set(re.split(r"[\s_'-]+", name.upper())) & words["organisation_words"]
    dated = any(each.start or each.end for each in head.codes)
    if not organisation and (dated or any("ELI" in _parts(each.code) for each in head.codes)):
        return "person"
    parts = [part for each in head.codes for part in _parts(each.code)]
    kinds = [words["parts"][part]["kind"] for part in parts if part in words["parts"]]
    if not kinds or (kinds[0] in ("government_body", "armed_force") and not organisation):
        return "other"
    return str(kinds[0])


def _parts(code: str) -> list[str]:
    return [code[at : at + 3] for at in range(0, len(code), 3)]


def _office(held: _Code, record: RecordMapping, where: str, file: str, seen: set[str]) -> Iterator[Item]:
    """For whom an actor acts by a code such as ARGGOVMIL: the state, with the state's record before its first use."""
    first, *rest = _parts(held.code)
    country = country_of_alpha3(first)
    roles = [words["role"] for part in rest if (words := _words()["parts"].get(part)) and "role" in words]
    if country is None or not roles:
        return
    if normalise_name(country.name) not in seen:
        seen.add(normalise_name(country.name))
        yield item(where, _plain_state(country))
    yield item(
        where,
        {
            "type": "relationship",
            "relation": "AFFILIATED_WITH",
            "source": record["name"],
            "target": country.name,
            "role": f"{', '.join(roles)} ({held.code})",
            "valid_from": held.start,
            "valid_to": held.end if not (held.start and held.end and held.end < held.start) else None,
            "evidence": {"citation": f"{file}: {record['name']} {held.written}"},
        },
    )


def _cased(name: str) -> str:
    if _is_short(name):
        return name
    words = in_small_letters(name).split(" ")
    small = _words()["small_words"]
    return " ".join([words[0], *(word.lower() if word.lower() in small else word for word in words[1:])])


def _is_short(name: str) -> bool:
    return " " not in name and name == name.upper() and len(name) <= 5


@cache
def _words() -> dict[str, Any]:
    data = yaml.safe_load(resources.files("kg.sources").joinpath("cameo_actors.yaml").read_text("utf-8"))
    return {
        "parts": data["parts"],
        "organisation_words": frozenset(data["organisation_words"]),
        "small_words": frozenset(data["small_words"]),
    }
