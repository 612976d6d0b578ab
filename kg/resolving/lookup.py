"""Resolve: what references mean, from the records of this run and from the graph."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.cypher import resolving as queries
from kg.engine.graph import Graph
from kg.engine.query import Query
from kg.writing.bundles import document_source
from schema.errors import InvalidInput
from schema.ids import actor_id, label_of, normalise_name
from schema.ontology import ontology
from schema.records import (
    ActorRecord,
    ClaimRecord,
    DecisionRecord,
    DocumentRecord,
    EventRecord,
    PolicyRecord,
    Record,
    StatementRecord,
    TopicRecord,
)

_WEIGHT: Final = 600
"""Bytes that one more thing, name or question takes to remember, besides its characters."""
_FULL: Final = 24_000_000
"""Bytes of what is remembered from which on it is forgotten as soon as it is written."""
_MEANT: Final = 20_000
"""References whose meaning is remembered as they stand."""

LABEL_OF: dict[type, str] = {
    ActorRecord: "Actor",
    TopicRecord: "Topic",
    DocumentRecord: "Document",
    ClaimRecord: "Claim",
    StatementRecord: "Statement",
    PolicyRecord: "Policy",
    EventRecord: "Event",
    DecisionRecord: "Decision",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What a reference names.

    Attributes:
        id: its id.
        words: its name, text or title.
        canonical: whether it was named by its own name, not by an alias.
        alone: whether that name needs no context to stand for it.
    """

    id: str
    words: str
    canonical: bool = True
    alone: bool = True


class Unresolved(InvalidInput):
    """A reference names nothing that is known by now; it may be known later."""


