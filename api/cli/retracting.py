"""Retraction on the command line: of some records, or of a whole source; its preview and its undoing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.markup import escape

from api.cli.context import DataDir, Json, fail, out, shown, with_graph
from kg.engine.graph import Graph
from kg.retracting.selection import SourceOf
from kg.retracting.source import preview_source, restore_source, retract_source
from kg.writing.retract import Retraction, preview_retraction, undo_retraction
from kg.writing.retract import retract as retract_ids
from schema.answers.retractions import SourceRetraction
from schema.errors import InvalidInput

Ids = Annotated[
    list[str] | None, typer.Argument(help="Ids of documents, statements, claims, policies, events or actors.")
]
Publisher = Annotated[
    str | None, typer.Option("--publisher", help="All that this actor published.", show_default=False)
]
Feed = Annotated[str | None, typer.Option("--feed", help="All events of this feed: icews.", show_default=False)]
Method = Annotated[str | None, typer.Option("--method", help="All that was read in this way.", show_default=False)]
OfJob = Annotated[str | None, typer.Option("--job", help="All that this job added.", show_default=False)]


def retract(
    ids: Ids = None,
    reason: Annotated[str, typer.Option("--reason", help="Why; kept with what is retracted.")] = "",
    publisher: Publisher = None,
    feed: Feed = None,
    method: Method = None,
    job: OfJob = None,
    preview: Annotated[bool, typer.Option("--preview", help="Only say what would fall.")] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Unlearn documents, statements or others, or a whole source; nothing is deleted, and it can be undone."""
    if not reason and not preview:
        fail(InvalidInput("a retraction needs a reason", "--reason", "Say why; it is kept with what is retracted"))
    options = (publisher, feed, method, job)
    if _is_of_ids(ids, options):

        async def work(graph: Graph) -> Retraction:
            return await (preview_retraction if preview else retract_ids)(graph, ids or [], reason)

        shown(with_graph(work, data_dir), as_json, _show_retraction)
        return

    async def of_source(graph: Graph, source: SourceOf) -> SourceRetraction:
        return await (preview_source if preview else retract_source)(graph, source, reason)

    _with_source(of_source, options, data_dir, as_json)


def restore(
    ids: Ids = None,
    publisher: Publisher = None,
    feed: Feed = None,
    method: Method = None,
    job: OfJob = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Undo a retraction; that it was retracted for a time stays known."""
    options = (publisher, feed, method, job)
    if _is_of_ids(ids, options):

        async def work(graph: Graph) -> Retraction:
            return await undo_retraction(graph, ids or [])

        shown(with_graph(work, data_dir), as_json, _show_retraction)
        return
    _with_source(restore_source, options, data_dir, as_json)


_Options = tuple[str | None, str | None, str | None, str | None]


def _is_of_ids(ids: list[str] | None, options: _Options) -> bool:
    named = sum(option is not None for option in options)
    if bool(ids) + named != 1:
        remedy = "Give ids, or one of --publisher, --feed, --method and --job"
        fail(InvalidInput("it is not clear what is meant", "retraction", remedy))
    return not named


def _with_source(
    act: Callable[[Graph, SourceOf], Awaitable[SourceRetraction]],
    options: _Options,
    data_dir: Path | None,
    as_json: bool,
) -> None:
    publisher, feed, method, job = options

    async def work(graph: Graph) -> SourceRetraction:
        try:
            source = SourceOf(publisher=publisher, feed=feed, method=method, job=job)
        except ValidationError as error:
            raise InvalidInput(error.errors()[0]["msg"], "retraction", "Mend it") from error
        return await act(graph, source)

    shown(with_graph(work, data_dir), as_json, _show_source)


def _show_retraction(done: Retraction) -> None:
    when = f"at {done.retracted_at}" if done.retracted_at else f"({escape(done.reason)})"
    out.print(f"{len(done.nodes)} nodes {when}")
    for node in done.nodes:
        out.print(f"  {node.label} {escape(node.caption)}  [dim]{node.id}[/]")
    for claim in done.claims:
        out.print(f"  [yellow]claim affected[/] {escape(claim.text)}  [dim]{claim.id}[/]")


def _show_source(done: SourceRetraction) -> None:
    numbers = ", ".join(f"{number:,} {label}" for label, number in done.nodes.items())
    out.print(f"{escape(done.source)}: {numbers}; {f'takes effect at {done.at}' if done.at else 'nothing is changed'}")
    if done.bare:
        out.print(f"  {done.bare:,} statements of unseen documents that nothing else relays are among them")
    for each in done.standings:
        out.print(f"  [yellow]{each.before} → {each.after}[/] {escape(each.text)}  [dim]{each.id}[/]")
    for actor in done.actors[:20]:
        out.print(f"  nothing is left of {escape(actor.name)}  [dim]{actor.id}[/]")
    if done.actors_left > len(done.actors[:20]):
        out.print(f"  … {done.actors_left:,} actors in all of whom nothing is left")
