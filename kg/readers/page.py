"""Readings as one HTML page with colours, for people who check.

The page needs nothing beside itself. Source, cue and content differ by colour and by their edges (solid, boxed,
dotted), so that nobody has to tell colours apart; contrast of text is 4.5 or more (WCAG 2.2, AA) in light and dark.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from importlib import resources

from kg.readers.conll import parts_of
from kg.reading.model import Reading, Statement

_RANK = ("cue", "source", "content")
_LEGEND = (
    '<li><mark class="source">source</mark> who speaks</li>'
    '<li><mark class="cue">cue</mark> the words that say so</li>'
    '<li><mark class="content">content</mark> what is said</li>'
    "<li>Point at a statement to see its parts alone. A confidence with a dashed line waits for review.</li>"
)
_LOW = 0.5


@cache
def _asset(name: str) -> str:
    return resources.files("kg.readers").joinpath(name).read_text("utf-8")


def readings_to_html(readings: Sequence[tuple[str, Reading | str]], low: float = _LOW) -> str:
    """The page.

    Args:
        readings: names of documents, each with what was read or with the reason why it could not be.
        low: a confidence below it is marked, since ingestion would let it wait for review.
    """
    single = len(readings) == 1
    title = _title(*readings[0]) if single else f"{len(readings)} documents read"
    links = "" if single else _links([_title(name, found) for name, found in readings])
    sections = "".join(_document(f"d{i}", name, found, low) for i, (name, found) in enumerate(readings, 1))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)} · geokg read</title>\n<style>\n{_asset('page.css')}</style>\n</head>\n<body>\n"
        f'<header class="top"><h1>Who said what: statements as read by geokg</h1>'
        f'<ul class="legend">{_LEGEND}</ul>{links}</header>\n'
        f"<main>\n{sections}</main>\n<script>\n{_asset('page.js')}</script>\n</body>\n</html>\n"
    )


def _title(name: str, found: Reading | str) -> str:
    return name if isinstance(found, str) else found.title or name


def _links(titles: Iterable[str]) -> str:
    items = " ".join(f'<a href="#d{i}">{escape(title)}</a>' for i, title in enumerate(titles, 1))
    return f'<nav aria-label="Documents">{items}</nav>'


def _document(anchor: str, name: str, found: Reading | str, low: float) -> str:
    if isinstance(found, str):
        body = f'<p class="note"><strong>Not read.</strong> {escape(found)}</p>'
        return f'<section class="document" id="{anchor}"><header><h2>{escape(name)}</h2>{body}</header></section>\n'
    facts = " · ".join(escape(fact) for fact in (found.outlet, found.published, name) if fact)
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in found.notes)
    heading = f"<h2>{escape(found.title or name)}</h2>"
    label = escape(f"Statements of {anchor}: {_title(name, found)}")
    return (
        f'<section class="document" id="{anchor}"><header>{heading}<p class="facts">{facts}</p>{notes}</header>\n'
        f'<div class="columns"><div class="text" lang="{escape(found.language)}">{_marked(anchor, found)}</div>\n'
        f'<aside class="side" aria-label="{label}" tabindex="0">{_side(anchor, found, low)}</aside>'
        "</div></section>\n"
    )


def _marked(anchor: str, reading: Reading) -> str:
    """The text with its parts marked; where parts overlap, each stretch has the edges of the innermost one."""
    starting: dict[int, list[tuple[str, int]]] = defaultdict(list)
    ending: dict[int, list[tuple[str, int]]] = defaultdict(list)
    numbered: dict[int, list[int]] = defaultdict(list)
    for index, statement in enumerate(reading.statements):
        numbered[statement.cue.end].append(index)
        for start, end, role in parts_of(statement):
            starting[start].append((role, index))
            ending[end].append((role, index))
    out: list[str] = []
    active: dict[tuple[str, int], int] = {}
    at = 0
    for place in sorted({*starting, *ending, *numbered, len(reading.text)}):
        out.append(_stretch(reading.text[at:place], active))
        at = place
        for part in ending.get(place, ()):
            active[part] -= 1
            if not active[part]:
                del active[part]
        out += [_number(anchor, index) for index in numbered.get(place, ())]
        for part in starting.get(place, ()):
            active[part] = active.get(part, 0) + 1
    return "".join(out)


def _stretch(text: str, active: dict[tuple[str, int], int]) -> str:
    if not text:
        return ""
    if not active:
        return escape(text)
    role = min((role for role, _ in active), key=_RANK.index)
    parts = " ".join(f"{index}:{each}" for each, index in sorted(active, key=lambda part: (part[1], part[0])))
    return f'<mark class="{role}" data-s="{parts}">{escape(text)}</mark>'


def _number(anchor: str, index: int) -> str:
    return (
        f'<a class="n" id="{anchor}c{index}" href="#{anchor}s{index}" data-n="{index}" '
        f'aria-label="statement {index}">{index}</a>'
    )


def _side(anchor: str, reading: Reading, low: float) -> str:
    items = "".join(_item(anchor, i, statement, low) for i, statement in enumerate(reading.statements))
    count = len(reading.statements)
    heading = "No statements" if not count else f"{count} statement{'s' if count > 1 else ''}"
    parts = [f'<h3>{heading}</h3><ol class="statements">{items}</ol>' if count else f"<h3>{heading}</h3>"]
    parts += _others(
        "Verification",
        (
            f"{v.by or 'nobody named'}: {v.status.replace('_', ' ')} – {v.what or v.quote}"
            for v in reading.verifications
        ),
    )
    parts += _others("Policies", (f"{p.text} ({p.kind.replace('_', ' ')})" for p in reading.policies))
    parts += _others(
        "Events", (f"{e.kind.replace('_', ' ')}{f', {e.date}' if e.date else ''}: {e.quote}" for e in reading.events)
    )
    parts += _others("Affiliations", (_affiliations(reading)))
    return "".join(parts)


def _affiliations(reading: Reading) -> Iterator[str]:
    for each in reading.affiliations:
        role = f", {each.role.text}" if each.role else ""
        body = f" – {each.organisation.text}" if each.organisation else ""
        yield f"{each.person.text}{role}{body}"


def _others(heading: str, items: Iterable[str]) -> list[str]:
    rows = "".join(f"<li>{escape(item)}</li>" for item in items)
    return [f'<h3>{heading}</h3><ul class="others">{rows}</ul>'] if rows else []


def _item(anchor: str, index: int, statement: Statement, low: float) -> str:
    manner = f" ({statement.manner.replace('_', ' ')})" if statement.manner else ""
    how = "sure low" if statement.confidence < low else "sure"
    sure = f'<span class="{how}" title="confidence">{statement.confidence:.2f}</span>'
    lines = [
        f'<div class="head"><a href="#{anchor}c{index}" aria-label="statement {index} in the text">{index}</a>'
        f'<span class="act">{escape(statement.act.replace("_", " ") + manner)}</span>{sure}</div>',
        f"<p>{_speaker(statement)}</p>",
    ]
    if statement.claim.text:
        about = [name for name in (statement.claim.subject_actor or statement.claim.subject,) if name]
        subject = f'<br><span class="soft">about {escape(about[0])}</span>' if about else ""
        lines.append(f"<p>{escape(statement.claim.text)}{subject}</p>")
    links = [
        f'{word} <a href="#{anchor}s{other}">{other}</a>'
        for word, other in (("relays", statement.relays), ("answers", statement.answers))
        if other is not None
    ]
    facts = [statement.certainty if statement.certainty and statement.certainty != "certain" else ""]
    facts += [f"hedges: {', '.join(statement.hedges)}" if statement.hedges else ""]
    said = " · ".join([*links, *(escape(fact) for fact in facts if fact)])
    if said:
        lines.append(f'<p class="soft">{said}</p>')
    return f'<li id="{anchor}s{index}" data-n="{index}">{"".join(lines)}</li>'


def _speaker(statement: Statement) -> str:
    source = statement.source
    if source is None:
        return '<span class="soft">nobody is named</span>'
    known = source.actor or source.name
    named = f"<strong>{escape(source.text)}</strong>"
    if known and known != source.text:
        named += f' <span class="soft">= {escape(known)}</span>'
    if statement.capacity:
        named += f', <span class="soft">{escape(statement.capacity)}</span>'
    if statement.anonymous:
        named += ' <span class="soft">(not named)</span>'
    return named
