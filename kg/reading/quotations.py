"""Quotations: where they are, and the text with them masked.

A quotation that is speech (a sentence or a clause of its own) becomes one token for the grammar; a few quoted words
inside somebody else's sentence stay words. Quotation marks open and close by their form (“ ”), or, when straight, by what stands
beside them. A paragraph that opens a quotation and does not close it, before one that opens again, carries it on.
Time is linear in the text's length; nesting is not followed beyond the outermost pair.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.reading.split import Bounds
from kg.reading.tag import QUOTATION

_MARK = re.compile(r"[“”\"„«»]|(?<![\w’'])['‘](?=\w)|(?<=[.,!?…])['’](?!\w)")
_STOP = re.compile(r"[.!?…;](?=\s|\Z)")
MAX_QUOTATION = 6000


@dataclass(slots=True)
class Quotation:
    """A quotation, marks included; `inner_start`, `inner_end` bound the words without marks.

    `speech` says that it is a clause or more; `open` that it runs to its paragraph's end without a closing mark.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    speech: bool
    open: bool = False
    single: bool = False


def find(text: str, paragraphs: list[Bounds]) -> list[Quotation]:
    """The outermost quotations of the text, in order; none crosses a paragraph."""
    out: list[Quotation] = []
    for start, end in paragraphs:
        out.extend(_in_paragraph(text, start, end))
    return out


def mask(text: str, quotations: list[Quotation]) -> str:
    """The text with each quotation that is speech replaced by as many marks, its last punctuation and closing mark kept."""
    parts: list[str] = []
    at = 0
    for quotation in quotations:
        if not quotation.speech:
            continue
        stop = quotation.inner_end
        while stop > quotation.inner_start + 1 and text[stop - 1] in ".,!?…;":
            stop -= 1
        parts.append(text[at : quotation.start])
        parts.append(QUOTATION * (stop - quotation.start))
        at = stop
    parts.append(text[at:])
    return "".join(parts)


def _in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    out: list[Quotation] = []
    opened: int | None = None
    kind = ""
    depth = 0
    for match in _MARK.finditer(text, start, end):
        at, mark = match.start(), match.group()
        if opened is None:
            if _opens(text, at, mark, start):
                opened, kind, depth = at, _kind(mark), 1
            continue
        if _kind(mark) != kind:
            continue
        if mark in "“„«‘" or (mark in "\"'" and _opens(text, at, mark, start) and not _closes(text, at, end)):
            if mark in "\"'“":
                out.append(_quotation(text, opened, at, at, start, end, unclosed=True))
                opened = at
            else:
                depth += 1
            continue
        depth -= 1
        if depth <= 0:
            out.append(_quotation(text, opened, at, at + 1, start, end))
            opened = None
    if opened is not None:
        found = _quotation(text, opened, end, end, start, end, unclosed=True)
        found.open = True
        if kind != "s" and end - opened > 1:
            out.append(found)
    return [q for q in out if q.inner_end > q.inner_start]


def _quotation(
    text: str, start: int, inner_end: int, end: int, first: int, last: int, unclosed: bool = False
) -> Quotation:
    inner = text[start + 1 : inner_end]
    single = text[start] in "'‘"
    words = inner.count(" ") + 1
    ends = inner[-1:] in ".,!?…" or unclosed
    whole = _STOP.search(inner) is not None
    speech = (
        (whole and words > 1)
        or (ends and words >= 3)
        or words >= 8
        or (ends and start == first)
        or (text[max(first, start - 2) : start] in (": ", ", ") and ends)
    )
    if end - start > MAX_QUOTATION and unclosed:
        speech = False
    return Quotation(start, end, start + 1, inner_end, speech and not (single and words < 4), single=single)


def _kind(mark: str) -> str:
    if mark in "“”„":
        return "c"
    if mark in "«»":
        return "g"
    return "d" if mark == '"' else "s"


def _opens(text: str, at: int, mark: str, start: int) -> bool:
    if mark in "“„«‘":
        return True
    if mark in "”»’":
        return False
    before = text[at - 1] if at > start else " "
    return before.isspace() or before in "([{—–-:/“‘|"


def _closes(text: str, at: int, end: int) -> bool:
    after = text[at + 1] if at + 1 < end else " "
    return after.isspace() or after in ".,;:!?)]—–-”’"
