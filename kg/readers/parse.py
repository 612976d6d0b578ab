"""A dependency parse in plain words, and what attributes what in it. Pure: it knows no parser.

Works on both label schemes that parsers of English give: that of the ClearNLP guidelines, which spaCy's own models
use (``nsubjpass``, ``dobj``, ``agent``), and Universal Dependencies (``nsubj:pass``, ``obj``, ``obl:agent``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.reading.lexicons import CueRow, cue_forms, cue_rows, negations, nouns

Bounds = tuple[int, int]

_SUBJECT: Final = frozenset({"nsubj", "csubj"})
_PASSIVE_SUBJECT: Final = frozenset({"nsubjpass", "nsubj:pass", "csubjpass", "csubj:pass"})
_PASSIVE: Final = frozenset({"auxpass", "aux:pass"}) | _PASSIVE_SUBJECT
_OBJECT: Final = frozenset({"dobj", "obj"})
_AUXILIARY: Final = frozenset({"aux", "auxpass", "aux:pass", "neg"})
_PARTICLE: Final = frozenset({"prt", "compound:prt"})
_RELATIVE: Final = frozenset({"relcl", "acl:relcl"})
_SHARES_SUBJECT: Final = frozenset({"conj", "advcl", "xcomp"})
_AFTER_OBJECT: Final = frozenset({"prep", "obl", "advcl", "nmod", "pcomp", "acl"})
_LEFT_OUT: Final = frozenset({"appos", "relcl", "acl:relcl", "acl", "advcl", "parataxis"})
_MODAL: Final = frozenset({"would", "could", "might", "may", "should", "will", "must"})
_QUOTES: Final = "\"“”‘’'"
_TIERS: Final = {"core": 0.85, "strong": 0.75, "fair": 0.6, "weak": 0.45, "rare": 0.3, "stray": 0.2}
_MAX_CLIMB: Final = 8


@dataclass(frozen=True, slots=True)
class Word:
    """One token of a parse.

    Attributes:
        text: as written.
        start: offset of its first code point.
        head: index of its head in the sentence; its own where it has none.
        dep: the label of that dependency.
        pos: universal part of speech ("VERB", "PROPN", …).
    """

    text: str
    start: int
    head: int
    dep: str
    pos: str

    @property
    def end(self) -> int:
        """Offset behind its last code point."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution: which words cue it, who is its source, what its content is."""

    cue: Bounds
    source: Bounds | None
    content: Bounds | None
    row: CueRow
    act: str
    is_pronoun: bool
    is_named: bool
    capacity: Bounds | None
    accused: Bounds | None
    """Whom an accusation is against."""
    refers: bool
    """Whether the content is a noun phrase, such as "the allegations", rather than what is said."""
    confidence: float


