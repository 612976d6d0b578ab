"""ICEWS event rows: who did what to whom on which day, coded by a machine (BBN ACCENT), without a sentence.

The table has a line of column names and, tab by tab, ``source``, ``event`` (a title of CAMEO), ``target`` and ``date``;
this is how ICEWS18 is given out (Harvard Dataverse, doi:10.7910/DVN/28075, by way of RE-Net). Other columns are passed
over. Rows say nothing about where they were read, so that ``source_row`` identifies one by its content.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Final

import yaml

from kg.sources.coded import KIND, Told, actor, bracketed, day, participants, row_digest, title
from kg.sources.country_codes import country_named
from kg.sources.port import Sourced
from kg.sources.records import item
from kg.sources.tables import Row, read_table, sourced
from schema.errors import InvalidInput
from schema.event_codes import event_codes

_COLUMNS: Final = ("source", "event", "target", "date")


class IcewsSource:
    """Reads ICEWS event rows."""

    name = "icews"
    reads = "ICEWS event rows: a table of source, event (CAMEO title), target and date, tab by tab, plain or gz"

    def items(self, place: str) -> Iterator[Sourced]:
        """Two actors and an event for each row; an actor comes once, before the first row that names it."""
        told = Told()
        yield from sourced(read_table(place, _COLUMNS, delimiter="\t", quoted=False), lambda row: _items(row, told))


def _items(row: Row, told: Told) -> Iterator[Sourced]:
    source, label, target, written = (row.cells[column] for column in _COLUMNS)
    for column in ("source", "target"):
        if not row.cells[column]:
            raise InvalidInput(f"the column {column!r} is empty")
    code = event_codes().titled(label)
    at = day(written)
    for name in (source, target):
        if told.before(name) is None:
            yield actor(row.where, name, *_kind_and_country(name))
    yield item(
        row.where,
        {
            "type": "event",
            "kind": KIND,
            "title": title(source, label, target),
            "at": at,
            "cameo": code.code,
            "plover": event_codes().plover(code.code),
            "coded": label,
            "scheme": "CAMEO, titles of ICEWS",
            "participants": list(participants(source, target)),
            "source_row": f"icews:{row_digest(source, label, target, at)}",
        },
    )


def _kind_and_country(name: str) -> tuple[str, str | None]:
    if state := country_named(name):
        return "government", state.alpha2
    who, country = bracketed(name)
    return _kinds().get(who.casefold(), "other"), country


@cache
def _kinds() -> dict[str, str]:
    raw = yaml.safe_load(resources.files("kg.sources").joinpath("icews.yaml").read_text("utf-8"))
    return {
        who.casefold(): kind
        for kind, lists in raw.items()
        for names in lists
        for who in (names if isinstance(names, list) else [names])
    }
