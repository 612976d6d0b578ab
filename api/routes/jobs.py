"""Jobs: inputs of any size, kept before they are acknowledged, and taken in by a process of their own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path as FilePath
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from api.answers import answered, described, sample
from api.security import check_writer
from kg.asking.parameters import MAX_LIMIT
from kg.jobs.job import JobFolder
from kg.jobs.service import JobService
from kg.jobs.store import MAX_REJECTS, Draft
from kg.sources.port import source_named, source_names
from schema.answers.jobs import JobAnswer, JobPage, JobState, RejectPage
from schema.errors import InvalidInput, NotFound
from schema.fields import Name, Url

router = APIRouter(tags=["jobs"], dependencies=[Depends(check_writer)])

_REFUSED: Final = (401, 403)
_LOOK_SECONDS: Final = 0.25
_SUFFIXES: Final = {
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/json-lines": ".jsonl",
    "application/yaml": ".yaml",
    "application/x-yaml": ".yaml",
    "text/yaml": ".yaml",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/html": ".html",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/gzip": ".gz",
}


class SourceAnswer(BaseModel):
    """A source: what brings a format of others into the graph."""

    name: str
    reads: str = Field(description="Which format, whose, and in what it is kept")


class SourceList(BaseModel):
    """All sources, by name."""

    items: tuple[SourceAnswer, ...]


def _service(request: Request) -> JobService:
    service: JobService = request.app.state.jobs
    return service


Jobs = Annotated[JobService, Depends(_service)]


def _one(
    jobs: Jobs,
    job: Annotated[str, Path(max_length=60, description="Id of a job", openapi_examples=sample("job", "id"))],
) -> JobFolder:
    return jobs.store.one(job)


One = Annotated[JobFolder, Depends(_one)]


@router.get("/sources", operation_id="sources", response_model=SourceList, responses=described(*_REFUSED))
async def get_sources() -> Response:
    """The sources that a job can name."""
    found = [source_named(name) for name in source_names()]
    return answered(SourceList(items=tuple(SourceAnswer(name=each.name, reads=each.reads) for each in found)))


@router.post(
    "/jobs",
    operation_id="add_job",
    status_code=202,
    response_model=JobAnswer,
    responses={
        **described(*_REFUSED, 413, 415, 507),
        200: {"description": "The same input was there before; this is its job", "model": JobAnswer},
    },
    openapi_extra={
        "requestBody": {"content": {name: {"schema": {"type": "string", "format": "binary"}} for name in _SUFFIXES}}
    },
)
async def add_job(
    request: Request,
    jobs: Jobs,
    source: Annotated[Name, Query(description="One of GET /v1/sources")] = "files",
    name: Annotated[
        Name | None, Query(description="File name of the body; its ending tells the format, as does Content-Type")
    ] = None,
    address: Annotated[Url | None, Query(description="What the source asks, in the place of a body")] = None,
    max_rejects: Annotated[int, Query(ge=0, description="So many rejects stop the job")] = MAX_REJECTS,
    reader: Annotated[Name | None, Query(description="One of GET /v1/readers, for articles")] = None,
    again: Annotated[bool, Query(description="A new job also for an input that had one")] = False,
) -> Response:
    """Keep the body, and take it in as a job; answered when it is on the disk, whatever its size.

    The body is the file itself, read by `source`: records or articles where none is named. The same body for the same
    source again is answered with 200 and its earlier job.
    """
    if address is not None and not address.startswith(("http://", "https://")):
        raise InvalidInput("an address begins with http:// or https://", "query.address", "Send a file as the body")
    place = address or _named(request, name)
    with jobs.store.draft(source, place, max_rejects=max_rejects, reader=reader, again=again) as draft:
        if address is None:
            await _receive(request, draft)
        folder, there = await asyncio.to_thread(draft.done)
    jobs.wake()
    response = answered(await asyncio.to_thread(lambda: folder.answer(again=there)), 200 if there else 202)
    response.headers["Location"] = f"/v1/jobs/{folder.path.name}"
    return response


def _named(request: Request, name: str | None) -> str:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type.startswith("multipart/"):
        raise HTTPException(415, "send the file itself as the body, and its name as the parameter 'name'")
    own = FilePath(name or "body").name
    return own if FilePath(own).suffix else own + _SUFFIXES.get(media_type, "")


async def _receive(request: Request, draft: Draft) -> None:
    copy, digest = draft.receive()
    try:
        async for data in request.stream():
            copy.write(data)
    except BaseException:
        copy.abandon()
        raise
    await asyncio.to_thread(copy.close)
    draft.keep(digest.hexdigest(), copy.size)


@router.get("/jobs", operation_id="jobs", response_model=JobPage, responses=described(*_REFUSED))
async def get_jobs(
    jobs: Jobs,
    state: Annotated[JobState | None, Query(description="Only those")] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="Most jobs")] = 20,
) -> Response:
    """The jobs of this service, the newest first."""

    def found() -> list[JobAnswer]:
        answers = (folder.answer() for folder in jobs.store.all())
        wanted = (each for each in answers if state is None or each.state == state)
        return [each for each, _ in zip(wanted, range(limit), strict=False)]

    return answered(JobPage(items=tuple(await asyncio.to_thread(found))))


@router.get("/jobs/{job}", operation_id="job", response_model=JobAnswer, responses=described(404, *_REFUSED))
async def get_job(folder: One) -> Response:
    """One job: its state, counts, rate, the time left, its error."""
    return answered(await asyncio.to_thread(folder.answer))


@router.get(
    "/jobs/{job}/rejects", operation_id="job_rejects", response_model=RejectPage, responses=described(404, *_REFUSED)
)
async def get_rejects(
    folder: One,
    after: Annotated[int, Query(ge=0, description="The 'next' of the part before")] = 0,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 20,
) -> Response:
    """What did not go in, each with its place in the input and the reason."""
    return answered(await asyncio.to_thread(folder.reject_page, after, limit))


@router.get(
    "/jobs/{job}/rejects.jsonl",
    operation_id="job_reject_file",
    response_class=FileResponse,
    responses=described(404, *_REFUSED),
)
async def get_reject_file(folder: One) -> Response:
    """The reject file, with the records: it can be mended and sent as the input of another job."""
    if not folder.rejects.exists():
        raise NotFound("nothing of it was rejected", folder.path.name, "See GET /v1/jobs/{job}")
    return FileResponse(folder.rejects, media_type="application/x-ndjson", filename=f"{folder.path.name}.jsonl")


@router.post(
    "/jobs/{job}/cancel", operation_id="cancel_job", response_model=JobAnswer, responses=described(404, 409, *_REFUSED)
)
async def cancel_job(folder: One) -> Response:
    """Stop a job; one that runs stops behind the batch that it writes. What is in the graph stays there."""
    await asyncio.to_thread(folder.cancel)
    return answered(await asyncio.to_thread(folder.answer))


@router.post(
    "/jobs/{job}/resume", operation_id="resume_job", response_model=JobAnswer, responses=described(404, 409, *_REFUSED)
)
async def resume_job(
    jobs: Jobs,
    folder: One,
    max_rejects: Annotated[int | None, Query(ge=0, description="So many rejects stop it from now on")] = None,
) -> Response:
    """Let a job that failed or was cancelled go on from where it was."""
    await asyncio.to_thread(folder.resume, max_rejects)
    jobs.wake()
    return answered(await asyncio.to_thread(folder.answer))


@router.get(
    "/jobs/{job}/events",
    operation_id="job_events",
    response_class=EventSourceResponse,
    responses=described(404, *_REFUSED),
)
async def job_events(folder: One) -> AsyncIterator[ServerSentEvent]:
    """The job whenever something of it changes, as server-sent events named after its state, until it ends."""
    before = None
    while True:
        answer = await asyncio.to_thread(folder.answer)
        if answer != before:
            yield ServerSentEvent(raw_data=answer.model_dump_json(), event=answer.state)
            before = answer
        if answer.state in ("done", "failed", "cancelled"):
            return
        await asyncio.sleep(_LOOK_SECONDS)