class Lookup:
    """Names and keys to ids: first those of this run, then those of the graph.

    What the graph can be asked again is forgotten from time to time (:meth:`forget_written`), so that a run of any
    length needs the same memory.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._ids: dict[str, Found] = {}
        self._found: dict[tuple[str, str], dict[str, Found]] = defaultdict(dict)
        self._noted: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._meant: dict[tuple[tuple[str, ...], str], str] = {}
        self._texts: dict[str, str] = {}
        self._published: dict[str, str | None] = {}
        self._sources: dict[str, list[str]] = defaultdict(list)
        self._learned: Counter[str] = Counter()
        self._in_graph: set[str] = set()
        self._asked: set[tuple[str, str]] = set()
        self._weight = 0
        self._unnumbered: dict[str, Found] = {}
        """Policies of this run without a number: the graph cannot be asked for them by title."""
        self.learned_keys: dict[str, str] = {}
        """Handles that records of this run gave to what was there already: the graph does not know them."""

    def learn(self, record: Record, identifier: str) -> None:
        """Remember a record of this run under its id, key and names."""
        label = LABEL_OF.get(type(record))
        if label is None:
            return
        found = Found(identifier, _words_of(record))
        self._know(found)
        self._learned[identifier] += 1
        if record.key:
            self._note(label, record.key, found)
        match record:
            case ActorRecord():
                self._note(label, normalise_name(record.name), found)
                for alias in record.aliases:
                    other = Found(identifier, found.words, canonical=False, alone=_alone(alias.kind))
                    self._note(label, normalise_name(alias.name), other)
            case TopicRecord():
                self._note(label, record.name, found)
            case PolicyRecord():
                for name in (record.number, record.title):
                    if name:
                        self._note(label, name, found)
                if not record.number:
                    self._unnumbered[identifier] = found
            case DocumentRecord():
                self._texts[identifier] = record.text or ""
                self._published[identifier] = record.published_at
                self._sources[document_source(record)].append(identifier)
            case _:
                pass

    def _know(self, found: Found) -> None:
        self._ids[found.id] = found
        self._weight += _WEIGHT + len(found.words)

    def _note(self, label: str, reference: str, found: Found) -> None:
        place = (label, reference)
        there = self._found[place].setdefault(found.id, found)
        if found.alone and not there.alone:
            self._found[place][found.id] = found
        self._noted[found.id].add(place)
        self._meant.clear()
        self._weight += _WEIGHT + len(reference)

    def forget(self, identifier: str) -> None:
        """Take back what was learned of a record of this run that does not go in after all.

        What the graph or another record of this run says of the same thing stays.
        """
        self._learned[identifier] -= 1
        if self._learned[identifier] > 0 or identifier in self._in_graph:
            return
        for versions in self._sources.values() if label_of(identifier) == "Document" else ():
            versions[:] = [version for version in versions if version != identifier]
        self._ids.pop(identifier, None)
        self._unnumbered.pop(identifier, None)
        self._meant.clear()
        for place in self._noted.pop(identifier, ()):
            self._found[place].pop(identifier, None)

    def forget_texts(self, documents: Iterable[str]) -> None:
        """Let go of the texts of documents, which the graph has by now."""
        for identifier in documents:
            self._texts.pop(identifier, None)

    @property
    def full(self) -> bool:
        """Whether so much is remembered that it is time to :meth:`forget_written`."""
        return self._weight > _FULL

    def forget_written(self) -> None:
        """Forget all that the graph can be asked; to be called when all that was learned is written."""
        for kept in (self._ids, self._found, self._noted, self._meant, self._texts, self._published, self._sources):
            kept.clear()
        self._learned.clear()
        self._in_graph.clear()
        self._asked.clear()
        for found in self._unnumbered.values():
            self._ids[found.id] = found
            self._note("Policy", found.words, found)
        self._weight = 0

    async def prepare(self, references: Iterable[tuple[tuple[str, ...], str]]) -> None:
        """Ask the graph for the references that this run does not define, a few queries for all of them."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for labels, reference in references:
            for label in labels:
                if (label, reference) not in self._asked:
                    self._asked.add((label, reference))
                    self._weight += _WEIGHT + len(reference)
                    if label_of(reference) in (None, label):
                        wanted[label].add(reference)
        for label, found in wanted.items():
            known = [ref for ref in found if label_of(ref) == label]
            named = [ref for ref in found if label_of(ref) is None]
            await self._ask(label, queries.by_id(label), known, known)
            await self._ask(label, queries.by_key(label), named, named)
            if (by_name := queries.BY_NAME.get(label)) is not None:
                await self._ask(label, by_name, named, [_name_form(label, ref) for ref in named])

    async def _ask(self, label: str, query: Query, references: list[str], forms: list[str]) -> None:
        if not references:
            return
        back = defaultdict(set)
        for reference, form in zip(references, forms, strict=True):
            back[form].add(_name_form(label, reference))
        for row in await self._graph.read(query, refs=list(back)):
            found = Found(row["id"], row["words"], row.get("canonical", True), _alone(row.get("alias_kind", "name")))
            if found.id not in self._ids:
                self._know(Found(found.id, found.words))
            self._in_graph.add(found.id)
            for reference in back[row["ref"]]:
                self._note(label, reference, found)

    def actor_meant(self, name: str, own: str) -> str | None:
        """The one actor that has this name already, where the name is not that of ``own`` and needs no context."""
        found = self._found.get(("Actor", normalise_name(name)), {})
        if own in found or len(found) != 1:
            return None
        return next((each.id for each in found.values() if each.alone), None)

    def other_actor(self, key: str, own: str) -> Found | None:
        """An actor other than ``own`` that has this key."""
        return next((each for each in self._found.get(("Actor", key), {}).values() if each.id != own), None)

    def learn_key(self, key: str, identifier: str) -> None:
        """Remember the handle that a record of this run gives to what is there already."""
        self.learned_keys[key] = identifier
        self._meant.clear()

    def _candidates(self, labels: tuple[str, ...], reference: str) -> dict[str, Found]:
        candidates: dict[str, Found] = {}
        if (of_id := label_of(reference)) is not None:
            if of_id in labels and reference in self._ids:
                candidates[reference] = self._ids[reference]
            return candidates
        for label in labels:
            candidates |= self._found.get((label, reference), {})
            candidates |= self._found.get((label, _name_form(label, reference)), {})
        there = self.learned_keys.get(reference)
        if there is not None and label_of(there) in labels:
            candidates.setdefault(there, Found(there, self.words_of(there)))
        return candidates

    def resolve(self, labels: tuple[str, ...], reference: str, field: str) -> str:
        """The id that a reference means.

        Raises:
            Unresolved: nothing has that id, key or name.
            InvalidInput: it names more than one thing.
        """
        if (meant := self._meant.get((labels, reference))) is not None:
            return meant
        candidates = self._candidates(labels, reference)
        if len(candidates) > 1:
            own = {identifier: found for identifier, found in candidates.items() if found.canonical}
            plain = actor_id(reference)  # who has just the name goes before those whom a qualifier tells apart
            candidates = {plain: own[plain]} if plain in own else own if len(own) == 1 else candidates
        if len(candidates) == 1:
            [meant] = candidates
            if len(self._meant) < _MEANT:
                self._meant[labels, reference] = meant
            return meant
        what = " or ".join(label.lower() for label in labels)
        if candidates:
            names = ", ".join(f"{found.words[:60]} ({found.id})" for found in candidates.values())
            raise InvalidInput(f"{field}: {reference[:60]!r} names more than one {what}: {names}", remedy="Use the id")
        raise Unresolved(
            f"{field}: no record defines the {what} {reference[:60]!r}", remedy=self._nearest(labels, reference)
        )

    def _nearest(self, labels: tuple[str, ...], reference: str) -> str:
        form = normalise_name(reference[:80])
        names = {name: found for (label, name), found in self._found.items() if label in labels}
        near = difflib.get_close_matches(form, list(names)[:20_000], n=1, cutoff=0.75)
        if near and names[near[0]]:
            return f"Did you mean {next(iter(names[near[0]].values())).words[:80]!r}?"
        return "Write a record that defines it, before or beside this one"

    def words_of(self, identifier: str) -> str:
        """The name, text or title of what has this id."""
        return found.words if (found := self._ids.get(identifier)) else ""

    def has_text(self, document: str) -> bool:
        """Whether the text of a document is at hand."""
        return document in self._texts

    async def fetch_document(self, document: str) -> None:
        """Bring the text of a document that is in the graph."""
        for row in await self._graph.read(queries.DOCUMENT_TEXTS, ids=[document]):
            self._texts[row["id"]] = row["text"] or ""
            self._published[row["id"]] = row["published_at"]
            self._weight += len(self._texts[row["id"]])

    def text_of(self, document: str) -> str:
        """The text of a document, "" where it was not seen."""
        return self._texts.get(document, "")

    def published_at(self, document: str) -> str | None:
        """The date of a document."""
        return self._published.get(document)

    async def earlier_versions(self, documents: Iterable[tuple[str, DocumentRecord]]) -> dict[str, str]:
        """For each document, the version before it in the graph or in this run, if there is one.

        A version that is in the graph keeps its place; a new one follows the newest.
        """
        by_source = defaultdict(list)
        for identifier, record in documents:
            by_source[document_source(record)].append(identifier)
        before: dict[str, str | None] = {}
        newest: dict[str, str] = {}
        for row in await self._graph.read(queries.VERSIONS, sources=list(by_source)):
            if row["id"] not in self._ids:
                self._know(Found(row["id"], ""))
            self._in_graph.add(row["id"])
            before[row["id"]] = row["before"]
            if not row["revised"]:
                newest[row["source"]] = row["id"]
        for source, identifiers in by_source.items():
            order = [version for version in dict.fromkeys(self._sources[source]) if version not in before]
            before |= zip(order, [newest.get(source), *order], strict=False)
            before |= {identifier: before.get(identifier) for identifier in identifiers}
        return {identifier: earlier for identifier, earlier in before.items() if earlier is not None}


def _name_form(label: str, reference: str) -> str:
    """Actors' names are compared folded, all others as they are."""
    return normalise_name(reference) if label == "Actor" and label_of(reference) is None else reference


def _alone(alias_kind: str) -> bool:
    return ontology().alias_kinds[alias_kind].links_alone


def _words_of(record: Record) -> str:
    match record:
        case ActorRecord() | TopicRecord():
            return record.name
        case ClaimRecord():
            return record.text
        case DocumentRecord() | PolicyRecord() | EventRecord():
            return record.title
        case StatementRecord():
            return record.content or record.speaker
        case _:
            return ""
