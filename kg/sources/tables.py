"""Tables that others publish: CSV and TSV whose columns are checked before the first row is believed."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.records.files import Unreadable
from kg.sources.lines import byte_lines
from kg.sources.port import Sourced
from schema.errors import InvalidInput

_LONGEST: Final = 10_000_000
"""Most bytes of one line of a table."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: file and line, and its cells by the names of their columns, without spaces around them."""

    where: str
    cells: dict[str, str]


def read_table(
    place: str | Path,
    required: Iterable[str],
    *,
    header: Sequence[str] | None = None,
    delimiter: str = ",",
    quoted: bool = True,
    encoding: str = "utf-8",
) -> Iterator[Row | Unreadable]:
    """The rows of a table; one that cannot be read is told, and the rest goes on.

    Args:
        place: the file, plain or compressed with gzip.
        required: names of the columns that must be there; others may be.
        header: the columns of a file whose first line is a row already.
        delimiter: stands between the cells.
        quoted: whether a cell may stand in quotes (RFC 4180); in most TSV a quote is a character like others.
        encoding: of the file; a row with other bytes in it is unreadable.

    Raises:
        InvalidInput: there is no such file, it is empty, or columns are missing; they are named.
    """
    broken: list[Unreadable] = []
    reader = csv.reader(
        _decoded(place, encoding, broken),
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        strict=quoted,
    )
    columns = _checked(list(header) if header is not None else _first(reader, place), required, place)
    at = reader.line_num + 1
    while True:
        where = f"{place}:{at}"
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Unreadable(where, f"the row is no {'quoted ' if quoted else ''}table row: {error}", "")
        else:
            if cells is None:
                break
            if cells:
                yield _row(where, columns, cells)
        at = reader.line_num + 1
    yield from broken


def sourced(rows: Iterable[Row | Unreadable], items: Callable[[Row], Iterator[Sourced]]) -> Iterator[Sourced]:
    """What each row becomes; one that is wrong is told with its place and reason, and the next ones go on."""
    for row in rows:
        if isinstance(row, Unreadable):
            yield row
            continue
        try:
            yield from items(row)
        except InvalidInput as error:
            yield Unreadable(row.where, str(error), "\t".join(row.cells.values()))


def _decoded(place: str | Path, encoding: str, broken: list[Unreadable]) -> Iterator[str]:
    """The lines as text; bytes that are none become surrogates, by which their row is recognised."""
    for number, line in enumerate(byte_lines(place, _LONGEST), 1):
        if isinstance(line, Unreadable):
            broken.append(line)
        else:
            text = line.decode(encoding, "surrogateescape")
            yield text.removeprefix("\ufeff") if number == 1 else text


def _first(reader: Iterator[list[str]], place: str | Path) -> list[str]:
    try:
        names = next(reader, None)
    except csv.Error as error:
        raise InvalidInput(f"its first line is no header of a table: {error}", f"{place}:1") from error
    if not names:
        raise InvalidInput("the file is empty", str(place), "Its first line names the columns")
    return [name.strip() for name in names]


def _checked(columns: list[str], required: Iterable[str], place: str | Path) -> list[str]:
    missing = [name for name in required if name not in columns]
    if missing:
        near = [match for name in missing for match in difflib.get_close_matches(name, columns, n=1)]
        found = ", ".join(name[:40] for name in columns[:30]) or "none"
        raise InvalidInput(
            f"the table lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}; it has: {found}",
            f"{place}:1",
            f"Did you mean {near[0]!r}?" if near else "Check that this is the file, and how its columns are named",
        )
    twice = next((name for name in columns if name and columns.count(name) > 1), None)
    if twice is not None:
        raise InvalidInput(f"two columns are named {twice[:40]!r}", f"{place}:1", "Rename one")
    return columns


def _row(where: str, columns: list[str], cells: list[str]) -> Row | Unreadable:
    raw = "\t".join(cells)
    if len(cells) != len(columns):
        return Unreadable(where, f"the row has {len(cells)} columns, the table {len(columns)}", _written(raw))
    if not raw.isascii() and any("\udc80" <= char <= "\udcff" for char in raw):
        return Unreadable(where, "the row has bytes that are not in the encoding of the file", _written(raw))
    return Row(where, {name: cell.strip() for name, cell in zip(columns, cells, strict=True)})


def _written(raw: str) -> str:
    return raw[:1_000].encode("utf-8", "backslashreplace").decode("utf-8")
