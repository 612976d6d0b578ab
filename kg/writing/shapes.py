"""Events and statements are many, and most have one shape: each is created with its relationships in one row. Pure.

A shape is what the rows of one query have in common. Beside creating nodes first and relationships between them after,
nothing has to find the new node again by its id: that is a fifth to a third of the engine's work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kg.cypher.writing import Shape
from kg.writing import derive
from kg.writing.rows import Bundle, Properties, RelationshipRow

_LABELS: Final = ("Event", "Statement")
_FEW: Final = 20
"""Bundles of one shape from which on they get a query of their own."""
_MANY_ENDS: Final = 6


@dataclass(slots=True)
class Shaped:
    """What is created how.

    Attributes:
        rows: by shape, a row a node.
        plain: bundles that are created node by node and relationship by relationship, before the shapes.
        late: relationships between nodes that are created by their shapes, to be created after.
        derived: ids of the evidence whose derived relationships are among the rows already.
    """

    rows: dict[Shape, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    plain: list[Bundle] = field(default_factory=list)
    late: list[RelationshipRow] = field(default_factory=list)
    derived: set[str] = field(default_factory=set)


def shaped(bundles: Sequence[Bundle], now: str) -> Shaped:
    """Sort bundles that are to be created by their shapes.

    Args:
        bundles: of records that are not in the graph.
        now: what they are stamped with where the records do not say.
    """
    groups: dict[Shape, list[tuple[Bundle, _Row]]] = defaultdict(list)
    result = Shaped()
    candidates = [bundle for bundle in bundles if bundle.label in _LABELS]
    own = {bundle.id for bundle in candidates}
    for bundle in bundles:
        if bundle.id in own and (row := _row(bundle, own, now)) is not None:
            groups[row.shape].append((bundle, row))
        else:
            result.plain.append(bundle)
    for shape, group in groups.items():
        for bundle, row in group:
            if len(group) < _FEW:
                result.plain.append(bundle)
                continue
            result.rows[shape].append(row.values)
            result.late += row.late
            if bundle.label == "Event":
                result.derived.add(bundle.id)
    return result


@dataclass(slots=True)
class _Row:
    shape: Shape
    values: dict[str, Any]
    late: list[RelationshipRow]


def _row(bundle: Bundle, own: Iterable[str], now: str) -> _Row | None:
    """The bundle as one row; None where it has nodes that belong to it, or too many ends."""
    nodes = bundle.nodes
    if len(nodes) > 1:
        return None
    node = {**bundle.stamp(bundle.id, now), **nodes[0].props}
    places: dict[str, int] = {bundle.id: -1}
    labels: list[str] = []
    values: dict[str, Any] = {"n": node}
    kinds: list[tuple[str, int, int]] = []
    late: list[RelationshipRow] = []
    derived = derive.from_event(node, participants_of(bundle)) if bundle.label == "Event" else []
    once = {row.id: row for row in bundle.relationships}.values()
    stamped = ((row, {**bundle.stamp(row.id, now), **row.props}) for row in once)
    for row, props in [*stamped, *((row, row.props) for row in derived)]:
        end, label = (row.end, row.end_label) if row.start == bundle.id else (row.start, row.start_label)
        if end in own and end != bundle.id:
            late.append(row._replace(props=props))
            continue
        for identifier, of in ((end, label), (row.end, row.end_label)):
            if identifier not in places:
                values[f"m{len(labels)}"] = identifier
                places[identifier] = len(labels)
                labels.append(of)
        values[f"r{len(kinds)}"] = props
        kinds.append((row.kind, places[row.start], places[row.end]))
    if len(labels) > _MANY_ENDS:
        return None
    return _Row(Shape(bundle.label or "", tuple(labels), tuple(kinds)), values, late)


def participants_of(bundle: Bundle) -> list[Properties]:
    """Who takes part in an event, by the relationships of its bundle."""
    return [
        {"id": row.start, "role": row.props["role"]} for row in bundle.relationships if row.kind == "PARTICIPATED_IN"
    ]
