"""Clauses framed as somebody's view: "in the view of X, …", "…, in X's words", "by X's own account"."""

from __future__ import annotations

from kg.reading.attribution import Attribution, span_of
from kg.reading.clauses import clause_end
from kg.reading.lexicons import CueRow
from kg.reading.nominal import clause_start
from kg.reading.phrases import Frame, noun_phrase_left
from kg.reading.rightward import noun_phrase_right
from kg.reading.verbs import FINITE, VerbGroup

_VIEW = CueRow("view", (), "assess", "010", "strong", frozenset("S"))


_WORDS = CueRow("words", (), "assert", "010", "strong", frozenset("S"))


_SIGHTS = frozenset(
    {
        "view",
        "opinion",
        "judgment",
        "judgement",
        "telling",
        "words",
        "account",
        "reading",
        "estimation",
        "assessment",
        "version",
    }
)


def framed(frame: Frame) -> list[Attribution]:
    """ "In the view of X, …", "in X's words, …", "…, as X put it" and "by X's account"."""
    s = frame.s
    out: list[Attribution] = []
    for k in range(1, s.n):
        if s.lower[k] not in _SIGHTS or frame.group_at[k] >= 0:
            continue
        source: tuple[int, int] | None = None
        stop = k + 1
        opening = k
        if k + 2 < s.n and s.lower[k + 1] == "of":
            source = noun_phrase_right(frame, k + 2)
            stop = source[1] if source else stop
            opening = k - 1 if s.tags[k - 1] == "DT" else k
        elif k > 1 and s.tags[k - 2 if s.lower[k - 1] == "own" else k - 1] in ("POS", "PRP$"):
            owner = k - 2 if s.lower[k - 1] == "own" else k - 1
            source = (owner, owner + 1) if s.tags[owner] == "PRP$" else noun_phrase_left(frame, owner - 1)
            opening = source[0] if source else k
        if source is None or opening == 0 or s.lower[opening - 1] not in ("in", "by", "on"):
            continue
        content = _around(frame, opening - 1, stop)
        if content is None:
            continue
        row = _WORDS if s.lower[k] in ("words", "telling", "account", "version") else _VIEW
        out.append(
            Attribution(
                row, (s.starts[k], s.ends[k]), span_of(frame, source), [span_of(frame, content)], (s.start, s.end),
                "framed", frame, None, k, source, [content], "according",
            )
        )  # fmt: skip
    return out


def _around(frame: Frame, start: int, stop: int) -> tuple[int, int] | None:
    """The clause beside a phrase that frames it: behind its comma when it stands first, else the clause before it."""
    s = frame.s
    if start <= 1:
        if stop >= s.n or s.tags[stop] != ",":
            return None
        end = clause_end(frame, stop + 1, VerbGroup(start, start, stop, "according", FINITE))
        return (stop + 1, end) if end > stop + 1 else None
    if s.tags[start - 1] != "," or (stop < s.n and s.tags[stop] not in (".", ",", ";")):
        return None
    first = clause_start(frame, start - 1)
    return (first, start - 1) if start - 1 > first else None
