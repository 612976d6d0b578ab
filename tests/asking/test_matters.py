"""Policies, documents, events, topics, and counts."""

from __future__ import annotations

import pytest

from kg.asking import documents, events, policies, statistics, topics
from kg.asking.filters import DocumentFilters, EventFilters, PolicyFilters, TopicFilters
from kg.asking.parameters import AsOf, PageRequest
from kg.engine.graph import Graph
from schema.errors import NotFound
from tests.asking import world as w
from tests.asking.parts import all_parts
from tests.asking.world import A, T

DECEMBER = AsOf.of(valid_at="2025-12-01")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (PolicyFilters(), [w.RULE_2023, w.RULE_2022]),
        (PolicyFilters(q="87 fr 1"), [w.RULE_2022]),
        (PolicyFilters(q="AMENDS"), [w.RULE_2023]),
        (PolicyFilters(kind="tariff"), []),
        (PolicyFilters(issuer="Ministry of Trade of Northland"), [w.RULE_2023, w.RULE_2022]),
        (PolicyFilters(target="Orion"), [w.RULE_2023]),
        (PolicyFilters(target="Large models"), [w.RULE_2022]),
        (PolicyFilters(status="suspended"), [w.RULE_2023]),
        (PolicyFilters(status="in_effect"), [w.RULE_2022]),
        (PolicyFilters(from_="2025-11"), [w.RULE_2023]),
        (PolicyFilters(from_="2022-10-08", to="2023-11-15"), [w.RULE_2022]),
    ],
)
async def test_policies(world: Graph, filters: PolicyFilters, expected: list[str]) -> None:
    found = await policies.search(world, filters, DECEMBER)
    assert [p.policy.id for p in found.items] == expected
    parts = await all_parts(lambda page: policies.search(world, filters, DECEMBER, page), 1)
    assert parts == found.items


@pytest.mark.parametrize(
    ("valid_at", "status", "in_force", "steps"),
    [
        ("2022-10-10", None, None, []),
        ("2024", "in_effect", True, ["in_effect"]),
        ("2025-12-01", "suspended", False, ["in_effect", "suspended"]),
        ("2027", "in_effect", True, ["in_effect", "suspended"]),
    ],
)
async def test_the_status_of_a_policy_at_a_time(
    world: Graph, valid_at: str, status: str | None, in_force: bool | None, steps: list[str]
) -> None:
    found = await policies.one(world, "2023-1", AsOf.of(valid_at=valid_at))
    assert (found.status.status if found.status else None, found.in_force) == (status, in_force)
    assert [step.status for step in found.history] == steps


async def test_one_policy(world: Graph) -> None:
    found = await policies.one(world, w.RULE_2023, DECEMBER)
    assert [p.id for p in found.amends] == [w.RULE_2022]
    assert [p.id for p in found.responds_to] == [w.C_SUPPORT]
    assert [e.id for e in found.led_to_by] == [w.SUMMIT]
    assert [a.id for a in found.issuers] == [A["Ministry of Trade of Northland"]]
    assert [t.id for t in found.targets] == [A["Orion Group"]]
    amended = await policies.one(world, "rule on ADVANCED computing", DECEMBER)
    assert [p.id for p in amended.amended_by] == [w.RULE_2023]
    assert [e.citation for e in amended.evidence] == ["87 FR 1"]
    early = await policies.one(world, w.RULE_2022, AsOf.of(valid_at="2022-12"))
    assert early.amended_by == (), "the rule that amends it was not announced yet"
    for wanted in ("no such", "policy-aaaaaaaaaaaaaaaaaaaa"):
        with pytest.raises(NotFound):
            await policies.one(world, wanted)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (DocumentFilters(), [w.TATTLER, w.TATTLER_OLD, w.COURIER, w.WIRE, w.HERALD, w.MEMO]),
        (DocumentFilters(seen=False), [w.MEMO]),
        (DocumentFilters(kind="memo"), [w.MEMO]),
        (DocumentFilters(publisher="Herald"), [w.HERALD]),
        (DocumentFilters(publisher="White Palace"), [w.MEMO]),
        (DocumentFilters(q="HITS back"), [w.WIRE]),
        (DocumentFilters(claim=w.C_SPY), [w.HERALD, w.MEMO]),
        (DocumentFilters(from_="2025-11-14", to="2025-11-14"), [w.WIRE, w.HERALD]),
    ],
)
async def test_documents(world: Graph, filters: DocumentFilters, expected: list[str]) -> None:
    found = await documents.search(world, filters)
    assert sorted(d.document.id for d in found.items) == sorted(expected)
    days = [d.document.published_at or "" for d in found.items]
    assert [day[:10] for day in days] == sorted((day[:10] for day in days), reverse=True)
    parts = await all_parts(lambda page: documents.search(world, filters, page=page), 1)
    assert parts == found.items


