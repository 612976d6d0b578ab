"""Standings of claims, from what the graph holds at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Final

from kg.asking.parameters import AsOf
from kg.cypher import claims as queries
from kg.identity.reading import IdentifiedGraph
from kg.standing import Spoken, Standing, standing_of
from schema.answers.claims import HoursRange, StandingAnswer
from schema.ontology import ontology

_LONGEST_CHAIN: Final = 12


async def standings(graph: IdentifiedGraph, claims: Mapping[str, Collection[str]], as_of: AsOf) -> dict[str, Standing]:
    """The standing of each claim, from the statements about it and about all claims that are one with it.

    A speaker is whoever he is one with: what any member of the accused says is an answer of the accused, and two
    members that allege the same are one origin.

    Args:
        graph: the open graph.
        claims: ids of canonical claims, each with the ids of its canonical subjects.
        as_of: the two clocks.
    """
    if not claims:
        return {}
    bounds = as_of.bounds()
    said: dict[str, dict[str, Spoken]] = defaultdict(dict)
    links: dict[str, Spoken] = {}
    for row in await graph.read(queries.SPOKEN_ABOUT, ids=graph.expanded(claims), **bounds):
        statement = _spoken(graph, row["statement"], about=True)
        said[graph.canonical(row["claim"])][statement.id] = statement
        links[statement.id] = statement
    for _ in range(_LONGEST_CHAIN):
        missing = sorted({i for link in links.values() for i in link.relays} - links.keys())
        if not missing:
            break
        rows = await graph.read(queries.SPOKEN, ids=missing, **bounds)
        if not rows:
            break
        links |= {link.id: link for link in (_spoken(graph, row["statement"], about=False) for row in rows)}
    return {claim: standing_of(_with_links(said[claim], links), subjects) for claim, subjects in claims.items()}


def _with_links(said: dict[str, Spoken], links: dict[str, Spoken]) -> list[Spoken]:
    """What was said about one claim, and the links of its chains that are about others."""
    found = dict(said)
    todo = [i for statement in said.values() for i in statement.relays]
    while todo:
        identifier = todo.pop()
        if identifier in links and identifier not in found:
            link = links[identifier]
            found[identifier] = _aside(link)
            todo += link.relays
    return list(found.values())


def _aside(link: Spoken) -> Spoken:
    return replace(link, about=False)


def _spoken(graph: IdentifiedGraph, row: Mapping[str, Any], *, about: bool) -> Spoken:
    return Spoken(
        id=row["id"],
        act=row["act"],
        manner=row["manner"],
        actor=graph.canonical(row["actor"]) if row["actor"] else None,
        speaker=row["speaker"] or "",
        document=row["document"] or "",
        source=row["source"] or "",
        copy_of=min(((each["at"] or "", each["source"]) for each in row["copies"]), default=("", ""))[1],
        seen=row["seen"] is not False,
        earliest=row["asserted_at_earliest"] or "",
        latest=row["asserted_at_latest"] or "",
        relays=tuple(row["relays"]),
        answers=tuple(row["answers"]),
        about=about,
    )


def standing_answer(standing: Standing) -> StandingAnswer:
    """A standing as an answer."""
    hours = standing.hours_to_answer
    return StandingAnswer(
        standing=standing.standing,
        definition=ontology().standings[standing.standing].definition,
        because=standing.because,
        put_forward_by=standing.put_forward_by,
        denied_by=standing.denied_by,
        confirmed_by=standing.confirmed_by,
        could_not_verify=standing.could_not_verify,
        declined_by=standing.declined_by,
        documents=len(standing.documents),
        copies=len(standing.copies),
        origins=len(standing.origins),
        named_sources=standing.named_sources,
        anonymous_sources=standing.anonymous_sources,
        hours_to_answer=hours
        and HoursRange(least=hours.least, most=hours.most, allegation=hours.allegation, answer=hours.answer),
    )
