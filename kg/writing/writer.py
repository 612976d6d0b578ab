"""Write batches one after the other beside the work that prepares them: while the engine writes, the next is made."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class BatchWriter(Generic[T]):
    """Takes batches and writes them in their order; at most one waits while one is being written.

    Args:
        write: writes one batch; when it raises, nothing more is written and the error reaches the caller.
    """

    def __init__(self, write: Callable[[Sequence[T]], Awaitable[None]]) -> None:
        self._write = write
        self._queue: asyncio.Queue[Sequence[T]] = asyncio.Queue(maxsize=1)
        self._task: asyncio.Task[None] | None = None

    async def put(self, batch: Sequence[T]) -> None:
        """Hand over a batch; waits while one is waiting already.

        Raises:
            GeokgError: what writing an earlier batch raised.
        """
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        await self._unless_failed(self._queue.put(batch))

    async def drained(self) -> None:
        """Wait until all that was handed over is written.

        Raises:
            GeokgError: what writing it raised.
        """
        if self._task is not None:
            await self._unless_failed(self._queue.join())

    async def close(self) -> None:
        """Stop; what was not written by now will not be."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _run(self) -> None:
        while True:
            await self._write(await self._queue.get())
            self._queue.task_done()

    async def _unless_failed(self, waiting: Awaitable[None]) -> None:
        assert self._task is not None
        wait = asyncio.ensure_future(waiting)
        await asyncio.wait({wait, self._task}, return_when=asyncio.FIRST_COMPLETED)
        if self._task.done():
            wait.cancel()
            await self._task  # raises what it ended with
        await wait
