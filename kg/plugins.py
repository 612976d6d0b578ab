"""What other packages add by entry points: which there are in a group, and the one that has a name."""

from __future__ import annotations

import difflib
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final

from schema.errors import InvalidInput

_EXTRA_OF: Final = {"openai": "llm", "spacy": "spacy"}
"""Package that an own plug-in needs to the extra of geokg that brings it."""


class UnknownPlugin(InvalidInput):
    """No installed package defines a plug-in of that name."""


class PluginUnavailable(InvalidInput):
    """A package or a setting that the plug-in needs is missing."""


def plugin_names(group: str) -> list[str]:
    """The names of all plug-ins of a group, in order."""
    return sorted({point.name for point in entry_points(group=group)})


def plugin_named(group: str, name: str) -> Any:
    """Make the plug-in of that name: call what its entry point names, without parameters.

    Args:
        group: ``geokg.readers`` or another group of entry points; its last part, in the singular, is what messages say.
        name: the entry point's name.

    Raises:
        UnknownPlugin: nothing that is installed defines it; the nearest name is told.
        PluginUnavailable: a package or setting that it needs is missing, or two packages define it.
    """
    what = group.rpartition(".")[2].removesuffix("s")
    found = list(entry_points(group=group, name=name))
    if not found:
        names = plugin_names(group)
        near = difflib.get_close_matches(name[:60], names, n=1, cutoff=0.6)
        hint = f"Did you mean {near[0]!r}?" if near else f"Installed: {', '.join(names)}"
        raise UnknownPlugin(f"there is no {what} {name[:60]!r}", what, hint)
    if len({point.value for point in found}) > 1:
        owners = ", ".join(sorted(_owner(point) for point in found))
        raise PluginUnavailable(f"more than one package defines the {what} {name!r}: {owners}", what, "Remove one")
    try:
        return found[0].load()()
    except ImportError as error:
        package = (error.name or "").split(".")[0]
        extra = _EXTRA_OF.get(package)
        remedy = f"pip install 'geokg[{extra}]'" if extra else f"Install what {_owner(found[0])} needs"
        raise PluginUnavailable(
            f"the {what} {name!r} needs the package {package or error}, which is not installed", what, remedy
        ) from error
    except AttributeError as error:
        raise PluginUnavailable(
            f"the {what} {name!r} is not where its entry point says: {found[0].value}", what, "Reinstall it"
        ) from error


def _owner(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else point.value
