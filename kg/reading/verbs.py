"""Verb groups: auxiliaries, negation and main verb, found from left to right in one pass over a tagged sentence."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from kg.reading.lexicons import ING, PARTICIPLE, PAST, auxiliaries, cue_forms, cue_rows, negations, words
from kg.reading.tag import Sentence

FINITE, INFINITIVE, GERUND, REDUCED = "finite", "infinitive", "gerund", "reduced"

NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD", "Q", "POS"})
_BEFORE_ADJECTIVE = frozenset({"DT", "JJ", "JJR", "JJS", "CD", "POS", "PRP$", "WP$", "IN", "TO", "``"})
_REDUCED_BEFORE = {
    "accuse": "of",
    "charge": "with",
    "blame": "for",
    "suspect": "of",
    "call": "",
    "dub": "",
    "name": "",
    "say": "to",
    "believe": "to",
    "think": "to",
    "know": "as",
    "describe": "as",
    "see": "as",
    "quote": "as",
    "cite": "as",
}
_INSIDE = frozenset({"since", "first", "long", "themselves", "himself", "herself", "itself", "all", "both", "each"})
_PRONOUN_SUBJECTS = frozenset({"he", "she", "it", "they", "we", "i", "you", "who", "which", "that", "there", "this"})


_STANDING_ALONE = frozenset(
    {"one", "all", "some", "both", "many", "others", "another", "most", "those", "these", "each", "few", "several"}
)
_CLAUSES = frozenset({"that", "he", "she", "it", "they", "we", "i", "the"})


@dataclass(slots=True)
class VerbGroup:
    """A verb with its auxiliaries: tokens `start` to `end` (exclusive), main verb at `head`."""

    start: int
    head: int
    end: int
    lemma: str
    form: str
    passive: bool = False
    negated: bool = False
    modal: str | None = None
    perfect: bool = False
    progressive: bool = False
    copula: bool = False
    sure: bool = True


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
            group = _single(sentence, i)
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
        and sentence.lower[first.head].endswith("ed")
        and first.lemma not in cue_forms()
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
            group.lemma = _lemma(word)
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
        group = VerbGroup(i, j, j + 1, _lemma(lower[j]), INFINITIVE)
        group.negated = i > 0 and lower[i - 1] in ("not", "never")
        return group
    if tags[j] == "NN" and i and (tags[i - 1][0] == "V") and _free(sentence, j):
        return VerbGroup(i, j, j + 1, lower[j], INFINITIVE, sure=False)
    return None


def _single(sentence: Sentence, i: int) -> VerbGroup | None:
    """A verb without auxiliary, or None when the word is a noun or an adjective here."""
    lower, tags, n = sentence.lower, sentence.tags, sentence.n
    word, tag = lower[i], tags[i]
    if tag in ("NNP", "NNPS") and i > 0 and not _headline_verb(sentence, i):
        return None
    forms = cue_forms().get(word)
    before = i - 1
    while before >= 0 and tags[before][:2] == "RB":
        before -= 1
    before_tag = tags[before] if before >= 0 else ""
    before_word = lower[before] if before >= 0 else ""
    after = lower[i + 1] if i + 1 < n else ""
    after_tag = tags[i + 1] if i + 1 < n else ""
    lemma = forms[0] if forms else _lemma(word)
    if word.endswith("ing"):
        if before_tag in ("DT", "JJ", "JJR", "PRP$", "POS") and (
            after_tag in ("NN", "NNS", "") or _verb_at(sentence, i + 1)
        ):
            return None
        if before_tag in ("", ",", "CC", "Q") and after_tag in ("NN", "NNS") and _verb_at(sentence, i + 2):
            return None
        return VerbGroup(i, i, i + 1, lemma, GERUND)
    kinds = forms[1] if forms else {"VBZ": "s", "VBD": "d", "VBN": "n", "VBP": "b", "VB": "b"}.get(tag, "")
    if (forms and word.endswith("ed")) or (not forms and tag in ("VBN", "VBD") and word.endswith("ed")):
        kinds = "dn"
    both = "d" in kinds and "b" in kinds and before_tag in ("NN", "NNP", "Q") and after in (":", "that")
    if both:
        return VerbGroup(i, i, i + 1, lemma, FINITE)
    if "d" in kinds and "b" not in kinds:
        return _past(sentence, i, lemma, kinds, before, after, after_tag)
    if kinds == "n":
        if before_tag in _BEFORE_ADJECTIVE and after_tag in ("NN", "NNS", "NNP"):
            return None
        return VerbGroup(i, i, i + 1, lemma, REDUCED)
    if not kinds:
        return None
    return _present(sentence, i, lemma, kinds, tag, before_word, before_tag, after, after_tag, bool(forms))


def _past(
    sentence: Sentence, i: int, lemma: str, kinds: str, before: int, after: str, after_tag: str
) -> VerbGroup | None:
    tags, lower = sentence.tags, sentence.lower
    before_tag = tags[before] if before >= 0 else ""
    before_word = lower[before] if before >= 0 else ""
    group = VerbGroup(i, i, i + 1, lemma, FINITE)
    if before_word == "first" and lower[before - 1] != "at" and after == "by" and "n" in kinds:
        group.form, group.passive = REDUCED, True
        return group
    if (
        before_tag in _BEFORE_ADJECTIVE
        and before_word not in _PRONOUN_SUBJECTS
        and not (before_tag in ("CD", "DT") and before_word in _STANDING_ALONE)
    ):
        if lemma in ("say", "tell") or (
            before_tag == "JJ" and before > 0 and tags[before - 1] in ("NN", "NNP") and after_tag not in ("NN", "NNS")
        ):
            return group
        if after_tag in ("NN", "NNS", "NNP", "JJ", "CD"):
            return None
        if "n" in kinds and before_tag in ("IN", "TO", "``"):
            group.form = REDUCED
            return group
        if before_tag not in ("JJ", "CD", "POS", "DT"):
            return None
        group.sure = False
        return group if lemma in ("say", "tell", "add") or before_tag in ("JJ", "CD") else None
    if "n" in kinds and after == "by" and lemma != "say" and not _particle_follows(sentence, i, lemma):
        group.form = REDUCED
        group.passive = True
        return group
    particle = _REDUCED_BEFORE.get(lemma)
    if "n" in kinds and particle and after == particle and not (lemma == "say" and not _verb_behind(sentence, i + 1)):
        group.form = REDUCED
        group.passive = True
        return group
    if before < 0 and after_tag in ("NNP", "DT", "NN") and ":" in sentence.words[i + 2 : i + 9]:
        return group
    if "n" in kinds and before < 0 and lemma != "say":
        group.form = REDUCED
        group.passive = True
        return group
    if (
        "n" in kinds
        and before_tag == ","
        and after in ("in", "on", "at", "with", "from", "as", "to", "for")
        and lemma not in ("say", "tell", "add")
    ):
        group.sure = False
    return group


def _object_before(sentence: Sentence, i: int) -> bool:
    """Whether the word ends a noun phrase that a verb before governs: "called the espionage charges …"."""
    p = i - 1
    while p > 0 and sentence.tags[p] in ("NN", "JJ", "NNP"):
        p -= 1
    return p > 0 and i - p > 1 and sentence.tags[p] == "DT" and sentence.lower[p - 1] in cue_forms()


def _verb_at(sentence: Sentence, i: int) -> bool:
    """Whether the word is an auxiliary, or a finite form that is hardly anything else."""
    if i >= sentence.n:
        return False
    forms = cue_forms().get(sentence.lower[i])
    return sentence.tags[i] in ("AUX", "MD", "VBD", "VBZ", "VBP") or (
        forms is not None and forms[1] in ("b", "dn", "d")
    )


def _particle_follows(sentence: Sentence, i: int, lemma: str) -> bool:
    """Whether the verb's particle stands behind it: "points out", "calls for"."""
    return any(
        row.particle and tuple(sentence.lower[i + 1 : i + 1 + len(row.particle)]) == row.particle
        for row in cue_rows().get(lemma, ())
    )


