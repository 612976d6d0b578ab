"""Find who or what is meant by an id or a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.asking.parameters import AsOf
from kg.asking.search_text import fuzzy_query
from kg.asking.shapes import actor_ref, ref
from kg.cypher import actors as actor_queries
from kg.cypher import naming as queries
from kg.engine.graph import Graph
from kg.identity.reading import IdentifiedGraph, as_it_is
from schema.answers.common import ActorRef, Ref
from schema.errors import InvalidInput, NotFound
from schema.graph import FULL_TEXT
from schema.ids import label_of, normalise_name

ALIAS_NAMES = next(index for index in FULL_TEXT if index.label == "Alias")


async def find_actor(graph: IdentifiedGraph, wanted: str, as_of: AsOf, where: str = "actor") -> ActorRef:
    """The actor with this id or exact name; the canonical one of those that are one with it.

    Raises:
        NotFound: nobody has it; the nearest names are told.
        InvalidInput: several have the name.
    """
    return actor_ref(await _find(graph, wanted, as_of, where, ("Actor",)))


async def find_topic(graph: IdentifiedGraph, wanted: str, as_of: AsOf, where: str = "topic") -> Ref:
    """The topic with this id or exact name; raises as :func:`find_actor`."""
    return ref(await _find(graph, wanted, as_of, where, ("Topic",)))


async def find_actor_or_topic(graph: IdentifiedGraph, wanted: str, as_of: AsOf, where: str) -> Ref:
    """The actor or topic with this id or exact name; raises as :func:`find_actor`."""
    return ref(await _find(graph, wanted, as_of, where, ("Actor", "Topic")))


async def end_named(graph: Graph, wanted: str, as_of: AsOf, where: str) -> str:
    """The id of the actor or claim that a decision is about: itself, not the canonical one.

    Args:
        graph: the open graph.
        wanted: an id, or the exact name of an actor.
        as_of: the two clocks.
        where: what to call it in an error.

    Raises:
        NotFound: nobody has the name; an id is not looked up.
        InvalidInput: several have the name, or it is the id of something else.
    """
    label = label_of(wanted)
    if label not in (None, "Actor", "Claim"):
        raise InvalidInput(f"{wanted} is neither an actor nor a claim", where, "Name two actors or two claims")
    if label is not None:
        return wanted
    return (await find_actor(as_it_is(graph), wanted, as_of, where)).id


async def ids_of(graph: IdentifiedGraph, wanted: str | None, as_of: AsOf, where: str) -> list[str]:
    """The ids of the actor meant by a filter and of all that are one with it; none where the filter was not given."""
    if wanted is None:
        return []
    found = wanted if label_of(wanted) == "Actor" else (await find_actor(graph, wanted, as_of, where)).id
    return graph.members(found)


async def _find(graph: IdentifiedGraph, wanted: str, as_of: AsOf, where: str, labels: Sequence[str]) -> dict[str, Any]:
    what = " or ".join(label.lower() for label in labels)
    label = label_of(wanted)
    if label is not None:
        rows = await graph.read(queries.BY_ID, ids=graph.members(wanted), **as_of.bounds()) if label in labels else []
        if not rows:
            raise NotFound(f"no {what} has the id {wanted}", where, "Search for it by name")
        found: dict[str, Any] = rows[0]["ref"]
        return found
    name = normalise_name(wanted)
    rows = await graph.read(
        queries.BY_NAME, name=name, actors="Actor" in labels, topics="Topic" in labels, **as_of.bounds()
    )
    refs = list({row["ref"]["id"]: row["ref"] for row in rows}.values())
    named = [each for each in refs if normalise_name(each["name"]) == name]
    if len(refs) == 1 or len(named) == 1:
        return (named if len(named) == 1 else refs)[0]  # type: ignore[no-any-return]
    if refs:
        several = ", ".join(f"{each['name']} ({each['id']})" for each in refs)
        raise InvalidInput(f"several have the name {wanted[:80]!r}", where, f"Give the id of one: {several}")
    near = await _near(graph, wanted, as_of) if "Actor" in labels else []
    remedy = f"Did you mean {' or '.join(repr(n) for n in near)}?" if near else "Search for it by another name"
    raise NotFound(f"no {what} is called {wanted[:80]!r}", where, remedy)


async def _near(graph: IdentifiedGraph, wanted: str, as_of: AsOf) -> list[str]:
    text = fuzzy_query(wanted)
    if not text:
        return []
    index = graph.dialect.full_text_name(ALIAS_NAMES)
    rows = await graph.read(
        actor_queries.BY_TEXT, index=index, text=text, kind="", country="", limit=20, **as_of.bounds()
    )
    return list(dict.fromkeys(str(row["actor"]["name"]) for row in rows))[:3]
