"""How answers look to people on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api.cli.context import out
from kg.writing.rows import shorten
from schema.answers.actors import ActorAnswer, ActorPage, TopicAnswer, TopicPage
from schema.answers.claims import ClaimPage, ClaimSummary, Dossier, DossierStatement, StatementAnswer, StatementRef
from schema.answers.common import Edge, Evidence, Page, Ref, RelationshipGroup, Time
from schema.answers.matters import (
    DocumentAnswer,
    DocumentPage,
    PolicyAnswer,
    PolicyPage,
    Statistics,
    TimelineItem,
    TimelinePage,
)
from schema.answers.relationships import DyadPage, Neighbourhood, PathsAnswer, RelationshipPage


def names(refs: Iterable[Ref]) -> str:
    """The names of things, one after the other."""
    return ", ".join(escape(ref.name) for ref in refs) or "–"


def _about(refs: Sequence[Ref]) -> str:
    """The first thing a statement is about, and how many more there are."""
    if not refs:
        return "–"
    more = f" (and {len(refs) - 1} more)" if len(refs) > 1 else ""
    return escape(shorten(refs[0].name, 100) + more)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def when(time: Time | None) -> str:
    """A time as written."""
    return time.edtf if time else "–"


def table_of(*columns: str) -> Table:
    """A table with these columns."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column in ("id", "number", "since", "published", "at"))
    return table


def heading(text: str, more: str = "") -> None:
    """The first line of an answer."""
    out.print(f"[bold]{escape(text)}[/]  [dim]{escape(more)}[/]")


def more_of(page: Page) -> None:
    """How to get the next part of a list."""
    if page.next:
        out.print(f"[dim]more: --cursor {page.next}[/]")


def _speaker(statement: StatementRef) -> str:
    if statement.actor is None:
        return f"{statement.speaker} (not named)"
    return statement.actor.name


def _act(statement: StatementRef) -> str:
    return f"{statement.act} ({statement.manner})" if statement.manner else statement.act


def _source(statement: StatementAnswer) -> str:
    document = statement.document
    if document is None:
        return ""
    if not document.seen:
        return f"{document.title} (not seen)"
    place = f", {statement.start}–{statement.end}" if statement.start is not None else ""
    return f"{document.outlet or document.title}, {document.published_at or 'no date'}{place}"


def _quote(text: str | None, indent: int = 4) -> None:
    if text:
        out.print(Padding(Text(f"“{text}”", style="italic"), (0, 0, 0, indent)))


def actors(page: ActorPage) -> None:
    """A list of actors."""
    table = table_of("actor", "kind", "country", "matched", "score", "id")
    for item in page.items:
        matched = f"{item.matched} ({item.matched_kind})" if item.matched else "–"
        row = (item.actor.name, item.actor.kind or "–", item.actor.country or "–", matched, f"{item.score:.2f}")
        table.add_row(*map(escape, row), item.actor.id)
    out.print(table)
    more_of(page)


def actor(answer: ActorAnswer) -> None:
    """One actor."""
    heading(answer.name, f"{answer.kind}{', ' + answer.country if answer.country else ''}  {answer.id}")
    if answer.description:
        out.print(escape(answer.description))
    out.print("names: " + escape(", ".join(f"{n.name} ({n.kind})" for n in answer.names)))
    if answer.identifiers:
        out.print("identifiers: " + escape(", ".join(f"{k}:{v}" for k, v in answer.identifiers.items())))
    out.print(
        f"statements made {answer.statements_made}, about it {answer.statements_about}; policies issued "
        f"{answer.policies_issued}, targeting it {answer.policies_targeting}; events {answer.events}"
    )
    groups(answer.relationships)
    for relation in answer.relations:
        edge(relation)


def groups(found: Iterable[RelationshipGroup]) -> None:
    """Counts of relationships."""
    table = table_of("relationship", "direction", "count", "coded", "first", "last")
    for group in found:
        first, last = (group.first or "–")[:10], (group.last or "–")[:10]
        table.add_row(group.type, group.direction, str(group.count), str(group.coded or "–"), first, last)
    if table.row_count:
        out.print(table)


def edge(found: Edge) -> None:
    """One relationship with its evidence."""
    details = [found.at or "", found.role or "", found.manner or ""]
    if found.valid_from or found.valid_to:
        details.append(f"{found.valid_from or '..'} to {found.valid_to or '..'}")
    more = ", ".join(detail for detail in details if detail)
    out.print(
        f"  {escape(found.source.name)} [cyan]{found.type}[/] {escape(found.target.name)}"
        + (f"  [dim]{escape(more)}[/]" if more else "")
    )
    for each in found.evidence:
        evidence(each)


