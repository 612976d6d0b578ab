"""Attributions without a verb of speech: "according to X", "X's claim that …", "NAME: …"."""

from __future__ import annotations

from kg.reading.attribution import Attribution, span_of
from kg.reading.clauses import clause_end
from kg.reading.lexicons import CueRow, adjective_rows, cue_rows, nouns, statement_nouns, words
from kg.reading.phrases import Frame, noun_phrase_left
from kg.reading.rightward import noun_phrase_right, skip_adverbials_right
from kg.reading.subjects import find_subject, passive_subject
from kg.reading.verbs import FINITE, VerbGroup

_ACCORDING = CueRow("according to", (), "assert", "010", "core", frozenset("N"))


def according(frame: Frame) -> list[Attribution]:
    """ "according to X, …" and "…, according to X"."""
    s = frame.s
    out: list[Attribution] = []
    if "according" not in s.lower:
        return out
    for k in range(s.n - 1):
        if s.lower[k] != "according" or s.lower[k + 1] != "to":
            continue
        found = noun_phrase_right(frame, k + 2) if k + 2 < s.n else None
        if found is None and k + 2 < s.n and s.tags[k + 2] == "Q":
            continue
        if found is None:
            continue
        stop = found[1]
        parts: list[tuple[int, int]] = []
        if k <= 1 or (k == 2 and s.tags[1] == ","):
            commas = [j for j in range(stop, s.n) if s.tags[j] in (",", ":")]
            aside = bool(commas) and commas[0] + 1 < s.n and s.lower[commas[0] + 1] in ("who", "which", "whose", "both")
            comma = commas[1] if aside and len(commas) > 1 else commas[0] if commas and not aside else None
            if comma is None or comma - k > 40 or comma + 1 >= s.n:
                continue
            start = comma + 1
            end = clause_end(frame, start, VerbGroup(k, k, k + 2, "according", FINITE))
        else:
            end = k
            while end > 0 and s.tags[end - 1] in (",", "--", "RB"):
                end -= 1
            start = clause_start(frame, end)
            parts = _behind_too(frame, k, start, end, stop)
        if end <= start:
            continue
        parts = parts or [(start, end)]
        out.append(
            Attribution(
                _ACCORDING,
                (s.starts[k], s.ends[k + 1]),
                span_of(frame, found),
                [span_of(frame, part) for part in parts],
                (s.start, s.end),
                "according to",
                frame,
                None,
                k,
                found,
                parts,
                "according",
            )
        )
    out.extend(_cited_by(frame, found) for found in tuple(out) if _citer(frame, found) is not None)
    return out


def _behind_too(frame: Frame, k: int, start: int, end: int, stop: int) -> list[tuple[int, int]]:
    """Both parts of a clause into which "according to X" is set between commas: its verb stands behind."""
    s = frame.s
    if s.tags[k - 1] != "," or stop + 1 >= s.n or s.tags[stop] != ",":
        return []
    if any(g.form == FINITE and start <= g.start < end for g in frame.groups):
        return []
    last = clause_end(frame, stop + 1, VerbGroup(k, k, k + 2, "according", FINITE))
    return [(start, end), (stop + 1, last)] if end > start and last > stop + 1 else []


def _citer(frame: Frame, found: Attribution) -> tuple[int, int] | None:
    """Who cites the source: "according to officials cited by Reuters"."""
    s = frame.s
    first, last = found.source_tokens or (0, 0)
    for k in range(first, min(last + 1, s.n - 2)):
        if s.lower[k] in ("cited", "quoted", "interviewed") and s.lower[k + 1] == "by":
            return noun_phrase_right(frame, k + 2)
    return None


def _cited_by(frame: Frame, found: Attribution) -> Attribution:
    """The outer statement of whoever cites the source; it relays the inner one."""
    s = frame.s
    citer = _citer(frame, found) or (0, 1)
    at = citer[0] - 2
    first = (found.source_tokens or (0, 0))[0]
    found.source_tokens = (first, at)
    found.source = span_of(frame, (first, at))
    return Attribution(
        _CITED_BY, (s.starts[at], s.ends[at]), span_of(frame, citer), list(found.contents), (s.start, s.end),
        "cited by",
        frame, None, at, citer, list(found.content_tokens), "citing",
    )  # fmt: skip


_CITED_BY = CueRow("cite", (), "relay", "010", "core", frozenset("N"))


def clause_start(frame: Frame, end: int) -> int:
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


