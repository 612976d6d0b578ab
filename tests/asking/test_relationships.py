"""Relationships of an actor and of a pair, the graph around an actor, and ways between two."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pytest

from kg.asking import neighbourhood, paths, relationships
from kg.asking.filters import NeighbourhoodFilters, PathFilters, RelationshipFilters
from kg.asking.parameters import AsOf, PageRequest
from kg.engine.graph import Graph
from schema.errors import InvalidInput, NotFound
from tests.asking import world as w
from tests.asking.parts import all_parts
from tests.asking.world import A

ORION, PALACE = A["Orion Group"], A["Office of the President of Northland"]


async def test_of_an_actor_by_type_and_direction(world: Graph) -> None:
    found = await relationships.of_actor(world, "Orion", page=PageRequest(200))
    groups = {(g.type, g.direction): (g.count, g.first, g.evidence) for g in found.groups}
    assert groups == {
        ("ACCUSES", "in"): (2, "2025-11-01T00:00:00Z", tuple(sorted((w.ALLEGED, w.SPIED)))),
        ("ALLEGES", "out"): (1, "2025-11-14T18:00:00Z", (w.HOAXED,)),
        ("DENIES", "out"): (1, "2025-11-14T18:00:00Z", (w.DENIED,)),
        ("REBUTS", "out"): (1, "2025-11-14T18:00:00Z", (w.DENIED,)),
        ("DEVELOPS", "out"): (1, None, ()),
        ("LOCATED_IN", "out"): (1, None, ()),
        ("PARTICIPATED_IN", "out"): (1, None, (w.FALL,)),
        ("RESTRICTS", "in"): (1, "2023-11-16T00:00:00Z", (w.RULE_2023,)),
        ("SUBJECT", "in"): (2, None, tuple(sorted((w.C_SUPPORT, w.C_SPY)))),
        ("TARGETS", "in"): (1, None, (w.RULE_2023,)),
    }
    assert len(found.items) == sum(g.count for g in found.groups)


async def test_each_relationship_shows_the_sentence_that_supports_it(world: Graph) -> None:
    edges = (await relationships.of_actor(world, "Orion", page=PageRequest(200))).items
    by_type = {(edge.type, edge.source.name): edge for edge in edges}
    denies = by_type["DENIES", "Orion Group"]
    assert (denies.derived, denies.manner, denies.at) == (True, "flat", "2025-11-14T18:00:00Z")
    assert [(e.id, e.quote) for e in denies.evidence] == [
        (w.DENIED, "Orion Group called the assertions completely false.")
    ]
    accuses = [edge for edge in edges if edge.type == "ACCUSES"]
    support = next(edge for edge in accuses if edge.evidence[0].id == w.ALLEGED)
    quotes = {(e.relayed_by, e.document and e.document.outlet) for e in support.evidence}
    assert quotes == {(w.RELAYED, "The Herald"), (w.REPEATED, "Morning Courier")}, "the memo itself was not seen"
    fell = by_type["PARTICIPATED_IN", "Orion Group"]
    assert [e.quote for e in fell.evidence] == ["the fall shows how nervous investors are"]
    assert [e.citation for e in by_type["LOCATED_IN", "Orion Group"].evidence] == ["Annual report 2024"]
    subject = by_type["SUBJECT", w.SUPPORT]
    assert {e.id for e in subject.evidence} <= {w.ALLEGED, w.RELAYED, w.UNVERIFIED, w.NO_COMMENT}
    for edge in edges:
        for each in edge.evidence:
            if each.quote is not None:
                assert each.document is not None and each.start is not None and each.end is not None
                text = {w.HERALD: w.HERALD_TEXT, w.WIRE: w.WIRE_TEXT, w.COURIER: w.COURIER_TEXT}[each.document.id]
                assert text[each.start : each.end] == each.quote


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (RelationshipFilters(type=("ACCUSES", "DENIES")), {("ACCUSES", 2), ("DENIES", 1)}),
        (RelationshipFilters(direction="in", from_="2024"), {("ACCUSES", 2)}),
        (RelationshipFilters(direction="out", from_="2024"), {("ALLEGES", 1), ("DENIES", 1), ("REBUTS", 1)}),
        (RelationshipFilters(from_="2023", to="2023"), {("RESTRICTS", 1)}),
    ],
)
async def test_filters(world: Graph, filters: RelationshipFilters, expected: set[tuple[str, int]]) -> None:
    found = await relationships.of_actor(world, "Orion", filters)
    assert {(g.type, g.count) for g in found.groups} == expected
    assert sorted(e.type for e in found.items) == sorted(kind for kind, count in expected for _ in range(count))


async def test_a_type_that_ties_no_actors_is_told(world: Graph) -> None:
    with pytest.raises(InvalidInput, match="MADE does not tie actors"):
        await relationships.of_actor(world, "Orion", RelationshipFilters(type=("MADE",)))


@pytest.mark.parametrize("size", [1, 3, 12])
async def test_the_parts_make_the_whole(world: Graph, size: int) -> None:
    whole = (await relationships.of_actor(world, "Orion", page=PageRequest(200))).items
    parts = await all_parts(lambda page: relationships.of_actor(world, "Orion", page=page), size)
    assert parts == whole


async def test_a_pair(world: Graph) -> None:
    found = await relationships.dyad(world, "White Palace", "Orion")
    assert (found.left.id, found.right.id) == (PALACE, ORION)
    assert {(g.type, g.direction, g.count) for g in found.groups} == {("ACCUSES", "out", 2), ("REBUTS", "in", 1)}
    assert [edge.type for edge in found.items] == ["REBUTS", "ACCUSES", "ACCUSES"]
    assert {(s.matter.name, s.left, s.right) for s in found.shared} == {
        (w.SUPPORT, ("ALLEGES",), ("DENIES", "SUBJECT")),
        (w.SPY, ("ALLEGES",), ("SUBJECT",)),
    }
    turned = await relationships.dyad(world, "Orion", "White Palace")
    assert {(g.type, g.direction) for g in turned.groups} == {("ACCUSES", "in"), ("REBUTS", "out")}


async def test_a_pair_that_has_nothing_to_do_with_each_other(world: Graph) -> None:
    found = await relationships.dyad(world, "Hermit", "Orion")
    assert (found.groups, found.items, found.shared) == ((), (), ())
    with pytest.raises(NotFound) as error:
        await relationships.dyad(world, "Orion", "Nobody At All")
    assert error.value.where == "right"


async def test_a_tie_holds_only_for_its_time(world: Graph) -> None:
    """Ann Lee was a fellow from 2020 to 20 November 2025."""
    for day, count in (("2019-12-31", 0), ("2020-01-01", 1), ("2025-11-20", 1), ("2025-11-21", 0)):
        found = await relationships.dyad(world, "Ann Lee", "Harbour Institute", as_of=AsOf.of(valid_at=day))
        assert len(found.items) == count, day


async def test_the_graph_around_an_actor(world: Graph) -> None:
    one = await neighbourhood.neighbourhood(world, "Orion")
    assert {node.hops for node in one.nodes} == {0, 1}
    assert not one.truncated and one.reason is None
    ids = {node.id for node in one.nodes}
    assert all({edge.source.id, edge.target.id} <= ids for edge in one.edges)
    ends = {(edge.source.name, edge.type, edge.target.name) for edge in one.edges}
    assert ("Office of the President of Northland", "ALLEGES", w.SUPPORT) in ends, "ties among neighbours are shown too"
    two = await neighbourhood.neighbourhood(world, "Orion", NeighbourhoodFilters(hops=2))
    assert ids < {node.id for node in two.nodes}
    narrow = await neighbourhood.neighbourhood(world, "Orion", NeighbourhoodFilters(type=("ACCUSES",), hops=3))
    assert {node.name for node in narrow.nodes} == {"Orion Group", "Office of the President of Northland"}


@pytest.mark.parametrize("size", [1, 4, 9])
async def test_a_neighbourhood_says_when_it_is_cut(world: Graph, size: int) -> None:
    found = await neighbourhood.neighbourhood(world, "Orion", NeighbourhoodFilters(hops=2, nodes=size))
    assert len(found.nodes) == size
    assert found.truncated and found.reason is not None and f"beyond these {size}" in found.reason
    assert found.nodes[0].id == ORION


async def test_the_shortest_ways(world: Graph) -> None:
    found = await paths.paths(world, "White Palace", "Orion")
    assert [path.length for path in found.paths] == [1, 2, 2]
    (step,) = found.paths[0].steps
    assert [edge.type for edge in step.edges] == ["REBUTS", "ACCUSES", "ACCUSES"]
    assert all(edge.evidence and edge.evidence[0].quote for edge in step.edges)
    for path in found.paths:
        assert [node.id for node in path.nodes][:: path.length] == [PALACE, ORION]
        for (left, right), step in zip(pairwise(path.nodes), path.steps, strict=True):
            assert (step.source, step.target) == (left.id, right.id)
            assert all({edge.source.id, edge.target.id} == {left.id, right.id} for edge in step.edges)


async def _whole(world: Graph) -> nx.Graph[str]:
    """The graph of all relationships between, as one neighbourhood after the other shows it."""
    whole: nx.Graph[str] = nx.Graph()
    for name in A:
        found = await neighbourhood.neighbourhood(world, name, NeighbourhoodFilters(hops=3, nodes=500))
        assert not found.truncated
        whole.add_edges_from((edge.source.id, edge.target.id) for edge in found.edges)
    whole.add_nodes_from(A.values())
    return whole


async def test_ways_are_those_of_the_whole_graph(world: Graph) -> None:
    """Against networkx on the whole graph: the same lengths, for near and far pairs, with hubs and without."""
    whole = await _whole(world)
    pairs = [("Ann Lee", "Northland"), ("The Herald", "Eastland Army"), ("Foreign Spy Agency", "Ann Lee"),
             ("Hermit", "Orion Group"), ("Orion Group", "Morning Courier")]  # fmt: skip
    for source, target in pairs:
        for filters in (
            PathFilters(k=20, hops=6),
            PathFilters(k=20, hops=3),
            PathFilters(k=2, hops=8),
            PathFilters(k=20, hops=6, without=("Eastland",)),
            PathFilters(k=20, hops=6, max_degree=6),
        ):
            graph = whole.copy()
            graph.remove_nodes_from(A[name] for name in filters.without)
            if filters.max_degree:
                degree = {
                    node: sum(g.count for g in (await relationships.of_actor(world, node)).groups)
                    for node in A.values()
                }
                hubs = [n for n, d in degree.items() if d > filters.max_degree and n not in (A[source], A[target])]
                assert ORION in hubs or ORION in (A[source], A[target])
                graph.remove_nodes_from(hubs)
            expected = sorted(
                len(way) - 1 for way in nx.all_simple_paths(graph, A[source], A[target], cutoff=filters.hops)
            )[: filters.k]
            found = await paths.paths(world, source, target, filters)
            if filters.max_degree:  # claims, policies and events may be hubs too
                assert len(found.paths) <= len(expected)
                assert not {n.id for path in found.paths for n in path.nodes} & set(hubs)
                continue
            assert [path.length for path in found.paths] == expected, (source, target, filters)
            assert len({tuple(node.id for node in path.nodes) for path in found.paths}) == len(expected)


async def test_ways_by_type(world: Graph) -> None:
    filters = PathFilters(type=("ACCUSES",))
    assert [p.length for p in (await paths.paths(world, "White Palace", "Orion", filters)).paths] == [1]
    assert (await paths.paths(world, "Ann Lee", "Orion", filters)).paths == ()


async def test_ways_that_make_no_sense_are_told(world: Graph) -> None:
    with pytest.raises(InvalidInput, match="the same actor"):
        await paths.paths(world, "Orion", "ORN")
    with pytest.raises(InvalidInput, match="cannot be left out"):
        await paths.paths(world, "Orion", "Eastland", PathFilters(without=("猎户座",)))


async def test_a_search_that_gives_up_says_so(world: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_MOST_EDGES", 5)
    found = await paths.paths(world, "Ann Lee", "Northland")
    assert found.truncated and found.reason is not None and "gave up at 5" in found.reason
