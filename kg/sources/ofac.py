"""The sanctions lists of the US Office of Foreign Assets Control, as it publishes them in CSV.

``sdn.csv`` (Specially Designated Nationals) and ``cons_prim.csv`` (the consolidated list of the others) hold one entry
a row, without a header; ``alt.csv`` holds their other names, ``add.csv`` their addresses and ``sdn_comments.csv`` the
rest of long remarks (``cons_alt.csv`` and so on beside the second), all in the order of the entries' numbers. ``-0-``
stands for nothing, and a line with the sign 0x1A ends each file. (OFAC: Specification for SDN delimited data.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import yaml

from kg.records.files import Item, Unreadable
from kg.sources.country_codes import country_named
from kg.sources.listings import Listings
from kg.sources.records import RecordMapping, alias, aliases, item, line, turned
from kg.sources.tables import Row, read_table
from schema.errors import InvalidInput
from schema.ids import normalise_name

AUTHORITY: Final = "Office of Foreign Assets Control"
_ENTRY: Final = ("ent_num", "name", "type", "program", "title", "call_sign", "vessel_type", "tonnage", "grt", "flag")
_COLUMNS: Final = {
    "entries": (*_ENTRY, "owner", "remarks"),
    "alt": ("ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks"),
    "add": ("ent_num", "add_num", "address", "city", "country", "add_remarks"),
    "comments": ("ent_num", "remarks"),
}
_END: Final = "\x1a"
_NULL: Final = "-0-"
_WEAK: Final = re.compile(r"\ba\.k\.a\. ['‘](.+?)['’](?=\s*(?:[;.]|$))")
_OF_COUNTRY: Final = re.compile(r"\b(?:nationality|citizen) ([A-Z][A-Za-z .,'’()-]+?)(?=;|\.?$)")
_LINKED: Final = re.compile(r"\bLinked To: (.+?)(?=; |\.?$)")
_ALIAS_KINDS: Final = {"aka": "name", "nka": "name", "fka": "former"}


@dataclass(frozen=True, slots=True)
class _List:
    """One of the lists: its name, and the names of its files."""

    name: str
    entries: str
    alt: str
    add: str
    comments: str


_LISTS: Final = (
    _List("OFAC SDN list", "sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"),
    _List("OFAC consolidated list", "cons_prim.csv", "cons_alt.csv", "cons_add.csv", "cons_comments.csv"),
)


@cache
def _words() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(resources.files("kg.sources").joinpath("ofac.yaml").read_text("utf-8"))
    return data


class OfacSource:
    """Reads the lists in a folder, or the one whose first file is named."""

    name = "ofac"
    reads = "Sanctions lists of OFAC in CSV: a folder with sdn.csv or cons_prim.csv and the files beside it."

    def items(self, place: str) -> Iterator[Item | Unreadable]:
        """The actors of each list with the policies that target them."""
        path = Path(place)
        folder = path if path.is_dir() else path.parent
        found = [
            each for each in _LISTS if (folder / each.entries).is_file() and path.name in (folder.name, each.entries)
        ]
        if not found:
            names = " or ".join(each.entries for each in _LISTS)
            raise InvalidInput("no list of OFAC is there", place, f"Name a folder that holds {names}, or that file")
        yield item(place, {"type": "actor", "name": AUTHORITY, "kind": "government_body",
                           "country": "US", "provisional": True})  # fmt: skip
        for each in found:
            yield from _entries(folder, each)


def _entries(folder: Path, chosen: _List) -> Iterator[Item | Unreadable]:
    place = str(folder / chosen.entries)
    besides = {
        name: _Beside(folder / getattr(chosen, name), name)
        for name in ("alt", "add", "comments")
        if (folder / getattr(chosen, name)).is_file()
    }
    listings = Listings(_policy)
    linked = _linked(folder, chosen)
    last, ended = 0, False
    for row in _rows(folder / chosen.entries, "entries"):
        if isinstance(row, Unreadable):
            ended = ended or row.raw == _END
            if row.raw != _END:
                yield row
            continue
        number = _number(row)
        if number is None:
            yield Unreadable(row.where, "the entry has no number", row.cells["name"])
            continue
        if number < last:
            raise InvalidInput("the entries do not stand in the order of their numbers", row.where, "Sort the files")
        last = number
        more = {name: list(beside.rows_of(number)) for name, beside in besides.items()}
        record = _actor(number, row.cells, more, chosen.name)
        yield item(row.where, record)
        for name in dict.fromkeys(_LINKED.findall(_remarks(row.cells, more))):
            if (other := linked.get(normalise_name(name))) is not None and other != number:
                yield item(row.where, _tie(number, other, chosen.name))
        for code in _programmes(row.cells["program"]):
            yield from listings.add(row.where, code, record["key"])
    yield from listings.rest()
    for beside in besides.values():
        yield from beside.left_over(chosen.entries)
    if not ended:
        yield Unreadable(place, "the file lacks its end mark (0x1A): it was cut off, or saved anew; fetch it again", "")


def _linked(folder: Path, chosen: _List) -> dict[str, int]:
    """The numbers of the entries that others name in their remarks as what they are linked to, by name.

    A name that two entries have is left out. No more than these names is kept in memory.
    """
    comments = folder / chosen.comments
    beside = _Beside(comments, "comments") if comments.is_file() else None
    wanted: set[str] = set()
    for row in _rows(folder / chosen.entries, "entries"):
        if isinstance(row, Row) and (number := _number(row)) is not None:
            more = {"comments": list(beside.rows_of(number))} if beside else {}
            wanted |= {normalise_name(name) for name in _LINKED.findall(_remarks(row.cells, more))}
    found: dict[str, int] = {}
    twice: set[str] = set()
    for row in _rows(folder / chosen.entries, "entries") if wanted else ():
        if isinstance(row, Row) and (name := normalise_name(row.cells["name"])) in wanted:
            number = _number(row)
            if number is None or name in found:
                twice.add(name)
            else:
                found[name] = number
    return {name: number for name, number in found.items() if name not in twice}


def _tie(number: int, other: int, source: str) -> RecordMapping:
    return {
        "type": "relationship",
        "relation": "ASSOCIATED_WITH",
        "source": f"ofac-{number}",
        "target": f"ofac-{other}",
        "role": "linked to",
        "evidence": {"citation": f"{source}, entry {number}"},
    }


def _rows(path: Path, name: str) -> Iterator[Row | Unreadable]:
    for row in read_table(path, (), header=_COLUMNS[name]):
        if isinstance(row, Row):
            cells = {column: "" if value == _NULL else value for column, value in row.cells.items()}
            yield Row(row.where, cells)
        else:
            yield row


def _number(row: Row) -> int | None:
    return int(row.cells["ent_num"]) if row.cells["ent_num"].isdecimal() else None


class _Beside:
    """A file beside the entries, read along with them: both are in the order of the entries' numbers."""

    def __init__(self, path: Path, name: str) -> None:
        self._path = path
        self._rows = _rows(path, name)
        self._next = next(self._rows, None)
        self._bad: list[Unreadable] = []
        self._lost = 0

    def rows_of(self, number: int) -> Iterator[dict[str, str]]:
        """The rows of one entry."""
        while self._next is not None:
            found = _number(self._next) if isinstance(self._next, Row) else None
            if found is not None and found > number:
                return
            if found == number and isinstance(self._next, Row):
                yield self._next.cells
            else:
                self._pass_over(self._next)
            self._next = next(self._rows, None)

    def _pass_over(self, row: Row | Unreadable) -> None:
        if isinstance(row, Row):
            self._lost += 1
        elif row.raw != _END:
            self._bad.append(row)

    def left_over(self, entries: str) -> Iterator[Unreadable]:
        """What could not be read, and how much belongs to no entry."""
        while self._next is not None:
            self._pass_over(self._next)
            self._next = next(self._rows, None)
        yield from self._bad
        if self._lost:
            yield Unreadable(
                str(self._path), f"{self._lost} rows belong to entries that {entries} does not have: is it cut off?", ""
            )


