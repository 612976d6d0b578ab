"""The reader that follows a dependency parse, by a spaCy model that the user installs; needs the extra ``spacy``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any, Protocol

from kg.plugins import PluginUnavailable
from kg.readers.parse import Bounds, Found, Parse, Word, attributions, is_anonymous
from kg.reading import language
from kg.reading.article import Article
from kg.reading.lexicons import nouns
from kg.reading.mentions import Mention, Spotter
from kg.reading.model import Claim, Reading, Source, Span, Statement, Verification
from kg.reading.read import read_article
from kg.reading.split import paragraphs
from kg.settings import load_settings

_SETTING = "GEOKG_SPACY_MODEL"


class Parser(Protocol):
    """Parses texts: for each the sentences, as bounds and words with offsets into that text."""

    @property
    def name(self) -> str:
        """What it is, with its version."""

    def parse(self, texts: Iterable[str]) -> Iterator[list[tuple[Bounds, list[Word]]]]:
        """The parsed sentences of each text."""


class SpacyParser:
    """A spaCy pipeline."""

    def __init__(self, model: str) -> None:
        spacy = import_module("spacy")  # an extra; its absence is told by the registry
        try:
            self._nlp: Any = spacy.load(model)
        except OSError as error:
            raise PluginUnavailable(
                f"spaCy has no model {model!r}",
                _SETTING,
                "Install one, such as `python -m spacy download en_core_web_sm`, or give the path of its folder",
            ) from error
        meta = self._nlp.meta
        self.name = f"{meta.get('lang', '')}_{meta.get('name', '')}-{meta.get('version', '')}"

    def parse(self, texts: Iterable[str]) -> Iterator[list[tuple[Bounds, list[Word]]]]:
        """The parsed sentences of each text.

        Raises:
            PluginUnavailable: the pipeline parses no dependencies.
        """
        for document in self._nlp.pipe(texts):
            if not document.has_annotation("DEP"):
                raise PluginUnavailable(
                    f"the spaCy model {self.name} parses no dependencies", _SETTING, "Name one with a parser"
                )
            yield [
                (
                    (sentence.start_char, sentence.end_char),
                    [
                        Word(token.text, token.idx, token.head.i - sentence.start, token.dep_, token.pos_)
                        for token in sentence
                    ],
                )
                for sentence in document.sents
            ]


def _spacy_parser() -> SpacyParser:
    model = load_settings().spacy_model
    if not model:
        import_module("spacy")  # whether the extra is there comes first
        raise PluginUnavailable(
            f"the setting {_SETTING} is missing", "reader spacy", "Name an installed spaCy model, or its folder"
        )
    return SpacyParser(model)


@dataclass(frozen=True, slots=True)
class _Placed:
    """An attribution with offsets into the article."""

    found: Found
    evidence: Bounds


class DependencyReader:
    """Finds the subjects and complements of verbs of saying in a dependency parse.

    The verbs and their acts are those of the grammar's lexicon. Its confidence is a guess by the kind of verb, fitted
    to nothing, so that most of what it reads waits for review. Policies and events are those of the grammar.
    """

    name = "spacy"

    def __init__(self, parser: Parser | None = None) -> None:
        self._parser = parser or _spacy_parser()

    @property
    def version(self) -> str:
        """The rules' version and the model's."""
        return f"dependency-1 {self._parser.name}"

    def read(self, article: Article, spotter: Spotter | None = None) -> Reading:
        """Read one article; see :class:`kg.readers.port.Reader`."""
        rest = read_article(article, spotter)
        spoken, _ = language.detect(article.text)
        if spoken not in ("en", "und"):
            return replace(rest, method=self.version)
        text = article.text
        mentions = list(spotter.spot(text)) if spotter is not None else []
        bounds = paragraphs(text)
        placed: list[_Placed] = []
        for (start, _), sentences in zip(bounds, self._parser.parse(text[a:b] for a, b in bounds), strict=True):
            for (first, last), words in sentences:
                moved = [replace(word, start=word.start + start) for word in words]
                evidence = _trimmed(text, first + start, last + start)
                placed += [_Placed(found, evidence) for found in attributions(Parse(moved))]
        statements = _statements(text, placed, mentions)
        return replace(
            rest,
            statements=tuple(statements),
            verifications=tuple(_verifications(statements)),
            affiliations=(),
            method=self.version,
        )


def _trimmed(text: str, start: int, end: int) -> Bounds:
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _statements(text: str, placed: Sequence[_Placed], mentions: Sequence[Mention]) -> list[Statement]:
    statements: list[Statement] = []
    last_person: Source | None = None
    last_allegation: int | None = None
    for index, each in enumerate(placed):
        found = each.found
        source = _source(text, found, mentions, last_person)
        if source is not None and source.kind == "actor" and not found.is_pronoun:
            last_person = source
        content = text[slice(*found.content)] if found.content else ""
        answers = last_allegation if found.refers and found.act in ("deny", "acknowledge", "not_verified") else None
        answers = last_allegation if found.act == "decline_comment" else answers
        about = found.accused or (found.content if not found.refers else None)
        subject = _first_mention(about, mentions) if about else None
        statements.append(
            Statement(
                act=found.act,
                manner="flat" if found.act == "deny" else None,
                cameo=found.row.cameo,
                source=source,
                cue=Span(text[slice(*found.cue)], *found.cue),
                content=Span(content, *found.content) if found.content else None,
                spans=(found.content,) if found.content else (),
                quote=text[slice(*each.evidence)],
                start=each.evidence[0],
                end=each.evidence[1],
                relays=_inner(index, placed),
                answers=answers,
                certainty="certain",
                hedges=(),
                anonymous=source is None or source.kind == "anonymous",
                anonymous_count=None,
                anonymous_type=None,
                capacity=text[slice(*found.capacity)] if found.capacity else None,
                affiliation=None,
                addressee=None,
                asserted_at=None,
                confidence=found.confidence,
                construct="dependency",
                claim=Claim(
                    content or text[slice(*each.evidence)],
                    subject=text[subject.start : subject.end] if subject else None,
                    subject_actor=subject.name if subject else None,
                ),
            )
        )
        if found.act == "allege":
            last_allegation = index
    return statements


def _inner(index: int, placed: Sequence[_Placed]) -> int | None:
    """The statement inside the content of this one that no other one inside holds."""
    outer = placed[index].found
    if outer.content is None:
        return None
    inside = [
        (other.found.content or other.found.cue, number)
        for number, other in enumerate(placed)
        if number != index
        and outer.content[0] <= other.found.cue[0]
        and other.found.cue[1] <= outer.content[1]
        and other.found.source is not None
    ]
    return max(inside, key=lambda each: (each[0][1] - each[0][0], -each[1]))[1] if inside else None


def _source(text: str, found: Found, mentions: Sequence[Mention], before: Source | None) -> Source | None:
    if found.source is None:
        return None
    words = text[slice(*found.source)]
    inside = [m for m in mentions if found.source[0] <= m.start and m.end <= found.source[1]]
    if found.is_pronoun:
        known = before if before is not None and words.lower() in ("he", "she") else None
        return Source(
            words,
            *found.source,
            actor=known.actor if known else None,
            name=(known.name or known.text) if known else None,
        )
    noun = words.split()[-1].lower()
    if noun in nouns("documents"):
        issuer = inside[0] if inside else None
        return Source(
            words,
            *found.source,
            kind="document",
            issuer=text[issuer.start : issuer.end] if issuer else None,
            issuer_actor=issuer.name if issuer else None,
        )
    if inside:
        actor = inside[-1]
        return Source(words, *found.source, actor=actor.name, actor_id=actor.id, kind="actor")
    if found.is_named:
        return Source(words, *found.source, kind="actor", name=words)
    return Source(words, *found.source, kind="anonymous" if is_anonymous(words) else "reference")


def _first_mention(bounds: Bounds, mentions: Sequence[Mention]) -> Mention | None:
    return next((m for m in mentions if bounds[0] <= m.start and m.end <= bounds[1]), None)


def _verifications(statements: Sequence[Statement]) -> Iterator[Verification]:
    for index, statement in enumerate(statements):
        if statement.act in ("not_verified", "confirm"):
            status = "not_verified" if statement.act == "not_verified" else "confirmed"
            by = statement.source.text if statement.source else None
            what = statement.content.text if statement.content else None
            yield Verification(
                by, status, statement.quote, statement.start, statement.end, index, statement.answers, what
            )
