"""Whom a noun phrase without a name points to: "the agency", "the Beijing company", "the Americans", "X's minister"."""

from __future__ import annotations

from collections.abc import Callable

from kg.reading.lexicons import nations, nouns, sorts
from kg.reading.memory import Memory, Mentions, Speaker, of_mention
from kg.reading.mentions import Mention
from kg.reading.model import Source
from kg.reading.phrases import Frame, Range

_DEFINITE = frozenset({"the", "that", "this"})
_STATE = frozenset({"government", "administration", "authorities"})


def pointed(
    frame: Frame, tokens: Range, head: int, memory: Memory, content: Callable[[], frozenset[str]]
) -> Speaker | None:
    """Whom "the agency", "the company" means: the latest whose name holds the word, else the latest of its sort.

    A government is none of those of which it speaks itself: `content` gives the keys of what is said (`about.keys`).
    """
    s = frame.s
    word = s.lower[head]
    if s.lower[tokens[0]] not in _DEFINITE or head - tokens[0] > 2:
        return None
    named = memory.by_noun.get(word)
    if named is not None:
        return named
    if word == "government" and s.lower[head - 1] == "federal" and memory.home is not None:
        return memory.home
    sort = sorts("nouns").get(word)
    if sort is None:
        return memory.organisation
    if word == "government":
        said = content()
        others = (state for state in reversed(memory.states) if f"={state.country}" not in said)
        return next(others, memory.by_sort.get(sort))
    found = memory.by_sort.get(sort)
    if found is not None:
        return found
    return memory.unsorted


def spoken_for(frame: Frame, tokens: Range, head: int, memory: Memory) -> Speaker | None:
    """For whom "a company spokesperson" speaks: the latest of that sort; for a plain one, the latest body."""
    s = frame.s
    for k in range(*tokens):
        sort = sorts("nouns").get(s.lower[k]) if k != head else None
        if sort is not None:
            latest = memory.organisation if memory.organisation is None or memory.organisation.sort is None else None
            return memory.by_noun.get(s.lower[k]) or memory.by_sort.get(sort) or memory.unsorted or latest
    return memory.organisation


def nation_of(frame: Frame, tokens: Range, head: int, mentions: Mentions) -> Mention | None:
    """The state that is meant by its people ("the Americans") or its government ("the Iranian government")."""
    s = frame.s
    code = nations().get(s.lower[head])
    if code is not None and s.lower[tokens[0]] == "the" and head == tokens[0] + 1 and tokens[1] == head + 1:
        return mentions.nation(code)
    if s.lower[head] in _STATE and head > tokens[0]:
        code = nations().get(s.lower[head - 1])
        return mentions.nation(code) if code is not None else None
    return None


def office(frame: Frame, tokens: Range, head: int, inside: list[Mention]) -> Mention | None:
    """The body that an office-holder speaks for who is named by the office alone: "TikTok's chief executive"."""
    s = frame.s
    if s.lower[head] not in nouns("offices") or not inside or any(mention.kind == "person" for mention in inside):
        return None
    if s.lower[tokens[0]] in ("a", "an", "one", "two", "some", "former") or "former" in s.lower[tokens[0] : head]:
        return None
    if any(s.tags[k] == "NNP" and s.starts[k] > s.starts[head] for k in range(head + 1, min(tokens[1], head + 2))):
        return None
    return inside[-1]


def of_other_sort(frame: Frame, head: int, mention: Mention) -> bool:
    """Whether a noun means no body of the mention's kind: "the Beijing company" is no state."""
    sort = sorts("nouns").get(frame.s.lower[head])
    kind = sorts("kinds").get(mention.kind or "")
    return sort in ("company", "media", "group") and kind == "state" and mention.start < frame.s.starts[head]


def as_speaker(said: str, start: int, end: int, known: Speaker) -> Speaker:
    """The known speaker under the words that point to it."""
    source = known.source
    return Speaker(
        Source(
            said,
            start,
            end,
            source.actor,
            source.actor_id,
            source.kind,
            name=source.name or source.actor or source.text,
        ),
        organisation=True,
        country=known.country,
        sort=known.sort,
    )


def mention_speaker(said: str, start: int, end: int, mention: Mention) -> Speaker:
    """A mention as the speaker that the words mean."""
    return as_speaker(said, start, end, of_mention(mention))
