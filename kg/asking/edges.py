"""Relationships with what supports them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from kg.asking.filters import RelationshipFilters
from kg.asking.parameters import AsOf
from kg.asking.shapes import document_ref, evidence_kind, ref
from kg.cypher import relationships as queries
from kg.engine.query import Query
from kg.identity.reading import IdentifiedGraph, written_id
from schema.answers.common import Edge, Evidence, RelationshipGroup
from schema.errors import InvalidInput
from schema.ids import label_of
from schema.ontology import ontology

Row = Mapping[str, Any]
Quotes = dict[str, list[Evidence]]
_MOST_QUOTES: Final = 3
_MOST_IDS: Final = 100
_BEARERS: Final = ("Claim", "Policy", "Event")


def types_of(asked: Sequence[str]) -> list[str]:
    """The types to look at: those asked for, else all that tie what a reader of relationships sees.

    Raises:
        InvalidInput: a type that was asked for is not among those.
    """
    between = ontology().between()
    for kind in asked:
        if kind not in between:
            raise InvalidInput(f"{kind} does not tie actors", "type", f"Known: {', '.join(between)}")
    return list(asked or between)


def narrowed(filters: RelationshipFilters) -> dict[str, Any]:
    """The parameters that the queries of one node and of a pair read."""
    return {
        "types": types_of(filters.type),
        "earliest": filters.earliest,
        "latest": filters.latest,
        "direction": filters.direction or "",
    }


async def edges_of(graph: IdentifiedGraph, node: str, types: Sequence[str], as_of: AsOf, limit: int) -> list[Edge]:
    """The newest relationships of one actor or topic, with their evidence."""
    rows = await graph.read(
        queries.EDGES[label_of(node) or "Actor"],
        nodes=graph.members(node),
        at=None,
        id="",
        limit=limit,
        **narrowed(RelationshipFilters(type=tuple(types))),
        **as_of.bounds(),
    )
    return await with_evidence(graph, rows, as_of)


async def groups_of(
    graph: IdentifiedGraph, node: str, types: Sequence[str], as_of: AsOf, filters: RelationshipFilters | None = None
) -> tuple[RelationshipGroup, ...]:
    """Relationships of one actor or topic, counted by type and direction."""
    asked = narrowed(filters or RelationshipFilters(type=tuple(types)))
    return groups(
        await graph.read(
            queries.GROUPS[label_of(node) or "Actor"], nodes=graph.members(node), **asked, **as_of.bounds()
        )
    )


def groups(rows: Iterable[Row]) -> tuple[RelationshipGroup, ...]:
    """Rows of counts as groups."""
    return tuple(
        RelationshipGroup(
            type=row["type"],
            direction="out" if row["out"] else "in",
            count=row["n"],
            coded=row["coded"],
            first=row["first"],
            last=row["last"],
            evidence=tuple(sorted(row["evidence"])[:_MOST_IDS]),
        )
        for row in rows
    )


async def with_evidence(graph: IdentifiedGraph, rows: Sequence[Row], as_of: AsOf) -> list[Edge]:
    """Rows of relationships as edges, each with its evidence, read in one go."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for identifier in _evidence_ids(row):
            wanted[label_of(identifier) or ""].add(identifier)
    quotes = await read_evidence(graph, wanted, as_of)
    return [_edge(row, quotes) for row in rows]


def _evidence_ids(row: Row) -> list[str]:
    """What has to be read for a relationship's evidence: what it stands for, else the matter at one of its ends."""
    props = row["props"]
    named = [props[name] for name in ("evidence", "statement", "document") if props.get(name)]
    if named or props.get("citation"):
        return named
    return [written_id(end) for end in (row["source"], row["target"]) if end["label"] in _BEARERS][:1]


