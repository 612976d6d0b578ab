"""Answers about jobs."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

JobState = Literal["queued", "running", "done", "failed", "cancelled"]


class JobCounts(BaseModel):
    """Numbers of records."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    waiting: int = Field(default=0, description="Records that name what is not known yet; they go in at the end")


class JobAnswer(BaseModel):
    """A durable ingest: what it takes in, how far it is, and what became of it."""

    id: str
    state: JobState
    source: str = Field(description="Which source reads it, see GET /v1/sources")
    place: str = Field(description="The file, folder or address as it was named")
    sha256: str | None = Field(description="Of what was kept; null for an address")
    size: int = Field(description="Bytes that were kept")
    created_at: str
    started_at: str | None = Field(default=None, description="When it last began to run")
    finished_at: str | None = None
    counts: JobCounts
    by_type: dict[str, JobCounts]
    superseded: int = 0
    relationships: int = Field(default=0, description="Relationships that were written, derived ones among them")
    races: int = Field(default=0, description="How often a write was tried again since another writer was in the way")
    seconds: float = Field(default=0, description="Of work, over all its runs")
    rate: float | None = Field(default=None, description="Records read in a second, in this run")
    fraction: float | None = Field(default=None, description="How much of the input is read, where that can be told")
    seconds_left: float | None = None
    max_rejects: int | None = None
    error: str | None = Field(default=None, description="Why it failed or waits")
    notes: tuple[str, ...] = ()
    again: bool = Field(default=False, description="Whether this input was there before, and this is the job of then")

    @property
    def summary(self) -> str:
        """One line for people: '12 read, 0 new, 12 unchanged, 0 rejected in 0.3 s'."""
        c = self.counts
        changed = f", {c.changed} changed" if c.changed else ""
        waiting = f", {c.waiting} waiting" if c.waiting and self.state != "done" else ""
        outcome = f"{c.new} new{changed}, {c.unchanged} unchanged, {c.rejected} rejected{waiting}"
        return f"{c.read} read, {outcome} in {self.seconds:.1f} s"


class JobPage(BaseModel):
    """Jobs, the newest first."""

    items: tuple[JobAnswer, ...]


class RejectAnswer(BaseModel):
    """A record that did not go in."""

    where: str
    reason: str


class RejectPage(BaseModel):
    """Rejects of a job, in the order of its input; the whole file has the records too."""

    items: tuple[RejectAnswer, ...]
    total: int
    next: int | None = Field(default=None, description="The 'after' of the next part")
