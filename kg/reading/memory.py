"""Speakers met so far in an article, for the pronouns and short names that follow."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from kg.reading.lexicons import sorts
from kg.reading.mentions import Mention
from kg.reading.model import Affiliation, Source
from kg.reading.phrases import Frame


@dataclass(slots=True)
class Speaker:
    """A resolved source with what is said of it in passing."""

    source: Source
    anonymous: bool = False
    count: str | None = None
    type: str | None = None
    capacity: str | None = None
    affiliation: Affiliation | None = None
    person: bool = False
    organisation: bool = False
    expert: bool = False
    country: str | None = None
    sort: str | None = None
    behind: tuple[str, ...] = ()


@dataclass(slots=True)
class Memory:
    """Speakers and actors met so far in the article, for the pronouns and short names that follow."""

    names: dict[str, str] = field(default_factory=dict)
    person: Speaker | None = None
    spokesperson: Speaker | None = None
    organisation: Speaker | None = None
    document: Speaker | None = None
    last: Speaker | None = None
    read_to: int = 0
    by_sort: dict[str, Speaker] = field(default_factory=dict)
    by_tail: dict[str, Speaker] = field(default_factory=dict)

    def advance(self, frame: Frame, mentions: Mentions) -> None:
        """Takes in the actors named since the last sentence read; of each sentence the first organisation counts."""
        begin = frame.s.start
        if begin <= self.read_to:
            return
        between = mentions.within(self.read_to, begin)
        self.read_to = begin
        for mention in between:
            speaker = of_mention(mention)
            if " " in mention.name:
                self.by_tail.setdefault(mention.name.rsplit(" ", 1)[-1], speaker)
            if mention.kind == "person":
                self.person = speaker
            else:
                if self.organisation is None:
                    self.organisation = speaker
                if speaker.sort is not None:
                    self.by_sort[speaker.sort] = speaker


class Mentions:
    """Mentions sorted by their start, asked by range."""

    def __init__(self, mentions: list[Mention]) -> None:
        self._all = sorted(mentions, key=lambda mention: (mention.start, -mention.end))
        self._starts = [mention.start for mention in self._all]

    def all(self) -> list[Mention]:
        """All mentions, in order."""
        return self._all

    def within(self, start: int, end: int) -> list[Mention]:
        """Mentions that lie wholly in `start` to `end`."""
        out = []
        for mention in self._all[bisect_left(self._starts, start) :]:
            if mention.start >= end:
                break
            if mention.end <= end:
                out.append(mention)
        return out


def of_mention(mention: Mention) -> Speaker:
    source = Source(mention.name, mention.start, mention.end, mention.name, mention.id, "actor", name=mention.name)
    return Speaker(
        source,
        person=mention.kind == "person",
        organisation=mention.kind != "person",
        country=mention.country,
        sort=sorts("kinds").get(mention.kind or ""),
    )


def known_by_sort(noun: str, memory: Memory) -> Speaker | None:
    """Whom "the company", "the ministry" means: the latest of that sort, else the latest organisation of unknown
    sort."""
    sort = sorts("nouns").get(noun)
    if sort is None:
        return memory.organisation
    found = memory.by_sort.get(sort)
    if found is not None:
        return found
    latest = memory.organisation
    return latest if latest is not None and latest.sort is None else None


def remember(speaker: Speaker, memory: Memory) -> None:
    if speaker.person:
        memory.person = speaker
        memory.spokesperson = None
    elif speaker.capacity is not None and speaker.organisation:
        memory.spokesperson = speaker
        memory.organisation = speaker
    elif speaker.source.kind == "document":
        memory.document = speaker
    elif speaker.organisation or speaker.source.kind == "actor":
        memory.organisation = speaker
        if speaker.sort is not None:
            memory.by_sort[speaker.sort] = speaker
    memory.last = speaker
