"""Spot the actors that a text names, by their aliases."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.cypher.resolving import ALL_NAMES
from kg.engine.graph import Graph
from kg.reading.mentions import Mention
from kg.records.check import check_record
from kg.records.files import Unreadable, read_record_file
from kg.resolving.choosing import Candidate, Choice, Entry, Reason, Surroundings, choose
from kg.resolving.definitions import Definition, defined_names, short_behind
from kg.resolving.lexicon import kind_of_name, lexicon
from kg.resolving.persons import by_office, family_name, later_mentions
from schema.ids import actor_id
from schema.ontology import ontology
from schema.records import ActorRecord

_SPACELESS: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:]['\"”’)]*\s|\n)\s*['\"“‘(]*$")
_SHORTEST: Final = 2
_SHORT_NAME: Final = 5
"""Most letters of a name that looks like another word when both are in capitals."""
_MANY: Final = 50
"""More bearers of one family name than this cannot be told apart by an office."""


@dataclass(frozen=True, slots=True)
class Spotted:
    """A place in a text where a name stands, with whom it may mean."""

    start: int
    end: int
    choice: Choice
    alias_kind: str

    @property
    def entry(self) -> Entry | None:
        """Who is meant, where that can be told."""
        return self.choice.chosen.entry if self.choice.chosen else None


class Gazetteer:
    """The aliases, ready to be looked for; implements the reader's ``Spotter``.

    A name finds its actor by itself where one alone has it and it needs no context. Else the text decides, see
    :func:`kg.resolving.choosing.choose`: "Beijing" is the government where no word of place goes before it, "Police"
    the one of the country that the text names. A person's family name counts after the full name, or behind the office.
    A short name that the text itself defines in brackets means what it defines, whatever it means elsewhere.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        by_alias: dict[str, dict[str, Entry]] = defaultdict(dict)
        self._families: dict[str, list[Entry]] = defaultdict(list)
        never = lexicon().never
        for entry in entries:
            if len(entry.alias) < _SHORTEST or entry.alias_kind in never:
                continue
            there = by_alias[entry.alias].setdefault(entry.id, entry)
            if _worth(entry) > _worth(there):
                by_alias[entry.alias][entry.id] = entry
            if entry.kind == "person" and entry.about and (family := family_name(entry.alias)):
                self._families[family].append(entry)
            if (cased := _cased(entry.alias)) is not None:
                by_alias[cased].setdefault(entry.id, replace(entry, alias=cased))
        for family in [name for name, bearers in self._families.items() if len(bearers) > _MANY]:
            del self._families[family]
        self._entries = {alias: tuple(found.values()) for alias, found in by_alias.items()}
        self._anyones = {entry.id: entry for found in self._entries.values() for entry in found}
        """An entry of each actor, whichever."""
        self._patterns = list(self._entries)
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.Standard) if self._patterns else None

    def __len__(self) -> int:
        return len(self._patterns)

    def actor_of(self, name: str) -> Entry | None:
        """The actor that has exactly this alias, where no context is needed to tell."""
        return _entry(choose(self._entries.get(name, ()), Surroundings()))

    def references(self, mentions: Iterable[Mention]) -> Callable[[str], str | None]:
        """How records of a text name its actors: for a name, the canonical name of its actor, or the id of one whom
        that name does not tell from others.

        Args:
            mentions: those of the text; what they decided on holds for it.
        """
        decided: dict[str, set[str]] = defaultdict(set)
        for mention in mentions:
            if mention.id:
                decided[mention.name].add(mention.id)

        def find(name: str) -> str | None:
            meant: set[str] = decided.get(name, set())
            entry = self._anyones[next(iter(meant))] if len(meant) == 1 else self.actor_of(name)
            if entry is None:
                return None
            return entry.actor if entry.id == actor_id(entry.actor) else entry.id

        return find

    def spot(self, text: str) -> Sequence[Mention]:
        """Mentions of actors in the text, in order of their start, without overlaps.

        What the text defines in brackets and nobody knows is a mention too, without an id.
        """
        mentions = [_mention(each) for each in self.explain(text) if each.entry is not None]
        return sorted(mentions, key=lambda mention: mention.start)

    def explain(self, text: str) -> list[Spotted]:
        """Every name of the gazetteer that stands in the text, also where nobody can be told: with all that were
        thought of, and what spoke for each."""
        if not text:
            return []
        found = self._matches(text)
        definitions = defined_names(text)
        around = self._surroundings(text, found, definitions)
        spotted = [self._spotted(text, start, end, around) for start, end in found]
        covered = [(each.start, each.end) for each in spotted if each.entry]
        defined = _defined(text, definitions, around, self._anyones, covered)
        spotted = [each for each in spotted if not any(a < each.end and each.start < b for a, b, _ in defined)]
        spotted += [Spotted(start, end, Choice(who, (who,)), "defined") for start, end, who in defined]
        taken = [(each.start, each.end) for each in spotted if each.entry is not None]
        full = [(each.end, each.entry) for each in spotted if each.entry is not None]
        offices = list(by_office(text, self._families, around, taken)) if self._families else []
        full += [(each.end, each.candidate.entry) for each in offices]
        taken += [(each.start, each.end) for each in offices]
        named = [*offices, *later_mentions(text, full, taken)]
        free = [each for each in spotted if not any(n.start < each.end and each.start < n.end for n in named)]
        spotted = [*free, *(Spotted(n.start, n.end, Choice(n.candidate, (n.candidate,)), "surname") for n in named)]
        return sorted(spotted, key=lambda each: each.start)

    def _matches(self, text: str) -> list[tuple[int, int]]:
        """The longest whole name at each place: in "US Steelworkers" that is "US", though "US Steel" is longer."""
        if self._automaton is None:
            return []
        raw = self._automaton.find_matches_as_indexes(text, overlapping=True)
        found = sorted(
            {(start, end) for _, start, end in raw if _bounded(text, start, end)}, key=lambda m: (m[0], -m[1])
        )
        kept, reached = [], 0
        for start, end in found:
            if start >= reached:
                kept.append((start, end))
                reached = end
        return kept

    def _surroundings(
        self, text: str, found: Sequence[tuple[int, int]], definitions: Sequence[Definition]
    ) -> Surroundings:
        full: dict[str, set[str]] = defaultdict(set)
        countries: dict[str, set[str]] = defaultdict(set)
        defined: dict[str, str] = {}
        for start, end in found:
            entries = self._entries[text[start:end]]
            if len(entries) == 1 and ontology().alias_kinds[entries[0].alias_kind].links_alone:
                if entries[0].alias_kind not in ("short", "ticker"):
                    full[entries[0].id].add(entries[0].alias)
                if entries[0].country:
                    countries[entries[0].country].add(entries[0].id)
        for start, end in found:
            short = short_behind(text, end)
            if short is None:
                continue
            entry = _entry(choose(self._entries[text[start:end]], Surroundings(full, countries)))
            if entry is not None:
                defined.setdefault(short, entry.id)
        for definition in definitions:
            defined.setdefault(definition.short, "")
        return Surroundings(full, countries, defined)

    def _spotted(self, text: str, start: int, end: int, around: Surroundings) -> Spotted:
        name = text[start:end]
        entries = self._entries[name]
        meant = around.defined.get(name)
        if meant is not None:
            own = (replace(self._anyones[meant], alias=name, alias_kind="short"),) if meant else ()
            entries = tuple(entry for entry in entries if entry.id == meant) or own
        acts = not _locative().search(text[max(0, start - 12) : start])
        choice = choose(entries, around, _local(text, start, end), metonym_acts=acts)
        kind = choice.candidates[0].entry.alias_kind if choice.candidates else ""
        return Spotted(start, end, choice, kind)

    def _of(self, identifier: str) -> list[Entry]:
        return (
            [e for entries in self._entries.values() for e in entries if e.id == identifier][:1] if identifier else []
        )


