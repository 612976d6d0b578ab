"""What every test can ask for.

``graph``          an empty graph with its schema, on each engine; empty again for each test
``module_graph``   the same, emptied once a module, so that its tests can share what a fixture wrote
``seeded_graph``   a graph that holds the seed data, loaded once an engine: for reading only
``engine``         the engine itself: its settings, and ``engine.environment`` for other processes
``chromium``       a headless Chromium (Playwright's ``Browser``)
``neo4j_browser``  the address of Neo4j Browser on the Neo4j of the tests

What cannot run on this machine is skipped and told of at the end; ``GEOKG_TEST_REQUIRE=neo4j,browser`` makes it fail.
``--engine embedded`` runs on one engine only. ``GEOKG_TEST_NEO4J_URI`` (with ``…_USER``, ``…_PASSWORD``, and ``…_HTTP``
for its Browser) names a running Neo4j to use instead of starting one; the tests delete everything that it holds.
"""

from __future__ import annotations

import ipaddress
import os
import shutil
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final, NoReturn
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, async_playwright
from pydantic import SecretStr

from kg.engine.graph import Graph, open_graph
from kg.settings import Settings
from tests.engines.neo4j_server import CannotRun, Neo4jServer
from tests.engines.under_test import CHANGED, EngineUnderTest

