"""Spot the actors that a text names, by their aliases."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
from schema.ids import actor_id
from schema.ontology import ontology
from schema.records import ActorRecord

_LOCATIVE = re.compile(
    r"\b(?:in|at|to|from|near|into|outside|around|across|through|over|via|leave|left|visit|visited)\s+$"
)
_SPACELESS: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_SURNAME: Final = re.compile(r"[A-Z][A-Za-zÀ-ÿ'’-]{2,}")
_SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One alias of one actor."""

    alias: str
    alias_kind: str
    actor: str
    id: str
    kind: str
    country: str | None = None


class Gazetteer:
    """The aliases, ready to be looked for; implements the reader's ``Spotter``.

    An alias that more than one actor has is looked for only where one of them has it as its own name, or one alone has
    it as more than a metonym. A metonym ("Beijing") is passed over behind a preposition of place ("in Beijing"). A
    person's surname counts after the full name stood in the same text.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        by_alias: dict[str, dict[str, Entry]] = defaultdict(dict)
        for entry in entries:
            if len(entry.alias) >= _SHORTEST:
                by_alias[entry.alias].setdefault(entry.id, entry)
        self._entries = {
            alias: chosen for alias, found in by_alias.items() if (chosen := _the_one(alias, found.values()))
        }
        self._patterns = list(self._entries)
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.Standard) if self._patterns else None

    def __len__(self) -> int:
        return len(self._patterns)

    def actor_of(self, name: str) -> Entry | None:
        """The actor that has exactly this alias."""
        return self._entries.get(name)

    def spot(self, text: str) -> Sequence[Mention]:
        """Mentions of actors in the text, in order of their start, without overlaps."""
        if self._automaton is None or not text:
            return []
        mentions: list[Mention] = []
        # The longest whole word at a place: in "US Steelworkers" that is "US", though "US Steel" is longer.
        found = [m for m in self._automaton.find_matches_as_indexes(text, overlapping=True) if _bounded(text, *m[1:])]
        reached = 0
        for index, start, end in sorted(found, key=lambda match: (match[1], -match[2])):
            if start < reached:
                continue
            reached = end
            entry = self._entries[self._patterns[index]]
            if entry.alias_kind == "metonym" and _LOCATIVE.search(text[max(0, start - 12) : start]):
                continue
            mentions.append(_mention(start, end, entry, entry.alias_kind))
        return _with_surnames(text, mentions)


def _the_one(alias: str, entries: Iterable[Entry]) -> Entry | None:
    """Whom an alias stands for; None where it cannot be told."""
    found = list(entries)
    if len(found) == 1:
        return found[0]
    own = [entry for entry in found if entry.actor == alias]
    if len(own) == 1:
        return own[0]
    plain = [entry for entry in found if ontology().alias_kinds[entry.alias_kind].links_alone]
    return plain[0] if len(plain) == 1 else None


def _mention(start: int, end: int, entry: Entry, alias_kind: str) -> Mention:
    return Mention(start, end, entry.actor, entry.id, entry.kind, entry.country, alias_kind)


def _bounded(text: str, start: int, end: int) -> bool:
    """Whether the match stands as a word of its own; scripts without spaces have no such bounds."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    left = not (before.isalnum() or before == "_") or bool(_SPACELESS.match(text[start]))
    right = not (after.isalnum() or after == "_") or bool(_SPACELESS.match(text[end - 1]))
    return left and right


def _with_surnames(text: str, mentions: list[Mention]) -> list[Mention]:
    """Add later mentions of persons by their last name alone, unless two persons of the text share it."""
    owners: dict[str, dict[str | None, Mention]] = defaultdict(dict)
    for mention in mentions:
        parts = text[mention.start : mention.end].split()
        if mention.kind == "person" and len(parts) > 1 and _SURNAME.fullmatch(parts[-1]):
            owners[parts[-1]].setdefault(mention.id, mention)
    single = {name: next(iter(found.values())) for name, found in owners.items() if len(found) == 1}
    if not single:
        return mentions
    starts = [mention.start for mention in mentions]
    more = []
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name) for name in single) + r")(?!\w)")
    for match in pattern.finditer(text):
        person = single[match[0]]
        position = bisect_right(starts, match.start()) - 1
        covered = position >= 0 and mentions[position].end > match.start()
        if match.start() > person.end and not covered:
            more.append(
                Mention(match.start(), match.end(), person.name, person.id, person.kind, person.country, "surname")
            )
    return sorted([*mentions, *more], key=lambda mention: mention.start)


async def graph_gazetteer(graph: Graph) -> Gazetteer:
    """The gazetteer of the actors in a graph.

    Provisional ones are left out: else what one reading of an article finds would change the next reading of it.
    """
    rows = await graph.read(ALL_NAMES)
    return Gazetteer(
        Entry(row["name"], row["alias_kind"], row["actor"], row["id"], row["kind"], row["country"]) for row in rows
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
            own = Entry(record.name, "name", record.name, actor_id(record.name), record.kind, record.country)
            entries += [own, *(Entry(a.name, a.kind, own.actor, own.id, own.kind, own.country) for a in record.aliases)]
    return Gazetteer(entries)