def _worth(entry: Entry) -> float:
    return lexicon().kinds.get(entry.alias_kind, 0.0)


def _entry(choice: Choice) -> Entry | None:
    return choice.chosen.entry if choice.chosen else None


def _cased(alias: str) -> str | None:
    """A name of several words that a list has in capitals, as a text writes it."""
    words = alias.split()
    if len(words) < 2 or not alias.isupper() or not alias.isascii():
        return None
    return " ".join(word.capitalize() if len(word) > 3 else word for word in words)


def _mention(spotted: Spotted) -> Mention:
    entry = spotted.entry
    assert entry is not None
    return Mention(
        spotted.start, spotted.end, entry.actor, entry.id or None, entry.kind, entry.country, spotted.alias_kind
    )


@cache
def _locative() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(lexicon().place_words)})\s+$")


def _local(text: str, start: int, end: int) -> list[str]:
    """What the place itself says about its name."""
    name = text[start:end]
    features = []
    if len(name) <= _SHORT_NAME and name.isupper() and name.isascii():
        line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        line = text[line_start : line_end if line_end >= 0 else len(text)]
        letters = [letter for letter in line if letter.isalpha()]
        if len(letters) >= 3 * len(name) and sum(letter.isupper() for letter in letters) > 0.9 * len(letters):
            features.append("in capitals")
    if (
        name.isalpha()
        and name.istitle()
        and _SENTENCE_START.search(text[max(0, start - 8) : start])
        and re.search(rf"(?<!\w){name.lower()}(?!\w)", text)
    ):
        features.append("everyday word")
    return features


