"""What every command shares: settings, an open graph, errors told on standard error, exit statuses."""

from __future__ import annotations

import asyncio
import getpass
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer
from pydantic import BaseModel
from rich.console import Console

from kg.engine.graph import Graph
from kg.errors import EngineRefused, EngineUnavailable, SchemaOutdated
from kg.graph_schema import apply_schema
from kg.settings import Settings, load_settings
from schema.errors import GeokgError, InvalidInput, NotFound

T = TypeVar("T")

FAULTS = 1
INVALID = 2
NOT_FOUND = 3
UNAVAILABLE = 4
STATUSES = "Exit status: 0 done; 1 something was rejected or is broken; 2 invalid input; 3 not found; 4 no engine."

_WIDTH = None if sys.stdout.isatty() else 160  # what goes into a file or a pipe is not cut to 80 columns
out = Console(highlight=False, width=_WIDTH)
err = Console(stderr=True, soft_wrap=True, highlight=False)


def _whoami() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


By = Annotated[str, typer.Option("--by", help="Who decides.", default_factory=_whoami, show_default="you")]
Json = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]
DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Folder of the embedded engine (GEOKG_DATA_DIR).", show_default=False)
]
ValidAt = Annotated[
    str | None, typer.Option("--valid-at", metavar="DATE", help="The world as it was then.", show_default=False)
]
KnownAt = Annotated[
    str | None, typer.Option("--known-at", metavar="DATE", help="What this graph knew then.", show_default=False)
]
Limit = Annotated[int, typer.Option("--limit", min=1, max=200, help="Most items.")]
Cursor = Annotated[str | None, typer.Option("--cursor", help="Go on where the last answer ended.", show_default=False)]


def fail(error: GeokgError) -> NoReturn:
    """Tell the error and end with its exit status."""
    err.print(f"[bold red]error[/]: {_escaped(str(error))}")
    match error:
        case InvalidInput():
            status = INVALID
        case NotFound():
            status = NOT_FOUND
        case EngineUnavailable() | EngineRefused() | SchemaOutdated():
            status = UNAVAILABLE
        case _:
            status = FAULTS
    raise typer.Exit(status)


def _escaped(text: str) -> str:
    return text.replace("[", r"\[")


def settings_of(data_dir: Path | None, **overrides: object) -> Settings:
    """The settings, with what the command line says."""
    try:
        return load_settings(data_dir=data_dir, **overrides)
    except GeokgError as error:
        fail(error)


def with_graph(work: Callable[[Graph], Awaitable[T]], data_dir: Path | None = None, *, check: bool = True) -> T:
    """Run work on the graph of the settings; joins an engine that runs already.

    Args:
        work: what to do.
        data_dir: folder of the embedded engine, where the command line names one.
        check: bring the graph's schema to this version first.
    """

    async def run() -> T:
        async with Graph(settings_of(data_dir)) as graph:
            if check:
                await apply_schema(graph)
            return await work(graph)

    try:
        return asyncio.run(run())
    except GeokgError as error:
        fail(error)
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def print_json(value: Any) -> None:
    """Print a value as JSON, for programs."""
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", exclude_none=True, by_alias=True)
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def shown(answer: BaseModel, as_json: bool, show: Callable[[Any], None]) -> None:
    """Print an answer for programs or for people."""
    if as_json:
        print_json(answer)
    else:
        show(answer)
