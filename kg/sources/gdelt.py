"""GDELT 2.0 events: the table of 61 columns that GDELT gives out each quarter of an hour, without a header.

Column names and meanings are those of the GDELT Event Codebook 2.0. GDELT refers to CAMEO 1.1b3 for its event codes,
while the list of codes that it gives out has older titles for some of them (see ``event_codes.yaml``); so an event has
the code of CAMEO 1.1b3 and, apart, the code as GDELT has it with the scheme named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Final
from urllib.parse import urlsplit

import yaml

from kg.records.files import Item, Unreadable
from kg.sources.coded import KIND, Told, actor, day, row_digest, title
from kg.sources.gdelt_actors import CodedActor, coded_actor
from kg.sources.port import Sourced
from kg.sources.records import RecordMapping, item
from kg.sources.tables import Row, read_table
from schema.errors import InvalidInput
from schema.event_codes import event_codes
from schema.ids import document_id, document_source

_ACTOR: Final = (
    *("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code"),
    *("Type1Code", "Type2Code", "Type3Code"),
)
_GEO: Final = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS: Final = (
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
    *(f"Actor1{name}" for name in _ACTOR),
    *(f"Actor2{name}" for name in _ACTOR),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"Actor1Geo_{name}" for name in _GEO),
    *(f"Actor2Geo_{name}" for name in _GEO),
    *(f"ActionGeo_{name}" for name in _GEO),
    *("DATEADDED", "SOURCEURL"),
)
"""The columns of a table of events, in order."""

SCHEME: Final = "CAMEO, codes of GDELT 2.0"
_FIGURES: Final = {
    "quad_class": "QuadClass",
    "goldstein": "GoldsteinScale",
    "num_mentions": "NumMentions",
    "num_sources": "NumSources",
    "num_articles": "NumArticles",
    "avg_tone": "AvgTone",
    "is_root_event": "IsRootEvent",
    "latitude": "ActionGeo_Lat",
    "longitude": "ActionGeo_Long",
}
_URL: Final = re.compile(r"https?://[^\s\x00-\x1f\x7f]{1,1990}")


class GdeltSource:
    """Reads GDELT 2.0 events."""

    name = "gdelt"
    reads = "GDELT 2.0 events (export.CSV): 61 columns, tab by tab, without a header, plain or gz"

    def items(self, place: str) -> Iterator[Sourced]:
        """For each row its actors, the document that it was found in, which nobody has seen, and the event."""
        actors, rows = Told(), Told()
        for number, row in enumerate(read_table(place, COLUMNS, header=COLUMNS, delimiter="\t", quoted=False)):
            if isinstance(row, Unreadable):
                if number == 0 and "columns" in row.reason:
                    raise InvalidInput(f"{row.reason} of GDELT 2.0 events", row.where, "Check that this is the file")
                yield row
                continue
            try:
                yield from _items(row, actors, rows)
            except InvalidInput as error:
                yield Unreadable(row.where, str(error), "\t".join(row.cells.values()))


def _items(row: Row, actors: Told, rows: Told) -> Iterator[Sourced]:
    cells = row.cells
    identifier, code = cells["GLOBALEVENTID"], cells["EventCode"]
    if not identifier.isascii() or not identifier.isdigit():
        raise InvalidInput(f"{identifier[:40]!r} is no GLOBALEVENTID", remedy="It is a whole number")
    digest = row_digest(*cells.values())
    if (before := rows.before(identifier, digest)) == digest:
        return
    if before is not None:
        raise InvalidInput(f"the event {identifier} stood before with other content", remedy="Keep one of the rows")
    known = event_codes().get(code)
    if known is None:
        raise InvalidInput(f"{event_codes().scheme} has no event code {code[:10]!r}")
    at = day(cells["SQLDATE"])
    agent, patient = (_actor(cells, side) for side in ("Actor1", "Actor2"))
    for each in (agent, patient):
        if each is not None and actors.before(each.name) is None:
            yield actor(row.where, each.name, each.kind, each.country, identifiers=_identifiers(each))
    evidence: list[RecordMapping] = []
    if document := unseen_article(row.where, cells["SOURCEURL"]):
        yield document
        evidence.append({"document": unseen_article_id(cells["SOURCEURL"])})
    evidence.append({"citation": f"GDELT 2.0, event {identifier}, added {cells['DATEADDED']}"})
    yield item(
        row.where,
        {
            "type": "event",
            "key": event_key(identifier),
            "kind": KIND,
            "title": title(agent.name if agent else None, known.title, patient.name if patient else None),
            "at": at,
            "place": cells["ActionGeo_FullName"],
            "country": _fips().get(cells["ActionGeo_CountryCode"]),
            "cameo": code,
            "plover": event_codes().plover(code),
            "coded": code,
            "scheme": SCHEME,
            "figures": _figures(cells),
            "participants": [
                {"actor": each.name, "role": role, "coded": each.coded}
                for each, role in ((agent, "agent"), (patient, "patient"))
                if each is not None
            ],
            "evidence": evidence,
            "source_row": f"gdelt:{identifier}",
        },
    )


def event_key(identifier: str) -> str:
    """The key of an event, by which rows of other tables name it."""
    return f"gdelt-{identifier}"


def _actor(cells: dict[str, str], side: str) -> CodedActor | None:
    types = [code for number in (1, 2, 3) if (code := cells[f"{side}Type{number}Code"])]
    names = (f"{side}Code", f"{side}Name", f"{side}CountryCode", f"{side}KnownGroupCode")
    code, name, country, group = (cells[column] for column in names)
    return coded_actor(code, name, country, group, types)


def _identifiers(found: CodedActor) -> dict[str, str]:
    return {"cameo": found.cameo} if found.cameo else {}


def _figures(cells: dict[str, str]) -> dict[str, float]:
    figures = {}
    for name, column in _FIGURES.items():
        if cells[column]:
            try:
                figures[name] = float(cells[column])
            except ValueError as error:
                raise InvalidInput(f"{column}: {cells[column][:40]!r} is no number") from error
    return figures


def unseen_article(where: str, url: str) -> Item | None:
    """The record of a document that is known by its address only; None where that is no address of the web."""
    if not _URL.fullmatch(url):
        return None
    return item(
        where,
        {
            "type": "document",
            "title": url[:1_000],
            "kind": "article",
            "url": url,
            "publisher_name": _host(url),
            "seen": False,
        },
    )


def unseen_article_id(url: str) -> str:
    """The id of that document."""
    return document_id(document_source(url, None, "", None), "")


def _host(url: str) -> str | None:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    return host.removeprefix("www.") or None


@cache
def _fips() -> dict[str, str]:
    fips: dict[str, str] = yaml.safe_load(resources.files("kg.sources").joinpath("fips.yaml").read_text("utf-8"))
    return fips