def nominal(frame: Frame) -> list[Attribution]:
    """ "X's claim that …", "the allegation by X that …", "accusations from X of …"."""
    s = frame.s
    out: list[Attribution] = []
    table = statement_nouns()
    if table.keys().isdisjoint(s.lower):
        return out
    for k in range(s.n - 1):
        acted = table.get(s.lower[k])
        if acted is None or frame.group_at[k] >= 0 or s.tags[k] == "NNP":
            continue
        owner = possessor(frame, k)
        nxt = s.lower[k + 1]
        by = None
        p = k + 1
        if nxt in ("by", "from") and k + 2 < s.n:
            by = noun_phrase_right(frame, k + 2)
            if by is not None:
                p = by[1]
        p = skip_adverbials_right(frame, p) if p < s.n else p
        if p >= s.n:
            continue
        clausal = s.lower[p] == "that" and p + 1 < s.n
        of = (
            s.lower[p] in ("of", "about", "against", "for")
            and p + 1 < s.n
            and s.lower[k] not in ("report", "reports", "call", "calls", "statement", "statements")
        )
        if not clausal and not (of and (owner or by)):
            continue
        source = by or owner
        cue = (k, k + 1)
        if source is None and clausal:
            governed = _governed(frame, k)
            if governed is not None:
                source, cue = governed
        if source is None:
            continue
        start = p + 1 if clausal else p
        end = clause_end(frame, start, VerbGroup(k, k, k + 1, "claim", FINITE))
        if clausal and _answered_by(frame, start, end):
            continue
        if clausal:
            end = _own_end(frame, start, end)
        else:
            phrase = noun_phrase_right(frame, p + 1)
            end = min(end, phrase[1]) if phrase else end
        if end <= start:
            continue
        row = CueRow(s.lower[k], (), acted[0], acted[1], "noun", frozenset("S"))
        out.append(
            Attribution(
                row,
                (s.starts[cue[0]], s.ends[cue[1] - 1]),
                span_of(frame, source),
                [span_of(frame, (start, end))],
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


def _answered_by(frame: Frame, start: int, end: int) -> bool:
    """Whether "that" stands for the noun itself: "a finding that Belgrade dismissed as staged"."""
    first = next((g for g in frame.groups if start < g.start < end and g.form == FINITE), None)
    if first is None or first.passive or not any(row.act == "deny" for row in cue_rows().get(first.lemma, ())):
        return False
    return first.end >= frame.s.n or frame.s.lower[first.end] == "as" or frame.s.tags[first.end] in (",", ".", "IN")


def _own_end(frame: Frame, start: int, end: int) -> int:
    """Where the clause of "X's claim that …" ends: before the verb of which the whole is the subject."""
    s = frame.s
    finite = [g for g in frame.groups if start <= g.start < end and g.form == FINITE]
    for group in finite[1:]:
        before = s.tags[group.start - 1]
        if before in ("NN", "NNS", "NNP", "CD", "JJ", "RB", "VBN") and not any(
            s.tags[k] in ("CC", "WP", "WDT", ",", "IN", "WRB", "PRP") and s.lower[k] not in _PREPOSITIONS
            for k in range(finite[0].end, group.start)
        ):
            return group.start
    return end


_PREPOSITIONS = frozenset(
    {"of", "in", "on", "at", "by", "for", "from", "to", "with", "under", "against", "over", "into"}
)


def _governed(frame: Frame, k: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Source and cue of "made the charge that", "expressed concern that": the subject of the verb before the noun."""
    s = frame.s
    p = k - 1
    while p >= 0 and frame.group_at[p] < 0 and s.tags[p] not in (",", ".", "IN", "TO", "Q", "CC") and k - p < 6:
        p -= 1
    at = frame.group_at[p] if p >= 0 else -1
    if at < 0:
        return None
    group = frame.groups[at]
    if group.passive or (group.lemma not in words("light_verbs") and s.lower[group.head] not in words("light_verbs")):
        return None
    found = find_subject(frame, at)
    return ((found.start, found.end), (group.start, k + 1)) if found is not None else None


def possessor(frame: Frame, k: int) -> tuple[int, int] | None:
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


_COPULAS = frozenset(
    {"remain", "remains", "remained", "sound", "sounds", "sounded", "seem", "seems", "seemed", "grew", "became"}
)


def adjectival(frame: Frame) -> list[Attribution]:
    """ "X is convinced that …", "X was dismissive of …"."""
    s = frame.s
    out: list[Attribution] = []
    for index, group in enumerate(frame.groups):
        felt = group.passive and s.lower[group.head] in adjective_rows()
        if not (group.copula or felt or s.lower[group.head] in _COPULAS) or group.negated or group.form != FINITE:
            continue
        k = group.head if felt else group.end
        while k < s.n and s.tags[k][:2] == "RB" and not felt:
            k += 1
        row = adjective_rows().get(s.lower[k]) if k + 2 < s.n else None
        if row is None:
            continue
        following = s.lower[k + 1]
        if following not in ("that", "of", "about", "over") and not (following == "to" and row.name == "opposed"):
            continue
        subject = passive_subject(frame, index) if felt else find_subject(frame, index)
        if subject is None or s.lower[subject.start] in ("it", "that", "this", "there", "what"):
            continue
        start = k + 2 if following == "that" else k + 1
        end = clause_end(frame, start, group)
        if end <= start:
            continue
        found = Attribution(
            row, (s.starts[group.start], s.ends[k]), span_of(frame, (subject.start, subject.end)),
            [span_of(frame, (start, end))], (s.start, s.end), "adjective", frame, group, k,
            (subject.start, subject.end), [(start, end)], "that" if following == "that" else "noun",
        )  # fmt: skip
        found.antecedent = subject.antecedent
        out.append(found)
    return out


_CITING = CueRow("cite", (), "assert", "010", "strong", frozenset("N"))


def citing(frame: Frame, found: list[Attribution]) -> list[Attribution]:
    """ "X reported, citing Y, that …": what X reports is said by Y."""
    s = frame.s
    out: list[Attribution] = []
    if "citing" not in s.lower and "quoting" not in s.lower:
        return out
    for k in range(1, s.n - 1):
        if s.lower[k] not in ("citing", "quoting") or s.tags[k - 1] != ",":
            continue
        source = noun_phrase_right(frame, k + 1)
        if source is None or not _speaks(frame, source):
            continue
        outer = next(
            (a for a in found if a.row.kind == "speech" and a.group is not None and a.content_form in _REPORTED), None
        )
        if outer is None or not outer.contents or any(start <= s.starts[k] < end for start, end in outer.contents):
            continue
        out.append(
            Attribution(
                _CITING, (s.starts[k], s.ends[k]), span_of(frame, source), list(outer.contents), (s.start, s.end),
                "citing", frame, None, k, source, list(outer.content_tokens), "citing",
            )
        )  # fmt: skip
    return out


_REPORTED = frozenset({"that", "clause", "left", "split", "quote"})


def _speaks(frame: Frame, source: tuple[int, int]) -> bool:
    """Whether what is cited can speak: somebody, or a document."""
    s = frame.s
    said = s.lower[source[0] : source[1]]
    named = any(s.tags[k] in ("NNP", "NNPS") for k in range(*source))
    return named or not nouns("anonymous").isdisjoint(said) or not nouns("documents").isdisjoint(said)


def noun_is_that(frame: Frame) -> list[Attribution]:
    """ "Beijing's position is that …", "the message from the ministry was that …"."""
    s = frame.s
    out: list[Attribution] = []
    for group in frame.groups:
        if not group.copula or group.negated or group.end >= s.n - 1 or s.lower[group.end] != "that":
            continue
        subject = noun_phrase_left(frame, group.start - 1) if group.start > 0 else None
        if subject is None:
            continue
        head = next((k for k in range(*subject) if s.lower[k] in statement_nouns() or s.lower[k] in LINES), None)
        if head is None:
            continue
        source = possessor(frame, head)
        if source is None and head + 2 < subject[1] and s.lower[head + 1] in ("of", "from", "by"):
            source = (head + 2, subject[1])
        if source is None:
            continue
        start = group.end + 1
        end = clause_end(frame, start, group)
        act, cameo = statement_nouns().get(s.lower[head], ("assert", "010"))
        row = CueRow(s.lower[head], (), act, cameo, "noun", frozenset("S"))
        out.append(
            Attribution(
                row, (s.starts[head], s.ends[group.end - 1]), span_of(frame, source), [span_of(frame, (start, end))],
                (s.start, s.end), "noun", frame, None, head, source, [(start, end)], "that",
            )
        )  # fmt: skip
    return out


LINES = frozenset(
    {
        "account",
        "reaction",
        "explanation",
        "conclusion",
        "view",
        "reading",
        "position",
        "line",
        "message",
        "verdict",
        "answer",
        "point",
        "case",
        "reply",
        "response",
        "stance",
        "version",
    }
)
