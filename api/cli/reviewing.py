"""Decide on what the reader was not sure of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.markup import escape
from rich.table import Table

from api.cli.context import By, Cursor, DataDir, Json, Limit, fail, out, shown, with_graph
from kg.asking.parameters import PageRequest
from kg.engine.graph import Graph
from kg.review import actors, deciding
from kg.review.asking import ReviewFilters, one, reviews
from schema.answers.reviews import ProvisionalActor, ProvisionalPage, ReviewAnswer, ReviewItem, ReviewPage
from schema.errors import InvalidInput

review_app = typer.Typer(help="Decide on statements that the reader was not sure of.", no_args_is_help=True)

_Actor = Annotated[str, typer.Argument(help="Id of a provisional actor.", show_default=False)]
_Review = Annotated[str, typer.Argument(help="Id of a review.", show_default=False)]
_Status = Literal["pending", "accepted", "corrected", "rejected", "all"]


_Note = Annotated[str | None, typer.Option("--note", help="Why; kept with the decision.", show_default=False)]


@review_app.command("list")
def list_command(
    status: Annotated[_Status, typer.Option("--status", help="What became of them.")] = "pending",
    document: Annotated[
        str | None, typer.Option("--document", help="Only in the document with this id.", show_default=False)
    ] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """What waits for a decision, the newest first."""
    filters = ReviewFilters(status=status, document=document)
    answer = with_graph(lambda graph: reviews(graph, filters, PageRequest(limit, cursor)), data_dir)
    shown(answer, as_json, _show_page)


@review_app.command("show")
def show_command(review: _Review, data_dir: DataDir = None, as_json: Json = False) -> None:
    """One of them, with the text around it."""
    shown(with_graph(lambda graph: one(graph, review), data_dir), as_json, _show_one)


@review_app.command("accept")
def accept_command(
    review: _Review, by: By, note: _Note = None, data_dir: DataDir = None, as_json: Json = False
) -> None:
    """Let it into the graph as it was read."""

    async def work(graph: Graph) -> ReviewAnswer:
        await deciding.accept(graph, review, by, note)
        return await one(graph, review)

    shown(with_graph(work, data_dir), as_json, _show_decided)


@review_app.command("correct")
def correct_command(
    review: _Review,
    by: By,
    fields: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="A field put right; repeatable.", show_default=False),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="Fields put right, as a JSON object.", show_default=False)
    ] = None,
    note: _Note = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Let it into the graph with fields put right, such as --set act=deny --set claim.text='It was so'.

    A value is JSON where it reads as JSON, else text; null takes a field away.
    """
    try:
        correction = _correction(fields or [], file)
    except InvalidInput as error:
        fail(error)

    async def work(graph: Graph) -> ReviewAnswer:
        await deciding.correct(graph, review, correction, by, note)
        return await one(graph, review)

    shown(with_graph(work, data_dir), as_json, _show_decided)


@review_app.command("reject")
def reject_command(
    review: _Review, by: By, note: _Note = None, data_dir: DataDir = None, as_json: Json = False
) -> None:
    """Keep it out of the graph, also when its article is read again."""

    async def work(graph: Graph) -> ReviewAnswer:
        await deciding.reject(graph, review, by, note)
        return await one(graph, review)

    shown(with_graph(work, data_dir), as_json, _show_decided)


