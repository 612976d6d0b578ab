"""A text taken apart into sentences and attributions. What is said inside a quotation is content, and is not read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.reading import nest, quotations
from kg.reading.attribution import Attribution
from kg.reading.attributions import attributions
from kg.reading.continuation import continue_quotations
from kg.reading.idioms import hints, idioms
from kg.reading.lexicons import adjective_rows, cue_forms, statement_nouns
from kg.reading.phrases import Frame
from kg.reading.quotations import Quotation
from kg.reading.split import Bounds, sentences
from kg.reading.tables import claim_row, join_tables, no_comment_row
from kg.reading.tag import QUOTATION, Sentence, tag, tokenize
from kg.reading.verbs import verb_groups
from kg.reading.verification import silences

MAX_TOKENS = 400


@dataclass(slots=True)
class Region:
    """The sentences of a stretch of text, by paragraph, its outermost quotations, and its attributions."""

    paragraphs: list[list[Sentence]]
    quotations: list[Quotation]
    found: list[Attribution]


def read_region(text: str, paragraphs: list[Bounds]) -> Region:
    """Takes the given paragraphs of the text apart. Sentences of more than `MAX_TOKENS` tokens are left unread."""
    quoted = quotations.find(text, paragraphs)
    masked = quotations.mask(text, quoted)
    region = Region([], quoted, [])
    triggers = _triggers()
    rows: list[tuple[int, Frame]] = []
    for number, (start, end) in enumerate(paragraphs):
        row: list[Sentence] = []
        for position, (first, last) in enumerate(sentences(masked, start, end)):
            sentence = tokenize(masked, first, last)
            _close_quotations(sentence)
            row.append(sentence)
            cells = "|" in sentence.words
            if sentence.n > MAX_TOKENS or (
                triggers.isdisjoint(sentence.lower) and ":" not in sentence.words[:9] and not cells
            ):
                continue
            tag(sentence)
            frame = Frame(sentence, verb_groups(sentence))
            if cells:
                rows.append((number, frame))
            for found in _all(frame):
                found.paragraph = number
                found.sentence_index = position
                region.found.append(found)
        region.paragraphs.append(row)
    if rows:
        join_tables(rows, region.found)
    region.found = continue_quotations(region.paragraphs, region.found, quoted)
    return region


def _all(frame: Frame) -> list[Attribution]:
    """Attributions of a sentence; where a silence or a failed check was found, it stands for what the verb alone
    would give."""
    row = claim_row(frame) or no_comment_row(frame) if "|" in frame.s.words else None
    if row is not None:
        return [row]
    silent = [*silences(frame), *idioms(frame)]
    taken = [found.cue for found in silent]
    ordinary = [
        found
        for found in attributions(frame)
        if not any(start < found.cue[1] and found.cue[0] < end for start, end in taken)
    ]
    for outer in ordinary:
        if outer.row.kind == "speech":
            for inner in ordinary:
                if nest.begins_content(outer, inner):
                    inner.features.add("relayed")
    return sorted([*ordinary, *silent], key=lambda found: found.cue)


def _close_quotations(sentence: Sentence) -> None:
    """Lets the token of a masked quotation end where the quotation ends, and drops its closing mark."""
    words = sentence.words
    if not sentence.quoted:
        return
    keep = [True] * sentence.n
    for i, word in enumerate(words):
        if word[0] != QUOTATION:
            continue
        j = i + 1
        while (
            j < sentence.n
            and j <= i + 4
            and words[j] in (".", ",", "!", "?", "…", ";", "...")
            and sentence.starts[j] == sentence.ends[j - 1]
        ):
            j += 1
        if (
            j < sentence.n
            and words[j] in ("”", '"', "’", "'", "»", "''", "“")
            and sentence.starts[j] == sentence.ends[j - 1]
        ):
            sentence.ends[i] = sentence.ends[j]
            keep[j] = False
    for name in ("words", "lower", "starts", "ends"):
        values = getattr(sentence, name)
        setattr(sentence, name, [value for value, kept in zip(values, keep, strict=True) if kept])
    sentence.n = len(sentence.words)


@cache
def _triggers() -> frozenset[str]:
    return (
        frozenset(adjective_rows())
        | frozenset(cue_forms())
        | frozenset(statement_nouns())
        | hints()
        | {
            "according",
            "comment",
            "verify",
            "verified",
            "verifying",
            "reached",
            "available",
            "corroborate",
            "corroborated",
            "authenticate",
            "version",
            "unverified",
            "unconfirmed",
            "uncorroborated",
            "unauthenticated",
            "check",
            "tell",
            "geolocated",
            "learned",
            "determined",
            "confirmation",
            "verification",
            "way",
            "silent",
            "unanswered",
            "answer",
            "reply",
            "yet",
            "contacted",
            "establish",
            "established",
            "checked",
            "misstated",
            "authenticated",
        }
    )
