"""Noun phrases beside a verb: subjects to its left, inverted subjects and objects to its right, and adverbials
between."""

from __future__ import annotations

from kg.reading.lexicons import nouns, words
from kg.reading.tag import Sentence
from kg.reading.verbs import FINITE, GERUND, INFINITIVE, REDUCED, VerbGroup

Range = tuple[int, int]

_STOP_TAGS = frozenset({":", ";", "--", ".", "Q", "|", "SYM"})
NOUNISH = frozenset(
    {
        "NN",
        "NNS",
        "NNP",
        "NNPS",
        "PRP",
        "CD",
        "POS",
        "DT",
        "JJ",
        "JJR",
        "JJS",
        "PRP$",
        "WP$",
        "VBN",
        "VBG",
        "``",
        "''",
        "RB",
        "RBR",
        "RBS",
        "FW",
        "EX",
    }
)
TIME_FRONT = frozenset(
    {
        "last",
        "this",
        "next",
        "earlier",
        "late",
        "early",
        "on",
        "since",
        "by",
        "the",
        "that",
        "same",
        "in",
        "every",
        "each",
        "before",
        "after",
        "of",
        "during",
    }
)
PP = frozenset(
    {
        "of",
        "for",
        "at",
        "in",
        "from",
        "with",
        "to",
        "on",
        "under",
        "by",
        "against",
        "about",
        "near",
        "within",
        "between",
        "among",
        "across",
        "over",
        "behind",
        "like",
        "toward",
        "towards",
        "inside",
        "outside",
        "into",
    }
)
LIMIT = 60


class Frame:
    """A tagged sentence with its verb groups and, for each token, the group it belongs to (or -1)."""

    __slots__ = ("group_at", "groups", "s")

    def __init__(self, sentence: Sentence, groups: list[VerbGroup]) -> None:
        self.s = sentence
        self.groups = groups
        self.group_at = [-1] * sentence.n
        for index, group in enumerate(groups):
            for token in range(group.start, group.end):
                self.group_at[token] = index


def skip_adverbs_left(sentence: Sentence, p: int) -> int:
    """The first token at or left of `p` that is no adverb."""
    lower = sentence.lower
    while p >= 0 and (sentence.tags[p][:2] == "RB" or lower[p] in ("first", "once", "long")):
        p -= 2 if p > 0 and lower[p - 1] == "at" and lower[p] in ("first", "once", "last", "least") else 1
    return p


def noun_phrase_left(frame: Frame, p: int, floor: int = 0) -> Range | None:
    """The noun phrase that ends at token `p`, with its modifiers, as a token range; None when there is none."""
    s = frame.s
    tags, lower = s.tags, s.lower
    subordinators, stop = words("subordinators"), max(floor - 1, p - LIMIT)
    i = p
    joined = False
    while i > stop:
        tag, word = tags[i], lower[i]
        group = frame.group_at[i]
        if group >= 0:
            at = _over_group(frame, frame.groups[group])
            if at is None:
                break
            i = at
            continue
        if tag == ")":
            opening = _opening(s, i, stop)
            if opening is None:
                break
            i = opening - 1
            continue
        if tag == ",":
            if not (
                joined
                and i > 0
                and tags[i - 1] in ("NNP", "NN", "NNS")
                and tags[i + 1] in ("NNP", "DT", "JJ", "NN", "NNS")
                and _short_item(frame, i)
            ):
                break
        elif tag == "CC":
            if word not in ("and", "or", "&") or not _joins_nouns(frame, i, stop):
                break
            joined = True
        elif (
            tag in _STOP_TAGS
            or tag == "("
            or (word in subordinators and tag != "RB")
            or word in ("that", "which", "who", "whom", "what", "whose")
            or word in ("according",)
        ):
            break
        i -= 1
    start = i + 1
    return _trim(frame, start, p + 1)


def _over_group(frame: Frame, group: VerbGroup) -> int | None:
    """The token before a verb group that modifies a noun (a participle, or a relative clause); None for other
    groups."""
    tags, lower = frame.s.tags, frame.s.lower
    before = skip_adverbs_left(frame.s, group.start - 1)
    if before < 0:
        return None
    if group.form == REDUCED and lower[before] in ("those", "all", "some", "most", "half"):
        return before
    if group.form in (REDUCED, GERUND):
        return (
            before if tags[before] in ("NN", "NNS", "NNP", "NNPS", "PRP", "CD") and frame.group_at[before] < 0 else None
        )
    if group.form == INFINITIVE:
        outer = frame.group_at[before]
        if outer >= 0:
            return _over_group(frame, frame.groups[outer])
        return before if tags[before] in ("NN", "NNS") else None
    if lower[before] in ("who", "which", "that") and before > 0:
        head = before - 1
        return head if tags[head] in ("NN", "NNS", "NNP", "NNPS", "PRP", "DT", "CD") else None
    return None


def _opening(s: Sentence, i: int, stop: int) -> int | None:
    while i > stop:
        if s.tags[i] == "(":
            return i
        i -= 1
    return None


