"""The process in which a service's jobs run: ``python -m kg.jobs.process``, settings in the environment.

Work on an input keeps a processor busy, and would keep the service from answering if it were in the same process. This
one runs the jobs that wait, one after the other. It ends when there are none, or when its standard input ends: then the
service is gone, whether it ended or was killed.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
import threading

from kg.errors import Conflict
from kg.jobs.run import run_job
from kg.jobs.store import JobStore, jobs_folder
from kg.settings import Settings, load_settings
from schema.errors import GeokgError

_log = logging.getLogger(__name__)
_NICENESS = 10
"""Whoever asks comes first."""


async def run_waiting(settings: Settings, ended: threading.Event) -> bool:
    """Run the jobs that wait, the oldest first; answers whether some of them still wait."""
    store = JobStore(jobs_folder(settings))
    store.sweep()
    left: set[str] = set()
    while not ended.is_set():
        folder = next((each for each in store.waiting() if each.path.name not in left), None)
        if folder is None:
            break
        with contextlib.suppress(Conflict):
            status = await run_job(settings, folder, stops=ended.is_set, pause=settings.jobs_pause)
            if status.state == "queued":
                left.add(folder.path.name)
    return bool(left)


def _main() -> int:
    settings = load_settings()
    logging.basicConfig(level=settings.log_level.upper(), format="%(levelname)s %(name)s: %(message)s")
    ended = threading.Event()

    def watch() -> None:
        with contextlib.suppress(OSError):
            while os.read(0, 1):  # not by way of sys.stdin, whose lock a thread must not hold at the end of a process
                pass
        ended.set()

    threading.Thread(target=watch, daemon=True, name="watch").start()
    with contextlib.suppress(OSError, AttributeError):
        os.nice(_NICENESS)
    try:
        return 1 if asyncio.run(run_waiting(settings, ended)) else 0
    except GeokgError as error:
        _log.error("%s", error)
        return 1


if __name__ == "__main__":
    sys.exit(_main())
