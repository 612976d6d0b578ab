"""The standing of a claim: what its statements amount to, and from which of them that follows. Pure.

The rules stand in ``schema/ontology/standings.yaml``, in the order in which they are tried. What each act does to a
claim (its stance) stands in ``acts.yaml``; which manners of denial deny, in ``manners.yaml``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from schema.ids import normalise_name
from schema.ontology import Stance, ontology
from schema.times import EARLIEST, LATEST

OriginKind = Literal["unseen_document", "speaker", "anonymous"]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement, as far as the standing of its claim depends on it.

    Attributes:
        id: of the statement.
        act, manner: terms of the ontology.
        actor: id of the speaker, None where the speaker is anonymous.
        speaker: the speaker as written.
        document: id of the document it stands in.
        source: key that the versions of that document share.
        copy_of: the same key of the document of which that one is a near copy; empty where it is none.
        seen: whether that document was seen.
        earliest, latest: bounds of when it was said, UTC; empty where unknown.
        relays: ids of the statements that it reports.
        answers: ids of the statements that it answers.
        about: whether it is about the claim; False for a link of a chain of relays that is about another.
    """

    id: str
    act: str
    manner: str | None = None
    actor: str | None = None
    speaker: str = ""
    document: str = ""
    source: str = ""
    copy_of: str = ""
    seen: bool = True
    earliest: str = ""
    latest: str = ""
    relays: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    about: bool = True

    @property
    def stance(self) -> Stance:
        """What its act does to the claim."""
        return ontology().acts[self.act].stance

    @property
    def who(self) -> str:
        """Identity of the speaker: the actor, else the name as written in its document."""
        return self.actor or f"{normalise_name(self.speaker)} in {self.first_printed}"

    @property
    def first_printed(self) -> str:
        """The document it stood in first: that of which its own is a copy, else its own."""
        return self.copy_of or self.source or self.document

    @property
    def denies(self) -> bool:
        """Whether it says that the claim is not so; a non-denial does not."""
        if self.stance != "denies":
            return False
        return self.manner is None or ontology().manners[self.manner].denies


@dataclass(frozen=True, slots=True)
class Origin:
    """A first source; statements whose chains of relays end here count once."""

    kind: OriginKind
    key: str
    statements: tuple[str, ...]
    reported_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours from the first published allegation to the first answer, as a range where the times are imprecise."""

    least: float
    most: float
    allegation: str
    answer: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim's standing, with the ids of the statements that each part comes from."""

    standing: str
    because: tuple[str, ...]
    put_forward_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    confirmed_by: tuple[str, ...] = ()
    could_not_verify: tuple[str, ...] = ()
    declined_by: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    """Those of the documents that are near copies of others."""
    origins: tuple[Origin, ...] = ()
    named_sources: int = 0
    anonymous_sources: int = 0
    hours_to_answer: Hours | None = None


def standing_of(statements: Iterable[Spoken], subjects: Iterable[str]) -> Standing:
    """Compute the standing of one claim.

    Args:
        statements: all that are visible and about it, and the links of their chains of relays.
        subjects: ids of the actors who are said to do it.

    A statement in a document that was not seen counts only while a statement in a seen one reports it.
    """
    return _Reading(tuple(sorted(statements, key=lambda s: (s.earliest, s.id))), frozenset(subjects)).standing()


