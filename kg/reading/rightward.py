"""Noun phrases and adverbials to the right of a token."""

from __future__ import annotations

from kg.reading.lexicons import nouns, words
from kg.reading.phrases import LIMIT, NOUNISH, PP, TIME_FRONT, Frame, Range
from kg.reading.tag import Sentence
from kg.reading.verbs import FINITE, REDUCED


def noun_phrase_right(frame: Frame, p: int) -> Range | None:
    """The noun phrase that begins at token `p`, with following prepositional phrases, as a token range."""
    s = frame.s
    tags, lower, n = s.tags, s.lower, s.n
    i = p
    while i < n and i - p < LIMIT:
        tag, word = tags[i], lower[i]
        if frame.group_at[i] >= 0:
            group = frame.groups[frame.group_at[i]]
            if group.form in (REDUCED,) and i > p:
                i = group.end
                continue
            break
        if tag in NOUNISH:
            if tag == "PRP" and i > p:
                break
            if tag in ("DT", "PRP$") and i > p and tags[i - 1] in ("NN", "NNS", "NNP", "PRP"):
                break
            if tag == "NNP" and i > p and word in words("time_nouns"):
                break
        elif tag == "CC":
            if (
                word not in ("and", "or", "&")
                or i + 1 >= n
                or tags[i + 1] not in ("NN", "NNS", "NNP", "DT", "PRP$", "JJ")
                or i == p
            ):
                break
            if _clause_follows(frame, i + 1):
                break
        elif tag in ("IN", "TO"):
            if word not in PP or i == p or adverbial(s, i):
                break
        elif tag == "(":
            j = i
            while j < n and tags[j] != ")" and j - i < 12:
                j += 1
            i = j
        else:
            break
        i += 1
    i = min(i, n)
    while i > p and tags[i - 1] in ("IN", "TO", "CC", "DT", "RB") and i - p > 1:
        i -= 1
    return (p, i) if i > p else None


def adverbial(s: Sentence, i: int) -> bool:
    """Whether a preposition begins a time or a venue: "on Friday", "in a statement", "in an interview"."""
    times, venues = words("time_nouns"), nouns("venues")
    if s.lower[i] not in ("on", "in", "at", "during", "via", "by", "after", "to", "within"):
        return False
    return any(
        s.lower[k] in times or s.lower[k] in venues or s.lower[k] in ("reporters", "journalists")
        for k in range(i + 1, min(i + 4, s.n))
    )


_CLAUSAL = frozenset({"that", "before", "after", "as", "since", "until", "while", "because", "if", "when", "where"})


def _clause_follows(frame: Frame, p: int) -> bool:
    """Whether a subject and a finite verb follow at `p` before any punctuation."""
    for k in range(p, min(p + 12, frame.s.n)):
        if frame.s.tags[k] in (",", ".", ":", ";", "--", "Q", "CC"):
            return False
        group = frame.group_at[k]
        if group >= 0:
            return frame.groups[group].form == FINITE
    return False


def skip_adverbials_right(frame: Frame, p: int) -> int:
    """The first token at or after `p` behind adverbs, times, venues and "to reporters"."""
    s = frame.s
    tags, lower, n = s.tags, s.lower, s.n
    times = words("time_nouns")
    for _ in range(8):
        if p >= n:
            return n
        word, tag = lower[p], tags[p]
        if (
            tag[:2] == "RB"
            and word not in ("not", "never")
            and not (p + 1 < n and (tags[p + 1] in ("JJ", "CD") or (len(tag) > 2 and tags[p + 1] in ("NN", "NNS"))))
        ):
            p += 1
            continue
        if word in times or (word in TIME_FRONT and p + 1 < n and lower[p + 1] in times and word not in ("that",)):
            q = p
            while q < n and (lower[q] in times or (lower[q] in TIME_FRONT and q == p) or (tags[q] == "CD" and q > p)):
                q += 1
            if q >= n or (tags[q] not in ("MD", "AUX") and not tags[q].startswith("VB") and tags[q] not in ("POS",)):
                p = q
                continue
            return p
        if tag in ("IN", "TO") and adverbial(s, p):
            q = p + 1
            while (
                q < n
                and q - p < 9
                and frame.group_at[q] < 0
                and tags[q]
                in ("DT", "VBN", "JJ", "NN", "NNS", "NNP", "CD", "PRP$", "POS", "IN", "TO", "PRP", "JJR", "JJS")
                and lower[q] not in _CLAUSAL
            ):
                if tags[q] == "DT" and tags[q - 1] in ("NN", "NNS", "NNP"):
                    break
                if tags[q] == "PRP":
                    break
                q += 1
            if q > p + 1:
                p = q
                continue
        return p
    return p
