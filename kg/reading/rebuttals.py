"""Denials that do not say so: the accused contradicts what was alleged of it before."""

from __future__ import annotations

from kg.reading.about import about, same_speaker
from kg.reading.classify import Act, denies_something, manner
from kg.reading.draft import Draft

WINDOW = 40
NEAR = 5
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
_OWN = frozenset({"it", "we", "he", "she", "they", "its", "our", "his", "her", "their"})


def rebut(drafts: list[Draft]) -> None:
    """Turns into denials what those who were accused before say against it: by negation, by a verb that stands its ground, or
    as a tale of their own doings right after the accusation."""
    for i, draft in enumerate(drafts):
        if draft.act.act not in _OPEN or draft.found.row.kind != "speech" or draft.found.content_form == "accusation":
            continue
        lemma = draft.found.row.name
        if lemma == "protest" and "innocence" in draft.content:
            draft.act = Act("deny", "flat", "016")
            continue
        stands = lemma in _STANDS or denies_something(draft.content)
        own = draft.act.act != "announce" and _begins_with_self(draft)
        if not stands and not own:
            continue
        at = _accusation(draft, drafts, i)
        if at is not None and (stands or i - at <= NEAR):
            draft.act = Act("deny", manner(draft.content), "016")
            draft.answers = at


def _begins_with_self(draft: Draft) -> bool:
    if not draft.found.content_tokens:
        return False
    start = draft.found.content_tokens[0][0]
    return draft.found.frame.s.lower[start] in _OWN


def _accusation(draft: Draft, drafts: list[Draft], i: int) -> int | None:
    """The nearest earlier statement in which somebody else alleged something of the draft's speaker."""
    for j in range(i - 1, max(-1, i - WINDOW), -1):
        earlier = drafts[j]
        if earlier.act.act != "allege" or earlier.relays is not None or same_speaker(draft, earlier):
            continue
        if about(draft, earlier):
            return j
    return None
