"""Verb groups: auxiliaries, negation and main verb, found from left to right in one pass over a tagged sentence."""

from __future__ import annotations

from itertools import pairwise

from kg.reading.lexicons import ING, PARTICIPLE, PAST, auxiliaries, cue_forms, cue_rows, negations
from kg.reading.plain_verbs import FINITE, GERUND, INFINITIVE, REDUCED, VerbGroup, lemma_of, plain_verb
from kg.reading.tag import Sentence

__all__ = ["FINITE", "GERUND", "INFINITIVE", "REDUCED", "VerbGroup", "verb_groups"]

_INSIDE = frozenset({"since", "first", "long", "themselves", "himself", "herself", "itself", "all", "both", "each"})


def verb_groups(sentence: Sentence) -> list[VerbGroup]:
    """The verb groups of a tagged sentence, in order."""
    groups: list[VerbGroup] = []
    lower, tags, n = sentence.lower, sentence.tags, sentence.n
    aux, cues = auxiliaries(), cue_forms()
    i = 0
    while i < n:
        word = lower[i]
        kind = aux.get(word)
        group = None
        if kind is not None and not _possessive(sentence, i) and tags[i] != "NNP":
            group = _with_auxiliary(sentence, i, kind)
        elif tags[i] == "TO":
            group = _infinitive(sentence, i)
        elif tags[i][0] == "V" or word in cues:
            group = plain_verb(sentence, i)
        elif tags[i] in ("NN", "NNS") and _behind_pronoun(sentence, i):
            group = VerbGroup(i, i, i + 1, lower[i], FINITE)
        if group is None:
            i += 1
        else:
            groups.append(group)
            i = max(group.end, i + 1)
    for first, second in pairwise(groups):
        if _modifies(sentence, first, second):
            first.form, first.passive = REDUCED, True
        if _negated_before(sentence, first):
            second.negated, second.modal = True, first.modal
    return groups


def _participle(sentence: Sentence, first: VerbGroup, second: VerbGroup) -> bool:
    """Whether the first of two verbs can be a participle; of those that attribute only with a phrase between."""
    word = sentence.lower[first.head]
    forms = cue_forms().get(word)
    if forms is None:
        return word.endswith("ed")
    return PARTICIPLE in forms[1] and first.end < second.start and forms[0] not in ("say", "tell", "add")


def _phrase_between(sentence: Sentence, start: int, stop: int) -> bool:
    """Whether only a prepositional phrase stands between two verbs: "people briefed on the case told …"."""
    if sentence.tags[start] not in ("IN", "TO") or sentence.lower[start] in ("that", "because", "if", "while", "as"):
        return False
    return all(tag in _PHRASE for tag in sentence.tags[start:stop]) and not _CLAUSAL & set(sentence.lower[start:stop])


_PHRASE = frozenset({"IN", "TO", "DT", "NN", "NNS", "NNP", "NNPS", "JJ", "CD", "POS", "PRP$"})
_CLAUSAL = frozenset({"that", "because", "if", "while", "as", "when", "after", "before", "since", "until", "but"})


def _negated_before(sentence: Sentence, first: VerbGroup) -> bool:
    """Whether an auxiliary put first is negated by the clause's first word: "nor did the bank deny"."""
    return (
        first.head == first.end - 1
        and first.lemma in ("do", "modal", "have")
        and first.start > 0
        and sentence.lower[first.start - 1] in ("nor", "neither")
    )


def _modifies(sentence: Sentence, first: VerbGroup, second: VerbGroup) -> bool:
    """Whether a past form right before a finite verb is a participle: "those surveyed said"."""
    return (
        first.form == FINITE
        and second.form == FINITE
        and (first.end == second.start or _phrase_between(sentence, first.end, second.start))
        and first.start == first.head
        and _participle(sentence, first, second)
        and first.start > 0
        and sentence.tags[first.start - 1] not in ("PRP", "WP", "WDT")
    )


def _possessive(sentence: Sentence, i: int) -> bool:
    if sentence.lower[i] not in ("'s", "’s"):
        return False
    if i == 0:
        return True
    if sentence.tags[i - 1] in ("PRP", "WP", "EX", "WDT") or sentence.lower[i - 1] in (
        "that",
        "there",
        "it",
        "he",
        "she",
        "what",
        "who",
        "here",
    ):
        return False
    following = sentence.lower[i + 1] if i + 1 < sentence.n else ""
    return following not in ("been", "not", "a", "an", "the", "going")


def _behind_pronoun(sentence: Sentence, i: int) -> bool:
    """Whether a word that is mostly a noun stands where only a verb can: "they no longer work", "it sells"."""
    p = i - 1
    while p > 0 and (sentence.tags[p][:2] == "RB" or sentence.lower[p] in ("no", "longer")):
        p -= 1
    return (
        p >= 0
        and sentence.lower[p] in ("he", "she", "they", "we", "i", "it", "who")
        and (
            sentence.tags[i] == ("NNS" if sentence.lower[p] in ("he", "she", "it") else "NN")
            or (
                sentence.lower[p] == "who"
                and i + 1 < sentence.n
                and sentence.tags[i + 1] in ("DT", "PRP$", "IN", "PRP", "NNP")
            )
        )
    )


