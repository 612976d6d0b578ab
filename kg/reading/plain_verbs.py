"""A verb without auxiliary, and whether the word is a verb at all, or a noun or an adjective, where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from kg.reading.lexicons import auxiliaries, cue_forms, cue_rows, words
from kg.reading.tag import Sentence

FINITE, INFINITIVE, GERUND, REDUCED = "finite", "infinitive", "gerund", "reduced"

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


def plain_verb(sentence: Sentence, i: int) -> VerbGroup | None:
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
    lemma = forms[0] if forms else lemma_of(word)
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
    takes = after_tag in ("DT", "PRP", "PRP$", "NNP", "CD") or _particle_follows(sentence, i, lemma)
    past = cue and "d" in kinds and before_tag in ("NN", "NNS", "NNP", ")")
    if past and takes and not _verb_at(sentence, i + 1):
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


def lemma_of(word: str) -> str:
    forms = cue_forms().get(word)
    return forms[0] if forms else word
