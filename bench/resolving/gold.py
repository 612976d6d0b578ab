"""Gold pairs of names from the sanctions list of OFAC: which names are one entity's, which only look alike.

The list does not come with the project. Its folder is named by GEOKG_SANCTIONS, or looked for beside the checkout.
A positive pair is an alternative name and the primary name of the same entity; for each there are up to five negatives:
the same alternative name with primary names of other entities of the sort that share a word with it; a word is drawn
first and then an entity that has it, so that rare words are shared as often as common ones. The two halves are disjoint
by entity: one is fitted on, the other only measured.
"""

from __future__ import annotations

import csv
import os
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from kg.matching.names import Prepared, prepare

Sort = Literal["person", "organisation"]
NEGATIVES: Final = 5
SEED: Final = 20261124
_NULL: Final = "-0-"
_OTHER_NAMES: Final = ("aka", "fka", "nka", "a.k.a.", "f.k.a.", "n.k.a.")
_LISTS: Final = (
    ("bench/sdn.csv", "bench/alt.csv", "bench/add.csv"),
    ("cons_prim.csv", "cons_alt.csv", "cons_add.csv"),
)
_DRAWS: Final = 20


@dataclass(frozen=True, slots=True)
class Entity:
    """One entry of the list.

    Attributes:
        half: 0 or 1; what is fitted on half 0 is measured on half 1.
    """

    number: str
    sort: Sort
    name: str
    aliases: tuple[str, ...]
    country: str | None
    half: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, and whether they are one entity's."""

    left: Prepared
    right: Prepared
    same: bool
    same_country: bool | None


def folder() -> Path | None:
    """The folder of the list; None where it is not there."""
    named = os.environ.get("GEOKG_SANCTIONS")
    found = Path(named) if named else Path(__file__).parents[3] / "shared" / "data" / "sanctions_watchman"
    return found if (found / "bench" / "sdn.csv").is_file() else None


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.reader(file):
            if len(row) > 3:
                yield [cell.strip() for cell in row]


def entities(root: Path) -> list[Entity]:
    """Persons and organisations of the list; ships and aircraft are left out."""
    draw = random.Random(SEED)
    found = []
    for primary, alternative, address in _LISTS:
        aliases: dict[str, list[str]] = defaultdict(list)
        for number, _, kind, name, *_ in _rows(root / alternative):
            if kind in _OTHER_NAMES:
                aliases[number].append(name)
        countries: dict[str, str] = {}
        for number, _, _, _, country, *_ in _rows(root / address):
            if country not in ("", _NULL):
                countries.setdefault(number, country)
        for number, name, sort, *_ in _rows(root / primary):
            if sort not in (_NULL, "individual"):
                continue
            kind_of: Sort = "person" if sort == "individual" else "organisation"
            others = tuple(aliases.get(number, ()))
            found.append(Entity(number, kind_of, name, others, countries.get(number), draw.randrange(2)))
    return found


def pairs(found: list[Entity], sort: Sort, half: int) -> list[Pair]:
    """The gold pairs of one sort and half."""
    own = [entity for entity in found if entity.sort == sort and entity.half == half]
    prepared = {entity.number: prepare(entity.name) for entity in own}
    by_word: dict[str, list[int]] = defaultdict(list)
    for place, entity in enumerate(own):
        for word in _words(entity.name):
            by_word[word].append(place)
    draw = random.Random(SEED + half)
    made = []
    for place, entity in enumerate(own):
        for alias in entity.aliases:
            left = prepare(alias)
            made.append(Pair(left, prepared[entity.number], True, None))
            for other in _near(place, alias, by_word, draw):
                there = own[other]
                agree = entity.country == there.country if entity.country and there.country else None
                made.append(Pair(left, prepared[there.number], False, agree))
    return made


def _near(place: int, alias: str, by_word: dict[str, list[int]], draw: random.Random) -> list[int]:
    """Other entities that share a word with the alias, up to five."""
    shared = [word for word in sorted(_words(alias)) if set(by_word.get(word, ())) - {place}]
    near: set[int] = set()
    for _ in range(_DRAWS if shared else 0):
        near.add(draw.choice(by_word[draw.choice(shared)]))
        if len(near - {place}) == NEGATIVES:
            break
    return sorted(near - {place})


def _words(name: str) -> set[str]:
    return {word for word in re.findall(r"[^\W_]+", name.casefold()) if len(word) > 1}