def evidence(found: Evidence) -> None:
    """Where a fact stands."""
    _quote(found.quote, 6)
    place = found.citation or ""
    if found.document:
        offsets = f", {found.start}–{found.end}" if found.start is not None else ""
        document = found.document
        place = f"{document.outlet or document.title}, {document.published_at or 'no date'}{offsets}"
    coded = "coded by a machine, no sentence  " if found.kind == "coded" else ""
    if coded or place or found.id:
        out.print(f"      [dim]{coded}{escape(place)}  {found.id or ''}[/]")


def timeline(page: TimelinePage) -> None:
    """What an actor said, what was said about it, decided on it and done."""
    heading(f"Timeline of {page.actor.name}", page.actor.id)
    for item in page.items:
        _timeline_item(item)
    more_of(page)


def _timeline_item(item: TimelineItem) -> None:
    roles = ", ".join(item.roles)
    if item.statement:
        s = item.statement
        out.print(
            f"[bold]{when(item.at)}[/]  {escape(_speaker(s))} [cyan]{_act(s)}[/]: {_about(s.about)}  [dim]{roles}[/]"
        )
        _quote(s.quote)
        out.print(f"    [dim]{escape(_source(s))}  {s.id}[/]")
    elif item.policy:
        p = item.policy
        status = p.status.status if p.status else "policy"
        number = f"{p.policy.number}: " if p.policy.number else ""
        name = escape(number + p.policy.name)
        out.print(f"[bold]{when(item.at)}[/]  [magenta]policy {status}[/]: {name}  [dim]{roles}[/]")
        out.print(f"    [dim]{names(p.issuers)} → {names(p.targets)}  {p.policy.id}[/]")
    elif item.event:
        e = item.event
        figures = "".join(f", {name} {value:g}" for name, value in e.figures.items())
        out.print(
            f"[bold]{when(item.at)}[/]  [green]{e.event.kind}[/]: {escape(e.event.name + figures)}  [dim]{roles}[/]"
        )
        out.print(f"    [dim]{escape(', '.join(p.actor.name for p in e.participants))}  {e.event.id}[/]")


def relationships(page: RelationshipPage) -> None:
    """Relationships of an actor."""
    heading(f"Relationships of {page.actor.name}", page.actor.id)
    groups(page.groups)
    for item in page.items:
        edge(item)
    more_of(page)


def dyad(page: DyadPage) -> None:
    """Relationships of two actors."""
    heading(f"{page.left.name} and {page.right.name}", f"{page.left.id} {page.right.id}")
    groups(page.groups)
    for item in page.items:
        edge(item)
    if not page.items:
        out.print("  nothing ties them directly")
    for shared in page.shared:
        left, right = ", ".join(shared.left), ", ".join(shared.right)
        matter = f"{shared.matter.label.lower()}: {escape(shared.matter.name)}"
        out.print(f"  {matter}  [dim]{escape(page.left.name)} {left}; {escape(page.right.name)} {right}[/]")
    more_of(page)


def neighbourhood(answer: Neighbourhood) -> None:
    """The graph around an actor."""
    heading(f"Around {answer.centre.name}", f"{len(answer.nodes)} nodes, {len(answer.edges)} edges")
    for found in answer.edges:
        edge(found)
    if answer.truncated:
        out.print(f"[yellow]{escape(answer.reason or 'more lies within the hops')}[/]")


def paths(answer: PathsAnswer) -> None:
    """Ways between two actors."""
    heading(f"From {answer.source.name} to {answer.target.name}", f"{answer.nodes_searched} nodes searched")
    for number, path in enumerate(answer.paths, 1):
        out.print(f"{number}. " + " — ".join(escape(node.name) for node in path.nodes))
        for step in path.steps:
            for found in step.edges:
                edge(found)
    if not answer.paths:
        out.print("  no way was found")
    if answer.truncated:
        out.print(f"[yellow]{escape(answer.reason or 'the search gave up at its bound')}[/]")


def claims(page: ClaimPage) -> None:
    """A list of claims."""
    for claim in page.items:
        _claim(claim)
    if not page.items:
        out.print("no claim")
    more_of(page)


def _claim(claim: ClaimSummary) -> None:
    standing = claim.standing
    out.print(f"[bold]{escape(claim.text)}[/]")
    out.print(
        f"    [yellow]{standing.standing}[/]; said of {names(claim.subjects)}; "
        f"{_counted(claim.statements, 'statement')} in {_counted(standing.documents, 'document')}, "
        f"{_counted(standing.origins, 'independent origin')}  "
        f"[dim]{claim.id}[/]"
    )


