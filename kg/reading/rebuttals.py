"""Denials that do not say so: the accused contradicts what was alleged of it before."""

from __future__ import annotations

from kg.reading.classify import Act, denies_something, manner
from kg.reading.draft import Draft

WINDOW = 40
_STANDS = frozenset(
    {
        "maintain",
        "insist",
        "counter",
        "protest",
        "retort",
        "stand by",
        "push back",
        "hit back",
        "respond",
        "reply",
        "answer",
    }
)
_OPEN = frozenset({"assert", "assess", "announce", "allege"})


def rebut(drafts: list[Draft]) -> None:
    """Turns into denials what those who were accused before say against it, by negation or by a verb that stands its ground."""
    for i, draft in enumerate(drafts):
        if draft.act.act not in _OPEN or draft.found.row.kind != "speech" or draft.found.content_form == "accusation":
            continue
        lemma = draft.found.row.name
        if lemma == "protest" and "innocence" in draft.content:
            draft.act = Act("deny", "flat", "016")
            continue
        if lemma not in _STANDS and not denies_something(draft.content):
            continue
        if _accused(draft, drafts[max(0, i - WINDOW) : i]):
            draft.act = Act("deny", manner(draft.content), "016")


def _accused(draft: Draft, before: list[Draft]) -> bool:
    """Whether somebody else alleged something of the draft's speaker earlier in the article."""
    names = speaker_names(draft)
    if not names and (draft.speaker is None or draft.speaker.country is None):
        return False
    for earlier in before:
        if (
            earlier.act.act != "allege"
            or (earlier.who is not None and earlier.who in names)
            or earlier.relays is not None
        ):
            continue
        claim = earlier.claim
        said = earlier.content
        if claim is not None and (claim.subject_actor in names or claim.object_actor in names):
            return True
        if any(len(name) > 2 and name in said for name in names):
            return True
        if draft.speaker is not None and draft.speaker.country in earlier.countries:
            return True
    return False


def speaker_names(draft: Draft) -> set[str]:
    """The names by which an allegation may mean the draft's speaker: the actor, and whom it speaks for."""
    if draft.speaker is None:
        return set()
    source = draft.speaker.source
    names = {name for name in (source.actor, source.name, source.issuer_actor, *draft.speaker.behind) if name}
    return names
