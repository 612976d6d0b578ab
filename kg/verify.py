"""Check every invariant of a graph; what is found is told, never mended."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from pydantic import BaseModel, ValidationError

from kg.cypher import evidence as evidence_queries
from kg.cypher import verifying as queries
from kg.engine.graph import Graph
from kg.export import RecordMapping, export_records
from kg.graph_schema import current_version
from kg.identity.current import Ledger, read_ledger
from kg.ledger.identity import identity_of
from kg.ledger.rules import clashes, in_words
from kg.resolving.identity import identify
from kg.writing.rebuild import expected_relationships
from schema.errors import InvalidInput
from schema.graph import SCHEMA_VERSION
from schema.ontology import ontology
from schema.records import Record, StatementRecord, record_adapter


class Fault(BaseModel):
    """One broken invariant."""

    invariant: str
    id: str
    what: str


class Verification(BaseModel):
    """What was checked, and what is broken."""

    engine: str
    records: int
    quotes: int
    derived: int
    faults: list[Fault]

    @property
    def sound(self) -> bool:
        """Whether nothing is broken."""
        return not self.faults


async def verify(graph: Graph) -> Verification:
    """Check ids, offsets, intervals, derived relationships, loose ends, and that nothing is there twice.

    Texts of documents are held one page at a time; ids and words of claims are held throughout.
    """
    checker = _Checker(graph)
    faults = [fault async for fault in checker.faults()]
    return Verification(
        engine=graph.name, records=checker.records, quotes=checker.quotes, derived=checker.derived, faults=faults
    )


class _Checker:
    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._words: dict[str, str] = {}
        self._unreadable: set[str] = set()
        self.records = 0
        self.quotes = 0
        self.derived = 0

    async def faults(self) -> AsyncIterator[Fault]:
        version = await current_version(self._graph)
        if version != SCHEMA_VERSION:
            yield Fault(invariant="schema", id="schema", what=f"version {version}, not {SCHEMA_VERSION}")
        async for mapping in export_records(self._graph):
            self.records += 1
            for fault in self._of_record(mapping):
                yield fault
        async for fault in self._quotes():
            yield fault
        for query in queries.LOOSE_ENDS:
            for row in await self._graph.read(query):
                yield Fault(invariant="loose end", id=row["id"], what=query.name)
        for fault in _ledger_faults(await read_ledger(self._graph.read)):
            yield fault
        for kind in ontology().relationships:
            for row in await self._graph.read(queries.twice(kind)):
                yield Fault(invariant="twice", id=str(row["id"]), what=f"{kind} is there {row['n']} times")
        async for fault in self._derived():
            yield fault

    def _of_record(self, mapping: RecordMapping) -> Iterator[Fault]:
        identifier = str(mapping.get("id", "?"))
        try:
            record: Record = record_adapter.validate_python(mapping)
            self._words[identifier] = str(mapping.get("text") or mapping.get("title") or mapping.get("name") or "")
            identify(record, lambda other: self._words.get(other, ""))
        except ValidationError as error:
            self._unreadable.add(identifier)
            yield Fault(invariant="record", id=identifier, what=str(error.errors()[0]["msg"]))
        except InvalidInput as error:
            yield Fault(invariant="id", id=identifier, what=error.what)
        else:
            yield from _interval_faults(record, identifier)
            if isinstance(record, StatementRecord) and not record.anonymous and record.actor is None:
                yield Fault(invariant="speaker", id=identifier, what="it names a speaker and no actor made it")

    async def _quotes(self) -> AsyncIterator[Fault]:
        for query in queries.QUOTES:
            after = ""
            while rows := await self._graph.read(query, after=after, limit=500):
                after = rows[-1]["id"]
                for row in rows:
                    self.quotes += 1
                    if (row["text"] or "")[row["start"] : row["end"]] != row["quote"]:
                        yield Fault(invariant="offsets", id=row["id"], what="the text there is not the quote")

    async def _derived(self) -> AsyncIterator[Fault]:
        expected = await expected_relationships(self._graph, self._unreadable)
        self.derived = len(expected)
        there = set()
        for kind in ontology().derived():
            for row in await self._graph.read(evidence_queries.all_derived(kind)):
                identifier = row["props"]["id"]
                there.add(identifier)
                wanted = expected.get(identifier)
                if wanted is None:
                    yield Fault(invariant="derived", id=identifier, what=f"{kind} without evidence")
                elif (wanted.start, wanted.end, wanted.props) != (row["start"], row["end"], row["props"]):
                    yield Fault(invariant="derived", id=identifier, what=f"{kind} differs from its evidence")
        for identifier in sorted(expected.keys() - there):
            yield Fault(invariant="derived", id=identifier, what=f"{expected[identifier].kind} is missing")


def _ledger_faults(ledger: Ledger) -> Iterator[Fault]:
    if ledger.decisions and ledger.head is None:
        yield Fault(
            invariant="ledger", id="schema", what="there are decisions and no head, so that no question sees them"
        )
    known = {each.id for each in ledger.decisions}
    for each in ledger.decisions:
        for end in each.pair:
            if end and end not in ledger.refs:
                yield Fault(invariant="ledger", id=each.id, what=f"it is on {end}, which is not in the graph")
        for revoked in each.revokes:
            if revoked not in known:
                yield Fault(invariant="ledger", id=each.id, what=f"it revokes {revoked}, which is not in the graph")
    for chain in clashes(identity_of(ledger.decisions)):
        yield Fault(invariant="ledger", id=chain[0].decision.id, what=f"kept apart and joined: {in_words(chain)}")


def _interval_faults(record: Record, identifier: str) -> Iterator[Fault]:
    if record.recorded_at is None:
        yield Fault(invariant="interval", id=identifier, what="it does not say when it was recorded")
    elif record.retracted_at is not None and record.retracted_at <= record.recorded_at:
        yield Fault(invariant="interval", id=identifier, what="it was retracted before it was recorded")
    for interval in record.past:
        start, _, end = interval.partition("/")
        if not start < end:
            yield Fault(
                invariant="interval", id=identifier, what=f"the interval {interval!r} does not end after it begins"
            )


__all__ = ["Fault", "Verification", "verify"]
