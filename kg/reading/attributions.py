"""Attributions: a cue with its source and its content, before anything is known about their meaning."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.reading.content import Content, clause_end, find_content
from kg.reading.lexicons import CueRow, cue_rows, nouns, statement_nouns, words
from kg.reading.phrases import Frame, noun_phrase_left, noun_phrase_right
from kg.reading.subjects import Subject, find_subject, inverted_subject
from kg.reading.verbs import FINITE, GERUND, INFINITIVE, REDUCED, VerbGroup

Bounds = tuple[int, int]


@dataclass(slots=True)
class Attribution:
    """A cue with source and content in offsets of the article's text; `frame` and token positions for later stages."""

    row: CueRow
    cue: Bounds
    source: Bounds | None
    contents: list[Bounds]
    evidence: Bounds
    construct: str
    frame: Frame
    group: VerbGroup | None
    head: int
    source_tokens: tuple[int, int] | None
    content_tokens: list[tuple[int, int]]
    content_form: str
    addressee: Bounds | None = None
    antecedent: tuple[int, int] | None = None
    depth: int = 0
    speaker: Bounds | None = None
    paragraph: int = 0
    sentence_index: int = 0
    features: set[str] = field(default_factory=set)


def attributions(frame: Frame) -> list[Attribution]:
    """All attributions of one sentence, in order of their cues."""
    out: list[Attribution] = []
    for index, group in enumerate(frame.groups):
        row = _row(frame, group)
        if row is None:
            continue
        found = _verbal(frame, index, group, row)
        if found is not None:
            out.append(found)
    out.extend(_according(frame))
    out.extend(_nominal(frame))
    out.extend(_colon(frame))
    out.sort(key=lambda found: found.cue)
    return out


def _row(frame: Frame, group: VerbGroup) -> CueRow | None:
    rows = cue_rows().get(group.lemma)
    if not rows:
        return None
    s = frame.s
    for row in rows:
        if not row.particle:
            return row
        stop = group.head + 1 + len(row.particle)
        if tuple(s.lower[group.head + 1 : stop]) == row.particle:
            group.end = stop
            return row
    return None


def _verbal(frame: Frame, index: int, group: VerbGroup, row: CueRow) -> Attribution | None:
    s = frame.s
    subject: Subject | None = None
    if group.form == FINITE and not group.passive:
        if row.kind == "speech" and row.frames & {"S", "Q"}:
            subject = inverted_subject(frame, group)
        if subject is None:
            subject = find_subject(frame, index)
    elif group.form == REDUCED and not group.passive:
        return None
    else:
        subject = find_subject(frame, index)
    content = find_content(frame, index, row, subject)
    if content is None:
        return None
    if subject is None and not group.passive and group.form != FINITE:
        return None
    source = _span(frame, (subject.start, subject.end)) if subject is not None else None
    if subject is not None:
        _remove_source(content, subject)
    contents = [_span(frame, part) for part in content.parts if part[1] > part[0]]
    if not contents and content.form != "next":
        return None
    found = Attribution(
        row=row,
        cue=(s.starts[group.start], s.ends[group.end - 1]),
        source=source,
        contents=contents,
        evidence=(s.start, s.end),
        construct=_construct(group, subject, content),
        frame=frame,
        group=group,
        head=group.head,
        source_tokens=(subject.start, subject.end) if subject is not None else None,
        content_tokens=content.parts,
        content_form=content.form,
        addressee=_span(frame, content.addressee) if content.addressee else None,
    )
    found.features |= content.features
    if content.quoted:
        found.features.add("quoted")
    if subject is not None:
        found.antecedent = subject.antecedent
        found.features.add("how:" + subject.how)
    return found


def _remove_source(content: Content, subject: Subject) -> None:
    parts = []
    for start, end in content.parts:
        if start <= subject.start and subject.end <= end and (start, end) != (subject.start, subject.end):
            if subject.start == start:
                start = subject.end
            elif subject.end == end:
                end = subject.start
        if (start, end) != (subject.start, subject.end):
            parts.append((start, end))
    content.parts = parts


def _construct(group: VerbGroup, subject: Subject | None, content: Content) -> str:
    if group.passive:
        return "passive" if subject is not None else "agentless"
    if content.form in ("left", "split"):
        return "inverted" if subject is not None and subject.how == "inverted" else "postposed"
    if group.form == GERUND:
        return "participle"
    if group.form == INFINITIVE:
        return "infinitive"
    if subject is not None and subject.how in ("relative", "coordinated"):
        return subject.how
    if content.form in ("clause", "gerund"):
        return "no that"
    return {
        "that": "that",
        "quote": "quotation",
        "noun": "noun object",
        "complement": "complement",
        "accusation": "accusation",
        "infinitive": "to-infinitive",
        "wh": "wh-clause",
    }.get(content.form, "other")


def _span(frame: Frame, tokens: tuple[int, int]) -> Bounds:
    start, end = tokens
    s = frame.s
    while start < end - 1 and s.tags[start] in (",", "--", ")"):
        start += 1
    while end > start + 1 and s.tags[end - 1] in (",", "--"):
        end -= 1
    return s.starts[start], s.ends[end - 1]


_ACCORDING = CueRow("according to", (), "assert", "010", "core", frozenset("N"))


