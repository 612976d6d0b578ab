"""The seed records as they are written down, and what can be counted from them without a graph."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import permutations, product
from typing import Any, Final

import yaml

import seed_data
from kg.reading.article import load_article
from schema.ontology import ontology
from schema.records import (
    ActorRecord,
    ClaimRecord,
    DocumentRecord,
    EventRecord,
    PolicyRecord,
    Record,
    RelationshipRecord,
    StatementRecord,
    TopicRecord,
    record_adapter,
)

PUTS_FORWARD: Final = ("puts_forward", "supports")
COMPANY: Final = "Alibaba Group"
"""Whose timeline the gold file holds."""


@dataclass(frozen=True)
class Seed:
    """Every record, by type and by what others call it."""

    records: tuple[tuple[str, Record], ...]
    actors: dict[str, ActorRecord] = field(default_factory=dict)
    topics: dict[str, TopicRecord] = field(default_factory=dict)
    documents: dict[str, DocumentRecord] = field(default_factory=dict)
    claims: dict[str, ClaimRecord] = field(default_factory=dict)
    statements: dict[str, StatementRecord] = field(default_factory=dict)
    events: dict[str, EventRecord] = field(default_factory=dict)
    policies: dict[str, PolicyRecord] = field(default_factory=dict)
    relationships: tuple[RelationshipRecord, ...] = ()

    def speaker(self, statement: StatementRecord) -> str:
        """Canonical name of the actor who made the statement."""
        return statement.actor or statement.speaker

    def claims_of(self, statement: StatementRecord) -> list[str]:
        """Keys of the claims that the statement is about."""
        return [matter for matter in statement.about if matter in self.claims]

    def said_at(self, statement: StatementRecord) -> str:
        """When it was said: as written, else the date of its document."""
        at = statement.asserted_at or self.documents[statement.document].published_at
        assert at is not None
        return at

    def first_sources(self, key: str) -> set[str]:
        """Keys of the statements where the chain of relays ends."""
        inner = self.statements[key].relays
        return set().union(*(self.first_sources(each) for each in inner)) if inner else {key}


def raw_records() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every record as it stands in its file, with the place."""
    for path in seed_data.files():
        for number, value in enumerate(yaml.safe_load(path.read_text("utf-8")), 1):
            yield f"{path.name}#{number}", value


@cache
def load() -> Seed:
    """Validate every record and sort it by type."""
    records = tuple((where, record_adapter.validate_python(value)) for where, value in raw_records())
    seed = Seed(records, relationships=tuple(r for _, r in records if isinstance(r, RelationshipRecord)))
    for where, record in records:
        match record:
            case ActorRecord():
                seed.actors[record.name] = record
            case TopicRecord():
                seed.topics[record.name] = record
            case DocumentRecord():
                seed.documents[record.key or where] = record
            case ClaimRecord():
                seed.claims[record.key or where] = record
            case StatementRecord():
                seed.statements[record.key or where] = record
            case EventRecord():
                seed.events[record.key or where] = record
            case PolicyRecord():
                for handle in filter(None, (record.number, record.key)):
                    seed.policies[handle] = record
    return seed


@cache
def text_of(text_file: str) -> str:
    """The text of a document of the story, as articles are loaded."""
    path = seed_data.FOLDER / "story" / text_file
    return load_article(path.read_bytes(), filename=path.name).text


def stance(statement: StatementRecord) -> str:
    """What the statement's act does to its claim."""
    return ontology().acts[statement.act].stance


def gold() -> dict[str, Any]:
    """What the graph must hold."""
    loaded: dict[str, Any] = yaml.safe_load(seed_data.GOLD.read_text("utf-8"))
    return loaded


