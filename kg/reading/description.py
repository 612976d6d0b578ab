"""What an article says of a speaker in passing: role, organisation, issuer, number."""

from __future__ import annotations

from kg.reading.attribution import Attribution
from kg.reading.lexicons import nouns
from kg.reading.memory import Mentions, Speaker
from kg.reading.model import Affiliation, Span
from kg.reading.phrases import Frame
from kg.reading.rightward import noun_phrase_right

COUNTS = frozenset(
    {
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "several",
        "some",
        "many",
        "a",
        "an",
        "one",
        "multiple",
        "numerous",
        "most",
        "few",
        "dozens",
    }
)


def describe(text: str, found: Attribution, start: int, end: int, mentions: Mentions, speaker: Speaker) -> None:
    """Role and organisation of a named person, from the words before the name or the apposition after it."""
    frame = found.frame
    s = frame.s
    k = next((i for i in range(s.n) if s.ends[i] >= end), None)
    if k is None:
        return
    role: tuple[int, int] | None = None
    if (k + 2 < s.n and s.tags[k + 1] == "," and s.tags[k + 2] in ("DT", "NN", "NNS", "NNP", "JJ", "PRP$")) or (
        k + 2 < s.n and s.tags[k + 1] == "," and s.lower[k + 2] in ("former", "chief", "who")
    ):
        apposition = noun_phrase_right(frame, k + 2)
        if apposition is not None and any(s.lower[i] in nouns("roles") for i in range(*apposition)):
            role = apposition
    elif k + 2 < s.n and s.lower[k + 1] in ("of", "at", "from") and s.tags[k + 2] in ("NNP", "DT"):
        place = noun_phrase_right(frame, k + 2)
        if place is not None:
            organisation = _span(text, s.starts[place[0]], s.ends[place[1] - 1])
            inside = mentions.within(organisation.start, organisation.end)
            if s.lower[k + 1] != "from":
                speaker.affiliation = Affiliation(
                    Span(text[start:end], start, end), None, organisation, inside[0].name if inside else None
                )
                speaker.capacity = f"{s.words[k + 1]} {organisation.text}"
            return
    if role is None:
        first = (found.source_tokens or (0, 0))[0]
        name_at = next((i for i in range(s.n) if s.starts[i] >= start), 0)
        before = [i for i in range(first, name_at) if s.lower[i] in nouns("roles")]
        if before:
            role = (first, before[-1] + 1)
        else:
            return
    a, b = role
    while a < b - 1 and s.tags[a] in ("DT",):
        a += 1
    capacity = _span(text, s.starts[a], s.ends[b - 1])
    speaker.capacity = capacity.text
    role_token = next((i for i in range(a, b) if s.lower[i] in nouns("roles")), a)
    behind = _behind_role(frame, role_token, b)
    inside = [m for m in mentions.within(capacity.start, behind[1]) if m.start >= behind[0]] if behind else []
    inside = inside or mentions.within(capacity.start, capacity.end)
    organisation_span = _span(text, inside[0].start, inside[0].end) if inside else None
    if organisation_span is None:
        stop = next((i for i in range(b, s.n) if behind and s.starts[i] >= behind[1]), b)
        organisation_span = _organisation_in(text, frame, role_token, stop) or _organisation_in(text, frame, a, b)
    role_end = next(
        (
            i
            for i in range(role_token, b)
            if s.tags[i] in ("IN", "TO") and s.lower[i] in ("at", "of", "for", "with", "from")
        ),
        b,
    )
    role_span = _span(text, s.starts[a], s.ends[max(role_end - 1, a)])
    speaker.affiliation = Affiliation(
        Span(text[start:end], start, end), role_span, organisation_span, inside[0].name if inside else None
    )


def _behind_role(frame: Frame, role: int, stop: int) -> tuple[int, int] | None:
    """How "a Horn of Africa specialist at …" goes on: offsets from the word behind the role to the comma or verb."""
    s = frame.s
    if role + 1 >= s.n or s.lower[role + 1] not in ("at", "with", "for", "from"):
        return None
    end = role + 2
    while end < s.n and s.tags[end] not in (",", ".", ":", ";", "--") and frame.group_at[end] < 0:
        end += 1
    return s.starts[role + 1], s.ends[max(end, stop) - 1]


def _organisation_in(text: str, frame: Frame, a: int, b: int) -> Span | None:
    s = frame.s
    for k in range(a, b):
        if s.lower[k] in ("at", "of", "for", "with", "from") and k + 1 < b:
            j = k + 1
            while j < b and s.tags[j] not in (",", "IN", "TO"):
                j += 1
            first = next((i for i in range(k + 1, j) if s.tags[i] == "NNP"), None)
            if first is not None:
                last = max(i for i in range(k + 1, j) if s.tags[i] == "NNP")
                return _span(text, s.starts[first], s.ends[last])
    return None


def before_readers(frame: Frame, first: int, last: int) -> int:
    """Where a document's description ends before those who have only seen it: "a letter seen by Reuters"."""
    s = frame.s
    return next((k for k in range(first + 1, last) if s.lower[k] in _SEEN), last)


_SEEN = frozenset({"seen", "reviewed", "obtained", "viewed", "leaked", "shared", "shown", "cited", "published"})


def issuer_of(text: str, frame: Frame, first: int, head: int, last: int) -> str | None:
    s = frame.s
    last = before_readers(frame, first, last)
    names = [k for k in range(first, head) if s.tags[k] == "NNP"]
    if names:
        return text[s.starts[names[0]] : s.ends[names[-1]]]
    for k in range(head + 1, last):
        if s.lower[k] in ("by", "from", "of") and k + 1 < last:
            names = [j for j in range(k + 1, last) if s.tags[j] == "NNP"]
            if names:
                return text[s.starts[names[0]] : s.ends[names[-1]]]
    owner = [k for k in range(first, head) if s.tags[k] == "POS"]
    if owner and owner[0] > first:
        return text[s.starts[first] : s.ends[owner[0] - 1]]
    return None


def without_count(text: str, frame: Frame, first: int, last: int) -> str:
    s = frame.s
    k = first
    while k < last - 1 and (s.lower[k] in COUNTS or s.tags[k] in ("DT", "CD")):
        k += 1
    return text[s.starts[k] : s.ends[last - 1]]


def _span(text: str, start: int, end: int) -> Span:
    return Span(text[start:end], start, end)
