"""Serve the REST API, alone or with the seed data loaded."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
from typing import Annotated

import typer
from rich.markup import escape

from api.cli import show
from api.cli.context import DataDir, err, out, settings_of, with_graph
from kg.asking import claims, timeline
from kg.asking.filters import ClaimFilters, TimelineFilters
from kg.asking.parameters import NOW, PageRequest
from kg.engine.graph import Graph
from kg.ingest import ingest_files
from kg.settings import Settings
from schema.errors import InvalidInput
from seed_data import files

Host = Annotated[str | None, typer.Option("--host", help="Address to listen on (GEOKG_HOST).", show_default=False)]
Port = Annotated[
    int | None,
    typer.Option("--port", min=0, max=65_535, help="Port; 0 for a free one (GEOKG_PORT).", show_default=False),
]


def serve(host: Host = None, port: Port = None, data_dir: DataDir = None) -> None:
    """Serve the REST API until Ctrl-C; other commands work beside it."""
    settings = settings_of(data_dir, host=host, port=port)
    _run(settings, _listen(settings))


def up(
    host: Host = None,
    port: Port = None,
    data_dir: DataDir = None,
    once: Annotated[bool, typer.Option("--once", help="Load, answer the examples, and end without serving.")] = False,
) -> None:
    """Load the seed data, show three questions with their answers, and serve."""
    settings = settings_of(data_dir, host=host, port=port)

    async def load(graph: Graph) -> None:
        report = await ingest_files(graph, files(), batch_size=settings.batch_size)
        out.print(f"seed data: {escape(report.summary())}  [dim]({graph.name}: {escape(graph.place)})[/]")
        await _examples(graph)

    listening = None if once else _listen(settings)
    with_graph(load, data_dir)
    if listening is not None:
        _run(settings, listening)


async def _examples(graph: Graph) -> None:
    out.rule("[bold]What is Alibaba accused of, and how did it answer?[/]  geokg claims --accused Alibaba")
    found = await claims.search(graph, ClaimFilters(accused="Alibaba"), NOW, PageRequest(limit=20))
    show.claims(found)
    if found.items:
        claim = max(found.items, key=lambda claim: claim.statements)
        out.rule(f"[bold]Who says so, who denies it, who could not verify it?[/]  geokg claim {claim.id} --no-relays")
        show.dossier(await claims.dossier(graph, claim.id, NOW), relays=False)
    out.rule("[bold]What happened around Alibaba?[/]  geokg timeline Alibaba --no-relays")
    filters = TimelineFilters(relays=False)
    show.timeline(await timeline.timeline(graph, "Alibaba", filters, NOW, PageRequest(limit=8)))


def _listen(settings: Settings) -> socket.socket:
    """Take the port before anything else is done, so that a taken one is told of at once."""
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        # Named as TCP, so that the event loop sends answers at once (TCP_NODELAY) and not after the peer's delayed
        # acknowledgement, 40 ms later.
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((settings.host, settings.port))
        listening.listen(512)  # whoever comes before all is ready waits, and is not turned away
    except OSError as error:
        reason = InvalidInput(
            f"it cannot listen on {settings.host}:{settings.port} ({error.strerror})",
            "serve",
            "Name another port with --port, or 0 for a free one",
        )
        err.print(f"[bold red]error[/]: {escape(str(reason))}")
        raise typer.Exit(2) from error
    return listening


def _run(settings: Settings, listening: socket.socket) -> None:
    # Loaded here, since it takes as long as a whole answer of the other commands.
    from api.server import make_server  # noqa: PLC0415

    host, port = listening.getsockname()[:2]
    shown_host = f"[{host}]" if ":" in host else host
    address = f"http://{shown_host}:{port}"
    out.rule("[bold]geokg is serving[/]")
    out.print(f"  API            {escape(address)}/v1/statistics")
    out.print(f"  documentation  {escape(address)}/docs")
    out.print(f"  try            curl -s '{escape(address)}/v1/claims?accused=Alibaba'")
    out.print("  Ctrl-C ends it")
    sys.stdout.flush()
    server = make_server(settings, "warning" if settings.log_level == "info" else None)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(server.serve(sockets=[listening]))
    if not server.started:
        raise typer.Exit(4)
