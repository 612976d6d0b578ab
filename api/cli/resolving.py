"""Decide who is one with whom: merge, keep apart, split, undo; why, and what was decided."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Annotated

import typer
from rich.markup import escape

from api.cli.context import FAULTS, By, Cursor, DataDir, Json, KnownAt, Limit, fail, out, shown, with_graph
from kg.asking.decisions import EVER, DecisionFilters, decisions, one, why
from kg.asking.parameters import AsOf, PageRequest
from kg.deciding import deciding
from kg.deciding.deciding import Draft, Said
from kg.deciding.preview import preview as previewed
from kg.engine.graph import Graph
from schema.answers.common import Ref
from schema.answers.decisions import (
    Changes,
    DecidedAnswer,
    DecisionAnswer,
    DecisionPage,
    StandingInShort,
    Whole,
    WhyAnswer,
)
from schema.errors import GeokgError

resolve_app = typer.Typer(help="Decide which actors, and which claims, are one.", no_args_is_help=True)


_Reason = Annotated[str, typer.Option("--reason", help="On what evidence; kept with the decision.", show_default=False)]
_Score = Annotated[
    float | None, typer.Option("--score", min=0, max=1, help="Of the matcher that suggested it.", show_default=False)
]
_Preview = Annotated[bool, typer.Option("--preview", help="Only say what would change, and what stands against it.")]
_End = Annotated[str, typer.Argument(help="Id of an actor or claim, or exact name of an actor.", show_default=False)]
_Decision = Annotated[str, typer.Argument(help="Id of a decision.", show_default=False)]


@resolve_app.command("merge")
def merge_command(
    kept: _End,
    other: _End,
    reason: _Reason,
    by: By,
    score: _Score = None,
    preview: _Preview = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Two actors, or two claims, are one; it is shown under the id and name of the first."""
    said = Said(by, reason, score)
    _decide(lambda graph: deciding.merge(graph, kept, other, said), preview, data_dir, as_json)


