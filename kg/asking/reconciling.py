"""Actors for the Reconciliation Service API, so that a table of names can be matched in OpenRefine."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from kg.asking.filters import ActorFilters
from kg.asking.matching import MOST_QUERIES, MatchQuery, match
from kg.asking.parameters import NOW, PageRequest, checked
from kg.asking.search import search_actors
from kg.cypher import matching as queries
from kg.engine.graph import Graph, Row
from schema.answers.matching import MatchCandidate, MatchResult
from schema.answers.reconciling import (
    Extended,
    Named,
    Reconciled,
    ReconciledCandidate,
    ReconciledFeature,
    Suggested,
)
from schema.errors import InvalidInput, NotFound
from schema.ontology import ontology

T = TypeVar("T")

_LIMIT: Final = 5
_MOST: Final = 50
_MOST_IDS: Final = 500
_SUGGESTED: Final = 10
_SHORTEST: Final = 1

PROPERTIES: Final = {
    "country": Named(id="country", name="country", description="ISO 3166-1 alpha-2"),
    "kind": Named(id="kind", name="kind", description="Kind of actor, a term of the ontology"),
    "description": Named(id="description", name="description", description="One sentence"),
    "names": Named(id="names", name="names", description="All names"),
    "wikidata": Named(id="wikidata", name="Wikidata item"),
    "lei": Named(id="lei", name="legal entity identifier", description="ISO 17442"),
    "isin": Named(id="isin", name="ISIN", description="ISO 6166"),
    "ticker": Named(id="ticker", name="ticker"),
    "cik": Named(id="cik", name="CIK", description="Of the United States Securities and Exchange Commission"),
    "ofac": Named(id="ofac", name="OFAC number", description="Of the sanctions list of the United States"),
}
"""What OpenRefine may send along or fetch; other identifiers go by their scheme."""


class _Property(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    pid: Annotated[str, Field(max_length=40)]
    v: Any = None


class ReconcileQuery(BaseModel):
    """One query of a batch."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    query: Annotated[str, Field(max_length=1_000)] = ""
    type: str | tuple[str, ...] | None = None
    limit: Annotated[int, Field(ge=1)] | None = None
    properties: Annotated[tuple[_Property, ...], Field(max_length=50)] = ()


class ExtendQuery(BaseModel):
    """Whose properties are wanted, and which."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    ids: Annotated[tuple[Annotated[str, Field(max_length=60)], ...], Field(max_length=_MOST_IDS)]
    properties: Annotated[tuple[dict[str, Any], ...], Field(max_length=50)] = ()


_BATCH: Final = TypeAdapter(Annotated[dict[str, ReconcileQuery], Field(max_length=MOST_QUERIES)])
_EXTEND: Final = TypeAdapter(ExtendQuery)


def types() -> list[Named]:
    """Kinds of actor, as types."""
    return [
        Named(id=term, name=term.replace("_", " "), description=row.definition)
        for term, row in ontology().actor_kinds.items()
    ]


def _parsed(adapter: TypeAdapter[T], text: str, where: str) -> T:
    try:
        return adapter.validate_python(json.loads(text))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise InvalidInput(first["msg"], ".".join([where, *map(str, first["loc"])])[:200]) from error
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"it is no JSON: {str(error)[:200]}", where, "Send a JSON object") from error


async def reconcile(graph: Graph, text: str) -> dict[str, Reconciled]:
    """Answer a batch of queries, a JSON object from a key to a query, each under its key.

    Raises:
        InvalidInput: the batch is not as the specification has it, or has more than 500 queries.
    """
    batch = _parsed(_BATCH, text, "queries")
    asked = {key: _asked(query, f"queries.{key}") for key, query in batch.items()}
    wanted = {key: query for key, query in asked.items() if query is not None}
    found = await match(graph, list(wanted.values()), NOW, _MOST)
    results = dict(zip(wanted, found.items, strict=True))
    return {key: _reconciled(results.get(key), query.limit or _LIMIT) for key, query in batch.items()}


def _asked(query: ReconcileQuery, where: str) -> MatchQuery | None:
    """A query in the matcher's words; None where it names nobody, as an empty cell does."""
    name = " ".join(query.query.split())
    if not name:
        return None
    kinds = [query.type] if isinstance(query.type, str) else list(query.type or ())
    known = [kind for kind in kinds if kind in ontology().actor_kinds]
    given: dict[str, Any] = {"kind": known[0] if len(known) == 1 else None}
    identifiers: dict[str, tuple[str, ...]] = {}
    for each in query.properties:
        values = [value for value in map(_value, each.v if isinstance(each.v, list) else [each.v]) if value]
        if not values:
            continue
        if each.pid in ("kind", "country"):
            given[each.pid] = values[0]
        elif each.pid not in ("description", "names"):
            identifiers[each.pid] = tuple(values)
    if given.get("country"):
        given["country"] = given["country"].upper()
    try:
        return checked(MatchQuery, name=name, identifiers=identifiers or None, **given)
    except InvalidInput as error:
        raise InvalidInput(error.what, f"{where}.{error.where}"[:200]) from error


