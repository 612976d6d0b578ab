"""Documents: search, and one of them."""

from __future__ import annotations

from kg.asking.cursors import place
from kg.asking.filters import DocumentFilters
from kg.asking.naming import ids_of
from kg.asking.parameters import FIRST_PAGE, NOW, AsOf, PageRequest
from kg.asking.shapes import actor_ref, actor_refs, document_ref, document_refs, refs, statement
from kg.cypher import documents as queries
from kg.engine.graph import Graph
from kg.identity.current import identified
from schema.answers.matters import DocumentAnswer, DocumentPage, DocumentSummary
from schema.errors import NotFound

_ALL = DocumentFilters()


async def search(
    graph: Graph, filters: DocumentFilters = _ALL, as_of: AsOf = NOW, page: PageRequest = FIRST_PAGE
) -> DocumentPage:
    """Documents, the newest first; those without a date of publication last.

    Raises:
        NotFound, InvalidInput: the publisher is unknown or ambiguous; the cursor is broken or foreign.
    """
    here = place("documents", (), filters, as_of, page)
    at, identifier = here.after or (None, "")
    view = await identified(graph, here.as_of.known_at or "")
    rows = await view.read(
        queries.ABOUT_CLAIM if filters.claim else queries.SEARCH,
        claims=view.members(filters.claim or ""),
        q=(filters.q or "").lower(),
        kind=filters.kind or "",
        seen=filters.seen,
        publishers=await ids_of(view, filters.publisher, here.as_of, "publisher"),
        earliest=filters.earliest,
        latest=filters.latest,
        at=at,
        id=identifier,
        limit=here.limit + 1,
        **here.as_of.bounds(),
    )
    shown = rows[: here.limit]
    return DocumentPage(
        items=tuple(
            DocumentSummary(
                document=document_ref(row["document"]),
                publisher=actor_ref(row["publisher"]) if row["publisher"] else None,
                statements=row["statements"],
            )
            for row in shown
        ),
        next=here.next((shown[-1]["at"], shown[-1]["document"]["id"])) if len(rows) > here.limit else None,
        as_of=here.as_of.answer(),
    )


async def one(graph: Graph, document: str, as_of: AsOf = NOW) -> DocumentAnswer:
    """One document, by its id: its text, and the statements that stand in it, in the order of the text.

    Raises:
        NotFound: no document has the id, or it was not known or not published then.
    """
    as_of = as_of.settled()
    bounds, known_at = as_of.bounds(), as_of.known_at or ""
    view = await identified(graph, known_at)
    found = await view.read(queries.ONE, id=document, **bounds)
    if not found:
        raise NotFound(f"no document has the id {document[:60]}", "document", "Search for it by its title or outlet")
    row = found[0]
    props = row["document"]
    statements = await view.read(queries.STATEMENTS, id=document, **bounds)
    versions = await graph.read(queries.VERSIONS, source=props.get("source"), **bounds)
    return DocumentAnswer(
        document=document_ref({name: props.get(name) for name in _REF}),
        publisher=actor_ref(row["publisher"]) if row["publisher"] else None,
        issuers=actor_refs(row["issuers"]),
        authors=tuple(props.get("authors") or ()),
        language=props.get("language"),
        accessed_at=props.get("accessed_at"),
        licence=props.get("licence"),
        text=props.get("text"),
        text_sha256=props.get("text_sha256"),
        statements=tuple(statement(each["statement"], known_at) for each in statements),
        cites=document_refs(row["cites"]),
        cited_by=document_refs(row["cited_by"]),
        versions=tuple(document_ref(each["document"]) for each in versions),
        documents=refs(row["documents"]),
        as_of=as_of.answer(),
    )


_REF = ("id", "title", "kind", "publisher_name", "url", "published_at", "seen")
