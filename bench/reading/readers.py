"""The project's reader in the corpus's form, for measuring."""

from __future__ import annotations

from bench.reading.polnear import Predicted
from kg.reading.attribution import Attribution
from kg.reading.confidence import calibration, confidence
from kg.reading.region import read_region
from kg.reading.split import paragraphs


def candidates(text: str) -> list[Attribution]:
    """All attributions that the rules find in a text, before confidence decides."""
    return read_region(text, paragraphs(text)).found


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
