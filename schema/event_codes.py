"""Codes of events: the table of CAMEO 1.1b3 in ``schema/ontology/event_codes.yaml``, by code and by title.

Source: P. A. Schrodt, CAMEO: Conflict and Mediation Event Observations. Event and Actor Codebook, version 1.1b3, 2012;
the event types are those of PLOVER (Open Event Data Alliance, 2023).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schema.errors import InvalidInput, OntologyError
from schema.ontology import ontology

_WHERE: Final = "schema/ontology/event_codes.yaml"
_UNSPECIFIED: Final = re.compile(r",?\s*not spec\w*( below)?\s*$", re.IGNORECASE)
_NO_LETTER: Final = re.compile(r"[^a-z0-9]+")
_ROOT: Final = 2
_OTHERWISE: Final = "INTERACTS_WITH"


class EventCode(BaseModel):
    """One code of the scheme."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(pattern=r"^\d{2,4}$")
    title: str
    also: tuple[str, ...] = Field(default=(), description="Other wordings of the title in feeds")
    elsewhere: str | None = Field(default=None, description="What another vintage says that the code means")
    plover: str | None = Field(default=None, pattern=r"^[A-Z]+$", description="Event type of PLOVER")
    derives: str = Field(default=_OTHERWISE, description="The relationship from the agent to the patient")


class EventCodes:
    """The table, loaded and checked."""

    def __init__(self, scheme: str, version: str, rows: Iterable[EventCode], plover: Mapping[str, str]) -> None:
        self.scheme: Final = f"{scheme} {version}"
        self._plover: Final = dict(plover)
        self._rows: Final = {row.code: row for row in rows}
        self._titled: Final[dict[str, EventCode]] = {}
        self._exactly: Final[dict[str, EventCode]] = {}
        for row in self._rows.values():
            for title in (row.title, *row.also) if len(row.code) > _ROOT else ():
                self._exactly[title] = self._titled[_folded(title)] = row
        derived = [*((row.code, row.derives) for row in self._rows.values()), *self._plover.items()]
        for code, derives in derived:
            relation = ontology().relationships.get(derives)
            if relation is None or not relation.derived:
                raise OntologyError(f"{code} derives {derives}, which is no derived relationship", _WHERE)
        for row in self._rows.values():
            if len(row.code) > _ROOT and row.code[:_ROOT] not in self._rows:
                raise OntologyError(f"{row.code} has no root {row.code[:_ROOT]}", _WHERE, "Add the root")

    def get(self, code: str) -> EventCode | None:
        """The row of a code."""
        return self._rows.get(code)

    def titled(self, title: str) -> EventCode:
        """The row with a title; case, punctuation and "not specified below" do not count.

        Raises:
            InvalidInput: no row has it; the nearest title is named.
        """
        if (row := self._exactly.get(title) or self._titled.get(_folded(title))) is not None:
            return row
        near = get_close_matches(_folded(title[:200]), list(self._titled), n=1)
        hint = f"Did you mean {self._titled[near[0]].title!r}?" if near else "Add the wording to the table of codes"
        raise InvalidInput(f"no event code of {self.scheme} is titled {title[:80]!r}", remedy=hint)

    def below(self, prefix: str) -> list[str]:
        """The codes that begin with some digits, the digits themselves included where they are a code."""
        return [code for code in self._rows if code.startswith(prefix)]

    def deriving(self, relation: str) -> list[str]:
        """The codes whose events stand for a relationship."""
        return [code for code, row in self._rows.items() if row.derives == relation]

    def plover(self, code: str) -> str | None:
        """The event type of PLOVER: the code's own, else its root's."""
        row, root = self._rows.get(code), self._rows.get(code[:_ROOT])
        return (row and row.plover) or (root and root.plover) or None

    def plover_types(self) -> list[str]:
        """The event types of PLOVER."""
        return sorted({*(row.plover for row in self._rows.values() if row.plover)})

    def derives(self, code: str | None, coded: str | None = None) -> str:
        """The relationship that an event stands for, from its agent to its patient.

        Args:
            code: of CAMEO, None where the feed codes by PLOVER.
            coded: type and mode of PLOVER, such as ``ACCUSE allege``; more may follow behind a semicolon.
        """
        if code is not None:
            row = self._rows.get(code)
            return row.derives if row else _OTHERWISE
        kind = (coded or "").partition(";")[0]
        return self._plover.get(kind) or self._plover.get(kind.partition(" ")[0]) or _OTHERWISE


def _folded(title: str) -> str:
    return _NO_LETTER.sub(" ", _UNSPECIFIED.sub("", title).casefold()).strip()


@cache
def event_codes() -> EventCodes:
    """The table of this installation.

    Raises:
        OntologyError: the file is not well formed, or names a relationship that is none.
    """
    try:
        raw = yaml.safe_load(resources.files("schema").joinpath("ontology", "event_codes.yaml").read_text("utf-8"))
        rows = [EventCode.model_validate(row) for row in raw["rows"]]
        scheme, version, plover = str(raw["scheme"]), str(raw["version"]), dict(raw["plover"])
    except (OSError, UnicodeError, yaml.YAMLError, KeyError, TypeError, ValidationError) as error:
        raise OntologyError(f"it cannot be read: {error}", _WHERE, "Mend the file") from error
    if len({row.code for row in rows}) != len(rows):
        raise OntologyError("a code stands twice", _WHERE, "Keep one row a code")
    return EventCodes(scheme, version, rows, plover)
