"""What every question takes besides its subject: the two clocks, and which part of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from schema.answers.common import AsOfAnswer
from schema.errors import InvalidInput
from schema.times import LATEST, known_now, parse_known, parse_valid

MAX_LIMIT = 200

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class AsOf:
    """The two clocks a question is asked at.

    Attributes:
        valid_at: the world as it was then (last second, UTC); None sets no bound.
        known_at: what the graph knew then (microseconds, UTC); None means now.
    """

    valid_at: str | None = None
    known_at: str | None = None

    @classmethod
    def of(cls, valid_at: str | None = None, known_at: str | None = None) -> AsOf:
        """Read both from texts: EDTF dates or ISO 8601 instants.

        Raises:
            InvalidInput: one of them is no date.
        """
        return cls(
            parse_valid(valid_at, "valid_at") if valid_at else None,
            parse_known(known_at, "known_at") if known_at else None,
        )

    def settled(self, known_at: str | None = None) -> AsOf:
        """The same with ``known_at`` set: its own, else the one given, else now."""
        return AsOf(self.valid_at, self.known_at or known_at or known_now())

    def bounds(self) -> dict[str, Any]:
        """The parameters that the conditions of ``kg/cypher/visibility.py`` read."""
        settled = self.settled()
        return {
            "known_at": settled.known_at,
            "valid_until": self.valid_at or LATEST,
            "valid_from": self.valid_at or "",
            "bounded": self.valid_at is not None,
        }

    def answer(self) -> AsOfAnswer:
        """For the answer, which repeats what was asked."""
        return AsOfAnswer(valid_at=self.valid_at, known_at=self.settled().known_at or "")


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which part of a list.

    Attributes:
        limit: most items, 1 to 200.
        cursor: the ``next`` of the part before; None for the first part.
    """

    limit: int = 20
    cursor: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= MAX_LIMIT:
            raise InvalidInput(f"the limit {self.limit} is out of bounds", "limit", f"Use 1 to {MAX_LIMIT}")


NOW = AsOf()
"""No bound on the world; what the graph knows now."""

FIRST_PAGE = PageRequest()


class Filters(BaseModel):
    """Root of what narrows a list down."""

    model_config = ConfigDict(frozen=True, validate_by_name=True, validate_by_alias=True)


def checked(model: type[T], **values: Any) -> T:
    """Build filters from loose values; those that are None count as not given.

    Raises:
        InvalidInput: a value breaks a rule; the first fault is told.
    """
    try:
        return model(**{name: value for name, value in values.items() if value is not None})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidInput(first["msg"], where.removesuffix("_")) from error
