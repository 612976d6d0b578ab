"""What stands behind a colon: "NAME: …" in transcripts and headlines, and "the ministry's answer: …"."""

from __future__ import annotations

from kg.reading.attribution import Attribution, span_of
from kg.reading.clauses import clause_end
from kg.reading.lexicons import CueRow, nouns, statement_nouns
from kg.reading.nominal import LINES, possessor
from kg.reading.phrases import Frame
from kg.reading.verbs import FINITE, VerbGroup

_COLON = CueRow(":", (), "assert", "010", "colon", frozenset("S"))


def colon(frame: Frame) -> list[Attribution]:
    """ "NAME: what is said", as transcripts and headlines write it."""
    s = frame.s
    for k in range(1, min(9, s.n - 1)):
        if s.tags[k] == ":":
            answer = _answered(frame, k)
            if answer is not None:
                return [answer]
            names = [j for j in range(k) if s.tags[j] in ("NNP", "NNPS")]
            if not names and _heading(frame, k):
                names = [k - 1]
            elif (
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
                span_of(frame, (0, k)),
                [span_of(frame, span)],
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


_HEADING = (
    nouns("anonymous")
    | nouns("organisations")
    | nouns("roles")
    | {"report", "reports", "poll", "survey", "study", "memo"}
)
_LABELS = frozenset(
    {"note", "update", "analysis", "opinion", "exclusive", "watch", "correction", "status", "response", "warning",
     "summary", "question", "conclusion", "example", "result", "source", "background", "context", "editorial", "live",
     "explainer", "fact", "video", "photo", "quote", "date", "place", "time", "bottom", "verdict", "claim"}
)  # fmt: skip


def _heading(frame: Frame, k: int) -> bool:
    """Whether the words before a colon at `k` are no name, and can speak all the same: "Minister: ban stays", "The
    harbour master: “I was asleep.”"."""
    s = frame.s
    if k > 4 or any(frame.group_at[j] >= 0 or s.tags[j] in ("IN", "TO", ",") for j in range(k)):
        return False
    quoted = s.tags[k + 1] in ("Q", "``")
    headline = s.tags[s.n - 1] not in (".", "Q")
    if s.lower[k - 1] in _LABELS:
        return False
    if s.lower[k - 1] in _HEADING:
        return k <= 3
    return (k == 1 and s.words[0][0].isupper() and (quoted or headline)) or (s.tags[0] == "DT" and quoted)


def _answered(frame: Frame, k: int) -> Attribution | None:
    """ "The embassy's answer: the visas were never issued."."""
    s = frame.s
    if s.lower[k - 1] not in LINES and s.lower[k - 1] not in statement_nouns():
        return None
    source = possessor(frame, k - 1)
    if source is None:
        return None
    act, cameo = statement_nouns().get(s.lower[k - 1], ("assert", "010"))
    row = CueRow(s.lower[k - 1], (), act, cameo, "strong", frozenset("S"))
    span = (k + 1, clause_end(frame, k + 1, VerbGroup(k, k, k + 1, "answer", FINITE)))
    return Attribution(
        row, (s.starts[k - 1], s.ends[k - 1]), span_of(frame, source), [span_of(frame, span)], (s.start, s.end),
        "noun", frame, None, k - 1, source, [span], "that",
    )  # fmt: skip
