"""Who uses the embedded engine: one locked file a user, so that a user who dies without a word counts as gone.

The operating system drops the lock of a process however it ends, so a lease whose lock can be taken is a dead one.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from filelock import FileLock, Timeout


class Lease:
    """One user's hold on the engine, from its making until :meth:`release` or the end of the process."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{os.getpid()}-{secrets.token_hex(4)}.lease"
        self._lock = FileLock(self.path, thread_local=False)
        self._lock.acquire(timeout=5)

    def release(self) -> None:
        """Let go; harmless when done twice."""
        self._lock.release(force=True)
        with contextlib.suppress(OSError):
            self.path.unlink()


def live_leases(folder: Path) -> int:
    """Count the living users, and remove what dead ones left."""
    alive = 0
    for path in folder.glob("*.lease"):
        lock = FileLock(path, thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            alive += 1
            continue
        except OSError:  # removed by its owner between glob and open
            continue
        with contextlib.suppress(OSError):
            path.unlink()
        lock.release(force=True)
    return alive
