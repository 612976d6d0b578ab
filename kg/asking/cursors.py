"""Cursors: where a list goes on, opaque to the caller, and bound to the question they came from.

A cursor holds the sort key of the last item, a digest of the question, and the ``known_at`` of the first part, so that
all parts of a list show one state of the graph while others write to it.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from kg.asking.parameters import AsOf, PageRequest
from schema.errors import InvalidInput
from schema.ids import digest
from schema.times import parse_known

_MAX = 2_000
_REMEDY = "Pass the 'next' of the answer before, with the same question, or leave the cursor out"

Key = tuple[str | int | float, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A question's place in its list."""

    question: str
    as_of: AsOf
    limit: int
    after: Key | None

    def next(self, key: Sequence[str | int | float]) -> str:
        """The cursor behind the item with this sort key."""
        body = json.dumps([list(key), self.question, self.as_of.known_at], ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(body.encode()).decode("ascii").rstrip("=")


def moment(as_of: AsOf, page: PageRequest) -> AsOf:
    """The clocks of a list's part, settled: those of its first part, so that names and identity are as they were then.

    Raises:
        InvalidInput: the cursor is broken.
    """
    return as_of.settled(_read(page.cursor)[2] if page.cursor is not None else None)


def place(
    name: str,
    subject: Sequence[str],
    filters: BaseModel | None,
    as_of: AsOf,
    page: PageRequest,
    shape: tuple[type, ...] = (str, str),
) -> Place:
    """Find the place that a page request asks for.

    Args:
        name: of the question.
        subject: what it is asked about, such as an actor's id.
        filters: what narrows the list down.
        as_of: the two clocks as asked for.
        page: limit and cursor.
        shape: types of the parts of a sort key.

    Raises:
        InvalidInput: the cursor is broken or belongs to another question.
    """
    asked = filters.model_dump_json() if filters is not None else ""
    question = digest(name, *subject, asked, as_of.valid_at or "", as_of.known_at or "")[:16]
    if page.cursor is None:
        return Place(question, as_of.settled(), page.limit, None)
    key, of, known_at = _read(page.cursor)
    if of != question:
        raise InvalidInput("the cursor belongs to another question", "cursor", _REMEDY)
    if tuple(type(part) for part in key) != shape:
        raise InvalidInput("the cursor is broken", "cursor", _REMEDY)
    return Place(question, as_of.settled(known_at), page.limit, key)


def _read(cursor: str) -> tuple[Key, str, str]:
    try:
        if len(cursor) > _MAX:
            raise ValueError
        body = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        key, of, known_at = json.loads(body)
        sound = isinstance(key, list) and all(isinstance(part, str | int | float) for part in key)
        if not sound or not isinstance(of, str) or not isinstance(known_at, str) or parse_known(known_at) != known_at:
            raise ValueError
        json.dumps(key, ensure_ascii=False).encode()  # refuses what no engine takes: lone surrogates
    except (ValueError, TypeError, binascii.Error, RecursionError, InvalidInput) as error:
        raise InvalidInput("the cursor is broken", "cursor", _REMEDY) from error
    return tuple(key), of, known_at
