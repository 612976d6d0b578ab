"""Questions about events, as commands: search, one of them, and coded denials near coded accusations."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from api.cli import show
from api.cli.asking import Country, From, Kind, To, Words, answer, clocks, filtered
from api.cli.context import Cursor, DataDir, Json, KnownAt, Limit, ValidAt, out
from kg.asking import denials, events
from kg.asking.filters import DenialFilters, EventFilters
from kg.asking.parameters import PageRequest
from schema.answers.matters import CodedDenialPage, EventAnswer, EventPage, EventSummary

Count = Annotated[bool, typer.Option("--count", help="Count all of them too.")]


def events_command(
    words: Words = None,
    kind: Kind = None,
    participant: Annotated[str | None, typer.Option("--participant", help="Who took part.", show_default=False)] = None,
    role: Annotated[
        str | None, typer.Option("--role", help="Role of the participant: agent, patient …", show_default=False)
    ] = None,
    cameo: Annotated[
        list[str] | None,
        typer.Option("--cameo", help="CAMEO code, with those below it; repeatable.", show_default=False),
    ] = None,
    plover: Annotated[
        str | None, typer.Option("--plover", help="Event type of PLOVER, such as ACCUSE.", show_default=False)
    ] = None,
    coded: Annotated[
        str | None, typer.Option("--coded", help="A part of what the feed coded.", show_default=False)
    ] = None,
    country: Country = None,
    from_: From = None,
    to: To = None,
    count: Count = False,
    limit: Limit = 20,
    cursor: Cursor = None,
    valid_at: ValidAt = None,
    known_at: KnownAt = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Search events by title, kind, code, participant or country."""
    values = {"q": words, "kind": kind, "participant": participant, "role": role, "cameo": cameo, "plover": plover}
    values |= {"coded": coded, "country": country}
    filters = filtered(EventFilters, from_=from_, to=to, count=count, **values)
    as_of, page = clocks(valid_at, known_at), PageRequest(limit, cursor)
    answer(lambda graph: events.search(graph, filters, as_of, page), _events, data_dir, as_json)


def event_command(
    event: Annotated[str, typer.Argument(help="Id of an event.", show_default=False)],
    valid_at: ValidAt = None,
    known_at: KnownAt = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """One event: who took part, what it led to, its evidence."""
    as_of = clocks(valid_at, known_at)
    answer(lambda graph: events.one(graph, event, as_of), _event, data_dir, as_json)


def answers_command(
    days: Annotated[int, typer.Option("--days", min=0, max=366, help="Most days between the two.")] = 3,
    order: Annotated[
        str, typer.Option("--order", help="any; after: the accusation on the same day or before.")
    ] = "any",
    denier: Annotated[str | None, typer.Option("--denier", help="Who denies.", show_default=False)] = None,
    accuser: Annotated[str | None, typer.Option("--accuser", help="Who accused.", show_default=False)] = None,
    from_: From = None,
    to: To = None,
    count: Count = False,
    limit: Limit = 20,
    cursor: Cursor = None,
    valid_at: ValidAt = None,
    known_at: KnownAt = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Denials that a feed coded within some days of an accusation of the reversed dyad."""
    values = {"days": days, "order": order, "denier": denier, "accuser": accuser, "count": count}
    filters = filtered(DenialFilters, from_=from_, to=to, **values)
    as_of, page = clocks(valid_at, known_at), PageRequest(limit, cursor)
    answer(lambda graph: denials.answered(graph, filters, as_of, page), _answers, data_dir, as_json)


def _codes(event: EventSummary) -> str:
    """What a machine coded, recognisable as such."""
    if event.evidence_kind != "coded":
        return event.event.kind or "–"
    return " ".join(part for part in ("coded", event.cameo, event.plover) if part)


def _events(page: EventPage) -> None:
    if page.total is not None:
        out.print(f"[bold]{page.total}[/] in all")
    table = show.table_of("at", "kind", "event", "place", "participants")
    for item in page.items:
        who = escape(", ".join(p.actor.name for p in item.participants))
        table.add_row(show.when(item.at), _codes(item), escape(item.event.name), escape(item.place or "–"), who)
    out.print(table)
    show.more_of(page)


def _event(found: EventAnswer) -> None:
    show.heading(found.event.name, found.event.id)
    out.print(f"{show.when(found.at)} {_codes(found)} {escape(found.place or '')}")
    if found.coded:
        out.print(f"  coded by its feed: {escape(found.coded)} ({escape(found.scheme or 'no scheme told')})")
    for name, value in found.figures.items():
        out.print(f"  {escape(name)}: {value:g}")
    for part in found.participants:
        out.print(f"  {part.role}: {escape(part.actor.name)}")
    out.print(f"led to: {show.names(found.led_to)}")
    for each in found.evidence:
        show.evidence(each)


def _answers(page: CodedDenialPage) -> None:
    if page.total is not None:
        out.print(f"[bold]{page.total}[/] in all")
    for item in page.items:
        out.print(f"{show.when(item.denial.at)}  {escape(item.denial.event.name)}  [dim]{item.denial.event.id}[/]")
        for met in item.accusations:
            days = "same day" if met.days == 0 else f"{abs(met.days)} d {'before' if met.days > 0 else 'after'}"
            out.print(f"    [dim]{show.when(met.event.at)} ({days})[/]  {escape(met.event.event.name)}")
    show.more_of(page)
