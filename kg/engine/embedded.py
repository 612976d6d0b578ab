"""Join the embedded engine that runs on a data folder, or start it there."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from kg.engine.leases import Lease, live_leases
from kg.errors import EngineUnavailable
from kg.settings import Settings

USER = "root"
_PAUSE_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Address:
    """Where the running engine listens, and who may come in."""

    bolt_port: int
    http_port: int
    password: str


def _password(data_dir: Path) -> str:
    """The password of this folder's engine, made at random at first; only the user can read the file.

    It is written beside its place and then linked there, so that nobody finds it empty: not who starts at the same
    moment, and not who comes after one that was killed in between.
    """
    path = data_dir / "password"
    if not path.exists():
        beside = data_dir / f"password.{secrets.token_hex(4)}"
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(32))
        with contextlib.suppress(FileExistsError):
            os.link(beside, path)
        beside.unlink()
    return path.read_text("utf-8").strip()


def _answering(data_dir: Path) -> Address | None:
    """The engine that engine.json tells of, if it lives and listens.

    One that was killed leaves the file behind, and another program may listen on its port by now: only who holds the
    lock is the engine.
    """
    if _lock_is_free(data_dir):
        return None
    try:
        info: dict[str, Any] = json.loads((data_dir / "engine.json").read_text("utf-8"))
        with socket.create_connection(("127.0.0.1", info["bolt_port"]), timeout=2):
            pass
        return Address(info["bolt_port"], info["http_port"], (data_dir / "password").read_text("utf-8").strip())
    except (OSError, ValueError, KeyError):
        return None


def _lock_is_free(data_dir: Path) -> bool:
    lock = FileLock(data_dir / "engine.lock", thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    lock.release(force=True)
    return True


def _spawn(data_dir: Path, settings: Settings) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kg.engine.server_process", str(data_dir)]
    command += [settings.engine_heap, str(settings.engine_linger)]
    # A session of its own: Ctrl-C in the terminal ends the command, and the engine then ends by itself, cleanly.
    own_session: dict[str, Any] = (
        {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
        if sys.platform == "win32"
        else {"start_new_session": True}
    )
    with (data_dir / "engine.log").open("ab") as log:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **own_session)


class EmbeddedEngine:
    """This process's hold on the engine of one data folder."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.data_dir = settings.data_dir.expanduser().resolve()
        self._lease: Lease | None = None
        self._child: subprocess.Popen[bytes] | None = None

    def join(self) -> Address:
        """Connect to the running engine, or start it; blocks until it answers.

        A lock left by a process that was killed is no obstacle: the operating system released it. Many processes may
        do this at once; one of them starts the engine.

        Raises:
            EngineUnavailable: it does not start within ``engine_start_timeout`` seconds, or the folder cannot be used.
        """
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
            if self._lease is None:
                self._lease = Lease(self.data_dir / "leases")
            _password(self.data_dir)
            return self._join()
        except (OSError, Timeout) as error:
            raise EngineUnavailable(
                f"the data folder cannot be used: {error}", str(self.data_dir), "Name another one with --data-dir"
            ) from error

    def _join(self) -> Address:
        deadline = time.monotonic() + self._settings.engine_start_timeout
        child = self._child = None
        while time.monotonic() < deadline:
            if address := _answering(self.data_dir):
                return address
            with FileLock(self.data_dir / "start.lock", thread_local=False).acquire(
                timeout=deadline - time.monotonic()
            ):
                ended = child is None or child.poll() is not None
                if child is not None and child.poll() not in (None, 0, 3):
                    break
                if ended and _answering(self.data_dir) is None and _lock_is_free(self.data_dir):
                    (self.data_dir / "engine.json").unlink(missing_ok=True)
                    child = self._child = _spawn(self.data_dir, self._settings)
                while child is not None and child.poll() is None and time.monotonic() < deadline:
                    if address := _answering(self.data_dir):
                        return address
                    time.sleep(_PAUSE_SECONDS)
            time.sleep(_PAUSE_SECONDS)
        raise EngineUnavailable(
            "the embedded engine did not start",
            str(self.data_dir / "engine.log"),
            "Read that log; a full disk or too little memory (GEOKG_ENGINE_HEAP) are the usual reasons",
        )

    def leave(self, *, wait: bool = False) -> None:
        """Let go of the engine; it ends by itself when nobody uses it.

        Args:
            wait: stay until it has ended, unless somebody else uses it.
        """
        if self._lease is not None:
            self._lease.release()
            self._lease = None
        deadline = time.monotonic() + self._settings.engine_linger + 10
        while wait and time.monotonic() < deadline and not live_leases(self.data_dir / "leases"):
            if _lock_is_free(self.data_dir):
                return
            time.sleep(_PAUSE_SECONDS)
