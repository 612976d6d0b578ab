"""One attribution, a cue with its source and its content, before anything is known about its meaning."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.reading.lexicons import CueRow
from kg.reading.phrases import Frame
from kg.reading.verbs import VerbGroup

Bounds = tuple[int, int]


@dataclass(slots=True)
class Attribution:
    """A cue with source and content in offsets of the article's text; `frame` and token positions for later stages."""

    row: CueRow
    cue: Bounds
    source: Bounds | None
    contents: list[Bounds]
    evidence: Bounds
    construct: str
    frame: Frame
    group: VerbGroup | None
    head: int
    source_tokens: tuple[int, int] | None
    content_tokens: list[tuple[int, int]]
    content_form: str
    addressee: Bounds | None = None
    antecedent: tuple[int, int] | None = None
    paragraph: int = 0
    sentence_index: int = 0
    features: set[str] = field(default_factory=set)
    source_frame: Frame | None = None


def span_of(frame: Frame, tokens: tuple[int, int]) -> Bounds:
    """Offsets of a token range in the text, without the commas and dashes around it."""
    start, end = tokens
    s = frame.s
    while start < end - 1 and s.tags[start] in (",", "--", ")"):
        start += 1
    while end > start + 1 and s.tags[end - 1] in (",", "--"):
        end -= 1
    return s.starts[start], s.ends[end - 1]
