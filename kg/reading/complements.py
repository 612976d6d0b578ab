"""Clauses and quotations to the right of a verb of speech."""

from __future__ import annotations

from kg.reading.clauses import clause_end
from kg.reading.inversion import Subject
from kg.reading.lexicons import CueRow, nouns, words
from kg.reading.phrases import Frame, noun_phrase_left
from kg.reading.said import Content
from kg.reading.verbs import FINITE, GERUND, INFINITIVE, VerbGroup

_NOUN = ("NN", "NNS", "NNP", "NNPS", "PRP")
_CLAUSE_WORDS = frozenset({"that", "how", "why", "what", "whether", "if", "when", "where", "who"})
_SHORT_ANSWERS = frozenset({"no", "yes", "so", "otherwise", "nothing", "little", "much", "as", "the", "this", "that"})


def clause(frame: Frame, x: int, group: VerbGroup, row: CueRow) -> Content | None:
    s = frame.s
    tags, lower, n = s.tags, s.lower, s.n
    if x >= n:
        return None
    if tags[x] in (":", ",") and x + 1 < n and tags[x + 1] in ("Q", "``", "''"):
        return Content([(x + 1, clause_end(frame, x + 1, group))], "quote", quoted=True)
    if tags[x] == ":" and x + 1 >= n:
        return Content([], "next")
    if tags[x] == ":" and x + 1 < n:
        return Content([(x + 1, clause_end(frame, x + 1, group))], "quote")
    if tags[x] == "Q":
        return Content([(x, clause_end(frame, x, group))], "quote", quoted=True)
    if "Q" in row.frames and "S" not in row.frames:
        return None
    if lower[x] == "that" and determiner_that(frame, x):
        tags[x] = "DT"
        return None
    if lower[x] in _CLAUSE_WORDS and not (lower[x] == "who" and row.lemma == "say"):
        if lower[x] in ("if", "when", "where", "who") and row.tier not in ("core", "strong"):
            return None
        if lower[x] in ("when", "who", "where") and row.lemma not in (
            "explain",
            "say",
            "ask",
            "tell",
            "describe",
            "reveal",
            "disclose",
            "wonder",
            "question",
            "know",
        ):
            return None
        pronoun = lower[x] == "that" and x + 1 < n and frame.group_at[x + 1] >= 0
        pronoun = pronoun and frame.groups[frame.group_at[x + 1]].copula
        start = x + 1 if lower[x] == "that" and not pronoun else x
        if start < n and tags[start] == "," and lower[x] == "that":
            start += 1
        stop = clause_end(frame, start, group)
        if stop > start:
            return Content([(start, stop)], "that" if lower[x] == "that" else "wh")
    if tags[x] in (",", "--") and row.kind == "speech":
        inner = _behind_parenthesis(frame, x)
        if inner is not None:
            return Content([(inner, clause_end(frame, inner, group))], "clause")
    if tags[x] in (",", ".", "CC", "--", ";", ")"):
        return None
    if not row.frames & {"S"}:
        return None
    if row.lemma == "say" and lower[x] in ("nothing", "little", "no"):
        return Content([(x, clause_end(frame, x, group))], "noun")
    # a bare clause: a subject and a finite verb before any punctuation
    bare = bare_clause(frame, x) or (row.lemma == "say" and _sayable(frame, x))
    if bare and not (row.kind == "finding" and _participle_only(frame, x)):
        return Content([(x, clause_end(frame, x, group))], "clause")
    if row.lemma in ("say", "answer", "reply", "respond") and lower[x] in _SHORT_ANSWERS:
        return Content([(x, clause_end(frame, x, group))], "noun")
    if (
        row.lemma
        in (
            "say",
            "deny",
            "admit",
            "acknowledge",
            "report",
            "suggest",
            "recommend",
            "mention",
            "confirm",
            "recall",
            "announce",
            "propose",
        )
        and frame.group_at[x] >= 0
        and frame.groups[frame.group_at[x]].form == GERUND
    ):
        return Content([(x, clause_end(frame, x, group))], "gerund")
    return None


