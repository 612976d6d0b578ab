"""Actors, found as one types: by any of their names, in any script, begun or with typing errors.

The index of names gives candidates (:mod:`kg.matching.candidates`); how like they are is computed here, and the graph
has the last word on which of them it knew at the clocks of the question, and as whom they are shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg.asking.cursors import place
from kg.asking.filters import ActorFilters
from kg.asking.parameters import FIRST_PAGE, NOW, AsOf, PageRequest
from kg.asking.shapes import actor_ref
from kg.cypher import matching as queries
from kg.engine.graph import Graph
from kg.identity.current import identified
from kg.matching.candidates import known_names, names_of
from kg.matching.index import IndexedName, NameIndex
from kg.matching.likeness import Likeness, likeness
from kg.matching.names import fold
from schema.answers.actors import ActorMatch, ActorPage, Facet, Facets, MatchedPart
from schema.answers.common import ActorRef

_ALL = ActorFilters()
_CANDIDATES = 150
_ALL_CANDIDATES = 1_000
"""Where a list goes on behind its first part, so many are compared."""
_SMALL = 20_000
"""An index of so many names is compared more widely at once."""
_LEAST_LIKENESS = 0.6
_HOW = {"exact": 0, "prefix": 1, "similar": 2}


async def search_actors(
    graph: Graph, filters: ActorFilters = _ALL, as_of: AsOf = NOW, page: PageRequest = FIRST_PAGE
) -> ActorPage:
    """Actors by name, kind and country: the same name first, then names that begin so, then similar ones.

    Of the names that are alike by letters, words, sound or beginning, the 150 most promising are compared, in a small
    graph the 1,000 most promising; the list and the counts by kind and country are of these. Without a name, actors are
    listed by theirs, and nothing is counted.

    Raises:
        InvalidInput: the cursor is broken or foreign.
    """
    here = place("actors", (), filters, as_of, page, (str, str) if filters.q is None else (int,))
    bounds = here.as_of.bounds()
    if filters.q is None:
        narrowed = {"kind": filters.kind or "", "country": filters.country or "", **bounds}
        name, identifier = here.after or ("", "")
        view = await identified(graph, here.as_of.known_at or "")
        rows = await view.read(queries.LIST, name=name, id=identifier, limit=here.limit + 1, **narrowed)
        shown, last = rows[: here.limit], rows[: here.limit][-1:]
        items = [
            ActorMatch(actor=actor_ref(row["actor"]), how="listed", score=1.0)
            for row in shown
            if view.canonical(row["id"]) == row["id"]
        ]
        following = here.next((last[0]["name"], last[0]["id"])) if len(rows) > here.limit else None
        return ActorPage(items=tuple(items), next=following, as_of=here.as_of.answer())
    found = await _named(graph, filters, here.as_of)
    first = int((here.after or (0,))[0])
    items = found[first : first + here.limit]
    following = here.next((first + here.limit,)) if first + here.limit < len(found) else None
    return ActorPage(
        items=tuple(items), next=following, facets=_facets(item.actor for item in found), as_of=here.as_of.answer()
    )


async def _named(graph: Graph, filters: ActorFilters, as_of: AsOf) -> list[ActorMatch]:
    """Actors with a name like the one asked for, each by its best name, in an order both engines give alike."""
    names = names_of(graph)
    index = await names.current(graph)
    view = await identified(graph, as_of.known_at or "")
    for again in (False, True):
        likely = _likely(index, filters)
        known = await known_names(view, [name.alias for name, _ in likely], as_of.bounds())
        if again or all(name.alias in known for name, _ in likely):
            break
        index = await names.made_anew(graph)  # it names what was taken out of the graph
    best: dict[str, ActorMatch] = {}
    for name, like in likely:
        row = known.get(name.alias)
        if row is None:
            continue
        match = _match(actor_ref(row), name, like)
        there = best.get(match.actor.id)
        if there is None or _rank(match) < _rank(there):
            best[match.actor.id] = match
    return sorted(best.values(), key=_rank)


def _likely(index: NameIndex, filters: ActorFilters) -> list[tuple[IndexedName, Likeness]]:
    """The names that are like enough."""
    asked = filters.q or ""
    narrowed = filters.kind or "", filters.country or ""
    most = _ALL_CANDIDATES if len(index) <= _SMALL else _CANDIDATES
    found = {name.alias: name for name in index.similar(asked, *narrowed, limit=most, begun=True)}
    if not found or len(found) >= most:  # the same name comes first, however many have it and whatever it is made of
        found |= {name.alias: name for name in index.exact(fold(asked), *narrowed)}
    compared = ((name, likeness(asked, name.name)) for name in found.values())
    return [(name, like) for name, like in compared if like.score >= _LEAST_LIKENESS]


def _match(actor: ActorRef, name: IndexedName, like: Likeness) -> ActorMatch:
    parts = tuple(
        MatchedPart(asked=part.asked, start=part.start, end=part.end, by=part.by, likeness=part.likeness)
        for part in like.parts
    )
    return ActorMatch(
        actor=actor,
        matched=name.name,
        matched_kind=name.alias_kind,
        how=like.how,
        score=like.score,
        parts=parts,
        covered=like.covered,
    )


def _rank(match: ActorMatch) -> tuple[int, float, bool, str, str, str]:
    """An actor's canonical name comes before another's alias of the same likeness."""
    alias = match.matched != match.actor.name
    return _HOW[match.how], -match.score, alias, match.actor.name, match.actor.id, match.matched or ""


def _facets(actors: Iterable[ActorRef]) -> Facets:
    kinds: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    for actor in actors:
        if actor.kind:
            kinds[actor.kind] += 1
        if actor.country:
            countries[actor.country] += 1
    return Facets(kind=_counted(kinds), country=_counted(countries))


def _counted(counts: Counter[str]) -> tuple[Facet, ...]:
    return tuple(
        Facet(value=value, count=n) for value, n in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    )
