"""One job: a folder with its input, how far it is, and what it rejected.

``job.json``         what it takes in; written once
``status.json``      its state, its error, how many rejects it allows
``checkpoint.json``  how far it is: all that another process needs to go on
``held-N.jsonl``     items that wait for the end of the input, of checkpoint N
``rejects.jsonl``    what did not go in, with line and reason; can be mended and ingested
``progress.json``    counts for people to see; nothing depends on it
``input/``           what was kept; removed when the job is done
``cancel``           there when somebody wants it to stop
``lock``             held by the process that runs it: the system lets go of it however that process ends
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict

from kg.errors import Conflict
from kg.jobs.files import replace
from schema.answers.jobs import JobAnswer, JobCounts, JobState, RejectAnswer, RejectPage
from schema.times import known_now

_CLAIM_SECONDS: Final = 2.0


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Job(_Kept):
    """What a job takes in."""

    id: str
    source: str
    place: str
    kept: str | None
    """Name of what is kept in ``input/``; None where the source asks an address."""
    sha256: str | None
    size: int
    created_at: str
    reader: str | None = None


class Status(_Kept):
    """Where a job stands. It runs when its lock is held, whatever stands here."""

    state: JobState = "queued"
    started_at: str | None = None
    finished_at: str | None = None
    max_rejects: int | None = None
    error: str | None = None


class Told(_Kept):
    """Counts for people to see."""

    counts: JobCounts = JobCounts()
    by_type: dict[str, JobCounts] = {}
    superseded: int = 0
    relationships: int = 0
    races: int = 0
    seconds: float = 0
    rate: float | None = None
    fraction: float | None = None
    seconds_left: float | None = None
    notes: tuple[str, ...] = ()


class JobFolder:
    """A job's folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def job(self) -> Job:
        """What it takes in."""
        return Job.model_validate_json((self.path / "job.json").read_bytes())

    @property
    def rejects(self) -> Path:
        """Its reject file."""
        return self.path / "rejects.jsonl"

    def input(self) -> str:
        """What its source is to read: what was kept, or the address."""
        job = self.job
        return job.place if job.kept is None else str(self.path / "input" / job.kept)

    def write_new(self, job: Job, max_rejects: int | None) -> None:
        """Write down a job that is about to be there."""
        replace(self.path / "job.json", job.model_dump_json())
        self.set(Status(max_rejects=max_rejects))

    def status(self) -> Status:
        """Where it stands; ``queued`` also while it runs."""
        return Status.model_validate_json((self.path / "status.json").read_bytes())

    def set(self, status: Status) -> None:
        """Write down where it stands, so that it outlives a crash."""
        replace(self.path / "status.json", status.model_dump_json())

    def told(self) -> Told:
        """The counts that were last told."""
        with contextlib.suppress(OSError, ValueError):
            return Told.model_validate_json((self.path / "progress.json").read_bytes())
        return Told()

    def tell(self, told: Told, *, durable: bool = False) -> None:
        """Tell the counts."""
        replace(self.path / "progress.json", told.model_dump_json(), durable=durable)

    # ---- who runs it -------------------------------------------------------------------------------------------------

    @contextmanager
    def claimed(self) -> Iterator[None]:
        """Be the one who runs it.

        Raises:
            Conflict: somebody runs it.
        """
        lock = FileLock(self.path / "lock", thread_local=False)
        try:
            lock.acquire(timeout=_CLAIM_SECONDS)  # who only looks whether it runs holds the lock for a moment
        except Timeout as error:
            raise Conflict("the job is running already", self.path.name, f"geokg jobs show {self.path.name}") from error
        try:
            yield
        finally:
            lock.release(force=True)

    def is_running(self) -> bool:
        """Whether a living process runs it."""
        lock = FileLock(self.path / "lock", thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return True
        lock.release(force=True)
        return False

    # ---- what people want of it --------------------------------------------------------------------------------------

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody wants it to stop."""
        return (self.path / "cancel").exists()

    def cancel(self) -> None:
        """Have it stop: at once where it waits, behind the batch that is being written where it runs.

        Raises:
            Conflict: it has ended.
        """
        status = self.status()
        if status.state != "queued":
            raise Conflict(f"the job is {status.state}", self.job.id, "There is nothing to cancel")
        replace(self.path / "cancel", "")
        with contextlib.suppress(Conflict), self.claimed():
            if self.status().state == "queued":
                self.set(status.model_copy(update={"state": "cancelled", "finished_at": known_now()}))

    def resume(self, max_rejects: int | None = None) -> None:
        """Have a job that failed or was cancelled go on from where it was.

        Args:
            max_rejects: how many rejects stop it from now on; as many as before when left out.

        Raises:
            Conflict: it is done, or runs.
        """
        status = self.status()
        if status.state == "done":
            raise Conflict("the job is done", self.job.id, "Ingest its input again with --again (again=true)")
        with self.claimed():
            (self.path / "cancel").unlink(missing_ok=True)
            limit = status.max_rejects if max_rejects is None else max_rejects
            self.set(Status(max_rejects=limit, started_at=status.started_at))

    def drop_input(self) -> None:
        """Remove what was kept, which is in the graph by now."""
        shutil.rmtree(self.path / "input", ignore_errors=True)

    # ---- answers -----------------------------------------------------------------------------------------------------

    def answer(self, *, again: bool = False) -> JobAnswer:
        """The job as an answer."""
        job, status, told = self.job, self.status(), self.told()
        running = status.state == "queued" and self.is_running()
        shown = told.model_dump() if running else told.model_dump(exclude={"rate", "seconds_left"})
        return JobAnswer(
            id=job.id,
            state="running" if running else status.state,
            source=job.source,
            place=job.place,
            sha256=job.sha256,
            size=job.size,
            created_at=job.created_at,
            started_at=status.started_at,
            finished_at=status.finished_at,
            max_rejects=status.max_rejects,
            error=status.error,
            again=again,
            **shown,
        )

    def reject_page(self, after: int, limit: int) -> RejectPage:
        """Some of its rejects.

        Args:
            after: how many to pass over.
            limit: most to answer.
        """
        found, total = [], 0
        with contextlib.suppress(FileNotFoundError), self.rejects.open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    break  # it is being written
                if after <= total < after + limit:
                    row = json.loads(line)
                    found.append(RejectAnswer(where=row["where"], reason=row["reason"]))
                total += 1
        return RejectPage(items=tuple(found), total=total, next=after + limit if after + limit < total else None)