def _verb_behind(sentence: Sentence, to: int) -> bool:
    """Whether a verb follows "to": "a man said to be ill", not "said to applause"."""
    return to + 1 < sentence.n and (sentence.lower[to + 1] in ("be", "have") or sentence.tags[to + 1] in ("VB", "VBP"))


def _present(
    sentence: Sentence,
    i: int,
    lemma: str,
    kinds: str,
    tag: str,
    before: str,
    before_tag: str,
    after: str,
    after_tag: str,
    cue: bool,
) -> VerbGroup | None:
    group = VerbGroup(i, i, i + 1, lemma, FINITE)
    if (before in _PRONOUN_SUBJECTS or before_tag in ("PRP", "WP", "WDT")) and (before != "this" or "s" in kinds):
        return group
    verb_tag = tag[0] == "V"
    if tag == "NNS" and _object_before(sentence, i):
        return None
    if cue and "d" in kinds and before_tag in ("NN", "NNS", "NNP", ")") and not _verb_at(sentence, i + 1):
        if after_tag in ("DT", "PRP", "PRP$", "NNP", "CD") or _particle_follows(sentence, i, lemma):
            return group
    if lemma == "say" and before_tag not in ("DT", "TO", "PRP$", "JJ", "POS"):
        return group
    if cue and before_tag in ("DT", "JJ", "CD") and before in _STANDING_ALONE and (verb_tag or after in _CLAUSES):
        return group
    if tag == "VB" and not cue and before_tag == "NN":
        return None
    if before_tag in ("DT", "JJ", "JJS", "JJR", "POS", "PRP$", "WP$", "IN", "TO", "CD"):
        if before_tag == "CD" and cue and "b" in kinds and after in words("complement_start"):
            return group
        return group if verb_tag and before_tag in ("JJ", "CD") and tag == "VBZ" else None
    if auxiliaries().get(after) is not None and after not in ("'s", "’s"):
        return None
    if verb_tag and (
        "s" in kinds
        or before_tag in ("NNS", "NNPS")
        or not before_tag
        or before_tag in ("CC", ",", "Q", "''", "--", ":", ")", "NNP", "|", ";")
    ):
        return group
    if not cue:
        return group if verb_tag else None
    if "b" in kinds and before_tag in ("NNS", "NNPS") and after not in ("of", "from", "by"):
        single = i > 1 and sentence.lower[i - 2] in ("a", "an")
        return None if single or after_tag in ("VBZ", "VBD") else group
    if before_tag in ("|", ";") and ("s" in kinds or "b" in kinds):
        return group
    if before_tag in ("NNP", "NN", "NNS", "NNPS", "''", ")", ",", "CC", "Q", "--"):
        complement = after in words("complement_start") or after_tag in ("Q", "NNP", "PRP", "``", "PRP$")
        agrees = "s" in kinds or after == "that" or before_tag in ("NNS", "NNPS", "CC", ",", "NNP", "''")
        if complement and agrees:
            return group
        if before_tag in ("Q", "''", ","):
            return None if "s" in kinds and _verb_at(sentence, i + 1) else group
        ends = after in (".", ",", "") and before_tag == "NNP" and sentence.tags[i] != "NNP"
        if "s" in kinds and before_tag in ("NNP", "NN") and (ends or _particle_follows(sentence, i, lemma)):
            return group
        if kinds == "b" and before_tag in ("NNS", "NNPS") and _particle_follows(sentence, i, lemma):
            return group
    return None


def _headline_verb(sentence: Sentence, i: int) -> bool:
    """In a headline in title case, a capitalised verb is no name."""
    capitals = sum(1 for word in sentence.words if word[:1].isupper())
    letters = sum(1 for word in sentence.words if word[:1].isalpha())
    return (
        letters > 3
        and capitals / letters > 0.7
        and sentence.lower[i] in cue_forms()
        and "s" in cue_forms()[sentence.lower[i]][1]
    )


def _lemma(word: str) -> str:
    forms = cue_forms().get(word)
    return forms[0] if forms else word
