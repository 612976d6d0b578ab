"""Derived relationships, from their evidence alone. Pure: the same evidence always gives the same relationships."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations
from typing import Any, Final

from kg.ledger.identity import DIFFERENT, SAME, Decision
from kg.writing.rows import Properties, RelationshipRow
from schema.event_codes import event_codes
from schema.ids import label_of, relationship_id
from schema.ontology import ontology

_OF_VERDICT: Final = {SAME: "SAME_AS", DIFFERENT: "DIFFERENT_FROM"}
_KNOWN: Final = ("recorded_at", "retracted_at", "past")
_TIME: Final = ("", "_earliest", "_latest", "_precision")


def _row(
    kind: str,
    start: str,
    end: str,
    end_label: str,
    evidence: Mapping[str, Any],
    time: Mapping[str, Any],
    **more: Any,
) -> RelationshipRow:
    props: Properties = {"id": relationship_id(kind, start, end, evidence["id"]), "evidence": evidence["id"]}
    props |= {f"at{part}": time[f"at{part}"] for part in _TIME if time.get(f"at{part}") is not None}
    props |= {name: evidence[name] for name in _KNOWN if evidence.get(name) is not None}
    props |= {name: value for name, value in more.items() if value is not None}
    return RelationshipRow(kind, "Actor", start, end_label, end, props)


def _as_at(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {f"at{part}": values.get(f"{name}{part}") for part in _TIME}


def from_statement(
    evidence: Mapping[str, Any], actor: str, claim: str, subjects: Iterable[str], answered: Iterable[str]
) -> list[RelationshipRow]:
    """What a statement about a claim stands for: speaker to claim, to the claim's subjects, to the answered speakers.

    A denial rebuts only when its manner denies; nobody accuses or rebuts himself.

    Args:
        evidence: properties of the statement.
        actor: id of its speaker.
        claim: id of the claim.
        subjects: ids of the claim's subjects.
        answered: ids of the speakers of the statements that it answers.
    """
    act = ontology().acts[evidence["act"]]
    manner = evidence.get("manner")
    time = _as_at("asserted_at", evidence)
    rows = []
    if act.derives.claim:
        rows.append(_row(act.derives.claim, actor, claim, "Claim", evidence, time, manner=manner))
    if act.derives.subject:
        rows += [
            _row(act.derives.subject, actor, subject, "Actor", evidence, time)
            for subject in sorted(set(subjects) - {actor})
        ]
    denies = manner is None or ontology().manners[manner].denies
    if act.derives.answered and denies:
        rows += [
            _row(act.derives.answered, actor, other, "Actor", evidence, time, manner=manner)
            for other in sorted(set(answered) - {actor})
        ]
    return rows


def from_policy(
    evidence: Mapping[str, Any], issuers: Iterable[str], targets: Iterable[str], steps: Sequence[Mapping[str, Any]]
) -> list[RelationshipRow]:
    """What a policy stands for: from each issuer to each actor that it targets, from its first step on."""
    kind = ontology().policy_kinds[evidence["kind"]].derives
    if kind is None:
        return []
    first = min(steps, key=lambda step: (step["at_earliest"], step["at_latest"]), default=None)
    time = first if first is not None else _as_at("effective_from", evidence)
    return [
        _row(kind, issuer, target, "Actor", evidence, time)
        for issuer in sorted(set(issuers))
        for target in sorted(set(targets) - {issuer})
    ]


def from_event(evidence: Mapping[str, Any], participants: Sequence[Mapping[str, Any]]) -> list[RelationshipRow]:
    """What an event stands for: between its participants, both ways where its kind is symmetric.

    What a feed coded stands for the relationship of its CAMEO code (``schema/ontology/event_codes.yaml``), marked as
    coded.
    """
    kind = ontology().event_kinds[evidence["kind"]]
    if kind.derives is None:
        return []
    derives = event_codes().derives(evidence.get("cameo"), evidence.get("coded")) if kind.coded else kind.derives
    if kind.symmetric:
        acting = sorted({part["id"] for part in participants if part["role"] in ("participant", "host", "agent")})
        pairs = list(permutations(acting, 2))
    else:
        agents = sorted({part["id"] for part in participants if part["role"] == "agent"})
        patients = sorted({part["id"] for part in participants if part["role"] == "patient"})
        pairs = [(agent, patient) for agent in agents for patient in patients if agent != patient]
    coded = kind.coded or None
    return [_row(derives, start, end, "Actor", evidence, evidence, coded=coded) for start, end in pairs]


def from_decision(decision: Decision, spells: Sequence[tuple[str, str | None]]) -> list[RelationshipRow]:
    """What a decision on two stands for, for people who look; no question asks it.

    Args:
        decision: one that says *same* or *different*.
        spells: the intervals of ``known_at`` in which it stood, the last open where it stands.
    """
    kind, (left, right) = _OF_VERDICT[decision.verdict], decision.pair
    if not spells:  # it was revoked in the moment in which it was learned
        return []
    (recorded_at, retracted_at), earlier = spells[-1], spells[:-1]
    props: Properties = {"id": relationship_id(kind, left, right, decision.id), "evidence": decision.id}
    props["recorded_at"] = recorded_at
    if retracted_at is not None:
        props["retracted_at"] = retracted_at
    if earlier:
        props["past"] = [f"{start}/{end}" for start, end in earlier]
    label = label_of(left) or ""
    return [RelationshipRow(kind, label, left, label, right, props)]
