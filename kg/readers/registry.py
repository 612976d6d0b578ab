"""Which readers are installed, and the one that has a name."""

from __future__ import annotations

from kg.plugins import plugin_named, plugin_names
from kg.readers.port import DEFAULT, GROUP, Reader


def reader_names() -> list[str]:
    """The names of all readers, the default one first."""
    return sorted({*plugin_names(GROUP), DEFAULT}, key=lambda name: (name != DEFAULT, name))


def reader_named(name: str = DEFAULT) -> Reader:
    """Make the reader of that name; raises as :func:`kg.plugins.plugin_named`."""
    made: Reader = plugin_named(GROUP, name)
    return made
