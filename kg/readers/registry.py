"""Which readers are installed, and the one that has a name."""

from __future__ import annotations

import difflib
from importlib.metadata import EntryPoint, entry_points
from typing import Final

from kg.readers.port import DEFAULT, GROUP, Reader, ReaderUnavailable, UnknownReader

_EXTRA_OF: Final = {"openai": "llm", "spacy": "spacy"}
"""Package that an own reader needs to the extra of geokg that brings it."""


def reader_names() -> list[str]:
    """The names of all readers, the default one first."""
    found = {point.name for point in entry_points(group=GROUP)} | {DEFAULT}
    return sorted(found, key=lambda name: (name != DEFAULT, name))


def reader_named(name: str = DEFAULT) -> Reader:
    """Make the reader of that name.

    Raises:
        UnknownReader: nothing that is installed defines it; the nearest name is told.
        ReaderUnavailable: a package or setting that it needs is missing, or two packages define it.
    """
    found = list(entry_points(group=GROUP, name=name))
    if not found:
        names = reader_names()
        near = difflib.get_close_matches(name[:60], names, n=1, cutoff=0.6)
        hint = f"Did you mean {near[0]!r}?" if near else f"Installed: {', '.join(names)}"
        raise UnknownReader(f"there is no reader {name[:60]!r}", "reader", hint)
    if len({point.value for point in found}) > 1:
        owners = ", ".join(sorted(_owner(point) for point in found))
        raise ReaderUnavailable(f"more than one package defines the reader {name!r}: {owners}", "reader", "Remove one")
    try:
        made: Reader = found[0].load()()
    except ImportError as error:
        package = (error.name or "").split(".")[0]
        extra = _EXTRA_OF.get(package)
        remedy = f"pip install 'geokg[{extra}]'" if extra else f"Install what {_owner(found[0])} needs"
        raise ReaderUnavailable(
            f"the reader {name!r} needs the package {package or error}, which is not installed", "reader", remedy
        ) from error
    except AttributeError as error:
        raise ReaderUnavailable(
            f"the reader {name!r} is not where its entry point says: {found[0].value}", "reader", "Reinstall it"
        ) from error
    return made


def _owner(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else point.value
