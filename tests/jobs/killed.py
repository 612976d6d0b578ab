"""Run a job, and kill this process with -9 when it comes by a point for the n-th time.

The points are put into this process only: the code of the product knows nothing of them.
"""

from __future__ import annotations

import asyncio
import functools
import os
import resource
import signal
from collections import Counter
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from kg.engine import graph as engine
from kg.ingest.pipeline import Pipeline
from kg.jobs import files, job, keeping, run, store
from kg.settings import Settings
from schema.errors import GeokgError

POINTS: Final = (
    "before a transaction",
    "in a transaction",
    "before the commit",
    "after the commit",
    "before a checkpoint",
    "in a checkpoint",
    "after a checkpoint",
    "behind rejects",
    "before the end",
    "at the end",
)

KEEPING: Final = ("in the copying", "before the copy is on the disk", "after it", "before the job is there", "between")
"""Points while an input is kept."""

_passed: Counter[str] = Counter()
_goal: list[Any] = ["", 0]


def _by(point: str) -> None:
    _passed[point] += 1
    if _goal[0] == point and _passed[point] >= _goal[1]:
        os.kill(os.getpid(), signal.SIGKILL)


def _around(owner: Any, name: str, before: str = "", after: str = "", when: Callable[..., bool] | None = None) -> None:
    original = getattr(owner, name)

    def passes(arguments: tuple[Any, ...], point: str) -> None:
        if point and (when is None or when(*arguments)):
            _by(point)

    if asyncio.iscoroutinefunction(original):

        @functools.wraps(original)
        async def awaited(*arguments: Any, **named: Any) -> Any:
            passes(arguments, before)
            answer = await original(*arguments, **named)
            passes(arguments, after)
            return answer

        setattr(owner, name, awaited)
        return

    @functools.wraps(original)
    def called(*arguments: Any, **named: Any) -> Any:
        passes(arguments, before)
        answer = original(*arguments, **named)
        passes(arguments, after)
        return answer

    setattr(owner, name, called)


def _put_points() -> None:
    _around(engine.Graph, "write", "before a transaction", "after the commit")
    _around(engine._Transaction, "log", "in a transaction", "before the commit")
    _around(keeping.JobKeeper, "save", "before a checkpoint", "after a checkpoint")
    _around(files, "settle", "in a checkpoint")
    _around(keeping.JobKeeper, "reject", after="behind rejects")
    _around(Pipeline, "supersede_earlier_versions", "before the end", "before the end")
    _around(job.JobFolder, "set", "at the end", "at the end", lambda _, status: status.state == "done")
    _around(files.Copy, "write", "in the copying")
    _around(files.Copy, "close", "before the copy is on the disk", "after it")
    _around(job.JobFolder, "write_new", after="before the job is there")
    _around(store, "settle", "between")


def run_until(settings: Settings, folder: str, point: str, number: int) -> None:
    """Run the job in a folder up to the n-th time at a point; to its end where that is never reached."""
    _goal[:] = [point, number]
    _put_points()
    asyncio.run(run.run_job(settings, job.JobFolder(Path(folder))))


def add_until(folder: str, source: str, place: str, point: str, number: int) -> None:
    """Keep an input up to the n-th time at a point."""
    _goal[:] = [point, number]
    _put_points()
    store.JobStore(Path(folder)).add(source, place)


def with_room(room: int, folder: Path, place: Path, settings: Settings | None, tell: Connection) -> None:
    """Keep an input, or run the first job with settings, where no file can be larger than ``room``; tell what fails."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    jobs = store.JobStore(folder)
    try:
        if settings is None:
            jobs.add("files", str(place))
        else:
            asyncio.run(run.run_job(settings, jobs.all()[0]))
    except GeokgError as error:
        tell.send(str(error))
