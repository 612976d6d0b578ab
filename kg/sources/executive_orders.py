"""Executive orders of the United States with what they do to one another, from two kinds of file.

The disposition tables of the National Archives, a text file a year: the number, the title, and lines such as
``Signed:``, ``Amends:`` and ``Revoked by:``; and lists of the Federal Register as JSON (``results`` with
``executive_order_number``, ``signing_date``, ``citation`` and notes of the same wording). A folder is read with all the
folders in it. An entry is a document whose text is the entry; what it says of the policy stands in it at its offsets.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from kg.records.files import Unreadable
from kg.sources.disposition import Entry, entry_of_notes, is_head, policy_of, read_table_entry
from kg.sources.federal_register_text import targets_of_title
from kg.sources.lines import open_file
from kg.sources.port import Sourced
from kg.sources.records import RecordMapping, item, key_of
from schema.errors import InvalidInput

_TABLE: Final = ".txt"
_LIST: Final = ".json"
_MOST: Final = 50_000_000
"""Most bytes of one file; the lists of one president have less than one million."""

_PRESIDENTS: Final = {
    "donald-trump": "Donald Trump",
    "barack-obama": "Barack Obama",
    "george-w-bush": "George W. Bush",
    "william-j-clinton": "Bill Clinton",
}
_ISSUER: Final = "White House"


class ExecutiveOrdersSource:
    """Reads disposition tables and lists of executive orders."""

    name = "executive_orders"
    reads = "Executive orders: disposition tables (.txt) and Federal Register lists (.json), a file or a folder of both"

    def items(self, place: str) -> Iterator[Sourced]:
        """For each order its entry as a document, the orders that it names, and its policy."""
        seen: dict[str, str] = {}
        yield item(place, {"type": "actor", "name": _ISSUER, "kind": "government_body", "country": "US", **_MEANT})
        for path in _files(Path(place)):
            for entry in _entries(path):
                if isinstance(entry, Unreadable):
                    yield entry
                    continue
                if entry.from_table and seen.setdefault(entry.number, entry.title) != entry.title:
                    yield Unreadable(entry.where, f"the order {entry.number} stood before with another title", "")
                    continue
                try:
                    yield from _items(entry)
                except InvalidInput as error:
                    yield Unreadable(entry.where, str(error), entry.text[:1_000])


_MEANT: Final[RecordMapping] = {"provisional": True}


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        found = sorted(p for p in path.rglob("*") if p.suffix in (_TABLE, _LIST) and p.name != "NOTES.txt")
    else:
        found = [path]
    if not found or any(each.suffix not in (_TABLE, _LIST) for each in found):
        raise InvalidInput(
            f"no disposition table ({_TABLE}) and no list ({_LIST}) of executive orders is there", str(path)
        )
    return found


def _entries(path: Path) -> Iterator[Entry | Unreadable]:
    with open_file(path) as file:
        data = file.read(_MOST + 1)
    if len(data) > _MOST:
        yield Unreadable(str(path), f"the file has more than {_MOST:,} bytes", "")
        return
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield Unreadable(str(path), f"byte {error.start} is no UTF-8", "")
        return
    if path.suffix == _TABLE:
        yield from _table(path, text)
        return
    try:
        rows = json.loads(text)["results"]
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise InvalidInput(f"it is no list of executive orders: {error!r}", str(path), "It has 'results'") from error
    for number, row in enumerate(rows, 1):
        yield _listed(row, f"{path}#{number}", path.stem)


def _table(path: Path, text: str) -> Iterator[Entry | Unreadable]:
    """Blocks of lines with an empty line between them; the first says the number."""
    block: list[str] = []
    start = 1
    for number, line in enumerate(text.splitlines(), 1):
        if is_head(line) and block:
            yield read_table_entry(block, f"{path}:{start}")
            block = []
        if not block:
            start = number
        if line.strip():
            block.append(line.rstrip())
    if block:
        yield read_table_entry(block, f"{path}:{start}")


def _listed(row: Any, where: str, file: str) -> Entry | Unreadable:
    try:
        number, title, signed = str(row["executive_order_number"]), str(row["title"]), row["signing_date"]
        notes = row.get("disposition_notes") or row.get("executive_order_notes") or ""
        entry = entry_of_notes(where, number, title, signed, notes)
        entry.citation, entry.url = row.get("citation"), row.get("html_url")
        entry.published = row.get("publication_date")
    except (KeyError, TypeError, AttributeError) as error:
        return Unreadable(where, f"it is no executive order of a list: {error!r} is not there", str(row)[:1_000])
    entry.president = _PRESIDENTS.get(file.removeprefix("fr_"))
    return entry


def _items(entry: Entry) -> Iterator[Sourced]:
    key = key_of("eo", entry.number, "table" if entry.from_table else "register")
    document: RecordMapping = {
        "type": "document",
        "key": key,
        "title": f"Executive Order {entry.number}: {entry.title}"[:1_000],
        "kind": "dataset" if entry.from_table else "federal_register",
        "publisher_name": "US National Archives, disposition tables" if entry.from_table else "Federal Register",
        "url": entry.url,
        "language": "en",
        "published_at": entry.published,
        "text": entry.text,
        "licence": "US government, public domain",
    }
    policy, named = policy_of(entry, key)
    targets, spans = targets_of_title(entry.title)
    at = entry.text.index(entry.title)
    policy["targets"] = [each.name for each in targets]
    policy["evidence"] += [
        {"document": key, "quote": span.quote, "start": at + span.start, "end": at + span.end, "citation": span.says}
        for span in spans
    ]
    for each in targets:
        yield item(entry.where, each.record())
    if entry.president:
        president = {"type": "actor", "name": entry.president, "kind": "person", "country": "US", **_MEANT}
        yield item(entry.where, president)
        policy["signers"] = [entry.president]
    yield item(entry.where, document)
    for number in named:
        yield item(
            entry.where,
            {
                "type": "policy",
                "number": f"EO {number}",
                "title": f"Executive Order {number}",
                "kind": "executive_order",
                "provisional": True,
            },
        )
    yield item(entry.where, {**policy, "issuers": [_ISSUER]})
