"""The derived relationships of what a batch creates, from its own rows: only what these name is asked of the graph.

They are those that :func:`kg.writing.batch.derived_from` reads from the graph afterwards; ``geokg rebuild`` compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from kg.cypher import evidence as queries
from kg.writing import derive
from kg.writing.rows import Bundle, Properties, RelationshipRow
from kg.writing.run import Run
from kg.writing.shapes import participants_of


async def derived_from_new(
    run: Run, bundles: Sequence[Bundle], created: Iterable[Bundle], now: str
) -> list[RelationshipRow]:
    """The derived relationships of statements, policies and events that are created.

    Args:
        run: how to run a query in the transaction, in which everything else of the batch is written by now.
        bundles: those to derive from; bundles of other things are passed over.
        created: all bundles that the batch creates.
        now: what the rows are stamped with where the records do not say.
    """
    rows: list[RelationshipRow] = []
    statements = []
    for bundle in bundles:
        match bundle.label:
            case "Event":
                rows += derive.from_event(_evidence(bundle, now), participants_of(bundle))
            case "Policy":
                rows += _from_policy(bundle, now)
            case "Statement":
                statements.append(bundle)
            case _:
                pass
    if statements:
        rows += await _from_statements(run, statements, created, now)
    return list({row.id: row for row in rows}.values())


def _evidence(bundle: Bundle, now: str) -> Properties:
    return {**bundle.stamp(bundle.id, now), **bundle.nodes[0].props}


def _ends(bundle: Bundle, kind: str, label: str = "Actor", *, start: bool = False) -> list[str]:
    """Ids of what has that label at the other end of the relationships of a kind."""
    if start:
        return [row.start for row in bundle.relationships if row.kind == kind and row.start_label == label]
    return [row.end for row in bundle.relationships if row.kind == kind and row.end_label == label]


def _from_policy(bundle: Bundle, now: str) -> list[RelationshipRow]:
    steps = [node.props for node in bundle.nodes if node.label == "PolicyStatus"]
    issuers = _ends(bundle, "ISSUED", start=True)
    return derive.from_policy(_evidence(bundle, now), issuers, _ends(bundle, "TARGETS"), steps)


async def _from_statements(
    run: Run, statements: Sequence[Bundle], created: Iterable[Bundle], now: str
) -> list[RelationshipRow]:
    subjects: dict[str, list[str]] = {}
    speakers: dict[str, list[str]] = {}
    for bundle in created:
        if bundle.label == "Claim":
            subjects[bundle.id] = _ends(bundle, "SUBJECT")
        elif bundle.label == "Statement":
            speakers[bundle.id] = _ends(bundle, "MADE", start=True)
    claims_of = {bundle.id: _ends(bundle, "ABOUT", "Claim") for bundle in statements}
    answered_by = {bundle.id: _ends(bundle, "ANSWERS", "Statement") for bundle in statements}
    if there := sorted(set(chain(*claims_of.values())) - subjects.keys()):
        subjects |= {row["id"]: row["subjects"] for row in await run(queries.SUBJECTS, ids=there)}
    if there := sorted(set(chain(*answered_by.values())) - speakers.keys()):
        speakers |= {row["id"]: row["speakers"] for row in await run(queries.SPEAKERS, ids=there)}
    rows: list[RelationshipRow] = []
    for bundle in statements:
        evidence = _evidence(bundle, now)
        answered = _all_of(speakers, answered_by[bundle.id])
        for actor in _ends(bundle, "MADE", start=True):
            for claim in claims_of[bundle.id]:
                rows += derive.from_statement(evidence, actor, claim, subjects[claim], answered)
    return rows


def _all_of(speakers: Mapping[str, Sequence[str]], statements: Iterable[str]) -> list[str]:
    return [speaker for statement in statements for speaker in speakers[statement]]
