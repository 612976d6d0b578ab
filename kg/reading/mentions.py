"""The port through which the reader learns which actors a text names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor named in a text.

    Attributes:
        start: offset of its first code point in the text.
        end: offset after its last code point.
        name: the actor's canonical name.
        id: the actor's id, where the spotter knows one.
        kind: the actor's kind as in the ontology ("company", "government", "media", …).
        country: ISO 3166 alpha-2 code.
        alias_kind: what kind of alias was found ("official", "short", "ticker", "metonym", …).
    """

    start: int
    end: int
    name: str
    id: str | None = None
    kind: str | None = None
    country: str | None = None
    alias_kind: str | None = None


class Spotter(Protocol):
    """Finds actors in a text; a gazetteer of aliases is one."""

    def spot(self, text: str) -> Sequence[Mention]:
        """Mentions in `text`, in order of their start, without overlaps."""
        ...
