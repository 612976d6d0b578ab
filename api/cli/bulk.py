"""``geokg bulk``: the whole graph as files, for the loader of another engine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from api.cli.context import DataDir, Json, out, shown, with_graph
from kg.bulk.neo4j_import import Exported, export_neo4j
from kg.engine.graph import Graph

bulk_app = typer.Typer(help="The whole graph as files, for the loader of another engine.", no_args_is_help=True)


@bulk_app.command("export-neo4j")
def export_neo4j_command(
    folder: Annotated[Path, typer.Argument(help="A new folder.")],
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Write files for `neo4j-admin database import full`, with its arguments in import.args."""

    async def work(graph: Graph) -> Exported:
        return await export_neo4j(graph, folder)

    def show(done: Exported) -> None:
        out.print(f"{done.nodes} nodes, {done.relationships} relationships in {done.files} files")
        out.print(f"import them where Neo4j does not run yet:\n  {escape(done.command)}")

    shown(with_graph(work, data_dir), as_json, show)
