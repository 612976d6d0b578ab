"""Tokens and their parts of speech.

Tokens come from one regular expression. Tags are the most frequent ones of TextBlob's lexicon (from the Pattern
library,
Penn Treebank tags); what it does not know is tagged by its ending. Words that can be verbs of attribution keep an open
tag, and `kg.reading.verbs` settles it in context.
"""

from __future__ import annotations

import re
from functools import cache

from textblob.en import lexicon as _textblob_lexicon

from kg.reading.lexicons import auxiliaries, cue_forms, load, nouns, statement_nouns, words

QUOTATION = "\ue000"
_ABBREVIATED = "|".join(
    sorted((re.escape(word) for word in words("titles") | words("months_short")), key=len, reverse=True)
)
# first stands what most words are, so that they need not be tried for all else
_TOKEN = re.compile(
    r"[A-Z][’'][A-Z][^\W_]+|[a-z]{2,}(?=[\s,;:?!)”]|\.(?!\w))|\ue000+"
    rf"|(?:{_ABBREVIATED})\.|(?:[^\W\d_]\.){{2,}}|[A-Z]\.(?=\s[A-Z])|[A-Z][a-z]{{1,5}}\.(?=,)|[RDI]-(?:[A-Z][a-z]*\.)+|[’'](?:s|re|ve|ll|d|m|t|S)\b|''|``"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?|[^\W_]+(?:[-.@/&](?=[^\W_])[^\W_]+)*|\.\.\.|--+|\S"
)


_BASE = frozenset({"VB", "VBP"})
_CORRECTED = frozenset({"VB", "VBP", "VBZ", "TO"})
_BEFORE_NOUN = frozenset({"DT", "CD", "PRP$", "POS"})
_ARTICLES = frozenset({"a", "an", "the", "its", "his", "their", "our", "this"})


class Sentence:
    """A sentence as parallel lists over its tokens: words, lower-case words, tags, start and end offsets in the
    text; `quoted` says that it holds a masked quotation."""

    __slots__ = ("end", "ends", "lower", "n", "quoted", "start", "starts", "tags", "words")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.words: list[str] = []
        self.lower: list[str] = []
        self.tags: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.n = 0
        self.quoted = False


def tokenize(masked: str, start: int, end: int) -> Sentence:
    """The tokens of `masked[start:end]`, without tags. A masked quotation is one token."""
    sentence = Sentence(start, end)
    spans = [match.span() for match in _TOKEN.finditer(masked, start, end)]
    found = sentence.words = [masked[first:last] for first, last in spans]
    sentence.starts = [first for first, _ in spans]
    sentence.ends = [last for _, last in spans]
    sentence.lower = [word.lower() for word in found]
    sentence.n = len(found)
    sentence.quoted = masked.find(QUOTATION, start, end) >= 0
    if "'t" in found or "’t" in found:
        _part_negations(sentence)
    return sentence


def _part_negations(sentence: Sentence) -> None:
    """Parts "didn’t" into "did" and "n’t": the letter goes with the mark."""
    words, lower = sentence.words, sentence.lower
    for i in range(1, sentence.n):
        before = words[i - 1]
        joined = words[i] in ("'t", "’t") and sentence.ends[i - 1] == sentence.starts[i]
        if joined and before[-1] in "nN" and len(before) > 1:
            words[i - 1], lower[i - 1] = before[:-1], lower[i - 1][:-1]
            sentence.ends[i - 1] -= 1
            sentence.starts[i] -= 1
            words[i], lower[i] = "n" + words[i], "n" + lower[i]


def tag(sentence: Sentence) -> None:
    """Fills in the sentence's tags."""
    known = _lexicon()
    tags: list[str] = []
    headline = _in_title_case(sentence)
    before = ""
    for i, word in enumerate(sentence.words):
        found = known.get(sentence.lower[i] if before == "|" else word)
        if word == '"' and (i == 0 or sentence.starts[i] > sentence.ends[i - 1]):
            found = "``"  # a straight mark opens behind a space
        elif headline and word[0].isupper():
            found = _in_headline(word, sentence.lower[i], known)
        elif found is None:
            found = _guess(word, sentence.lower[i], known)
        elif i == 0 and found.startswith("NNP"):
            found = known.get(sentence.lower[0], found)
        if found in _CORRECTED and i:
            found = _in_context(sentence, i, found, before, tags)
        tags.append(found)
        before = found
    if tags and sentence.words[0][:1].isupper():
        lower = known.get(sentence.lower[0])
        if lower is not None and (not lower.startswith("NN") or sentence.lower[0] in _common_nouns()):
            tags[0] = lower
        if tags[0] in ("VB", "VBP") and len(tags) > 1 and (tags[1] in ("VBD", "VBZ") or tags[1:2] == [","]):
            tags[0] = "NNP"
    sentence.tags = tags


