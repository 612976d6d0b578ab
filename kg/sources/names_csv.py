"""A table of names, such as Wikidata's query service writes: id, label, aliases, kind, country."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from kg.records.files import Item, Unreadable
from kg.sources.country_codes import country_named, country_of_alpha2, country_of_alpha3
from kg.sources.records import RecordMapping, alias, aliases, item, key_of, name_of
from kg.sources.tables import Row, read_table
from schema.ontology import ontology

_COLUMNS: Final = ("id", "label", "aliases", "kind", "country")
_WIKIDATA: Final = re.compile(r"(?:https?://www\.wikidata\.org/(?:entity|wiki)/)?(Q[1-9]\d*)")
_BETWEEN: Final = re.compile(r"[|;\n]")
_SOURCE: Final = "table of names"


class NamesCsvSource:
    """Reads a CSV whose header names the five columns; ``language`` (of the label) and ``description`` may be there."""

    name = "names_csv"
    reads = "A CSV of names with the columns id, label, aliases (divided by |), kind and country."

    def items(self, place: str) -> Iterator[Item | Unreadable]:
        """One actor for each row; what tells it from others of its name is the row's id."""
        for row in read_table(place, _COLUMNS):
            if isinstance(row, Unreadable):
                yield row
                continue
            yield _actor(row)


def _actor(row: Row) -> Item | Unreadable:
    cells = row.cells
    name, identifier = name_of(cells["label"]), cells["id"]
    if name is None or not identifier:
        missing = "label" if identifier else "id"
        return Unreadable(row.where, f"the row has no {missing}", ",".join(cells.values())[:500])
    match = _WIKIDATA.fullmatch(identifier)
    identifiers: dict[str, Any] = {"wikidata": match[1]} if match else {"table_id": identifier}
    kind = cells["kind"] or "other"
    record: RecordMapping = {
        "type": "actor",
        "key": key_of("names", match[1] if match else identifier),
        "name": name,
        "qualifier": f"wikidata:{match[1]}" if match else f"table:{identifier}",
        "kind": kind,
        "country": _country(cells["country"]),
        "aliases": aliases(name, (alias(each, source=_SOURCE) for each in _BETWEEN.split(cells["aliases"]))),
        "identifiers": identifiers,
        "description": cells.get("description"),
    }
    if kind not in ontology().actor_kinds:
        hint = ontology().actor_kinds.suggestion(kind)
        return Unreadable(row.where, f"unknown kind {kind[:40]!r}. {hint}", ",".join(cells.values())[:500])
    if cells["country"] and record["country"] is None:
        reason = f"unknown country {cells['country'][:40]!r}: write its ISO code or its English name"
        return Unreadable(row.where, reason, ",".join(cells.values())[:500])
    return item(row.where, record)


def _country(cell: str) -> str | None:
    found = country_of_alpha2(cell) or country_of_alpha3(cell) or country_named(cell)
    return found.alpha2 if found else None