def _value(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("id") or value.get("name")
    return "" if value is None else str(value).strip()


def _reconciled(found: MatchResult | None, limit: int) -> Reconciled:
    if found is None:
        return Reconciled(result=())
    first = found.decision == "linked"
    shown = found.candidates[: min(limit, _MOST)]
    return Reconciled(result=tuple(_candidate(each, first and place == 0) for place, each in enumerate(shown)))


def _candidate(found: MatchCandidate, linked: bool) -> ReconciledCandidate:
    actor = found.actor
    kind = actor.kind or "other"
    return ReconciledCandidate(
        id=actor.id,
        name=actor.name,
        description=_described(found),
        score=round(found.probability * 100, 2),
        match=linked,
        type=(Named(id=kind, name=kind.replace("_", " ")),),
        features=tuple(ReconciledFeature(id=each.name, value=each.weight) for each in found.features),
    )


def _described(found: MatchCandidate) -> str:
    actor = found.actor
    by = f", by {found.matched}" if found.matched != actor.name else ""
    return f"{(actor.kind or 'other').replace('_', ' ')}{', ' + actor.country if actor.country else ''}{by}"


async def suggest_entities(graph: Graph, prefix: str) -> Suggested:
    """Actors whose name begins so, or is like it.

    Raises:
        InvalidInput: the prefix has a control character or is too long.
    """
    if not prefix.strip():
        return Suggested(result=())
    page = await search_actors(graph, checked(ActorFilters, q=prefix), NOW, PageRequest(_SUGGESTED))
    return Suggested(
        result=tuple(
            Named(
                id=item.actor.id,
                name=item.actor.name,
                description=f"{(item.actor.kind or 'other').replace('_', ' ')}, {item.actor.country or 'no country'}",
            )
            for item in page.items
        )
    )


def suggest_types(prefix: str) -> Suggested:
    """Kinds of actor that begin so."""
    return _begun(types(), prefix)


def suggest_properties(prefix: str) -> Suggested:
    """Properties that begin so."""
    return _begun(list(PROPERTIES.values()), prefix)


def _begun(found: Sequence[Named], prefix: str) -> Suggested:
    wanted = prefix.strip().casefold()
    return Suggested(
        result=tuple(each for each in found if wanted in each.name.casefold() or each.id.startswith(wanted))
    )


async def extend(graph: Graph, text: str) -> Extended:
    """Values of properties of actors, from a JSON object of their ids and the properties.

    Raises:
        InvalidInput: it is not as the specification has it.
    """
    asked = _parsed(_EXTEND, text, "extend")
    wanted = []
    for place, each in enumerate(asked.properties):
        name = each.get("id")
        if not isinstance(name, str) or name not in PROPERTIES:
            raise InvalidInput(
                f"unknown property {str(name)[:40]!r}",
                f"extend.properties.{place}.id",
                f"Known: {', '.join(PROPERTIES)}",
            )
        wanted.append(PROPERTIES[name])
    rows = {row["id"]: row for row in await _profiles(graph, asked.ids)}
    return Extended(
        meta=tuple(wanted),
        rows={
            identifier: {
                each.id: tuple({"str": text} for text in _values(rows.get(identifier), each.id)) for each in wanted
            }
            for identifier in asked.ids
        },
    )


async def profile(graph: Graph, identifier: str) -> Row:
    """One actor in short, for a preview: id, name, kind, country, description, names, identifiers.

    Raises:
        NotFound: there is no such actor.
    """
    rows = await _profiles(graph, (identifier,))
    if not rows:
        raise NotFound(f"no actor has the id {identifier[:60]}", "id", "Search for it by name")
    return rows[0]


async def _profiles(graph: Graph, identifiers: Sequence[str]) -> list[Row]:
    return await graph.read(queries.PROFILES, ids=list(dict.fromkeys(identifiers)), **NOW.bounds())


def _values(row: Mapping[str, Any] | None, name: str) -> list[str]:
    if row is None:
        return []
    if name == "names":
        return sorted(set(row["names"]))
    if name in ("country", "kind", "description"):
        return [row[name]] if row[name] else []
    return [value for scheme, _, value in (each.partition(":") for each in row["identifiers"] or ()) if scheme == name]