def _with_auxiliary(sentence: Sentence, i: int, kind: str) -> VerbGroup | None:
    lower, tags, n = sentence.lower, sentence.tags, sentence.n
    aux = auxiliaries()
    negation = negations()
    group = VerbGroup(i, i, i + 1, kind, FINITE)
    if lower[i] in ("being", "having"):
        group.form = GERUND
    elif lower[i] in ("been", "be"):
        group.form = INFINITIVE
    if kind == "modal":
        group.modal = lower[i]
        group.negated = lower[i] == "cannot"
    state = kind
    j = i + 1
    while j < n:
        word = lower[j]
        if word in negation:
            group.negated = True
            j += 1
            continue
        following = aux.get(word)
        if following is not None and word not in ("'s", "’s"):
            if following == "modal" or (state == "be" and word not in ("being", "having")):
                break
            if state == "have" and word not in ("been", "had", "done"):
                break
            if state == "have":
                group.perfect = True
            state = following
            group.head, group.end, group.lemma = j, j + 1, following
            j += 1
            continue
        if (word == "at" and j + 1 < n and lower[j + 1] in ("first", "once", "last", "least")) or (
            word in ("in", "for")
            and j + 1 < n
            and lower[j + 1] in ("turn", "years", "months", "weeks", "decades", "part")
        ):
            j += 2
            continue
        if (tags[j][:2] == "RB" or word in _INSIDE) and not _is_main(sentence, j, state):
            j += 1
            continue
        if _is_main(sentence, j, state) or (state == "do" and group.negated and tags[j] in ("NN", "VBP", "VB")):
            group.head, group.end = j, j + 1
            group.lemma = lemma_of(word)
            if state == "have":
                group.perfect = True
            if state == "be" and lower[i] in ("'s", "’s") and _has(sentence, i, word):
                group.perfect = True
            elif state == "be":
                ing = word.endswith("ing")
                group.passive, group.progressive = not ing, ing
            return group
        break
    group.copula = group.lemma == "be"
    if group.lemma == "modal" and group.head == i and tags[i] != "MD":
        return None
    return group


def _has(sentence: Sentence, i: int, word: str) -> bool:
    """Whether "'s" behind "he", "she" or "who" is "has": what is said, one says oneself."""
    forms = cue_forms().get(word)
    return (
        i > 0
        and sentence.lower[i - 1] in ("he", "she", "who")
        and not word.endswith("ing")
        and forms is not None
        and any(row.kind == "speech" and "S" in row.frames for row in cue_rows()[forms[0]])
    )


def _is_main(sentence: Sentence, j: int, state: str) -> bool:
    word, tag = sentence.lower[j], sentence.tags[j]
    if not word[0].isalpha():
        return False
    forms = cue_forms().get(word)
    if state in ("modal", "do"):
        if forms and "b" in forms[1]:
            return True
        return tag in ("VB", "VBP") or (tag == "NN" and state == "modal") or (tag == "NN" and _free(sentence, j))
    if state == "have":
        return bool(forms and PARTICIPLE in forms[1]) or tag in ("VBN", "VBD")
    if forms:
        if ING in forms[1]:
            return True
        if (
            PARTICIPLE in forms[1]
            and (PAST in forms[1] or word.endswith(("n", "ed", "t", "d")))
            and "b" not in forms[1]
        ):
            return True
    return tag in ("VBN", "VBG", "VBD")


def _free(sentence: Sentence, j: int) -> bool:
    return j + 1 >= sentence.n or sentence.tags[j + 1] not in ("NN", "NNS")


def _infinitive(sentence: Sentence, i: int) -> VerbGroup | None:
    lower, tags, n = sentence.lower, sentence.tags, sentence.n
    if i and lower[i - 1] == "according":
        return None
    j = i + 1
    while j < n and tags[j][:2] == "RB" and j - i < 4:
        j += 1
    if j >= n:
        return None
    kind = auxiliaries().get(lower[j])
    if kind in ("be", "have") and lower[j] in ("be", "have"):
        inner = _with_auxiliary(sentence, j, kind)
        if inner is None:
            return None
        inner.start, inner.form = i, INFINITIVE
        return inner
    forms = cue_forms().get(lower[j])
    if tags[j] in ("NNP", "NNPS") and sentence.words[i][0].islower():
        return None
    if (forms and "b" in forms[1]) or tags[j] in ("VB", "VBP") or lower[j] == "do":
        group = VerbGroup(i, j, j + 1, lemma_of(lower[j]), INFINITIVE)
        group.negated = i > 0 and lower[i - 1] in ("not", "never")
        return group
    if tags[j] == "NN" and i and (tags[i - 1][0] == "V") and _free(sentence, j):
        return VerbGroup(i, j, j + 1, lower[j], INFINITIVE, sure=False)
    return None
