"""The project's reader in the corpus's form, for measuring."""

from __future__ import annotations

from kg.reading.attribution import Attribution
from kg.reading.confidence import calibration, confidence
from kg.reading.quotations import Quotation
from kg.reading.region import MAX_DEPTH, read_region
from kg.reading.split import paragraphs

from bench.reading.polnear import Predicted

MIN_QUOTATION = 24


def candidates(text: str) -> list[Attribution]:
    """All attributions that the rules find in a text, before confidence decides; those inside quotations too."""
    region = read_region(text, paragraphs(text))
    out = list(region.found)
    level: list[Quotation] = region.quotations
    for depth in range(1, MAX_DEPTH):
        inner: list[Quotation] = []
        for quotation in level:
            if quotation.speech and quotation.inner_end - quotation.inner_start >= MIN_QUOTATION:
                inside = read_region(text, [(quotation.inner_start, quotation.inner_end)], depth)
                out.extend(inside.found)
                inner.extend(inside.quotations)
        level = inner
    return out


def predict(text: str, minimum: float | None = None) -> list[Predicted]:
    """What the reader takes for an attribution, from a confidence on (by default the shipped minimum)."""
    threshold = calibration().minimum if minimum is None else minimum
    out = []
    for found in candidates(text):
        sure = confidence(found)
        if sure >= threshold:
            out.append(as_predicted(found, sure))
    return out


def as_predicted(found: Attribution, sure: float) -> Predicted:
    """An attribution in the form in which it is scored."""
    source = (found.source,) if found.source is not None else ()
    return Predicted(source, (found.cue,), tuple(found.contents), found.construct, found.row.name, sure)
