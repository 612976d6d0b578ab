"""The seed records are well formed, name nothing that is not there, and agree with the gold file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import pytest
import yaml
from pydantic import ValidationError

import seed_data
from schema import ids
from schema.ontology import ontology
from schema.record_base import Evidence
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
from schema.times import parse_time
from tests.seed import seed_records
from tests.seed.seed_records import Seed, text_of

LEAST: Final = {"Actor": 90, "Document": 14, "Policy": 30}
WORDS: Final = range(150, 451)


@pytest.fixture(scope="module")
def seed() -> Seed:
    return seed_records.load()


def _references(record: Record) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What a record names, with the labels that it may have."""
    match record:
        case DocumentRecord():
            yield from ((ref, ("Actor",)) for ref in (*record.issuers, *filter(None, (record.publisher,))))
            yield from ((ref, ("Document",)) for ref in record.cites)
        case ClaimRecord():
            yield from ((ref, ("Actor",)) for ref in record.subjects)
            yield from ((ref, ("Actor", "Topic")) for ref in record.objects)
            yield from ((ref, ("Topic", "Policy")) for ref in record.concerns)
        case StatementRecord():
            yield record.document, ("Document",)
            yield record.actor or record.speaker, ("Actor",)
            yield from ((ref, ("Claim", "Policy", "Event")) for ref in record.about)
            yield from ((ref, ("Statement",)) for ref in (*record.relays, *record.answers))
        case PolicyRecord():
            yield from ((ref, ("Actor",)) for ref in (*record.issuers, *record.signers))
            yield from ((ref, ("Actor", "Topic")) for ref in record.targets)
            yield from ((ref, ("Topic",)) for ref in record.concerns)
            changed = (*record.amends, *record.suspends, *record.revokes, *record.implements)
            yield from ((ref, ("Policy",)) for ref in changed)
            yield from ((ref, ("Claim", "Event")) for ref in record.responds_to)
        case EventRecord():
            yield from ((part.actor, ("Actor",)) for part in record.participants)
            yield from ((ref, ("Topic",)) for ref in record.concerns)
            yield from ((ref, ("Policy", "Event")) for ref in record.led_to)
        case RelationshipRecord():
            row = ontology().relationships[record.relation]
            yield record.source, row.from_
            yield record.target, row.to
        case _:
            pass
    yield from ((e.document, ("Document",)) for e in _evidence(record) if e.document)


def _evidence(record: Record) -> tuple[Evidence, ...]:
    match record:
        case PolicyRecord() | EventRecord():
            return record.evidence
        case RelationshipRecord(evidence=Evidence() as evidence):
            return (evidence,)
        case _:
            return ()


def test_every_record_is_one() -> None:
    faults = []
    for where, value in seed_records.raw_records():
        try:
            record_adapter.validate_python(value)
        except ValidationError as error:
            faults.append(f"{where}: {error}")
    assert faults == []


def test_every_reference_names_one_thing(seed: Seed) -> None:
    known: dict[str, set[str]] = {
        "Actor": set(seed.actors),
        "Topic": set(seed.topics),
        "Document": set(seed.documents),
        "Claim": set(seed.claims),
        "Statement": set(seed.statements),
        "Policy": set(seed.policies),
        "Event": set(seed.events),
    }
    lost = [
        f"{where}: {reference}"
        for where, record in seed.records
        for reference, labels in _references(record)
        if sum(reference in known[label] for label in labels) != 1
    ]
    assert lost == []


def test_ids_and_keys_are_unique(seed: Seed) -> None:
    made = Counter(_id(record) for _, record in seed.records if not isinstance(record, StatementRecord))
    keys = Counter(record.key for _, record in seed.records if record.key)
    spoken = Counter((s.document, s.quote, s.act, s.speaker, s.about) for s in seed.statements.values())
    assert [each for counter in (made, keys, spoken) for each, times in counter.items() if times > 1] == []


def _id(record: Record) -> str:
    match record:
        case ActorRecord():
            return ids.actor_id(record.name)
        case TopicRecord():
            return ids.topic_id(record.name)
        case DocumentRecord():
            return ids.document_source(record.url, record.publisher, record.title, record.published_at)
        case ClaimRecord():
            return ids.claim_id(record.text, list(record.subjects))
        case PolicyRecord():
            return ids.policy_id(record.kind, record.number, record.title)
        case EventRecord():
            return ids.event_id(record.kind, record.at, record.title)
        case RelationshipRecord():
            when = (record.role or "", record.valid_from or "")
            return ids.relationship_id(record.relation, record.source, record.target, *when)
        case _:
            raise AssertionError(record)


def test_no_name_that_links_alone_means_two_actors(seed: Seed) -> None:
    owners: dict[str, set[str]] = {}
    for actor in seed.actors.values():
        owners.setdefault(ids.normalise_name(actor.name), set()).add(actor.name)
        for alias in actor.aliases:
            if ontology().alias_kinds[alias.kind].links_alone:
                owners.setdefault(ids.normalise_name(alias.name), set()).add(actor.name)
    assert {name: who for name, who in owners.items() if len(who) > 1} == {}


