"""The content of an attribution: what is said, to the right of the verb, to its left, or on both sides."""

from __future__ import annotations

from kg.reading.clauses import clause_end
from kg.reading.leftward import left_content
from kg.reading.lexicons import CueRow, guarded_objects, nouns
from kg.reading.phrases import Frame, noun_phrase_right, skip_adverbials_right
from kg.reading.said import Content
from kg.reading.subjects import Subject
from kg.reading.verbs import FINITE, GERUND, INFINITIVE, VerbGroup

_NOUN = ("NN", "NNS", "NNP", "NNPS", "PRP")
_CLAUSE_WORDS = frozenset({"that", "how", "why", "what", "whether", "if", "when", "where", "who"})
_SHORT_ANSWERS = frozenset({"no", "yes", "so", "otherwise", "nothing", "little", "much", "as", "the", "this", "that"})
_AS_VERBS = frozenset(
    {
        "describe",
        "characterize",
        "characterise",
        "dismiss",
        "portray",
        "depict",
        "denounce",
        "hail",
        "reject",
        "condemn",
        "refer",
        "cast",
        "see",
        "view",
        "regard",
        "slam",
        "tout",
        "blast",
        "label",
        "praise",
        "decry",
        "identify",
        "criticize",
    }
)
_ACCUSED = frozenset({"of", "for", "with", "over", "in"})


def find_content(frame: Frame, index: int, row: CueRow, subject: Subject | None) -> Content | None:
    """The content of the group `index`, as its row's frames allow; None when there is none, and then it is no attribution."""
    group = frame.groups[index]
    if row.frames & {"S", "Q"}:
        left = left_content(frame, group, subject)
        if left is not None:
            if left.quoted or left.form == "split":
                return left
            right = _right(frame, index, row, subject)
            return (
                right if right is not None and right.form in ("that", "quote", "clause", "wh", "infinitive") else left
            )
    return _right(frame, index, row, subject)


def _right(frame: Frame, index: int, row: CueRow, subject: Subject | None) -> Content | None:
    s = frame.s
    group = frame.groups[index]
    tags, _lower, n = s.tags, s.lower, s.n
    p = group.end
    if subject is not None and subject.how == "inverted":
        p = subject.end
    if group.passive:
        return _passive(frame, group, row, subject)
    x = skip_adverbials_right(frame, p)
    if x >= n:
        return None
    frames = row.frames
    direct = _clause(frame, x, group, row)
    if direct is not None and frames & {"S", "Q", "A"}:
        return direct
    if (
        "T" in frames
        and x < n
        and frame.group_at[x] >= 0
        and frame.groups[frame.group_at[x]].form == INFINITIVE
        and tags[x] in ("TO",)
    ):
        return Content([(x, clause_end(frame, x, group))], "infinitive")
    if "A" in frames or "T" in frames:
        found = _after_addressee(frame, x, group, row)
        if found is not None:
            return found
    if "X" in frames:
        accusation = _accusation(frame, x, group, row)
        if accusation is not None:
            return accusation
    if "C" in frames:
        complement = _complement(frame, x, group, row)
        if complement is not None:
            return complement
    if frames & {"N", "X"} and "about" not in frames:
        return _noun(frame, x, group, row)
    return None


def _clause(frame: Frame, x: int, group: VerbGroup, row: CueRow) -> Content | None:
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
    if lower[x] in _CLAUSE_WORDS:
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
        start = x + 1 if lower[x] == "that" else x
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
    if row.lemma in ("say", "answer", "reply", "respond") and lower[x] in _SHORT_ANSWERS:
        return Content([(x, clause_end(frame, x, group))], "noun")
    # a bare clause: a subject and a finite verb before any punctuation
    bare = _bare_clause(frame, x)
    if bare:
        return Content([(x, clause_end(frame, x, group))], "clause")
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


