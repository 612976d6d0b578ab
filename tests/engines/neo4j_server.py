"""A real Neo4j Community server with its Browser, for the tests and for development.

``python -m tests.engines.neo4j_server`` runs one until Ctrl-C, on ports of its own choice or the ones given.
The jars come from Maven Central once, into ``GEOKG_TEST_CACHE`` or the user's cache folder.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path
from typing import Final

import platformdirs
from filelock import FileLock
from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

POM: Final = Path(__file__).with_name("pom.xml")
_OLDEST_JAVA: Final = 17
_FETCH_SECONDS: Final = 600
_START_SECONDS: Final = 120
_PAUSE_SECONDS: Final = 0.1
_OPENED: Final = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch")
_CONFIGURATION: Final = """\
server.bolt.listen_address=127.0.0.1:{bolt_port}
server.bolt.advertised_address=127.0.0.1:{bolt_port}
server.http.listen_address=127.0.0.1:{http_port}
server.http.advertised_address=127.0.0.1:{http_port}
server.https.enabled=false
server.memory.heap.initial_size=256m
server.memory.heap.max_size=1g
server.memory.pagecache.size=64m
server.memory.query_cache.per_db_cache_num_entries=2000
dbms.security.auth_enabled=false
dbms.usage_report.enabled=false
"""


class CannotRun(RuntimeError):
    """No Neo4j can be had on this machine; the message says in one sentence why."""


def _cache() -> Path:
    named = os.environ.get("GEOKG_TEST_CACHE")
    return Path(named) if named else Path(platformdirs.user_cache_dir("geokg-tests", appauthor=False))


def fetch() -> Path:
    """The folder of the server's jars, filled by Maven when this pom.xml was never fetched before.

    Raises:
        CannotRun: they are not there, and Maven is not there either or fails.
    """
    pom = POM.read_bytes()
    folder = _cache() / f"neo4j-{hashlib.sha256(pom).hexdigest()[:12]}"
    if folder.is_dir():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        raise CannotRun("Maven (mvn), which fetches Neo4j, is not installed")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        if folder.is_dir():  # another process was faster
            return folder
        with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
            jars = Path(scratch) / "lib"
            command = [maven, "-B", "-q", "-f", str(POM), "dependency:copy-dependencies"]
            command += [f"-DoutputDirectory={jars}", "-DincludeScope=runtime"]
            try:
                done = subprocess.run(
                    command,
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                    text=True,
                    timeout=_FETCH_SECONDS,
                    check=False,
                )
            except subprocess.TimeoutExpired as error:
                raise CannotRun(f"Maven did not fetch Neo4j within {_FETCH_SECONDS} seconds") from error
            if done.returncode or not any(jars.glob("neo4j-server-*.jar")):
                lines = [line for line in (done.stdout + done.stderr).splitlines() if "ERROR" in line]
                raise CannotRun(f"Maven cannot fetch Neo4j: {lines[0] if lines else 'it brought no server'}")
            jars.replace(folder)
    return folder


def _java() -> str:
    home = os.environ.get("JAVA_HOME")
    java = shutil.which(str(Path(home) / "bin" / "java")) if home else None
    java = java or shutil.which("java")
    if java is None:
        raise CannotRun(f"Java ({_OLDEST_JAVA} or later), which runs Neo4j, is not installed")
    told = subprocess.run(
        [java, "-XshowSettings:properties", "-version"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    ).stderr
    found = re.search(r"java\.specification\.version = (\S+)", told)
    version = found[1] if found else ""
    if not version.isdigit() or int(version) < _OLDEST_JAVA:
        raise CannotRun(f"Java {_OLDEST_JAVA} or later is needed to run Neo4j; this is Java {version or 'unknown'}")
    return java


def _free_ports() -> tuple[int, int]:
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        second.bind(("127.0.0.1", 0))
        return first.getsockname()[1], second.getsockname()[1]


def admin_command(*arguments: str) -> list[str]:
    """The command that runs ``neo4j-admin`` with these arguments; NEO4J_HOME and NEO4J_CONF name the server.

    Raises:
        CannotRun: the jars or a Java cannot be had.
    """
    opened = [f"--add-opens={module}=ALL-UNNAMED" for module in _OPENED]
    return [_java(), "-Xmx512m", *opened, "-cp", str(fetch() / "*"), "org.neo4j.cli.AdminTool", *arguments]


class Neo4jServer:
    """One server in a folder of its own, which goes when it stops; it asks for no password.

    Its graph is empty, unless ``home`` is a folder that one was imported into.
    """

    def __init__(self, bolt_port: int | None = None, http_port: int | None = None, home: Path | None = None) -> None:
        jars, java = fetch(), _java()
        free = _free_ports()
        self.bolt_port, self.http_port = bolt_port or free[0], http_port or free[1]
        self._home = home or Path(tempfile.mkdtemp(prefix="geokg-neo4j-"))
        configuration = self._home / "conf"
        configuration.mkdir(exist_ok=True)
        (configuration / "neo4j.conf").write_text(
            _CONFIGURATION.format(bolt_port=self.bolt_port, http_port=self.http_port), "utf-8"
        )
        command = [java, "-Xms256m", "-Xmx1g", "-XX:+UseSerialGC"]
        command += [f"--add-opens={module}=ALL-UNNAMED" for module in _OPENED]
        classes = os.pathsep.join(str(folder / "*") for folder in (jars, self._home / "plugins"))
        command += ["-cp", classes, "org.neo4j.server.CommunityEntryPoint"]
        command += [f"--home-dir={self._home}", f"--config-dir={configuration}"]
        self._log = self._home / "output.log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self._home, start_new_session=True
            )

    @property
    def uri(self) -> str:
        """Where the driver connects."""
        return f"bolt://127.0.0.1:{self.bolt_port}"

    @property
    def browser(self) -> str:
        """The address of Neo4j Browser."""
        return f"http://127.0.0.1:{self.http_port}/browser/"

    def wait(self) -> Neo4jServer:
        """Stay until it answers over Bolt and HTTP.

        Raises:
            CannotRun: it ended, or did not answer in time.
        """
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                line = self._telling_line()
                self.stop()
                raise CannotRun(f"Neo4j ended with status {self._process.returncode}: {line}")
            if _listens(self.bolt_port) and self._answers():
                return self
            time.sleep(_PAUSE_SECONDS)
        line = self._telling_line()
        self.stop()
        raise CannotRun(f"Neo4j did not answer within {_START_SECONDS} seconds: {line}")

    def _answers(self) -> bool:
        try:
            with GraphDatabase.driver(self.uri, connection_timeout=5) as driver:
                driver.execute_query("RETURN 1")
            with urllib.request.urlopen(self.browser, timeout=5) as answer:
                return bool(answer.status == 200)
        except (DriverError, Neo4jError, OSError):
            return False

    def _telling_line(self) -> str:
        lines = [line for line in self._log.read_text("utf-8", errors="replace").splitlines() if line.strip()]
        errors = [line for line in lines if "ERROR" in line or "Exception" in line]
        return (errors or lines[-1:] or ["it said nothing"])[0]

    def stop(self) -> None:
        """End it at once, as its data go too, and remove its folder; harmless when done twice."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._home, ignore_errors=True)

    def __enter__(self) -> Neo4jServer:
        return self.wait()

    def __exit__(self, *_: object) -> None:
        self.stop()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def main() -> int:
    """Run a server until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m tests.engines.neo4j_server", description=main.__doc__)
    parser.add_argument("--bolt-port", type=int, default=None, help="a free one when left out")
    parser.add_argument("--http-port", type=int, default=None, help="a free one when left out")
    given = parser.parse_args()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        with Neo4jServer(given.bolt_port, given.http_port) as server:
            sys.stdout.write(
                f"export GEOKG_NEO4J_URI={server.uri}\n"
                f"# Browser: {server.browser}?dbms=bolt://localhost:{server.bolt_port}&preselectAuthMethod=NO_AUTH\n"
            )
            sys.stdout.flush()
            stop.wait()
    except CannotRun as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
