"""What a statement answers: "the allegations", "the claims", "it", and denials that repeat what they deny."""

from __future__ import annotations

from kg.reading.about import about, same_speaker
from kg.reading.classify import statement_noun_in
from kg.reading.draft import Draft
from kg.reading.lexicons import nouns

WINDOW = 60
AHEAD = 6
_POINTING = frozenset({"it", "this", "that", "them", "these", "those"})
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
    """Sets `answers` of each statement that denies, confirms, concedes, could not verify or declines to comment on
    another.

    Weighed are: how near the other stands, whether it is about the speaker, whether it is an allegation, which
    words both
    share, and to what the words refer: "it" and "that" to what was just said, "the report" to what a document or an
    outlet says, "the number" to something with a number in it.
    """
    words = [_words(draft.content) for draft in drafts]
    for i, draft in enumerate(drafts):
        if draft.act.act not in _ANSWERING:
            continue
        best, best_score = draft.answers, 1.1 if draft.answers is not None else 0.55
        reference = _reference(draft)
        for j in range(max(0, i - WINDOW), min(len(drafts), i + AHEAD)):
            other = drafts[j]
            if (
                i == j
                or other.act.act not in _ANSWERED
                or (other.in_title and not draft.in_title)
                or other.relays is not None
            ):
                continue
            if same_speaker(draft, other) and draft.act.act not in ("retract", "qualify"):
                continue
            if draft.act.act == "not_verified" and other.act.act == "demand":
                continue
            score = _score(draft, other, (i, j), words[i] & words[j], reference)
            if score > best_score:
                best, best_score = j, score
        draft.answers = best


def _reference(draft: Draft) -> str:
    """To what the content refers: "last" (it, that), "charge", "document", "number", or "" when it says so itself."""
    noun = statement_noun_in(draft.found)
    if noun is None:
        return (
            "number" if any(word in draft.content for word in ("number", "figure", "toll", "how many", "count")) else ""
        )
    if noun in _POINTING or noun in ("statement", "remark", "claim", "comment"):
        return "last"
    if noun in nouns("documents") or noun in ("account", "story", "reports", "findings"):
        return "document"
    return "charge"


def _score(draft: Draft, other: Draft, at: tuple[int, int], shared: frozenset[str], reference: str) -> float:
    i, j = at
    distance = abs(i - j)
    score = 1.0 / (1.0 + 0.12 * distance)
    if j > i:
        score -= 0.55
    near = draft.found.paragraph == other.found.paragraph
    if about(draft, other):
        score += 0.7
    if other.act.act == "allege":
        score += 0.45 if draft.act.act != "not_verified" else 0.1
    if near:
        score += 0.2
    score += min(0.9, 0.3 * len(shared))
    if reference == "last" and j < i and distance <= 2:
        score += 0.5
    if reference == "document" and other.speaker is not None and _publishes(other):
        score += 0.5
    if reference == "number" and any(character.isdigit() for character in other.content):
        score += 0.5
    if draft.act.act in ("not_verified", "decline_comment") and j < i and draft.found.frame is other.found.frame:
        score += 0.5
    return score


def _publishes(other: Draft) -> bool:
    speaker = other.speaker
    return speaker is not None and (
        speaker.source.kind == "document" or other.found.row.lemma in ("report", "publish", "reveal", "write")
    )


def _words(text: str) -> frozenset[str]:
    found = (word.strip(".,;:!?“”\"'’()").lower() for word in text.split())
    return frozenset(word for word in found if len(word) > 2 and word not in _SMALL)
