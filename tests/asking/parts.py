"""A list, part by part."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from kg.asking.parameters import PageRequest
from schema.answers.common import Page


async def all_parts(ask: Callable[[PageRequest], Awaitable[Page]], size: int) -> tuple[Any, ...]:
    """The items of all parts of a list; fails where a part is too large, or a cursor comes again."""
    items: list[Any] = []
    cursors: set[str | None] = {None}
    cursor = None
    while True:
        part: Any = await ask(PageRequest(size, cursor))
        assert len(part.items) <= size
        items += part.items
        if (cursor := part.next) is None:
            return tuple(items)
        assert cursor not in cursors and len(cursors) < 100, "the list does not end"
        cursors.add(cursor)
