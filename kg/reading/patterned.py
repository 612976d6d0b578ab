"""What refusals, silences and failed checks have in common: how they become attributions."""

from __future__ import annotations

from functools import cache
from typing import Any

from kg.reading.attribution import Attribution
from kg.reading.clauses import clause_end
from kg.reading.lexicons import CueRow, load
from kg.reading.phrases import Frame, noun_phrase_left, skip_adverbs_left
from kg.reading.rightward import skip_adverbials_right
from kg.reading.subjects import find_subject
from kg.reading.verbs import VerbGroup

Range = tuple[int, int]


@cache
def lists() -> dict[str, frozenset[str]]:
    loaded: Any = load("verification")
    return {name: frozenset(str(word) for word in found) for name, found in loaded.items()}


def make(
    frame: Frame, act: str, cue: Range, source: Range | None, content: Range | None, construct: str
) -> Attribution:
    s = frame.s
    row = CueRow(act, (), act, "011" if act == "decline_comment" else "", "core", frozenset("N"))
    contents = [(s.starts[content[0]], s.ends[content[1] - 1])] if content and content[1] > content[0] else []
    span = (s.starts[source[0]], s.ends[source[1] - 1]) if source else None
    found = Attribution(
        row,
        (s.starts[cue[0]], s.ends[cue[1] - 1]),
        span,
        contents,
        (s.start, s.end),
        construct,
        frame,
        None,
        cue[1] - 1,
        source,
        [content] if contents and content else [],
        "silence",
    )
    found.features.add("act:" + act)
    return found


def source_of(frame: Frame, index: int) -> Range | None:
    found = find_subject(frame, index)
    return (found.start, found.end) if found is not None else None


def subject_of_passive(frame: Frame, group: VerbGroup) -> Range | None:
    p = skip_adverbs_left(frame.s, group.start - 1)
    if p < 0:
        return None
    if frame.s.lower[p] in ("which", "that", "who") and p > 0:
        p -= 2 if frame.s.tags[p - 1] == "," else 1
    return noun_phrase_left(frame, p) if p >= 0 else None


def matter(frame: Frame, end: int, group: VerbGroup) -> Range | None:
    """What was not commented on or verified: behind "on", "about", "to", or as the object."""
    s = frame.s
    x = end
    while (
        x < s.n
        and (s.tags[x][:2] == "RB" or s.lower[x] in ("on", "about", "to", "whether", "further"))
        and s.lower[x] not in ("whether",)
    ):
        x += 1
    x = skip_adverbials_right(frame, x) if x < s.n and s.tags[x] != "IN" else x
    if x >= s.n or s.tags[x] in (",", ".", ";", "CC", "--"):
        return None
    stop = clause_end(frame, x, group)
    for k in range(x, stop):
        if s.tags[k] in (",", ";"):
            stop = k
            break
    return (x, stop) if stop > x else None


def behind_to(frame: Frame, source: Range) -> Range:
    """ "Calls to the company": whoever did not answer them."""
    for k in range(source[0], source[1] - 1):
        if frame.s.lower[k] in ("to", "for", "at"):
            return k + 1, source[1]
    return source
