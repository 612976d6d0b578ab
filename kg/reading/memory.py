"""Speakers met so far in an article, for the pronouns and short names that follow."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from kg.reading.lexicons import nations, nouns, sorts
from kg.reading.mentions import Mention, Spotter
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
    by_noun: dict[str, Speaker] = field(default_factory=dict)
    unsorted: Speaker | None = None
    states: list[Speaker] = field(default_factory=list)
    home: Speaker | None = None

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
                for word in mention.name.lower().split():
                    if word in nouns("organisations"):
                        self.by_noun[word] = speaker
                if self.organisation is None:
                    self.organisation = speaker
                if speaker.sort is not None:
                    self.by_sort[speaker.sort] = speaker
                if mention.kind == "government":
                    self.states.append(speaker)


class Mentions:
    """Mentions sorted by their start, asked by range."""

    def __init__(self, mentions: list[Mention], spotter: Spotter | None = None) -> None:
        self._spotter = spotter
        self._nations: dict[str, Mention | None] = {}
        self._all = sorted(mentions, key=lambda mention: (mention.start, -mention.end))
        self._starts = [mention.start for mention in self._all]

    def all(self) -> list[Mention]:
        """All mentions, in order."""
        return self._all

    def named(self, name: str) -> Mention | None:
        """The actor that the name alone means, as the spotter knows it; its place is in `name`, not in the text."""
        found = self._spotter.spot(name) if self._spotter is not None else ()
        return next((mention for mention in found if mention.end - mention.start == len(name)), None)

    def nation(self, code: str) -> Mention | None:
        """The state of a country as the spotter knows it, by the words that mean it."""
        if code not in self._nations:
            found = (mention for word, of in nations().items() if of == code for mention in [self.named(word.title())])
            states = (m for m in found if m is not None and m.country == code and m.kind == "government")
            self._nations[code] = next(states, None)
        return self._nations[code]

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


def remember(speaker: Speaker, memory: Memory) -> None:
    name = speaker.source.actor or speaker.source.name or ""
    known = speaker.sort is not None or speaker.source.actor is not None or speaker.anonymous
    plain = speaker.source.kind == "actor" and (speaker.organisation or " " not in name)
    if name and plain and not known and name.lower().rsplit(" ", 1)[-1] not in nouns("organisations"):
        memory.unsorted = speaker
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
        name = speaker.source.actor or speaker.source.name or ""
        for word in name.lower().split():
            if word in nouns("organisations"):
                memory.by_noun[word] = speaker
        if speaker.sort is not None:
            memory.by_sort[speaker.sort] = speaker
    memory.last = speaker
