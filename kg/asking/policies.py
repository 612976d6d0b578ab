"""Policies: search, and one of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from kg.asking.cursors import place
from kg.asking.edges import read_evidence
from kg.asking.filters import PolicyFilters
from kg.asking.naming import find_actor_or_topic, ids_of
from kg.asking.parameters import FIRST_PAGE, NOW, AsOf, PageRequest
from kg.asking.shapes import actor_refs, history, policy_fields, policy_summary, refs, statement
from kg.cypher import policies as queries
from kg.engine.graph import Graph
from kg.identity.current import identified
from schema.answers.matters import PolicyAnswer, PolicyPage, PolicySummary
from schema.errors import InvalidInput, NotFound
from schema.ids import label_of, normalise_name

_ALL = PolicyFilters()
_BATCH: Final = 200
_MOST_BATCHES: Final = 25
_TIES: Final = {
    "concerns": ("out", "CONCERNS"),
    "amends": ("out", "AMENDS"),
    "amended_by": ("into", "AMENDS"),
    "suspends": ("out", "SUSPENDS"),
    "suspended_by": ("into", "SUSPENDS"),
    "revokes": ("out", "REVOKES"),
    "revoked_by": ("into", "REVOKES"),
    "implements": ("out", "IMPLEMENTS"),
    "implemented_by": ("into", "IMPLEMENTS"),
    "responds_to": ("out", "RESPONDS_TO"),
    "led_to_by": ("into", "LED_TO"),
}
"""Fields of the answer, each with the direction and type of its relationships."""


def moment_of(as_of: AsOf) -> str:
    """When a policy's status is read: valid_at, else today."""
    return as_of.valid_at or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


async def search(
    graph: Graph, filters: PolicyFilters = _ALL, as_of: AsOf = NOW, page: PageRequest = FIRST_PAGE
) -> PolicyPage:
    """Policies, the one announced last first, each with its status as of ``valid_at``, else of today.

    A question for a rare status looks at 5,000 policies at most, then answers a cursor to go on with.

    Raises:
        NotFound, InvalidInput: issuer or target is unknown or ambiguous; the cursor is broken or foreign.
    """
    here = place("policies", (), filters, as_of, page)
    view = await identified(graph, here.as_of.known_at or "")
    target = (await find_actor_or_topic(view, filters.target, here.as_of, "target")).id if filters.target else ""
    asked = {
        "q": (filters.q or "").lower(),
        "kind": filters.kind or "",
        "issuers": await ids_of(view, filters.issuer, here.as_of, "issuer"),
        "targets": view.members(target),
        "earliest": filters.earliest,
        "latest": filters.latest,
        "during": filters.bounded,
        **here.as_of.bounds(),
    }
    batch = _BATCH if filters.status else here.limit + 1
    moment, known_at = moment_of(here.as_of), here.as_of.known_at or ""
    at, identifier = here.after or (None, "")
    items: list[PolicySummary] = []
    for _ in range(_MOST_BATCHES):
        rows = await view.read(queries.SEARCH, at=at, id=identifier, limit=batch, **asked)
        for row in rows:
            summary = policy_summary(row["policy"], known_at, moment)
            fits = filters.status is None or (summary.status is not None and summary.status.status == filters.status)
            if fits and len(items) == here.limit:
                following = here.next((at or "", identifier))
                return PolicyPage(items=tuple(items), next=following, as_of=here.as_of.answer())
            if fits:
                items.append(summary)
            at, identifier = row["at"], row["policy"]["id"]
        if len(rows) < batch:
            return PolicyPage(items=tuple(items), as_of=here.as_of.answer())
    return PolicyPage(items=tuple(items), next=here.next((at or "", identifier)), as_of=here.as_of.answer())


async def one(graph: Graph, policy: str, as_of: AsOf = NOW) -> PolicyAnswer:
    """One policy, by its id, number or title, with its history up to ``valid_at`` and what it does to others.

    Raises:
        NotFound: no policy has it, or the graph did not know it then.
        InvalidInput: several have the number or title.
    """
    as_of = as_of.settled()
    bounds, moment, known_at = as_of.bounds(), moment_of(as_of), as_of.known_at or ""
    query = queries.BY_ID if label_of(policy) == "Policy" else queries.BY_NUMBER
    found = await graph.read(query, id=policy, name=normalise_name(policy), **bounds)
    if not found:
        raise NotFound(f"no policy has the id, number or title {policy[:80]!r}", "policy", "Search for it by its words")
    if len(found) > 1:
        several = ", ".join(f"{row['title'][:60]} ({row['id']})" for row in found)
        raise InvalidInput(f"several have the number or title {policy[:80]!r}", "policy", f"Give an id: {several}")
    identifier = found[0]["id"]
    view = await identified(graph, known_at)
    row = (await view.read(queries.ONE, id=identifier, **bounds))[0]
    statements = await view.read(queries.STATEMENTS, id=identifier, **bounds)
    evidence = await read_evidence(view, {"Policy": [identifier]}, as_of)
    return PolicyAnswer(
        **policy_fields(row["policy"], known_at, moment),
        description=row["policy"].get("description"),
        history=history(row["policy"]["steps"], bounds["valid_until"]),
        signers=actor_refs(each for each in row["into"] if each["type"] == "SIGNED"),
        **{name: refs(each for each in row[way] if each["type"] == kind) for name, (way, kind) in _TIES.items()},
        evidence=tuple(evidence.get(identifier, ())),
        statements=tuple(statement(each["statement"], known_at) for each in statements),
        as_of=as_of.answer(),
    )
