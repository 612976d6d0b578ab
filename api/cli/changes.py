"""What changed in the graph, on the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.context import DataDir, Json, out, shown, with_graph
from kg.asking.changes import changes
from kg.engine.graph import Graph
from schema.answers.changes import ChangePage


def changes_command(
    since: Annotated[
        str | None, typer.Option("--since", help="'next' of an earlier answer, a date, or 'now'.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1_000, help="Most changes.")] = 50,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """What was added, changed, retracted, restored or merged, in the order in which the graph learned it."""

    async def work(graph: Graph) -> ChangePage:
        return await changes(graph, since, limit)

    shown(with_graph(work, data_dir), as_json, _show)


def _show(page: ChangePage) -> None:
    for item in page.items:
        two = f"  {item.left} and {item.right}" if item.left else ""
        out.print(f"{item.at[:19]}  {item.change:9}  {item.label:12}  {item.id}{two}")
    out.print(f"[dim]{'more' if page.more else 'go on'}: geokg changes --since {page.next}[/]")
