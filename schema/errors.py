"""The one root of every error the project raises on purpose."""

from __future__ import annotations


class GeokgError(Exception):
    """Says what was wrong, where, and what to do about it.

    Args:
        what: what was wrong, a sentence without a full stop.
        where: file, line, field or address, when there is one.
        remedy: what the reader of the message can do.
    """

    def __init__(self, what: str, where: str | None = None, remedy: str | None = None) -> None:
        super().__init__(what, where, remedy)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        parts = [f"{self.where}: {self.what}" if self.where else self.what]
        if self.remedy:
            parts.append(self.remedy)
        return ". ".join(parts)


class InvalidInput(GeokgError):
    """The caller's input breaks a rule: a record, a parameter, a date, a cursor."""


class NotFound(GeokgError):
    """Nothing has the id or name that was asked for."""


class OntologyError(GeokgError):
    """An ontology file is not well formed, or refers to a term that no file defines."""
