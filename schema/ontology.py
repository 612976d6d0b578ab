"""The ontology: the terms that records may use, as data in ``schema/ontology/*.yaml``, one file a concept.

To add an act, a kind, a status or a relationship, add a row there; nothing else needs to change.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any, Final, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schema.errors import InvalidInput, OntologyError

Stance = Literal["puts_forward", "denies", "concedes", "supports", "withdraws", "declines", "doubts", "reports", "none"]

NODE_LABELS: Final = (
    *("Actor", "Alias", "Claim", "Decision", "Document", "Event", "Policy", "PolicyStatus", "Review", "Statement"),
    "Topic",
)


class Term(BaseModel):
    """One row: a term with its meaning and, where the schemes have one, its codes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    term: str
    definition: str
    example: str
    cameo: str | None = Field(default=None, pattern=r"^(\d{2,4}|[A-Z]{3})$", description="CAMEO 1.1b3 code")
    plover: str | None = Field(default=None, pattern=r"^[A-Z]+$", description="PLOVER code")


class DerivedFromAct(BaseModel):
    """The derived relationships that a statement of an act stands for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    claim: str | None = None
    subject: str | None = None
    answered: str | None = None


class Act(Term):
    """What a speaker does with a claim."""

    stance: Stance
    derives: DerivedFromAct = DerivedFromAct()


class Manner(Term):
    """How a denial is made."""

    denies: bool


class ActorKind(Term):
    """A kind of actor."""

    ftm: str
    stix: str


class AliasKind(Term):
    """A kind of name."""

    links_alone: bool


class Certainty(Term):
    """How sure a speaker sounds."""

    weight: int


class PolicyKind(Term):
    """A kind of policy."""

    derives: str | None


class PolicyStatusTerm(Term):
    """A step in a policy's life."""

    in_force: bool


class ReviewStatus(Term):
    """What became of a statement that waited for review."""

    decided: bool


class EventKind(Term):
    """A kind of event."""

    derives: str | None
    symmetric: bool
    coded: bool = False


class Relationship(Term):
    """A type of relationship, with the labels of its ends."""

    term: str = Field(pattern=r"^[A-Z][A-Z0-9_]*$")  # it stands in queries as it is
    from_: tuple[str, ...] = Field(alias="from")
    to: tuple[str, ...]
    derived: bool = False
    between: bool = False
    alone: bool = False
    ftm: str | None = None


T = TypeVar("T", bound=Term)


class Concept(dict[str, T]):
    """The terms of one concept by name, in the order of their file."""

    def __init__(self, name: str, terms: list[T]) -> None:
        super().__init__((term.term, term) for term in terms)
        self.name = name

    def require(self, term: str, where: str | None = None) -> T:
        """The row of a term.

        Raises:
            InvalidInput: no row has it; the nearest terms are named.
        """
        if (row := self.get(term)) is not None:
            return row
        raise InvalidInput(f"unknown {self.name} {term[:60]!r}", where, self.suggestion(term))

    def suggestion(self, term: str) -> str:
        """A sentence that names the nearest known term, else all of them."""
        near = difflib.get_close_matches(term.lower()[:60], {name.lower() for name in self}, n=1, cutoff=0.6)
        match = next((name for name in self if near and name.lower() == near[0]), None)
        return f"Did you mean {match!r}?" if match else f"Known: {', '.join(self)}"


_FILES: Final[dict[str, type[Term]]] = {
    "acts": Act,
    "manners": Manner,
    "actor_kinds": ActorKind,
    "alias_kinds": AliasKind,
    "document_kinds": Term,
    "claim_kinds": Term,
    "certainties": Certainty,
    "policy_kinds": PolicyKind,
    "policy_statuses": PolicyStatusTerm,
    "event_kinds": EventKind,
    "event_roles": Term,
    "topic_kinds": Term,
    "standings": Term,
    "relationships": Relationship,
    "review_statuses": ReviewStatus,
    "verdicts": Term,
}


