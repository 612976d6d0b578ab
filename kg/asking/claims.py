"""Claims: search, and one claim's dossier."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from kg.asking.cursors import place
from kg.asking.filters import ClaimFilters
from kg.asking.naming import find_topic, ids_of
from kg.asking.parameters import FIRST_PAGE, NOW, AsOf, PageRequest
from kg.asking.search_text import words_query
from kg.asking.shapes import (
    actor_ref,
    actor_refs,
    as_known,
    document_ref,
    document_refs,
    refs,
    statement_fields,
    statement_ref,
)
from kg.asking.standings import standing_answer, standings
from kg.cypher import claims as queries
from kg.engine.graph import Graph
from kg.identity.current import identified
from kg.identity.reading import IdentifiedGraph
from kg.standing import Origin as FoundOrigin
from kg.standing import Standing
from schema.answers.claims import ClaimPage, ClaimSummary, Dossier, DossierStatement, Origin, StatementRef
from schema.answers.common import edtf_of
from schema.errors import NotFound
from schema.graph import FULL_TEXT
from schema.ontology import ontology

_ALL = ClaimFilters()
_CLAIM_TEXTS: Final = next(index for index in FULL_TEXT if index.label == "Claim")
_BATCH: Final = 200
_MOST_BATCHES: Final = 25
_CONTEXT: Final = 200
"""Code points of a document's text that a dossier shows on each side of a quote."""


async def search(
    graph: Graph, filters: ClaimFilters = _ALL, as_of: AsOf = NOW, page: PageRequest = FIRST_PAGE
) -> ClaimPage:
    """Claims, the one last spoken of first.

    The standing is computed for each claim that the other filters leave. A question for rare standings looks at 5,000
    claims at most; it then answers what it found, perhaps nothing, and a cursor to go on with.

    Raises:
        NotFound, InvalidInput: the accused, the speaker or the topic is unknown or ambiguous; the cursor is broken.
    """
    here = place("claims", (), filters, as_of, page)
    view = await identified(graph, here.as_of.known_at or "")
    asked = await _asked(view, filters, here.as_of)
    anchor = next((name for name in ("text", "accused", "speaker", "topic") if asked[name]), "all")
    if filters.q and not asked["text"]:
        return ClaimPage(items=(), as_of=here.as_of.answer())
    query = (queries.SEARCH_UNITED if view.identity.kept_of("Claim") else queries.SEARCH)[anchor]
    wanted = set(filters.standing or ontology().standings)
    if filters.unanswered:
        wanted &= {"unanswered"}
    batch = _BATCH if len(wanted) < len(ontology().standings) else here.limit + 1
    at, identifier = here.after or (None, "")
    items: list[ClaimSummary] = []
    for _ in range(_MOST_BATCHES):
        rows = await view.read(query, at=at, id=identifier, limit=batch, **asked)
        united = {row["id"]: _united(row["id"], row["claims"]) for row in rows}
        found = await standings(view, {key: _subject_ids(claim) for key, claim in united.items()}, here.as_of)
        for row in rows:
            standing = found[row["id"]]
            if standing.standing not in wanted:
                at, identifier = row["at"], row["id"]
                continue
            if len(items) == here.limit:
                return ClaimPage(items=tuple(items), next=here.next((at or "", identifier)), as_of=here.as_of.answer())
            items.append(ClaimSummary(**_summary({**row, "claim": united[row["id"]]}, standing, here.as_of)))
            at, identifier = row["at"], row["id"]
        if len(rows) < batch:
            return ClaimPage(items=tuple(items), as_of=here.as_of.answer())
    return ClaimPage(items=tuple(items), next=here.next((at or "", identifier)), as_of=here.as_of.answer())


async def _asked(graph: IdentifiedGraph, filters: ClaimFilters, as_of: AsOf) -> dict[str, Any]:
    return {
        "index": graph.dialect.full_text_name(_CLAIM_TEXTS),
        "text": words_query(filters.q) if filters.q else "",
        "accused": await ids_of(graph, filters.accused, as_of, "accused"),
        "speaker": await ids_of(graph, filters.speaker, as_of, "speaker"),
        "topic": (await find_topic(graph, filters.topic, as_of)).id if filters.topic else "",
        "kept": graph.identity.kept_of("Claim"),
        "wholes": graph.identity.wholes_of("Claim"),
        "earliest": filters.earliest,
        "latest": filters.latest,
        "during": filters.bounded,
        **as_of.bounds(),
    }