def _participle_only(frame: Frame, x: int) -> bool:
    """Whether the first verb behind "find" is only a participle: "found particles enriched to 84 percent"."""
    s = frame.s
    first = next((g for g in frame.groups if g.start >= x and g.form == FINITE), None)
    if first is None or first.start != first.head or not s.lower[first.head].endswith("ed"):
        return False
    return first.end < s.n and s.tags[first.end] in ("IN", "TO")


def _sayable(frame: Frame, x: int) -> bool:
    """Whether what stands behind "say" can only be what is said, although no verb was found in it: a noun phrase and
    more, to the sentence's end. Nouns alone are seldom said."""
    s = frame.s
    if s.tags[x] not in _SAYABLE or s.n - x < 4:
        return False
    if s.tags[x] != "IN":
        return True
    return (
        s.lower[x] in _SETTING
        and "that" not in s.lower[x:]
        and any(s.tags[k] == "," for k in range(x + 2, min(x + 12, s.n)))
    )


_SETTING = frozenset(
    {"despite", "if", "when", "in", "under", "at", "on", "with", "because", "while", "after", "before"}
)
_SAYABLE = frozenset({"DT", "NN", "NNS", "NNP", "NNPS", "JJ", "PRP$", "CD", "EX", "PRP", "``", "IN"})


def determiner_that(frame: Frame, x: int) -> bool:
    """Whether "that" at `x` points to a noun ("that accusation") and introduces no clause: no finite verb follows."""
    s = frame.s
    if x + 2 < s.n and s.tags[x + 1] == "," and s.tags[x + 2] not in ("CC", "VBG", "Q", "``", "WDT", "WP"):
        return not any(g.form == FINITE and g.start > x for g in frame.groups) or frame.group_at[x + 2] >= 0
    if x + 1 >= s.n or s.tags[x + 1] not in ("NN", "JJ"):
        return x + 1 >= s.n or s.tags[x + 1] in (".", ",", ";")
    for k in range(x + 1, s.n):
        at = frame.group_at[k]
        if at >= 0 and frame.groups[at].form == FINITE:
            return False
        if s.tags[k] in (",", ".", ";", "--", "WDT"):
            break
    return True


def gap(frame: Frame, x: int, group: VerbGroup, row: CueRow, subject: Subject | None) -> Content | None:
    """ "a plan that he said was dropped", "which he denied": the content is, or begins with, what stands before the
    speaker."""
    s = frame.s
    if subject is None or subject.how != "direct" or subject.start == 0:
        return None
    p = subject.start - 1
    pronoun = s.lower[p] in ("that", "which", "who", "whom", "what") or (p == 0 and s.lower[0] == "this")
    nominal = (
        s.tags[p] in ("NN", "NNS", "NNP", "NNPS") and frame.group_at[p] < 0 and s.lower[p] not in words("time_nouns")
    )
    if not pronoun and not nominal:
        return None
    if (
        pronoun
        and s.lower[p] == "that"
        and (p == 0 or s.tags[p - 1] not in ("NN", "NNS", "NNP", ",") or frame.group_at[p - 1] >= 0)
    ):
        return None
    first = (p, p + 1) if pronoun else noun_phrase_left(frame, p)
    if first is None:
        return None
    at = frame.group_at[x] if x < s.n else -1
    if at >= 0 and frame.groups[at].start == x and frame.groups[at].form == FINITE and "S" in row.frames:
        return Content([first, (x, clause_end(frame, x, group))], "gap")
    if not row.frames & {"N", "X", "C"}:
        return None
    empty = (
        x >= s.n
        or s.tags[x] in (",", ".", "IN", "TO", "CC", "--", ";", ")", ":", "RB", "WRB", "''")
        or (at >= 0 and frame.groups[at].start == x)
    )
    if ("C" in row.frames and x < s.n and s.tags[x] in ("``", "Q", "DT", "JJ")) or s.lower[min(x, s.n - 1)] == "as":
        return Content([first, (x, clause_end(frame, x, group))], "gap")
    fronted = p <= 3 and first[0] == 0 and row.act in ("deny", "confirm", "acknowledge") and s.tags[0] in ("DT", "IN")
    if (pronoun or fronted) and empty and not (x < s.n and s.lower[x] in ("that", "to")):
        return Content([first], "gap")
    return None


