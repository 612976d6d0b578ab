"""Actors, found by name, kind and country."""

from __future__ import annotations

from typing import Any

from kg.asking.cursors import place
from kg.asking.filters import ActorFilters
from kg.asking.naming import ALIAS_NAMES
from kg.asking.parameters import FIRST_PAGE, NOW, AsOf, PageRequest
from kg.asking.search_text import fuzzy_query, likeness
from kg.asking.shapes import actor_ref
from kg.cypher import actors as queries
from kg.engine.graph import Graph
from schema.answers.actors import ActorMatch, ActorPage
from schema.ids import normalise_name

_ALL = ActorFilters()
_CANDIDATES = 1_000
_LEAST_LIKENESS = 0.6
_HOW = {"exact": 0, "prefix": 1, "similar": 2}


async def search_actors(
    graph: Graph, filters: ActorFilters = _ALL, as_of: AsOf = NOW, page: PageRequest = FIRST_PAGE
) -> ActorPage:
    """Actors by name, kind and country: the same name first, then names that begin so, then similar ones.

    Names are found by the engine's full-text index, which forgives typing errors; at most 1,000 names are compared.
    Without a name, actors are listed by theirs.

    Raises:
        InvalidInput: the cursor is broken or foreign.
    """
    here = place("actors", (), filters, as_of, page, (str, str) if filters.q is None else (int,))
    narrowed = {"kind": filters.kind or "", "country": filters.country or "", **here.as_of.bounds()}
    if filters.q is None:
        name, identifier = here.after or ("", "")
        rows = await graph.read(queries.LIST, name=name, id=identifier, limit=here.limit + 1, **narrowed)
        items = [ActorMatch(actor=actor_ref(row["actor"]), how="listed", score=1.0) for row in rows[: here.limit]]
        more = len(rows) > here.limit
        following = here.next((items[-1].actor.name, items[-1].actor.id)) if more else None
        return ActorPage(items=tuple(items), next=following, as_of=here.as_of.answer())
    found = await _named(graph, filters.q, narrowed)
    first = int((here.after or (0,))[0])
    items = found[first : first + here.limit]
    following = here.next((first + here.limit,)) if first + here.limit < len(found) else None
    return ActorPage(items=tuple(items), next=following, as_of=here.as_of.answer())


async def _named(graph: Graph, asked: str, narrowed: dict[str, Any]) -> list[ActorMatch]:
    """Actors with a name like the one asked for, each by its best name, in an order both engines give alike."""
    name = normalise_name(asked)
    rows = await graph.read(queries.BY_EXACT_NAME, name=name, limit=_CANDIDATES, **narrowed)
    if text := fuzzy_query(asked):
        index = graph.dialect.full_text_name(ALIAS_NAMES)
        rows += await graph.read(queries.BY_TEXT, index=index, text=text, limit=_CANDIDATES, **narrowed)
    best: dict[str, ActorMatch] = {}
    for row in rows:
        match = _match(name, row)
        there = best.get(match.actor.id)
        if match.score >= _LEAST_LIKENESS and (there is None or _rank(match) < _rank(there)):
            best[match.actor.id] = match
    return sorted(best.values(), key=_rank)


def _match(name: str, row: dict[str, Any]) -> ActorMatch:
    score = likeness(name, row["normalised"])
    begins = row["normalised"].startswith(name)
    return ActorMatch(
        actor=actor_ref(row["actor"]),
        matched=row["name"],
        matched_kind=row["kind"],
        how="exact" if score == 1.0 else "prefix" if begins else "similar",
        score=score,
    )


def _rank(match: ActorMatch) -> tuple[int, float, bool, str, str, str]:
    """An actor's canonical name comes before another's alias of the same likeness."""
    alias = match.matched != match.actor.name
    return _HOW[match.how], -match.score, alias, match.actor.name, match.actor.id, match.matched or ""
