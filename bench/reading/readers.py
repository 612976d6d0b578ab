"""The project's reader in the corpus's form, for measuring."""

from __future__ import annotations

from kg.reading.article import Article
from kg.reading.attribution import Attribution
from kg.reading.read import read_article
from kg.reading.region import read_region
from kg.reading.split import paragraphs

from bench.reading.polnear import Predicted


def candidates(text: str) -> list[Attribution]:
    """All attributions that the rules find in a text, before confidence decides."""
    return read_region(text, paragraphs(text)).found


def as_predicted(found: Attribution, sure: float) -> Predicted:
    """An attribution in the form in which it is scored."""
    source = (found.source,) if found.source is not None else ()
    return Predicted(source, (found.cue,), tuple(found.contents), found.construct, found.row.name, sure)


def predict(text: str, minimum: float = 0.0) -> list[Predicted]:
    """The statements of the whole pipeline, from a confidence on."""
    out = []
    for statement in read_article(Article(None, None, None, None, "en", text)).statements:
        if statement.confidence >= minimum:
            source = ((statement.source.start, statement.source.end),) if statement.source is not None else ()
            cue = ((statement.cue.start, statement.cue.end),)
            out.append(Predicted(source, cue, statement.spans, statement.construct, statement.cue.text, statement.confidence))
    return out
