"""The port: read with a named query, write in a retried transaction; the same on both engines."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Protocol, TypeVar

import httpx
from neo4j import AsyncDriver, AsyncGraphDatabase, AsyncManagedTransaction
from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from kg.cypher import changes, schema_version
from kg.engine.dialect import ArcadeDialect, Dialect, Neo4jDialect
from kg.engine.embedded import USER, Address, EmbeddedEngine
from kg.engine.query import Query
from kg.engine.server_process import DATABASE
from kg.engine.turns import turn
from kg.errors import Conflict, EngineRefused, EngineUnavailable
from kg.settings import Settings
from schema.times import stamp_after

Row = dict[str, Any]
T = TypeVar("T")
U = TypeVar("U")

_log = logging.getLogger(__name__)
_RACES = 8
_CONFLICTS = 3
_CONNECTS = 3
_LOST = (ServiceUnavailable, SessionExpired, ConnectionError, TimeoutError)


@dataclass(slots=True)
class Changes:
    """What a transaction changes, by ids of records; becomes its changeset, see :mod:`kg.cypher.changes`."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    retracted: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    relationships: int = 0
    """How many relationships were written, derived ones among them."""


class Transaction(Protocol):
    """A running write transaction."""

    @property
    def now(self) -> str:
        """When the graph learns what is written: later than the stamp of every transaction before this one."""

    @property
    def changes(self) -> Changes:
        """What was changed so far; whoever writes a record adds its id."""

    async def run(self, query: Query, /, **parameters: Any) -> list[Row]:
        """Run one query and return its rows."""


class _Transaction:
    def __init__(self, transaction: AsyncManagedTransaction) -> None:
        self._transaction = transaction
        self._turn = 0
        self.changeset: str | None = None
        self.now = ""
        self.changes = Changes()

    async def run(self, query: Query, /, **parameters: Any) -> list[Row]:
        result = await self._transaction.run(query.text, parameters)
        return [dict(record) async for record in result]

    async def take_turn(self) -> None:
        """Wait for the writers before this one; the stamp is taken after, so that stamps are in the order of turns."""
        rows = await self.run(schema_version.TAKE_TURN)
        self._turn, before = (rows[0]["turn"], rows[0]["written_at"]) if rows else (0, None)
        self.now = stamp_after(before)

    async def log(self, job: str | None) -> None:
        """Write down what was changed, if anything was, as a part of the transaction."""
        props = {each.name: value for each in fields(self.changes) if (value := getattr(self.changes, each.name))}
        if props:
            self.changeset = changes.changeset_id(self._turn)
            props |= {"id": self.changeset, "at": self.now} | ({"job": job} if job else {})
            await self.run(changes.RECORD, props=props, at=self.now)


