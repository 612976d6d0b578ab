"""The ledger as one would tell it to a child: every row is looked at again for every question."""

from __future__ import annotations

from collections.abc import Sequence

from kg.ledger.identity import Decision


def stands(rows: Sequence[Decision], row: Decision) -> bool:
    """Whether nothing that stands revokes it."""
    return not any(row.id in other.revokes and stands(rows, other) for other in rows)


def whole(rows: Sequence[Decision], member: str) -> set[str]:
    """Everybody who can be reached by decisions that stand and say that two are the same."""
    reached = {member}
    while True:
        more = {
            end
            for row in rows
            if row.verdict == "same" and stands(rows, row) and reached & set(row.pair)
            for end in row.pair
        }
        if more <= reached:
            return reached
        reached |= more


def shown(rows: Sequence[Decision], member: str) -> str:
    """Join again, one decision after the other; whoever is joined to a left one is shown as that one is."""
    name: dict[str, str] = {}
    for row in sorted(rows, key=lambda each: (each.decided_at, each.id)):
        if row.verdict != "same" or not stands(rows, row):
            continue
        left, right = (name.get(end, end) for end in row.pair)
        everybody = {*row.pair, *name}
        for each in everybody:
            if name.get(each, each) in (left, right):
                name[each] = left
    return name.get(member, member)


def refused(rows: Sequence[Decision], new: Decision) -> bool:
    """Whether the ledger does not allow it."""
    by_id = {row.id: row for row in rows}
    if any(revoked not in by_id or not stands(rows, by_id[revoked]) for revoked in new.revokes):
        return True
    after = [*rows, new]
    left, right = new.pair
    if new.verdict == "same" and (left == right or right in whole(rows, left)):
        return True
    if new.verdict == "different" and (left == right or apart_already(rows, left, right)):
        return True
    return any(
        row.verdict == "different" and stands(after, row) and row.pair[1] in whole(after, row.pair[0]) for row in after
    )


def apart_already(rows: Sequence[Decision], left: str, right: str) -> bool:
    """Whether one decision that stands keeps just these two apart."""
    return any(row.verdict == "different" and stands(rows, row) and {*row.pair} == {left, right} for row in rows)
