"""How sure a reading has to be for its statement to go into the graph as read."""

from __future__ import annotations

from kg.reading.confidence import calibration
from kg.settings import load_settings


def acceptance_threshold() -> float:
    """``GEOKG_REVIEW_THRESHOLD``, else the one that the calibration of the reader gives; 0 lets everything in.

    Raises:
        InvalidInput: the setting is no number from 0 to 1.
    """
    given = load_settings().review_threshold
    return calibration().accept if given is None else given