def claim_facts(seed: Seed, key: str) -> dict[str, Any]:
    """One claim of the gold file, but for its standing, from the records alone."""
    about = {name: s for name, s in seed.statements.items() if key in s.about}
    alleged = any(s.act == "allege" for s in about.values())
    acts = Counter((s.act, s.manner, seed.speaker(s)) for s in about.values())
    seen = sorted({s.document for s in about.values() if seed.documents[s.document].seen})
    origins = sorted(_origins(seed, about))
    return {
        "claim": key,
        "accused": list(seed.claims[key].subjects) if alleged else [],
        "speakers": acts,
        "documents": len(seen),
        "document_keys": seen,
        "independent_origins": len(origins),
        "origins": [{"kind": kind, "of": of} for kind, of in origins],
        "could_not_verify": sorted({seed.speaker(s) for s in about.values() if stance(s) == "doubts"}),
        "declined_to_comment": sorted({seed.speaker(s) for s in about.values() if stance(s) == "declines"}),
    }


def _origins(seed: Seed, about: dict[str, StatementRecord]) -> set[tuple[str, str]]:
    origins = set()
    for name, statement in about.items():
        if stance(statement) in (*PUTS_FORWARD, "reports"):
            for end in (seed.statements[first] for first in seed.first_sources(name)):
                if stance(end) in PUTS_FORWARD:
                    seen = seed.documents[end.document].seen
                    origins.add(("speaker", seed.speaker(end)) if seen else ("unseen_document", end.document))
    return origins


def derived(seed: Seed) -> Counter[tuple[str, str, str]]:
    """Derived relationships by type, start and end; one for each piece of evidence."""
    found: Counter[tuple[str, str, str]] = Counter()
    for statement in seed.statements.values():
        found.update(_from_statement(seed, statement))
    for policy in {id(p): p for p in seed.policies.values()}.values():
        if kind := ontology().policy_kinds[policy.kind].derives:
            pairs = product(policy.issuers, (target for target in policy.targets if target in seed.actors))
            found.update((kind, issuer, target) for issuer, target in pairs if issuer != target)
    for event in seed.events.values():
        found.update(_from_event(event))
    return found


def _from_statement(seed: Seed, statement: StatementRecord) -> Iterator[tuple[str, str, str]]:
    act, who = ontology().acts[statement.act].derives, seed.speaker(statement)
    claims = seed.claims_of(statement)
    if act.claim:
        yield from ((act.claim, who, claim) for claim in claims)
    if act.subject:
        subjects = {subject for claim in claims for subject in seed.claims[claim].subjects}
        yield from ((act.subject, who, subject) for subject in subjects - {who})
    if act.answered:
        answered = {seed.speaker(seed.statements[key]) for key in statement.answers}
        yield from ((act.answered, who, other) for other in answered - {who})


def _from_event(event: EventRecord) -> Iterator[tuple[str, str, str]]:
    kind = ontology().event_kinds[event.kind]
    if kind.derives is None:
        return
    for one, other in permutations(event.participants, 2):
        if kind.symmetric or (one.role, other.role) == ("agent", "patient"):
            yield kind.derives, one.actor, other.actor


def nodes(seed: Seed) -> dict[str, int]:
    """Number of nodes by label."""
    policies = {id(p): p for p in seed.policies.values()}.values()
    names = (({(a.name, "name")} | {(x.name, x.kind) for x in a.aliases}) for a in seed.actors.values())
    return {
        "Actor": len(seed.actors),
        "Alias": sum(len(each) for each in names),
        "Claim": len(seed.claims),
        "Document": len(seed.documents),
        "Event": len(seed.events),
        "Policy": len(policies),
        "PolicyStatus": sum(len({(step.status, step.at) for step in p.statuses}) for p in policies),
        "Statement": len(seed.statements),
        "Topic": len(seed.topics),
    }


def timeline(seed: Seed, actor: str) -> dict[str, list[str]]:
    """Keys of what an actor said, what was said of it and answered to it, and what it took part in, by date."""
    days: dict[str, set[str]] = defaultdict(set)
    for key, statement in seed.statements.items():
        spoken_of = {
            name
            for claim in seed.claims_of(statement)
            for name in (*seed.claims[claim].subjects, *seed.claims[claim].objects)
        }
        answered = {seed.speaker(seed.statements[other]) for other in statement.answers}
        if actor in {seed.speaker(statement), *spoken_of, *answered}:
            days[seed.said_at(statement)].add(key)
    for key, event in seed.events.items():
        if actor in {part.actor for part in event.participants}:
            days[event.at].add(key)
    return {day: sorted(days[day]) for day in sorted(days)}
