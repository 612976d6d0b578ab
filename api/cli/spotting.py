"""Commands that show what the resolver sees: names in a text, and claims that may be one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from api.cli.context import DataDir, Json, KnownAt, ValidAt, fail, out, shown, with_graph
from kg.asking import mentions, similar
from kg.asking.parameters import AsOf
from kg.reading.article import load_article
from kg.resolving.gazetteer import graph_gazetteer, packaged_gazetteer
from schema.answers.spotting import MentionsAnswer, SimilarClaims
from schema.errors import GeokgError, InvalidInput

_STDIN = Path("-")


def mentions_command(
    path: Annotated[Path, typer.Argument(help="An article, or - for standard input.")],
    with_graph_: Annotated[bool, typer.Option("--with-graph", help="Know the actors of the graph, too.")] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Which actors the names in a text mean, who else was thought of, and why."""
    try:
        text = load_article(_bytes(path), filename=path.name).text
    except GeokgError as error:
        fail(error)
    gazetteer = with_graph(graph_gazetteer, data_dir) if with_graph_ else packaged_gazetteer()
    shown(mentions.mentions(text, gazetteer), as_json, _show_mentions)


def similar_command(
    claim: Annotated[str, typer.Argument(help="Id of a claim.", show_default=False)],
    valid_at: ValidAt = None,
    known_at: KnownAt = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Claims about the same subjects that may be the same; join them with [bold]geokg resolve merge[/]."""
    try:
        as_of = AsOf.of(valid_at, known_at)
    except GeokgError as error:
        fail(error)
    shown(with_graph(lambda graph: similar.similar(graph, claim, as_of), data_dir), as_json, _show_similar)


def _bytes(path: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if path == _STDIN else path.read_bytes()
    except OSError as error:
        raise InvalidInput(f"it cannot be read: {error.strerror}", str(path), "Check the file") from error


def _show_mentions(answer: MentionsAnswer) -> None:
    for each in answer.mentions:
        actor = f"[bold]{escape(each.actor.name)}[/] ({each.actor.id})" if each.actor else "[yellow]cannot be told[/]"
        out.print(f"{each.start}-{each.end} {escape(each.text)} → {actor}")
        for candidate in each.candidates:
            reasons = ", ".join(f"{reason.feature} {reason.weight:+g}" for reason in candidate.reasons)
            where = f" ({candidate.actor.country})" if candidate.actor.country else ""
            out.print(f"    {candidate.score:.1f} {escape(candidate.actor.name)}{where}: {reasons}")


def _show_similar(answer: SimilarClaims) -> None:
    out.print(f"[bold]{escape(answer.claim.name)}[/] ({answer.claim.id})")
    if not answer.items:
        out.print("no claim about the same subjects says the like")
    for each in answer.items:
        reasons = ", ".join(f"{f.feature} {f.value * f.weight:+.1f}" for f in each.features)
        out.print(f"  {each.probability:.2f} {escape(each.claim.name)} ({each.claim.id})\n    {reasons}")
