"""Turns among the processes that write to one embedded engine.

The engine lets writers overlap, and at the commit of the later one finds out that it has to begin anew. A large batch
would so lose against each small write. So they wait for each other here. It is manners only: a writer that waits too
long, such as for a process that is stopped, goes on without, and the engine keeps the two apart.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

_LOOK_SECONDS: Final = 0.005
_LONGEST_WAIT: Final = 20.0
_LONG: Final = 0.1
"""Seconds after which a writer lets others have a turn before its next one."""


@asynccontextmanager
async def turn(folder: Path) -> AsyncIterator[None]:
    """Be the one process that writes to the engine of a folder; held by nobody as soon as a process ends."""
    lock = FileLock(folder / "write.lock", thread_local=False)
    deadline = time.monotonic() + _LONGEST_WAIT
    while time.monotonic() < deadline:
        try:
            lock.acquire(timeout=0)
            break
        except Timeout:
            await asyncio.sleep(_LOOK_SECONDS)
    began = time.monotonic()
    try:
        yield
    finally:
        lock.release(force=True)
        if time.monotonic() - began > _LONG:
            await asyncio.sleep(2 * _LOOK_SECONDS)