def _actor(number: int, cells: dict[str, str], more: dict[str, list[dict[str, str]]], source: str) -> RecordMapping:
    person = cells["type"].casefold() == "individual"
    listed = cells["name"]
    name = turned(listed) if person else listed
    remarks = _remarks(cells, more)
    found = [alias(listed, "official", source=source)]
    for row in more.get("alt", ()):
        other = turned(row["alt_name"]) if person else row["alt_name"]
        found.append(alias(other, _ALIAS_KINDS.get(row["alt_type"], "name"), source=source))
    found += [alias(turned(weak) if person else weak, "weak", source=source) for weak in _WEAK.findall(remarks)]
    return {
        "type": "actor",
        "key": f"ofac-{number}",
        "name": name,
        "qualifier": f"ofac:{number}",
        "kind": kind_of(cells["type"], listed),
        "country": _country(remarks, cells["flag"], more.get("add", ())),
        "aliases": aliases(name, found),
        "identifiers": {"ofac": str(number), **_identifiers(remarks)},
        "description": line("; ".join(part for part in (_sort(cells), cells["title"], remarks) if part)),
    }


def _remarks(cells: dict[str, str], more: dict[str, list[dict[str, str]]]) -> str:
    """The remarks whole: what does not fit into the entry's row stands in the comments."""
    return "".join([cells["remarks"], *(row["remarks"] for row in more.get("comments", ()))]).strip()


