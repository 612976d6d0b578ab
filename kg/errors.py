"""Errors of the library; their root and those that the domain types raise stand in ``schema/errors.py``."""

from __future__ import annotations

from schema.errors import GeokgError


class EngineUnavailable(GeokgError):
    """The graph engine is down, does not answer or lost the connection; the same request may work later."""


class EngineRefused(GeokgError):
    """The graph engine answers and refuses: wrong password, unknown database, a query that it cannot run."""


class SchemaOutdated(GeokgError):
    """The graph's schema is not the one that this version needs."""


class Conflict(GeokgError):
    """What was asked for cannot be done to the graph as it is now."""


class StorageFull(GeokgError):
    """There is no room left for what is to be kept; what was told as kept is kept."""


class JobStopped(GeokgError):
    """A job ends before its input does: it was cancelled, or whoever ran it ends."""


class TooManyRejects(GeokgError):
    """More of an input was rejected than its job allows."""
