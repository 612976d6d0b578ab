"""Rows of small tables: "Core Claim | …", "Made by | …", "Company | Denies it"."""

from __future__ import annotations

from kg.reading.attribution import Attribution, span_of
from kg.reading.lexicons import CueRow
from kg.reading.patterned import make
from kg.reading.phrases import Frame

_CLAIMED = frozenset(
    {
        "claim",
        "claims",
        "allegation",
        "allegations",
        "accusation",
        "accusations",
        "charge",
        "charges",
        "assertion",
        "assertions",
    }
)
_MADE_BY = frozenset({"by", "source", "author", "speaker", "accuser", "who"})
_ROW = CueRow("claim", (), "allege", "112", "core", frozenset("S"))


def claim_row(frame: Frame) -> Attribution | None:
    """A row whose first cell says that the second is a claim; who made it is told by another row."""
    s = frame.s
    bar = next((k for k in range(min(6, s.n)) if s.tags[k] == "|"), None)
    if bar is None or bar == 0 or bar + 1 >= s.n or s.lower[bar - 1] not in _CLAIMED or bar > 3:
        return None
    span = (bar + 1, s.n)
    return Attribution(
        _ROW,
        (s.starts[0], s.ends[bar - 1]),
        None,
        [span_of(frame, span)],
        (s.start, s.end),
        "table row",
        frame,
        None,
        0,
        None,
        [span],
        "table",
    )


def no_comment_row(frame: Frame) -> Attribution | None:
    """A row whose first cell names somebody and whose second is "No comment"."""
    s = frame.s
    bar = next((k for k in range(min(6, s.n)) if s.tags[k] == "|"), None)
    if bar is None or bar == 0 or s.lower[bar + 1 : bar + 3] != ["no", "comment"]:
        return None
    return make(frame, "decline_comment", (bar + 1, bar + 3), (0, bar), None, "no comment")


def join_tables(frames: list[tuple[int, Frame]], found: list[Attribution]) -> None:
    """Gives each claim of a table the speaker of the row "Made by | …" beside it, and both rows as its evidence."""
    makers = {paragraph: frame for paragraph, frame in frames if _maker(frame) is not None}
    for attribution in found:
        if attribution.content_form != "table":
            continue
        for paragraph in (attribution.paragraph + 1, attribution.paragraph - 1, attribution.paragraph + 2):
            frame = makers.get(paragraph)
            if frame is None:
                continue
            bar = _maker(frame) or 0
            attribution.source = span_of(frame, (bar + 1, frame.s.n))
            attribution.source_frame = frame
            attribution.source_tokens = (bar + 1, frame.s.n)
            start, end = attribution.evidence
            attribution.evidence = (min(start, frame.s.start), max(end, frame.s.end))
            break


def _maker(frame: Frame) -> int | None:
    s = frame.s
    bar = next((k for k in range(min(5, s.n)) if s.tags[k] == "|"), None)
    if bar is None or bar + 1 >= s.n or s.lower[bar - 1] not in _MADE_BY:
        return None
    return bar
