"""What a statement answers: "the allegations", "the claims", "it", and denials that repeat what they deny."""

from __future__ import annotations

from kg.reading.classify import statement_noun_in
from kg.reading.draft import Draft

WINDOW = 80
_ANSWERING = frozenset({"deny", "confirm", "acknowledge", "not_verified", "decline_comment", "retract", "qualify"})
_ANSWERED = frozenset({"allege", "assert", "assess", "relay", "announce", "demand"})
_SMALL = frozenset(
    {
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "for",
        "and",
        "or",
        "that",
        "it",
        "its",
        "was",
        "were",
        "is",
        "are",
        "had",
        "has",
        "have",
        "been",
        "by",
        "with",
        "as",
        "at",
        "from",
        "any",
        "not",
        "no",
        "he",
        "she",
        "they",
        "this",
        "which",
        "be",
        "would",
        "said",
    }
)


def answer(drafts: list[Draft]) -> None:
    """Sets `answers` of each statement that denies, confirms, concedes, could not verify or declines to comment on another."""
    words = [_words(draft.content) for draft in drafts]
    for i, draft in enumerate(drafts):
        if draft.act.act not in _ANSWERING:
            continue
        best, best_score = None, 0.0
        for j in range(max(0, i - WINDOW), min(len(drafts), i + WINDOW)):
            other = drafts[j]
            if i == j or other.act.act not in _ANSWERED or (other.in_title and not draft.in_title):
                continue
            if other.relays is not None or (
                other.who is not None and other.who == draft.who and draft.act.act not in ("retract", "qualify")
            ):
                continue
            score = _score(draft, other, i, j, words)
            if score > best_score:
                best, best_score = j, score
        draft.answers = best


def _score(draft: Draft, other: Draft, i: int, j: int, words: list[frozenset[str]]) -> float:
    """How likely the draft answers the other: nearness, an accusation, the speaker as the accused, shared words."""
    distance = abs(i - j)
    score = 1.0 / (1.0 + 0.15 * distance)
    if j > i:
        score *= 0.5
    if other.act.act == "allege":
        score += 0.9
    who = draft.who
    if who is not None and other.claim is not None:
        if who in (other.claim.subject_actor, other.claim.object_actor) or who.lower() in other.content.lower():
            score += 0.8
    shared = words[i] & words[j]
    if shared:
        score += min(1.0, 0.25 * len(shared))
    if statement_noun_in(draft.found) is None and not shared and draft.act.act in ("deny", "confirm", "acknowledge"):
        score -= 0.8
    return score


def _words(text: str) -> frozenset[str]:
    found = (word.strip(".,;:!?“”\"'’()").lower() for word in text.split())
    return frozenset(word for word in found if len(word) > 2 and word not in _SMALL)