def dossier(answer: Dossier, relays: bool = True) -> None:
    """All that was said about a claim; without those statements that only pass on another's, where relays is false."""
    standing = answer.standing
    heading(answer.text, answer.id)
    out.print(f"standing: [yellow]{standing.standing}[/] – {escape(standing.definition)}")
    out.print(f"said of: {names(answer.subjects)}; towards: {names(answer.objects)}; {names(answer.concerns)}")
    copies = f" ({standing.copies} copies)" if standing.copies else ""
    documents = _counted(standing.documents, "document") + copies
    out.print(
        f"{_counted(standing.origins, 'independent origin')} behind {documents}; "
        f"{standing.named_sources} named and {standing.anonymous_sources} unnamed sources"
    )
    if hours := standing.hours_to_answer:
        out.print(f"first answer after {hours.least:g} to {hours.most:g} hours")
    for origin in answer.origins:
        _origin(origin.name, origin.kind, len(origin.reported_in))
    shown = [statement for statement in answer.said if relays or statement.act != "relay"]
    for statement in shown:
        _said(statement)
    if len(shown) < len(answer.said):
        out.print(f"[dim]… and {len(answer.said) - len(shown)} statements that pass these on (--relays shows them)[/]")


def _origin(name: str, kind: str, reports: int) -> None:
    out.print(f"  origin: {escape(name)} ({kind.replace('_', ' ')}), reported in {reports} documents")


def _said(statement: DossierStatement) -> None:
    capacity = f", {statement.capacity}" if statement.capacity else ""
    out.print(
        f"[bold]{when(statement.asserted_at)}[/]  {escape(_speaker(statement) + capacity)} [cyan]{_act(statement)}[/]"
    )
    _quote(statement.quote)
    chain = "".join(f" ← {name}" for name, _ in groupby(_speaker(step) for step in statement.chain))
    answered = dict.fromkeys(_speaker(s) for s in statement.answers)
    answers = f"; answers {', '.join(answered)}" if answered else ""
    out.print(f"    [dim]{escape(_source(statement) + chain + answers)}  {statement.id}[/]")


def policies(page: PolicyPage) -> None:
    """A list of policies."""
    table = table_of("number", "policy", "status", "since", "issued by", "targets")
    for item in page.items:
        status, since = (item.status.status, when(item.status.at)) if item.status else ("–", "–")
        issued, targets = names(item.issuers), names(item.targets)
        table.add_row(item.policy.number or "–", escape(item.policy.name), status, since, issued, targets)
    out.print(table)
    more_of(page)


def policy(answer: PolicyAnswer) -> None:
    """One policy."""
    heading(f"{answer.policy.number or ''} {answer.policy.name}".strip(), answer.policy.id)
    if answer.description:
        out.print(escape(answer.description))
    out.print(f"issued by {names(answer.issuers)}; signed by {names(answer.signers)}; targets {names(answer.targets)}")
    for step in answer.history:
        out.print(f"  [bold]{when(step.at)}[/] {step.status}  [dim]{escape(step.citation or '')}[/]")
    for name in ("amends", "amended_by", "suspends", "suspended_by", "revokes", "revoked_by", "implements"):
        if refs := getattr(answer, name):
            out.print(f"  {name.replace('_', ' ')}: {names(refs)}")
    for name in ("implemented_by", "responds_to", "led_to_by", "concerns"):
        if refs := getattr(answer, name):
            out.print(f"  {name.replace('_', ' ')}: {names(refs)}")
    for each in answer.evidence:
        evidence(each)


def documents(page: DocumentPage) -> None:
    """A list of documents."""
    table = table_of("published", "outlet", "title", "statements", "id")
    for item in page.items:
        d = item.document
        title = escape(d.title if d.seen else f"{d.title} (not seen)")
        table.add_row(d.published_at or "–", escape(d.outlet or "–"), title, str(item.statements), d.id)
    out.print(table)
    more_of(page)


def document(answer: DocumentAnswer) -> None:
    """One document: its text with the statements marked."""
    heading(answer.document.title, answer.document.id)
    out.print(f"[dim]{escape(answer.document.outlet or '')} {answer.document.published_at or ''}[/]")
    if answer.text:
        text = Text(answer.text)
        for statement in answer.statements:
            if statement.start is not None and statement.end is not None:
                text.stylize("underline", statement.start, statement.end)
        out.print(text)
    for statement in answer.statements:
        place = f"{statement.start}–{statement.end}" if statement.start is not None else "not seen"
        about = _about(statement.about)
        out.print(f"  [dim]{place}[/] {escape(_speaker(statement))} [cyan]{_act(statement)}[/]: {about}")


def topics(page: TopicPage) -> None:
    """A list of topics."""
    table = table_of("topic", "kind", "also", "mentions", "id")
    for item in page.items:
        also = escape(", ".join(item.aliases))
        table.add_row(escape(item.topic.name), item.topic.kind or "–", also, str(item.mentions), item.topic.id)
    out.print(table)
    more_of(page)


def topic(answer: TopicAnswer) -> None:
    """One topic."""
    heading(answer.name, f"{answer.kind}  {answer.id}")
    groups(answer.relationships)
    for relation in answer.relations:
        edge(relation)


def statistics(answer: Statistics) -> None:
    """How much the graph holds."""
    for name in ("nodes", "relationships", "acts", "standings", "actors", "policies", "events"):
        counts: dict[str, int] = getattr(answer, name)
        table = table_of(name, "count")
        for term, count in counts.items():
            table.add_row(term, str(count))
        out.print(table)
