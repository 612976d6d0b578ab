"""The content of an attribution as token ranges of its sentence."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Content:
    """Token ranges of the content, and the form it was found in.

    form is one of: quote, that, clause, infinitive, noun, complement, accusation, left, split, next (behind a colon at
    the end), following (quotations after the sentence).
    """

    parts: list[tuple[int, int]]
    form: str
    addressee: tuple[int, int] | None = None
    quoted: bool = False
    features: set[str] = field(default_factory=set)
