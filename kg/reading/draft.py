"""A statement under construction: an attribution with what each later stage adds."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.reading.attribution import Attribution
from kg.reading.classify import Act
from kg.reading.memory import Speaker
from kg.reading.model import Claim


@dataclass(slots=True)
class Draft:
    """One statement in the making; `relays` and `answers` are indices into the list of drafts."""

    found: Attribution
    act: Act
    speaker: Speaker | None
    content: str
    spans: list[tuple[int, int]]
    start: int
    end: int
    claim: Claim | None = None
    relays: int | None = None
    answers: int | None = None
    certainty: str = "certain"
    hedges: tuple[str, ...] = ()
    asserted_at: str | None = None
    confidence: float = 0.5
    in_title: bool = False
    content_keys: frozenset[str] | None = None
    own_keys: frozenset[str] | None = None
    subject_keys: frozenset[str] | None = None
    states: frozenset[str] | None = None
    notes: set[str] = field(default_factory=set)

    @property
    def who(self) -> str | None:
        """The speaker's best known name."""
        if self.speaker is None:
            return None
        return self.speaker.source.actor or self.speaker.source.name