ENGINES: Final = ("embedded", "neo4j")
_GIVEN: Final = "GEOKG_TEST_NEO4J_"
_WIPE: Final = f"{_GIVEN}WIPE"
_CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_CHROMIUM_OPTIONS: Final = [
    "--no-sandbox",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


@dataclass(frozen=True)
class Neo4jUnderTest:
    """The Neo4j of this run."""

    settings: Settings
    browser: str | None
    told: str


_start: Future[Neo4jServer] | None = None
_ran_on: dict[str, str] = {}


def _cannot(what: str, reason: str) -> NoReturn:
    required = {name.strip() for name in os.environ.get("GEOKG_TEST_REQUIRE", "").split(",")}
    if what in required:
        pytest.fail(f"{what} is required and cannot run: {reason}", pytrace=False)
    pytest.skip(f"{what}: {reason}")


# ---- collection ------------------------------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", action="append", choices=ENGINES, help="run on this engine only")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" not in metafunc.fixturenames:
        return
    possible = ["neo4j"] if metafunc.definition.get_closest_marker("neo4j_only") else list(ENGINES)
    names = [name for name in possible if name in _chosen(metafunc.config)] or possible
    params = [pytest.param(name, marks=pytest.mark.graph) for name in names]
    metafunc.parametrize("engine", params, indirect=True, scope="session", ids=names)


def _chosen(config: pytest.Config) -> tuple[str, ...]:
    return tuple(config.getoption("--engine") or ENGINES)


def _engine_of(item: pytest.Item) -> str | None:
    callspec = getattr(item, "callspec", None)
    name = callspec.params.get("engine") if callspec else None
    return str(name) if name else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Those that need nothing come first, then engine by engine, readers of the seed before those that write."""
    for item in items:
        if (engine := _engine_of(item)) and engine not in _chosen(config):
            item.add_marker(pytest.mark.skip(f"{engine}: --engine asks for another"))
    fixtures = {item: getattr(item, "fixturenames", []) for item in items}
    seeded = {item.path for item in items if "seeded_graph" in fixtures[item]}

    def turn(item: pytest.Item) -> tuple[int, bool]:
        engine = _engine_of(item)
        if item.get_closest_marker("browser"):
            return 3, False
        return (ENGINES.index(engine) + 1 if engine else 0), item.path not in seeded

    items.sort(key=turn)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Start the Neo4j that will be needed, while other tests run."""
    global _start
    needed = "neo4j" in _chosen(session.config) and any(
        _engine_of(item) == "neo4j" or "neo4j" in getattr(item, "fixturenames", []) for item in session.items
    )
    if needed and not session.config.option.collectonly and not os.environ.get(f"{_GIVEN}URI"):
        executor = ThreadPoolExecutor(1, thread_name_prefix="start-neo4j")
        _start = executor.submit(lambda: Neo4jServer().wait())
        executor.shutdown(wait=False)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _start is not None and (not _start.done() or _start.exception() is None):
        _start.result().stop()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say plainly what the tests ran on and what was left out."""
    left_out: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        left_out[reason.removeprefix("Skipped: ")] += 1
    for name, told in _ran_on.items():
        terminalreporter.write_line(f"Ran on {name}: {told}")
    for reason, number in left_out.most_common():
        terminalreporter.write_line(f"LEFT OUT {number} {'test' if number == 1 else 'tests'}: {reason}", yellow=True)
    if not left_out and not terminalreporter.stats.get("error"):
        terminalreporter.write_line("Left out: nothing of what was asked for")


# ---- the tests' own surroundings -------------------------------------------------------------------------------------


def _is_near(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost", urlsplit(os.environ.get(f"{_GIVEN}URI", "")).hostname):
        return True
    try:
        address = ipaddress.ip_address(str(name).partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _stay_near(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse whatever would leave this machine."""
    if event == "socket.connect" and isinstance(arguments[1], tuple) and not _is_near(arguments[1][0]):
        raise RuntimeError(f"a test may reach the loopback only, not {arguments[1]}")
    if event == "socket.getaddrinfo" and not _is_near(arguments[0]):
        raise RuntimeError(f"a test may look up the loopback only, not {arguments[0]!r}")


def pytest_configure(config: pytest.Config) -> None:
    sys.addaudithook(_stay_near)


@pytest.fixture(scope="session", autouse=True)
def _nobodys_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test sees the settings or the data of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in Settings.model_fields:
            patch.delenv(f"GEOKG_{name.upper()}", raising=False)
        patch.setenv("GEOKG_DATA_DIR", str(tmp_path_factory.mktemp("nobody") / "data"))
        yield


# ---- engines ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def neo4j() -> Neo4jUnderTest:
    """The Neo4j of this run: the one that is given, else one started for it."""
    data = {"data_dir": os.environ["GEOKG_DATA_DIR"]}
    if uri := os.environ.get(f"{_GIVEN}URI"):
        settings = Settings(
            neo4j_uri=uri,
            neo4j_user=os.environ.get(f"{_GIVEN}USER", "neo4j"),
            neo4j_password=SecretStr(os.environ.get(f"{_GIVEN}PASSWORD", "")),
            **data,  # type: ignore[arg-type]
        )
        return Neo4jUnderTest(settings, os.environ.get(f"{_GIVEN}HTTP"), f"{uri} (given)")
    if _start is None:
        pytest.skip("neo4j: --engine asks for another")
    try:
        server = _start.result()
    except CannotRun as error:
        _cannot("neo4j", str(error))
    settings = Settings(neo4j_uri=server.uri, **data)  # type: ignore[arg-type]
    return Neo4jUnderTest(settings, server.browser, f"{server.uri} (started for the tests)")


@pytest.fixture(scope="session")
async def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[EngineUnderTest]:
    """Each engine in turn, open for the whole run."""
    if request.param == "neo4j":
        found: Neo4jUnderTest = request.getfixturevalue("neo4j")
        settings, _ran_on["neo4j"] = found.settings, found.told
    else:
        settings = Settings(data_dir=tmp_path_factory.mktemp("embedded") / "data", engine_heap="512m", engine_linger=1)
        _ran_on["the embedded engine"] = "started for the tests"
    graph = await open_graph(settings)
    under_test = EngineUnderTest(graph, settings)
    if request.param == "neo4j" and "(given)" in _ran_on["neo4j"] and not os.environ.get(_WIPE):
        if await under_test.count():
            pytest.exit(
                f"{graph.place} is not empty, and the tests would delete everything in it; set {_WIPE}=1 to let them", 2
            )
        os.environ[_WIPE] = "1"
    yield under_test
    under_test.holds = CHANGED
    await under_test.empty()
    await graph.close(wait=True)


@pytest.fixture
async def graph(engine: EngineUnderTest) -> AsyncIterator[Graph]:
    """An empty graph with its schema, for one test to write into."""
    assert engine.module is None, "use one of graph, module_graph and seeded_graph in a module"
    await engine.empty()
    engine.holds = CHANGED
    yield engine.graph


@pytest.fixture(scope="module")
async def module_graph(engine: EngineUnderTest, request: pytest.FixtureRequest) -> AsyncIterator[Graph]:
    """An empty graph with its schema, for the tests of one module to share."""
    await engine.empty()
    engine.holds, engine.module = CHANGED, request.node.nodeid
    yield engine.graph
    engine.module = None


@pytest.fixture(scope="module")
async def seeded_graph(engine: EngineUnderTest, request: pytest.FixtureRequest) -> AsyncIterator[Graph]:
    """A graph that holds the seed data; for reading."""
    await engine.seed()
    engine.module = request.node.nodeid
    yield engine.graph
    engine.module = None
    assert await engine.seed_is_untouched(), "a test of this module wrote into seeded_graph; use graph or module_graph"


# ---- browser ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """A headless Chromium; ``GEOKG_TEST_CHROMIUM`` names one that is not on the PATH."""
    named = os.environ.get("GEOKG_TEST_CHROMIUM")
    found = next((path for name in ((named,) if named else _CHROMIUM) if (path := shutil.which(name))), None)
    if found is None:
        _cannot("browser", "Chromium is not installed")
    _ran_on["Chromium"] = found
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=_CHROMIUM_OPTIONS)
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
def neo4j_browser(neo4j: Neo4jUnderTest) -> str:
    """The address of Neo4j Browser."""
    if neo4j.browser is None:
        _cannot("browser", f"{_GIVEN}HTTP does not name the Browser of the Neo4j that was given")
    if neo4j.settings.neo4j_password.get_secret_value():
        _cannot("browser", "the Neo4j that was given asks for a password")
    return neo4j.browser
