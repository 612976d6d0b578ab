"""The claim of a statement: its text, whom it is about, and to or with whom."""

from __future__ import annotations

import re

from kg.reading.attribution import Attribution
from kg.reading.memory import Mentions, Speaker
from kg.reading.model import Claim
from kg.reading.phrases import before_adverbials, noun_phrase_left
from kg.reading.verbs import FINITE, GERUND

_ACCUSED = re.compile(
    r"(?P<who>.+?)(?:,? (?:on|in|at|last|this|late|early|earlier|again|yesterday|today)\b[^,]{0,25}?)? "
    r"(?:of|for|with) (?P<deed>\w+ing\b.*)",
    re.DOTALL,
)
_REMARK = re.compile(r", an? (?:charge|claim|accusation|allegation|assertion)\b.*", re.DOTALL)
_OWN = frozenset({"it", "we", "they", "he", "she", "i", "its", "our", "their", "his"})


def claim_of(
    text: str, found: Attribution, spans: list[tuple[int, int]], speaker: Speaker | None, mentions: Mentions
) -> Claim:
    """The claim, from the content of an attribution.

    The subject is the accused of an accusation, else the subject of the content's main verb; the object is the next
    actor named.
    """
    said = _proposition(" ".join(text[start:end] for start, end in spans), found)
    subject, subject_actor = _subject(text, found, speaker, mentions)
    everyone = [mention for start, end in spans for mention in mentions.within(start, end)]
    if subject_actor is None and subject is None and everyone:
        subject, subject_actor = text[everyone[0].start : everyone[0].end], everyone[0].name
    other = next(
        (m for m in everyone if m.name != subject_actor and (speaker is None or m.name != speaker.source.actor)), None
    )
    if other is not None and subject_actor is None and subject is None:
        return Claim(said, text[other.start : other.end], None, other.name, None)
    return Claim(
        said, subject, text[other.start : other.end] if other else None, subject_actor, other.name if other else None
    )


def _proposition(said: str, found: Attribution) -> str:
    """What is claimed, in a form of its own: "X on Sunday of firing, a charge …" is "X firing"."""
    if found.row.act != "allege" or not (match := _ACCUSED.fullmatch(_REMARK.sub("", said))):
        return said
    return f"{match['who']} {match['deed']}"


def _subject(
    text: str, found: Attribution, speaker: Speaker | None, mentions: Mentions
) -> tuple[str | None, str | None]:
    if not found.content_tokens:
        return None, None
    frame = found.frame
    s = frame.s
    start, end = found.content_tokens[0]
    for feature in found.features:
        if feature.startswith("object:"):
            _, first, last = feature.split(":")
            stop = before_adverbials(s, int(first), int(last))
            return _named(text, s.starts[int(first)], s.ends[stop - 1], mentions)
    if found.content_form == "accusation":
        return _named(text, s.starts[start], s.ends[end - 1], mentions)
    for group in frame.groups:
        if group.start < start or group.start >= end:
            continue
        if group.form == GERUND and group.start == start and speaker is not None:
            return speaker.source.text, speaker.source.actor
        if group.form != FINITE or group.start == start:
            continue
        phrase = noun_phrase_left(frame, group.start - 1, start)
        if phrase is None:
            return None, None
        a, b = phrase
        if b - a == 1 and s.lower[a] in _OWN:
            if speaker is not None:
                return text[s.starts[a] : s.ends[a]], speaker.source.actor
            return text[s.starts[a] : s.ends[a]], None
        return _named(text, s.starts[a], s.ends[b - 1], mentions)
    return None, None


def _named(text: str, start: int, end: int, mentions: Mentions) -> tuple[str | None, str | None]:
    inside = mentions.within(start, end)
    return text[start:end], inside[0].name if inside else None
