"""What changed in the graph: in parts, or as it happens."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.responses import Response

from api.answers import answered, described
from api.engine import Served
from kg.asking.changes import changes, last_turn
from kg.asking.parameters import MAX_LIMIT
from kg.engine.graph import Graph
from schema.answers.changes import ChangePage
from schema.errors import GeokgError

router = APIRouter(tags=["changes"])

_LOOK_SECONDS: Final = 0.5
_Since = Annotated[
    str | None,
    Query(
        max_length=100,
        description="The 'next' of an earlier answer, a date or instant, or 'now'; the beginning when left out",
        openapi_examples={"a day": {"value": "2025-11-14"}},
    ),
]


class TurnWatch:
    """Looks, while anybody listens, whether something was written; one look serves all listeners."""

    def __init__(self) -> None:
        self._turn = ""
        self._moved = asyncio.Condition()
        self._listeners = 0
        self._task: asyncio.Task[None] | None = None

    @contextlib.asynccontextmanager
    async def listening(self, graph: Graph) -> AsyncIterator[None]:
        """Be one who listens."""
        self._listeners += 1
        if self._task is None:
            self._task = asyncio.create_task(self._look(graph))
        try:
            yield
        finally:
            self._listeners -= 1
            if self._listeners == 0 and self._task is not None:
                self._task.cancel()
                self._task = None

    async def moved(self, turn: str) -> str:
        """Wait until another turn than this one is the last; answers that one."""
        async with self._moved:
            await self._moved.wait_for(lambda: self._turn != turn)
            return self._turn

    async def _look(self, graph: Graph) -> None:
        while True:
            with contextlib.suppress(GeokgError):  # an engine that is away for a while; listeners wait
                turn = await last_turn(graph)
                if turn != self._turn:
                    async with self._moved:
                        self._turn = turn
                        self._moved.notify_all()
            await asyncio.sleep(_LOOK_SECONDS)


async def _checked_since(
    graph: Served, since: _Since = None, last_event_id: Annotated[str | None, Header(max_length=100)] = None
) -> tuple[Graph, str | None]:
    """The place to begin at, checked before the stream begins."""
    page = await changes(graph, last_event_id or since, 1)
    return graph, (last_event_id or since) if page.items else page.next


@router.get("/changes", operation_id="changes", response_model=ChangePage, responses=described())
async def get_changes(
    graph: Served,
    since: _Since = None,
    limit: Annotated[int, Query(ge=1, le=5 * MAX_LIMIT, description="Most changes")] = 200,
) -> Response:
    """What was added, changed, retracted, restored, merged since a place, in the order in which the graph learned it.

    No change is missed or told twice when `next` is passed as `since`, however many write at the same time.
    """
    return answered(await changes(graph, since, limit))


@router.get(
    "/changes/events",
    operation_id="change_events",
    response_class=EventSourceResponse,
    responses=described(),
)
async def change_events(
    request: Request, begin: Annotated[tuple[Graph, str | None], Depends(_checked_since)]
) -> AsyncIterator[ServerSentEvent]:
    """The same as server-sent events, as they happen; `Last-Event-ID` goes on behind the last one that was received."""
    graph, since = begin
    watch: TurnWatch = request.app.state.turns
    turn = ""
    async with watch.listening(graph):
        while True:
            turn = await watch.moved(turn)
            more = True
            while more:
                page = await changes(graph, since, MAX_LIMIT)
                for item in page.items:
                    yield ServerSentEvent(
                        raw_data=item.model_dump_json(exclude_none=True), event=item.change, id=item.cursor
                    )
                since, more = page.next, page.more