def _short_item(frame: Frame, comma: int) -> bool:
    """Whether what stands before a comma looks like an item of a list: a few nouns, no verb."""
    i = comma - 1
    while i >= 0 and comma - i < 8:
        tag = frame.s.tags[i]
        if tag in (",",):
            return True
        if frame.group_at[i] >= 0 or tag in _STOP_TAGS or tag == "IN":
            return False
        i -= 1
    return i < 0


def _joins_nouns(frame: Frame, i: int, stop: int) -> bool:
    """Whether "and" joins two noun phrases rather than two clauses: no finite verb stands before it in its clause."""
    tags = frame.s.tags
    if i == 0 or tags[i - 1] not in ("NN", "NNS", "NNP", "NNPS", "PRP", ")", "''", ",", "CD"):
        return False
    if tags[i - 1] == "," and not _short_item(frame, i - 1):
        return False
    j = i - 1
    while j > stop:
        group = frame.group_at[j]
        if group >= 0:
            return (
                frame.groups[group].form not in (FINITE, INFINITIVE)
                or _over_group(frame, frame.groups[group]) is not None
            )
        if tags[j] in _STOP_TAGS:
            return True
        j -= 1
    return True


def _trim(frame: Frame, start: int, end: int) -> Range | None:
    """Leading conjunctions, adverbs and prepositional phrases, and trailing times and venues, taken off a range."""
    s = frame.s
    tags, lower = s.tags, s.lower
    while start < end and (
        tags[start] in ("CC", "UH", ",", "''", ")")
        or (tags[start][:2] == "RB" and lower[start] not in ("not", "nearly", "almost", "about"))
    ):
        start += 1
    if start < end and tags[start] in ("IN", "TO") and lower[start] not in ("about", "over", "around", "like", "than"):
        juncture = _juncture(s, start, end)
        start = juncture if juncture is not None else start + 1
    if end - start > 1 and lower[start] in ("this", "that") and tags[start + 1] in ("DT", "PRP$", "NNP"):
        start += 1
    if end - start > 1 and tags[end - 1] == "PRP" and tags[end - 2] not in ("CC", "IN", "TO", ","):
        return end - 1, end
    for k in range(end - 2, start, -1):
        if (
            tags[k] in ("NN", "NNS", "NNP")
            and tags[k + 1] in ("DT", "PRP", "PRP$")
            and lower[k + 1] not in ("that", "all", "both")
        ):
            start = k + 1
            break
    start = _after_time(s, start, end)
    end = before_adverbials(s, start, end)
    while end > start and (
        tags[end - 1] in ("IN", "TO", "CC", ",", "``", "DT", "(")
        and lower[end - 1]
        not in ("this", "that", "these", "those", "all", "both", "some", "many", "others", "another", "each", "none")
    ):
        end -= 1
    if start >= end or not any(
        tags[k] in ("NN", "NNS", "NNP", "NNPS", "PRP", "CD", "DT", "JJ", "WP", "EX", "VBG", "VB", "VBP", "VBZ", "JJS")
        for k in range(start, end)
    ):
        return None
    return start, end


def _juncture(s: Sentence, start: int, end: int) -> int | None:
    """Where, after a leading prepositional phrase, the subject begins: two noun phrases meet without a preposition."""
    tags, lower = s.tags, s.lower
    times = words("time_nouns")
    found = None
    for k in range(start + 1, end - 1):
        following = tags[k + 1]
        behind_time = following in ("NNP", "NNS", "NN", "JJ") and lower[k] in times
        if tags[k] in ("NN", "NNS", "NNP", "CD") and (following in ("DT", "PRP", "PRP$") or behind_time):
            found = k + 1
        if lower[k] == "," and found is None:
            found = k + 1
    return found


def _after_time(s: Sentence, start: int, end: int) -> int:
    times = words("time_nouns")
    k = start
    while k < end and k - start < 3 and (s.lower[k] in TIME_FRONT or s.lower[k] in times):
        if s.lower[k] in times and k + 1 < end and s.tags[k + 1] in ("DT", "NNP", "NN", "NNS", "PRP", "PRP$", "JJ"):
            return k + 1
        k += 1
    return start


def before_adverbials(s: Sentence, start: int, end: int) -> int:
    """`end` moved left over trailing times and venues: "on Friday", "in a statement"."""
    times, venues = words("time_nouns"), nouns("venues")
    lower, tags = s.lower, s.tags
    for _ in range(3):
        if end - 1 <= start:
            return end
        last = lower[end - 1]
        if last in times or (tags[end - 1] == "CD" and end - 2 > start and lower[end - 2] in words("months")):
            k = end - 1
            while k - 1 > start and (
                lower[k - 1] in TIME_FRONT or lower[k - 1] in times or lower[k - 1] in words("months")
            ):
                k -= 1
            if k <= start:
                return end
            end = k
            continue
        k = end - 1
        while k > start and tags[k] != "IN" and end - k < 8:
            k -= 1
        if (
            k > start
            and lower[k] in ("in", "at", "on", "via", "during", "by")
            and any(lower[m] in venues or lower[m] in times for m in range(k + 1, end))
        ):
            end = k
            continue
        return end
    return end
