"""The speaker of a verb of attribution, found by the form of its clause."""

from __future__ import annotations

from kg.reading.clauses import embedded
from kg.reading.inversion import Subject, agent, inverted_subject
from kg.reading.lexicons import nouns, statement_nouns, words
from kg.reading.phrases import Frame, Range, noun_phrase_left, skip_adverbs_left
from kg.reading.verbs import FINITE, GERUND, INFINITIVE, REDUCED, VerbGroup

_NOUN = ("NN", "NNS", "NNP", "NNPS", "PRP", "CD", "POS")


def find_subject(frame: Frame, index: int, depth: int = 0) -> Subject | None:
    """The speaker of the group `index`, or None (agentless passives; no subject in sight)."""
    if depth > 6:
        return None
    group = frame.groups[index]
    if group.passive:
        return agent(frame, group)
    if group.form == GERUND:
        return _of_gerund(frame, index, depth)
    if group.form == INFINITIVE:
        return _of_infinitive(frame, index, depth)
    if group.form == REDUCED:
        return None
    return _of_finite(frame, index, depth)


def _of_finite(frame: Frame, index: int, depth: int) -> Subject | None:
    s = frame.s
    group = frame.groups[index]
    p = skip_adverbs_left(s, group.start - 1)
    last = group.start - 1
    if p < last and s.lower[last] in ("most", "more", "few", "less") and (p < 0 or s.tags[p] in (",", ";", "CC", "IN")):
        return Subject(last, last + 1, "direct")
    if p < 0:
        return None
    if s.tags[p] == "''" and p > 0 and s.tags[p - 1] == ",":
        p -= 1
    word, tag = s.lower[p], s.tags[p]
    if word in ("who", "which") or (
        word == "that" and p > 0 and s.tags[p - 1] in ("NN", "NNS", "NNP") and frame.group_at[p - 1] < 0
    ):
        return _antecedent(frame, p)
    if tag == "CC":
        return _shared(frame, index, depth)
    if tag == ",":
        return _over_parenthesis(frame, index, p, depth)
    if tag == "|":
        cell = noun_phrase_left(frame, p - 1) if p > 0 else None
        return Subject(cell[0], cell[1], "direct") if cell is not None else None
    if tag == ";" and "|" in s.words:
        return _shared(frame, index, depth)
    if tag in ("--", ")", ":"):
        return _over_dash(frame, p)
    found = noun_phrase_left(frame, p)
    if found is None:
        return None
    start, end = found
    before = start - 1
    if before >= 1 and all(_of_time(s.lower[k]) or s.tags[k] == "CD" for k in range(start, end)):
        earlier = before - 1 if s.tags[before] in (",", "IN") else before
        named = noun_phrase_left(frame, earlier) if frame.group_at[earlier] < 0 else None
        if named is not None and s.tags[earlier] in _NOUN:
            return Subject(*_name_before_apposition(frame, *named), "direct")
    if (
        before >= 0
        and frame.group_at[before] >= 0
        and frame.groups[frame.group_at[before]].form == FINITE
        and s.tags[p] not in ("PRP", "WP")
    ):
        outer = frame.groups[frame.group_at[before]]
        if outer.copula:
            return None
    return Subject(start, end, "direct")


def _of_time(word: str) -> bool:
    return word in words("time_nouns") or word in words("months") or word in ("this", "last", "next", "late", "early")


def _antecedent(frame: Frame, p: int) -> Subject | None:
    """A relative pronoun at `p` as subject, with the noun phrase that it stands for."""
    q = p - 1
    comma = q >= 0 and frame.s.tags[q] == ","
    if comma:
        q -= 1
    found = noun_phrase_left(frame, q) if q >= 0 else None
    if found is None:
        return Subject(p, p + 1, "relative")
    start, end = found
    if comma:
        return Subject(p, p + 1, "relative", _name_before_apposition(frame, start, end))
    # a restrictive clause modifies the nearest noun phrase
    for k in range(end - 1, start, -1):
        if frame.s.tags[k] in ("IN", "TO") and k + 1 < end and frame.s.lower[k] not in ("of",):
            start = k + 1
            break
    return Subject(p, p + 1, "relative", (start, end))


def _shared(frame: Frame, index: int, depth: int) -> Subject | None:
    """The subject of the verb before "and": "Alibaba denied it and said …".

    The nearest verb that stands neither in a relative clause nor in another verb's content; where all do, the nearest.
    """
    fallback: int | None = None
    for earlier in range(index - 1, max(-1, index - 14), -1):
        group = frame.groups[earlier]
        if group.form != FINITE:
            continue
        if fallback is None:
            fallback = earlier
        if _relative(frame, group) or embedded(frame, earlier):
            continue
        found = _subject_of_outer(frame, earlier, depth)
        if found is not None:
            return Subject(found.start, found.end, "coordinated", found.antecedent)
    if fallback is not None:
        found = _subject_of_outer(frame, fallback, depth)
        if found is not None:
            return Subject(found.start, found.end, "coordinated", found.antecedent)
    return None