async def read_evidence(graph: IdentifiedGraph, wanted: Mapping[str, Iterable[str]], as_of: AsOf) -> Quotes:
    """Quotes by the id of the statement, claim, policy, event or document that they are asked for.

    Args:
        graph: the open graph.
        wanted: ids by label.
        as_of: the two clocks.
    """
    ids = {label: sorted(each) for label, each in wanted.items()}
    bounds = as_of.bounds()

    async def read(query: Query, **asked: list[str]) -> list[dict[str, Any]]:
        return await graph.read(query, **asked, **bounds) if any(asked.values()) else []

    statements, claims, matters, documents = await asyncio.gather(
        read(queries.OF_STATEMENTS, ids=ids.get("Statement", [])),
        read(queries.OF_CLAIMS, ids=ids.get("Claim", [])),
        read(queries.OF_MATTERS, policies=ids.get("Policy", []), events=ids.get("Event", [])),
        read(queries.DOCUMENTS, ids=ids.get("Document", [])),
    )
    quotes: Quotes = defaultdict(list)
    for row in (*statements, *claims):
        quotes[row["of"]] += _quotes(row)
    for row in matters:
        quotes[row["of"]] += _documented(row)
    for row in documents:
        quotes[row["of"]].append(Evidence(document=document_ref(row["document"])))
    return quotes


def _quotes(row: Row) -> list[Evidence]:
    """A statement's own quote; where it was not seen, the quotes of those who report it."""
    own = row["evidence"]
    if own["quote"] is not None or not row["relayed"]:
        return [_quote(own, own["id"], None)]
    relayed = {each["id"]: each for each in row["relayed"]}
    return [_quote(relayed[key], own["id"], key) for key in sorted(relayed)][:_MOST_QUOTES]


def _quote(row: Row, identifier: str, relayed_by: str | None) -> Evidence:
    return Evidence(
        kind=evidence_kind("Statement", None, quoted=row["quote"] is not None),
        id=identifier,
        label="Statement",
        quote=row["quote"],
        start=row["start"],
        end=row["end"],
        document=document_ref(row["document"]) if row["document"] else None,
        relayed_by=relayed_by,
    )


def _documented(row: Row) -> list[Evidence]:
    label = label_of(row["of"])
    found = [
        Evidence(
            kind=evidence_kind(label, row["kind"], quoted=each["quote"] is not None),
            id=row["of"],
            label=label,
            quote=each["quote"],
            start=each["start"],
            end=each["end"],
            document=document_ref(each),
            citation=each["citation"],
        )
        for each in sorted(row["documents"], key=lambda each: (each["id"], each["start"] or 0))
    ]
    citations = dict.fromkeys([*(row["citations"] or ()), *([row["citation"]] if row["citation"] else ())])
    kind = evidence_kind(label, row["kind"], quoted=False)
    found += [Evidence(kind=kind, id=row["of"], label=label, citation=citation) for citation in citations]
    return found or [Evidence(kind=kind, id=row["of"], label=label, citation=row["url"])]


def _edge(row: Row, quotes: Quotes) -> Edge:
    props = row["props"]
    return Edge(
        id=props["id"],
        type=row["type"],
        source=ref(row["source"]),
        target=ref(row["target"]),
        derived=ontology().relationships[row["type"]].derived,
        at=props.get("at"),
        valid_from=props.get("valid_from"),
        valid_to=props.get("valid_to"),
        role=props.get("role"),
        manner=props.get("manner"),
        evidence=tuple(_edge_evidence(row, quotes)),
    )


def _edge_evidence(row: Row, quotes: Quotes) -> list[Evidence]:
    props = row["props"]
    if props.get("evidence") or not (props.get("document") or props.get("citation") or props.get("statement")):
        return [each for key in _evidence_ids(row) for each in quotes.get(key, ())][:_MOST_QUOTES]
    found = list(quotes.get(props.get("statement") or "", ()))
    if props.get("document") or props.get("citation"):
        document = next((each.document for each in quotes.get(props.get("document") or "", ())), None)
        found.append(
            Evidence(
                kind="coded" if props.get("coded") else "quoted" if props.get("quote") is not None else "cited",
                quote=props.get("quote"),
                start=props.get("start"),
                end=props.get("end"),
                document=document,
                citation=props.get("citation"),
            )
        )
    return found
