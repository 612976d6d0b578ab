"""Report: what became of an input."""

from __future__ import annotations

import json
import math
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

_DEEPEST: Final = 40
"""Levels of a rejected record that are written down; no record has half as many."""


class Rejected(BaseModel):
    """A record that did not go in."""

    where: str
    reason: str
    record: Any = None
    folder: str | None = None
    """Where the record's ``text_file`` is looked for."""


class Counts(BaseModel):
    """Numbers of records."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0


class Report(BaseModel):
    """What became of an input; every record that was read is new, changed, unchanged or rejected."""

    counts: Counts
    by_type: dict[str, Counts]
    documents: list[str]
    relationships: int
    superseded: int
    races: int
    seconds: float
    rejected: list[Rejected]
    reject_file: str | None = None
    notes: list[str]

    @property
    def to_review(self) -> int:
        """How many statements newly wait for review, because the reader was not sure of them."""
        reviews = self.by_type.get("review")
        return reviews.new if reviews else 0

    def summary(self) -> str:
        """One line for people: '12 read, 0 new, 12 unchanged, 0 rejected in 0.3 s'."""
        c = self.counts
        changed = f", {c.changed} changed" if c.changed else ""
        outcome = f"{c.new} new{changed}, {c.unchanged} unchanged, {c.rejected} rejected"
        review = f", {self.to_review} to review" if self.to_review else ""
        return f"{c.read} read, {outcome}{review} in {self.seconds:.1f} s"


@dataclass(slots=True)
class Tally:
    """Collects what a report says."""

    read: Counter[str] = field(default_factory=Counter)
    new: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    rejected: list[tuple[str, Rejected]] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    relationships: int = 0
    superseded: int = 0
    races: int = 0
    notes: list[str] = field(default_factory=list)
    started: float = field(default_factory=time.perf_counter)

    def reject(self, kind: str, where: str, reason: str, record: Any = None, folder: Path | None = None) -> None:
        """Note a record that does not go in."""
        named = str(folder.resolve()) if folder is not None and "text_file" in (record or ()) else None
        refused = Rejected(
            where=_writable(where), reason=_writable(reason), record=_writable(record), folder=_writable(named)
        )
        self.rejected.append((kind, refused))

    def report(self, reject_file: Path | None = None) -> Report:
        """The report of all that was noted; writes the reject file where there are rejects and a path for them."""
        refused = Counter(kind for kind, _ in self.rejected)
        kinds = sorted({*self.read, *refused})
        by_type = {
            kind: Counts(
                read=self.read[kind],
                new=self.new[kind],
                changed=self.changed[kind],
                unchanged=self.unchanged[kind],
                rejected=refused[kind],
            )
            for kind in kinds
        }
        totals = Counts(
            read=self.read.total(),
            new=self.new.total(),
            changed=self.changed.total(),
            unchanged=self.unchanged.total(),
            rejected=len(self.rejected),
        )
        rejects = [rejected for _, rejected in self.rejected]
        if rejects and reject_file is not None:
            lines = (json.dumps(reject_line(each), ensure_ascii=False) for each in rejects)
            reject_file.write_text("".join(line + "\n" for line in lines), "utf-8")
        return Report(
            counts=totals,
            by_type=by_type,
            documents=self.documents,
            relationships=self.relationships,
            superseded=self.superseded,
            races=self.races,
            seconds=round(time.perf_counter() - self.started, 3),
            rejected=rejects,
            reject_file=str(reject_file) if rejects and reject_file is not None else None,
            notes=self.notes,
        )


def reject_line(rejected: Rejected) -> dict[str, Any]:
    """A line of a reject file."""
    line = rejected.model_dump()
    if line["folder"] is None:
        del line["folder"]
    return line


def _writable(value: Any, depth: int = 0) -> Any:
    """The value as JSON and UTF-8 can hold it; what they cannot is written out in words, so that it can be mended."""
    if depth > _DEEPEST:
        return "… (nested too deeply)"
    match value:
        case str():
            return value.encode("utf-8", "backslashreplace").decode("utf-8")
        case None | bool():
            return value
        case int():
            return value if value.bit_length() <= 1_024 else hex(value)
        case float():
            return value if math.isfinite(value) else str(value)
        case dict():
            return {_writable(str(key)): _writable(each, depth + 1) for key, each in value.items()}
        case list() | tuple() | set():
            return [_writable(each, depth + 1) for each in value]
        case _:
            return _writable(str(value))