@resolve_app.command("apart")
def apart_command(
    left: _End,
    right: _End,
    reason: _Reason,
    by: By,
    score: _Score = None,
    preview: _Preview = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Two actors, or two claims, are not one, and nothing may join them while this stands."""
    said = Said(by, reason, score)
    _decide(lambda graph: deciding.keep_apart(graph, left, right, said), preview, data_dir, as_json)


@resolve_app.command("split")
def split_command(
    member: _End, reason: _Reason, by: By, preview: _Preview = False, data_dir: DataDir = None, as_json: Json = False
) -> None:
    """Take one out of those that it is one with; what tied it there stands no longer."""
    said = Said(by, reason)
    _decide(lambda graph: deciding.split(graph, member, said), preview, data_dir, as_json)


@resolve_app.command("undo")
def undo_command(
    decision: _Decision,
    reason: _Reason,
    by: By,
    preview: _Preview = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """A decision stands no longer, whichever it is; what it had ended stands again."""

    async def draft(_: Graph) -> Draft:
        return deciding.undo(decision, Said(by, reason))

    _decide(draft, preview, data_dir, as_json)


def _decide(draft: Callable[[Graph], Awaitable[Draft]], preview: bool, data_dir: DataDir, as_json: bool) -> None:
    async def work(graph: Graph) -> DecidedAnswer:
        if preview:
            return await previewed(graph, await draft(graph))
        identifier = await deciding.decide(graph, await draft(graph))
        return DecidedAnswer(decision=await one(graph, identifier, EVER), made=True)

    answer = with_graph(work, data_dir)
    shown(answer, as_json, _show_decided)
    if answer.refused is not None:
        raise typer.Exit(FAULTS)


@resolve_app.command("why")
def why_command(
    left: _End, right: _End, known_at: KnownAt = None, data_dir: DataDir = None, as_json: Json = False
) -> None:
    """Why two are one, or are kept apart: the decisions from which it follows."""
    as_of = _clock(known_at)
    shown(with_graph(lambda graph: why(graph, left, right, as_of), data_dir), as_json, _show_why)


@resolve_app.command("history")
def history_command(
    about: Annotated[
        str | None, typer.Argument(help="Only on this actor or claim, and those one with it.", show_default=False)
    ] = None,
    stands: Annotated[
        bool | None, typer.Option("--standing/--undone", help="Only those that stand, or were undone.")
    ] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
    known_at: KnownAt = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """What was decided, the newest first, undone decisions included."""
    as_of, page = _clock(known_at), PageRequest(limit, cursor)
    filters = DecisionFilters(about=about, stands=stands)
    shown(with_graph(lambda graph: decisions(graph, filters, as_of, page), data_dir), as_json, _show_page)


def _clock(known_at: str | None) -> AsOf:
    try:
        return AsOf.of(None, known_at)
    except GeokgError as error:
        fail(error)


def _ref(ref: Ref) -> str:
    return f"{escape(ref.name)} [dim]{ref.id}[/]"


def _show_decision(item: DecisionAnswer) -> None:
    what = item.verdict
    if item.left is not None and item.right is not None:
        what = f"{_ref(item.left)} {'is' if item.verdict == 'same' else 'is not'} {_ref(item.right)}"
    ended = "" if item.stands else f"  [yellow]undone[/] by {item.revoked_by}" if item.revoked_by else ""
    out.print(f"[bold]{item.id}[/]  {what}{ended}")
    if item.revokes:
        out.print(f"  undoes {', '.join(item.revokes)}")
    score = f", score {item.score:.2f}" if item.score is not None else ""
    out.print(f"  {escape(item.decided_by)} at {item.decided_at}{score}: {escape(item.reason)}")


def _show_page(page: DecisionPage) -> None:
    for item in page.items:
        _show_decision(item)
    if not page.items:
        out.print("nothing was decided")
    if page.next:
        out.print(f"[dim]more: --cursor {page.next}[/]")


def _show_decided(answer: DecidedAnswer) -> None:
    if answer.made:
        out.print("[green]decided[/]")
        _show_decision(answer.decision)
    elif answer.refused is not None:
        out.print(f"[red]cannot be decided[/]: {escape(answer.refused)}")
    elif answer.changes is not None:
        out.print("nothing is decided yet; this would change:")
        _show_changes(answer.changes)


def _show_wholes(when: str, wholes: Iterable[Whole]) -> None:
    for whole in wholes:
        others = ", ".join(_ref(member) for member in whole.members if member.id != whole.canonical.id)
        out.print(f"  {when}: {_ref(whole.canonical)}, one with {others}")


def _show_changes(changes: Changes) -> None:
    _show_wholes("before", changes.before)
    _show_wholes("after", changes.after)
    out.print("  shown otherwise: " + (", ".join(_ref(each) for each in changes.shown_otherwise) or "nobody"))
    if changes.names:
        out.print(f"  names that unite: {escape(', '.join(changes.names))}")
    between = f", {changes.between} of them between those that become one" if changes.between else ""
    out.print(f"  {changes.statements} statements and {changes.relationships} relationships{between}")
    for change in changes.claims:
        out.print(f"  {_ref(change.claim)}\n    {_short(change.before)} → {_short(change.after)}")
    out.print(
        f"  {len(changes.claims)} claims get another standing{', of those looked at' if changes.truncated else ''}"
    )


def _short(standing: StandingInShort) -> str:
    return (
        f"{standing.standing} ({standing.origins} origins, {standing.documents} documents, "
        f"{standing.named_sources} named sources)"
    )


def _show_why(answer: WhyAnswer) -> None:
    words = {
        "itself": "is itself",
        "same": "is one with",
        "different": "is kept apart from",
        "undecided": "– nothing was decided –",
    }
    right = "" if answer.relation == "itself" else _ref(answer.right)
    out.print(f"{_ref(answer.left)} [bold]{words[answer.relation]}[/] {right}")
    for step in answer.chain:
        sign = "is" if step.verdict == "same" else "is not"
        out.print(f"  {escape(step.start.name)} {sign} {escape(step.end.name)}  [dim]{step.decision}[/]")
        out.print(f"    {escape(step.decided_by)} at {step.decided_at}: {escape(step.reason)}")
