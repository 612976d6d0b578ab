"""The reader that asks a language model, and takes only what stands in the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kg.readers.llm.endpoint import Endpoint, NotRead
from kg.readers.llm.places import Bounds, Places, parts_of_text
from kg.readers.llm.question import PROMPT_VERSION, Answer, Said, question
from kg.readers.llm.settings import LlmSettings, llm_settings
from kg.readers.port import ReaderFailed
from kg.reading.article import Article
from kg.reading.mentions import Mention, Spotter
from kg.reading.model import Claim, Reading, Source, Span, Statement, Verification
from kg.reading.read import read_article
from schema.ontology import ontology


class LlmReader:
    """Asks an OpenAI-compatible endpoint for the statements of a text, part by part.

    Every quote, cue, content and speaker has to stand in the text; a statement of which one does not is dropped, and
    the reading's notes say how many were. Policies and events are those of the grammar.
    """

    name = "llm"

    def __init__(self, settings: LlmSettings | None = None) -> None:
        self._settings = settings or llm_settings()
        self.endpoint = Endpoint(self._settings)

    @property
    def version(self) -> str:
        """The prompt's version and the model's name."""
        return f"llm-{PROMPT_VERSION} {self._settings.model}"

    def read(self, article: Article, spotter: Spotter | None = None) -> Reading:
        """Read one article; see :class:`kg.readers.port.Reader`.

        Raises:
            ReaderFailed: the endpoint cannot be asked, or no part of the text was read.
        """
        rest = read_article(article, spotter)
        places = Places(article.text)
        mentions = list(spotter.spot(article.text)) if spotter is not None else []
        parts = parts_of_text(article.text, self._settings.part)
        known = {"Title": article.title, "Outlet": article.outlet, "Date": article.published}
        about = {name: value for name, value in known.items() if value}
        found: list[Statement] = []
        notes: list[str] = []
        dropped: Counter[str] = Counter()
        failed = 0
        for number, (start, end) in enumerate(parts, 1):
            try:
                answer = self.endpoint.ask(question(article.text[start:end], about))
            except NotRead as error:
                failed += 1
                notes.append(f"part {number} of {len(parts)} ({start} to {end}) was not read: {error}")
                continue
            found += _placed(answer, places, (start, end), mentions, len(found), dropped, self._settings.confidence)
        if parts and failed == len(parts):
            raise ReaderFailed(f"nothing was read: {notes[0]}", self._settings.base_url, "Try again later")
        notes += [f"{count} statements dropped: {reason}" for reason, count in sorted(dropped.items())]
        return replace(
            rest,
            statements=tuple(found),
            verifications=tuple(_verifications(found, article.outlet)),
            affiliations=(),
            notes=tuple(notes),
            method=self.version,
        )


def _placed(
    answer: Answer,
    places: Places,
    part: Bounds,
    mentions: Sequence[Mention],
    offset: int,
    dropped: Counter[str],
    confidence: float,
) -> list[Statement]:
    """The statements of an answer that stand in the text, with references to each other as indices of the reading."""
    statements: dict[int, Statement] = {}
    after = part[0]
    for number, said in enumerate(answer.statements):
        outcome = _statement(said, places, part, after, mentions, confidence)
        if outcome in statements.values():  # word for word the same again: it stands in the text twice, or not
            outcome = _statement(said, places, part, after + 1, mentions, confidence)
            outcome = "it is given twice" if outcome in statements.values() else outcome
        if isinstance(outcome, str):
            dropped[outcome] += 1
        else:
            statements[number] = outcome
            after = outcome.start
    index = {number: offset + place for place, number in enumerate(statements)}
    return [
        replace(
            statement,
            relays=_reference(answer.statements[number].relays, number, index),
            answers=_reference(answer.statements[number].answers, number, index),
        )
        for number, statement in statements.items()
    ]


def _reference(to: int | None, number: int, index: dict[int, int]) -> int | None:
    """A reference to an earlier or later statement that was kept; none to itself."""
    return index.get(to) if to is not None and to != number else None


def _statement(
    said: Said, places: Places, part: Bounds, after: int, mentions: Sequence[Mention], confidence: float
) -> Statement | str:
    """The statement, or why it is dropped."""
    # Statements come in the order of the text: of a sentence that stands twice the one still to come is meant.
    bounds = places.find(said.quote, after, part[1]) or places.find(said.quote, *part)
    if bounds is None:
        return "the quote does not stand in the text"
    cue = places.find(said.cue, *bounds)
    if cue is None:
        return "the cue does not stand in the quote"
    content = places.find(said.content, *bounds) if said.content else None
    if said.content and content is None:
        return "the content does not stand in the quote"
    source = places.find(said.speaker, *bounds) if said.speaker else None
    if said.speaker and source is None:
        return "the speaker does not stand in the quote"
    text = places.text
    words = text[slice(*content)] if content else ""
    subject = places.words(said.subject)
    return Statement(
        act=said.act,
        manner=said.manner if said.act == "deny" else None,
        cameo=ontology().acts[said.act].cameo,
        source=_source(said, places, source, mentions) if source else None,
        cue=Span(text[slice(*cue)], *cue),
        content=Span(words, *content) if content else None,
        spans=(content,) if content else (),
        quote=text[slice(*bounds)],
        start=bounds[0],
        end=bounds[1],
        relays=None,
        answers=None,
        certainty=said.certainty,
        hedges=tuple(found for hedge in said.hedges if (found := places.words(hedge, *bounds))),
        anonymous=said.speaker_is == "anonymous" or source is None,
        anonymous_count=None,
        anonymous_type=None,
        capacity=places.words(said.capacity),
        affiliation=None,
        addressee=None,
        asserted_at=None,
        confidence=confidence,
        construct="llm",
        claim=Claim(
            words or text[slice(*bounds)], subject=subject, subject_actor=_actor_named(subject, text, mentions)
        ),
    )


def _source(said: Said, places: Places, bounds: Bounds, mentions: Sequence[Mention]) -> Source:
    text = places.text
    inside = _mention_in(bounds, mentions)
    name = places.words(said.speaker_name)
    is_document = said.speaker_is == "document"
    issuer = places.words(said.issuer) if is_document else None
    by_name = _actor_named(name, text, mentions)
    return Source(
        text[slice(*bounds)],
        *bounds,
        actor=None if is_document else (inside.name if inside else by_name),
        actor_id=inside.id if inside and not is_document else None,
        kind=said.speaker_is,
        issuer=issuer,
        issuer_actor=_actor_named(issuer, text, mentions),
        name=name,
    )


def _mention_in(bounds: Bounds, mentions: Sequence[Mention]) -> Mention | None:
    """The last actor that is named in these bounds: "a spokesman for Alibaba" speaks for Alibaba."""
    inside = [mention for mention in mentions if bounds[0] <= mention.start and mention.end <= bounds[1]]
    return inside[-1] if inside else None


def _actor_named(name: str | None, text: str, mentions: Sequence[Mention]) -> str | None:
    """The actor whom the text calls by this name."""
    return next((m.name for m in mentions if name in (m.name, text[m.start : m.end])), None) if name else None


def _verifications(statements: Sequence[Statement], outlet: str | None) -> list[Verification]:
    return [
        Verification(
            statement.source.text if statement.source else outlet,
            "not_verified" if statement.act == "not_verified" else "confirmed",
            statement.quote,
            statement.start,
            statement.end,
            index,
            statement.answers,
            statement.content.text if statement.content else None,
        )
        for index, statement in enumerate(statements)
        if statement.act in ("not_verified", "confirm")
    ]
