"""Paragraphs and sentences, by regular expression; quotations are masked before, so that a sentence may hold one
whole."""

from __future__ import annotations

import re

from kg.reading.lexicons import abbreviations

Bounds = tuple[int, int]

_BREAK = re.compile(r"\n[ \t\u00a0]*\n\s*|\n")
_END = re.compile(r"[.!?…]+[)\]”’\"'»]*(?=\s+[\"“‘'(\[«]*[A-Z0-9\u00c0-\u00de\ue000#@$€£])")
_SAID = re.compile(
    r"\s+(?:[\w.'’-]+\s+){1,5}?(?:said|says|asked|asks|tweeted|wrote|told|added|replied|wondered|shouted|exclaimed|continued)\b"
    r"[^\ue000.!?]{0,160}(?:[.!?]|\Z)"
)
_LAST_WORD = re.compile(r"[\w.&'’-]+\Z")
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]?\Z|[A-Z]\Z")
_AFTER_ABBREVIATION = re.compile(
    r"\s+[\"“(]*(?:The|A|An|He|She|It|They|We|I|But|In|On|This|That|And|His|Her|Its|Yet)\b"
)


def paragraphs(text: str, start: int = 0, end: int | None = None) -> list[Bounds]:
    """Bounds of the paragraphs of `text[start:end]`; a line break ends one. Blank ones are left out."""
    stop = len(text) if end is None else end
    out: list[Bounds] = []
    at = start
    for match in _BREAK.finditer(text, start, stop):
        _add(text, at, match.start(), out)
        at = match.end()
    _add(text, at, stop, out)
    return out


def sentences(masked: str, start: int, end: int) -> list[Bounds]:
    """Bounds of the sentences of one paragraph, which is `masked[start:end]`, in offsets of `masked`.

    A full stop after an abbreviation or an initial ends no sentence, unless a word follows that mostly begins one.
    """
    out: list[Bounds] = []
    at = start
    for match in _END.finditer(masked, start, end):
        stop = match.start()
        mark = match.group()
        if mark[0] in "!?…" and stop and masked[stop - 1] == "\ue000" and _SAID.match(masked, match.end(), end):
            continue
        if mark.startswith(".") and not mark.startswith("..") and _abbreviated(masked, max(at, stop - 24), stop):
            titled = masked[max(at, stop - 3) : stop].lower() in _TITLES
            if titled or not _AFTER_ABBREVIATION.match(masked, match.end()):
                continue
        _add(masked, at, match.end(), out)
        at = match.end()
    _add(masked, at, end, out)
    return out


_TITLES = frozenset({" mr", "mrs", " ms", " dr", "sen", "rep", "gov", "gen"})


def _abbreviated(text: str, start: int, stop: int) -> bool:
    word = _LAST_WORD.search(text, start, stop)
    if word is None:
        return False
    last = word.group()
    return last.lower() in abbreviations() or _INITIALS.match(last) is not None


def _add(text: str, start: int, end: int, out: list[Bounds]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        out.append((start, end))
