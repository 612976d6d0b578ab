"""Quotations that are told as somebody's answer or wording: "“…,” is how X put it", "X's answer was short: …"."""

from __future__ import annotations

from kg.reading.attribution import Attribution, span_of
from kg.reading.lexicons import CueRow, statement_nouns
from kg.reading.nominal import LINES, possessor
from kg.reading.phrases import Frame, Range, noun_phrase_left
from kg.reading.rightward import noun_phrase_right
from kg.reading.verbs import FINITE

_PUT = CueRow("put it", (), "assert", "010", "strong", frozenset("S"))


def phrased(frame: Frame) -> list[Attribution]:
    """Attributions of one sentence in which a form of "be" stands between what is said and who says it."""
    out: list[Attribution] = []
    for index, group in enumerate(frame.groups):
        if group.form != FINITE or group.negated:
            continue
        if group.copula or frame.s.lower[group.head] in _COMING:
            found = _how(frame, index) or _answer_before(frame, index) or _answer_behind(frame, index)
            if found is not None:
                out.append(found)
    return out


_COMING = frozenset({"came", "comes", "ran", "runs", "read", "reads", "followed", "remains", "remained"})


def _how(frame: Frame, index: int) -> Attribution | None:
    """ "“…,” was how the governor put it"."""
    s = frame.s
    group = frame.groups[index]
    content = _quotation_before(frame, group.start)
    if content is None or group.end + 2 >= s.n or s.lower[group.end] != "how":
        return None
    verb = next((g for g in frame.groups[index + 1 :] if g.form == FINITE), None)
    source = noun_phrase_left(frame, verb.start - 1, group.end + 1) if verb is not None else None
    if verb is None or source is None:
        return None
    return _make(frame, _PUT, (verb.start, verb.end), source, content, verb.head)


def _answer_before(frame: Frame, index: int) -> Attribution | None:
    """ "“…,” is her answer", "“…” was the verdict of the court"."""
    s = frame.s
    group = frame.groups[index]
    content = _quotation_before(frame, group.start)
    phrase = noun_phrase_right(frame, group.end) if content is not None and group.end < s.n else None
    if content is None or phrase is None:
        return None
    head = next((k for k in range(*phrase) if s.lower[k] in LINES or s.lower[k] in statement_nouns()), None)
    source = _owner(frame, head, phrase) if head is not None else None
    if head is None or source is None:
        return None
    return _make(frame, _row(s.lower[head]), (head, head + 1), source, content, head)


def _answer_behind(frame: Frame, index: int) -> Attribution | None:
    """ "The governor's answer was short: …"."""
    s = frame.s
    group = frame.groups[index]
    colon = next((k for k in range(group.end, min(group.end + 6, s.n - 1)) if s.tags[k] == ":"), None)
    phrase = noun_phrase_left(frame, group.start - 1) if colon is not None and group.start else None
    if colon is None or phrase is None:
        return None
    head = next((k for k in range(*phrase) if s.lower[k] in LINES or s.lower[k] in statement_nouns()), None)
    source = _owner(frame, head, phrase) if head is not None else None
    if head is None or source is None:
        return None
    stop = s.n - 1 if s.tags[s.n - 1] == "." else s.n
    return _make(frame, _row(s.lower[head]), (head, head + 1), source, (colon + 1, stop), head)


def _quotation_before(frame: Frame, start: int) -> Range | None:
    """The quotation that stands before the verb at `start`, a comma between."""
    s = frame.s
    k = start - 1
    while k >= 0 and s.tags[k] in (",", ".", "''"):
        k -= 1
    return (k, k + 1) if k >= 0 and s.tags[k] == "Q" else None


def _owner(frame: Frame, head: int, phrase: Range) -> Range | None:
    s = frame.s
    owner = possessor(frame, head)
    if owner is not None:
        return owner
    if head + 2 < phrase[1] and s.lower[head + 1] in ("of", "from", "by"):
        return head + 2, phrase[1]
    return None


def _row(noun: str) -> CueRow:
    act, cameo = statement_nouns().get(noun, ("assert", "010"))
    return CueRow(noun, (), act, cameo, "strong", frozenset("S"))


def _make(frame: Frame, row: CueRow, cue: Range, source: Range, content: Range, head: int) -> Attribution:
    s = frame.s
    found = Attribution(
        row, (s.starts[cue[0]], s.ends[cue[1] - 1]), span_of(frame, source), [span_of(frame, content)],
        (s.start, s.end), "noun", frame, None, head, source, [content], "quote",
    )  # fmt: skip
    if s.tags[content[0]] == "Q":
        found.features.add("quoted")
    return found
