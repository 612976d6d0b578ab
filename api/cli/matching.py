"""Whom names mean, on the command line: one name, or a table of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final

import typer
from pydantic import ValidationError
from rich.markup import escape
from rich.table import Table

from api.cli.context import DataDir, Json, KnownAt, ValidAt, err, fail, out, shown, with_graph
from kg.asking.matching import MOST_QUERIES, MatchQuery, match
from kg.asking.parameters import AsOf
from kg.engine.graph import Graph
from kg.records.files import Unreadable
from kg.sources.tables import Row, read_table
from schema.answers.matching import MatchAnswer, MatchCandidate
from schema.errors import GeokgError, InvalidInput

_MOST_ROWS: Final = 100_000
_SHOWN_REASONS: Final = 6


def match_command(
    names: Annotated[
        str,
        typer.Argument(
            metavar="NAME|FILE.csv",
            help="A name, or a table with the columns name and, where known, kind, country, and identifiers as "
            "'scheme:value' with spaces between.",
            show_default=False,
        ),
    ],
    kind: Annotated[str | None, typer.Option("--kind", help="Kind of actor.", show_default=False)] = None,
    country: Annotated[str | None, typer.Option("--country", help="ISO 3166 code.", show_default=False)] = None,
    identifier: Annotated[
        list[str] | None, typer.Option("--id", help="As scheme:value; repeatable.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=50, help="Most candidates of a name.")] = 5,
    valid_at: ValidAt = None,
    known_at: KnownAt = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Which actors names mean, how likely, and why. Nothing is written."""
    try:
        as_of = AsOf.of(valid_at, known_at)
        if names.lower().endswith((".csv", ".tsv", ".csv.gz", ".tsv.gz")):
            queries = _table_queries(names)
        else:
            queries = [_query(names, {"name": names, "kind": kind, "country": country}, identifier or [])]
    except GeokgError as error:
        fail(error)

    async def ask(graph: Graph) -> MatchAnswer:
        items: list[Any] = []
        for start in range(0, len(queries), MOST_QUERIES):
            answer = await match(graph, queries[start : start + MOST_QUERIES], as_of, limit)
            items += answer.items
        return MatchAnswer(items=tuple(items), as_of=as_of.answer())

    answer = with_graph(ask, data_dir)
    shown(answer, as_json, _show_one if len(answer.items) == 1 else _show_many)


def _query(where: str, fields: dict[str, str | None], identifiers: list[str]) -> MatchQuery:
    schemes: dict[str, list[str]] = {}
    for each in identifiers:
        scheme, colon, value = each.partition(":")
        if not colon or not value:
            raise InvalidInput(f"{each[:60]!r} is no identifier", where, "Write scheme:value, such as ticker:BABA")
        schemes.setdefault(scheme, []).append(value)
    given: dict[str, Any] = {name: value for name, value in fields.items() if value}
    try:
        return MatchQuery(**{"name": "", **given}, identifiers={s: tuple(v) for s, v in schemes.items()})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise InvalidInput(first["msg"], f"{where[:80]}: {field}") from error


def _table_queries(file: str) -> list[MatchQuery]:
    """The rows of a table; those that cannot be read are told and left out.

    Raises:
        InvalidInput: there is no such file, it has no column `name`, no row of it can be read, or too many.
    """
    delimiter = "\t" if ".tsv" in file.lower() else ","
    queries: list[MatchQuery] = []
    faults = 0
    for row in read_table(Path(file), ["name"], delimiter=delimiter):
        if len(queries) >= _MOST_ROWS:
            raise InvalidInput(f"the table has more than {_MOST_ROWS:,} rows", file, "Match it in parts")
        try:
            queries.append(_row_query(row))
        except InvalidInput as error:
            faults += 1
            err.print(f"[yellow]left out[/]: {escape(str(error))}")
    if not queries:
        raise InvalidInput("no row of it can be matched" if faults else "the table has no rows", file)
    return queries


def _row_query(row: Row | Unreadable) -> MatchQuery:
    if isinstance(row, Unreadable):
        raise InvalidInput(row.reason, row.where)
    cells = row.cells
    fields = {name: cells.get(name) for name in ("name", "kind", "country")}
    return _query(row.where, fields, cells.get("identifiers", "").split())


def _show_many(answer: MatchAnswer) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for column in ("name", "decision", "actor", "probability", "why", "id"):
        table.add_column(column, overflow="fold", no_wrap=column == "id")
    for item in answer.items:
        first = item.candidates[0] if item.candidates else None
        found = (first.actor.name, f"{first.probability:.2f}") if first else ("–", "–")
        row = (item.name, item.decision, *found, "; ".join(item.reasons), first.actor.id if first else "–")
        table.add_row(*map(escape, row))
    out.print(table)


def _show_one(answer: MatchAnswer) -> None:
    item = answer.items[0]
    out.print(f"[bold]{escape(item.name)}[/]: {item.decision} – {escape('; '.join(item.reasons))}")
    for candidate in item.candidates:
        _show_candidate(candidate)


def _show_candidate(candidate: MatchCandidate) -> None:
    actor = candidate.actor
    out.print(
        f"{candidate.probability:.2f}  [bold]{escape(actor.name)}[/]  {actor.kind or '–'}, {actor.country or '–'}  "
        f"by {escape(candidate.matched)} ({candidate.matched_kind}), name alone {candidate.name_probability:.2f}  "
        f"[dim]{actor.id}[/]"
    )
    reasons = ", ".join(f"{f.name} {f.value} {f.weight:+.2f}" for f in candidate.features[:_SHOWN_REASONS])
    out.print(f"      [dim]{escape(reasons)}[/]")
