"""Which records of an article go in, and which wait for review with what they need. Pure.

A statement that waits takes along what nothing else refers to: its claim, actors that nobody knew, the document that is
known only because this one cites it. Statements that answer or relay it go in without that reference, and the review
remembers them, so that accepting it ties them together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kg.records.check import check_record
from kg.resolving.identity import identify
from schema import ids
from schema.records import ActorRecord, ClaimRecord, StatementRecord

RecordMapping = dict[str, Any]

_ORDER: Final = {"actor": 0, "document": 1, "claim": 2, "statement": 3}
_REFERENCES: Final = {"answers": "ANSWERS", "relays": "RELAYS"}
_CARRIED: Final = frozenset({"claim", "actor"})
"""Types of records that only go in when something else that goes in refers to them."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A reading that is not sure enough: the keys of its records, the one with the evidence first."""

    keys: tuple[str, ...]
    confidence: float
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What the graph knows of statements of the article already, by their ids.

    Attributes:
        present: those that stand in the graph.
        refused: those that somebody rejected or corrected, with the id of what went in instead, if anything did.
    """

    present: frozenset[str] = frozenset()
    refused: Mapping[str, str | None] = field(default_factory=dict)


class ArticleRecords:
    """The records of one article by type, found by whatever another may call them.

    Args:
        records: as :func:`kg.ingest.articles.records_of` gives them.
        words: texts of claims that are in the graph already, by id.
        where: what messages call their place.
    """

    def __init__(self, records: Iterable[RecordMapping], words: Mapping[str, str], where: str = "article") -> None:
        self.records: list[RecordMapping] = []
        self.ids: dict[int, str] = {}
        self._words = dict(words)
        self._where = where
        self._by_name: dict[str, int] = {}
        for record in sorted(records, key=lambda record: _ORDER.get(record["type"], len(_ORDER))):
            self._add(record)

    def _add(self, record: RecordMapping) -> None:
        """Take in a record; the statement of an unseen document that two sentences report is one."""
        place = len(self.records)
        if record["type"] in _ORDER:
            identifier = self._identified(record, place)
            place = self._by_name.setdefault(identifier, place)
            if key := record.get("key"):
                self._by_name.setdefault(key, place)
            self.ids[place] = identifier
            if place < len(self.records):
                for name in _REFERENCES:
                    if name in record:
                        both = [*self.records[place].get(name, ()), *record[name]]
                        self.records[place] = {**self.records[place], name: list(dict.fromkeys(both))}
                return
        self.records.append(record)

    def _identified(self, record: RecordMapping, place: int) -> str:
        checked = check_record(record, self._where)
        match checked:
            case ActorRecord():
                self._by_name[checked.name] = place
            case ClaimRecord():
                subjects = (name if ids.label_of(name) else ids.actor_id(name) for name in checked.subjects)
                checked = checked.model_copy(update={"subjects": tuple(subjects)})
            case StatementRecord():
                checked = checked.model_copy(update={"document": self.id_of(checked.document)})
            case _:
                pass
        identifier = identify(checked, lambda other: self._words.get(other, ""))
        if isinstance(checked, ClaimRecord):
            self._words[identifier] = checked.text
        return identifier

    def place_of(self, name: str) -> int | None:
        """Which record has this id, key or name."""
        return self._by_name.get(name)

    def id_of(self, name: str) -> str:
        """The id behind an id, key or name; the name itself where no record of the article has it."""
        place = self.place_of(name)
        return self.ids[place] if place is not None else name

    def named_by(self, place: int) -> set[int]:
        """The records that one refers to, whichever its fields; what a document cites does not count."""
        values = {name: value for name, value in self.records[place].items() if name not in ("cites", "text", "quote")}
        found = (self.place_of(text) for text in _texts(values))
        return {other for other in found if other is not None and other != place}


def _texts(value: Any) -> Iterable[str]:
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from _texts(each)
        case list() | tuple():
            for each in value:
                yield from _texts(each)
        case _:
            pass


def carried_by(article: ArticleRecords) -> list[RecordMapping]:
    """The statements, and of the other records those that they need."""
    statements = {place for place, record in enumerate(article.records) if record["type"] == "statement"}
    return [article.records[place] for place in sorted(_reached(article, statements, statements))]


def _reached(
    article: ArticleRecords, roots: Iterable[int], statements: Collection[int], stop: Collection[int] = ()
) -> set[int]:
    """The roots and whatever they refer to; statements are roots or not, never reached."""
    reached: set[int] = set()
    front = list(roots)
    while front:
        place = front.pop()
        if place not in reached and place not in stop:
            reached.add(place)
            front += article.named_by(place).difference(statements)
    return reached


@dataclass(frozen=True, slots=True)
class Parted:
    """What goes in, and the reviews of what waits."""

    records: list[RecordMapping]
    reviews: list[RecordMapping]


def part(
    article: ArticleRecords, doubtful: Sequence[Doubtful], sure: Collection[str], settled: Settled, threshold: float
) -> Parted:
    """Part the records that go in from those that wait.

    Args:
        article: the records; each id that they are known by.
        doubtful: readings below the threshold.
        sure: keys of the records of all other readings.
        settled: what was decided about statements of the article before.
        threshold: the threshold, which the reviews tell.
    """
    return _Parting(article, settled).part(doubtful, sure, threshold)


class _Parting:
    def __init__(self, article: ArticleRecords, settled: Settled) -> None:
        self._article = article
        self._settled = settled
        self._statements = {p for p, record in enumerate(article.records) if record["type"] == "statement"}
        self._unseen = {p for p, r in enumerate(article.records) if r["type"] == "document" and not r.get("seen", True)}

    def part(self, doubtful: Sequence[Doubtful], sure: Collection[str], threshold: float) -> Parted:
        article = self._article
        held = {place for place in self._statements if article.ids[place] in self._settled.refused}
        certain = {self._place(key) for key in sure}
        held |= {self._place(key) for each in doubtful for key in each.keys} - certain
        held |= self._left_alone(held)
        if not held:
            return Parted(article.records, [])
        open_ = {self._place(each.keys[0]): each for each in doubtful if self._is_open(each)}
        going = self._reached(
            p for p, record in enumerate(article.records) if p not in held and not self._is_carried(p, record)
        )
        links = self._links(held)
        return Parted(
            [self._going(place, going, held) for place in sorted(going)],
            [self._review(each, going, set(open_), links, threshold) for each in open_.values()],
        )

    def _place(self, key: str) -> int:
        place = self._article.place_of(key)
        assert place is not None
        return place

    def _left_alone(self, held: set[int]) -> set[int]:
        """Statements of unseen documents that nothing would relay: no quote would stand behind them."""
        relayed = {other for p in self._statements - held for other in self._references(p, "relays")}
        return {place for place in self._statements - held if self._quoteless(place) and place not in relayed}

    def _quoteless(self, place: int) -> bool:
        return "quote" not in self._article.records[place]

    def _is_open(self, each: Doubtful) -> bool:
        """Whether nobody has decided, and the statement is not in the graph by another way."""
        identifier = self._article.ids[self._place(each.keys[0])]
        return identifier not in self._settled.present and identifier not in self._settled.refused

    def _is_carried(self, place: int, record: RecordMapping) -> bool:
        return record["type"] in _CARRIED or place in self._unseen

    def _references(self, place: int, name: str) -> list[int]:
        found = (self._article.place_of(key) for key in self._article.records[place].get(name, ()))
        return [other for other in found if other is not None]

    def _reached(self, roots: Iterable[int], stop: Collection[int] = ()) -> set[int]:
        return _reached(self._article, roots, self._statements, stop)

    def _links(self, held: set[int]) -> dict[str, list[dict[str, str]]]:
        """References of statements to those that wait, by the id of the one that waits."""
        links: dict[str, list[dict[str, str]]] = defaultdict(list)
        for place in sorted(self._statements):
            for name, relation in _REFERENCES.items():
                for other in self._references(place, name):
                    if other in held:
                        source, target = self._article.ids[place], self._article.ids[other]
                        links[target].append({"statement": source, "relation": relation, "to": target})
        return links

    def _going(self, place: int, going: set[int], held: set[int]) -> RecordMapping:
        """A record that goes in, without the references to those that wait."""
        record = dict(self._article.records[place])
        if record["type"] == "document" and "cites" in record:
            spoken_in = {self._article.records[p]["document"] for p in going & self._statements}
            record["cites"] = [cited for cited in record["cites"] if cited in spoken_in]
        if record["type"] == "statement":
            for name in _REFERENCES:
                if name in record:
                    record[name] = [kept for key in record[name] if (kept := self._kept(key, held)) is not None]
        return {name: value for name, value in record.items() if value != []}

    def _kept(self, key: str, held: set[int]) -> str | None:
        """A reference as it is, or to what went in instead; None where that is not in the graph."""
        place = self._article.place_of(key)
        if place is None or place not in held:
            return key
        identifier = self._article.ids[place]
        if identifier in self._settled.refused:
            return self._settled.refused[identifier]
        return identifier if identifier in self._settled.present else None

    def _review(
        self,
        each: Doubtful,
        going: set[int],
        own: set[int],
        links: Mapping[str, list[dict[str, str]]],
        threshold: float,
    ) -> RecordMapping:
        article = self._article
        place = self._place(each.keys[0])
        inner = [p for key in each.keys[1:] if (p := self._place(key)) not in own | going]
        inner += [
            p for p in self._references(place, "relays") if p not in own | going | set(inner) and self._quoteless(p)
        ]
        carried = self._reached([place, *inner], going) - {place, *inner}
        order = [*sorted(carried), *inner, place]
        records = [self._standing_alone(article.records[p]) for p in order]
        document = next(p for p, r in enumerate(article.records) if r["type"] == "document" and p not in self._unseen)
        review: RecordMapping = {
            "type": "review",
            "document": article.ids[document],
            "statement": article.ids[place],
            "quote": each.quote,
            "start": each.start,
            "end": each.end,
            "confidence": round(each.confidence, 3),
            "threshold": threshold,
            "records": records,
            "links": [link for p in (place, *inner) for link in links.get(article.ids[p], ())],
            "cites": sorted({r["document"] for r in records if r["type"] == "statement"} - {article.ids[document]}),
        }
        return {name: value for name, value in review.items() if value != []}

    def _standing_alone(self, record: RecordMapping) -> RecordMapping:
        """The record with ids in the place of keys, so that it means the same at any later time."""
        alone = {name: value for name, value in record.items() if name != "key"}
        if record["type"] == "statement":
            alone["document"] = self._article.id_of(record["document"])
            for name in _REFERENCES:
                if name in record:
                    alone[name] = [self._article.id_of(key) for key in record[name]]
        return alone
