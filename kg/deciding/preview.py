"""What a decision would change, told before it is made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from kg.asking.decisions import decision_answer
from kg.asking.parameters import NOW, AsOf
from kg.asking.shapes import ref
from kg.asking.standings import standings
from kg.cypher import decisions as queries
from kg.deciding.deciding import Draft, drafted
from kg.engine.graph import Graph, Row
from kg.identity.current import refs_of
from kg.identity.reading import IdentifiedGraph
from kg.ledger.identity import Identity, identity_of
from kg.standing import Standing
from schema.answers.common import Ref
from schema.answers.decisions import Changes, DecidedAnswer, StandingChange, StandingInShort, Whole
from schema.ids import label_of
from schema.ontology import ontology

_MOST_NAMES: Final = 100
_MOST_CLAIMS: Final = 2_000


async def preview(graph: Graph, draft: Draft) -> DecidedAnswer:
    """What a draft would decide and change, or what stands against it; nothing is changed.

    Raises:
        NotFound, InvalidInput: it is about what is not in the graph, or could never be decided.
        Conflict: there is nothing that it could end or split.
    """
    there, decision, refused = await drafted(graph, draft)
    before = identity_of(there.decisions)
    answer = decision_answer(decision, there.refs, Identity({decision.id: decision}))
    if refused is not None:
        return DecidedAnswer(decision=answer, made=False, refused=str(refused))
    after = identity_of([*there.decisions, decision])
    changes = await _changes(graph, before, after, there.refs)
    return DecidedAnswer(decision=answer, made=False, changes=changes)


async def _changes(graph: Graph, before: Identity, after: Identity, refs: Mapping[str, Row]) -> Changes:
    as_of = NOW.settled()
    touched = _touched(before, after)
    moved = sorted(each for each in touched if before.canonical(each) != after.canonical(each))
    named = {identifier: ref(row) for identifier, row in refs.items()}
    asked = {"types": list(ontology().between()), **as_of.bounds()}
    statements = await graph.read(queries.STATEMENTS, **_by_label(moved), **as_of.bounds())
    relationships = await graph.read(queries.RELATIONSHIPS, **_by_label(moved), **asked)
    between = await graph.read(queries.BETWEEN, **_by_label(touched), ids=sorted(touched), **asked)
    joined = [each for each in touched if len(after.members(each)) > len(before.members(each))]
    names = await graph.read(queries.NAMES, actors=_by_label(joined)["actors"], limit=_MOST_NAMES, **as_of.bounds())
    claims, truncated = await _standing_changes(graph, before, after, touched, as_of)
    return Changes(
        before=_wholes(before, touched, named),
        after=_wholes(after, touched, named),
        shown_otherwise=tuple(named[each] for each in moved),
        names=tuple(row["name"] for row in names),
        statements=statements[0]["n"],
        relationships=relationships[0]["n"],
        between=sum(row["n"] for row in between if _become_one(row, before, after)),
        claims=claims,
        truncated=truncated,
    )


def _touched(before: Identity, after: Identity) -> list[str]:
    """All whose whole the decision changes, in order."""
    ids = before.kept.keys() | after.kept.keys()
    return sorted(
        each
        for each in ids
        if (before.members(each), before.canonical(each)) != (after.members(each), after.canonical(each))
    )


def _become_one(row: Row, before: Identity, after: Identity) -> bool:
    start, end = row["start"], row["end"]
    return before.canonical(start) != before.canonical(end) and after.canonical(start) == after.canonical(end)


def _by_label(identifiers: Iterable[str]) -> dict[str, list[str]]:
    ids = list(identifiers)
    return {f"{label.lower()}s": [each for each in ids if label_of(each) == label] for label in ("Actor", "Claim")}


def _wholes(identity: Identity, touched: Iterable[str], named: Mapping[str, Ref]) -> tuple[Whole, ...]:
    kept = dict.fromkeys(identity.canonical(each) for each in touched)
    return tuple(
        Whole(canonical=named[each], members=tuple(named[member] for member in identity.members(each)))
        for each in kept
        if len(identity.members(each)) > 1
    )


async def _standing_changes(
    graph: Graph, before: Identity, after: Identity, touched: Collection[str], as_of: AsOf
) -> tuple[tuple[StandingChange, ...], bool]:
    by_label = _by_label(touched)
    bounds = as_of.bounds()
    found = await graph.read(queries.CLAIMS, actors=by_label["actors"], limit=_MOST_CLAIMS + 1, **bounds)
    claims = [*by_label["claims"], *(row["id"] for row in found[:_MOST_CLAIMS])]
    everything = sorted({*before.expanded(claims), *after.expanded(claims)})
    rows = await graph.read(queries.SUBJECTS, ids=everything, **bounds)
    subjects = {row["ref"]["id"]: row["subjects"] for row in rows}
    then = await _standings(graph, before, subjects, as_of)
    now = await _standings(graph, after, subjects, as_of)
    changes = []
    for row in rows:
        identifier = row["ref"]["id"]
        one, other = _short(then[before.canonical(identifier)]), _short(now[after.canonical(identifier)])
        if one != other:
            changes.append(StandingChange(claim=ref(row["ref"]), before=one, after=other))
    return tuple(sorted(changes, key=lambda each: each.claim.id)), len(found) > _MOST_CLAIMS


async def _standings(
    graph: Graph, identity: Identity, subjects: Mapping[str, Iterable[str]], as_of: AsOf
) -> dict[str, Standing]:
    """The standings under an identity; the actors that are shown are those of that identity."""
    united: dict[str, set[str]] = {}
    for claim, accused in subjects.items():
        united.setdefault(identity.canonical(claim), set()).update(identity.canonical(each) for each in accused)
    refs = await refs_of(graph.read, identity.kept)
    return await standings(IdentifiedGraph(graph, identity, refs), united, as_of)


def _short(standing: Standing) -> StandingInShort:
    return StandingInShort(
        standing=standing.standing,
        documents=len(standing.documents),
        origins=len(standing.origins),
        named_sources=standing.named_sources,
    )