def _relative(frame: Frame, group: VerbGroup) -> bool:
    p = skip_adverbs_left(frame.s, group.start - 1)
    return p >= 0 and frame.s.lower[p] in ("who", "which", "that", "whose")


def _subject_of_outer(frame: Frame, index: int, depth: int) -> Subject | None:
    group = frame.groups[index]
    if group.passive:
        return _passive_subject(frame, group)
    return inverted_subject(frame, group) or find_subject(frame, index, depth + 1)


def _over_parenthesis(frame: Frame, index: int, p: int, depth: int) -> Subject | None:
    """The subject before an apposition or a relative clause between commas: "Kyle Chan, a fellow at Brookings,
    said"."""
    s = frame.s
    q = p - 1
    while q > 0 and p - q < 60:
        if s.tags[q] == "," and s.tags[q - 1] in (*_NOUN, ")", "''", "JJ"):
            found = noun_phrase_left(frame, q - 1)
            if found is not None:
                start, end = found
                before = start - 1
                at = frame.group_at[before] if before >= 0 else -1
                if at >= 0 and frame.groups[at].form == GERUND:
                    q -= 1
                    continue
                if at >= 0:
                    return _shared(frame, index, depth)
                inner = s.tags[q + 1] if q + 1 < s.n else ""
                if s.lower[q + 1] in ("himself", "herself", "itself", "themselves"):
                    inner = "DT"
                if inner in (
                    "DT",
                    "WP",
                    "WDT",
                    "NN",
                    "NNS",
                    "NNP",
                    "JJ",
                    "VBG",
                    "VBN",
                    "RB",
                    "CD",
                    "IN",
                    "PRP$",
                    "CC",
                    "WP$",
                    "VBD",
                    "JJS",
                    "TO",
                    "WRB",
                ):
                    start, end = _name_before_apposition(frame, start, end)
                    return Subject(start, end, "apposition")
        if s.tags[q] in (".", ";", "Q"):
            break
        q -= 1
    found = noun_phrase_left(frame, p - 1)
    if found is not None and not (found[0] > 0 and frame.group_at[found[0] - 1] >= 0) and found[0] == 0:
        return Subject(found[0], found[1], "direct")
    return _shared(frame, index, depth)


def _name_before_apposition(frame: Frame, start: int, end: int) -> Range:
    """Moves left over "Kyle Chan, a fellow, …" to the name, when the phrase at hand is the apposition."""
    s = frame.s
    for _ in range(3):
        before = start - 1
        if before < 1 or s.tags[before] != "," or s.tags[before - 1] not in _NOUN:
            break
        if s.tags[start] in ("NNP", "PRP"):
            break
        found = noun_phrase_left(frame, before - 1)
        if found is None or (found[0] > 0 and frame.group_at[found[0] - 1] >= 0):
            break
        if not any(s.tags[k] == "NNP" for k in range(*found)):
            break
        start, end = found
    return start, end


def _over_dash(frame: Frame, p: int) -> Subject | None:
    s = frame.s
    mark = s.tags[p]
    opening = "(" if mark == ")" else mark
    for q in range(p - 1, max(-1, p - 40), -1):
        if s.tags[q] == opening:
            found = noun_phrase_left(frame, q - 1) if q > 0 else None
            return Subject(found[0], found[1], "direct") if found else None
    return None


def _of_gerund(frame: Frame, index: int, depth: int) -> Subject | None:
    """The speaker of "…, adding that": the subject of the clause; of "a memo alleging that": the noun before it."""
    s = frame.s
    group = frame.groups[index]
    p = skip_adverbs_left(s, group.start - 1)
    if p < 0:
        return _following_subject(frame, group)
    tag = s.tags[p]
    if s.lower[p] == "as" and index > 0 and frame.groups[index - 1].lemma in ("quote", "cite"):
        return _quoted(frame, index - 1, p)
    if tag in ("NN", "NNS", "NNP", "NNPS", "PRP", "CD") and frame.group_at[p] < 0:
        found = noun_phrase_left(frame, p)
        if found is not None and not _belongs_to_clause(frame, index, found):
            return Subject(found[0], found[1], "participle")
    elif frame.group_at[p] >= 0 and tag not in ("CC", ","):
        outer = _subject_of_outer(frame, frame.group_at[p], depth)
        return Subject(outer.start, outer.end, "participle", outer.antecedent) if outer is not None else None
    if tag == "CC":
        before = index - 1
        if before >= 0 and frame.groups[before].form == GERUND:
            outer = find_subject(frame, before, depth + 1)
            if outer is not None:
                return Subject(outer.start, outer.end, "participle", outer.antecedent)
    outer = _shared(frame, index, depth)
    if outer is not None:
        return Subject(outer.start, outer.end, "participle", outer.antecedent)
    return _following_subject(frame, group)