def _sort(cells: dict[str, str]) -> str:
    """What a ship or an aircraft is."""
    sort = cells["type"].casefold()
    return ", ".join(part for part in (sort.capitalize(), cells["vessel_type"], cells["flag"]) if part) if sort in (
        "vessel", "aircraft") else ""  # fmt: skip


def kind_of(sort: str, name: str) -> str:
    """The kind of actor of an entry: by its sort (individual, vessel, …), of an organisation by words of its name."""
    if sort.casefold() not in ("", "entity"):
        return "person" if sort.casefold() == "individual" else "other"
    words = {word.replace(".", "") for word in re.split(r"[\s,()-]+", name.upper())}
    return "company" if words & set(_words()["company_words"]) else "other"


def _country(remarks: str, flag: str, addresses: Any) -> str | None:
    names = [*_OF_COUNTRY.findall(remarks), flag, *(row["country"] for row in addresses)]
    return next((country.alpha2 for name in names if name and (country := country_named(name))), None)


def _identifiers(remarks: str) -> dict[str, Any]:
    """Numbers that the remarks give, by scheme; what stands in brackets behind one (who issued it) stays with it."""
    found: dict[str, dict[str, None]] = {}
    for part in re.split(r";\s*", remarks.removesuffix(".")):
        part = part.removeprefix("alt. ")
        for words, scheme in _words()["identifiers"].items():
            if part.startswith(words + " ") and any(c.isdigit() for c in part[len(words) :]):
                value = part[len(words) :].strip().split(" issued ")[0].split(" expires ")[0]
                found.setdefault(scheme, {})[value[:200]] = None
                break
        else:
            if part.startswith("SWIFT/BIC "):
                found.setdefault("swift_bic", {})[part.split()[1]] = None
    return {scheme: list(values) for scheme, values in found.items()}


def _programmes(cell: str) -> list[str]:
    return list(dict.fromkeys(code for part in cell.split("]") if (code := part.strip(" ["))))


def _policy(code: str) -> RecordMapping:
    words = _words()["programmes"].get(code)
    return {
        "type": "policy",
        "number": f"OFAC {code}",
        "title": f"OFAC sanctions: {words} [{code}]" if words else f"OFAC sanctions programme [{code}]",
        "kind": "sanction",
        "issuers": [AUTHORITY],
        "evidence": [{"citation": f"Sanctions lists of OFAC, entries tagged [{code}]"}],
    }
