"""Content before its verb: "…, said Chan", and on both sides: "…, Chan said, …"."""

from __future__ import annotations

from kg.reading.clauses import clause_end
from kg.reading.inversion import Subject, short_answer, takes_clause
from kg.reading.lexicons import words
from kg.reading.phrases import Frame
from kg.reading.rightward import noun_phrase_right, skip_adverbials_right
from kg.reading.said import Content
from kg.reading.verbs import FINITE, GERUND, REDUCED, VerbGroup

_LONG = 6
"""From so many words on, what stands before ", X said" is a clause, though its verb may have been taken for a noun."""
_ADDRESSING = frozenset({"tell", "remind", "inform", "assure", "ask", "warn", "advise", "reassure", "notify"})
_NARRATOR = frozenset(
    {
        "while",
        "although",
        "though",
        "as",
        "after",
        "before",
        "when",
        "according",
        "which",
        "who",
        "whose",
        "during",
        "in",
    }
)


def left_content(frame: Frame, group: VerbGroup, subject: Subject | None) -> Content | None:
    """Content that stands, wholly or in part, before the verb and its speaker; None where the clause has another
    form."""
    s = frame.s
    tags = s.tags
    if (
        group.form != FINITE
        or (group.modal and group.modal not in ("would", "will", "'ll", "’ll"))
        or subject is None
        or group.negated
    ):
        return None
    first, after = group.start, group.end
    if subject.how == "inverted":
        after = subject.end
    elif subject.how in ("direct", "apposition"):
        first = subject.start
    else:
        return None
    as_reported = _as_reported(frame, group, first, after)
    if as_reported is not None:
        return as_reported
    before = first - 1
    joined = False
    while before >= 0 and tags[before] in ("RB", "CC"):
        joined = joined or tags[before] == "CC"
        before -= 1
    if joined and (before < 0 or tags[before] == ","):
        return None
    if before < 0 or tags[before] not in (",", "Q", "''", "--", "."):
        return None
    stop = before if tags[before] in (",", "--", ".") else before + 1
    start = _left_start(frame, stop)
    if start >= stop:
        return None
    quoted = any(tags[k] == "Q" for k in range(start, stop)) or tags[before] == "''"
    x = _to_comma(frame, _after_verb(frame, group, subject, after))
    end_of_sentence = x >= s.n or tags[x] in (".", "''", ";", ")")
    if not end_of_sentence and tags[x] not in (",", "--", "Q", ":", "IN", "WRB", "CC", "VBG"):
        if not (quoted and _plain_tail(frame, x)):
            return None
        end_of_sentence = True
    if not end_of_sentence and s.lower[x] == "that":
        return None
    finite = any(g.form == FINITE and start <= g.start < stop for g in frame.groups)
    long = end_of_sentence and tags[before] == "," and stop - start >= _LONG
    finite = finite or (long and tags[start] not in ("IN", "WRB", "VBG", "VBN", "TO", "RB"))
    subordinate = tags[start] in ("IN", "WRB") and s.lower[start] in words("subordinators")
    parts = [(start, stop)]
    if not end_of_sentence:
        more = _right_part(frame, group, x, quoted)
        if more is not None:
            parts.append(more)
    if end_of_sentence and not finite and not quoted and short_answer(frame, start, stop):
        return Content(parts, "left")
    if len(parts) > 1 and _fronted(frame, start, stop):
        return Content(parts[1:], "left", quoted=quoted)
    if not quoted and (not finite or subordinate) and len(parts) == 1 and not (finite and end_of_sentence):
        return None
    return Content(parts, "split" if len(parts) > 1 else "left", quoted=quoted)


def _to_comma(frame: Frame, x: int) -> int:
    """Behind a few words that say how or when, and hold no verb, the comma with which the content goes on."""
    s = frame.s
    if x >= s.n or s.tags[x][:2] not in ("RB", "JJ", "IN", "CD", "DT"):
        return x
    for k in range(x + 1, min(x + 5, s.n - 1)):
        if frame.group_at[k] >= 0 or s.tags[k] in (".", ";", "Q", ":", "WP", "WDT"):
            return x
        if s.tags[k] == ",":
            after = k + 1
            while after < s.n and s.tags[after][:2] == "RB":
                after += 1
            verb = frame.group_at[after] if after < s.n else -1
            return k if verb >= 0 and frame.groups[verb].form == FINITE else x
    return x


def _fronted(frame: Frame, start: int, stop: int) -> bool:
    """Whether what stands before is a participle that tells of the speaker: "Asked about it, Trump said, …"."""
    at = frame.group_at[start]
    if (
        at < 0
        or frame.groups[at].form not in (REDUCED, GERUND)
        or any(frame.s.tags[k] == "Q" for k in range(start, stop))
    ):
        return False
    return frame.s.lower[frame.groups[at].head] in _FRONTING