def _defined(
    text: str,
    definitions: Sequence[Definition],
    around: Surroundings,
    anyones: dict[str, Entry],
    taken: Sequence[tuple[int, int]],
) -> list[tuple[int, int, Candidate]]:
    """Where names stand that only this text defines: short ones, and full ones that no actor has."""
    names: dict[str, Candidate] = {}
    reasons = (Reason("defined here", lexicon().weights["defined here"]),)
    for short, identifier in around.defined.items():
        if identifier:
            names[short] = Candidate(replace(anyones[identifier], alias=short, alias_kind="short"), reasons)
    for definition in definitions:
        name = text[definition.start : definition.end]
        covered = any(start <= definition.start and definition.end <= end for start, end in taken)
        if around.defined.get(definition.short) == "" and not covered:
            entry = Entry(definition.short, "short", name, "", kind_of_name(name) or "other")
            names[name] = names[definition.short] = Candidate(entry, reasons)
    if not names:
        return []
    longest = sorted(names, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name) for name in longest) + r")(?!\w)")
    places = [(*match.span(), names[match[0]]) for match in pattern.finditer(text)]
    return [place for place in places if not any(start < place[1] and place[0] < end for start, end in taken)]


def _bounded(text: str, start: int, end: int) -> bool:
    """Whether the match stands as a word of its own; scripts without spaces have no such bounds."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    left = not (before.isalnum() or before == "_") or bool(_SPACELESS.match(text[start]))
    right = not (after.isalnum() or after == "_") or bool(_SPACELESS.match(text[end - 1]))
    return left and right


async def graph_gazetteer(graph: Graph) -> Gazetteer:
    """The gazetteer of the actors in a graph.

    Provisional ones are left out: else what one reading of an article finds would change the next reading of it.
    """
    rows = await graph.read(ALL_NAMES)
    return Gazetteer(
        Entry(
            row["name"],
            row["alias_kind"],
            row["actor"],
            row["id"],
            row["kind"],
            row["country"],
            (row["about"] or "").casefold(),
        )
        for row in rows
    )


@cache
def packaged_gazetteer() -> Gazetteer:
    """The gazetteer of the actors that come with the package: for reading without a graph."""
    entries = []
    for item in read_record_file(Path(str(resources.files("seed_data").joinpath("actors.yaml")))):
        if isinstance(item, Unreadable):
            continue
        record = check_record(item.value, item.where)
        if isinstance(record, ActorRecord):
            about = (record.description or "").casefold()
            own = Entry(
                record.name,
                "name",
                record.name,
                actor_id(record.name, record.qualifier),
                record.kind,
                record.country,
                about,
            )
            entries += [own, *(replace(own, alias=alias.name, alias_kind=alias.kind) for alias in record.aliases)]
    return Gazetteer(entries)