def far_quotation(frame: Frame, x: int, group: VerbGroup) -> Content | None:
    """Content behind phrases that say where: "said on the radio that …", "wrote in the paper: …"."""
    s = frame.s
    if s.tags[x] not in ("IN", "TO"):
        return None
    aside = _aside(frame, x)
    if aside is not None:
        return Content([(aside, clause_end(frame, aside, group))], "that")
    for k in range(x + 1, min(x + 16, s.n - 1)):
        if (
            s.lower[k] == "that"
            and k > x + 1
            and (s.tags[k - 1] in ("NN", "NNS", "NNP", "NNPS", "CD") or s.lower[k - 1] in nouns("venues"))
        ):
            return Content([(k + 1, clause_end(frame, k + 1, group))], "that")
        if s.tags[k] == ":" or (s.tags[k] == "," and s.tags[k + 1] in ("Q", "``")):
            return Content([(k + 1, clause_end(frame, k + 1, group))], "quote", quoted=s.tags[k + 1] == "Q")
        if s.tags[k] == "Q":
            return Content([(k, clause_end(frame, k, group))], "quote", quoted=True)
        if (frame.group_at[k] >= 0 and frame.groups[frame.group_at[k]].form in (FINITE, INFINITIVE)) or s.tags[k] in (
            ",",
            ";",
            "--",
            "CC",
        ):
            return None
    return None


def _aside(frame: Frame, x: int) -> int | None:
    """Where the clause begins behind a place or a relative clause that a comma ends: "said in Madison, Wisconsin,
    that …"."""
    s = frame.s
    for k in range(x + 1, min(x + 24, s.n - 2)):
        if s.tags[k] == "," and s.lower[k + 1] == "that" and not determiner_that(frame, k + 1):
            return k + 2
        if s.tags[k] in ("Q", ":", ";", "--", "."):
            return None
    return None


def _behind_parenthesis(frame: Frame, x: int) -> int | None:
    """Where a clause begins behind a parenthesis: "says, win or lose, he stays", "said — on Monday — that …"."""
    s = frame.s
    mark = s.tags[x]
    for k in range(x + 1, min(x + 14, s.n - 1)):
        if s.tags[k] == mark:
            if s.lower[k + 1] == "that" and k + 2 < s.n:
                return k + 2
            if s.tags[k + 1] in ("Q", "``"):
                return k + 1
            if mark == "," and not bare_clause(frame, k + 1):
                return None
            return x + 1 if mark == "," else k + 1
        if (
            frame.group_at[k] >= 0
            and frame.groups[frame.group_at[k]].form == FINITE
            and mark == ","
            and s.lower[x + 1] not in ("if", "when", "as", "win")
        ):
            return None
    return None


def bare_clause(frame: Frame, x: int) -> bool:
    s = frame.s
    k = x
    seen_noun = False
    seen_for = s.lower[x] == "for"
    while k < s.n and k - x < 40:
        group = frame.group_at[k]
        if group >= 0:
            found = frame.groups[group]
            if found.form == FINITE:
                return seen_noun and found.sure and s.lower[max(found.start - 1, 0)] not in ("who", "which", "that")
            if found.form == INFINITIVE and (k == x or not seen_for):
                return False
            k = found.end
            continue
        tag = s.tags[k]
        if tag in (".", ":", ";", "--") or (s.lower[k] == "that" and k > x and s.tags[x] == "IN"):
            return False
        if tag == "Q" and seen_noun:
            return True
        if tag == "," and not seen_noun:
            pass
        elif tag == ",":
            # a parenthesis inside the subject is allowed once
            nxt = k + 1
            while nxt < s.n and s.tags[nxt] not in (",", ".", ";", ":"):
                nxt += 1
            if nxt < s.n and s.tags[nxt] == "," and nxt - k < 15:
                k = nxt + 1
                continue
            return False
        if s.lower[k] in ("who", "which", "whose", "while", "after", "because") and seen_noun:
            # a relative clause: jump over its verb
            inner = k + 1
            while inner < s.n and frame.group_at[inner] < 0 and s.tags[inner] not in (",", "."):
                inner += 1
            if inner < s.n and frame.group_at[inner] >= 0:
                k = frame.groups[frame.group_at[inner]].end
                continue
            return False
        if tag in _NOUN or tag in ("DT", "EX", "CD", "Q") or s.lower[k] in ("more", "most", "many", "few", "much"):
            seen_noun = True
        k += 1
    return False
