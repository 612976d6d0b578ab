"""Run a job: claim it, feed its input into the graph from where it is, and write down how it ended."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from kg.engine.graph import Graph
from kg.errors import EngineUnavailable, JobStopped
from kg.graph_schema import apply_schema
from kg.ingest.feeds import Feed
from kg.jobs.job import JobFolder, Status, Told
from kg.jobs.keeping import JobKeeper
from kg.readers.port import DEFAULT
from kg.readers.registry import reader_named
from kg.settings import Settings
from kg.sources.port import source_named
from schema.errors import GeokgError
from schema.times import known_now

_log = logging.getLogger(__name__)
_TRIES: Final = 5
_WAIT_SECONDS: Final = 0.5


async def run_job(
    settings: Settings,
    folder: JobFolder,
    *,
    stops: Callable[[], bool] = lambda: False,
    listen: Callable[[Told], None] = lambda _: None,
    pause: float = 0,
) -> Status:
    """Run a job from where it is until its end; answers how it stands then.

    An engine that goes away is waited for, and joined or started anew. What cannot be mended by that is written down as
    the job's error, and is not raised.

    Args:
        settings: name the engine and the size of batches.
        folder: the job's.
        stops: asked after each batch whether to leave off, so that another process goes on later.
        listen: hears of the counts.
        pause: how long to rest after a batch, in parts of the time that it took.

    Raises:
        Conflict: another process runs it.
        StorageFull: not even its state could be written; it goes on with the next start.
    """
    with folder.claimed():
        status = folder.status()
        if status.state != "queued":
            return status
        status = status.model_copy(update={"started_at": known_now(), "error": None})
        folder.set(status)
        try:
            await _run(settings, folder, stops, listen, pause)
        except JobStopped as error:
            if not folder.is_cancelled:
                return status
            ended = status.model_copy(update={"state": "cancelled", "finished_at": known_now(), "error": str(error)})
        except EngineUnavailable as error:
            status = status.model_copy(update={"error": str(error)})
            folder.set(status)
            return status
        except GeokgError as error:
            ended = status.model_copy(update={"state": "failed", "finished_at": known_now(), "error": str(error)})
        else:
            ended = status.model_copy(update={"state": "done", "finished_at": known_now()})
        folder.set(ended)
        if ended.state == "done":
            folder.drop_input()
        return ended


async def _run(
    settings: Settings,
    folder: JobFolder,
    stops: Callable[[], bool],
    listen: Callable[[Told], None],
    pause: float,
) -> None:
    attempt, reached = 1, -1
    while True:
        keeper = JobKeeper(folder, settings.jobs_checkpoint, stops, listen)
        try:
            await _feed(settings, folder, keeper, pause)
        except EngineUnavailable as error:
            saved = keeper.saved()
            items = saved.position.items if saved else 0
            attempt = attempt + 1 if items == reached else 1
            reached = items
            if attempt > _TRIES or stops():
                raise
            _log.warning("job %s waits for the engine: %s", folder.path.name, error)
            await asyncio.sleep(_WAIT_SECONDS * attempt)
        else:
            return
        finally:
            keeper.close()


async def _feed(settings: Settings, folder: JobFolder, keeper: JobKeeper, pause: float) -> None:
    job = folder.job
    source = source_named(job.source)
    reader = reader_named(job.reader or DEFAULT)
    async with Graph(settings, job=job.id) as graph:
        await apply_schema(graph)
        feed = Feed(graph, batch_size=settings.batch_size, keeper=keeper, job=job.id, reader=reader, pause=pause)
        try:
            await feed.run(source, folder.input())
        except GeokgError:
            keeper.tell(feed.position(), len(feed.pipeline.held))
            raise
        keeper.tell(feed.position(), 0, ended=True)
