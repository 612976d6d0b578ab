"""Actors: one of them."""

from __future__ import annotations

from kg.asking.edges import edges_of, groups_of
from kg.asking.naming import find_actor
from kg.asking.parameters import NOW, AsOf
from kg.asking.shapes import as_known
from kg.cypher import actors as queries
from kg.engine.graph import Graph
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
    found = await find_actor(graph, actor, as_of)
    bounds = as_of.bounds()
    row = (await graph.read(queries.ONE, id=found.id, **bounds))[0]
    about = (await graph.read(queries.STATEMENTS_ABOUT, id=found.id, **bounds))[0]["n"]
    props = as_known(row["actor"], bounds["known_at"])
    names = sorted(
        row["names"], key=lambda n: (normalise_name(n["name"]) != normalise_name(found.name), n["name"], n["id"])
    )
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
        identifiers=dict(each.split(":", 1) for each in props.get("identifiers") or ()),
        relations=tuple(await edges_of(graph, found.id, ties, as_of, limit=200)),
        relationships=await groups_of(graph, found.id, ontology().between(), as_of),
        statements_made=row["made"],
        statements_about=about,
        policies_issued=row["issued"],
        policies_targeting=row["targeting"],
        events=row["events"],
        recorded_at=props["recorded_at"],
        as_of=as_of.answer(),
    )
