"""Actors: one of them."""

from __future__ import annotations

from kg.asking.edges import edges_of, groups_of
from kg.asking.naming import find_actor
from kg.asking.parameters import NOW, AsOf
from kg.asking.shapes import as_known
from kg.cypher import actors as queries
from kg.engine.graph import Graph
from kg.identity.current import identified
from schema.answers.actors import ActorAnswer, ActorName
from schema.ids import normalise_name
from schema.ontology import ontology


async def one(graph: Graph, actor: str, as_of: AsOf = NOW) -> ActorAnswer:
    """One actor, by id or exact name: its names, identifiers, ties, and how much the graph knows about it.

    Raises:
        NotFound: nobody has the id or name.
        InvalidInput: several have the name.
    """
    as_of = as_of.settled()
    bounds = as_of.bounds()
    view = await identified(graph, bounds["known_at"])
    found = await find_actor(view, actor, as_of)
    ids = view.members(found.id)
    rows = sorted(await graph.read(queries.ONE, ids=ids, **bounds), key=lambda row: (row["id"] != found.id, row["id"]))
    counts = rows[0] if len(ids) == 1 else (await graph.read(queries.COUNTS_UNITED, ids=ids, **bounds))[0]
    about = (await graph.read(queries.STATEMENTS_ABOUT, ids=ids, **bounds))[0]["n"]
    members = [as_known(row["actor"], bounds["known_at"]) for row in rows]
    props = members[0]
    unlike = {(n["name"], n["kind"]): n for row in reversed(rows) for n in row["names"]}.values()
    names = sorted(unlike, key=lambda n: (normalise_name(n["name"]) != normalise_name(found.name), n["name"], n["id"]))
    ties = [
        term.term
        for term in ontology().relationships.values()
        if term.between and not term.derived and term.from_ == ("Actor",) and set(term.to) <= {"Actor", "Topic"}
    ]
    return ActorAnswer(
        id=found.id,
        name=props["name"],
        kind=props["kind"],
        country=props.get("country"),
        description=props.get("description"),
        provisional=bool(props.get("provisional")),
        names=tuple(
            ActorName(
                name=n["name"],
                kind=n["kind"],
                language=n.get("language"),
                script=n.get("script"),
                source=n.get("source"),
            )
            for n in names
        ),
        identifiers=dict(
            each.split(":", 1) for member in reversed(members) for each in member.get("identifiers") or ()
        ),
        members=tuple(identifier for identifier in ids if identifier != found.id),
        relations=tuple(await edges_of(view, found.id, ties, as_of, limit=200)),
        relationships=await groups_of(view, found.id, ontology().between(), as_of),
        statements_made=counts["made"],
        statements_about=about,
        policies_issued=counts["issued"],
        policies_targeting=counts["targeting"],
        events=counts["events"],
        recorded_at=props["recorded_at"],
        as_of=as_of.answer(),
    )
