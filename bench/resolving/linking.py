"""Linking held-out aliases of a sanctions list to 40,000 names, and choosing from which probability on to link.

The names are those of the sanctions list without the aliases held out, filled up with the actors of ICEWS. 1,000
aliases of half 0 choose the thresholds, 1,000 of half 1 are measured. What a query says beside the name is what its
entity's entry says.
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Final

from bench.resolving import gold
from kg.asking.matching import MatchQuery, likely_names, result_of
from kg.matching.index import IndexedName, NameIndex
from kg.records.files import Item, read_record_file
from kg.sources.country_codes import country_named
from kg.writing.scripts import script_of
from schema.answers.matching import MatchResult
from schema.ids import actor_id, alias_id

NAMES: Final = 40_111
HELD_OUT: Final = 1_000
_KIND: Final = {"person": "person", "organisation": "company"}


@dataclass(frozen=True, slots=True)
class Held:
    """An alias that was held out, with the actor that it is a name of, and what its entry says."""

    name: str
    actor: str
    kind: str
    country: str


@dataclass(frozen=True, slots=True)
class Task:
    """The names that are known, and the aliases to be linked to them."""

    index: NameIndex
    tuning: list[Held]
    measured: list[Held]


def _actor(entity: gold.Entity) -> str:
    return actor_id(f"{entity.number} {entity.name}")


def _country(entity: gold.Entity) -> str:
    found = country_named(entity.country) if entity.country else None
    return found.alpha2 if found else ""


def _held(found: Sequence[gold.Entity], half: int) -> list[Held]:
    draw = random.Random(gold.SEED + 10 + half)
    aliases = [(e, alias) for e in found if e.half == half for alias in e.aliases]
    return [Held(alias, _actor(e), _KIND[e.sort], _country(e)) for e, alias in draw.sample(aliases, HELD_OUT)]


def _icews(root: Path) -> Iterator[str]:
    path = root.parent / "icews18" / "events.tsv.gz"
    seen: set[str] = set()
    if path.is_file():
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                cells = line.split("\t")
                for name in (cells[0], cells[2]) if len(cells) > 2 else ():
                    if name not in seen:
                        seen.add(name)
                        yield name


def _names(root: Path, found: Sequence[gold.Entity], out: set[tuple[str, str]]) -> Iterator[IndexedName]:
    for entity in found:
        actor, kind, country = _actor(entity), _KIND[entity.sort], _country(entity)
        for name in dict.fromkeys((entity.name, *entity.aliases)):
            if (actor, name) not in out:
                yield IndexedName(alias_id(actor, name, "name"), name, "name", actor, entity.name, kind, country)
    for name in _icews(root):
        actor = actor_id(name)
        yield IndexedName(alias_id(actor, name, "name"), name, "name", actor, name, "other", "")


def task(root: Path) -> Task:
    """Hold aliases out and index the rest, in memory."""
    found = gold.entities(root)
    tuning, measured = _held(found, 0), _held(found, 1)
    index = NameIndex(None)
    out = {(held.actor, held.name) for held in (*tuning, *measured)}
    chosen = []
    for name in _names(root, found, out):
        chosen.append(name)
        if len(chosen) == NAMES:
            break
    with index.rebuilding() as making:
        making.add(chosen)
        making.commit("bench", 1)
    return Task(index, tuning, measured)


def ask(index: NameIndex, held: Held, *, beside: bool) -> MatchResult:
    """Match one alias, with the kind and country of its entry or by its name alone."""
    given: dict[str, Any] = {"kind": held.kind or None, "country": held.country or None} if beside else {}
    query = MatchQuery(name=held.name, **given)
    found = likely_names(index, query)
    known = {
        each.name.alias: {
            "id": each.name.actor,
            "label": "Actor",
            "name": each.name.actor_name,
            "kind": each.name.kind,
            "country": each.name.country or None,
        }
        for each in found
    }
    return result_of(query, found, known, 50)


@dataclass(frozen=True, slots=True)
class Linked:
    """Shares of the aliases: with the right actor among the candidates and first; linked, and rightly."""

    found: float
    first: float
    linked: float
    precision: float


def measure(index: NameIndex, aliases: Sequence[Held], *, beside: bool) -> Linked:
    """Link aliases and count."""
    among = first = linked = right = 0
    for held in aliases:
        result = ask(index, held, beside=beside)
        actors = [each.actor.id for each in result.candidates]
        among += held.actor in actors
        hit = bool(actors) and actors[0] == held.actor
        first += hit
        if result.decision == "linked":
            linked += 1
            right += hit
    size = len(aliases)
    return Linked(among / size, first / size, linked / size, right / max(linked, 1))


def across_scripts(scripts: Sequence[str]) -> Iterator[tuple[str, int, float]]:
    """For each script the number of names in the seed, and the share that find their actor by its Latin names alone."""
    actors = [
        item.value
        for item in read_record_file(Path(str(resources.files("seed_data").joinpath("actors.yaml"))))
        if isinstance(item, Item)
    ]
    latin: list[IndexedName] = []
    others: list[tuple[str, str, str]] = []
    for actor in actors:
        identifier = actor_id(actor["name"])
        aliases = [each if isinstance(each, str) else each["name"] for each in actor.get("aliases", ())]
        for name in dict.fromkeys((actor["name"], *aliases)):
            script = script_of(name) or ""
            if script == "Latn":
                alias = alias_id(identifier, name, "name")
                latin.append(IndexedName(alias, name, "name", identifier, actor["name"], actor["kind"], ""))
            else:
                others.append((script, name, identifier))
    index = NameIndex(None)
    with index.rebuilding() as making:
        making.add(latin)
        making.commit("bench", 1)
    for script in scripts:
        asked = [Held(name, actor, "", "") for found, name, actor in others if found == script]
        yield script, len(asked), measure(index, asked, beside=False).first