class Ontology:
    """Every concept, loaded and checked."""

    def __init__(self, concepts: dict[str, Concept[Any]]) -> None:
        self.acts: Concept[Act] = concepts["acts"]
        self.manners: Concept[Manner] = concepts["manners"]
        self.actor_kinds: Concept[ActorKind] = concepts["actor_kinds"]
        self.alias_kinds: Concept[AliasKind] = concepts["alias_kinds"]
        self.document_kinds: Concept[Term] = concepts["document_kinds"]
        self.claim_kinds: Concept[Term] = concepts["claim_kinds"]
        self.certainties: Concept[Certainty] = concepts["certainties"]
        self.policy_kinds: Concept[PolicyKind] = concepts["policy_kinds"]
        self.policy_statuses: Concept[PolicyStatusTerm] = concepts["policy_statuses"]
        self.event_kinds: Concept[EventKind] = concepts["event_kinds"]
        self.event_roles: Concept[Term] = concepts["event_roles"]
        self.topic_kinds: Concept[Term] = concepts["topic_kinds"]
        self.standings: Concept[Term] = concepts["standings"]
        self.review_statuses: Concept[ReviewStatus] = concepts["review_statuses"]
        self.verdicts: Concept[Term] = concepts["verdicts"]
        self.relationships: Concept[Relationship] = concepts["relationships"]
        self._concepts = concepts
        for message in self._faults():
            raise OntologyError(message, "schema/ontology", "Mend the row, or add the term that it names")

    def concept(self, name: str) -> Concept[Any]:
        """A concept by the name of its file, without the ending."""
        return self._concepts[name]

    def concepts(self) -> dict[str, Concept[Any]]:
        """All concepts by the names of their files."""
        return dict(self._concepts)

    def derived(self) -> tuple[str, ...]:
        """Types of the derived relationships."""
        return tuple(row.term for row in self.relationships.values() if row.derived)

    def between(self) -> tuple[str, ...]:
        """Types that connect what a reader of relationships sees: actors, claims, policies, events and topics."""
        return tuple(row.term for row in self.relationships.values() if row.between)

    def _faults(self) -> Iterator[str]:
        for row in self.relationships.values():
            for label in (*row.from_, *row.to):
                if label not in NODE_LABELS:
                    yield f"relationship {row.term} names the unknown label {label}"
        sources: list[tuple[str, str | None]] = []
        for act in self.acts.values():
            sources += [(act.term, value) for value in (act.derives.claim, act.derives.subject, act.derives.answered)]
        sources += [(policy.term, policy.derives) for policy in self.policy_kinds.values()]
        sources += [(event.term, event.derives) for event in self.event_kinds.values()]
        for term, derived in sources:
            if derived is not None and not (derived in self.relationships and self.relationships[derived].derived):
                yield f"{term} derives {derived}, which is no derived relationship"


def _load(name: str, model: type[Term]) -> Concept[Any]:
    where = f"schema/ontology/{name}.yaml"
    try:
        raw = yaml.safe_load(resources.files("schema").joinpath("ontology", f"{name}.yaml").read_text("utf-8"))
        rows = [model.model_validate(row) for row in raw["rows"]]
        concept = raw["concept"]
    except (OSError, UnicodeError, yaml.YAMLError, KeyError, TypeError, ValidationError) as error:
        raise OntologyError(f"it cannot be read: {error}", where, "Mend the file") from error
    terms = [row.term for row in rows]
    if len(set(terms)) != len(terms):
        raise OntologyError("a term stands twice", where, "Keep one row a term")
    return Concept(concept, rows)


@cache
def ontology() -> Ontology:
    """The ontology of this installation.

    Raises:
        OntologyError: a file is not well formed, or names a term that no file defines.
    """
    return Ontology({name: _load(name, model) for name, model in _FILES.items()})
