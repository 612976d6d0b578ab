"""FinDKG: a graph of actors and matters of finance by weeks, found by a language model in financial news.

The table has, tab by tab, ``head``, ``head_type``, ``relation``, ``tail``, ``tail_type`` and ``week``; in FinDKG's
own files numbers stand for the names, which have to be put in first. No sentence stands behind a row, so that each
becomes a relationship for its week that is marked as coded, with a citation (Li and Passino, FinDKG, 2024).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from kg.sources.coded import Told, actor, day
from kg.sources.country_codes import country_named
from kg.sources.port import Sourced
from kg.sources.records import item
from kg.sources.tables import Row, read_table, sourced
from schema.errors import InvalidInput
from schema.ids import topic_id
from schema.ontology import ontology

_COLUMNS: Final = ("head", "head_type", "relation", "tail", "tail_type", "week")
_WEEK: Final = timedelta(days=6)


class FindkgSource:
    """Reads FinDKG's quadruples with their names."""

    name = "findkg"
    reads = "FinDKG quadruples with names: a table of head, head_type, relation, tail, tail_type and week, plain or gz"

    def items(self, place: str) -> Iterator[Sourced]:
        """For each row its two ends and the relationship of its week; an end comes once."""
        told = Told()
        yield from sourced(read_table(place, _COLUMNS, delimiter="\t", quoted=False), lambda row: _items(row, told))


def _items(row: Row, told: Told) -> Iterator[Sourced]:
    cells = row.cells
    ends = [(cells[end], cells[f"{end}_type"], _label(cells[f"{end}_type"])) for end in ("head", "tail")]
    if ends[0] == ends[1]:
        raise InvalidInput(f"{cells['head'][:60]!r} is tied to itself")
    mapped = _tables()["relations"].get(cells["relation"])
    if mapped is None:
        raise InvalidInput(
            f"unknown relation {cells['relation'][:40]!r}", remedy=f"Known: {', '.join(_tables()['relations'])}"
        )
    week = day(cells["week"])
    for name, kind, label in ends:
        if told.before(f"{label}:{name}") is None:
            yield _end(row.where, name, kind, label)
    relation, role = mapped["relation"], mapped.get("role")
    row_of = ontology().relationships[relation]
    if ends[0][2] not in row_of.from_ or ends[1][2] not in row_of.to:
        relation, role = _tables()["otherwise"], role or cells["relation"].replace("_", " ").lower()
    yield item(
        row.where,
        {
            "type": "relationship",
            "relation": relation,
            "source": _reference(*ends[0]),
            "target": _reference(*ends[1]),
            "role": role,
            "valid_from": week,
            "valid_to": (date.fromisoformat(week) + _WEEK).isoformat(),
            "coded": True,
            "evidence": {"citation": f"FinDKG, week of {week}, {cells['relation']}"},
        },
    )


def _reference(name: str, _: str, label: str) -> str:
    return topic_id(name) if label == "Topic" else name


def _label(kind: str) -> str:
    if kind in _tables()["actors"]:
        return "Actor"
    if kind in _tables()["topics"]:
        return "Topic"
    known = ", ".join([*_tables()["actors"], *_tables()["topics"]])
    raise InvalidInput(f"unknown type {kind[:40]!r}", remedy=f"Known: {known}")


def _end(where: str, name: str, kind: str, label: str) -> Sourced:
    if not name:
        raise InvalidInput("one of the ends has no name")
    if label == "Topic":
        return item(where, {"type": "topic", "name": name, "kind": _tables()["topics"][kind]})
    state = country_named(name) if kind == "GPE" else None
    if state is not None:
        return actor(where, name, "government", state.alpha2)
    return actor(where, name, _tables()["actors"][kind], None)


@cache
def _tables() -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load(resources.files("kg.sources").joinpath("findkg.yaml").read_text("utf-8"))
    return raw