class Graph:
    """An open graph. Made by :func:`open_graph`; close it when done.

    Args:
        settings: name the engine.
        job: id of the job that all writes of this connection are part of.
    """

    def __init__(self, settings: Settings, job: str | None = None) -> None:
        self._settings = settings
        self._job = job
        self._embedded = None if settings.neo4j_uri else EmbeddedEngine(settings)
        self.dialect: Dialect = Neo4jDialect() if settings.neo4j_uri else ArcadeDialect()
        self.races = 0
        """How often a write was tried again because another writer was in its way."""
        self.last_changeset = ""
        """Id of the changeset of the last write of this connection that changed something."""
        self._driver: AsyncDriver | None = None
        self._address: Address | None = None
        self._lost = False
        self._opening = asyncio.Lock()
        self._turn = asyncio.Lock()

    @property
    def name(self) -> str:
        """``embedded`` or ``neo4j``."""
        return self.dialect.name

    @property
    def place(self) -> str:
        """Where the graph is, for people to read."""
        return self._settings.neo4j_uri or str(self._settings.data_dir)

    @property
    def data_dir(self) -> Path:
        """The folder of this machine for what is kept beside the graph."""
        return self._settings.data_dir

    @property
    def _database(self) -> str:
        return self._settings.neo4j_database if self._embedded is None else DATABASE

    async def open(self) -> None:
        """Connect; starts the embedded engine when it does not run.

        Raises:
            EngineUnavailable: no engine answers.
            EngineRefused: it answers and refuses the user, the password or the database.
        """
        async with self._opening:
            if self._driver is not None and not self._lost:
                return
            if self._driver is not None:
                await self._driver.close()
                self._driver = None
            self._driver = await self._connect()
            self._lost = False

    async def _connect(self) -> AsyncDriver:
        for attempt in range(1, _CONNECTS + 1):
            try:
                return await self._connected()
            except EngineUnavailable:
                # An embedded engine that was about to end when it was joined is not there any more; the next one is.
                if self._embedded is None or attempt == _CONNECTS:
                    raise
        raise AssertionError("unreachable")

    async def _connected(self) -> AsyncDriver:
        # A retried transaction gives up soon: whoever asks is told within seconds that the engine is down.
        options: dict[str, Any] = {"connection_timeout": 5.0, "max_transaction_retry_time": 10.0}
        options["notifications_min_severity"] = "OFF"
        if self._embedded is not None:
            self._address = address = await asyncio.to_thread(self._embedded.join)
            uri, auth = f"bolt://127.0.0.1:{address.bolt_port}", (USER, address.password)
            del options["notifications_min_severity"]  # its protocol version does not know them
        else:
            assert self._settings.neo4j_uri is not None
            uri = self._settings.neo4j_uri
            auth = (self._settings.neo4j_user, self._settings.neo4j_password.get_secret_value())
        driver = AsyncGraphDatabase.driver(uri, auth=auth if auth[1] else None, **options)
        try:
            async with driver.session(database=self._database) as session:
                await (await session.run("RETURN 1")).consume()
        except (*_LOST, DriverError, Neo4jError) as error:
            await driver.close()
            raise self._translated(error, "connect") from error
        except ValueError as error:  # a port that is no number, for one
            await driver.close()
            raise EngineRefused(f"the address cannot be used: {error}", self.place, "Check GEOKG_NEO4J_URI") from error
        except BaseException:
            await driver.close()
            raise
        return driver

    async def close(self, *, wait: bool = False) -> None:
        """Disconnect.

        Args:
            wait: stay until an embedded engine that nobody else uses has ended.
        """
        if self._driver is not None:
            await self._driver.close()
            self._driver = None
        if self._embedded is not None:
            await asyncio.to_thread(self._embedded.leave, wait=wait)

    async def __aenter__(self) -> Graph:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def read(self, query: Query, /, **parameters: Any) -> list[Row]:
        """Run a query that changes nothing.

        Raises:
            EngineUnavailable: the engine is down or went away; the next call connects anew.
            EngineRefused: it cannot run the query.
        """
        driver = await self._ready()
        try:
            async with driver.session(database=self._database) as session:
                result = await session.run(query.text, parameters)
                return [dict(record) async for record in result]
        except (*_LOST, DriverError, Neo4jError) as error:
            raise self._translated(error, query.name) from error

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run ``work`` in one transaction: all of it happens, or nothing.

        Writers take turns, in this process and among processes: what ``work`` reads stays so until it is done, and two
        who bring the same thing cannot both find it missing. It is run again when another writer was in the way, so it
        must have no effect besides the transaction, and must not write by another one.

        Raises:
            EngineUnavailable: the engine is down or went away.
            EngineRefused: it cannot run a query.
            Conflict: what ``work`` raises, when it still does after another try.
        """

        async def once(transaction: AsyncManagedTransaction) -> tuple[T, str | None]:
            running = _Transaction(transaction)
            await running.take_turn()
            answer = await work(running)
            await running.log(self._job)
            return answer, running.changeset

        among = turn(self._embedded.data_dir) if self._embedded is not None else contextlib.nullcontext()
        async with self._turn, among:
            answer, changeset = await self._retried(once)
            self.last_changeset = changeset or self.last_changeset
            return answer

    async def _retried(self, once: Callable[[AsyncManagedTransaction], Awaitable[U]]) -> U:
        for attempt in range(1, _RACES + 1):
            driver = await self._ready()
            try:
                async with driver.session(database=self._database) as session:
                    return await session.execute_write(once)
            except Neo4jError as error:
                if not self.dialect.is_race(error) or attempt == _RACES:
                    raise self._translated(error, "write") from error
                self.races += 1
                _log.info("write tried again, attempt %d: %s", attempt, error.code)
                await asyncio.sleep(random.uniform(0, 0.02 * 2**attempt))
            except Conflict:  # perhaps only what a transaction saw that was to begin anew
                if attempt >= _CONFLICTS:
                    raise
                self.races += 1
            except (*_LOST, DriverError) as error:
                raise self._translated(error, "write") from error
        raise AssertionError("unreachable")

    async def define(self, statements: list[str]) -> None:
        """Run statements that define the schema, in the dialect's own language."""
        if self.dialect.schema_language == "cypher":
            for statement in statements:
                await self.read(Query("define schema", statement))
            return
        await self._ready()
        assert self._address is not None
        url = f"http://127.0.0.1:{self._address.http_port}/api/v1/command/{DATABASE}"
        try:
            async with httpx.AsyncClient(auth=(USER, self._address.password), timeout=60, trust_env=False) as client:
                body = {"language": self.dialect.schema_language, "command": ";\n".join(statements)}
                answer = await client.post(url, json=body)
                if answer.is_error:
                    raise EngineRefused(answer.text[:500], "define schema", "Report this as a fault of geokg")
        except httpx.TransportError as error:
            raise self._translated(error, "define schema") from error

    async def alive(self) -> bool:
        """Whether the engine answers now; tries to connect anew when the connection was lost."""
        try:
            await self.read(schema_version.PING)
        except (EngineUnavailable, EngineRefused):
            return False
        return True

    async def _ready(self) -> AsyncDriver:
        if self._driver is None or self._lost:
            await self.open()
        assert self._driver is not None
        return self._driver

    def _translated(self, error: Exception, doing: str) -> EngineUnavailable | EngineRefused:
        if isinstance(error, AuthError) and self._embedded is not None:
            return EngineRefused(
                "the engine refuses the password of its folder",
                f"{self.place}/password",
                "Put back the file that the engine was made with, or name another folder with --data-dir",
            )
        if isinstance(error, AuthError):
            return EngineRefused(
                "the engine refuses this user or password",
                self.place,
                "Check GEOKG_NEO4J_USER and GEOKG_NEO4J_PASSWORD",
            )
        code = getattr(error, "code", None) or ""
        down = isinstance(error, (*_LOST, httpx.TransportError)) or "Unavailable" in code
        if down or (isinstance(error, DriverError) and not isinstance(error, ClientError)):
            self._lost = self._embedded is not None  # a Neo4j driver finds its server again by itself
            remedy = "Try again in a moment"
            if self._embedded is None:
                remedy = "See that it runs and that GEOKG_NEO4J_URI is its address, then try again"
            return EngineUnavailable(
                f"the {self.name} engine does not answer ({type(error).__name__})", self.place, remedy
            )
        if "DatabaseNotFound" in code:
            return EngineRefused(str(error), self.place, "Check GEOKG_NEO4J_DATABASE")
        return EngineRefused(f"{doing}: {error}", self.place, "Report this as a fault of geokg")


async def open_graph(settings: Settings) -> Graph:
    """Open the graph that the settings name; its schema is not checked here (see ``kg.graph_schema``)."""
    graph = Graph(settings)
    await graph.open()
    return graph
