"""From what the reader found in an article to records: who said it, about which claim, in answer to what. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kg.reading.article import Article
from kg.reading.model import Affiliation, Reading, Source, Statement
from kg.resolving.claims import KnownClaim, same_claim
from kg.resolving.lexicon import kind_of_name
from schema import ids
from schema.ontology import ontology

RecordMapping = dict[str, Any]

_NAME = re.compile(
    r"(?:the\s+)?((?:[A-ZÀ-Þ][\w&.'’-]*)(?:\s+(?:(?:of|and|the|for|de|al|von|van)\s+){0,2}[A-ZÀ-Þ][\w&.'’-]*)*)"
)
_DETERMINER = re.compile(r"^(?:the|a|an|this|that|its|their|his|her|our)\s+", re.IGNORECASE)
_PLURAL = re.compile(r"\b(?:claims|allegations|accusations|charges|assertions|suggestions|reports)\b", re.IGNORECASE)
_MAX_NAME: Final = 200
_PRONOUNS: Final = frozenset({"it", "they", "thi", "that", "which", "who"})
"""What :func:`_noun` makes of the words that stand for a document named before."""
_REFERRING: Final = frozenset({"denies", "concedes", "supports", "withdraws", "declines", "doubts"})
"""Stances of acts that speak to what somebody else put forward."""


@dataclass(frozen=True, slots=True)
class UnseenDocument:
    """A document that is known only because others cite it: who issued it, and which claims it makes."""

    id: str
    issuers: frozenset[str]
    claims: frozenset[str]


@dataclass(frozen=True, slots=True)
class Context:
    """What the graph knows about the actors of an article."""

    claims: Sequence[KnownClaim] = ()
    memos: Sequence[UnseenDocument] = ()


@dataclass
class Names:
    """Finds actors by name, and notes those that nobody knows yet.

    ``find`` answers for a name the actor's canonical name or, where that does not tell who it is, the id; or None.
    """

    find: Callable[[str], str | None]
    provisional: dict[str, RecordMapping] = field(default_factory=dict)

    def actor(self, name: str | None, kind: str = "other") -> str | None:
        """The canonical name of the actor that a name means; an unknown proper name becomes a provisional actor."""
        if name is None:
            return None
        cleaned = _proper_name(name)
        if found := self.find(name) or (cleaned and self.find(cleaned)):
            return found
        if cleaned is None:
            return None
        kind = (kind_of_name(cleaned) or kind) if kind == "other" else kind
        record = {"type": "actor", "name": cleaned, "kind": kind, "provisional": True}
        if self.provisional.setdefault(cleaned, record)["kind"] == "other":  # the words elsewhere told no kind
            self.provisional[cleaned] = record
        return cleaned


def _proper_name(name: str) -> str | None:
    """The name without its article, if it looks like one; None for pronouns, phrases and the like."""
    match = _NAME.fullmatch(" ".join(name.split()).removesuffix("'s").removesuffix("’s"))
    if match is None or len(match[1]) > _MAX_NAME or match[1].lower() in ("i", "we", "it", "he", "she", "they"):
        return None
    return match[1]


class _Writer:
    """Writes the records of one article."""

    def __init__(self, article: Article, reading: Reading, names: Names, context: Context) -> None:
        self.article = article
        self.reading = reading
        self.names = names
        self.known = list(context.claims)
        self.known_memos = context.memos
        self.records: list[RecordMapping] = []
        self.claim_of: dict[int, str] = {}
        self.answered: dict[int, list[int]] = {}
        self.statement_of: dict[int, str] = {}
        self.keys_of: dict[int, tuple[str, ...]] = {}
        self.issuers: dict[str, str] = {}
        self.memos: dict[tuple[str, str], str] = {}
        self.prefix = "read-" + ids.digest(article.url or "", article.title or "", article.text)[:16]
        self.document = f"{self.prefix}-document"
        self.outlet = names.actor(article.outlet, "media")

    def write(self) -> list[RecordMapping]:
        statements = self.reading.statements
        cites: list[str] = []
        self.answered = {index: self._answered(index) for index in range(len(statements))}
        order = sorted(range(len(statements)), key=lambda i: (self._depth(i), i))
        for index in order:
            self.claim_of[index] = self._claim(index)
        for statement in statements:
            if statement.source is not None and statement.source.kind == "document":
                self._issuer(statement.source)
        for index in order:
            self._statement(index, cites)
        for affiliation in self.reading.affiliations:
            self._affiliation(affiliation)
        document: RecordMapping = {
            "type": "document",
            "key": self.document,
            "title": self.article.title or _first_line(self.article.text),
            "kind": self.article.kind if self.article.kind in ontology().document_kinds else "article",
            "publisher": self.outlet,
            "publisher_name": self.article.outlet,
            "url": self.article.url,
            "language": self.reading.language or None,
            "published_at": self.article.published,
            "authors": list(self.article.authors),
            "text": self.article.text,
            "cites": cites,
        }
        filled = {name: value for name, value in document.items() if value not in (None, [], "")}
        return [*self.names.provisional.values(), filled, *self.records]

    def _depth(self, index: int) -> int:
        """How many statements must be written before this one: what it relays or answers, and what those do."""
        depth, seen, front = 0, {index}, self._needs(index)
        while front := [i for i in front if i not in seen]:
            seen.update(front)
            depth += 1
            front = [needed for i in front for needed in self._needs(i)]
        return depth

    def _needs(self, index: int) -> list[int]:
        relays = self.reading.statements[index].relays
        return [*self.answered[index], *([] if relays is None else [relays])]

    def _refers(self, statement: Statement) -> bool:
        return ontology().acts[statement.act].stance in _REFERRING

    def _answered(self, index: int) -> list[int]:
        """The statements that one answers: "the allegations" are all that the same speaker has alleged so far."""
        statement = self.reading.statements[index]
        first = statement.answers
        if first is None:
            return []
        content = statement.content.text if statement.content else ""
        if not self._refers(statement) or not (content == "" or _PLURAL.search(content)):
            return [first]
        voice = self._voice(first)
        alleged = [
            i
            for i, other in enumerate(self.reading.statements)
            if i != first and other.start <= statement.start and other.act == "allege" and self._voice(i) == voice
        ]
        return [first, *alleged] if voice else [first]

    def _voice(self, index: int) -> tuple[str, str] | None:
        """Who speaks, as far as it matters for what belongs together: the document and its issuer, or the actor."""
        source = self.reading.statements[index].source
        if source is None:
            return None
        if source.kind == "document":
            return ("document", self._issuer(source) or self._noun(source))
        name = source.actor or source.name
        return ("actor", name) if name else None

    def _claim(self, index: int) -> str:
        """The claim that a statement is about: that of what it relays or speaks to, a known one, or a new one."""
        statement = self.reading.statements[index]
        if statement.relays is not None and statement.relays in self.claim_of:
            return self.claim_of[statement.relays]
        if self._refers(statement) and self.answered[index]:
            return self.claim_of[self.answered[index][0]]
        subject = self.names.actor(statement.claim.subject_actor or statement.claim.subject)
        target = self.names.actor(statement.claim.object_actor)
        text = _unquoted(statement.claim.text or statement.quote)
        subject_ids = [_id_of(subject)] if subject else []
        if found := same_claim(text, subject_ids, self.known):
            return found.id
        claim: RecordMapping = {"type": "claim", "text": text, "kind": _claim_kind(statement.act)}
        if subject:
            claim["subjects"] = [subject]
        if target and target != subject:
            claim["objects"] = [target]
        identifier = ids.claim_id(text, subject_ids)
        self.records.append(claim)
        self.known.append(KnownClaim(identifier, text, frozenset(subject_ids)))
        return identifier

    def _statement(self, index: int, cites: list[str]) -> None:
        statement = self.reading.statements[index]
        source = statement.source
        key = f"{self.prefix}-s{index}"
        common: RecordMapping = {
            "type": "statement",
            "act": statement.act,
            "manner": statement.manner,
            "about": self._about(index),
            "content": statement.content.text if statement.content else None,
            "certainty": statement.certainty or None,
            "hedges": list(statement.hedges),
            "confidence": round(statement.confidence, 3),
            "method": "geokg reader",
            "method_version": self.reading.method,
            "asserted_at": statement.asserted_at,
            "capacity": statement.capacity,
            **self._speaker(statement),
        }
        targets = [self.statement_of[i] for i in self.answered[index] if i in self.statement_of]
        relayed = [self.statement_of[i] for i in (statement.relays,) if i is not None and i in self.statement_of]
        placed = {
            "quote": statement.quote,
            "start": statement.start,
            "end": statement.end,
            "spans": [list(s) for s in statement.spans if statement.start <= s[0] < s[1] <= statement.end],
        }
        if source is not None and source.kind == "document" and (issuer := self._issuer(source)):
            memo = self._memo(source, issuer, self.claim_of[index], cites)
            # The same whoever reports it, so that the statement is one and every report relays it.
            inner = "unseen-" + ids.digest(memo, statement.act, self.claim_of[index])[:16]
            said = {name: common[name] for name in ("type", "act", "manner", "about", "method", "method_version")}
            self._add({**said, "key": inner, "document": memo, "speaker": issuer, "actor": issuer, "answers": targets})
            self.keys_of[index] = (inner,)
            if not any(s.relays == index for s in self.reading.statements):
                self.keys_of[index] = (key, inner)
                voice = {"speaker": self.article.outlet or "the article", "actor": self.outlet}
                relay = {**common, **voice, "anonymous": self.outlet is None, "act": "relay", "manner": None}
                relay |= {**placed, "key": key, "document": self.document, "relays": [inner], "capacity": None}
                self._add(relay)
            self.statement_of[index] = inner
            return
        self._add(
            {**common, **placed, "key": key, "document": self.document, "answers": targets, "relays": relayed},
        )
        self.statement_of[index] = key
        self.keys_of[index] = (key,)

    def _about(self, index: int) -> list[str]:
        if self._refers(self.reading.statements[index]) and self.answered[index]:
            return list(dict.fromkeys(self.claim_of[i] for i in self.answered[index]))
        return [self.claim_of[index]]

    def _add(self, record: RecordMapping) -> None:
        self.records.append({name: value for name, value in record.items() if value not in (None, [], "")})

    def _speaker(self, statement: Statement) -> RecordMapping:
        source = statement.source
        if source is None:
            return {"speaker": "not named", "anonymous": True}
        if statement.anonymous:  # before its words are looked up, or "Analysts" would become an actor
            return {"speaker": source.text, "anonymous": True}
        is_outlet = source.kind == "outlet"
        named = self.outlet if is_outlet else self.names.actor(source.actor or source.name or source.text)
        if named is None:
            return {"speaker": source.text, "anonymous": True}
        return {"speaker": source.text, "actor": named}

    def _noun(self, source: Source) -> str:
        """What kind of document it is called; "it" is the one that was named last."""
        noun = _noun(source)
        if noun not in _PRONOUNS:
            return noun
        spoke = [s.source for s in self.reading.statements if s.source is not None and s.source.kind == "document"]
        before = [named for named in map(_noun, (s for s in spoke if s.start < source.start)) if named not in _PRONOUNS]
        return before[-1] if before else "document"

    def _issuer(self, source: Source) -> str | None:
        """Who issued the document; "the memo" is the one whose issuer the article named before."""
        issuer = self.names.actor(source.issuer_actor or source.issuer)
        if issuer is not None:
            self.issuers.setdefault(self._noun(source), issuer)
        return issuer or self.issuers.get(self._noun(source))

    def _memo(self, source: Source, issuer: str, claim: str, cites: list[str]) -> str:
        """The document that is known only because this one cites it."""
        noun = self._noun(source)
        if (issuer, noun) not in self.memos:
            self.memos[issuer, noun] = self._known_memo(issuer, claim) or self._new_memo(issuer, noun)
        memo = self.memos[issuer, noun]
        if memo not in cites:
            cites.append(memo)
        return memo

    def _known_memo(self, issuer: str, claim: str) -> str | None:
        """An unseen document of this issuer that is known to say the same."""
        wanted = _id_of(issuer)
        return next((m.id for m in self.known_memos if wanted in m.issuers and claim in m.claims), None)

    def _new_memo(self, issuer: str, noun: str) -> str:
        title = f"{issuer} {noun}, reported {self.article.published or 'without a date'}"
        kind = noun if noun in ontology().document_kinds else "article" if noun == "report" else "memo"
        record = {"type": "document", "title": title, "kind": kind, "issuers": [issuer], "seen": False}
        self.records.insert(0, record)
        return ids.document_id(ids.document_source(None, None, title, None), "")

    def _affiliation(self, affiliation: Affiliation) -> None:
        person = self.names.actor(affiliation.person.text, "person")
        said = affiliation.organisation.text if affiliation.organisation else None
        body = self.names.actor(affiliation.organisation_actor or said)
        if person is None or body is None or person == body:
            return
        start, end = self._sentence(affiliation.person.start, affiliation.person.end)
        evidence = {"document": self.document, "quote": self.article.text[start:end], "start": start, "end": end}
        record = {"type": "relationship", "relation": "AFFILIATED_WITH", "source": person, "target": body}
        role = affiliation.role.text if affiliation.role else None
        self._add({**record, "role": role, "evidence": evidence})

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        """The statement's quote around an offset, else the paragraph."""
        for statement in self.reading.statements:
            if statement.start <= start and end <= statement.end:
                return statement.start, statement.end
        first = self.article.text.rfind("\n", 0, start) + 1
        last = self.article.text.find("\n", end)
        return first, last if last >= 0 else len(self.article.text)


