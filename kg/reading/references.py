"""What a statement answers: "the allegations", "the claims", "it", and denials that repeat what they deny."""

from __future__ import annotations

from kg.reading.about import about, content_keys, same_speaker, speaker_keys, subject_keys
from kg.reading.classify import statement_noun_in
from kg.reading.draft import Draft
from kg.reading.lexicons import nouns, statement_nouns

WINDOW = 30
AHEAD = 3
_POINTING = frozenset({"it", "this", "that", "them", "these", "those"})
_ANSWERING = frozenset({"deny", "confirm", "acknowledge", "not_verified", "decline_comment", "retract", "qualify"})
_ANSWERED = frozenset({"allege", "assert", "assess", "relay", "announce", "demand", "deny", "confirm", "acknowledge"})
_REPLIES = frozenset({"deny", "confirm", "acknowledge"})
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

    Weighed are: how many others stand between, whether the other accuses the speaker, or is about it at all, which
    words both share, and to what the words refer: "it" and "that" to what was just said, "the report" to what a
    document or an outlet says, "the number" to something with a number in it.
    """
    known: dict[int, frozenset[str]] = {}

    def words(at: int) -> frozenset[str]:
        if at not in known:
            known[at] = _stems(drafts[at].content)
        return known[at]

    open_to_answers = {j for j, other in enumerate(drafts) if other.act.act in _ANSWERED and other.relays is None}
    for i, draft in enumerate(drafts):
        if draft.act.act not in _ANSWERING:
            continue
        best, best_score = draft.answers, 1.0 if draft.answers is not None else 0.5
        reference = _reference(draft)
        between = 0
        for j in (*range(i - 1, max(-1, i - WINDOW), -1), *range(i + 1, min(len(drafts), i + AHEAD))):
            other = drafts[j]
            if j == i + 1:
                between = 2
            if j not in open_to_answers or not _answerable(draft, other):
                continue
            score = _score(draft, other, (i, j), between, words(i) & words(j), reference)
            between += 1
            if score > best_score:
                best, best_score = j, score
        draft.answers = best


def _answerable(draft: Draft, other: Draft) -> bool:
    """Whether the other statement can be what the draft answers: somebody else's, put forward, not relayed outside."""
    if other.in_title and not draft.in_title:
        return False
    if same_speaker(draft, other):
        return draft.act.act in ("retract", "qualify", "acknowledge") and other.act.act != draft.act.act
    return draft.act.act != "not_verified" or other.act.act != "demand"


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


def _score(
    draft: Draft, other: Draft, at: tuple[int, int], between: int, shared: frozenset[str], reference: str
) -> float:
    i, j = at
    score = 0.9 / (1.0 + 0.2 * between)
    if j > i:
        score -= 0.7
    accused = not speaker_keys(draft).isdisjoint(subject_keys(other)) if draft.speaker is not None else False
    if accused:
        score += 1.0
    elif about(draft, other):
        score += 0.5
    if other.act.act == "allege":
        score += 0.45 if draft.act.act not in ("not_verified", "confirm") else 0.1
    elif other.act.act in _REPLIES:
        score -= 0.5
    if draft.found.paragraph == other.found.paragraph:
        score += 0.3
    elif draft.found.paragraph - other.found.paragraph == 1:
        score += 0.1
    score += min(0.9, 0.3 * len(shared))
    if not content_keys(draft).isdisjoint(speaker_keys(other)):
        score += 0.6
    if reference in ("last", "charge") and j < i and between <= 1:
        score += 0.4 if reference == "last" else 0.2
    if reference == "charge" and other.act.act == "allege":
        score += 0.2
    if reference == "document" and other.speaker is not None and _publishes(other):
        score += 0.5
    if reference == "number" and any(character.isdigit() for character in other.content):
        score += 0.5
    if draft.act.act in ("not_verified", "decline_comment") and j < i and draft.found.frame is other.found.frame:
        score += 0.4
    return score


def _publishes(other: Draft) -> bool:
    speaker = other.speaker
    return speaker is not None and (
        speaker.source.kind == "document" or other.found.row.lemma in ("report", "publish", "reveal", "write")
    )


def _stems(text: str) -> frozenset[str]:
    """Beginnings of the content's words, small ones and those for statements left out."""
    found = (word.strip(".,;:!?“”\"'’()").lower() for word in text.split())
    return frozenset(
        word[:6] for word in found if len(word) > 3 and word not in _SMALL and word not in statement_nouns()
    )
