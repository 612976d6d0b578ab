"""Nested attribution: X reports that Y alleges that Z. The outer statement relays the inner one."""

from __future__ import annotations

from kg.reading.draft import Draft

WINDOW = 80
_REPORTING = frozenset({"assert", "relay", "allege", "assess"})


def nest(drafts: list[Draft]) -> None:
    """Sets `relays` where the inner attribution is the main clause of the outer one's content, and the outer act to relay."""
    for i, outer in enumerate(drafts):
        if outer.act.act not in _REPORTING and outer.act.act != "announce":
            continue
        inner = _root(drafts, i)
        if inner is not None:
            outer.relays = inner
            if drafts[inner].who != outer.who or outer.who is None:
                outer.act = type(outer.act)("relay", None, None)
            else:
                outer.relays = None


def _root(drafts: list[Draft], i: int) -> int | None:
    """The inner draft whose source begins the content of draft `i`."""
    outer = drafts[i]
    best: tuple[int, int] | None = None
    for start, end in outer.spans:
        for j in range(max(0, i - WINDOW), min(len(drafts), i + WINDOW)):
            inner = drafts[j]
            if i == j or inner.found.frame is not outer.found.frame:
                continue
            cue_start, cue_end = inner.found.cue
            if not (start <= cue_start and cue_end <= end) or outer.found.cue == inner.found.cue:
                continue
            source = inner.found.source
            anchor = source[0] if source is not None and start <= source[0] < end else cue_start
            first_verb = _first_verb(outer, start, end)
            if first_verb is None or cue_start > first_verb + 1:
                if not (inner.found.construct == "according to" and anchor > start):
                    continue
            if best is None or anchor < best[0]:
                best = (anchor, j)
    return best[1] if best is not None else None


def _first_verb(outer: Draft, start: int, end: int) -> int | None:
    """Offset of the first finite verb in a part of the content."""
    frame = outer.found.frame
    for group in frame.groups:
        at = frame.s.starts[group.start]
        if start <= at < end and group.form == "finite":
            return at
    return None
