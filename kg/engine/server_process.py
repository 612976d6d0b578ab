"""The embedded engine's own process: ``python -m kg.engine.server_process DATA_DIR HEAP LINGER``.

It holds ``engine.lock`` for as long as it lives, says in ``engine.json`` where it listens, and ends by itself once the
last lease on it has been gone for LINGER seconds.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from kg.engine.leases import live_leases

DATABASE = "geokg"
_POLL_SECONDS = 0.5
_BOLT_PLUGIN = "Bolt:com.arcadedb.bolt.BoltProtocolPlugin"


def _free_ports(count: int) -> list[int]:
    """Ports of the loopback that are free now; all are held until all are known, so that they differ."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def _write_whole(path: Path, content: str) -> None:
    """Write so that a reader sees the old file or the new one, never a part."""
    beside = path.with_suffix(".new")
    beside.write_text(content, "utf-8")
    beside.replace(path)


def run(data_dir: Path, heap: str, linger: float) -> int:
    """Serve until nobody needs it; returns the exit status (3 when another process serves this folder)."""
    lock = FileLock(data_dir / "engine.lock", thread_local=False)
    try:
        lock.acquire(timeout=5)
    except Timeout:
        return 3
    os.chdir(data_dir)  # the engine writes its log folder where it stands
    from arcadedb_embedded.server import ArcadeDBServer  # noqa: PLC0415 - loads the Java runtime

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    bolt_port, http_port = _free_ports(2)
    server: Any = ArcadeDBServer(
        str(data_dir / "engine"),
        root_password=(data_dir / "password").read_text("utf-8").strip(),
        config={
            "host": "127.0.0.1",
            "mode": "development",  # "production" hides the texts of errors
            "http_port": http_port,
            "bolt_port": bolt_port,
            "server_plugins": _BOLT_PLUGIN,
        },
        jvm_kwargs={"heap_size": heap},
    )
    server.start()
    info = data_dir / "engine.json"
    try:
        server.create_database(DATABASE)
        told = json.dumps({"pid": os.getpid(), "bolt_port": bolt_port, "http_port": http_port})
        _write_whole(info, told)
        last_used = time.monotonic()
        while not stop.wait(_POLL_SECONDS):
            if live_leases(data_dir / "leases"):
                last_used = time.monotonic()
            elif time.monotonic() - last_used > linger:
                info.unlink(missing_ok=True)  # who reads it up to now has a lease already, and is seen here
                if not live_leases(data_dir / "leases"):
                    break
                _write_whole(info, told)
                last_used = time.monotonic()
    finally:
        info.unlink(missing_ok=True)
        server.stop()
        lock.release(force=True)
    return 0


if __name__ == "__main__":
    sys.stdout.flush()
    os._exit(run(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])))  # the Java runtime leaves threads behind