async def test_one_document(world: Graph) -> None:
    found = await documents.one(world, w.HERALD)
    assert found.text == w.HERALD_TEXT
    assert [s.id for s in found.statements] == [w.RELAYED, w.RELAYED_SPY, w.UNVERIFIED, w.NO_COMMENT]
    for said in found.statements:
        assert said.start is not None and said.end is not None
        assert found.text[said.start : said.end] == said.quote
    assert ([d.id for d in found.cites], [d.id for d in found.cited_by]) == ([w.MEMO], [w.COURIER])
    assert found.publisher is not None and found.publisher.name == "The Herald"
    memo = await documents.one(world, w.MEMO)
    assert (memo.text, memo.document.seen) == (None, False)
    assert [a.id for a in memo.issuers] == [A["Office of the President of Northland"]]
    assert {s.id for s in memo.statements} == {w.ALLEGED, w.SPIED}
    wire = await documents.one(world, w.WIRE)
    assert [d.id for d in wire.documents] == [w.FALL]


async def test_versions_of_a_document_as_they_were_known(world: Graph) -> None:
    assert [d.id for d in (await documents.one(world, w.TATTLER)).versions] == [w.TATTLER_OLD, w.TATTLER]
    retracted = AsOf.of(known_at=w.WITHDRAWN)
    assert [d.id for d in (await documents.one(world, w.TATTLER_OLD, retracted)).versions] == [w.TATTLER_OLD]
    with pytest.raises(NotFound):
        await documents.one(world, w.TATTLER, retracted)
    for known_at in (w.TABLOID, w.RESTORED):
        assert (await documents.one(world, w.TATTLER, AsOf.of(known_at=known_at))).text == w.TATTLER_TEXT


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (EventFilters(), [w.FALL, w.SUMMIT]),
        (EventFilters(kind="meeting"), [w.SUMMIT]),
        (EventFilters(participant="Orion"), [w.FALL]),
        (EventFilters(participant="Hermit"), []),
        (EventFilters(q="SUMMIT"), [w.SUMMIT]),
        (EventFilters(from_="2025-11"), [w.FALL]),
        (EventFilters(to="2025-10"), [w.SUMMIT]),
        (EventFilters(country="US"), []),
    ],
)
async def test_events(world: Graph, filters: EventFilters, expected: list[str]) -> None:
    assert [e.event.id for e in (await events.search(world, filters)).items] == expected


async def test_one_event(world: Graph) -> None:
    found = await events.one(world, w.SUMMIT)
    assert [(p.actor.name, p.role) for p in found.participants] == [
        ("Eastland", "participant"),
        ("Northland", "participant"),
    ]
    assert [p.id for p in found.led_to] == [w.RULE_2023]
    assert [e.citation for e in found.evidence] == ["Communiqué of 30 October 2025"]
    assert found.place == "Harbour City"
    for hidden in (AsOf.of(valid_at="2025-10-29"), AsOf.of(known_at="2025-10-31")):
        with pytest.raises(NotFound):
            await events.one(world, w.SUMMIT, hidden)
        assert (await events.search(world, EventFilters(q="summit"), hidden)).items == ()


async def test_topics(world: Graph) -> None:
    found = await topics.search(world)
    assert [(t.topic.name, t.mentions) for t in found.items] == [("Large models", 2), ("Orion shares", 2)]
    first = await topics.search(world, page=PageRequest(1))
    second = await topics.search(world, page=PageRequest(1, first.next))
    assert ((*first.items, *second.items), second.next) == (found.items, None)
    assert [t.topic.id for t in (await topics.search(world, TopicFilters(q="MODEL"))).items] == [T["Large models"]]
    assert (await topics.search(world, TopicFilters(kind="issue"))).items == ()
    one = await topics.one(world, "large MODELS")
    assert {(e.type, e.source.name) for e in one.relations} == {
        ("TARGETS", "Rule on advanced computing"),
        ("DEVELOPS", "Orion Group"),
        ("CONCERNS", w.SUPPORT),
    }
    with pytest.raises(NotFound):
        await topics.one(world, "small models")


async def test_counts(world: Graph) -> None:
    now = await statistics.statistics(world)
    assert (now.nodes["Actor"], now.nodes["Statement"], now.nodes["Claim"]) == (len(A), 11, 5)
    assert now.acts == {"allege": 4, "relay": 3, "assess": 1, "decline_comment": 1, "deny": 1, "not_verified": 1}
    assert now.standings == {"contested": 1, "stated": 1, "unanswered": 2, "unsupported": 1}
    assert now.relationships["ACCUSES"] == 2
    assert (now.first_at, now.last_at) == ("2025-11-01T00:00:00Z", "2025-11-16T00:00:00Z")
    then = await statistics.statistics(world, AsOf.of(known_at=w.REPORT))
    assert (then.nodes["Statement"], then.acts.get("deny")) == (6, None)
    assert then.standings == {"unanswered": 2, "unsupported": 1}
    assert "DENIES" not in then.relationships
    early = await statistics.statistics(world, AsOf.of(valid_at="2025-11-13"))
    assert early.acts == {"allege": 2}
