"""Where a clause of content ends, and which verbs stand inside another's content."""

from __future__ import annotations

from kg.reading.lexicons import cue_rows, words
from kg.reading.phrases import Frame
from kg.reading.rightward import skip_adverbials_right
from kg.reading.verbs import FINITE, GERUND, VerbGroup


def clause_end(frame: Frame, start: int, group: VerbGroup) -> int:
    """Where the content that begins at `start` ends: the sentence, unless another speaker or a contrast takes over
    before."""
    s = frame.s
    tags, _lower, n = s.tags, s.lower, s.n
    contrast = words("contrast")
    depth = 0
    k = start
    while k < n:
        tag = tags[k]
        if tag == "(":
            depth += 1
        elif tag == ")":
            if depth == 0:
                return k
            depth -= 1
        elif tag == "." and k == n - 1:
            return k
        elif tag == "''" and k == n - 1 and k > start and tags[k - 1] == ".":
            return k - 1 if not _opened(frame, start, k) else k + 1
        elif tag == "," and depth == 0 and k > start:
            if _speech_follows(frame, k + 1, group, contrast):
                return k
        elif tag == "CC" and depth == 0 and k > start:
            following = frame.group_at[k + 1] if k + 1 < n else -1
            if following < 0 and k + 2 < n and tags[k + 1] == "RB":
                following = frame.group_at[k + 2]
            if following >= 0 and _reports(frame, following) and frame.groups[following].form == group.form:
                return k - 1 if tags[k - 1] == "," else k
        elif tag == ";" and depth == 0 and k > start and _any_report(frame, k + 1, n):
            return k
        k += 1
    while n > start + 1 and tags[n - 1] == ".":
        n -= 1
    return n


def _opened(frame: Frame, start: int, k: int) -> bool:
    return any(frame.s.tags[m] == "``" for m in range(start, k))


def _reports(frame: Frame, group_index: int) -> bool:
    group = frame.groups[group_index]
    rows = cue_rows().get(group.lemma)
    return rows is not None and any(row.kind == "speech" for row in rows)


def _any_report(frame: Frame, start: int, end: int) -> bool:
    return any(start <= g.start < end and g.form == FINITE and _reports(frame, i) for i, g in enumerate(frame.groups))


def _speech_follows(frame: Frame, p: int, group: VerbGroup, contrast: frozenset[str]) -> bool:
    """Whether, behind a comma, the narrator speaks again: "…, he said", "…, adding that", "…, but the ministry
    denied"."""
    s = frame.s
    if p >= s.n:
        return False
    if s.lower[p] == "according":
        return True
    at = frame.group_at[p]
    if at >= 0:
        found = frame.groups[at]
        return found.form == GERUND and _reports(frame, at) and group.form != GERUND
    if s.lower[p] in contrast or s.tags[p] == "CC":
        q = p + 1
        if q < s.n and frame.group_at[q] >= 0:
            return _reports(frame, frame.group_at[q]) and frame.groups[frame.group_at[q]].form in (FINITE, GERUND)
        if s.lower[p] in contrast:
            return _own_report(frame, q)
        return s.lower[p] == "and" and _own_report(frame, q, near=True)
    if s.tags[s.n - 1] not in (".", "''", "Q") and s.tags[p] == "NNP" and _own_report(frame, p, near=True):
        return True
    return _postposed(frame, p)


def _own_report(frame: Frame, p: int, near: bool = False) -> bool:
    """Whether a subject and, as its verb, one of speech follow."""
    s = frame.s
    for k in range(p, min(p + (10 if near else 20), s.n)):
        at = frame.group_at[k]
        if at >= 0:
            return frame.groups[at].form == FINITE and _reports(frame, at)
        if s.tags[k] == "," and near and k > p + 1 and s.tags[k - 1] == "NNP":
            return _behind_apposition(frame, k)
        if s.tags[k] in (",", ".", ";", "Q"):
            return False
    return False


def _behind_apposition(frame: Frame, comma: int) -> bool:
    """Whether, behind the next comma, a verb of speech goes on: "and Brian Deese, an adviser, said"."""
    s = frame.s
    closing = next((k for k in range(comma + 1, min(comma + 16, s.n - 1)) if s.tags[k] in (",", ".", ";", "Q")), None)
    if closing is None or s.tags[closing] != ",":
        return False
    at = frame.group_at[closing + 1]
    return at >= 0 and frame.groups[at].form == FINITE and _reports(frame, at)


def _postposed(frame: Frame, p: int) -> bool:
    """Whether ", X said" with nothing after it follows: the verb of a content before it."""
    s = frame.s
    for k in range(p, min(p + 14, s.n)):
        at = frame.group_at[k]
        if at >= 0:
            found = frame.groups[at]
            if found.form != FINITE or not _reports(frame, at):
                return False
            x = skip_adverbials_right(frame, found.end)
            return x >= s.n or s.tags[x] in (".", ",")
        if s.tags[k] in (",", ".", ";", "Q", "IN", "WDT", "WP"):
            return False
    return False


def embedded(frame: Frame, index: int) -> bool:
    """Whether the group stands inside the content of an earlier verb of speech, as far as the words between tell."""
    group = frame.groups[index]
    for earlier in range(index):
        outer = frame.groups[earlier]
        if outer.form not in (FINITE, GERUND) or not reports_clause(frame, earlier):
            continue
        if any(frame.s.tags[k] == ";" for k in range(outer.end, group.start)):
            continue
        if clause_end(frame, outer.end, outer) > group.start:
            return True
    return False


def reports_clause(frame: Frame, index: int) -> bool:
    """Whether the group's verb is one of speech that takes a clause, and one follows."""
    group = frame.groups[index]
    rows = cue_rows().get(group.lemma)
    if rows is None or not any("S" in row.frames for row in rows):
        return False
    s = frame.s
    if group.end < s.n and s.tags[group.end] in (",", ".", ";"):
        return False
    return any(later.start > group.end and later.form == FINITE for later in frame.groups[index + 1 : index + 3])
