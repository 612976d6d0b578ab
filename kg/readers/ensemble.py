"""Two readers or more as one: what any of them reads, or only what they agree on, with one confidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeVar

from pydantic import ValidationError

from kg.plugins import PluginUnavailable
from kg.readers.port import Reader, ReaderFailed
from kg.readers.registry import reader_named
from kg.reading.article import Article
from kg.reading.mentions import Spotter
from kg.reading.model import EventMention, PolicyMention, Reading, Statement, Verification
from kg.settings import EnsembleSettings

Mode = Literal["union", "vote"]

_ALIKE: Final = 0.5
"""Least Dice coefficient of two contents, in code points, for two statements to be one."""

_NAME: Final = "ensemble"


@dataclass(frozen=True, slots=True)
class _Vote:
    """One reader's statement: whose it is, and its index there."""

    reader: int
    index: int
    statement: Statement


class EnsembleReader:
    """Reads with several readers and joins what they read.

    ``union`` keeps each statement that any of them read, ``vote`` those that at least two read with the same act. Two
    statements are one when their cues overlap and their contents do not differ too much. Where readers agree on the
    act, the confidence is ``1 - (1 - a)(1 - b)``; where they differ, the surer act is kept, with the probability that
    it is right and the other wrong, given that one of them is: ``a(1 - b) / (a(1 - b) + b(1 - a))``. Both take their
    errors as independent, which they are not quite: measure before you lower the threshold for review.
    """

    name = _NAME

    def __init__(self, readers: Sequence[Reader] | None = None, mode: Mode | None = None) -> None:
        try:
            settings = EnsembleSettings()
        except ValidationError as error:
            first = error.errors()[0]
            raise PluginUnavailable(
                f"GEOKG_ENSEMBLE_{first['loc'][0]}".upper() + f": {first['msg']}", "reader ensemble", "Mend the setting"
            ) from error
        self._mode: Mode = mode or settings.mode
        self._readers = list(readers) if readers is not None else _named(settings.readers)
        least = 2
        if len(self._readers) < least:
            raise PluginUnavailable(
                "an ensemble needs two readers", "reader ensemble", "Name them: GEOKG_ENSEMBLE_READERS=grammar,llm"
            )

    @property
    def version(self) -> str:
        """The mode, and the versions of its readers."""
        return f"ensemble-1 {self._mode} of {', '.join(reader.version for reader in self._readers)}"

    def read(self, article: Article, spotter: Spotter | None = None) -> Reading:
        """Read one article with each of them.

        Raises:
            ReaderFailed: all of them failed, or, where they vote, one did.
        """
        readings: list[Reading] = []
        notes: list[str] = []
        failure: ReaderFailed | None = None
        for reader in self._readers:
            try:
                reading = reader.read(article, spotter)
            except ReaderFailed as error:
                if self._mode == "vote":
                    raise
                failure = error
                notes.append(f"{reader.name}: not read: {error}")
                continue
            readings.append(reading)
            notes += [f"{reader.name}: {note}" for note in reading.notes]
        if not readings:
            assert failure is not None
            raise failure
        return replace(_joined(readings, self._mode), notes=tuple(notes), method=self.version)


def _named(names: str) -> list[Reader]:
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    if _NAME in wanted:
        raise PluginUnavailable("an ensemble cannot be part of itself", "GEOKG_ENSEMBLE_READERS", "Name other readers")
    return [reader_named(name) for name in dict.fromkeys(wanted)]


