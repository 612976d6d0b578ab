"""The graph of a running service: opened with it, and brought to its schema as soon as the engine answers."""

from __future__ import annotations

import asyncio
import logging
from typing import Annotated

from fastapi import Depends, Request

from kg.engine.graph import Graph
from kg.graph_schema import apply_schema
from kg.matching.candidates import names_of
from kg.settings import Settings
from schema.errors import GeokgError

_log = logging.getLogger(__name__)


class ServedGraph:
    """The open graph; the service starts without its engine too, and works once that answers."""

    def __init__(self, settings: Settings) -> None:
        self.graph = Graph(settings)
        self._has_schema = False
        self._preparing = asyncio.Lock()

    async def ready(self) -> Graph:
        """The graph, with its schema checked.

        Raises:
            EngineUnavailable: the engine does not answer.
            SchemaOutdated: the graph was written by a later version.
        """
        if not self._has_schema:
            async with self._preparing:
                if not self._has_schema:
                    await self.graph.open()
                    await apply_schema(self.graph)
                    self._has_schema = True
        return self.graph

    async def read_names(self) -> None:
        """Bring the index of names up to date before the first who asks has to wait for it."""
        try:
            graph = await self.ready()
            await names_of(graph).current(graph)
        except GeokgError as error:
            _log.warning("the index of names is not read yet: %s", error)

    async def close(self) -> None:
        """Disconnect."""
        await self.graph.close()


async def served_graph(request: Request) -> Graph:
    """The graph that the service answers from."""
    served: ServedGraph = request.app.state.served
    return await served.ready()


Served = Annotated[Graph, Depends(served_graph)]
