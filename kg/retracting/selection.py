"""Which records came from a source: from a publisher, a feed, a method of reading, or a job."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from kg.asking.naming import find_actor
from kg.asking.parameters import NOW
from kg.cypher import changes
from kg.cypher import retracting as queries
from kg.engine.graph import Graph
from kg.engine.query import Query
from kg.identity.current import identified
from schema.errors import NotFound
from schema.fields import Name
from schema.ids import label_of

_PAGE: Final = 2_000
_CHANGESETS: Final = 20
_OF_A_JOB: Final = ("Document", "Statement", "Event", "Policy")


class SourceOf(BaseModel):
    """One source, named in one of four ways."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    publisher: Name | None = Field(default=None, description="Id or exact name of an actor: all that it published")
    feed: Name | None = Field(default=None, description="Name of a feed, such as icews: its coded events")
    method: Name | None = Field(default=None, description="How statements were read: 'grammar'")
    job: str | None = Field(default=None, max_length=60, description="Id of a job: all that it added")

    @model_validator(mode="after")
    def _one_of_them(self) -> SourceOf:
        if sum(value is not None for value in self.model_dump().values()) != 1:
            raise PydanticCustomError("no_source", "name one of publisher, feed, method and job")
        return self

    def __str__(self) -> str:
        return next(f"{name} {value}" for name, value in self.model_dump().items() if value is not None)


async def selected(graph: Graph, source: SourceOf) -> list[str]:
    """Ids of the documents, statements, events and policies that a source brought, in order.

    A job's actors, claims and topics are not among them: others may speak of them too, and whom nobody speaks of any
    more is told of as such.

    Raises:
        NotFound: the graph has nothing of it, or nobody has the publisher's name.
        InvalidInput: several have it.
    """
    found = [identifier async for identifier in _ids(graph, source)]
    if not found:
        raise NotFound(f"the graph has nothing of the {source}", "source", "Check its name")
    return found


async def _ids(graph: Graph, source: SourceOf) -> AsyncIterator[str]:
    if source.publisher:
        as_of = NOW.settled()
        view = await identified(graph, as_of.known_at or "")
        publisher = await find_actor(view, source.publisher, as_of, "publisher")
        pages = [_pages(graph, queries.DOCUMENTS_OF, actor=each) for each in view.members(publisher.id)]
    elif source.feed:
        feed = source.feed if ":" in source.feed else f"{source.feed}:"
        pages = [_pages(graph, queries.EVENTS_OF, feed=feed)]
    elif source.method:
        pages = [_pages(graph, queries.STATEMENTS_BY, method=source.method)]
    else:
        pages = [_of_job(graph, source.job or "")]
    for page in pages:
        async for identifier in page:
            yield identifier


async def _pages(graph: Graph, query: Query, **parameters: str) -> AsyncIterator[str]:
    after = ""
    while rows := await graph.read(query, after=after, limit=_PAGE, **parameters):
        for row in rows:
            yield row["id"]
        after = rows[-1]["id"]


async def _of_job(graph: Graph, job: str) -> AsyncIterator[str]:
    after = ""
    while rows := await graph.read(changes.OF_JOB, job=job, after=after, limit=_CHANGESETS):
        for row in rows:
            for identifier in row["added"]:
                if label_of(identifier) in _OF_A_JOB:
                    yield identifier
        after = rows[-1]["id"]
