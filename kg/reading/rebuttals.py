"""Denials that do not say so: the accused contradicts what was alleged of it before."""

from __future__ import annotations

from kg.reading.about import about, keys, same_speaker, speaker_keys
from kg.reading.classify import Act, denies_something, manner
from kg.reading.draft import Draft
from kg.reading.verbs import FINITE

WINDOW = 40
NEAR = 3
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
    """Turns into denials what those who were accused before say against it: by negation, by a verb that stands its
    ground, or
    as a tale of their own doings right after the accusation."""
    for i, draft in enumerate(drafts):
        if draft.act.act not in _OPEN or draft.found.row.kind != "speech" or draft.found.content_form == "accusation":
            continue
        lemma = draft.found.row.name
        if lemma == "protest" and "innocence" in draft.content:
            draft.act = Act("deny", "flat", "016")
            continue
        stands = lemma in _STANDS or negated_clause(draft) or denies_something(draft.content)
        own = draft.act.act != "announce" and draft.found.content_form in ("that", "clause") and _tells_of_itself(draft)
        if not stands and not own:
            continue
        at = _accusation(draft, drafts, i)
        if at is not None and (stands or i - at <= NEAR):
            draft.act = Act("deny", manner(draft.content), "016")
            draft.answers = at


def _tells_of_itself(draft: Draft) -> bool:
    """Whether the content is an active clause about the speaker: "it was answering", "we paid"."""
    if not draft.found.content_tokens:
        return False
    frame = draft.found.frame
    start, end = draft.found.content_tokens[0]
    if frame.s.lower[start] not in _OWN:
        return False
    first = next((group for group in frame.groups if start <= group.start < end and group.form == FINITE), None)
    return first is not None and not first.passive and first.modal is None


def negated_clause(draft: Draft) -> bool:
    """Whether the main clause of the content is negated: "no soldier crossed", "it does not trade"."""
    found = draft.found
    if not found.content_tokens:
        return False
    frame = found.frame
    start, end = found.content_tokens[0]
    if frame.s.tags[start] == "Q":
        words = draft.content.lower().replace("“", " ").replace('"', " ").split()
        return not _NEGATIVE.isdisjoint(words[:3]) or not _NEGATIVE.isdisjoint(words[3:5])
    if not _NEGATIVE.isdisjoint(frame.s.lower[start : start + 3]):
        return True
    first = next((group for group in frame.groups if start <= group.start < end and group.form == FINITE), None)
    if first is None:
        return False
    return first.negated or not _NEGATIVE.isdisjoint(frame.s.lower[first.end : first.end + 2])


_NEGATIVE = frozenset(
    {"no", "not", "never", "nothing", "none", "nobody", "neither", "nor", "only", "don't", "don’t", "didn't", "didn’t"}
)


def accuse(drafts: list[Draft]) -> None:
    """Turns into allegations what is said, as a fact, that somebody else who is named did."""
    for draft in drafts:
        found = draft.found
        if (
            draft.act.act != "assert"
            or found.row.kind != "speech"
            or found.content_form not in _CLAUSAL
            or draft.relays is not None
        ):
            continue
        if _deeds_of_another(draft):
            draft.act = Act("allege", None, "112")


_FINDING = frozenset({"conclude", "determine", "establish", "find", "infer", "deduce"})
_CLAUSAL = frozenset({"colon", "that", "clause", "left", "split", "quote", "according"})
_HARMLESS = frozenset(
    [
        "be",
        "have",
        "agree",
        "welcome",
        "join",
        "meet",
        "help",
        "hold",
        "sign",
        "thank",
        "visit",
        "reach",
        "win",
        "lose",
        "become",
        "remain",
        "stay",
        "show",
        "need",
        "want",
        "hope",
        "receive",
        "get",
        "take",
        "make",
        "give",
        "pay",
        "buy",
        "sell",
        "begin",
        "start",
        "end",
        "close",
        "open",
        "rise",
        "fall",
        "grow",
        "drop",
        "lead",
        "know",
        "think",
        "believe",
        "live",
        "come",
        "go",
        "see",
        "hear",
        "return",
        "resign",
        "apologise",
        "apologize",
        "deny",
        "reject",
        "confirm",
        "acknowledge",
        "promise",
        "offer",
        "accept",
        "cut",
    ]
)


def _deeds_of_another(draft: Draft) -> bool:
    """Whether the content's subject is a named actor that is not the speaker, and its verb an active, past or
    lasting deed."""
    found = draft.found
    speaker = draft.speaker
    if draft.claim is None or speaker is None or speaker.expert or not found.content_tokens:
        return False
    party = speaker.sort in _PARTIES or speaker.anonymous or speaker.source.kind == "document" or speaker.organisation
    if not party and not (speaker.person and speaker.capacity is not None):
        return False
    subject = _subject_names(draft)
    if draft.claim.subject_actor is None and not subject:
        return False
    if draft.claim.subject_actor is not None and draft.claim.subject_actor in (
        speaker.source.actor,
        speaker.source.name,
    ):
        return False
    if not speaker_keys(draft).isdisjoint(subject):
        return False
    frame = found.frame
    start, end = found.content_tokens[0]
    first = next((group for group in frame.groups if start <= group.start < end and group.form == FINITE), None)
    if first is None or first.negated or first.copula or first.modal in _FUTURE:
        return False
    if first.passive:
        return first.lemma in _BLAMING
    return first.lemma not in _HARMLESS


def _subject_names(draft: Draft) -> frozenset[str]:
    """Beginnings of the names in the claim's subject; a word that is a capital only because it comes first is none."""
    subject = (draft.claim.subject if draft.claim is not None else None) or ""
    found = draft.found
    s = found.frame.s
    start = found.content_tokens[0][0] if found.content_tokens else 0
    first = subject.split(" ", 1)
    if start == 0 and s.n and s.words[0] == first[0] and s.tags[start] not in ("NNP", "NNPS", "JJ", "Q"):
        subject = first[1] if len(first) > 1 else ""
    return keys(subject)


_FUTURE = frozenset({"would", "will", "may", "might", "should", "must", "shall", "'ll", "’ll"})
_BLAMING = frozenset(
    {
        "caught",
        "suspect",
        "subsidised",
        "subsidized",
        "arrested",
        "accuse",
        "charge",
        "implicate",
        "exposed",
        "bribed",
        "paid",
        "hired",
        "trained",
        "armed",
        "backed",
        "funded",
        "financed",
    }
)
_PARTIES = frozenset({"state", "force", "union", "company", "media", "group"})


def _accusation(draft: Draft, drafts: list[Draft], i: int) -> int | None:
    """The nearest earlier statement in which somebody else alleged something of the draft's speaker."""
    for j in range(i - 1, max(-1, i - WINDOW), -1):
        earlier = drafts[j]
        if earlier.act.act != "allege" or earlier.relays is not None or same_speaker(draft, earlier):
            continue
        if about(draft, earlier):
            return j
    return None
