"""How sure a reading has to be for its statement to go into the graph as read."""

from __future__ import annotations

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from kg.reading.confidence import calibration
from schema.errors import InvalidInput


class _Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="GEOKG_", extra="ignore", frozen=True)

    review_threshold: float | None = Field(default=None, ge=0, le=1)


def acceptance_threshold() -> float:
    """``GEOKG_REVIEW_THRESHOLD``, else the one that the calibration of the reader gives; 0 lets everything in.

    Raises:
        InvalidInput: the setting is no number from 0 to 1.
    """
    try:
        given = _Settings().review_threshold
    except ValidationError as error:
        what = str(error.errors()[0]["msg"])
        raise InvalidInput(what, "GEOKG_REVIEW_THRESHOLD", "Give a number from 0 to 1; 0 lets everything in") from error
    return calibration().accept if given is None else given
