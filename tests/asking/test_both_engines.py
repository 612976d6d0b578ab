"""Both engines give the same answers, field by field, in the same order."""

from __future__ import annotations

from pydantic import BaseModel

from kg.asking import (
    actors,
    claims,
    documents,
    events,
    neighbourhood,
    paths,
    policies,
    relationships,
    statistics,
    timeline,
    topics,
)
from kg.asking.filters import ActorFilters, NeighbourhoodFilters, PathFilters
from kg.asking.parameters import AsOf, PageRequest
from kg.asking.search import search_actors
from kg.engine.graph import Graph
from tests.asking import world as w

CLOCKS = (AsOf.of(known_at=w.RESTORED), AsOf.of(known_at=w.DENIAL), AsOf.of("2025-11-14", w.RESTORED))
_told: dict[str, dict[str, str]] = {}
"""Answers by question, as the engine that was asked first gave them."""


async def _answers(graph: Graph, as_of: AsOf) -> dict[str, BaseModel]:
    name = f"{as_of.valid_at} {as_of.known_at}"
    found: dict[str, BaseModel] = {
        "actors": await search_actors(graph, as_of=as_of, page=PageRequest(5)),
        "actors by name": await search_actors(graph, ActorFilters(q="Orien"), as_of),
        "claims": await claims.search(graph, as_of=as_of, page=PageRequest(2)),
        "claim": await claims.dossier(graph, w.C_SUPPORT, as_of),
        "policies": await policies.search(graph, as_of=as_of),
        "documents": await documents.search(graph, as_of=as_of, page=PageRequest(3)),
        "document": await documents.one(graph, w.HERALD, as_of),
        "events": await events.search(graph, as_of=as_of),
        "topics": await topics.search(graph, as_of=as_of),
        "topic": await topics.one(graph, "Large models", as_of),
        "statistics": await statistics.statistics(graph, as_of),
        "paths": await paths.paths(graph, "White Palace", "Orion", PathFilters(k=10, hops=4), as_of),
        "between": await relationships.dyad(graph, "White Palace", "Orion", as_of=as_of),
        "around": await neighbourhood.neighbourhood(graph, "Orion", NeighbourhoodFilters(hops=3, nodes=12), as_of),
    }
    for actor in ("Orion Group", "Northland", "The Herald", "Ann Lee"):
        found[f"{actor}"] = await actors.one(graph, actor, as_of)
        found[f"{actor}: timeline"] = await timeline.timeline(graph, actor, as_of=as_of, page=PageRequest(7))
        found[f"{actor}: relationships"] = await relationships.of_actor(graph, actor, as_of=as_of)
    for policy in (w.RULE_2022, w.RULE_2023):
        found[policy] = await policies.one(graph, policy, AsOf.of("2025-12", as_of.known_at))
    return {f"{question} at {name}": answer for question, answer in found.items()}


async def test_the_same_answers(world: Graph) -> None:
    for as_of in CLOCKS:
        for question, answer in (await _answers(world, as_of)).items():
            told = _told.setdefault(question, {})
            told[world.name] = answer.model_dump_json(indent=1)
            for other in told.values():
                assert told[world.name] == other, question
