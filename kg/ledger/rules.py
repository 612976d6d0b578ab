"""What may be decided as the ledger stands, and the reasons where it may not. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kg.ledger.identity import DIFFERENT, REVOKE, SAME, Decision, Identity, Link, identity_of, other_side
from schema.ids import label_of

_NOTHING: Final = "There is nothing to do"
Named = Callable[[str], str]
"""From an id to how people call what has it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a decision cannot be made as the ledger stands.

    Attributes:
        kind: ``invalid`` where it never could, ``unknown`` where it revokes what is not there, ``conflict`` where what
            was decided before stands against it.
        what: in words.
        chain: the decisions that stand against it.
        remedy: what can be done.
    """

    kind: Literal["invalid", "unknown", "conflict"]
    what: str
    chain: tuple[Link, ...] = ()
    remedy: str | None = None


def refusal(
    decisions: Sequence[Decision], new: Decision, identity: Identity | None = None, named: Named = str
) -> Refusal | None:
    """Why a decision cannot be added to these; None where it can.

    Args:
        decisions: the ledger.
        new: the decision that somebody wants to make.
        identity: that of ``decisions``, where it is known already.
        named: from an id to how people call what has it.
    """
    before = identity if identity is not None else identity_of(decisions)
    if new.revokes and (refused := _refused_revocation(decisions, before, new)):
        return refused
    if new.verdict != REVOKE:
        left, right = new.pair
        if left == right:
            return Refusal("invalid", f"{named(left)} is itself", remedy="Name two")
        if label_of(left) != label_of(right):
            return Refusal(
                "invalid",
                f"{named(left)} is {_article(left)} and {named(right)} {_article(right)}",
                remedy="Name two actors or two claims",
            )
        now = before if not new.revokes else identity_of([*decisions, _only_revoking(new)])
        why = now.why(left, right)
        if new.verdict == SAME and why.relation == "same":
            return Refusal("conflict", f"they are one already: {in_words(why.chain, named)}", why.chain, _NOTHING)
        if new.verdict == SAME and why.relation == "different":
            remedy = f"Undo {_parting(why.chain).id} first, if it is wrong"
            return Refusal("conflict", f"they were kept apart: {in_words(why.chain, named)}", why.chain, remedy)
        if new.verdict == DIFFERENT and why.relation == "same":
            remedy = "Undo one of these first, or split one of the two from the whole"
            return Refusal("conflict", f"they were said to be one: {in_words(why.chain, named)}", why.chain, remedy)
        if new.verdict == DIFFERENT and len(why.chain) == 1:
            return Refusal(
                "conflict",
                f"they are kept apart already: {in_words(why.chain, named)}",
                why.chain,
                "There is nothing to do",
            )
    return _refused_return(decisions, before, new, named)


def of_two(decision: Decision) -> bool:
    """Whether it is about two different actors or two different claims, or about none."""
    left, right = decision.pair
    return decision.verdict == REVOKE or (left != right and label_of(left) == label_of(right))


def _refused_revocation(decisions: Sequence[Decision], before: Identity, new: Decision) -> Refusal | None:
    by_id = {each.id: each for each in decisions}
    for identifier in new.revokes:
        if identifier not in by_id:
            return Refusal("unknown", f"no decision has the id {identifier[:60]}", remedy="List them")
        if identifier not in before.standing:
            by = next(each for each in before.standing.values() if identifier in each.revokes)
            return Refusal(
                "conflict",
                f"{identifier} was undone already, by {by.decided_by} at {by.decided_at} ({by.id}: {by.reason})",
                remedy=f"Undo {by.id} to let it stand again",
            )
    return None


def _refused_return(decisions: Sequence[Decision], before: Identity, new: Decision, named: Named) -> Refusal | None:
    """Why what would stand again cannot, where the decision ends a revocation."""
    if not new.revokes:
        return None
    there = {_parting(clash).id for clash in clashes(before)}
    for clash in clashes(identity_of([*decisions, new])):
        if _parting(clash).id not in there:
            what = f"what would stand again joins two that are kept apart: {in_words(clash, named)}"
            return Refusal("conflict", what, clash, "Undo one of these first")
    return None


def _only_revoking(new: Decision) -> Decision:
    return Decision(new.id, REVOKE, revokes=new.revokes, decided_at=new.decided_at)


def clashes(identity: Identity) -> list[tuple[Link, ...]]:
    """Pairs that are kept apart and joined all the same, each with the chain; none in a ledger that was kept well."""
    found = []
    for decision in identity.standing.values():
        left, right = decision.pair
        if decision.verdict == DIFFERENT and identity.canonical(left) == identity.canonical(right):
            found.append((Link(left, right, decision), *identity.why(right, left).chain))
    return found


def split_of(decisions: Sequence[Decision], member: str, named: Named = str) -> tuple[str, tuple[str, ...]] | Refusal:
    """What it takes to take a member out of its whole.

    Every decision that ties it there has to end, and it has to be kept apart from what is left; where others hung
    together only through it, they fall apart, since nobody ever said that they are one.

    Returns:
        The member of the rest that it is kept apart from, and the ids of the decisions to revoke; or why not.
    """
    identity = identity_of(decisions)
    rest = [each for each in identity.members(member) if each != member]
    if not rest:
        return Refusal("conflict", f"{named(member)} is one with no other", remedy=_NOTHING)
    ties = tuple(each.id for each in identity.standing.values() if each.verdict == SAME and member in each.pair)
    canonical = identity.canonical(member)
    return (canonical if canonical != member else _kept_without(identity, member)), ties


def _kept_without(identity: Identity, member: str) -> str:
    """Of those that were tied to it, the first that it was tied to."""
    first = next(each for each in identity.standing.values() if each.verdict == SAME and member in each.pair)
    return other_side(first, member)


def _parting(chain: Sequence[Link]) -> Decision:
    return next(link.decision for link in chain if link.decision.verdict == DIFFERENT)


def in_words(chain: Iterable[Link], named: Named = str) -> str:
    """A chain of reasons as one line."""
    return "; ".join(
        f"{named(link.start)} is {'' if link.decision.verdict == SAME else 'not '}{named(link.end)}, "
        f"said {link.decision.decided_by} "
        f"({link.decision.id}: {link.decision.reason})"
        for link in chain
    )


def _article(identifier: str) -> str:
    label = (label_of(identifier) or "thing").lower()
    return f"an {label}" if label[0] in "aeiou" else f"a {label}"