def _id_of(actor: str) -> str:
    return actor if ids.label_of(actor) else ids.actor_id(actor)


def _noun(source: Source) -> str:
    """What kind of document it is called: the last word of its name."""
    return _DETERMINER.sub("", source.text).split()[-1].lower().rstrip("s") or "document"


def _unquoted(text: str) -> str:
    """On one line, without the marks of a quotation that is all of it or lost its other end."""
    line = " ".join(text.split()).strip(" ,;")
    for opening, closing in (('"', '"'), ("“", "”")):
        inner = line.removeprefix(opening).removesuffix(closing).strip(" ,;")
        whole = line.startswith(opening) and line.endswith(closing)
        if whole and opening not in inner and closing not in inner:
            return inner
        lonely = sum(line.count(mark) for mark in {opening, closing}) % 2
        if lonely:
            line = inner
    return line


def _claim_kind(act: str) -> str:
    return {"assess": "state_of_affairs", "assert": "state_of_affairs", "demand": "demand", "announce": "intent"}.get(
        act, "conduct"
    )


def _first_line(text: str) -> str:
    return " ".join(text.strip().split("\n", 1)[0].split())[:200]


@dataclass(frozen=True, slots=True)
class WrittenArticle:
    """The records of an article, and which of them are whose: from a statement's index in the reading to the keys of
    its records, first the one that quotes the article, or of the only one there is."""

    records: list[RecordMapping]
    keys_of: dict[int, tuple[str, ...]]
    document: str
    """The key of the article's own record."""


def written_article(article: Article, reading: Reading, names: Names, context: Context) -> WrittenArticle:
    """The records that an article becomes, with the statements that they were read from; see :func:`records_of`."""
    writer = _Writer(article, reading, names, context)
    return WrittenArticle(writer.write(), writer.keys_of, writer.document)


def records_of(article: Article, reading: Reading, names: Names, context: Context) -> list[RecordMapping]:
    """The records that an article becomes.

    A document that speaks ("a White House memo alleges") becomes an unseen document with the statement in it, and a
    statement of the outlet that relays it. A denial or the like is about the claim of what it answers. A claim is one
    that is known when subjects and words agree. Speakers and subjects that nobody knows become provisional actors.

    Args:
        article: the article.
        reading: what the reader found in it.
        names: finds actors.
        context: what the graph knows that it may state again.
    """
    return written_article(article, reading, names, context).records
