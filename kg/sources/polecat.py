"""POLECAT: events coded by the scheme PLOVER, as given out weekly (Harvard Dataverse, doi:10.7910/DVN/AJGVIT).

The table has a line of column names; the files of Dataverse are written tab by tab, others with commas. A column may
name several actors, with semicolons between them; ``None`` and an empty cell say that nobody was found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.sources.coded import KIND, Told, actor, day, row_digest, title
from kg.sources.country_codes import country_named, country_of_alpha3
from kg.sources.gdelt_actors import kind_of_sectors
from kg.sources.lines import byte_lines
from kg.sources.port import Sourced
from kg.sources.records import RecordMapping, item, name_of
from kg.sources.tables import Row, read_table, sourced
from schema.errors import InvalidInput
from schema.event_codes import event_codes

_COLUMNS: Final = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Quad Code", "Contexts"),
    *("Actor Name", "Actor Country", "Actor Sectors", "Recipient Name", "Recipient Country", "Recipient Sectors"),
    *("Placename", "Country", "Source", "Publication Date"),
)
_NOBODY: Final = {"", "none", "na", "nan"}
_FIGURES: Final = {
    "intensity": ("Intensity", "Event Intensity"),
    "latitude": ("Latitude",),
    "longitude": ("Longitude",),
}
_MOST: Final = 20
"""Most actors of a side that are taken from one row."""


class PolecatSource:
    """Reads POLECAT events."""

    name = "polecat"
    reads = "POLECAT events coded by PLOVER: a table with a header, tab by tab or with commas, plain or gz"

    def items(self, place: str) -> Iterator[Sourced]:
        """For each row its actors and the event."""
        first = next(byte_lines(place), b"")
        tabs = not isinstance(first, bytes) or b"\t" in first
        actors, rows = Told(), Told()
        yield from sourced(
            read_table(place, _COLUMNS, delimiter="\t" if tabs else ",", quoted=not tabs),
            lambda row: _items(row, actors, rows),
        )


def _items(row: Row, actors: Told, rows: Told) -> Iterator[Sourced]:
    cells = {name: "" if cell.casefold() in _NOBODY else cell for name, cell in row.cells.items()}
    identifier, kind = cells["Event ID"], cells["Event Type"].upper()
    if not identifier:
        raise InvalidInput("the row has no Event ID")
    digest = row_digest(*row.cells.values())
    if (before := rows.before(identifier, digest)) == digest:
        return
    if before is not None:
        raise InvalidInput(
            f"the event {identifier[:60]} stood before with other content", remedy="Keep one of the rows"
        )
    if kind not in event_codes().plover_types():
        known = ", ".join(event_codes().plover_types())
        raise InvalidInput(f"PLOVER has no event type {kind[:40]!r}", remedy=f"Known: {known}")
    at = day(cells["Event Date"])
    sides = [(side, role, _names(cells, side)) for side, role in (("Actor", "agent"), ("Recipient", "patient"))]
    participants: list[RecordMapping] = []
    for side, role, names in sides:
        sectors = _split(cells[f"{side} Sectors"])
        countries = [_country(each) for each in _split(cells[f"{side} Country"])]
        country = countries[0] if len(set(countries)) == 1 else None
        for name in names:
            participants.append({"actor": name, "role": role, "coded": _coded(name, cells, side)})
            if actors.before(name) is None:
                state = country_named(name)
                of_kind = "government" if state else kind_of_sectors(sectors)
                yield actor(row.where, name, of_kind, state.alpha2 if state else country)
    coded = " ".join(part for part in (kind, cells["Event Mode"].lower()) if part)
    yield item(
        row.where,
        {
            "type": "event",
            "kind": KIND,
            "title": title("; ".join(sides[0][2]), coded, "; ".join(sides[1][2]))[:1_000],
            "at": at,
            "place": cells["Placename"],
            "country": _country(cells["Country"]),
            "plover": kind,
            "coded": "; ".join(part for part in (coded, cells["Contexts"]) if part),
            "scheme": "PLOVER, POLECAT",
            "figures": _figures(cells),
            "participants": participants,
            "evidence": [
                {
                    "citation": f"POLECAT, event {identifier}, {cells['Source'] or 'source not told'}, "
                    f"published {cells['Publication Date'] or 'on a day not told'}"
                }
            ],
            "source_row": f"polecat:{identifier}",
        },
    )


def _split(cell: str) -> list[str]:
    return [part for each in cell.split(";") if (part := each.strip()) and part.casefold() not in _NOBODY]


def _names(cells: dict[str, str], side: str) -> list[str]:
    """Whom a side names, each once; a side without a name is its country, where that is told."""
    names = list(dict.fromkeys(name for each in _split(cells[f"{side} Name"]) if (name := name_of(each))))
    if not names:
        states = (country_of_alpha3(each) or country_named(each) for each in _split(cells[f"{side} Country"]))
        names = list(dict.fromkeys(state.name for state in states if state))
    return names[:_MOST]


def _coded(name: str, cells: dict[str, str], side: str) -> str:
    parts = (cells[f"{side} Country"], cells[f"{side} Sectors"])
    return " ".join([*(part for part in parts if part), name])[:1_000]


def _country(text: str) -> str | None:
    state = country_of_alpha3(text) or country_named(text) if text else None
    return state.alpha2 if state else None


def _figures(cells: dict[str, str]) -> dict[str, float]:
    figures = {}
    for name, columns in _FIGURES.items():
        column = next((column for column in columns if cells.get(column)), None)
        if column is not None:
            try:
                figures[name] = float(cells[column])
            except ValueError as error:
                raise InvalidInput(f"{column}: {cells[column][:40]!r} is no number") from error
    return figures
