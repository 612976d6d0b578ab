"""The words and weights of spotting, read once: ``spotting.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What ``spotting.yaml`` holds; see the comments there.

    Attributes:
        link: least sum of weights for a link.
        margin: least distance to the second candidate.
        weights: feature to weight.
        kinds: kind of alias to weight.
        never: kinds of alias that are not looked for.
        place_words: words before a name that make it a place.
        roles: words before a last name to what the person's description has to say.
        family_first: family names that stand before the given name.
        endings: last word of a name to a kind of actor.
        beginnings: first words of a name to a kind of actor.
    """

    link: float
    margin: float
    weights: dict[str, float]
    kinds: dict[str, float]
    never: frozenset[str]
    place_words: tuple[str, ...]
    roles: dict[str, tuple[str, ...]]
    family_first: frozenset[str]
    endings: dict[str, str]
    beginnings: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """The packaged words and weights."""
    data: dict[str, Any] = yaml.safe_load(resources.files("kg.resolving").joinpath("spotting.yaml").read_text("utf-8"))
    return Lexicon(
        link=data["link"],
        margin=data["margin"],
        weights=data["weights"],
        kinds=data["kinds"],
        never=frozenset(data["never"]),
        place_words=tuple(data["place_words"]),
        roles={role: tuple(said) for role, said in data["roles"].items()},
        family_first=frozenset(data["family_first"]),
        endings={word: kind for kind, words in data["endings"].items() for word in words},
        beginnings={words: kind for kind, several in data["beginnings"].items() for words in several},
    )


def kind_of_name(name: str) -> str | None:
    """What kind of actor has such a name, by its first or last words; None where they do not tell."""
    words = lexicon()
    folded = name.casefold()
    begins = next((kind for start, kind in words.beginnings.items() if folded.startswith(start + " ")), None)
    if begins is not None:
        return begins
    parts = folded.split()
    return words.endings.get(parts[-1]) if len(parts) > 1 else None
