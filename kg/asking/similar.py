"""Claims that may be one with a claim, for somebody to decide: never joined by this alone."""

from __future__ import annotations

from typing import Final

from kg.asking.parameters import NOW, AsOf
from kg.asking.shapes import ref
from kg.cypher import claims as claim_queries
from kg.cypher import similar as queries
from kg.engine.graph import Graph
from kg.identity.current import identified
from kg.resolving.claims import likeness
from schema.answers.spotting import ClaimFeature, SimilarClaim, SimilarClaims
from schema.errors import NotFound

_COMPARED: Final = 5_000
_SHOWN: Final = 20


async def similar(graph: Graph, claim: str, as_of: AsOf = NOW) -> SimilarClaims:
    """The claims about the same subjects that say the like, with what speaks for and against each.

    Those that are one with it already, or that somebody decided to keep apart from it, are left out. A claim without
    subjects has none. At most 5,000 claims are compared, and 20 shown.

    Raises:
        NotFound: no claim has the id, or the graph did not know it then.
    """
    as_of = as_of.settled()
    bounds = as_of.bounds()
    view = await identified(graph, bounds["known_at"])
    canonical = view.canonical(claim)
    found = await view.read(claim_queries.ONE, ids=[canonical], **bounds)
    if not found:
        raise NotFound(f"no claim has the id {claim[:60]}", "claim", "Search for it by its words or by the accused")
    row = found[0]["claim"]
    subjects = {view.canonical(each["id"]) for each in row["subjects"]}
    rows = await view.read(queries.BY_SUBJECT, subjects=view.expanded(sorted(subjects)), limit=_COMPARED, **bounds)
    items: dict[str, SimilarClaim] = {}
    for each in rows:
        other = each["claim"]
        if {view.canonical(subject) for subject in each["subjects"]} != subjects or other["id"] in items:
            continue
        if view.identity.why(canonical, other["id"]).relation != "undecided":
            continue
        like = likeness(row["text"], other["name"])
        if like.verdict == "apart":
            continue
        features = tuple(ClaimFeature(feature=f.name, value=round(f.value, 3), weight=f.weight) for f in like.features)
        items[other["id"]] = SimilarClaim(
            claim=ref(other), probability=like.probability, verdict=like.verdict, features=features
        )
    ranked = sorted(items.values(), key=lambda item: (-item.probability, item.claim.id))
    this = ref({"id": canonical, "label": "Claim", "name": row["text"], "kind": row.get("kind")})
    return SimilarClaims(claim=this, items=tuple(ranked[:_SHOWN]), as_of=as_of.answer())
