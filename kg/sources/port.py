"""The port: what a source is. Sources are found by the entry points of the group ``geokg.sources``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from kg.plugins import plugin_named, plugin_names
from kg.reading.article import Article
from kg.records.files import Item, Unreadable

GROUP: Final = "geokg.sources"


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article that a source brought, still to be read by the reader."""

    where: str
    article: Article


Sourced = Item | Unreadable | FoundArticle
"""What a source yields: a record still to be checked, a part that cannot be read, or an article."""


class Source(Protocol):
    """Reads one format that others publish. An entry point names a callable without parameters that makes one.

    The stream is read in constant memory, in the order of the input, and the same input gives the same stream: a job
    that was broken off goes on at the item where it stopped. An item names others by key or by name and comes after
    what it names; its ``where`` is the place in the input (file and line). What is coded by a machine, with no sentence
    behind it, is an event with its codes and ``source_row``, never a statement.
    """

    @property
    def name(self) -> str:
        """The name of its entry point."""

    @property
    def reads(self) -> str:
        """One sentence: which format, whose, and in what it is kept."""

    def items(self, place: str) -> Iterator[Sourced]:
        """Read one input.

        Args:
            place: a file, a folder or, for a source that asks the web, an address.

        Raises:
            InvalidInput: it is not what this source reads at all, such as a table with other columns. What is wrong
                with one item is yielded as :class:`Unreadable`, and the stream goes on.
        """


def source_names() -> list[str]:
    """The names of all sources."""
    return plugin_names(GROUP)


def source_named(name: str) -> Source:
    """Make the source of that name; raises as :func:`kg.plugins.plugin_named`."""
    made: Source = plugin_named(GROUP, name)
    return made
