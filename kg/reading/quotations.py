"""Quotations: where they are, and the text with them masked.

A quotation that is speech (a sentence or a clause of its own) becomes one token for the grammar; a few quoted words
inside somebody else's sentence stay words. Quotation marks open and close by their form (“ ”), or, when straight, by
what stands beside them; a curly mark may be closed by a straight one, as careless typing has it. A paragraph that opens
a quotation and does not close it, before one that opens again, carries it on. Time is linear in the text's length;
nesting is not followed beyond the outermost pair.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.reading.split import Bounds
from kg.reading.tag import QUOTATION

_MARK = re.compile(r"(?<=[\w.,!?])'(?=''(?!'))|[“”„«»\"]|''|``|(?<![\w’'])['‘](?=\w)|(?<=[.,!?…])['’](?![\w'])")
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
    """The text with each quotation that is speech replaced by as many marks, its last punctuation and closing mark
    kept."""
    parts: list[str] = []
    at = 0
    for quotation in quotations:
        if not quotation.speech:
            continue
        stop = quotation.inner_end
        if stop > quotation.inner_start + 1 and text[stop - 1] in ".,!?…;":
            stop -= 1
        parts.append(text[at : quotation.start])
        parts.append(QUOTATION * (stop - quotation.start))
        at = stop
    parts.append(text[at:])
    return "".join(parts)


def _in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    out: list[Quotation] = []
    opened: int | None = None
    mark_opened = kind = ""
    depth = inner = 0
    for match in _MARK.finditer(text, start, end):
        at, mark = match.start(), match.group()
        if opened is None:
            if _opens(text, at, mark, start, end):
                opened, mark_opened, kind, depth, inner = at, mark, _kind(mark), 1, 0
            continue
        if _kind(mark) != kind:
            if kind not in _DOUBLE or _kind(mark) not in _DOUBLE:
                continue
            if _opens(text, at, mark, start, end):
                inner += 1
                continue
            if inner:
                inner -= 1
                continue
        if _opens(text, at, mark, start, end) and not (mark in _STRAIGHT and _closes(text, match.end(), end)):
            if kind == "g":
                depth += 1
            else:
                out.append(_quotation(text, (opened, at, at), mark_opened, start, unclosed=True))
                opened, mark_opened = at, mark
            continue
        depth -= 1
        if depth <= 0:
            out.append(_quotation(text, (opened, at, match.end()), mark_opened, start))
            opened = None
    if opened is not None and kind != "s" and end - opened > 1:
        found = _quotation(text, (opened, end, end), mark_opened, start, unclosed=True)
        found.open = True
        out.append(found)
    return [q for q in out if q.inner_end > q.inner_start]


_DOUBLE = frozenset("cd")
_STRAIGHT = frozenset({'"', "'", "''"})


def _quotation(text: str, bounds: tuple[int, int, int], mark: str, first: int, unclosed: bool = False) -> Quotation:
    start, inner_end, end = bounds
    inner_start = start + len(mark)
    inner = text[inner_start:inner_end]
    single = mark in ("'", "‘")
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
    return Quotation(start, end, inner_start, inner_end, speech and not (single and words < 4), single=single)


def _kind(mark: str) -> str:
    if mark in "“”„":
        return "c"
    if mark in "«»":
        return "g"
    return "d" if mark in ('"', "''", "``") else "s"


def _opens(text: str, at: int, mark: str, start: int, end: int) -> bool:
    """Whether a mark opens: by its form, or, when it is straight, because a space or an opening bracket stands
    before it."""
    before = text[at - 1] if at > start else " "
    if mark in ("“", "„", "«", "‘", "``"):
        after = text[at + len(mark)] if at + len(mark) < end else " "
        return not (after.isspace() and not before.isspace())
    if mark in ("”", "»", "’"):
        return False
    return before.isspace() or before in "([{—–-:/“‘|"


def _closes(text: str, after_mark: int, end: int) -> bool:
    after = text[after_mark] if after_mark < end else " "
    return after.isspace() or after in ".,;:!?)]—–-”’"
