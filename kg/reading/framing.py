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
    out: list[Attribution] = [*_polled(frame), *_as_told_by(frame)]
    if _SIGHTS.isdisjoint(s.lower):
        return out
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


_POLL = CueRow("in", (), "assess", "010", "fair", frozenset("S"))
_POLLS = frozenset({"poll", "survey"})


def _polled(frame: Frame) -> list[Attribution]:
    """ "in the latest poll, 46 percent agree": figures that a poll gives."""
    s = frame.s
    if _POLLS.isdisjoint(s.lower):
        return []
    for k in range(s.n - 2):
        if s.lower[k] != "in":
            continue
        found = noun_phrase_right(frame, k + 1)
        if found is None:
            continue
        head = next((m for m in range(*found) if s.lower[m] in _POLLS), None)
        if head is None or any(s.tags[m] in ("IN", "TO") for m in range(found[0], head)):
            continue
        stop = found[1]
        if k <= 1 and stop < s.n and s.tags[stop] == ",":
            content = (stop + 1, clause_end(frame, stop + 1, VerbGroup(k, k, k + 1, "in", FINITE)))
        else:
            content = (clause_start(frame, k), k)
        if (
            content[1] <= content[0]
            or not any(g.form == FINITE and content[0] <= g.start < content[1] for g in frame.groups)
            or not any(s.tags[m] == "CD" or s.lower[m] in ("percent", "points") for m in range(*content))
        ):
            continue
        return [
            Attribution(
                _POLL, (s.starts[k], s.ends[k]), span_of(frame, found), [span_of(frame, content)], (s.start, s.end),
                "poll", frame, None, k, found, [content], "according",
            )
        ]  # fmt: skip
    return []


_TOLD = CueRow("as reported", (), "assert", "010", "strong", frozenset("S"))
_TELLING = frozenset({"reported", "noted", "described", "stated", "told", "recounted", "explained", "put", "recorded"})


def _as_told_by(frame: Frame) -> list[Attribution]:
    """ "As first reported by X, …" and "…, as reported by X"."""
    s = frame.s
    if "as" not in s.lower:
        return []
    for k in range(s.n - 3):
        if s.lower[k] != "as":
            continue
        at = k + 2 if s.tags[k + 1][:2] == "RB" or s.lower[k + 1] == "first" else k + 1
        if at + 2 >= s.n or s.lower[at] not in _TELLING or s.lower[at + 1] != "by":
            continue
        found = noun_phrase_right(frame, at + 2)
        content = _around(frame, k, found[1]) if found is not None else None
        if found is None or content is None:
            continue
        return [
            Attribution(
                _TOLD, (s.starts[at], s.ends[at]), span_of(frame, found), [span_of(frame, content)], (s.start, s.end),
                "framed", frame, None, at, found, [content], "according",
            )
        ]  # fmt: skip
    return []


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
    if not any(g.form == FINITE and first <= g.start < start for g in frame.groups):
        end = clause_end(frame, stop + 1, VerbGroup(start, start, stop, "according", FINITE)) if stop + 1 < s.n else 0
        return (stop + 1, end) if end > stop + 1 else None
    return (first, start - 1) if start - 1 > first else None
