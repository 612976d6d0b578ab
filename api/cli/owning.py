"""What the owner of a graph does: ingest, read, verify, rebuild, export, and the schema."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Annotated

import typer
from pydantic import BaseModel
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from api.cli.context import FAULTS, DataDir, Json, err, fail, out, settings_of, shown, with_graph
from api.cli.jobs import ingest_as_job
from kg.engine.graph import Graph
from kg.export import as_lines, export_records
from kg.graph_schema import Applied, apply_schema, current_version
from kg.ingest import ingest_files
from kg.ingest.report import Report
from kg.readers.port import DEFAULT
from kg.readers.registry import reader_named
from kg.verify import Verification
from kg.verify import verify as verify_graph
from kg.writing.rebuild import Rebuilt
from kg.writing.rebuild import rebuild as rebuild_graph
from schema.errors import GeokgError, InvalidInput
from schema.graph import SCHEMA_VERSION
from schema.records import record_json_schema

schema_app = typer.Typer(help="The graph's schema, and that of the records.", no_args_is_help=True)


def ingest(
    places: Annotated[
        list[str],
        typer.Argument(help="Files or folders of records (YAML, JSON, JSONL) and articles; or what a source reads."),
    ],
    source: Annotated[
        str | None,
        typer.Option("--source", help="Which source reads the one place: geokg sources.", show_default=False),
    ] = None,
    reader: Annotated[str, typer.Option("--reader", help="Which reader reads the articles.")] = DEFAULT,
    rejects: Annotated[
        Path | None, typer.Option("--rejects", help="Where rejected records go; it can be ingested again.")
    ] = None,
    max_rejects: Annotated[
        int | None, typer.Option("--max-rejects", min=0, help="With --source: so many rejects stop it.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="With --source: also what was ingested before.")] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Read records and articles into the graph; the same input again changes nothing.

    With --source it is a durable job: killed at any point, it goes on where it was with the same command, with
    `geokg jobs run`, or with the next start of the service.
    """
    if source is not None:
        if len(places) > 1:
            fail(InvalidInput("a source reads one place", "ingest", "Name one file, folder or address"))
        ingest_as_job(
            source,
            places[0],
            reader=None if reader == DEFAULT else reader,
            max_rejects=max_rejects,
            again=again,
            data_dir=data_dir,
            as_json=as_json,
        )
        return
    paths = [Path(place) for place in places]
    reject_file = rejects or Path(f"geokg-{datetime.now():%Y%m%d-%H%M%S}.rejects.jsonl")
    batch_size = settings_of(data_dir).batch_size
    try:
        chosen = reader_named(reader)
    except GeokgError as error:
        fail(error)

    async def work(graph: Graph) -> Report:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
            task = bar.add_task("reading …")

            def tell(read: int, written: int) -> None:
                bar.update(task, description=f"{read:,} read, {written:,} written")

            return await ingest_files(
                graph, paths, batch_size=batch_size, reject_file=reject_file, progress=tell, reader=chosen
            )

    report = with_graph(work, data_dir)
    shown(report, as_json, _show_report)
    if report.rejected:
        raise typer.Exit(FAULTS)


def _show_report(report: Report) -> None:
    out.print(escape(report.summary()))
    for kind, counts in report.by_type.items():
        parts = (f"{value} {name}" for name, value in counts.model_dump().items() if name != "read" and value)
        out.print(f"  {kind}: {', '.join(parts)}")
    if report.to_review:
        out.print(f"  {report.to_review} statements wait for review: geokg review list")
    if report.superseded:
        out.print(f"  {report.superseded} statements superseded by a new version of their document")
    for note in report.notes:
        out.print(f"  [yellow]{escape(note)}[/]")
    for rejected in report.rejected[:20]:
        err.print(f"  [red]rejected[/] {escape(rejected.where)}: {escape(rejected.reason)}")
    if len(report.rejected) > 20:
        err.print(f"  … and {len(report.rejected) - 20} more")
    if report.reject_file:
        err.print(f"  rejected records are in {escape(report.reject_file)}; mend them there and ingest that file")


def verify(data_dir: DataDir = None, as_json: Json = False) -> None:
    """Check every invariant of the graph: ids, offsets, derived relationships, loose ends."""
    found = with_graph(verify_graph, data_dir, check=False)
    shown(found, as_json, _show_verification)
    if not found.sound:
        raise typer.Exit(FAULTS)


def _show_verification(found: Verification) -> None:
    out.print(f"{found.records} records, {found.quotes} quotes and {found.derived} derived relationships checked")
    for fault in found.faults[:50]:
        out.print(f"  [red]{fault.invariant}[/] {fault.id}: {escape(fault.what)}")
    out.print("[green]sound[/]" if found.sound else f"[red]{len(found.faults)} faults[/]")


def rebuild(data_dir: DataDir = None, as_json: Json = False) -> None:
    """Make the derived relationships anew from their evidence."""
    done = with_graph(rebuild_graph, data_dir)
    shown(done, as_json, _show_rebuilt)


def _show_rebuilt(done: Rebuilt) -> None:
    same = "[green]identical[/]" if done.identical else f"[yellow]{len(done.differences)} differ[/]"
    out.print(f"{done.deleted} deleted, {done.written} written, {same}")


@contextlib.contextmanager
def _writing(file: Path | None) -> Iterator[IO[str]]:
    """What to write into: standard output, or a file that gets its name only when all of it is there.

    Raises:
        InvalidInput: the file cannot be written.
    """
    if file is None:
        yield sys.stdout
        return
    beside = file.with_name(f"{file.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as target:
            yield target
        beside.replace(file)
    except OSError as error:
        raise InvalidInput(f"it cannot be written: {error.strerror}", str(file), "Name another file") from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def export(
    file: Annotated[Path | None, typer.Argument(help="File to write; standard output when left out.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Write the whole graph as JSON lines that `geokg ingest` takes back."""

    async def work(graph: Graph) -> int:
        count = 0
        with _writing(file) as target:
            async for record in export_records(graph):
                target.write(as_lines([record]))
                count += 1
        return count

    count = with_graph(work, data_dir)
    if file is not None:
        out.print(f"{count} records in {escape(str(file))}")


class SchemaState(BaseModel):
    """The schema a graph has, and the one that this version needs."""

    before: int
    version: int
    needed: int
    migrations: list[str]


@schema_app.command("apply")
def schema_apply(data_dir: DataDir = None, as_json: Json = False) -> None:
    """Bring the graph to the schema of this version; does nothing when it has it."""

    async def work(graph: Graph) -> SchemaState:
        done: Applied = await apply_schema(graph)
        version = await current_version(graph)
        return SchemaState(before=done.before, version=version, needed=SCHEMA_VERSION, migrations=list(done.migrations))

    shown(with_graph(work, data_dir, check=False), as_json, _show_schema)


def _show_schema(state: SchemaState) -> None:
    done = ", ".join(state.migrations) or "nothing to do"
    out.print(f"schema version {state.version} (was {state.before}): {done}")


@schema_app.command("export")
def schema_export(
    file: Annotated[Path | None, typer.Argument(help="File to write; standard output when left out.")] = None,
) -> None:
    """Print the JSON Schema of the record format."""
    try:
        with _writing(file) as target:
            target.write(json.dumps(record_json_schema(), ensure_ascii=False, indent=2) + "\n")
    except InvalidInput as error:
        fail(error)
