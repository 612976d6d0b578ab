"""Decide who is one with whom."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from api.cli.context import DataDir, out, with_graph
from kg.deciding import deciding
from kg.deciding.deciding import Said
from kg.engine.graph import Graph

resolve_app = typer.Typer(help="Decide which actors, and which claims, are one.", no_args_is_help=True)


def _whoami() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


_By = Annotated[str, typer.Option("--by", help="Who decides.", default_factory=_whoami, show_default="you")]
_Reason = Annotated[str, typer.Option("--reason", help="On what evidence; kept with the decision.", show_default=False)]
_Score = Annotated[float | None, typer.Option("--score", help="Of the matcher that suggested it.", show_default=False)]
_End = Annotated[str, typer.Argument(help="Id of an actor or claim, or exact name of an actor.", show_default=False)]


@resolve_app.command("merge")
def merge_command(
    kept: _End,
    other: _End,
    reason: _Reason,
    by: _By,
    score: _Score = None,
    data_dir: DataDir = None,
) -> None:
    """The two are one: the other is shown under the id and name of the first from now on."""
    said = Said(by, reason, score)

    async def work(graph: Graph) -> str:
        return await deciding.decide(graph, await deciding.merge(graph, kept, other, said))

    out.print(with_graph(work, data_dir))


@resolve_app.command("undo")
def undo_command(decision: str, reason: _Reason, by: _By, data_dir: DataDir = None) -> None:
    """A decision stands no longer."""

    async def work(graph: Graph) -> str:
        return await deciding.decide(graph, deciding.undo(decision, Said(by, reason)))

    out.print(with_graph(work, data_dir))
