"""Accept, correct or reject what waits for review: each once, with who and when, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kg.cypher import resolving, writing
from kg.cypher import reviewing as queries
from kg.engine.graph import Graph, Row, Transaction
from kg.errors import Conflict
from kg.ingest.pipeline import Pipeline
from kg.records.files import Item
from kg.resolving.lookup import Lookup
from kg.review.correcting import corrected
from kg.review.holding import ArticleRecords, RecordMapping, carried_by
from kg.writing.batch import Run, Written, create_relationships, derived_from, write_within
from kg.writing.bundles import as_json
from kg.writing.rows import Bundle, RelationshipRow
from schema.errors import InvalidInput, NotFound
from schema.fields import Line, Name
from schema.ids import actor_id, label_of, relationship_id
from schema.times import known_now

_REFERENCES = ("answers", "relays")
_name: TypeAdapter[str] = TypeAdapter(Name)
_note: TypeAdapter[str | None] = TypeAdapter(Line | None)


async def accept(graph: Graph, review: str, by: str, note: str | None = None) -> str:
    """Let the statement into the graph as it was read.

    Args:
        graph: the open graph.
        review: id of the review.
        by: who decides.
        note: why.

    Returns:
        The id of the statement.

    Raises:
        NotFound: no review has the id.
        Conflict: it is decided already, or its document was retracted.
        InvalidInput: what it needs cannot go in; nothing is changed.
    """
    props = _decision("accepted", by, note)
    row = await _one(graph, review)
    return await _let_in(graph, row, json.loads(row["review"]["records"]), props)


async def correct(graph: Graph, review: str, correction: Mapping[str, Any], by: str, note: str | None = None) -> str:
    """Let the statement into the graph with some of its fields put right; what was read stays on the review.

    Args:
        graph: the open graph.
        review: id of the review.
        correction: see :func:`kg.review.correcting.corrected`.
        by: who decides.
        note: why.

    Returns:
        The id of the statement, which is not the one that it would have had as read.

    Raises:
        NotFound, Conflict: as :func:`accept`.
        InvalidInput: the corrected statement cannot go in: its quote does not stand there, a field is unknown, an actor
            is defined nowhere. Nothing is changed.
    """
    props = {**_decision("corrected", by, note), "correction": as_json(dict(correction))}
    row = await _one(graph, review)
    records = json.loads(row["review"]["records"])
    lookup = Lookup(graph)
    await lookup.prepare([(("Actor",), name) for name in _subjects(records, correction)])
    brought = {record["name"] for record in records if record["type"] == "actor"}

    def actor(name: str) -> str:
        return actor_id(name) if name in brought else lookup.resolve(("Actor",), name, "correction.claim.subjects")

    article = ArticleRecords(corrected(records, correction, actor), {}, "correction")
    return await _let_in(graph, row, carried_by(article), props)


def _subjects(records: Sequence[RecordMapping], correction: Mapping[str, Any]) -> list[str]:
    claim = correction.get("claim")
    given = claim.get("subjects") if isinstance(claim, Mapping) else None
    read = [name for record in records if record["type"] == "claim" for name in record.get("subjects", ())]
    return [str(name) for name in (given if isinstance(given, list | tuple) else read)]


async def reject(graph: Graph, review: str, by: str, note: str | None = None) -> None:
    """Keep the statement out of the graph, also when its article is read again.

    Raises:
        NotFound, Conflict: as :func:`accept`.
    """
    props = _decision("rejected", by, note)

    async def work(transaction: Transaction) -> None:
        stamped = {**props, "decided_at": transaction.now}
        await _lock(transaction, review, transaction.now, for_good=True)
        await transaction.run(queries.DECIDE, id=review, props=stamped)
        transaction.changes.changed.append(review)

    await graph.write(work)


def _decision(status: str, by: str, note: str | None) -> dict[str, Any]:
    try:
        who, why = _name.validate_python(by), _note.validate_python(note)
    except ValidationError as error:
        raise InvalidInput(str(error.errors()[0]["msg"]), "by, note", "Say who decides") from error
    return {"status": status, "decided_at": known_now(), "decided_by": who, "note": why}


async def _one(graph: Graph, review: str) -> Row:
    rows = await graph.read(queries.ONE, id=review)
    if not rows:
        raise NotFound(f"no review has the id {review[:60]}", "review", "List them: geokg review list")
    _check_open(review, {**rows[0], **rows[0]["review"]})
    return rows[0]


def _check_open(review: str, row: Row, *, for_good: bool = False) -> None:
    """Refuse what is decided, and, unless it is to stay out for good, what nobody should decide on any more."""
    if row["status"] != "pending":
        raise Conflict(
            f"the review {review} is {row['status']} already, by {row.get('decided_by')}",
            remedy="A decision is made once; retract the statement, or ingest the right one as a record",
        )
    if row["retracted_at"] is not None and not for_good:
        raise Conflict(f"the document of the review {review} was retracted", remedy="Restore it first")
    if row["superseded"] and not for_good:
        raise Conflict(
            f"the document of the review {review} has a newer version", remedy="Decide on what was read in that one"
        )


async def _lock(transaction: Transaction, review: str, now: str, *, for_good: bool = False) -> None:
    """Make sure that nobody else decides it, and that nobody has."""
    rows = await transaction.run(queries.LOCK, id=review, now=now)
    if not rows:
        raise NotFound(f"no review has the id {review[:60]}", "review", "List them: geokg review list")
    _check_open(review, rows[0], for_good=for_good)


async def _let_in(graph: Graph, row: Row, records: Sequence[RecordMapping], props: dict[str, Any]) -> str:
    review = row["review"]["id"]
    records = await _with_references_that_stand(graph, records)
    bundles = await _bundles(graph, review, records)
    result = _own(bundles)

    async def work(transaction: Transaction) -> str:
        now = transaction.now
        await _lock(transaction, review, now)
        await write_within(transaction, bundles, now)
        await _tie(transaction, row["review"], result, now)
        await _cite(transaction, row, now)
        await transaction.run(queries.DECIDE, id=review, props={**props, "decided_at": now, "result": result})
        transaction.changes.changed.append(review)
        return result

    return await graph.write(work)


async def _with_references_that_stand(graph: Graph, records: Iterable[RecordMapping]) -> list[RecordMapping]:
    """References to statements that are in the graph; to what went in instead of one that was corrected."""
    records = list(records)
    abouts = sorted({matter for record in records for matter in record.get("about", ())})
    rows = await graph.read(resolving.by_id("Claim"), refs=abouts)
    own = set(ArticleRecords(records, {row["id"]: row["words"] for row in rows}).ids.values())
    named = {ref for record in records for name in _REFERENCES for ref in record.get(name, ()) if ref not in own}
    there = await _in_their_place(graph.read, sorted(named))
    kept = []
    for record in records:
        changed = dict(record)
        for name in _REFERENCES:
            if name in record:
                refs = [ref if ref in own else there.get(ref) for ref in record[name]]
                changed[name] = [ref for ref in refs if ref is not None]
        kept.append(changed)
    return kept


async def _in_their_place(run: Run, identifiers: Sequence[str]) -> dict[str, str]:
    """Each of the statements that is in the graph, itself or what went in instead of it."""
    rows = await run(queries.SETTLED, ids=list(identifiers)) if identifiers else []
    found = {row["id"]: row["id"] if row["present"] else row["result"] for row in rows}
    return {identifier: there for identifier, there in found.items() if there is not None}


async def _bundles(graph: Graph, review: str, records: Iterable[RecordMapping]) -> list[Bundle]:
    """The records as ingestion would write them; nothing is written.

    Raises:
        InvalidInput: one of them cannot go in.
    """
    collected: list[Bundle] = []

    async def collect(_: Graph, bundles: Sequence[Bundle]) -> Written:
        collected.extend(bundles)
        return Written()

    items = [Item(f"{review}#{number}", record) for number, record in enumerate(records, 1)]
    pipeline = Pipeline(graph, len(items) + 1, write=collect)
    await pipeline.feed(items)
    await pipeline.finish()
    if pipeline.tally.rejected:
        reasons = "; ".join(rejected.reason for _, rejected in pipeline.tally.rejected)
        raise InvalidInput(reasons, review, "Correct it, or reject it")
    return collected


def _own(bundles: Sequence[Bundle]) -> str:
    """The id of the statement itself: the one with the quote, where it brings one of an unseen document along."""
    owners = [bundle.owner for bundle in bundles if bundle.owner is not None and bundle.owner.label == "Statement"]
    return next((owner.id for owner in owners if "quote" in owner.props), owners[0].id)


async def _tie(transaction: Transaction, review: Row, result: str, now: str) -> None:
    """Write the references that were left out while it waited, and what derives from them."""
    links = [
        {**link, "to": result if link["to"] == review["statement"] else link["to"]}
        for link in json.loads(review.get("links") or "[]")
    ]
    there = await _in_their_place(transaction.run, sorted({link[end] for link in links for end in ("statement", "to")}))
    rows = [
        _row(link["relation"], "Statement", there[link["statement"]], there[link["to"]], now)
        for link in links
        if link["statement"] in there and link["to"] in there
    ]
    await _create_missing(transaction, rows)


async def _cite(transaction: Transaction, row: Row, now: str) -> None:
    """The document cites what its statement now reports."""
    cited = row["review"].get("cites", [])
    there = await transaction.run(writing.digests("Document"), ids=cited) if cited else []
    rows = [_row("CITES", "Document", row["document"]["id"], found["id"], now) for found in there]
    await _create_missing(transaction, rows)


def _row(kind: str, label: str, start: str, end: str, now: str) -> RelationshipRow:
    props = {"id": relationship_id(kind, start, end), "recorded_at": now}
    return RelationshipRow(kind, label, start, label, end, props)


async def _create_missing(transaction: Transaction, rows: Sequence[RelationshipRow]) -> None:
    statements = sorted({row.start for row in rows if label_of(row.start) == "Statement"})
    before = {row.id for row in await derived_from(transaction.run, statements)}
    missing = []
    for row in rows:
        query = writing.relationship_exists(row.kind, row.start_label, row.end_label)
        asked = [{"start": row.start, "end": row.end, "id": row.id}]
        if not await transaction.run(query, rows=asked):
            missing.append(row)
    await create_relationships(transaction.run, missing)
    after = await derived_from(transaction.run, statements)
    await create_relationships(transaction.run, [row for row in after if row.id not in before])