def _quoted(frame: Frame, index: int, p: int) -> Subject | None:
    """Whom "quotes X as saying" and "X was quoted as saying" let speak."""
    outer = frame.groups[index]
    if outer.passive:
        found = _of_finite(frame, index, 1)
        return Subject(found.start, found.end, "as saying", found.antecedent) if found is not None else None
    between = noun_phrase_left(frame, p - 1, outer.end) if p - 1 >= outer.end else None
    return Subject(between[0], between[1], "as saying") if between is not None else None


def _belongs_to_clause(frame: Frame, index: int, found: Range) -> bool:
    """Whether a participle right behind a noun is the clause's and not the noun's: "urged supporters saying …"."""
    s = frame.s
    head = s.lower[found[1] - 1]
    opening = found[0] - 1
    if (
        head in words("issued")
        and opening >= 0
        and frame.group_at[opening] >= 0
        and frame.groups[frame.group_at[opening]].lemma in words("publishing")
    ):
        return True
    if head in nouns("documents") or head in statement_nouns() or head in nouns("anonymous"):
        return False
    before = found[0] - 1
    if before < 0:
        return False
    at = frame.group_at[before]
    if s.tags[before] in ("IN", "TO") and before > 0:
        return any(g.form == FINITE for g in frame.groups[:index]) and frame.groups[index].lemma in (
            "say",
            "tell",
            "add",
            "argue",
            "note",
            "claim",
        )
    return at >= 0 and frame.groups[index].lemma in (
        "say",
        "tell",
        "add",
        "argue",
        "note",
        "claim",
        "call",
        "describe",
        "accuse",
        "criticize",
    )


def passive_subject(frame: Frame, index: int) -> Subject | None:
    """The grammatical subject of a passive, found as that of an active verb is; after a fronted "Accused of …," the
    next one."""
    group = frame.groups[index]
    if group.form == REDUCED:
        before = skip_adverbs_left(frame.s, group.start - 1)
        if before < 0:
            return _following_subject(frame, group)
        if frame.s.tags[before] == "CC" and index > 0 and frame.groups[index - 1].passive:
            return passive_subject(frame, index - 1)
        if frame.group_at[before] >= 0:
            return _of_finite(frame, frame.group_at[before], 1)
        found = noun_phrase_left(frame, before)
        return Subject(found[0], found[1], "direct") if found is not None else None
    return _of_finite(frame, index, 1)


def _passive_subject(frame: Frame, group: VerbGroup) -> Subject | None:
    p = skip_adverbs_left(frame.s, group.start - 1)
    if p < 0:
        return None
    found = noun_phrase_left(frame, p)
    return Subject(found[0], found[1], "direct") if found else None


def _following_subject(frame: Frame, group: VerbGroup) -> Subject | None:
    """The speaker of a clause put in front: "Calling the report baseless, Alibaba said …"."""
    s = frame.s
    for k in range(group.end, s.n):
        if s.tags[k] == "," and k + 1 < s.n:
            for index, later in enumerate(frame.groups):
                if later.start > k and later.form == FINITE:
                    found = _of_finite(frame, index, 5)
                    if found is not None and found.start > k:
                        return Subject(found.start, found.end, "participle")
                    break
    return None


def _of_infinitive(frame: Frame, index: int, depth: int) -> Subject | None:
    s = frame.s
    group = frame.groups[index]
    p = group.start - 1
    if index == 0:
        return None
    outer = frame.groups[index - 1]
    between = range(outer.end, group.start)
    nouns_between = [k for k in between if s.tags[k] in ("NN", "NNS", "NNP", "PRP")]
    if any(s.tags[k] in (".", ";", "Q") for k in between):
        return None
    if nouns_between and outer.lemma in words("object_control") and p >= 0:
        found = noun_phrase_left(frame, nouns_between[-1], outer.end)
        return Subject(found[0], found[1], "infinitive") if found else None
    found_subject = _passive_subject(frame, outer) if outer.passive else find_subject(frame, index - 1, depth + 1)
    if found_subject is None:
        return None
    return Subject(found_subject.start, found_subject.end, "infinitive", found_subject.antecedent)
