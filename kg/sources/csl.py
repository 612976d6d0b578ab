"""The Consolidated Screening List of the US government in CSV: the lists of Commerce, State and Treasury in one table.

Each row is a listing with dates of its own: a policy that implements the list which it is on. An entry of OFAC's has
OFAC's number, and is the actor that the source ``ofac`` knows. (International Trade Administration: Consolidated
Screening List API, data dictionary.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.records.files import Item, Unreadable
from kg.sources.country_codes import country_of_alpha2
from kg.sources.ofac import kind_of
from kg.sources.records import RecordMapping, alias, aliases, item, key_of, line, name_of, turned
from kg.sources.tables import Row, read_table
from schema.ids import digest, normalise_name

_COLUMNS: Final = ("source", "entity_number", "type", "programs", "name", "addresses", "start_date", "end_date")
_LIST: Final = re.compile(r"(?P<title>.+?) \((?P<code>[A-Z]{2,5})\) - (?P<agency>.+)")
_AGENCIES: Final = {
    "Treasury Department": "Office of Foreign Assets Control",
    "State Department": "US Department of State",
    "Bureau of Industry and Security": "Bureau of Industry and Security",
}
_EXPORT_LISTS: Final = ("EL", "UVL", "DPL", "MEU")
_SOURCE: Final = "Consolidated Screening List"
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


class CslSource:
    """Reads ``consolidated.csv``."""

    name = "csl"
    reads = "The US Consolidated Screening List in CSV (consolidated.csv of trade.gov)."

    def items(self, place: str) -> Iterator[Item | Unreadable]:
        """The actors on the lists, and the listings that target them."""
        lists: set[str] = set()
        for row in read_table(place, _COLUMNS):
            if isinstance(row, Unreadable):
                yield row
                continue
            on = _LIST.fullmatch(row.cells["source"])
            name = name_of(row.cells["name"])
            if on is None or name is None:
                missing = "name" if on else "list in the form 'Title (CODE) - Agency'"
                yield Unreadable(row.where, f"the row has no {missing}", ",".join(row.cells.values())[:500])
                continue
            code, agency = on["code"], _AGENCIES.get(on["agency"], on["agency"])
            if code not in lists:
                lists.add(code)
                yield item(row.where, {"type": "actor", "name": agency,
                                       "kind": "government_body", "country": "US", "provisional": True})  # fmt: skip
                yield item(row.where, _policy(f"CSL {code}", on["title"], code, agency))
            actor = _actor(row, name, code, of_ofac=on["agency"] == "Treasury Department")
            yield item(row.where, actor)
            yield item(row.where, _listing(row, actor, on["title"], code, agency))


def _actor(row: Row, name: str, code: str, *, of_ofac: bool) -> RecordMapping:
    cells = row.cells
    person = cells["type"].casefold() == "individual"
    said = turned(name) if person else name
    number = cells["entity_number"]
    kind = kind_of(cells["type"], name)
    if of_ofac and number:  # what else OFAC says of it stands in its own files
        return {"type": "actor", "key": f"ofac-{number}", "name": said, "qualifier": f"ofac:{number}", "kind": kind}
    others = cells.get("alt_names", "").split("; ")
    return {
        "type": "actor",
        "key": key_of("csl", code, digest(normalise_name(name), cells["addresses"])[:20]),
        "name": said,
        "qualifier": f"csl:{code}:{digest(cells['addresses'])[:12]}" if cells["addresses"] else f"csl:{code}",
        "kind": kind,
        "country": _country(cells),
        "aliases": aliases(said, [alias(name, "official", source=_SOURCE),
                                  *(alias(turned(each) if person else each, source=_SOURCE) for each in others)]),
        "description": line(cells.get("remarks")),
    }  # fmt: skip


def _country(cells: dict[str, str]) -> str | None:
    """The country at the end of the first address."""
    code = cells["addresses"].partition(";")[0].rpartition(",")[2].strip()
    found = country_of_alpha2(code) if len(code) == 2 else None
    return found.alpha2 if found else None


def _policy(number: str, title: str, code: str, agency: str) -> RecordMapping:
    return {
        "type": "policy",
        "number": number,
        "title": title,
        "kind": "export_control" if code in _EXPORT_LISTS else "sanction",
        "issuers": [agency],
        "evidence": [{"citation": f"{_SOURCE}, {title}"}],
    }


def _listing(row: Row, actor: RecordMapping, title: str, code: str, agency: str) -> RecordMapping:
    start, end = (found if _DATE.fullmatch(found := row.cells[name]) else "" for name in ("start_date", "end_date"))
    notice = row.cells.get("federal_register_notice", "")
    return {
        **_policy(f"CSL {actor['key']}", f"{title}: {actor['name']}", code, agency),
        "citation": line(notice),
        "targets": [actor["key"]],
        "implements": [f"CSL {code}"],
        "statuses": [
            *([{"status": "in_effect", "at": start, "citation": notice or title}] if start else []),
            *([{"status": "expired", "at": end, "citation": notice or title}] if end else []),
        ],
        "effective_from": start,
        "effective_to": end,
    }
