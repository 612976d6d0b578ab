"""Whom the programmes of a list target: gathered in order, written down in portions that fit the memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from kg.records.files import Item
from kg.sources.records import RecordMapping, item

PORTION: Final = 5_000
"""Targets of one programme that are kept before they are written down."""


class Listings:
    """The targets of programmes, each programme a policy.

    A policy's record may come more than once: the later ones add their targets to the first. So no programme, however
    many it targets, has to be kept as a whole.

    Args:
        policy: from a programme's code to its record without targets.
    """

    def __init__(self, policy: Callable[[str], RecordMapping]) -> None:
        self._policy = policy
        self._targets: dict[str, list[str]] = {}
        self._where: dict[str, str] = {}

    def add(self, where: str, programme: str, target: str) -> Iterator[Item]:
        """Note a target by its key; yields the programme's policy when a portion of targets is full."""
        targets = self._targets.setdefault(programme, [])
        self._where.setdefault(programme, where)
        targets.append(target)
        if len(targets) >= PORTION:
            yield self._written(programme)

    def rest(self) -> Iterator[Item]:
        """The policies whose targets have not been written down yet."""
        for programme in sorted(self._targets):
            yield self._written(programme)

    def _written(self, programme: str) -> Item:
        targets = list(dict.fromkeys(self._targets.pop(programme)))
        return item(self._where.pop(programme), {**self._policy(programme), "targets": targets})
