"""Whom names mean: batches of names with what else is known, to ranked candidates with reasons and a decision."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from kg.asking.parameters import NOW, AsOf
from kg.asking.shapes import actor_ref
from kg.engine.graph import Graph, Row
from kg.identity.current import identified
from kg.matching.candidates import known_names, names_of
from kg.matching.index import IndexedName, NameIndex
from kg.matching.names import Prepared, fold, prepare
from kg.matching.score import Asked, Known, Score, Verdict, decide, group_of, name_log_odds, score
from schema.answers.common import ActorRef
from schema.answers.matching import MatchAnswer, MatchCandidate, MatchFeature, MatchResult
from schema.fields import Country, Name, TermOf

MOST_QUERIES: Final = 500
"""Most names of one question."""

_CANDIDATES: Final = 100
_SCORED: Final = 15
"""So many actors, the most like by name, are compared in all evidence."""
_LEAST: Final = 0.15
"""Less likely candidates are not shown, unless their name is alike: what speaks against them has to be seen."""
_LIKE: Final = 0.5

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]


class MatchQuery(BaseModel):
    """Whom one looks for: a name, and what else is known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[Name, Field(max_length=1_000, examples=["Alibaba Group Holding Ltd"])]
    kind: Annotated[str, TermOf("actor_kinds")] | None = Field(default=None, description="Kind of actor")
    country: Country | None = Field(default=None, description="ISO 3166-1 alpha-2", examples=["CN"])
    identifiers: dict[Identifier, Name | tuple[Name, ...]] = Field(
        default_factory=dict, max_length=20, description="Scheme to value or values", examples=[{"ticker": "BABA"}]
    )

    def asked(self) -> Asked:
        """Ready to be compared."""
        return Asked(prepare(self.name), self.kind or "", self.country or "", frozenset(self.flat_identifiers()))

    def flat_identifiers(self) -> list[str]:
        """Each "scheme:value"."""
        return [
            f"{scheme}:{value}"
            for scheme, values in self.identifiers.items()
            for value in ((values,) if isinstance(values, str) else values)
        ]


@dataclass(frozen=True, slots=True)
class LikelyName:
    """A name that may be meant, with how many actors have just this name."""

    name: IndexedName
    prepared: Prepared
    sole: bool


async def match(graph: Graph, queries: Sequence[MatchQuery], as_of: AsOf = NOW, limit: int = 5) -> MatchAnswer:
    """For each name the actors that it may mean, the likeliest first, and what follows.

    Args:
        graph: the open graph.
        queries: names with what else is known; 500 at most.
        as_of: candidates are those that the graph knew then.
        limit: most candidates of a name.
    """
    as_of = as_of.settled()
    names = names_of(graph)
    index = await names.current(graph)
    view = await identified(graph, as_of.known_at or "")
    for again in (False, True):
        likely = await asyncio.to_thread(_all_likely, index, queries)
        wanted = {each.name.alias for found in likely for each in found}
        known = await known_names(view, sorted(wanted), as_of.bounds())
        if again or len(known) == len(wanted):
            break
        index = await names.made_anew(graph)
    items = [result_of(query, found, known, limit) for query, found in zip(queries, likely, strict=True)]
    return MatchAnswer(items=tuple(items), as_of=as_of.answer())


def _all_likely(index: NameIndex, queries: Sequence[MatchQuery]) -> list[list[LikelyName]]:
    return [likely_names(index, query) for query in queries]


def likely_names(index: NameIndex, query: MatchQuery) -> list[LikelyName]:
    """The names of the actors that are most like, by name or identifier; of each actor the most like name."""
    asked = prepare(query.name)
    same = index.exact(fold(query.name), limit=_CANDIDATES)
    named = {name.alias: name for name in (*same, *index.similar(query.name, limit=_CANDIDATES))}
    holders = {name.actor for name in same}
    identified_names = {name.alias: name for name in index.identified(query.flat_identifiers())}
    best: dict[str, tuple[float, str, LikelyName]] = {}
    for alias, name in (named | identified_names).items():
        prepared = prepare(name.name)
        odds = name_log_odds(asked, prepared, group_of(name.kind)) + (10.0 if prepared.key == asked.key else 0.0)
        there = best.get(name.actor)
        if there is None or (-odds, alias) < there[:2]:
            best[name.actor] = -odds, alias, LikelyName(name, prepared, len(holders) == 1)
    ranked = sorted(best.values(), key=lambda each: each[:2])
    by_identifier = {name.actor for name in identified_names.values()}
    return [each for place, (_, _, each) in enumerate(ranked) if place < _SCORED or each.name.actor in by_identifier]


def result_of(
    query: MatchQuery, likely: Iterable[LikelyName], known: Mapping[str, Row | None], limit: int
) -> MatchResult:
    asked = query.asked()
    best: dict[str, tuple[Score, LikelyName, ActorRef]] = {}
    for each in likely:
        row = known.get(each.name.alias)
        if row is None:
            continue
        actor = actor_ref(row)
        name = each.name
        found = score(
            asked,
            Known(each.prepared, name.alias_kind, name.kind, name.country, frozenset(name.identifiers)),
            sole_alias=each.sole,
        )
        there = best.get(actor.id)
        if there is None or found.probability > there[0].probability:
            best[actor.id] = found, each, actor
    ranked = sorted(best.values(), key=lambda each: (-each[0].probability, each[2].name, each[2].id))
    ranked = [e for e in ranked if e[0].probability >= _LEAST or e[0].name_probability >= _LIKE]
    if not ranked:
        return MatchResult(name=query.name, decision="none", reasons=("nobody has a name like it",), candidates=())
    first, likely_name, _ = ranked[0]
    second = ranked[1][0].probability if len(ranked) > 1 else 0.0
    verdict: Verdict = decide(first, second, group_of(likely_name.name.kind))
    return MatchResult(
        name=query.name,
        decision=verdict.decision,
        reasons=verdict.reasons,
        candidates=tuple(_candidate(*each) for each in ranked[:limit]),
    )


def _candidate(found: Score, likely: LikelyName, actor: ActorRef) -> MatchCandidate:
    return MatchCandidate(
        actor=actor,
        matched=likely.name.name,
        matched_kind=likely.name.alias_kind,
        probability=found.probability,
        name_probability=found.name_probability,
        features=tuple(MatchFeature(name=f.name, value=f.value, weight=f.weight) for f in found.features),
        evidence=found.evidence,
        against=found.against,
    )
