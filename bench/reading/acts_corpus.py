"""The project's own articles for training acts (tests/gold/training), their marked cues and what is read of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from bench.reading import gold
from kg.reading.article import Article, article_from_text
from kg.reading.draft import Draft
from kg.reading.mentions import Spotter
from kg.reading.read import read_drafts, statement_of

TRAINING = Path(__file__).parents[2] / "tests" / "gold" / "training"
_MARK = re.compile(r"\{([^{}|]+)\|([a-z_]+)(?: ([a-z_]+))?\}")


@dataclass(frozen=True, slots=True)
class Marked:
    """A cue of a training article: offsets in the article's text, the act, and the manner of a denial.

    The act "x" marks a cue that is left out: it is none, or two readers could differ.
    """

    start: int
    end: int
    act: str
    manner: str | None


@dataclass(frozen=True, slots=True)
class TrainingArticle:
    """One training article with its marked cues, in the order of the text."""

    name: str
    dispute: str
    article: Article
    marks: tuple[Marked, ...]


@dataclass(slots=True)
class Labelled:
    """The drafts of one article, and of each that meets a mark what it should be."""

    name: str
    drafts: list[Draft]
    labels: dict[int, Marked]
    marked: int


def load() -> list[TrainingArticle]:
    """All training articles, in the order of the files."""
    found = []
    for path in sorted(TRAINING.glob("*.yaml")):
        for number, raw in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))):
            found.append(_article(f"{path.stem}-{number}", raw))
    return found


def _article(name: str, raw: dict[str, str]) -> TrainingArticle:
    pieces, marks, at, length = [], [], 0, 0
    for match in _MARK.finditer(raw["text"]):
        before = raw["text"][at : match.start()]
        length += len(before)
        marks.append(Marked(length, length + len(match[1]), match[2], match[3]))
        pieces += [before, match[1]]
        length += len(match[1])
        at = match.end()
    text = "".join(pieces) + raw["text"][at:]
    article = article_from_text(text, title=raw["title"], outlet=raw["outlet"], published=None)
    shift = article.text.index(text[:40])
    moved = tuple(Marked(m.start + shift, m.end + shift, m.act, m.manner) for m in marks)
    return TrainingArticle(name, raw["dispute"], article, moved)


def labelled(articles: Iterable[TrainingArticle], spotter: Spotter) -> list[Labelled]:
    """Reads the articles as far as the rules go, and finds the draft of each mark by its cue."""
    return [
        Labelled(one.name, drafts := read_drafts(one.article, spotter), _by_cue(drafts, one.marks), len(one.marks))
        for one in articles
    ]


def _by_cue(drafts: list[Draft], marks: tuple[Marked, ...]) -> dict[int, Marked]:
    labels: dict[int, Marked] = {}
    for mark in marks:
        for i, draft in enumerate(drafts):
            if i not in labels and draft.found.cue[0] < mark.end and mark.start < draft.found.cue[1]:
                labels[i] = mark
                break
    return labels


def labelled_gold(part: str, spotter: Spotter) -> list[Labelled]:
    """The same of a half of the gold articles, whose statements are found as they are scored."""
    out = []
    for one in gold.load(part):
        drafts = read_drafts(one.article, spotter)
        body = [i for i, draft in enumerate(drafts) if draft.start >= one.body]
        read = [statement_of(one.article.text, drafts[i]) for i in body]
        labels = {
            body[at]: Marked(*drafts[body[at]].found.cue, one.statements[number].act, one.statements[number].manner)
            for number, at in gold.match(one.article.text, one.statements, read)
        }
        out.append(Labelled(one.name, drafts, labels, len(one.statements)))
    return out
