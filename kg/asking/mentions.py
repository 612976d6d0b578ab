"""Whom the names in a text mean, and why."""

from __future__ import annotations

from kg.resolving.choosing import Candidate, Entry
from kg.resolving.gazetteer import Gazetteer
from schema.answers.common import ActorRef
from schema.answers.spotting import MentionAnswer, MentionCandidate, MentionsAnswer, Weighed

_UNKNOWN = "unknown"


def mentions(text: str, gazetteer: Gazetteer) -> MentionsAnswer:
    """Every name of the gazetteer that stands in a text, with all whom it may mean and what speaks for each.

    A name that only the text defines has an actor whose id is "unknown".
    """
    return MentionsAnswer(
        mentions=tuple(
            MentionAnswer(
                text=text[each.start : each.end],
                start=each.start,
                end=each.end,
                alias_kind=each.alias_kind,
                actor=_actor(each.entry) if each.entry else None,
                candidates=tuple(_candidate(candidate) for candidate in each.choice.candidates),
            )
            for each in gazetteer.explain(text)
        )
    )


def _actor(entry: Entry) -> ActorRef:
    return ActorRef(id=entry.id or _UNKNOWN, name=entry.actor, kind=entry.kind, country=entry.country)


def _candidate(candidate: Candidate) -> MentionCandidate:
    return MentionCandidate(
        actor=_actor(candidate.entry),
        score=candidate.score,
        reasons=tuple(Weighed(feature=reason.feature, weight=reason.weight) for reason in candidate.reasons),
    )