@dataclass(slots=True)
class _Reading:
    statements: tuple[Spoken, ...]
    subjects: frozenset[str]
    by_id: dict[str, Spoken] = field(init=False)
    reported_by: dict[str, list[Spoken]] = field(init=False)

    def __post_init__(self) -> None:
        self.by_id = {s.id: s for s in self.statements}
        self.reported_by = defaultdict(list)
        for statement in self.statements:
            for inner in statement.relays:
                if inner in self.by_id and inner != statement.id:
                    self.reported_by[inner].append(statement)

    def standing(self) -> Standing:
        counted = [s for s in self.statements if s.about and self._published(s)]
        put = [s for s in counted if s.stance in ("puts_forward", "supports")]
        standing_put = [s for s in put if not self._taken_back(s)]
        denials = [s for s in counted if s.denies and not self._taken_back(s)]
        accused = [s for s in counted if s.actor in self.subjects]
        deflections = [s for s in accused if s.stance == "denies" and not s.denies]
        declined = [s for s in accused if s.stance == "declines"]
        confirmations = self._confirmations(standing_put)
        concessions = self._concessions(accused, standing_put)
        withdrawals = [s for s in counted if s.stance == "withdraws"]
        allegations = [s for s in standing_put if s.act == "allege"]
        rules: tuple[tuple[str, bool, list[Spoken]], ...] = (
            ("withdrawn", bool(put) and not standing_put, put + withdrawals),
            ("conceded", bool(concessions), concessions),
            ("contested", bool(standing_put) and bool(denials), standing_put + denials),
            ("confirmed", bool(confirmations), standing_put),
            ("deflected", bool(deflections), deflections),
            ("declined", bool(declined), declined),
            ("unanswered", bool(allegations), allegations),
            ("denied", bool(denials), denials),
            ("stated", bool(standing_put), standing_put),
            ("unsupported", True, []),
        )
        name, _, because = next(rule for rule in rules if rule[1])
        origins = self._origins(counted)
        sources = {s.who: s.actor is not None and s.stance != "reports" for s in self._first_sources(counted)}
        return Standing(
            standing=name,
            because=_ids(because),
            put_forward_by=_ids(standing_put),
            denied_by=_ids(denials),
            confirmed_by=_ids(confirmations),
            could_not_verify=_ids(s for s in counted if s.stance == "doubts"),
            declined_by=_ids(s for s in counted if s.stance == "declines"),
            documents=tuple(sorted({s.source or s.document for s in counted if s.seen})),
            copies=tuple(sorted({s.source or s.document for s in counted if s.seen and s.copy_of})),
            origins=origins,
            named_sources=sum(sources.values()),
            anonymous_sources=len(sources) - sum(sources.values()),
            hours_to_answer=self._hours(standing_put or put, denials + deflections + concessions),
        )

    def _published(self, statement: Spoken) -> bool:
        """Whether a seen document holds it, or reports it, by however many steps."""
        return statement.seen or any(outer.seen for outer in self._outer(statement))

    def _outer(self, statement: Spoken) -> list[Spoken]:
        """Every statement that reports it, directly or through others."""
        found: dict[str, Spoken] = {}
        todo = [statement]
        while todo:
            for outer in self.reported_by.get(todo.pop().id, ()):
                if outer.id not in found:
                    found[outer.id] = outer
                    todo.append(outer)
        return list(found.values())

    def _innermost(self, statement: Spoken) -> list[Spoken]:
        """Where its chain of relays ends; itself where it reports nothing that the graph knows."""
        ends: dict[str, Spoken] = {}
        todo, passed = [statement], {statement.id}
        while todo:
            here = todo.pop()
            inner = [self.by_id[i] for i in here.relays if i in self.by_id and i != here.id]
            if not inner:
                ends[here.id] = here
            for each in inner:
                if each.id not in passed:
                    passed.add(each.id)
                    todo.append(each)
        return list(ends.values()) or [statement]

    def _first_sources(self, counted: list[Spoken]) -> list[Spoken]:
        """Innermost statements that put the claim forward; a report whose source is unknown is its own."""
        ends: dict[str, Spoken] = {}
        for statement in counted:
            if statement.stance in ("puts_forward", "supports", "reports"):
                ends |= {end.id: end for end in self._innermost(statement)}
        return [end for end in ends.values() if end.stance in ("puts_forward", "supports", "reports")]

    def _origins(self, counted: list[Spoken]) -> tuple[Origin, ...]:
        statements: dict[tuple[OriginKind, str], set[str]] = defaultdict(set)
        documents: dict[tuple[OriginKind, str], set[str]] = defaultdict(set)
        for end in self._first_sources(counted):
            key = _origin_of(end)
            statements[key].add(end.id)
            documents[key] |= {s.document for s in (end, *self._outer(end)) if s.seen}
        return tuple(Origin(*key, _sorted(statements[key]), _sorted(documents[key])) for key in sorted(statements))

    def _taken_back(self, statement: Spoken) -> bool:
        """Whether its speaker retracted it, or all who reported it from an unseen document retracted that."""
        if self._retracted(statement):
            return True
        reports = self.reported_by.get(statement.id, [])
        return not statement.seen and bool(reports) and all(self._retracted(report) for report in reports)

    def _retracted(self, statement: Spoken) -> bool:
        return any(
            other.stance == "withdraws"
            and other.who == statement.who
            and (statement.id in other.answers or (other.about and (other.latest or LATEST) >= statement.earliest))
            for other in self.statements
        )

    def _confirmations(self, put: list[Spoken]) -> list[Spoken]:
        """Statements in support by somebody other than those who put it forward."""
        first = {s.who for s in put if s.stance == "puts_forward"}
        return [s for s in put if s.stance == "supports" and s.who not in first]

    def _concessions(self, accused: list[Spoken], put: list[Spoken]) -> list[Spoken]:
        """The accused acknowledging it, or confirming what another alleges of it."""
        alleged = any(s.act == "allege" and s.actor not in self.subjects for s in put)
        stances = ("concedes", "supports") if alleged else ("concedes",)
        return [s for s in accused if s.stance in stances and not self._taken_back(s)]

    def _hours(self, put: list[Spoken], answers: list[Spoken]) -> Hours | None:
        """From what was alleged (else put forward) to what answered it; a thing said in an unseen document counts
        from its first report, for nobody could answer before."""
        alleged = [s for s in put if s.act == "allege"] or put
        public = [s for each in alleged for s in ([each] if each.seen else self._outer(each)) if s.seen and s.earliest]
        answered = [s for s in answers if s.earliest]
        if not public or not answered:
            return None
        first, answer = (min(group, key=lambda s: (s.earliest, s.id)) for group in (public, answered))
        from_latest = min(s.latest or LATEST for s in public)
        to_latest = min(s.latest or LATEST for s in answered)
        return Hours(
            least=max(0.0, _hours_between(from_latest, answer.earliest)),
            most=max(0.0, _hours_between(first.earliest, to_latest)),
            allegation=first.id,
            answer=answer.id,
        )


def _origin_of(statement: Spoken) -> tuple[OriginKind, str]:
    if not statement.seen:
        return "unseen_document", statement.source or statement.document
    if statement.actor is not None and statement.stance != "reports":
        return "speaker", statement.actor
    return "anonymous", f"{statement.first_printed}\x1f{normalise_name(statement.speaker)}"


def _ids(statements: Iterable[Spoken]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s.id for s in statements))


def _sorted(ids: set[str]) -> tuple[str, ...]:
    return tuple(sorted(ids))


def _hours_between(first: str, second: str) -> float:
    start, end = (datetime.fromisoformat(stamp or EARLIEST) for stamp in (first, second))
    return round((end - start).total_seconds() / 3600, 2)