def _behind_parenthesis(frame: Frame, x: int) -> int | None:
    """Where a clause begins behind a parenthesis: "says, win or lose, he stays", "said — on Monday — that …"."""
    s = frame.s
    mark = s.tags[x]
    for k in range(x + 1, min(x + 14, s.n - 1)):
        if s.tags[k] == mark:
            if s.lower[k + 1] == "that":
                return k + 2 if k + 2 < s.n else None
            if mark == "," and not _bare_clause(frame, k + 1):
                return None
            return x + 1 if mark == "," else k + 1
        if (
            frame.group_at[k] >= 0
            and frame.groups[frame.group_at[k]].form in (GERUND, FINITE)
            and mark == ","
            and s.lower[x + 1] not in ("if", "when", "as", "win")
        ):
            return None
    return None


def _bare_clause(frame: Frame, x: int) -> bool:
    s = frame.s
    k = x
    seen_noun = False
    while k < s.n and k - x < 40:
        group = frame.group_at[k]
        if group >= 0:
            found = frame.groups[group]
            if found.form == FINITE:
                return seen_noun and found.sure and s.lower[max(found.start - 1, 0)] not in ("who", "which", "that")
            if found.form == INFINITIVE:
                return False
            k = found.end
            continue
        tag = s.tags[k]
        if tag in (".", ":", ";", "--"):
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
        if tag in _NOUN or tag in ("DT", "EX", "CD", "Q"):
            seen_noun = True
        k += 1
    return False


def _after_addressee(frame: Frame, x: int, group: VerbGroup, row: CueRow) -> Content | None:
    s = frame.s
    found = noun_phrase_right(frame, x)
    if found is None:
        return None
    y = skip_adverbials_right(frame, found[1])
    if y >= s.n:
        return None
    if "A" in row.frames:
        inner = _clause(frame, y, group, row)
        if inner is not None:
            inner.addressee = found
            return inner
        if s.tags[found[0]] == "PRP" and found[1] - found[0] == 1 and _bare_clause(frame, y):
            return Content([(y, clause_end(frame, y, group))], "clause", addressee=found)
        if s.lower[y] in ("about", "of") and row.lemma in (
            "tell",
            "inform",
            "ask",
            "remind",
            "warn",
            "brief",
            "assure",
        ):
            return Content([(y, clause_end(frame, y, group))], "noun", addressee=found)
    if ("T" in row.frames or row.lemma in ("tell",)) and s.tags[y] == "TO" and frame.group_at[y] >= 0:
        start = x if row.lemma not in ("tell", "ask", "urge", "warn", "advise", "instruct", "order", "remind") else x
        return Content([(start, clause_end(frame, start, group))], "infinitive", addressee=found)
    return None


def _accusation(frame: Frame, x: int, group: VerbGroup, row: CueRow) -> Content | None:
    """ "accused X of …", "blamed X for …": content is the object with what follows."""
    s = frame.s
    found = noun_phrase_right(frame, x)
    if found is None:
        return None
    # the preposition may lie inside the phrase: "blamed Iran for the attack"
    for k in range(found[0] + 1, min(found[1] + 3, s.n)):
        if s.lower[k] in _ACCUSED and not (s.lower[k] == "in" and row.lemma not in ("implicate",)):
            content = Content([(found[0], clause_end(frame, found[0], group))], "accusation", addressee=None)
            content.features.add(f"object:{found[0]}:{k}")
            return content
    return None


def _complement(frame: Frame, x: int, group: VerbGroup, row: CueRow) -> Content | None:
    s = frame.s
    stop = clause_end(frame, x, group)
    if stop <= x:
        return None
    if row.lemma in (
        "call",
        "label",
        "brand",
        "dub",
        "term",
        "declare",
        "consider",
        "name",
        "pronounce",
        "proclaim",
        "judge",
    ):
        if s.lower[x] in ("for", "on", "upon", "off", "in", "up", "into", "back", "to"):
            return None
        if s.lower[x] == "it" and stop - x > 1:
            return Content([(x, stop)], "complement")
        found = noun_phrase_right(frame, x)
        if found is None:
            return None
        y = found[1]
        second = y < stop and s.tags[y] in (
            "DT",
            "JJ",
            "``",
            "Q",
            "''",
            "RB",
            "NN",
            "NNP",
            "VBN",
            "JJS",
            "JJR",
            "PRP$",
            "CD",
            "VBG",
        )
        inside = any(s.tags[k] in ("``", "Q") for k in range(x + 1, min(stop, x + 14))) or (
            stop - x >= 3 and s.tags[x] == "PRP"
        )
        adjective_last = s.tags[stop - 1] in ("JJ",)
        if second or inside or adjective_last:
            return Content([(x, stop)], "complement")
        return None
    if row.lemma in _AS_VERBS:
        for k in range(x, min(stop, x + 25)):
            if s.lower[k] == "as" and k > x:
                return Content([(x, stop)], "complement")
    return None