def _joined(readings: Sequence[Reading], mode: Mode) -> Reading:
    groups = _groups(readings)
    if mode == "vote":
        groups = [group for group in groups if _agreement(group) >= 2]
    groups.sort(key=lambda group: (_best(group).statement.cue.start, _best(group).statement.start))
    index = {(vote.reader, vote.index): place for place, group in enumerate(groups) for vote in group}
    statements = tuple(_one(group, place, index) for place, group in enumerate(groups))
    checks: dict[tuple[int, int, str], Verification] = {}
    for number, reading in enumerate(readings):
        for check in reading.verifications:
            moved = replace(check, statement=_moved(check.statement, number, index), of=_moved(check.of, number, index))
            checks.setdefault((check.start, check.end, check.status), moved)
    return replace(
        readings[0],
        statements=statements,
        policies=_distinct(readings, lambda reading: reading.policies),
        events=_distinct(readings, lambda reading: reading.events),
        verifications=tuple(checks[key] for key in sorted(checks)),
        affiliations=tuple(dict.fromkeys(each for reading in readings for each in reading.affiliations)),
    )


def _groups(readings: Sequence[Reading]) -> list[list[_Vote]]:
    """Statements of different readers that are one, each of a reader at most once."""
    groups: list[list[_Vote]] = []
    for number, reading in enumerate(readings):
        open_ = [group for group in groups if group[-1].reader < number]
        for index, statement in enumerate(reading.statements):
            vote = _Vote(number, index, statement)
            near = [group for group in open_ if _same(group[0].statement, statement)]
            if near:
                chosen = max(near, key=lambda group: _dice(group[0].statement, statement))
                chosen.append(vote)
                open_.remove(chosen)
            else:
                groups.append([vote])
    return groups


def _same(one: Statement, other: Statement) -> bool:
    cues_meet = one.cue.start < other.cue.end and other.cue.start < one.cue.end
    return cues_meet and (not one.spans or not other.spans or _dice(one, other) >= _ALIKE)


def _dice(one: Statement, other: Statement) -> float:
    """The Dice coefficient of the code points of two contents (Dice, 1945)."""
    sizes = sum(end - start for statement in (one, other) for start, end in statement.spans)
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one.spans for b in other.spans)
    return 2 * shared / sizes if sizes else 0.0


def _agreement(group: Sequence[_Vote]) -> int:
    acts = [vote.statement.act for vote in group]
    return max(acts.count(act) for act in acts)


def _best(group: Sequence[_Vote]) -> _Vote:
    """The surest vote of the act that most are for; among equals the first reader's."""
    acts = [vote.statement.act for vote in group]
    return max(group, key=lambda vote: (acts.count(vote.statement.act), vote.statement.confidence, -vote.reader))


def _one(group: Sequence[_Vote], place: int, index: dict[tuple[int, int], int]) -> Statement:
    best = _best(group)
    doubt = 1.0
    against = 1.0
    for vote in group:
        if vote.statement.act == best.statement.act:
            doubt *= 1 - vote.statement.confidence
        else:
            against *= 1 - vote.statement.confidence
    sure = 1 - doubt
    if against < 1:
        right, wrong = sure * against, (1 - against) * doubt
        sure = right / (right + wrong) if right + wrong else 0.5
    in_order = sorted(group, key=lambda vote: vote is not best)
    return replace(
        best.statement,
        confidence=round(sure, 3),
        relays=_reference((_moved(vote.statement.relays, vote.reader, index) for vote in in_order), place),
        answers=_reference((_moved(vote.statement.answers, vote.reader, index) for vote in in_order), place),
    )


def _moved(old: int | None, reader: int, index: dict[tuple[int, int], int]) -> int | None:
    """From a reader's index of a statement to that of the joined one; None where it was not kept."""
    return None if old is None else index.get((reader, old))


def _reference(candidates: Iterable[int | None], place: int) -> int | None:
    return next((found for found in candidates if found is not None and found != place), None)


_Mention = TypeVar("_Mention", PolicyMention, EventMention)


def _distinct(readings: Sequence[Reading], mentions: Callable[[Reading], Iterable[_Mention]]) -> tuple[_Mention, ...]:
    """The mentions of all readings, one for each place in the text."""
    found: dict[tuple[int, int], _Mention] = {}
    for reading in readings:
        for mention in mentions(reading):
            found.setdefault((mention.start, mention.end), mention)
    return tuple(found[key] for key in sorted(found))