def _correction(fields: list[str], file: Path | None) -> dict[str, Any]:
    correction: dict[str, Any] = {}
    if file is not None:
        try:
            correction = json.loads(file.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise InvalidInput(f"it cannot be read as JSON: {error}", str(file), "Write one JSON object") from error
        if not isinstance(correction, dict):
            raise InvalidInput("it holds no JSON object", str(file), 'Such as {"act": "deny"}')
    for field in fields:
        name, sign, text = field.partition("=")
        if not sign:
            raise InvalidInput(f"{field[:60]!r} has no '='", "--set", "Write it as field=value")
        try:
            value = json.loads(text)
        except ValueError:
            value = text
        outer, _, inner = name.partition(".")
        if inner:
            correction.setdefault(outer, {})[inner] = value
        else:
            correction[name] = value
    return correction


def _show_page(page: ReviewPage) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for column in ("id", "sure", "status", "statement", "document"):
        table.add_column(column, overflow="fold")
    for item in page.items:
        said = f"{item.speaker}: {item.act}\n[dim]{escape(item.quote)}[/]"
        table.add_row(item.id, f"{item.confidence:.2f}", item.status, said, escape(item.document.title))
    if page.items:
        out.print(table)
    else:
        out.print("nothing waits")
    if page.next:
        out.print(f"[dim]more: --cursor {page.next}[/]")


def _show_one(item: ReviewAnswer) -> None:
    out.print(f"[bold]{escape(item.speaker)}: {item.act}[/]  [dim]{item.id}[/]")
    out.print(f"{item.status}, confidence {item.confidence:.2f} (accepted from {item.threshold:.2f})")
    out.print(f"in {escape(item.document.title)}  [dim]{item.document.id}, {item.start} to {item.end}[/]")
    out.print(f"\n[dim]…{escape(item.before)}[/][bold]{escape(item.quote)}[/][dim]{escape(item.after)}…[/]\n")
    for name, value in item.record.items():
        if name not in ("type", "document", "quote", "start", "end"):
            out.print(f"  {name}: {escape(_told(value))}")
    for record in item.brings:
        what = record.get("text") or record.get("name") or record.get("title") or record.get("act")
        out.print(f"  [dim]brings[/] {record['type']}: {escape(str(what))}")
    _show_decision(item)


def _show_decided(item: ReviewAnswer) -> None:
    out.print(f"[green]{item.status}[/] {escape(item.speaker)}: {item.act}  [dim]{item.id}[/]")
    _show_decision(item)


def _show_decision(item: ReviewItem) -> None:
    if item.decided_at is not None:
        note = f": {item.note}" if item.note else ""
        out.print(f"  {item.status} by {escape(item.decided_by or '')} at {item.decided_at}{escape(note)}")
    if item.correction:
        out.print(f"  put right: {escape(_told(item.correction))}")
    if item.result:
        out.print(f"  statement {item.result}")


def _told(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@review_app.command("actors")
def actors_command(limit: Limit = 20, cursor: Cursor = None, data_dir: DataDir = None, as_json: Json = False) -> None:
    """Actors whom a text or feed named and nobody knew; one who is known: geokg resolve merge."""
    answer = with_graph(lambda graph: actors.provisional_actors(graph, PageRequest(limit, cursor)), data_dir)
    shown(answer, as_json, _show_actors)


@review_app.command("accept-actor")
def accept_actor_command(
    actor: _Actor,
    by: By,
    kind: Annotated[str | None, typer.Option("--kind", help="What kind it is.", show_default=False)] = None,
    country: Annotated[str | None, typer.Option("--country", help="ISO 3166 code.", show_default=False)] = None,
    note: _Note = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Make a provisional actor a lasting one."""

    async def work(graph: Graph) -> ProvisionalActor:
        await actors.accept_actor(graph, actor, by, kind, country, note)
        return await actors.one_provisional(graph, actor)

    shown(with_graph(work, data_dir), as_json, _show_actor)


@review_app.command("reject-actor")
def reject_actor_command(
    actor: _Actor, by: By, note: _Note = None, data_dir: DataDir = None, as_json: Json = False
) -> None:
    """Retract a provisional actor that is none."""

    async def work(graph: Graph) -> ProvisionalActor:
        await actors.reject_actor(graph, actor, by, note)
        return await actors.one_provisional(graph, actor)

    shown(with_graph(work, data_dir), as_json, lambda answer: out.print(f"rejected: {escape(answer.actor.name)}"))


def _show_actors(page: ProvisionalPage) -> None:
    for each in page.items:
        _show_actor(each)
    if page.next:
        out.print(f"more: --cursor {page.next}")


def _show_actor(each: ProvisionalActor) -> None:
    state = "provisional" if each.provisional else f"accepted by {escape(each.reviewed_by or '?')}"
    counts = f"{each.statements} statements, {each.claims} claims, {each.events} events"
    out.print(f"[bold]{escape(each.actor.name)}[/] ({each.actor.kind}, {each.actor.id}) {state}; {counts}")
    for document in each.documents:
        out.print(f"    in {escape(document.title)}")
