"""GDELT 2.0 mentions: in which articles GDELT found an event, when, and how sure it was.

As GDELT gives the table out it has 16 columns, tab by tab, and no header; as tools save it, a header in small letters
and commas. Both are read. The event has to be there, from the table of events.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from kg.records.files import Unreadable
from kg.sources.gdelt import event_key, unseen_article, unseen_article_id
from kg.sources.lines import byte_lines
from kg.sources.port import Sourced
from kg.sources.records import item
from kg.sources.tables import Row, read_table
from schema.errors import InvalidInput

COLUMNS: Final = (
    *("globaleventid", "eventtimedate", "mentiontimedate", "mentiontype", "mentionsourcename", "mentionidentifier"),
    *("sentenceid", "actor1charoffset", "actor2charoffset", "actioncharoffset", "inrawtext", "confidence"),
    *("mentiondoclen", "mentiondoctone", "mentiondoctranslationinfo", "extras"),
)
"""The columns of a table of mentions, in order."""

_WEB: Final = "1"
"""The mention type of a page of the web; of other types the identifier is no address."""


class GdeltMentionsSource:
    """Reads GDELT 2.0 mentions."""

    name = "gdelt_mentions"
    reads = "GDELT 2.0 mentions (mentions.CSV): 16 columns, tab by tab without a header, or CSV with one, plain or gz"

    def items(self, place: str) -> Iterator[Sourced]:
        """For each row the article, which nobody has seen, and that the event was mentioned in it."""
        for number, row in enumerate(_rows(place)):
            if isinstance(row, Unreadable):
                if number == 0 and "columns" in row.reason:
                    raise InvalidInput(f"{row.reason} of GDELT 2.0 mentions", row.where, "Check that this is the file")
                yield row
                continue
            try:
                yield from _items(row)
            except InvalidInput as error:
                yield Unreadable(row.where, str(error), "\t".join(row.cells.values()))


def _rows(place: str) -> Iterator[Row | Unreadable]:
    first = next(byte_lines(place), b"")
    if isinstance(first, bytes) and first.lower().startswith(b"globaleventid,"):
        return read_table(place, COLUMNS[:-1])
    return read_table(place, COLUMNS, header=COLUMNS, delimiter="\t", quoted=False)


def _items(row: Row) -> Iterator[Sourced]:
    cells = row.cells
    url = cells["mentionidentifier"]
    if cells["mentiontype"] != _WEB:
        raise InvalidInput(f"a mention of type {cells['mentiontype'][:10]!r} has no address", remedy="Only 1 is read")
    if (document := unseen_article(row.where, url)) is None:
        raise InvalidInput(f"{url[:80]!r} is no address of the web")
    if not cells["confidence"].isdigit():
        raise InvalidInput(f"confidence: {cells['confidence'][:20]!r} is no whole number")
    at = _instant(cells["mentiontimedate"])
    yield document
    yield item(
        row.where,
        {
            "type": "relationship",
            "relation": "MENTIONED_IN",
            "source": event_key(cells["globaleventid"]),
            "target": unseen_article_id(url),
            "valid_from": at,
            "coded": True,
            "evidence": {
                "citation": f"GDELT 2.0, mention of {at}, sentence {cells['sentenceid']}, "
                f"confidence {cells['confidence']} %"
            },
        },
    )


def _instant(digits: str) -> str:
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").strftime("%Y-%m-%dT%H:%M:%SZ")
    except ValueError as error:
        raise InvalidInput(f"{digits[:40]!r} is no time", remedy="It is written YYYYMMDDHHMMSS") from error
