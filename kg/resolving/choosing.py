"""Which of the actors that have a name is meant at a place, by features that explain themselves. Pure.

The name alone is never enough where two share it: what decides is a second kind of evidence, such as the country that
the text speaks of, a full name elsewhere in it, or a definition in brackets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from kg.resolving.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class Entry:
    """One alias of one actor.

    Attributes:
        alias: as written.
        alias_kind: term of the ontology.
        actor: the actor's canonical name.
        id: the actor's id.
        kind: the actor's kind.
        country: ISO 3166-1 alpha-2.
        about: the actor's description, in lower case.
    """

    alias: str
    alias_kind: str
    actor: str
    id: str
    kind: str
    country: str | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a text tells of all its names.

    Attributes:
        full: the actors of which a name stands in the text that needs no context, by id, with these names.
        countries: the countries of which an actor is named, with the ids of these actors.
        defined: names that the text defines in brackets, to the id that they stand for; "" for one that nobody knows.
    """

    full: Mapping[str, Set[str]] = field(default_factory=dict)
    countries: Mapping[str, Set[str]] = field(default_factory=dict)
    defined: Mapping[str, str] = field(default_factory=dict)

    def names_country_of(self, entry: Entry) -> bool:
        """Whether another actor of the entry's country is named."""
        return bool(self.countries.get(entry.country or "", frozenset()) - {entry.id})


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence for an actor, and what it is worth."""

    feature: str
    weight: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that may be meant, with the evidence for it."""

    entry: Entry
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> float:
        """The sum of the weights."""
        return round(sum(reason.weight for reason in self.reasons), 3)


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is meant, or nobody, with all that were thought of, the best first."""

    chosen: Candidate | None
    candidates: tuple[Candidate, ...]


def choose(
    entries: Iterable[Entry], around: Surroundings, local: Sequence[str] = (), *, metonym_acts: bool = True
) -> Choice:
    """Choose among the actors that have the name.

    Args:
        entries: an entry for each of them.
        around: what the whole text tells.
        local: features of this place that hold for every candidate, such as ``in capitals``.
        metonym_acts: whether no word of place goes before the name.

    Returns:
        The best candidate, if its weights reach ``link`` and the second stays ``margin`` behind it.
    """
    words = lexicon()
    ranked = sorted(
        (_candidate(entry, around, local, acts=metonym_acts) for entry in entries),
        key=lambda candidate: (-candidate.score, candidate.entry.actor, candidate.entry.id),
    )
    if not ranked or ranked[0].score < words.link:
        return Choice(None, tuple(ranked))
    if len(ranked) > 1 and ranked[0].score - ranked[1].score < words.margin - 1e-9:
        return Choice(None, tuple(ranked))
    return Choice(ranked[0], tuple(ranked))


def _candidate(entry: Entry, around: Surroundings, local: Sequence[str], *, acts: bool) -> Candidate:
    words = lexicon()
    reasons = [Reason(f"alias: {entry.alias_kind}", words.kinds.get(entry.alias_kind, 0.0))]
    features = list(local)
    if entry.alias == entry.actor:
        features.append("own name")
    if entry.alias_kind == "metonym":
        features.append("acts" if acts else "place")
    if around.full.get(entry.id, frozenset()) - {entry.alias} and not (entry.alias_kind == "metonym" and not acts):
        features.append("full name here")
    if entry.alias_kind != "metonym" and around.names_country_of(entry):
        features.append("country named")
    if around.defined.get(entry.alias) == entry.id:
        features.append("defined here")
    reasons += [Reason(feature, words.weights[feature]) for feature in features]
    return Candidate(entry, tuple(reason for reason in reasons if reason.weight))