def _according(frame: Frame) -> list[Attribution]:
    """ "according to X, …" and "…, according to X"."""
    s = frame.s
    out: list[Attribution] = []
    for k in range(s.n - 1):
        if s.lower[k] != "according" or s.lower[k + 1] != "to":
            continue
        found = noun_phrase_right(frame, k + 2) if k + 2 < s.n else None
        if found is None and k + 2 < s.n and s.tags[k + 2] == "Q":
            continue
        if found is None:
            continue
        stop = found[1]
        if k <= 1:
            comma = next((j for j in range(stop, s.n) if s.tags[j] == ","), None)
            if comma is None or comma - k > 40:
                continue
            start = comma + 1
            end = clause_end(frame, start, VerbGroup(k, k, k + 2, "according", FINITE))
        else:
            end = k
            while end > 0 and s.tags[end - 1] in (",", "--", "RB"):
                end -= 1
            start = _clause_start(frame, end)
        if end <= start:
            continue
        out.append(
            Attribution(
                _ACCORDING,
                (s.starts[k], s.ends[k + 1]),
                _span(frame, found),
                [_span(frame, (start, end))],
                (s.start, s.end),
                "according to",
                frame,
                None,
                k,
                found,
                [(start, end)],
                "according",
            )
        )
    return out


def _clause_start(frame: Frame, end: int) -> int:
    """Where the clause that ends before "according to" begins: the sentence, or behind a contrast or a semicolon."""
    s = frame.s
    start = 0
    for k in range(end - 1, -1, -1):
        if s.tags[k] == ";" or (
            s.tags[k] == "," and k + 1 < end and s.lower[k + 1] in ("but", "while", "although", "though")
        ):
            start = k + 1
            break
    while (start < end and s.tags[start] in ("CC", ",", "''")) or (
        start < end and s.lower[start] in ("while", "although", "though")
    ):
        start += 1
    return start


_COLON = CueRow(":", (), "assert", "010", "colon", frozenset("S"))


def _colon(frame: Frame) -> list[Attribution]:
    """ "NAME: what is said", as transcripts and headlines write it."""
    s = frame.s
    for k in range(1, min(9, s.n - 1)):
        if s.tags[k] == ":":
            names = [j for j in range(k) if s.tags[j] in ("NNP", "NNPS")]
            if (
                not names
                or s.tags[k - 1] not in ("NNP", "NNPS", ")", "''")
                or any(frame.group_at[j] >= 0 for j in range(k))
            ):
                return []
            if any(s.tags[j] in ("IN", "TO", ",", "CD", "WRB") for j in range(k)):
                return []
            span = (k + 1, s.n)
            found = Attribution(
                _COLON,
                (s.starts[k], s.ends[k]),
                _span(frame, (0, k)),
                [_span(frame, span)],
                (s.start, s.end),
                "colon",
                frame,
                None,
                k,
                (0, k),
                [span],
                "colon",
            )
            if s.tags[k + 1] in ("Q", "``", "''"):
                found.features.add("quoted")
            return [found]
        if s.tags[k] in (".", "Q", ";", "--"):
            return []
    return []


def _nominal(frame: Frame) -> list[Attribution]:
    """ "X's claim that …", "the allegation by X that …", "accusations from X of …"."""
    s = frame.s
    out: list[Attribution] = []
    table = statement_nouns()
    for k in range(s.n - 1):
        acted = table.get(s.lower[k])
        if acted is None or frame.group_at[k] >= 0 or s.tags[k] == "NNP":
            continue
        possessor = _possessor(frame, k)
        nxt = s.lower[k + 1]
        by = None
        p = k + 1
        if nxt in ("by", "from") and k + 2 < s.n:
            by = noun_phrase_right(frame, k + 2)
            if by is not None:
                p = by[1]
        if p >= s.n:
            continue
        clausal = s.lower[p] == "that" and p + 1 < s.n
        of = (
            s.lower[p] in ("of", "about", "against", "for")
            and p + 1 < s.n
            and s.lower[k] not in ("report", "reports", "call", "calls", "statement", "statements")
        )
        if not clausal and not (of and (possessor or by)):
            continue
        source = by or possessor
        if source is None:
            continue
        start = p + 1 if clausal else p
        end = clause_end(frame, start, VerbGroup(k, k, k + 1, "claim", FINITE))
        if not clausal:
            phrase = noun_phrase_right(frame, p + 1)
            end = min(end, phrase[1]) if phrase else end
        if end <= start:
            continue
        row = CueRow(s.lower[k], (), acted[0], acted[1], "noun", frozenset("S"))
        out.append(
            Attribution(
                row,
                (s.starts[k], s.ends[k]),
                _span(frame, source),
                [_span(frame, (start, end))],
                (s.start, s.end),
                "noun",
                frame,
                None,
                k,
                source,
                [(start, end)],
                "that" if clausal else "noun",
            )
        )
    return out


def _possessor(frame: Frame, k: int) -> tuple[int, int] | None:
    s = frame.s
    p = k - 1
    while p >= 0 and s.tags[p] in ("JJ", "NN", "VBN", "JJR", "JJS", "CD", "``", "RB", "VBD"):
        p -= 1
    if p < 0:
        return None
    if s.tags[p] == "PRP$":
        return p, p + 1
    if s.tags[p] == "POS" and p > 0:
        return noun_phrase_left(frame, p - 1)
    return None


def anonymous_noun(word: str) -> bool:
    """Whether the noun can stand for a speaker without a name."""
    return word in nouns("anonymous")


def first_person(word: str) -> bool:
    """Whether the pronoun is of the first person."""
    return word in words("first_person")
