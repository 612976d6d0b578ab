"""What of a text is an article: boilerplate, paywall notes and lists of headlines are left unread."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from kg.reading.lexicons import load
from kg.reading.split import Bounds, paragraphs

MAX_BOILERPLATE = 240
_TERMINAL = re.compile(r"[.!?…:;][\"”’')\]]*\Z")


@dataclass(slots=True)
class Cleaned:
    """The paragraphs worth reading, the title's bounds when the text begins with it, and notes on what was left out."""

    paragraphs: list[Bounds]
    title: Bounds | None
    notes: list[str] = field(default_factory=list)


@cache
def _phrases(where: str) -> re.Pattern[str]:
    phrases = [str(phrase) for phrase in load("boilerplate")[where]]
    return re.compile(r"(?:" + "|".join(re.escape(phrase) for phrase in phrases) + r")(?!\w)", re.IGNORECASE)


def _boilerplate(text: str, start: int, end: int) -> bool:
    """Whether a paragraph belongs to the page: by its first words, or, when it is short, by any of them."""
    if end - start >= MAX_BOILERPLATE:
        return False
    return (
        _phrases("first").match(text, start, end) is not None
        or _phrases("anywhere").search(text, start, end) is not None
    )


def clean(text: str, title: str | None) -> Cleaned:
    """Chooses the paragraphs of an article to read; linear in its length."""
    found = paragraphs(text)
    cleaned = Cleaned([], None)
    if found and title and text[found[0][0] : found[0][1]] == title.strip():
        cleaned.title = found[0]
        found = found[1:]
    kept: list[Bounds] = []
    dropped = 0
    for start, end in found:
        if _boilerplate(text, start, end):
            dropped += 1
            continue
        kept.append((start, end))
    if dropped:
        cleaned.notes.append(f"{dropped} paragraph(s) of boilerplate left unread")
    headlines = _headline_lists(text, kept)
    if headlines:
        cleaned.notes.append(f"{len(headlines)} line(s) of a list of headlines left unread")
    cleaned.paragraphs = [bounds for bounds in kept if bounds not in headlines]
    if cleaned.title is None and cleaned.paragraphs and len(cleaned.paragraphs) > 1:
        start, end = cleaned.paragraphs[0]
        if end - start < 160 and not _TERMINAL.search(text, start, end):
            cleaned.title = (start, end)
            cleaned.paragraphs = cleaned.paragraphs[1:]
    if not any(_TERMINAL.search(text, start, end) for start, end in cleaned.paragraphs) and dropped:
        cleaned.paragraphs, cleaned.title = [], None
    return cleaned


def _headline_lists(text: str, found: list[Bounds]) -> set[Bounds]:
    """Runs of at least three lines that end without punctuation and hold no table bar."""
    out: set[Bounds] = set()
    run: list[Bounds] = []
    for bounds in [*found, (0, 0)]:
        start, end = bounds
        short = (
            end > start and end - start < 200 and not _TERMINAL.search(text, start, end) and "|" not in text[start:end]
        )
        if short:
            run.append(bounds)
            continue
        if len(run) >= 4 or (len(run) >= 3 and len(run) * 2 > len(found)):
            out.update(run)
        run = []
    return out
