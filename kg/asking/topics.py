"""Topics: search, and one of them."""

from __future__ import annotations

from kg.asking.cursors import place
from kg.asking.edges import edges_of, groups_of
from kg.asking.filters import TopicFilters
from kg.asking.naming import find_topic
from kg.asking.parameters import FIRST_PAGE, NOW, AsOf, PageRequest
from kg.asking.shapes import as_known
from kg.cypher import topics as queries
from kg.engine.graph import Graph
from kg.identity.current import identified
from schema.answers.actors import TopicAnswer, TopicMatch, TopicPage
from schema.answers.common import Ref
from schema.ontology import ontology

_ALL = TopicFilters()


async def search(
    graph: Graph, filters: TopicFilters = _ALL, as_of: AsOf = NOW, page: PageRequest = FIRST_PAGE
) -> TopicPage:
    """Topics, by name.

    Raises:
        InvalidInput: the cursor is broken or foreign.
    """
    here = place("topics", (), filters, as_of, page)
    name, identifier = here.after or ("", "")
    rows = await graph.read(
        queries.SEARCH,
        q=(filters.q or "").lower(),
        kind=filters.kind or "",
        name=name,
        id=identifier,
        limit=here.limit + 1,
        **here.as_of.bounds(),
    )
    items = tuple(
        TopicMatch(
            topic=Ref(id=row["topic"]["id"], label="Topic", name=row["topic"]["name"], kind=row["topic"].get("kind")),
            aliases=tuple(row["topic"].get("aliases") or ()),
            description=row["topic"].get("description"),
            mentions=row["n"],
        )
        for row in rows[: here.limit]
    )
    following = here.next((items[-1].topic.name, items[-1].topic.id)) if len(rows) > here.limit else None
    return TopicPage(items=items, next=following, as_of=here.as_of.answer())


async def one(graph: Graph, topic: str, as_of: AsOf = NOW) -> TopicAnswer:
    """One topic, by id or exact name, and what concerns it.

    Raises:
        NotFound: no topic has the id or name.
        InvalidInput: several have the name.
    """
    as_of = as_of.settled()
    view = await identified(graph, as_of.known_at or "")
    found = await find_topic(view, topic, as_of)
    row = (await view.read(queries.ONE, id=found.id, **as_of.bounds()))[0]
    props = as_known(row["topic"], as_of.known_at or "")
    between = ontology().between()
    return TopicAnswer(
        id=found.id,
        name=props["name"],
        kind=props["kind"],
        aliases=tuple(props.get("aliases") or ()),
        description=props.get("description"),
        relations=tuple(await edges_of(view, found.id, between, as_of, limit=200)),
        relationships=await groups_of(view, found.id, between, as_of),
        as_of=as_of.answer(),
    )
