"""Actors: found by any of their names, and one of them."""

from __future__ import annotations

import pytest

from kg.asking import actors
from kg.asking.filters import ActorFilters
from kg.asking.parameters import AsOf, PageRequest
from kg.asking.search import search_actors
from kg.engine.graph import Graph
from schema.errors import InvalidInput, NotFound
from tests.asking.parts import all_parts
from tests.asking.world import START, A


@pytest.mark.parametrize(
    ("asked", "name", "matched", "how"),
    [
        ("Orion Group", "Orion Group", "Orion Group", "exact"),
        ("  orion   GROUP ", "Orion Group", "Orion Group", "exact"),
        ("猎户座", "Orion Group", "猎户座", "exact"),
        ("猎户", "Orion Group", "猎户座", "prefix"),
        ("orn", "Orion Group", "ORN", "exact"),
        ("orien grup", "Orion Group", "Orion Group", "similar"),
        ("Foreign Spi Agency", "Foreign Spy Agency", "Foreign Spy Agency", "similar"),
        ("white pal", "Office of the President of Northland", "White Palace", "prefix"),
        ("Lee", "Lee", "Lee", "exact"),
    ],
)
async def test_search_by_name(world: Graph, asked: str, name: str, matched: str, how: str) -> None:
    first = (await search_actors(world, ActorFilters(q=asked))).items[0]
    assert (first.actor.name, first.matched, first.how) == (name, matched, how)
    assert (first.score == 1.0) == (how == "exact")


@pytest.mark.parametrize("asked", ['") OR name:*', "*", "a AND", "[x TO y]", "~", "\\", "MATCH (n) DETACH DELETE n"])
async def test_query_syntax_in_a_name_is_harmless(world: Graph, asked: str) -> None:
    found = await search_actors(world, ActorFilters(q=asked))
    assert len(found.items) < len(A)


async def test_each_actor_comes_once_by_its_best_name(world: Graph) -> None:
    found = await search_actors(world, ActorFilters(q="Orion"))
    names = [item.actor.name for item in found.items]
    assert names[0] == "Orion Group" and found.items[0].matched == "Orion"
    assert len(names) == len(set(names))


async def test_search_narrowed_by_kind_and_country(world: Graph) -> None:
    found = await search_actors(world, ActorFilters(q="Eastland", kind="armed_force"))
    assert [item.actor.name for item in found.items] == ["Eastland Army"]
    listed = await search_actors(world, ActorFilters(kind="media", country="GB"))
    assert [item.actor.name for item in listed.items] == ["Tattler", "The Herald"]


@pytest.mark.parametrize("filters", [ActorFilters(), ActorFilters(q="Northland")])
async def test_the_parts_of_a_list_make_the_whole(world: Graph, filters: ActorFilters) -> None:
    whole = await search_actors(world, filters, page=PageRequest(200))
    parts = await all_parts(lambda page: search_actors(world, filters, page=page), 2)
    assert parts == whole.items
    assert len(whole.items) > 2


async def test_one_actor(world: Graph) -> None:
    found = await actors.one(world, "猎户座")
    assert (found.id, found.name, found.kind, found.country) == (A["Orion Group"], "Orion Group", "company", "CN")
    assert [(n.name, n.kind, n.script) for n in found.names] == [
        ("Orion Group", "name", "Latn"),
        ("ORN", "ticker", "Latn"),
        ("Orion", "short", "Latn"),
        ("猎户座", "short", "Hani"),
    ]
    assert found.identifiers == {"ticker": "ORN"}
    assert {(e.type, e.target.name) for e in found.relations} == {
        ("LOCATED_IN", "Eastland"),
        ("DEVELOPS", "Large models"),
    }
    located = next(e for e in found.relations if e.type == "LOCATED_IN")
    assert [e.citation for e in located.evidence] == ["Annual report 2024"]
    assert {(g.type, g.direction, g.count) for g in found.relationships} >= {
        ("ACCUSES", "in", 2),
        ("REBUTS", "out", 1),
        ("SUBJECT", "in", 2),
    }
    counts = (found.statements_made, found.statements_about, found.policies_targeting, found.events)
    assert counts == (2, 9, 1, 1)


async def test_an_unknown_name_is_told_with_the_nearest(world: Graph) -> None:
    with pytest.raises(NotFound, match="Did you mean 'Orion Group'"):
        await actors.one(world, "Orin Group")
    with pytest.raises(NotFound, match="no actor has the id"):
        await actors.one(world, "actor-aaaaaaaaaaaaaaaaaaaa")
    with pytest.raises(NotFound, match="no actor has the id"):
        await actors.one(world, "claim-aaaaaaaaaaaaaaaaaaaa")


async def test_a_canonical_name_comes_before_anothers_alias(world: Graph) -> None:
    """ "Ann Lee" is one person's name; "Dr Lee" and "Lee" are names of two."""
    assert (await actors.one(world, "lee")).id == A["Lee"]


async def test_a_name_that_several_have_is_told_with_their_ids(world: Graph) -> None:
    with pytest.raises(InvalidInput, match="several have the name") as error:
        await actors.one(world, "the press")
    assert A["The Herald"] in str(error.value) and A["Wire News"] in str(error.value)


async def test_an_actor_is_not_known_before_it_was_recorded(world: Graph) -> None:
    before = AsOf.of(known_at="2025-10-31")
    with pytest.raises(NotFound):
        await actors.one(world, "Orion", before)
    assert (await search_actors(world, ActorFilters(q="Orion"), before)).items == ()
    assert (await search_actors(world, as_of=before)).items == ()
    assert (await actors.one(world, "Orion", AsOf.of(known_at=START))).statements_made == 0