def _in_context(sentence: Sentence, i: int, found: str, before: str, tags: list[str]) -> str:
    """The tag of a word that, behind an article or a number, is a noun; "close" before "to" is an adjective."""
    article = sentence.lower[i - 1] in _ARTICLES
    if found in _BASE and before in _BEFORE_NOUN and (article or sentence.words[i] not in cue_forms()):
        return "NN"
    if found == "VBZ" and article and before in ("DT", "PRP$", "POS"):
        return "NNS"
    if found == "TO" and sentence.lower[i - 1] == "close" and i > 1 and tags[-2].startswith("NN"):
        tags[-1] = "JJ"
    return found


def _in_title_case(sentence: Sentence) -> bool:
    """Whether nearly all longer words are capitalised, as in some headlines, and not all in capitals."""
    if not sentence.n or sentence.words[-1] == ".":
        return False
    longer = [word for word in sentence.words if len(word) > 3 and word[0].isalpha()]
    if len(longer) < 4:
        return False
    return sum(word[0].isupper() and not word.isupper() for word in longer) > 0.8 * len(longer)


def _in_headline(word: str, lower: str, known: dict[str, str]) -> str:
    """The tag of a capitalised word of a headline in title case: that of the word in lower case, names apart."""
    as_name, plain = known.get(word), known.get(lower)
    if lower in cue_forms() or lower in auxiliaries():
        return plain or _guess(lower, lower, known)
    if plain is None or (as_name or "").startswith("NNP"):
        return as_name or _guess(word, lower, known)
    return "NNP" if plain in ("NN", "NNS") and as_name is None and lower not in _common_nouns() else plain


def _guess(word: str, lower: str, known: dict[str, str]) -> str:
    first = word[0]
    if first == QUOTATION:
        return "Q"
    if first.isupper():
        if word.isupper() and len(word) > 3 and lower in known:
            return known[lower]
        return "NNP"
    if first.isdigit():
        return "CD"
    if not first.isalpha():
        return "SYM"
    if word.isalpha() and word != lower:
        return "NNP"
    if "-" in word:
        tail = known.get(lower.rsplit("-", 1)[1])
        return tail if tail in ("NN", "NNS") else "JJ"
    if lower in known:
        return known[lower]
    return _by_ending(lower)


def _by_ending(word: str) -> str:
    if word.endswith("ing"):
        return "VBG"
    if word.endswith("ed"):
        return "VBN"
    if word.endswith("ly"):
        return "RB"
    if word.endswith("s") and not word.endswith(("is", "ous", "ss")):
        return "NNS"
    if word.endswith(("able", "al", "ful", "ible", "ient", "ish", "ive", "less", "tic", "ous")):
        return "JJ"
    if word.endswith(("ify", "ise", "ize")):
        return "VB"
    return "NN"


@cache
def _lexicon() -> dict[str, str]:
    """TextBlob's lexicon as a plain dictionary, with this project's corrections."""
    _textblob_lexicon.load()  # type: ignore[no-untyped-call]
    found = {str(word): str(found) for word, found in dict.items(_textblob_lexicon)}
    for word, verb in auxiliaries().items():
        found[word] = "MD" if verb == "modal" else "AUX"
    found.update({str(word): str(tag) for word, tag in load("tags").items()})
    for word in (*words("weekdays"), *words("months")):
        if word != "may":
            found[word.capitalize()] = "NNP"
    return found


@cache
def _common_nouns() -> frozenset[str]:
    """Nouns that, at the head of a sentence, are no names."""
    return (
        nouns("documents")
        | nouns("organisations")
        | nouns("anonymous")
        | nouns("abstract")
        | frozenset(statement_nouns())
    )
