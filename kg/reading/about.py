"""Whether a statement is about a speaker: by actor, by country, or by the beginnings of the names in it.

"Russian" and "Russia", "Armenian" and "Armenia" begin alike; five letters of capitalised words tell them apart from
others.
"""

from __future__ import annotations

import re

from kg.reading.draft import Draft

_NAME = re.compile(r"[A-Z\u00c0-\u00de][\w’'-]{2,}")
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
    """Beginnings of the capitalised words of a text, those of titles and offices left out."""
    found = (word.lower() for word in _NAME.findall(text))
    return frozenset(word[:5] for word in found if word not in _COMMON)


def speaker_keys(draft: Draft) -> frozenset[str]:
    """Beginnings of the names by which others may mean the draft's speaker."""
    if draft.speaker is None:
        return frozenset()
    if draft.own_keys is not None:
        return draft.own_keys
    source = draft.speaker.source
    names = (source.text, source.actor, source.name, source.issuer_actor, *draft.speaker.behind)
    found = keys(" ".join(name for name in names if name))
    if draft.speaker.behind or "lawyer" in source.text:
        found |= keys(draft.content[:60])
    draft.own_keys = found
    return found


def content_keys(draft: Draft) -> frozenset[str]:
    """Beginnings of the names in the draft's content."""
    if draft.content_keys is None:
        draft.content_keys = keys(draft.content)
    return draft.content_keys


def about(draft: Draft, other: Draft) -> bool:
    """Whether the other's content is about the draft's speaker."""
    if draft.speaker is None:
        return False
    if draft.speaker.country is not None and draft.speaker.country in other.countries:
        return True
    return not speaker_keys(draft).isdisjoint(content_keys(other))


def same_speaker(draft: Draft, other: Draft) -> bool:
    """Whether both have the same speaker, as far as is known."""
    return draft.who is not None and draft.who == other.who
