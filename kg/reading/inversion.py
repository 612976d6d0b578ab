"""Speakers behind their verb: inverted subjects, and the agents of passives."""

from __future__ import annotations

from dataclasses import dataclass

from kg.reading.lexicons import words
from kg.reading.phrases import Frame, Range, skip_adverbs_left
from kg.reading.rightward import noun_phrase_right, skip_adverbials_right
from kg.reading.verbs import FINITE, GERUND, REDUCED, VerbGroup

_ADDRESSING = frozenset({"tell", "remind", "inform", "assure", "notify", "ask", "warn", "advise"})


_INVERTING = frozenset(
    {
        "say",
        "add",
        "reply",
        "explain",
        "respond",
        "insist",
        "judge",
        "agree",
        "argue",
        "warn",
        "conclude",
        "predict",
        "admit",
        "concede",
        "recall",
        "note",
        "claim",
    }
)


NP_START = frozenset({"NNP", "DT", "PRP$", "NN", "NNS", "JJ", "CD", "PRP", "NNPS", "JJS", "VBN"})


@dataclass(slots=True)
class Subject:
    """Where the speaker stands (token range), and by which construct it was found."""

    start: int
    end: int
    how: str
    antecedent: Range | None = None


def inverted_subject(frame: Frame, group: VerbGroup) -> Subject | None:
    """The speaker after its verb: `", said Kyle Chan, …"`; None when the clause is not inverted."""
    s = frame.s
    at = skip_adverbs_left(s, group.start - 1)
    if at >= 0 and s.tags[at] not in (",", "Q", "''", "``", ".", "--", ":"):
        return None
    quoted = at > 0 and s.tags[at] in (",", ".") and s.tags[at - 1] == "Q"
    if (group.lemma in _ADDRESSING and not (quoted and group.lemma == "ask")) or (
        group.lemma not in _INVERTING and (at < 0 or (s.tags[at] not in ("Q", "''") and not quoted))
    ):
        return None
    p = group.end
    if p >= s.n or s.tags[p] not in NP_START or frame.group_at[p] >= 0:
        return None
    found = noun_phrase_right(frame, p)
    if found is None:
        return None
    after = skip_adverbials_right(frame, found[1])
    if (
        after < s.n
        and s.tags[after] not in (",", ".", ":", "Q", "--", ";", "''", "CC", "WP", "IN", "(")
        and s.lower[after] not in ("who", "that")
    ):
        group_after = frame.group_at[after]
        if group_after < 0 or frame.groups[group_after].form not in (REDUCED, GERUND):
            return None
    return Subject(found[0], found[1], "inverted")


def agent(frame: Frame, group: VerbGroup) -> Subject | None:
    """The agent of a passive, after "by"; it has to stand in the same clause."""
    s = frame.s
    for k in range(group.end, min(group.end + 14, s.n)):
        if s.lower[k] == "by" and k + 1 < s.n and s.tags[k + 1] in NP_START:
            found = noun_phrase_right(frame, k + 1)
            if found is not None:
                for m in range(found[0] + 1, found[1] - 1):
                    if s.lower[m] in ("of", "with", "for") and s.lower[m + 1].endswith("ing"):
                        found = (found[0], m)
                        break
            if found is not None and s.lower[found[1] - 1] not in words("time_nouns"):
                return Subject(found[0], found[1], "passive")
            return None
        if s.tags[k] in (",", ".", ";", ":", "Q") or (
            frame.group_at[k] >= 0 and frame.groups[frame.group_at[k]].form == FINITE
        ):
            return None
    return None
