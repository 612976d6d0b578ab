"""Whether a statement is about a speaker: by actor, by country, or by the beginnings of the names in it.

Five letters of capitalised words tell names apart from others; countries are known by their names, their people and
their seats of government (`lexicon/nations.yaml`).
"""

from __future__ import annotations

import re

from kg.reading.draft import Draft
from kg.reading.lexicons import nations

_NAME = re.compile(r"[A-Z\u00c0-\u00de](?:[\w’'-]+|\.S)")
_COMMON = frozenset(
    [
        "the",
        "this",
        "that",
        "ministry",
        "foreign",
        "minister",
        "president",
        "chief",
        "government",
        "department",
        "office",
        "state",
        "council",
        "united",
        "national",
        "international",
        "general",
        "federal",
        "executive",
        "committee",
        "commission",
        "company",
        "spokesman",
        "spokeswoman",
        "embassy",
        "court",
        "party",
        "army",
        "defence",
        "defense",
        "security",
        "service",
        "news",
        "post",
        "times",
        "house",
    ]
)


def keys(text: str) -> frozenset[str]:
    """Beginnings of the capitalised words of a text, those of titles and offices left out, and its countries as codes.

    "Tehran", "Iran's" and "the Iranian mission" all give "=IR".
    """
    found: set[str] = set()
    before = ""
    for match in _NAME.finditer(text):
        word = match.group().lower().removesuffix("'s").removesuffix("’s")
        code = nations().get(word)
        if word.startswith("korea"):
            code = "KP" if before == "north" else "KR" if before == "south" else None
        if code is not None:
            found.add("=" + code)
        elif word not in _COMMON and len(word) > 2:
            found.add(word[:5])
        before = word
    return frozenset(found)


def speaker_keys(draft: Draft) -> frozenset[str]:
    """Beginnings of the names by which others may mean the draft's speaker, and the country it speaks for."""
    if draft.speaker is None:
        return frozenset()
    if draft.own_keys is not None:
        return draft.own_keys
    speaker = draft.speaker
    source = speaker.source
    names = (source.text, source.actor, source.name, source.issuer_actor, *speaker.behind)
    found = keys(" ".join(name for name in names if name))
    if speaker.country is not None and speaker.sort in ("state", "force", "union", None) and not speaker.person:
        found |= {"=" + speaker.country}
    if speaker.behind or "lawyer" in source.text:
        found |= keys(draft.content[:60])
    draft.own_keys = found
    return found


def content_keys(draft: Draft) -> frozenset[str]:
    """Beginnings of the names in the draft's content, and its countries."""
    if draft.content_keys is None:
        draft.content_keys = keys(draft.content)
    return draft.content_keys


def subject_keys(draft: Draft) -> frozenset[str]:
    """Beginnings of the names of those whom the draft's claim is about: the accused."""
    claim = draft.claim
    if claim is None:
        return frozenset()
    if draft.subject_keys is None:
        draft.subject_keys = keys(" ".join(name for name in (claim.subject, claim.subject_actor) if name))
    return draft.subject_keys


def about(draft: Draft, other: Draft) -> bool:
    """Whether the other's content is about the draft's speaker."""
    return draft.speaker is not None and not speaker_keys(draft).isdisjoint(content_keys(other))


def same_speaker(draft: Draft, other: Draft) -> bool:
    """Whether both have the same speaker, as far as is known, or speak for the same state."""
    if draft.who is not None and draft.who == other.who:
        return True
    return not _states(draft).isdisjoint(_states(other))


def _states(draft: Draft) -> frozenset[str]:
    """The states that the draft's speaker speaks for; experts, outlets and those without a name speak for none."""
    if draft.states is None:
        speaker = draft.speaker
        none = speaker is None or speaker.expert or speaker.anonymous or speaker.sort in ("company", "media", "group")
        draft.states = frozenset() if none else frozenset(key for key in speaker_keys(draft) if key[0] == "=")
    return draft.states