def _noun(frame: Frame, x: int, group: VerbGroup, row: CueRow) -> Content | None:
    s = frame.s
    if s.tags[x] in (",", ".", "CC", "--", ";", ")", ":", "IN", "TO", "WRB", "WDT") and not (
        s.lower[x] in ("about",) and row.particle
    ):
        return None
    if frame.group_at[x] >= 0 and frame.groups[frame.group_at[x]].form != GERUND:
        return None
    found = noun_phrase_right(frame, x)
    if found is None and not (frame.group_at[x] >= 0):
        return None
    stop = clause_end(frame, x, group)
    if stop <= x:
        return None
    if found is not None:
        guarded = guarded_objects().get(row.lemma)
        if guarded:
            head = _head(frame, found)
            if s.lower[head] in guarded or (head + 1 < found[1] and s.lower[found[0]] in guarded):
                return None
    return Content([(x, stop)], "noun")


def _head(frame: Frame, found: tuple[int, int]) -> int:
    """The head noun of a noun phrase: its last noun before any preposition."""
    s = frame.s
    head = found[0]
    for k in range(*found):
        if s.tags[k] in ("IN", "TO", "CC", ",", "("):
            break
        if s.tags[k] in _NOUN:
            head = k
    return head


def _passive(frame: Frame, group: VerbGroup, row: CueRow, subject: Subject | None) -> Content | None:
    """ "X has been accused of …", "the claims were denied by Y", "it was reported that …", "is said to …"."""
    s = frame.s
    tags, lower = s.tags, s.lower
    x = skip_adverbials_right(frame, group.end)
    from_left = _left_noun(frame, group)
    if x < s.n and (subject is None or subject.start > x):
        if lower[x] == "that" and row.frames & {"S", "A"}:
            return Content([(x + 1, clause_end(frame, x + 1, group))], "that")
        if "X" in row.frames and lower[x] in _ACCUSED and from_left is not None:
            return Content([from_left, (x, clause_end(frame, x, group))], "accusation")
        if tags[x] == "TO" and frame.group_at[x] >= 0 and from_left is not None and row.frames & {"S", "T", "C"}:
            return Content([from_left, (x, clause_end(frame, x, group))], "infinitive")
        if "C" in row.frames and lower[x] in ("as",) and from_left is not None:
            return Content([from_left, (x, clause_end(frame, x, group))], "complement")
    if from_left is None:
        return None
    if subject is not None:
        rest = subject.end
        if rest < s.n and "X" in row.frames and lower[rest] in _ACCUSED:
            return Content([from_left, (rest, clause_end(frame, rest, group))], "accusation")
        if rest < s.n and tags[rest] == "TO":
            return Content([from_left, (rest, clause_end(frame, rest, group))], "infinitive")
        if rest < s.n and lower[rest] == "as":
            return Content([from_left, (rest, clause_end(frame, rest, group))], "complement")
        return Content([from_left], "noun")
    if row.act in ("deny", "confirm", "retract") and "N" in row.frames:
        return Content([from_left], "noun")
    return None


def _left_noun(frame: Frame, group: VerbGroup) -> tuple[int, int] | None:
    from kg.reading.phrases import noun_phrase_left, skip_adverbs_left  # noqa: PLC0415

    p = skip_adverbs_left(frame.s, group.start - 1)
    if p < 0:
        return None
    if frame.s.lower[p] in ("who", "which", "that") and p > 0:
        p -= 1
        if frame.s.tags[p] == ",":
            p -= 1
    return noun_phrase_left(frame, p) if p >= 0 else None


def head_noun(frame: Frame, found: tuple[int, int]) -> int:
    """The token of the head noun of a noun phrase given as a token range."""
    return _head(frame, found)


def document_noun(word: str) -> bool:
    """Whether the noun names a document that can speak."""
    return word in nouns("documents")