class Parse:
    """One parsed sentence."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = list(words)

    @cached_property
    def children(self) -> list[list[int]]:
        """The dependents of each word, in order."""
        found: list[list[int]] = [[] for _ in self.words]
        for index, word in enumerate(self.words):
            if word.head != index:
                found[word.head].append(index)
        return found

    def below(self, index: int, without: frozenset[str] = frozenset(), skip: int | None = None) -> list[int]:
        """A word and all that depends on it, in order; dependents with some labels are left out."""
        found, front = [], [index]
        while front:
            at = front.pop()
            found.append(at)
            front += [c for c in self.children[at] if self.words[c].dep not in without and c != skip]
        return sorted(found)

    def bounds(self, indices: Sequence[int]) -> Bounds | None:
        """The stretch of text from the first to the last of these words, without marks around it."""
        inside = list(indices)
        while inside and self.words[inside[0]].pos == "PUNCT":
            inside.pop(0)
        while inside and self.words[inside[-1]].pos == "PUNCT":
            inside.pop()
        return (self.words[inside[0]].start, self.words[inside[-1]].end) if inside else None

    def child(self, index: int, deps: frozenset[str]) -> int | None:
        """The first dependent with one of these labels."""
        return next((c for c in self.children[index] if self.words[c].dep in deps), None)


def attributions(parse: Parse) -> Iterator[Found]:
    """The attributions of a sentence, in order of their cues."""
    for index, word in enumerate(parse.words):
        lower = word.text.lower()
        if lower == "according":
            found = _according(parse, index)
        elif word.pos in ("VERB", "AUX") and lower in cue_forms():
            found = _verb(parse, index)
        else:
            found = None
        if found is not None:
            yield found


def _row(parse: Parse, index: int) -> CueRow | None:
    """The row of the verb with the particle that stands by it."""
    lemma, _ = cue_forms()[parse.words[index].text.lower()]
    beside = {parse.words[c].text.lower() for c in parse.children[index]}
    return next((row for row in cue_rows()[lemma] if set(row.particle) <= beside), None)


def _verb(parse: Parse, index: int) -> Found | None:
    row = _row(parse, index)
    if row is None:
        return None
    children = [parse.words[c] for c in parse.children[index]]
    is_passive = any(child.dep in _PASSIVE for child in children)
    negated = any(child.dep == "neg" or child.text.lower() in negations() for child in children)
    content, refers = _content(parse, index, row, is_passive)
    act = _act(parse, index, row, negated)
    if act is None or (content is None and act != "decline_comment"):
        return None
    subject = _agent(parse, index) if is_passive else _subject(parse, index)
    sure = _TIERS.get(row.tier, 0.4)
    sure -= 0.3 if any(child.text.lower() in _MODAL for child in children) and act != "not_verified" else 0
    sure -= 0.15 if subject is None else 0
    accused = parse.child(index, _PASSIVE_SUBJECT if is_passive else _OBJECT) if "X" in row.frames else None
    cue = [index, *(c for c in parse.children[index] if _is_of_cue(parse.words[c], row) and c <= index + 3)]
    return _found(parse, sorted(cue), subject, content, row, act, refers, max(0.05, sure), accused)


def _is_of_cue(word: Word, row: CueRow) -> bool:
    return word.dep in _AUXILIARY or word.dep in _PARTICLE or word.text.lower() in row.particle


def _act(parse: Parse, index: int, row: CueRow, negated: bool) -> str | None:
    """The act; None for a verb that, negated, says nothing of the kind ("did not deny")."""
    lemma = row.lemma
    if row.act == "decline_comment" and not negated:
        below = {parse.words[i].text.lower() for i in parse.below(index)}
        return row.act if below & {"comment", "respond", "answer", "reply"} else None
    if not negated:
        return row.act
    if lemma in ("verify", "confirm", "corroborate"):
        return "not_verified"
    return "decline_comment" if lemma in ("comment", "respond", "reply") else None


def _content(parse: Parse, index: int, row: CueRow, is_passive: bool) -> tuple[Bounds | None, bool]:
    """What is said, and whether it is only referred to."""
    clause = parse.child(index, frozenset({"ccomp"}))
    if clause is None and "T" in row.frames:
        clause = parse.child(index, frozenset({"xcomp"}))
    if clause is not None:
        inside = parse.below(clause)
        if parse.words[inside[0]].dep == "mark" and parse.words[inside[0]].text.lower() in ("that", "if", "whether"):
            inside = inside[1:]
        return parse.bounds(inside), False
    word = parse.words[index]
    if word.dep == "parataxis" and word.head != index:
        return parse.bounds(_beside(parse, word.head, index)), False
    thing = parse.child(index, _PASSIVE_SUBJECT if is_passive else _OBJECT)
    if thing is None:
        return None, False
    if "X" in row.frames:
        deeds = [c for c in parse.children[index] if parse.words[c].dep in _AFTER_OBJECT and c > index]
        deeds = [c for c in deeds if parse.words[c].dep not in ("agent", "obl:agent")]
        inside = sorted({*parse.below(thing), *(i for c in deeds for i in parse.below(c))})
        return parse.bounds([i for i in inside if i > index]) if deeds else None, False
    return (parse.bounds(parse.below(thing)), True) if "N" in row.frames else (None, False)


def _beside(parse: Parse, head: int, cue: int) -> list[int]:
    """The clause that a cue stands beside, on the side on which its head stands."""
    inside = parse.below(head, skip=cue)
    return [i for i in inside if i < cue] if head < cue else [i for i in inside if i > cue]


def _subject(parse: Parse, index: int) -> int | None:
    """Who does it: of a verb beside or below another one, whoever does that; of a relative clause, whom it is about."""
    for _ in range(_MAX_CLIMB):
        subject = parse.child(index, _SUBJECT | _PASSIVE_SUBJECT)
        word = parse.words[index]
        if subject is not None:
            relative = parse.words[subject].text.lower() in ("who", "which", "that")
            return word.head if relative and word.dep in _RELATIVE else subject
        if word.dep in _RELATIVE or word.dep == "acl":
            return word.head
        if word.dep not in _SHARES_SUBJECT or word.head == index:
            return None
        index = word.head
    return None


def _agent(parse: Parse, index: int) -> int | None:
    """Who did it, in a passive: behind "by"."""
    agent = parse.child(index, frozenset({"agent", "obl:agent"}))
    if agent is None:
        return None
    inner = parse.child(agent, frozenset({"pobj"}))
    return inner if inner is not None else agent


def _according(parse: Parse, index: int) -> Found | None:
    """ "according to X": what it stands beside is the content."""
    inside = parse.below(index)
    to = next((i for i in inside if parse.words[i].text.lower() == "to"), None)
    who = next((i for i in inside if i > index and parse.words[i].dep in ("pobj", "obl", "nmod")), None)
    word = parse.words[index]
    if who is None:  # Universal Dependencies: "according" marks the case of X
        who = word.head if word.dep == "case" else None
        to = next((c for c in parse.children[index]), None) if who is not None else None
    if who is None or to is None:
        return None
    beside = parse.words[who].head if word.dep == "case" else word.head
    apart = {*inside, *parse.below(who), index, to}
    content = parse.bounds([i for i in parse.below(beside) if i not in apart])
    row = CueRow("according", ("to",), "assert", "010", "core", frozenset("S"))
    return _found(parse, [index, to], who, content, row, "assert", False, 0.85) if content else None


def _found(
    parse: Parse,
    cue: Sequence[int],
    subject: int | None,
    content: Bounds | None,
    row: CueRow,
    act: str,
    refers: bool,
    confidence: float,
    accused: int | None = None,
) -> Found | None:
    marked = parse.bounds(cue)
    if marked is None:
        return None
    source = capacity = None
    is_pronoun = is_named = False
    if subject is not None:
        inside = [i for i in parse.below(subject, _LEFT_OUT | {"case"}) if i not in cue]
        source = parse.bounds(inside)
        apposed = parse.child(subject, frozenset({"appos"}))
        capacity = parse.bounds(parse.below(apposed)) if apposed is not None else None
        is_pronoun = parse.words[subject].pos == "PRON"
        is_named = any(parse.words[i].pos == "PROPN" for i in inside)
    if source is not None and content is not None and source[0] < content[1] and content[0] < source[1]:
        return None
    return Found(
        cue=marked,
        source=source,
        content=content,
        row=row,
        act=act,
        is_pronoun=is_pronoun,
        is_named=is_named,
        capacity=capacity,
        accused=parse.bounds(parse.below(accused, _LEFT_OUT)) if accused is not None else None,
        refers=refers,
        confidence=round(min(confidence, 0.9), 3),
    )


def is_anonymous(words: str) -> bool:
    """Whether a source without a name is one that is not to be named: "officials familiar with the matter"."""
    return any(word.lower().strip(_QUOTES) in nouns("anonymous") for word in words.split())