def _united(identifier: str, claims: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """One claim of those that are one: the words of the canonical one, and whom and what all of them name."""
    ordered = sorted(claims, key=lambda claim: (claim["id"] != identifier, claim["id"]))
    named = {name: [each for claim in ordered for each in claim[name]] for name in ("subjects", "objects", "concerns")}
    return ordered[0] | named | {"id": identifier}


def _subject_ids(claim: dict[str, Any]) -> list[str]:
    return [row["id"] for row in claim["subjects"]]


def _summary(row: dict[str, Any], standing: Standing, as_of: AsOf) -> dict[str, Any]:
    claim = row["claim"]
    props = as_known(claim, as_of.known_at or "")
    return {
        "id": props["id"],
        "text": props["text"],
        "kind": props.get("kind"),
        "event_time": edtf_of(props, "event_time"),
        "subjects": actor_refs(claim["subjects"]),
        "objects": refs(claim["objects"]),
        "concerns": refs(claim["concerns"]),
        "standing": standing_answer(standing),
        "statements": row["n"],
        "first_at": row["first"],
        "last_at": row["last"],
    }


async def dossier(graph: Graph, claim: str, as_of: AsOf = NOW) -> Dossier:
    """All that was said about one claim, by its id: by whom, where, on whose word, and what it amounts to.

    Claims that are one have one dossier, of the statements about any of them.

    Raises:
        NotFound: no claim has the id, or the graph did not know it then.
    """
    as_of = as_of.settled()
    bounds = as_of.bounds()
    view = await identified(graph, bounds["known_at"])
    claim = view.canonical(claim)
    ids = view.members(claim)
    found = await view.read(queries.ONE, ids=ids, **bounds)
    if not found:
        raise NotFound(f"no claim has the id {claim[:60]}", "claim", "Search for it by its words or by the accused")
    row = _united(claim, (each["claim"] for each in found))
    said = [each["statement"] for each in await view.read(queries.ABOUT, ids=ids, **bounds)]
    standing = (await standings(view, {claim: _subject_ids(row)}, as_of))[claim]
    documents = [each["document"] for each in said if each["document"]]
    seen = sorted({each["id"] for each in documents if each["seen"] is not False})
    texts = {each["id"]: each["text"] for each in await view.read(queries.TEXTS, ids=seen)} if seen else {}
    responses = await view.read(queries.RESPONSES, ids=ids, **bounds)
    times = [each["asserted_at_earliest"] for each in said if each["asserted_at_earliest"]]
    summary = _summary(
        {"claim": row, "n": len(said), "first": min(times, default=None), "last": max(times, default=None)},
        standing,
        as_of,
    )
    by_id = {each["id"]: each for each in said}
    return Dossier(
        **summary,
        members=tuple(each for each in ids if each != claim),
        said=tuple(_said(each, by_id, texts, as_of) for each in said),
        origins=tuple(_origin(each, by_id) for each in standing.origins),
        documents=document_refs(each for each in documents if each["seen"] is not False),
        responses=refs(each["policy"] for each in responses),
        as_of=as_of.answer(),
    )


def _said(
    row: dict[str, Any], by_id: dict[str, dict[str, Any]], texts: dict[str, str | None], as_of: AsOf
) -> DossierStatement:
    fields = statement_fields(row, as_of.known_at or "")
    text = texts.get(row["document"]["id"]) if row["document"] else None
    start, end = fields["start"], fields["end"]
    placed = text is not None and start is not None and end is not None
    return DossierStatement(
        **fields,
        before=text[max(0, start - _CONTEXT) : start] if placed and text is not None else None,
        after=text[end : end + _CONTEXT] if placed and text is not None else None,
        chain=tuple(_chain(row, by_id)),
    )


def _chain(row: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> list[StatementRef]:
    """What a statement reports, step by step, each once, the innermost last."""
    chain: dict[str, StatementRef] = {}
    todo: list[dict[str, Any]] = sorted(row["relays"], key=lambda each: each["id"])
    while todo:
        inner = todo.pop(0)
        if inner["id"] in chain or inner["id"] == row["id"]:
            continue
        chain[inner["id"]] = statement_ref(inner)
        todo += sorted(by_id.get(inner["id"], {}).get("relays", ()), key=lambda each: each["id"])
    return list(chain.values())


def _origin(origin: FoundOrigin, by_id: dict[str, dict[str, Any]]) -> Origin:
    rows: Sequence[dict[str, Any]] = [by_id[i] for i in origin.statements if i in by_id]
    name, identifier = origin.key.split("\x1f")[-1], None
    if rows and origin.kind == "unseen_document" and rows[0]["document"]:
        document = document_ref(rows[0]["document"])
        name, identifier = document.title, document.id
    elif rows and origin.kind == "speaker" and rows[0]["actor"]:
        actor = actor_ref(rows[0]["actor"])
        name, identifier = actor.name, actor.id
    elif rows:
        name = rows[0]["speaker"]
    return Origin(
        kind=origin.kind, name=name, id=identifier, statements=origin.statements, reported_in=origin.reported_in
    )
