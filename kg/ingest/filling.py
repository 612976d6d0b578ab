"""Fill in what follows from what a record names: outlets, dates, offsets of quotes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from kg.resolving.lookup import Lookup
from kg.resolving.offsets import located, place_evidence, place_statement
from schema.errors import InvalidInput
from schema.ids import label_of
from schema.ontology import ontology
from schema.record_base import Evidence
from schema.records import (
    DocumentRecord,
    EventRecord,
    PolicyRecord,
    Record,
    RelationshipRecord,
    ReviewRecord,
    StatementRecord,
    StatusStep,
)

COMPLETED: Final = frozenset({"document", "statement", "review"})
"""Types whose records are completed before they are identified."""


class Filling:
    """Fills in records of one run.

    Args:
        lookup: what is known.
        written: waits until all that was handed over is written, so that the graph can be asked for it.
    """

    def __init__(self, lookup: Lookup, written: Callable[[], Awaitable[None]]) -> None:
        self._lookup = lookup
        self._written = written

    async def completed(self, record: Record) -> Record:
        """A record with what its id needs: a document's outlet, a statement's offsets and date.

        Raises:
            InvalidInput: a quote does not stand where it is said to.
        """
        if isinstance(record, DocumentRecord) and record.publisher and not record.publisher_name:
            return record.model_copy(update={"publisher_name": self._lookup.words_of(record.publisher)})
        if isinstance(record, ReviewRecord):
            await self._fetch(record.document)
            located(record.quote, record.start, record.end, self._lookup.text_of(record.document))
        if isinstance(record, StatementRecord):
            await self._fetch(record.document)
            text = self._lookup.text_of(record.document)
            placed = place_statement(record, text, seen=bool(text))
            if placed.asserted_at is None:
                return placed.model_copy(update={"asserted_at": self._lookup.published_at(record.document)})
            return placed
        return record

    async def with_evidence(self, record: Record) -> Record:
        """A record with the offsets of its evidence.

        Args:
            record: with ids in place of all references.

        Raises:
            InvalidInput: a quote does not stand where it is said to, or a relationship goes between other things than
                its type does.
        """
        if isinstance(record, EventRecord | PolicyRecord):
            if record.evidence:
                record = await self._documented(record)
            if isinstance(record, PolicyRecord) and any(step.evidence for step in record.statuses):
                steps = tuple([await self._step(step) for step in record.statuses])
                return record.model_copy(update={"statuses": steps})
        elif isinstance(record, RelationshipRecord):
            _check_ends(record)
            if record.evidence:
                return record.model_copy(update={"evidence": await self._placed(record.evidence)})
        return record

    async def _documented(self, record: EventRecord | PolicyRecord) -> EventRecord | PolicyRecord:
        return record.model_copy(update={"evidence": tuple([await self._placed(e) for e in record.evidence])})

    async def _step(self, step: StatusStep) -> StatusStep:
        if step.evidence is None:
            return step
        return step.model_copy(update={"evidence": await self._placed(step.evidence)})

    async def _placed(self, evidence: Evidence) -> Evidence:
        if evidence.document is None:
            return evidence
        await self._fetch(evidence.document)
        return place_evidence(evidence, self._lookup.text_of(evidence.document))

    async def _fetch(self, document: str) -> None:
        """Have a document's text at hand: of this run, or of the graph."""
        if not self._lookup.has_text(document):
            await self._written()
            await self._lookup.fetch_document(document)


def _check_ends(record: RelationshipRecord) -> None:
    row = ontology().relationships[record.relation]
    for name, labels in (("source", row.from_), ("target", row.to)):
        label = label_of(getattr(record, name))
        if label not in labels:
            raise InvalidInput(
                f"{name}: {record.relation} goes from {' or '.join(row.from_)} to {' or '.join(row.to)}, "
                f"and this is a {label}",
                remedy="Use another relation, or turn the two round",
            )