def test_every_quote_stands_once_in_its_document(seed: Seed) -> None:
    quotes = [(s.document, s.quote) for s in seed.statements.values() if s.quote]
    quotes += [(e.document, e.quote) for _, r in seed.records for e in _evidence(r) if e.document and e.quote]
    astray = []
    for document, quote in quotes:
        text_file = seed.documents[document].text_file
        assert text_file is not None, f"{document} is quoted and was not seen"
        if text_of(text_file).count(quote) != 1:
            astray.append(f"{document}: {quote}")
    assert astray == []
    assert len(quotes) > 100


def test_statements_in_seen_documents_have_a_quote_and_others_have_none(seed: Seed) -> None:
    for key, statement in seed.statements.items():
        assert (statement.quote is not None) == seed.documents[statement.document].seen, key


@pytest.mark.parametrize("path", seed_data.article_files(), ids=lambda path: path.stem)
def test_a_text_agrees_with_its_record(seed: Seed, path: Any) -> None:
    record = next(d for d in seed.documents.values() if d.text_file == f"documents/{path.name}")
    _, front, body = path.read_text("utf-8").split("---\n", 2)
    assert yaml.safe_load(front) == {
        "title": record.title,
        "outlet": record.publisher,
        "date": record.published_at,
        "url": record.url,
        "kind": record.kind,
    }
    assert len(body.split()) in WORDS
    assert all(paragraph.strip() == paragraph and "\n" not in paragraph for paragraph in body.strip().split("\n\n"))
    assert record.url is not None and record.url.startswith("https://example.org/")


def test_relays_and_answers_make_sense(seed: Seed) -> None:
    for key, statement in seed.statements.items():
        relayed = [seed.statements[inner] for inner in statement.relays]
        assert (statement.act == "relay") == bool(relayed), key
        assert all(set(inner.about) & set(statement.about) for inner in relayed), key
        assert all(seed.said_at(inner) <= seed.said_at(statement) for inner in relayed), key
        assert (statement.act == "deny") == bool(statement.manner) == bool(statement.answers), key


def test_every_document_that_cites_another_relays_it(seed: Seed) -> None:
    for key, document in seed.documents.items():
        relayed = {
            seed.statements[inner].document for s in seed.statements.values() if s.document == key for inner in s.relays
        }
        assert relayed == set(document.cites), key


def test_policies_have_their_history_in_order(seed: Seed) -> None:
    for number, policy in seed.policies.items():
        starts = [parse_time(step.at).earliest for step in policy.statuses]
        assert starts and starts == sorted(starts), number
        assert policy.evidence, number
        in_effect = [step.at for step in policy.statuses if step.status == "in_effect"]
        assert policy.effective_from == (in_effect[0] if in_effect else None), number


def test_no_policy_waits_for_an_event_that_waits_for_it(seed: Seed) -> None:
    for event in seed.events.values():
        for policy in (seed.policies[each] for each in event.led_to if each in seed.policies):
            assert not policy.responds_to, policy.title


def test_there_is_enough(seed: Seed) -> None:
    counted = seed_records.nodes(seed)
    assert {label: counted[label] for label, least in LEAST.items() if counted[label] < least} == {}


class TestGold:
    """The gold file says what the records say, where that can be counted without a graph."""

    def test_claims(self, seed: Seed) -> None:
        for wanted in seed_records.gold()["claims"]:
            standing = wanted.pop("standing")
            wanted["speakers"] = Counter(
                {(s["act"], s.get("manner"), s["actor"]): s["statements"] for s in wanted["speakers"]}
            )
            assert wanted == seed_records.claim_facts(seed, wanted["claim"])
            assert standing == _standing(wanted["speakers"]), wanted["claim"]
        assert [claim["claim"] for claim in seed_records.gold()["claims"]] == list(seed.claims)

    def test_statements(self, seed: Seed) -> None:
        wanted = [
            (s["document"], s["actor"], s["act"], s.get("manner"), tuple(s["about"]))
            for s in seed_records.gold()["statements"]
        ]
        written = [(s.document, seed.speaker(s), s.act, s.manner, s.about) for s in seed.statements.values()]
        assert wanted == written

    def test_derived(self, seed: Seed) -> None:
        wanted = {(d["type"], d["from"], d["to"]): d["count"] for d in seed_records.gold()["derived"]}
        assert wanted == seed_records.derived(seed)

    def test_nodes(self, seed: Seed) -> None:
        assert seed_records.gold()["nodes"] == seed_records.nodes(seed)

    def test_timeline(self, seed: Seed) -> None:
        wanted = seed_records.gold()["timeline"]
        days = {day["date"]: day["keys"] for day in wanted["days"]}
        assert wanted["actor"] == seed_records.COMPANY
        assert days == seed_records.timeline(seed, seed_records.COMPANY)
        assert list(days) == sorted(days)
        assert wanted["items"] == sum(len(keys) for keys in days.values())


def _standing(speakers: Counter[tuple[str, str | None, str]]) -> str:
    """The rules of the standings that this story needs."""
    acts = {act for act, _, _ in speakers}
    if acts & {"allege", "assert", "assess"} and "deny" in acts:
        return "contested"
    return "unanswered" if "allege" in acts else "stated"


def test_nothing_tells_of_a_machine() -> None:
    for path in sorted(seed_data.FOLDER.rglob("*")):
        if path.suffix in (".yaml", ".md", ".py"):
            assert not re.search(r"/(?:work|tmp|home)/", path.read_text("utf-8")), path
