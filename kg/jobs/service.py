"""What a service does about its jobs: have them run, in a process of their own, whenever some wait."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
from typing import Any, Final

from pydantic import SecretStr

from kg.jobs.store import JobStore, jobs_folder
from kg.settings import Settings

_log = logging.getLogger(__name__)
_LOOK_SECONDS: Final = 5.0
_AFTER_FAILURE_SECONDS: Final = 5.0
_END_SECONDS: Final = 20.0


class JobService:
    """Starts the process that runs jobs, at the start of the service and whenever a job is added."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.store = JobStore(jobs_folder(settings))
        self._wanted = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._process: asyncio.subprocess.Process | None = None

    def start(self) -> None:
        """Look for jobs from now on; those that an earlier service left unfinished are the first."""
        self._wanted.set()
        self._task = asyncio.create_task(self._run())

    def wake(self) -> None:
        """Look now: a job was added."""
        self._wanted.set()

    async def close(self) -> None:
        """End the process behind the batch that it writes; its job goes on with the next start."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if (process := self._process) is not None and process.returncode is None:
            assert process.stdin is not None
            process.stdin.close()
            try:
                await asyncio.wait_for(process.wait(), _END_SECONDS)
            except TimeoutError:
                process.kill()
                await process.wait()

    async def _run(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wanted.wait(), _LOOK_SECONDS)
            self._wanted.clear()
            if not await asyncio.to_thread(self.store.waiting):
                continue
            try:
                self._process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", "kg.jobs.process"),
                    env={**os.environ, **environment_of(self._settings)},
                    stdin=asyncio.subprocess.PIPE,
                )
                status = await self._process.wait()
            except OSError as error:
                _log.error("jobs cannot be run: %s", error)
                status = 1
            if status:
                await asyncio.sleep(_AFTER_FAILURE_SECONDS)


def environment_of(settings: Settings) -> dict[str, str]:
    """The variables from which another process reads the same settings."""
    values: dict[str, Any] = {name: getattr(settings, name) for name in Settings.model_fields}
    return {
        f"GEOKG_{name.upper()}": value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        for name, value in values.items()
        if value is not None
    }
