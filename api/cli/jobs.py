"""Jobs on the command line: ingest as a durable job, and see, stop and go on with jobs."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from api.cli.context import FAULTS, UNAVAILABLE, DataDir, Json, err, fail, out, print_json, settings_of, shown
from kg.errors import Conflict
from kg.jobs.job import JobFolder, Told
from kg.jobs.process import run_waiting
from kg.jobs.run import run_job
from kg.jobs.store import MAX_REJECTS, JobStore, jobs_folder
from kg.sources.port import source_named, source_names
from schema.answers.jobs import JobAnswer, JobPage, RejectPage
from schema.errors import GeokgError

jobs_app = typer.Typer(help="Jobs: ingests that go on after a crash.", invoke_without_command=True)

JobId = Annotated[str, typer.Argument(help="Id of a job.")]
MaxRejects = Annotated[
    int | None, typer.Option("--max-rejects", min=0, help="So many rejects stop it.", show_default=False)
]
_MOST_SHOWN: Final = 20
_LOOK_SECONDS: Final = 0.25


def ingest_as_job(
    source: str,
    place: str,
    *,
    reader: str | None,
    max_rejects: int | None,
    again: bool,
    data_dir: Path | None,
    as_json: bool,
) -> None:
    """Keep an input and take it in, with what is told on the way; the same input goes on with its earlier job."""
    settings = settings_of(data_dir)
    try:
        store = JobStore(jobs_folder(settings))
        limit = MAX_REJECTS if max_rejects is None else max_rejects
        folder, there = store.add(source, place, max_rejects=limit, reader=reader, again=again)
        if there and folder.status().state in ("failed", "cancelled"):
            folder.resume(max_rejects)
        answer = _run(folder, data_dir, again=there)
    except GeokgError as error:
        fail(error)
    except KeyboardInterrupt:
        err.print("it goes on where it was with the same command, or with [bold]geokg jobs run[/]")
        raise typer.Exit(130) from None
    shown(answer, as_json, _show_ended)
    _show_rejects(folder)
    if answer.state == "queued":
        raise typer.Exit(UNAVAILABLE)
    if answer.state != "done" or answer.counts.rejected:
        raise typer.Exit(FAULTS)


def _run(folder: JobFolder, data_dir: Path | None, *, again: bool) -> JobAnswer:
    """Run a job here; where another process runs it, watch it."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("reading …", total=None)

        def tell(told: Told) -> None:
            left = f", {told.seconds_left:.0f} s left" if told.seconds_left else ""
            rate = f", {told.rate:,.0f}/s" if told.rate else ""
            text = f"{told.counts.read:,} read, {told.counts.rejected:,} rejected{rate}{left}"
            bar.update(task, description=text, total=1.0 if told.fraction else None, completed=told.fraction or 0)

        try:
            asyncio.run(run_job(settings_of(data_dir), folder, listen=tell))
        except Conflict:
            while folder.is_running():
                tell(folder.told())
                time.sleep(_LOOK_SECONDS)
    return folder.answer(again=again)


def _show_ended(answer: JobAnswer) -> None:
    if answer.again and answer.state == "done":
        out.print(f"ingested before, at {answer.finished_at}; --again ingests it anew")
    out.print(escape(answer.summary))
    for kind, counts in answer.by_type.items():
        parts = (f"{value} {name}" for name, value in counts.model_dump().items() if name != "read" and value)
        out.print(f"  {kind}: {', '.join(parts)}")
    reviews = answer.by_type.get("review")
    if reviews and reviews.new:
        out.print(f"  {reviews.new} statements wait for review: geokg review list")
    if answer.superseded:
        out.print(f"  {answer.superseded} statements superseded by a new version of their document")
    for note in answer.notes:
        out.print(f"  [yellow]{escape(note)}[/]")
    if answer.state != "done":
        err.print(f"[bold red]{answer.state}[/] {escape(answer.error or '')}")
        out.print(f"  geokg jobs show {answer.id}")


def _show_rejects(folder: JobFolder) -> None:
    page = folder.reject_page(0, _MOST_SHOWN)
    for rejected in page.items:
        err.print(f"  [red]rejected[/] {escape(rejected.where)}: {escape(rejected.reason)}")
    if page.total > len(page.items):
        err.print(f"  … and {page.total - len(page.items)} more")
    if page.total:
        err.print(f"  rejected records are in {escape(str(folder.rejects))}; mend them there and ingest that file")


