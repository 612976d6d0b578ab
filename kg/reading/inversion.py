"""Speakers behind their verb: inverted subjects, and the agents of passives."""

from __future__ import annotations

from dataclasses import dataclass

from kg.reading.lexicons import cue_rows, nouns, words
from kg.reading.phrases import Frame, Range, skip_adverbs_left
from kg.reading.rightward import noun_phrase_right, skip_adverbials_right
from kg.reading.verbs import FINITE, GERUND, REDUCED, VerbGroup

_AGENTIVE = (
    "ers",
    "ors",
    "ists",
    "ants",
    "ents",
    "ians",
    "men",
    "women",
    "people",
    "er",
    "or",
    "ist",
    "ian",
    "man",
    "woman",
)
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


_QUANTIFIERS = frozenset({"most", "many", "some", "few", "several", "both", "all", "one"})
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
    if at < 0 and not any(s.tags[k] == ":" for k in range(group.end, min(group.end + 10, s.n))):
        return None
    behind = at > 0 and s.tags[at] in (",", ".") and s.tags[at - 1] == "Q"
    quoted = behind or (at >= 0 and s.tags[at] in ("Q", "''"))
    if group.lemma in _ADDRESSING and not (group.lemma == "warn" or (quoted and group.lemma == "ask")):
        return None
    free = quoted or group.lemma in _INVERTING
    if group.lemma == "find" and at >= 0 and s.tags[at] == ",":
        free = True
    if not free and (at < 0 or s.tags[at] not in (",", "--") or not takes_clause(group.lemma)):
        return None
    p = group.end
    if p >= s.n or (s.tags[p] not in NP_START and s.lower[p] not in _QUANTIFIERS) or frame.group_at[p] >= 0:
        return None
    found = (p, p + 1) if s.tags[p] == "PRP" else noun_phrase_right(frame, p)
    if found is None:
        return None
    if s.tags[p] == "PRP" and p + 1 < s.n and s.tags[p + 1] not in (",", ".", ":", "Q", "''", "--", ";", "RB"):
        return None
    if not quoted and at >= 0 and s.tags[at] in (",", "--") and not _clause_beside(frame, at, found[1]):
        return None
    after = skip_adverbials_right(frame, found[1])
    last = after >= s.n or s.tags[after] in (".", "''")
    if not free and not (_can_speak(frame, found) or (last and s.lower[found[1] - 1] not in words("time_nouns"))):
        return None
    if group.lemma == "warn" and after < s.n and s.lower[after] == "that":
        return None
    if (
        after < s.n
        and s.tags[after] not in (",", ".", ":", "Q", "--", ";", "''", "CC", "WP", "IN", "(")
        and s.lower[after] not in ("who", "that")
    ):
        group_after = frame.group_at[after]
        if group_after < 0:
            return None
        verb = frame.groups[group_after]
        participle = quoted and verb.start == verb.head and s.lower[verb.head].endswith("ed")
        if verb.form not in (REDUCED, GERUND) and not participle:
            return None
    return Subject(found[0], found[1], "inverted")


def takes_clause(lemma: str) -> bool:
    """Whether the verb is one of speech that can have a clause as its content."""
    rows = cue_rows().get(lemma)
    return rows is not None and any(row.kind != "finding" and "S" in row.frames and not row.particle for row in rows)


def _can_speak(frame: Frame, found: tuple[int, int]) -> bool:
    """Whether the head of a noun phrase is a name, an organisation, or somebody who speaks."""
    s = frame.s
    head = found[0]
    for k in range(*found):
        if s.tags[k] in ("IN", "TO", "CC", ",", "("):
            break
        if s.tags[k] in ("NN", "NNS", "NNP", "NNPS"):
            head = k
    word = s.lower[head]
    return (
        s.tags[head] in ("NNP", "NNPS")
        or word in nouns("organisations")
        or word in nouns("anonymous")
        or word in nouns("roles")
        or word in nouns("spokespeople")
        or word.endswith(_AGENTIVE)
    )


def short_answer(frame: Frame, start: int, stop: int) -> bool:
    """Whether a few words without a verb are what is said: "Nonsense, the ministry replied", "Not so, says Lima"."""
    s = frame.s
    if stop - start > 6 or any(_of_time(s.lower[k]) or frame.group_at[k] >= 0 for k in range(start, stop)):
        return False
    if start > 0:
        return s.tags[start - 1] == ";" and s.lower[start] not in _LINKING
    first = s.lower[start]
    return first in _ANSWERS or (s.tags[start] in ("NN", "JJ", "UH", "NNS") and first not in _LINKING)


def _of_time(word: str) -> bool:
    return word in words("time_nouns") or word in words("months")


_ANSWERS = frozenset({"not", "never", "no", "nothing", "none", "yes", "too", "far", "hardly", "all", "wrong", "quite"})
_LINKING = frozenset(
    {"still", "instead", "overall", "next", "first", "last", "meanwhile", "sources", "officials", "however", "in", "on"}
)


def _relative(frame: Frame, group: VerbGroup) -> bool:
    p = skip_adverbs_left(frame.s, group.start - 1)
    return p >= 0 and frame.s.lower[p] in ("who", "which", "that", "whose")


def _clause_beside(frame: Frame, at: int, stop: int) -> bool:
    """Whether the content stands whole before the comma, or goes on behind the speaker."""
    s = frame.s
    first = next((k + 1 for k in range(at - 1, -1, -1) if s.tags[k] == ";"), 0)
    if any(g.form == FINITE and first <= g.start and g.end <= at and not _relative(frame, g) for g in frame.groups):
        return True
    if any(s.tags[k] == "Q" for k in range(first, at)) or short_answer(frame, first, at):
        return True
    if _interposed(frame, first, at, stop):
        return True
    if at - first > 6 and not any(s.tags[k] in (",", "--") for k in range(first, at)):
        return True
    if s.tags[first] in ("NNP", "DT", "PRP$") and at > first + 1:
        return False
    return stop < s.n and s.tags[stop] == "," and any(g.form == FINITE and g.start > stop for g in frame.groups)


def _interposed(frame: Frame, first: int, at: int, stop: int) -> bool:
    """Whether the verb and its speaker stand between a subject and its verb: "The pilot, claims Minsk, had been
    warned"."""
    s = frame.s
    if stop + 1 >= s.n or s.tags[stop] != "," or any(s.tags[k] == "," for k in range(first, at)):
        return False
    k = stop + 1
    while k < s.n and s.tags[k][:2] == "RB":
        k += 1
    group = frame.group_at[k] if k < s.n else -1
    return group >= 0 and frame.groups[group].form == FINITE


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
