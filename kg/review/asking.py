"""What waits for review, and one of it."""

from __future__ import annotations

import json
from typing import Any, Literal

from kg.asking.cursors import place
from kg.asking.filters import Wanted
from kg.asking.parameters import FIRST_PAGE, NOW, Filters, PageRequest
from kg.asking.shapes import document_ref
from kg.cypher import reviewing as queries
from kg.engine.graph import Graph, Row
from schema.answers.reviews import ReviewAnswer, ReviewItem, ReviewPage
from schema.errors import NotFound

_CONTEXT = 240
"""Code points of the text shown on each side of the quote."""


class ReviewFilters(Filters):
    """Which part of the queue."""

    status: Literal["pending", "accepted", "corrected", "rejected", "all"] = "pending"
    document: Wanted | None = None


_PENDING = ReviewFilters()


async def reviews(graph: Graph, filters: ReviewFilters = _PENDING, page: PageRequest = FIRST_PAGE) -> ReviewPage:
    """The queue, the newest first; what waits in a retracted document, or stands in the graph by now, is left out.

    Raises:
        InvalidInput: the cursor is broken or foreign.
    """
    here = place("reviews", (), filters, NOW, page)
    at, identifier = here.after or (None, "")
    rows = await graph.read(
        queries.ALL if filters.status == "all" else queries.BY_STATUS,
        status=filters.status,
        document=filters.document or "",
        at=at,
        id=identifier,
        limit=here.limit + 1,
    )
    shown = rows[: here.limit]
    last = shown[-1]["review"] if len(rows) > here.limit else None
    return ReviewPage(
        items=tuple(ReviewItem(**_fields(row)) for row in shown),
        next=here.next((last["recorded_at"], last["id"])) if last else None,
    )


async def one(graph: Graph, review: str) -> ReviewAnswer:
    """One review, with the text around its quote.

    Raises:
        NotFound: none has the id.
    """
    rows = await graph.read(queries.ONE, id=review)
    if not rows:
        raise NotFound(f"no review has the id {review[:60]}", "review", "List them: geokg review list")
    row = rows[0]
    start, end, text = row["review"]["start"], row["review"]["end"], row["text"] or ""
    return ReviewAnswer(
        **_fields(row),
        before=text[max(0, start - _CONTEXT) : start],
        after=text[end : end + _CONTEXT],
        brings=tuple(json.loads(row["review"]["records"])[:-1]),
        links=tuple(json.loads(row["review"].get("links") or "[]")),
    )


def _fields(row: Row) -> dict[str, Any]:
    props = row["review"]
    records = json.loads(props["records"])
    same = ("id", "status", "quote", "start", "end", "confidence", "threshold")
    may = ("decided_at", "decided_by", "note", "result")
    return {
        **{name: props[name] for name in same},
        **{name: props[name] for name in may if props.get(name) is not None},
        "document": document_ref(row["document"]),
        "act": records[-1]["act"],
        "speaker": records[-1]["speaker"],
        "claim": next((record["text"] for record in records if record["type"] == "claim"), None),
        "record": records[-1],
        "created_at": props["recorded_at"],
        "correction": json.loads(props["correction"]) if props.get("correction") else None,
    }
