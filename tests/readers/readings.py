"""Readings made by hand, so that tests of what comes after do not depend on how well a reader reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.reading.article import Article, article_from_text
from kg.reading.mentions import Spotter
from kg.reading.model import Claim, Reading, Source, Span, Statement


def said(
    article: Article,
    act: str,
    source: str,
    cue: str,
    content: str,
    *,
    confidence: float = 0.95,
    kind: str = "actor",
    issuer: str | None = None,
    subject: str | None = None,
    relays: int | None = None,
    answers: int | None = None,
    manner: str | None = None,
) -> Statement:
    """A statement whose parts are found in the article: the evidence is the sentence around the cue."""
    text = article.text
    at = text.index(f"{source} {cue}") if f"{source} {cue}" in text else text.index(cue)
    start = max(text.rfind("\n", 0, at) + 1, text.rfind(". ", 0, at) + 2 if ". " in text[:at] else 0)
    end = text.index(".", at) + 1
    first, cued, inner = text.index(source, start), text.index(cue, start), text.index(content, start)
    return Statement(
        act=act,
        manner=manner,
        cameo=None,
        source=Source(source, first, first + len(source), kind=kind, name=source, issuer=issuer),
        cue=Span(cue, cued, cued + len(cue)),
        content=Span(content, inner, inner + len(content)),
        spans=((inner, inner + len(content)),),
        quote=text[start:end],
        start=start,
        end=end,
        relays=relays,
        answers=answers,
        certainty="certain",
        hedges=(),
        anonymous=False,
        anonymous_count=None,
        anonymous_type=None,
        capacity=None,
        affiliation=None,
        addressee=None,
        asserted_at=None,
        confidence=confidence,
        construct="that",
        claim=Claim(content, subject=subject),
    )


def reading_of(article: Article, statements: Sequence[Statement]) -> Reading:
    """A reading of these statements."""
    return Reading(article.text, article.title, article.outlet, article.published, article.url, "en", tuple(statements))


@dataclass
class FixedReader:
    """Gives the readings that it was made with, by title."""

    readings: dict[str | None, Reading]
    name: str = "fixed"
    version: str = "1"
    asked: list[str | None] = field(default_factory=list)

    def read(self, article: Article, spotter: Spotter | None = None) -> Reading:
        self.asked.append(article.title)
        return self.readings[article.title]


TEXT = (
    "Ruritania alleged that Strelsau Steel shipped parts to a blocked port. "
    "Strelsau Steel denied the allegation. "
    "A Ruritanian Navy memo claims that Count Rischenheim paid for the ships. "
    "Count Rischenheim dismissed the memo."
)


def steel(alleged: float = 0.95, denied: float = 0.95, memo: float = 0.95, dismissed: float = 0.95) -> FixedReader:
    """An allegation, its denial, what a memo claims and its denial, each as sure as it is said to be."""
    article = steel_article()
    ship, pay = "Strelsau Steel shipped parts to a blocked port", "Count Rischenheim paid for the ships"
    statements = [
        said(article, "allege", "Ruritania", "alleged", ship, subject="Strelsau Steel", confidence=alleged),
        said(
            article, "deny", "Strelsau Steel", "denied", "the allegation", manner="flat", answers=0, confidence=denied
        ),
        said(
            article,
            "allege",
            "A Ruritanian Navy memo",
            "claims",
            pay,
            kind="document",
            issuer="Ruritanian Navy",
            subject="Count Rischenheim",
            confidence=memo,
        ),
        said(
            article,
            "deny",
            "Count Rischenheim",
            "dismissed",
            "the memo",
            manner="flat",
            answers=2,
            confidence=dismissed,
        ),
    ]
    return FixedReader({article.title: reading_of(article, statements)})


def steel_article() -> Article:
    """The article that :func:`steel` reads."""
    return article_from_text(TEXT, title="Row over steel", outlet="The Strelsau Gazette", published="2025-11-14")