def sources(as_json: Json = False) -> None:
    """What `geokg ingest --source` can name, and what each reads."""
    try:
        found = [source_named(name) for name in source_names()]
    except GeokgError as error:
        fail(error)
    if as_json:
        print_json([{"name": each.name, "reads": each.reads} for each in found])
        return
    for each in found:
        out.print(f"[bold]{each.name}[/]  {escape(each.reads)}")


# ---- geokg jobs ------------------------------------------------------------------------------------------------------


def _store(data_dir: Path | None) -> JobStore:
    return JobStore(jobs_folder(settings_of(data_dir)))


@jobs_app.callback()
def _jobs(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        list_jobs()


@jobs_app.command("list")
def list_jobs(data_dir: DataDir = None, as_json: Json = False) -> None:
    """All jobs, the newest first."""
    page = JobPage(items=tuple(folder.answer() for folder in _store(data_dir).all()))
    shown(page, as_json, _show_list)


def _show_list(page: JobPage) -> None:
    for job in page.items:
        out.print(f"{job.state:9}  {job.created_at[:19]}  {escape(f'{job.source} {job.place}')}  [dim]{job.id}[/]")
        read = f", {job.fraction:.0%} read" if job.state == "running" and job.fraction else ""
        out.print(f"           {escape(job.summary)}{read}")
    if not page.items:
        out.print("no jobs; geokg ingest --source NAME PLACE makes one")


@jobs_app.command("show")
def show_job(job: JobId, data_dir: DataDir = None, as_json: Json = False) -> None:
    """One job: its state, counts, rate, the time left, its error, its rejects."""
    try:
        folder = _store(data_dir).one(job)
        answer = folder.answer()
    except GeokgError as error:
        fail(error)
    shown(answer, as_json, _show_one)
    if not as_json:
        _show_rejects(folder)


def _show_one(job: JobAnswer) -> None:
    out.print(f"[bold]{job.state}[/]  {escape(job.source)} {escape(job.place)}  [dim]{job.id}[/]")
    out.print(f"kept {job.size:,} bytes at {job.created_at}, sha256 {job.sha256 or '–'}")
    if job.state == "running":
        read = f"{job.fraction:.0%} read" if job.fraction else "how much is left is not known"
        left = f", about {job.seconds_left:.0f} s left" if job.seconds_left else ""
        out.print(f"{read}{left}; {job.rate or 0:,.0f} records/s")
    _show_ended(job.model_copy(update={"again": False}))


@jobs_app.command("rejects")
def show_rejects(job: JobId, data_dir: DataDir = None, as_json: Json = False) -> None:
    """All that a job rejected, each with its place and the reason."""
    try:
        page: RejectPage = _store(data_dir).one(job).reject_page(0, 10**9)
    except GeokgError as error:
        fail(error)
    shown(page, as_json, _show_reject_page)


def _show_reject_page(page: RejectPage) -> None:
    for each in page.items:
        out.print(escape(f"{each.where}: {each.reason}"))


@jobs_app.command("cancel")
def cancel_job(job: JobId, data_dir: DataDir = None, as_json: Json = False) -> None:
    """Stop a job; what is in the graph stays there."""
    try:
        folder = _store(data_dir).one(job)
        folder.cancel()
    except GeokgError as error:
        fail(error)
    shown(folder.answer(), as_json, _show_one)


@jobs_app.command("resume")
def resume_job(job: JobId, max_rejects: MaxRejects = None, data_dir: DataDir = None, as_json: Json = False) -> None:
    """Let a job that failed or was cancelled go on from where it was, and run it."""
    try:
        folder = _store(data_dir).one(job)
        folder.resume(max_rejects)
        answer = _run(folder, data_dir, again=False)
    except GeokgError as error:
        fail(error)
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
    shown(answer, as_json, _show_one)
    if answer.state != "done":
        raise typer.Exit(FAULTS)


@jobs_app.command("run")
def run_jobs(data_dir: DataDir = None) -> None:
    """Run all jobs that wait: those that a crash broke off, and those that nobody has begun."""
    settings = settings_of(data_dir, jobs_pause=0.0)
    try:
        left = asyncio.run(run_waiting(settings, threading.Event()))
    except GeokgError as error:
        fail(error)
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
    list_jobs(data_dir)
    if left:
        raise typer.Exit(UNAVAILABLE)
