"""The timeline of an actor."""

from __future__ import annotations

import pytest

from kg.asking.filters import TimelineFilters
from kg.asking.parameters import AsOf
from kg.asking.timeline import timeline
from kg.engine.graph import Graph
from schema.answers.matters import TimelineItem
from tests.asking import world as w
from tests.asking.parts import all_parts

ORION = w.A["Orion Group"]


def _shown(items: tuple[TimelineItem, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(item.id, item.kind, item.roles) for item in items]


async def test_all_that_was_said_decided_and_done(world: Graph) -> None:
    found = await timeline(world, ORION)
    assert found.actor.name == "Orion Group"
    statements = {item.id: item.roles for item in found.items if item.kind == "statement"}
    assert statements == {
        w.ALLEGED: ("subject",),
        w.SPIED: ("subject",),
        w.RELAYED: ("subject",),
        w.RELAYED_SPY: ("subject",),
        w.UNVERIFIED: ("subject",),
        w.NO_COMMENT: ("subject",),
        w.DENIED: ("speaker", "subject", "answer"),
        w.HOAXED: ("speaker",),
        w.REPEATED: ("subject",),
        w.WHISPERED: ("subject",),
    }
    steps = [(i.policy.policy.id, i.policy.status and i.policy.status.status) for i in found.items if i.policy]
    assert steps == [(w.RULE_2023, "suspended"), (w.RULE_2023, "in_effect")]
    assert [i.event.event.id for i in found.items if i.event] == [w.FALL]
    times = [item.at.earliest if item.at else "" for item in found.items]
    assert times == sorted(times, reverse=True)


async def test_a_statement_carries_its_sentence_and_what_answers_it(world: Graph) -> None:
    items = {item.id: item.statement for item in (await timeline(world, ORION)).items if item.statement}
    denied, alleged = items[w.DENIED], items[w.ALLEGED]
    assert (denied.act, denied.manner, denied.speaker) == ("deny", "flat", "Orion Group")
    assert denied.actor is not None and denied.actor.id == ORION
    assert denied.quote is not None and denied.start is not None and denied.end is not None
    assert w.WIRE_TEXT[denied.start : denied.end] == denied.quote
    assert denied.document is not None
    assert (denied.document.title, denied.document.outlet) == ("Orion hits back", "Wire News")
    assert [ref.id for ref in denied.answers] == [w.ALLEGED]
    assert [ref.id for ref in alleged.answered_by] == [w.DENIED]
    assert [ref.name for ref in denied.about] == [w.SUPPORT]
    assert (alleged.quote, [ref.id for ref in alleged.relayed_by]) == (None, [w.RELAYED])
    whispered = items[w.WHISPERED]
    assert (whispered.anonymous, whispered.actor) == (True, None)


async def test_an_event_carries_its_figures_and_roles(world: Graph) -> None:
    event = next(item.event for item in (await timeline(world, ORION)).items if item.event)
    assert event.figures == {"price_change_percent": -3.78}
    assert [(p.actor.id, p.role) for p in event.participants] == [(ORION, "affected")]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (TimelineFilters(role=("speaker",)), {w.DENIED, w.HOAXED}),
        (TimelineFilters(role=("answer",)), {w.DENIED}),
        (TimelineFilters(role=("participant",)), {w.FALL}),
        (TimelineFilters(act=("deny", "not_verified")), {w.DENIED, w.UNVERIFIED}),
        (TimelineFilters(kind=("event",)), {w.FALL}),
        (TimelineFilters(counterpart="White Palace"), {w.ALLEGED, w.SPIED, w.DENIED}),
        (TimelineFilters(counterpart="Eastland"), {w.SPIED, w.RELAYED_SPY}),
        (TimelineFilters(from_="2025-11-15"), {w.REPEATED, w.WHISPERED}),
        (TimelineFilters(from_="2025-11-14T01:00:00Z", to="2025-11-14"), {w.DENIED, w.HOAXED}),
    ],
)
async def test_filters(world: Graph, filters: TimelineFilters, expected: set[str]) -> None:
    assert {item.id for item in (await timeline(world, "Orion", filters)).items} == expected


async def test_of_an_object_and_of_an_issuer(world: Graph) -> None:
    army = await timeline(world, "EA")
    assert {role for item in army.items for role in item.roles} == {"object", "answer"}
    ministry = await timeline(world, "Ministry of Trade of Northland", TimelineFilters(order="oldest"))
    assert [(i.kind, i.roles, i.policy and i.policy.status and i.policy.status.status) for i in ministry.items] == [
        ("policy", ("issuer",), "announced"),
        ("policy", ("issuer",), "in_effect"),
        ("policy", ("issuer",), "in_effect"),
        ("policy", ("issuer",), "suspended"),
    ]


@pytest.mark.parametrize("size", [1, 2, 5, 13, 200])
async def test_the_parts_make_the_whole_in_both_orders(world: Graph, size: int) -> None:
    whole = _shown((await timeline(world, ORION)).items)
    assert len(whole) == 13
    assert _shown(await all_parts(lambda page: timeline(world, ORION, page=page), size)) == whole
    oldest = TimelineFilters(order="oldest")
    assert _shown(await all_parts(lambda page: timeline(world, ORION, oldest, page=page), size)) == whole[::-1]


async def test_an_actor_of_whom_nothing_is_known(world: Graph) -> None:
    found = await timeline(world, "Hermit")
    assert (found.actor.name, found.items, found.next) == ("Hermit", (), None)


async def test_one_round_trip_by_id(world: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    read = Graph.read

    async def counted(self: Graph, query: object, /, **parameters: object) -> object:
        asked.append(query)
        return await read(self, query, **parameters)  # type: ignore[arg-type]

    monkeypatch.setattr(Graph, "read", counted)
    await timeline(world, ORION, as_of=AsOf.of(known_at=w.DENIAL))
    assert len(asked) == 1


async def test_what_only_passes_on_can_be_left_out(world: Graph) -> None:
    whole = (await timeline(world, ORION)).items
    without = (await timeline(world, ORION, TimelineFilters(relays=False))).items
    relays = [item.id for item in whole if item.statement and item.statement.act == "relay"]
    assert relays
    assert [item.id for item in without] == [item.id for item in whole if item.id not in relays]
    assert {item.kind for item in without} == {item.kind for item in whole}