_FRONTING = frozenset(
    {"asked", "pressed", "questioned", "speaking", "addressing", "responding", "referring", "writing"}
)


def _as_reported(frame: Frame, group: VerbGroup, first: int, after: int) -> Content | None:
    """ "As the paper reported, …" and "…, as the paper reported"."""
    s = frame.s
    p = first - 1
    if p < 0 or s.lower[p] != "as":
        return None
    x = skip_adverbials_right(frame, after)
    if p <= 2 and x < s.n and s.tags[x] == "," and x + 1 < s.n:
        stop = clause_end(frame, x + 1, group)
        return Content([(x + 1, stop)], "left") if stop > x + 1 else None
    if p > 1 and s.tags[p - 1] == "," and (x >= s.n or s.tags[x] in (".", ",")):
        start = _left_start(frame, p - 1)
        return Content([(start, p - 1)], "left") if p - 1 > start else None
    return None


def _after_verb(frame: Frame, group: VerbGroup, subject: Subject, after: int) -> int:
    x = skip_adverbials_right(frame, after)
    x = skip_adverbials_right(frame, _skip_addressee(frame, x, group))
    if subject.how != "inverted":
        return x
    for _ in range(3):
        further = _skip_apposition(frame, x)
        if further == x:
            break
        x = further
    return x


def _plain_tail(frame: Frame, x: int) -> bool:
    """Whether nothing that could be content follows: no quotation, no verb with a subject of its own."""
    s = frame.s
    if s.lower[x] == "that" or any(s.tags[k] in ("Q", ":") for k in range(x, s.n)):
        return False
    if s.tags[x] in ("IN", "TO", "VBG", "JJ", "RB", "VBN", "WRB"):
        return True
    return not any(g.form == FINITE and g.start >= x for g in frame.groups)


def _right_part(frame: Frame, group: VerbGroup, x: int, quoted: bool) -> tuple[int, int] | None:
    s = frame.s
    if s.tags[x] == "Q":
        more = x
    elif s.tags[x] in (",", "--", ":"):
        more = x + 1
    else:
        return None
    if more >= s.n or (s.tags[x] != ":" and _own_clause(frame, more, quoted)):
        return None
    stop = clause_end(frame, more, group)
    return (more, stop) if stop > more else None


def _left_start(frame: Frame, stop: int) -> int:
    """Where the content before a postposed verb begins: the sentence, or after an introducing "But" or "and"."""
    tags = frame.s.tags
    start = 0
    for k in range(stop - 1, 0, -1):
        if tags[k] == "Q" and tags[k - 1] in (":", "--"):
            return k
        if tags[k] == ";":
            start = k + 1
            break
    while start < stop and tags[start] in ("CC", "''", ",", "--"):
        start += 1
    return start


def _own_clause(frame: Frame, p: int, quoted: bool) -> bool:
    """Whether what follows ", X said," is a clause of the narrator: a participle, a relative, "but …"."""
    s = frame.s
    if s.tags[p] == "Q":
        return False
    if s.tags[p] == "CC":
        at = frame.group_at[p + 1] if p + 1 < s.n else -1
        return at < 0 or quoted or frame.groups[at].form != FINITE or takes_clause(frame.groups[at].lemma)
    if s.tags[p] in ("VBG", "WP", "WDT", "WRB") or s.lower[p] in _NARRATOR:
        return True
    group = frame.group_at[p]
    if group >= 0 and frame.groups[group].form == GERUND:
        return True
    return quoted and not any(s.tags[k] == "Q" for k in range(p, s.n))


def _skip_addressee(frame: Frame, p: int, group: VerbGroup) -> int:
    if group.lemma in _ADDRESSING and p < frame.s.n and frame.s.tags[p] not in (",", ".", "Q"):
        found = noun_phrase_right(frame, p)
        if found is not None:
            return found[1]
    return p


def _skip_apposition(frame: Frame, x: int) -> int:
    """Behind the comma after an inverted speaker: the apposition or relative clause that describes him."""
    s = frame.s
    n, tags = s.n, s.tags
    starts = ("DT", "WP", "WDT", "NN", "NNS", "NNP", "JJ", "CD", "WP$", "PRP$", "RB")
    if x + 1 < n and tags[x] == "," and (tags[x + 1] in starts or s.lower[x + 1] in ("who", "which")):
        k = x + 1
        while k < n and tags[k] not in (",", ".", "Q", ";", "--"):
            if k > x + 1 and tags[k] == "PRP":
                return x
            k += 1
        relative = tags[x + 1] in ("WP", "WDT", "WP$") or s.lower[x + 1] == "which"
        if relative or not any(g.form == FINITE and x + 1 <= g.start < k for g in frame.groups):
            return k
    if x < n and s.lower[x] == "who":
        k = x
        while k < n and tags[k] not in (",", ".", "Q", ";", "--"):
            k += 1
        return k
    return x
