"""All jobs of a folder: keep an input, find the job of it, and the one to run next."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from kg.jobs.files import Copy, copy, settle, telling
from kg.jobs.job import Job, JobFolder
from kg.settings import Settings
from kg.sources.port import source_named
from schema.errors import InvalidInput, NotFound
from schema.ids import make_id
from schema.times import known_now

MAX_REJECTS: Final = 10_000
"""Rejects that stop a job, where nobody says otherwise."""

_UNFINISHED: Final = ".new-"
_ADDRESS: Final = ("http://", "https://")
_LONGEST_NAME: Final = 200


def jobs_folder(settings: Settings) -> Path:
    """Where the jobs of these settings are."""
    return (settings.jobs_dir or settings.data_dir / "jobs").expanduser().resolve()


class JobStore:
    """The jobs of one folder. Many processes may use it at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(
        self,
        source: str,
        place: str,
        *,
        max_rejects: int | None = MAX_REJECTS,
        reader: str | None = None,
        again: bool = False,
    ) -> tuple[JobFolder, bool]:
        """Keep what is at a place, and make a job of it that waits to be run.

        The same input for the same source is recognised by its digest: the answer is then its earlier job.

        Args:
            source: name of the source that reads it.
            place: a file or a folder, which is copied; or an address, which the source asks when the job runs.
            max_rejects: how many rejects stop it; None for any number.
            reader: reads articles.
            again: make a new job also for an input that had one.

        Returns:
            The job, and whether it was there before.

        Raises:
            UnknownPlugin: there is no such source.
            InvalidInput: there is nothing at the place.
            StorageFull: there is no room to keep it.
        """
        with self.draft(source, place, max_rejects=max_rejects, reader=reader, again=again) as draft:
            if not draft.is_address:
                origin = Path(place)
                draft.keep(*copy(origin, draft.target))
            return draft.done()

    @contextmanager
    def draft(
        self,
        source: str,
        place: str,
        *,
        max_rejects: int | None = MAX_REJECTS,
        reader: str | None = None,
        again: bool = False,
    ) -> Iterator[Draft]:
        """A job whose input is still being kept; it is there only when :meth:`Draft.done` has answered."""
        source_named(source)
        with telling(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = Draft(self, source, place, max_rejects, reader, again)
        try:
            yield draft
        finally:
            draft.discard()

    def all(self) -> list[JobFolder]:
        """Every job, the newest first."""
        if not self.folder.is_dir():
            return []
        found = [JobFolder(path) for path in self.folder.iterdir() if path.name.startswith("job-")]
        return sorted(found, key=lambda each: (each.job.created_at, each.job.id), reverse=True)

    def one(self, identifier: str) -> JobFolder:
        """The job with an id.

        Raises:
            NotFound: there is none.
        """
        path = self.folder / identifier
        if not identifier.startswith("job-") or not identifier.replace("-", "").isalnum() or not path.is_dir():
            raise NotFound("no job has this id", identifier[:60], "List them: geokg jobs")
        return JobFolder(path)

    def waiting(self) -> list[JobFolder]:
        """The jobs that are to be run and that nobody runs, the oldest first."""
        return [each for each in reversed(self.all()) if each.status().state == "queued" and not each.is_running()]

    def sweep(self) -> None:
        """Remove what is left of inputs that were being kept when their process was killed; nobody was told of them."""
        for path in self.folder.glob(f"{_UNFINISHED}*") if self.folder.is_dir() else ():
            lock = FileLock(path / "lock", thread_local=False)
            try:
                lock.acquire(timeout=0)
            except (Timeout, OSError):
                continue
            shutil.rmtree(path, ignore_errors=True)
            lock.release(force=True)


class Draft:
    """A job in the making: a folder with another name, whose lock tells that somebody is at it."""

    def __init__(
        self, store: JobStore, source: str, place: str, max_rejects: int | None, reader: str | None, again: bool
    ) -> None:
        self._store = store
        self._source, self._place = source, place
        self._max_rejects, self._reader, self._again = max_rejects, reader, again
        self.is_address = place.startswith(_ADDRESS)
        self._folder: Path | None = store.folder / f"{_UNFINISHED}{secrets.token_hex(8)}"
        with telling(self._folder):
            self._folder.mkdir()
            self._lock = FileLock(self._folder / "lock", thread_local=False)
            self._lock.acquire(timeout=5)
        self._sha256: str | None = None
        self._size = 0

    @property
    def target(self) -> Path:
        """Where its input is to be kept, under the name that it has."""
        assert self._folder is not None
        return self._folder / "input" / self._name

    @property
    def _name(self) -> str:
        name = Path(self._place).name
        if len(name) > _LONGEST_NAME:  # the end tells the format
            name = name[-_LONGEST_NAME:]
        return name if name not in ("", ".", "..") else "input"

    def receive(self) -> tuple[Copy, hashlib._Hash]:
        """A file to write into what comes over a connection, and its digest."""
        digest = hashlib.sha256()
        return Copy(self.target, digest), digest

    def keep(self, sha256: str, size: int) -> None:
        """Note what was kept."""
        self._sha256, self._size = sha256, size

    def done(self) -> tuple[JobFolder, bool]:
        """Make the job be there; from now on it will be run, come what may."""
        folder = self._folder
        assert folder is not None
        if not self.is_address and not self._size:
            raise InvalidInput("the input is empty", self._place, "Give one with something in it")
        now = known_now()
        parts = [self._source, self._sha256 or now]
        if self._again or self.is_address:
            parts.append(secrets.token_hex(8))
        identifier = make_id("job", *parts)
        target = self._store.folder / identifier
        if target.is_dir():
            return JobFolder(target), True
        job = Job(
            id=identifier,
            source=self._source,
            place=self._place,
            kept=None if self.is_address else self._name,
            sha256=self._sha256,
            size=self._size,
            created_at=now,
            reader=self._reader,
        )
        made = JobFolder(folder)
        made.write_new(job, self._max_rejects)
        with telling(target):
            settle(folder)
            if sys.platform == "win32":  # which renames no folder with an open file in it
                self._lock.release(force=True)
            try:
                folder.rename(target)
            except OSError:
                if not target.is_dir():
                    raise
                return JobFolder(target), True  # somebody else brought the same at the same moment
            self._folder = None
            self._lock.release(force=True)
            settle(self._store.folder)
        return JobFolder(target), False

    def discard(self) -> None:
        """Remove what is of no use; does nothing when the job is there."""
        if self._folder is not None:
            with contextlib.suppress(OSError):
                shutil.rmtree(self._folder, ignore_errors=True)
            self._lock.release(force=True)
            self._folder = None
