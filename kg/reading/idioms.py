"""Answers in set phrases: "begs to differ", "would have none of it", "issued a denial", "had nothing to add"."""

from __future__ import annotations

from functools import cache
from typing import Any

from kg.reading.attribution import Attribution
from kg.reading.lexicons import load
from kg.reading.patterned import Range, behind_to, make, source_of
from kg.reading.phrases import Frame
from kg.reading.rightward import noun_phrase_right

_DENIALS = frozenset({"denial", "denials"})
_REACH = 6
_CONSTRUCT = {"deny": "set phrase", "decline_comment": "no comment"}


def idioms(frame: Frame) -> list[Attribution]:
    """Set phrases and issued denials of one sentence; they have no content of their own."""
    if hints().isdisjoint(frame.s.lower):
        return []
    return [*_phrases_of(frame), *_denials(frame)]


@cache
def _phrases() -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """First word of a phrase -> the act and the words of each phrase that begins so."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for act in ("deny", "decline_comment"):
        for phrase in _lexicon()[act]:
            words = tuple(str(phrase).split())
            found.setdefault(words[0], []).append((act, words))
    return {first: tuple(listed) for first, listed in found.items()}


@cache
def hints() -> frozenset[str]:
    """Words of which at least one stands in a sentence with such a phrase."""
    return _DENIALS | {words[-1] for listed in _phrases().values() for _, words in listed}


@cache
def _lexicon() -> Any:
    return load("idioms")


def _phrases_of(frame: Frame) -> list[Attribution]:
    s = frame.s
    out: list[Attribution] = []
    for index, group in enumerate(frame.groups):
        for act, words in _phrases().get(s.lower[group.head], ()):
            stop = group.head + len(words)
            if group.negated != (words[0] == "take") or tuple(s.lower[group.head : stop]) != words:
                continue
            source = source_of(frame, index)
            if source is not None:
                asked = behind_to(frame, source) if words[0] in ("got", "received", "drew") else source
                out.append(make(frame, act, (group.start, stop), asked, None, _CONSTRUCT[act]))
            break
    return out


def _denials(frame: Frame) -> list[Attribution]:
    s = frame.s
    out: list[Attribution] = []
    for k in range(s.n):
        if s.lower[k] not in _DENIALS or frame.group_at[k] >= 0 or (k + 1 < s.n and s.lower[k + 1] == "that"):
            continue
        source = _issuer(frame, k) or _sender(frame, k) or _from(frame, k)
        if source is not None:
            first = k - 1 if k and s.tags[k - 1] == "DT" else k
            out.append(make(frame, "deny", (first, k + 1), source, None, "set phrase"))
    return out


def _issuer(frame: Frame, k: int) -> Range | None:
    """Who issues the denial at `k`: the subject of the verb before it."""
    s = frame.s
    for index, group in enumerate(frame.groups):
        if group.end <= k < group.end + _REACH and s.lower[group.head] in _lexicon()["issuing"] and not group.passive:
            if any(s.tags[m] in (",", "IN", "TO") and s.lower[m] != "out" for m in range(group.end, k)):
                continue
            return source_of(frame, index)
    return None


def _from(frame: Frame, k: int) -> Range | None:
    """From whom the denial at `k` came: "From Kyiv came a flat denial"."""
    s = frame.s
    came = next((m for m in range(1, k) if s.lower[m] in ("came", "comes")), None)
    return noun_phrase_right(frame, 1) if came is not None and s.lower[0] == "from" else None


def _sender(frame: Frame, k: int) -> Range | None:
    """From whom the denial at `k` is: "the denial from Hanoi", "a denial came from the ministry"."""
    s = frame.s
    for m in range(k + 1, min(k + _REACH, s.n - 1)):
        if s.lower[m] in ("from", "by"):
            return noun_phrase_right(frame, m + 1)
        if s.tags[m] in (",", ".", ";", "IN", "CC"):
            return None
    return None
