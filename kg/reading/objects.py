"""Content that is a noun phrase, and where such content ends."""

from __future__ import annotations

from kg.reading.clauses import clause_end
from kg.reading.lexicons import CueRow, guarded_objects
from kg.reading.phrases import Frame
from kg.reading.rightward import adverbial, noun_phrase_right
from kg.reading.said import Content
from kg.reading.verbs import FINITE, GERUND, VerbGroup

_NOUN = ("NN", "NNS", "NNP", "NNPS", "PRP")


def noun_content(frame: Frame, x: int, group: VerbGroup, row: CueRow) -> Content | None:
    s = frame.s
    if s.tags[x] in (",", ".", "CC", "--", ";", ")", ":", "IN", "TO", "WRB", "WDT") and not (
        s.lower[x] in ("about",) and row.particle
    ):
        return None
    if frame.group_at[x] >= 0 and frame.groups[frame.group_at[x]].form != GERUND:
        return None
    found = noun_phrase_right(frame, x)
    if found is None and not (frame.group_at[x] >= 0):
        return None
    stop = noun_end(frame, x, clause_end(frame, x, group))
    if stop <= x:
        return None
    if found is not None:
        guarded = guarded_objects().get(row.lemma)
        if guarded:
            head = head_noun_at(frame, found)
            if s.lower[head] in guarded or (head + 1 < found[1] and s.lower[found[0]] in guarded):
                return None
    return Content([(x, stop)], "noun")


def noun_end(frame: Frame, x: int, limit: int) -> int:
    """Where a content that is a noun phrase ends: before a relative clause behind a comma, another verb, a dash."""
    s = frame.s
    k = x
    listed = False
    while k < limit:
        tag = s.tags[k]
        if tag in ("--", ";", ":"):
            return k
        if tag == ",":
            following = s.tags[k + 1] if k + 1 < limit else ""
            item = following in ("NN", "NNS", "NNP", "DT", "JJ", "CC", "``", "PRP$", "CD", "VBG") and (
                listed or any(s.tags[m] == "CC" and not verb_at(frame, m + 1) for m in range(k + 1, min(limit, k + 9)))
            )
            if not item and (k + 1 >= s.n or s.lower[k + 1] not in _GOING_ON):
                return k
            listed = True
        if tag == "CC" and verb_at(frame, k + 1) and k > x:
            return k
        at = frame.group_at[k]
        if at >= 0 and k > x and frame.groups[at].form == FINITE and frame.groups[at].start == k:
            before = s.lower[k - 1]
            if before in ("and", "but", "or"):
                return k - 1
        if k > x and s.tags[k] == "IN" and s.lower[k] != "by" and adverbial(s, k):
            return k
        if (
            s.lower[k]
            in (
                "because",
                "after",
                "while",
                "although",
                "though",
                "when",
                "if",
                "since",
                "as",
                "before",
                "during",
                "until",
            )
            and k > x
        ):
            if s.lower[k] == "as" and (
                any(s.lower[m] == "as" for m in range(x, k))
                or s.tags[min(k + 1, s.n - 1)] in ("JJ", "RB", "DT", "NN", "``")
            ):
                k += 1
                continue
            return k
        k += 1
    return limit


_GOING_ON = frozenset({"including", "such", "like", "especially", "particularly"})


def before_verb(frame: Frame, x: int, limit: int) -> int:
    """`limit`, or where before it "and" with a finite verb goes on with what the speaker did."""
    s = frame.s
    for k in range(x + 1, limit):
        if (
            s.tags[k] == "CC"
            and verb_at(frame, k + 1)
            and not any(g.form == FINITE and x <= g.start < k for g in frame.groups)
        ):
            return k - 1 if s.tags[k - 1] == "," else k
    return limit


def verb_at(frame: Frame, k: int) -> bool:
    while k < frame.s.n and frame.s.tags[k][:2] == "RB":
        k += 1
    at = frame.group_at[k] if k < frame.s.n else -1
    return at >= 0 and frame.groups[at].form == FINITE


def guarded(frame: Frame, x: int, row: CueRow) -> bool:
    """Whether the verb's object makes it no speech: to charge a fee, to claim lives, to deny entry."""
    found = noun_phrase_right(frame, x)
    if found is None:
        return False
    guarded = guarded_objects()[row.lemma]
    s = frame.s
    first = next((k for k in range(*found) if s.tags[k] not in ("DT", "JJ", "CD", "PRP$")), found[0])
    return s.lower[head_noun_at(frame, found)] in guarded or s.lower[first] in guarded


def head_noun_at(frame: Frame, found: tuple[int, int]) -> int:
    """The head noun of a noun phrase: its last noun before any preposition."""
    s = frame.s
    head = found[0]
    for k in range(*found):
        if s.tags[k] in ("IN", "TO", "CC", ",", "("):
            break
        if s.tags[k] in _NOUN:
            head = k
    return head
