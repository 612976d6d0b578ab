"""The project's reader in the corpus's form, for measuring."""

from __future__ import annotations

from bench.reading.polnear import Predicted
from kg.reading.article import Article
from kg.reading.attribution import Attribution
from kg.reading.read import read_article
from kg.reading.region import read_region
from kg.reading.split import paragraphs


def candidates(text: str) -> list[Attribution]:
    """All attributions that the rules find in a text, before confidence decides."""
    return read_region(text, paragraphs(text)).found


def as_predicted(found: Attribution, sure: float) -> Predicted:
    """An attribution in the form in which it is scored."""
    source = (found.source,) if found.source is not None else ()
    return Predicted(source, (found.cue,), tuple(found.contents), found.construct, found.row.name, sure)


UNANNOTATED = frozenset(
    {"no comment", "did not deny", "not verified", "correction", "table row", "citing", "cited by", "set phrase"}
)
"""Constructs that the corpus does not take for attributions."""


def predict(text: str, minimum: float = 0.0, everything: bool = True) -> list[Predicted]:
    """The statements of the whole pipeline, from a confidence on.

    On request without what the corpus does not annotate, or seldom: statements that others relay, and `UNANNOTATED`.
    """
    out = []
    statements = read_article(Article(None, None, None, None, "en", text)).statements
    inner = frozenset() if everything else frozenset(s.relays for s in statements if s.relays is not None)
    for index, statement in enumerate(statements):
        if not everything and (index in inner or statement.construct in UNANNOTATED):
            continue
        if statement.confidence >= minimum:
            source = ((statement.source.start, statement.source.end),) if statement.source is not None else ()
            cue = ((statement.cue.start, statement.cue.end),)
            out.append(
                Predicted(source, cue, statement.spans, statement.construct, statement.cue.text, statement.confidence)
            )
    return out
