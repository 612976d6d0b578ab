"""The content of an attribution: what is said, to the right of the verb, to its left, or on both sides."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.reading.lexicons import CueRow, cue_rows, guarded_objects, nouns, words
from kg.reading.phrases import Frame, noun_phrase_right, skip_adverbials_right
from kg.reading.subjects import Subject
from kg.reading.verbs import FINITE, GERUND, INFINITIVE, VerbGroup

_NOUN = ("NN", "NNS", "NNP", "NNPS", "PRP")
_CLAUSE_WORDS = frozenset({"that", "how", "why", "what", "whether", "if", "when", "where", "who"})
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


@dataclass(slots=True)
class Content:
    """Token ranges of the content, and the form it was found in.

    form is one of: quote, that, clause, infinitive, noun, complement, accusation, left, split.
    """

    parts: list[tuple[int, int]]
    form: str
    addressee: tuple[int, int] | None = None
    quoted: bool = False
    features: set[str] = field(default_factory=set)


def find_content(frame: Frame, index: int, row: CueRow, subject: Subject | None) -> Content | None:
    """The content of the group `index`, as its row's frames allow; None when there is none, and then it is no attribution."""
    group = frame.groups[index]
    if row.frames & {"S", "Q"}:
        left = _left(frame, group, subject)
        if left is not None:
            return left
    return _right(frame, index, row, subject)


def _left(frame: Frame, group: VerbGroup, subject: Subject | None) -> Content | None:
    """Content before "…, said Chan" or "…, Chan said, …"."""
    s = frame.s
    tags = s.tags
    if group.form != FINITE or group.modal or (group.passive and subject is None):
        return None
    first = group.start
    after = group.end
    if subject is not None and subject.how == "inverted":
        after = subject.end
    elif subject is not None and subject.how in ("direct", "apposition"):
        first = subject.start
    else:
        return None
    before = first - 1
    while before >= 0 and tags[before] in ("RB", "CC"):
        before -= 1
    if before < 0 or tags[before] not in (",", "Q", "''", "--", "."):
        return None
    # the comma after a fronted adverbial begins no content
    x = skip_adverbials_right(frame, after)
    x = _skip_addressee(frame, x, group)
    x = skip_adverbials_right(frame, x)
    if subject is not None and subject.how == "inverted":
        x = _skip_apposition(frame, x)
    end_of_sentence = x >= s.n or tags[x] in (".", "''", ";", ")")
    comma = x < s.n and tags[x] in (",", "--", "Q", ":", "IN", "WRB", "CC", "VBG")
    if not end_of_sentence and not comma:
        return None
    stop = before if tags[before] in (",", "--", ".") else before + 1
    start = _left_start(frame, stop)
    if start >= stop:
        return None
    has_quote = any(tags[k] == "Q" for k in range(start, stop)) or tags[before] == "''"
    finite = any(g.form == FINITE and start <= g.start < stop for g in frame.groups)
    if not has_quote and not finite:
        return None
    if (
        not has_quote
        and tags[start] in ("IN", "WRB")
        and s.lower[start] in words("subordinators")
        and not end_of_sentence
    ):
        return None
    content = Content([(start, stop)], "left", quoted=has_quote)
    if x < s.n and tags[x] in (",", "--", "Q") and not end_of_sentence:
        more = x if tags[x] == "Q" else x + 1
        if more < s.n and (tags[more] == "Q" or not _own_clause(frame, more, has_quote)):
            stop_right = clause_end(frame, more, group)
            if stop_right > more:
                content.parts.append((more, stop_right))
                content.form = "split"
    elif x < s.n and tags[x] == ":" and x + 1 < s.n:
        content.parts.append((x + 1, clause_end(frame, x + 1, group)))
        content.form = "split"
    return content


def _left_start(frame: Frame, stop: int) -> int:
    """Where the content before a postposed verb begins: the sentence, or after an introducing "But" or "and"."""
    tags = frame.s.tags
    start = 0
    while start < stop and tags[start] in ("CC", "''", ",", "--"):
        start += 1
    return start


def _own_clause(frame: Frame, p: int, quoted: bool) -> bool:
    """Whether what follows ", X said," is a clause of the narrator: a participle, a relative, "but …"."""
    s = frame.s
    if s.tags[p] == "Q":
        return False
    if s.tags[p] in ("VBG", "WP", "WDT", "CC", "WRB") or s.lower[p] in (
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
    ):
        return True
    group = frame.group_at[p]
    if group >= 0 and frame.groups[group].form == GERUND:
        return True
    return quoted and not any(s.tags[k] == "Q" for k in range(p, s.n))


def _skip_addressee(frame: Frame, p: int, group: VerbGroup) -> int:
    if (
        group.lemma in ("tell", "remind", "inform", "assure", "ask", "warn", "advise", "reassure", "notify")
        and p < frame.s.n
        and frame.s.tags[p] not in (",", ".", "Q")
    ):
        found = noun_phrase_right(frame, p)
        if found is not None:
            return found[1]
    return p


def _skip_apposition(frame: Frame, x: int) -> int:
    """Behind the comma after an inverted speaker: the apposition or relative clause that describes him."""
    s = frame.s
    n, tags = s.n, s.tags
    if (
        x < n
        and tags[x] == ","
        and x + 1 < n
        and (
            tags[x + 1] in ("DT", "WP", "WDT", "NN", "NNP", "JJ", "CD", "WP$", "PRP$")
            or s.lower[x + 1] in ("who", "which")
        )
    ):
        k = x + 1
        while k < n and tags[k] not in (",", ".", "Q", ";", "--"):
            if k > x + 1 and tags[k] == "PRP":
                return x
            k += 1
        if tags[x + 1] in ("WP", "WDT", "WP$") or not any(
            g.form == FINITE and x + 1 <= g.start < k for g in frame.groups
        ):
            return k
    if x < n and (tags[x] in ("WP",) or s.lower[x] == "who"):
        k = x
        while k < n and tags[k] not in (",", ".", "Q", ";", "--"):
            k += 1
        return k
    return x


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
    if tags[x] == ":" and x + 1 < n:
        return Content([(x + 1, clause_end(frame, x + 1, group))], "quote")
    if tags[x] == "Q":
        return Content([(x, clause_end(frame, x, group))], "quote", quoted=True)
    if "Q" in row.frames and "S" not in row.frames:
        return None
    if lower[x] in _CLAUSE_WORDS:
        if lower[x] in ("if", "when", "where", "who") and row.tier not in ("core",):
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
    if tags[x] in (",", ".", "CC", "--", ";", ")"):
        return None
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


def clause_end(frame: Frame, start: int, group: VerbGroup) -> int:
    """Where the content that begins at `start` ends: the sentence, unless another speaker or a contrast takes over before."""
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
    return rows is not None and any(row.tier in ("core", "strong") for row in rows)


def _any_report(frame: Frame, start: int, end: int) -> bool:
    return any(start <= g.start < end and g.form == FINITE and _reports(frame, i) for i, g in enumerate(frame.groups))


def _speech_follows(frame: Frame, p: int, group: VerbGroup, contrast: frozenset[str]) -> bool:
    """Whether, behind a comma, the narrator speaks again: "…, he said", "…, adding that", "…, but the ministry denied"."""
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
    return _postposed(frame, p)


def _own_report(frame: Frame, p: int, near: bool = False) -> bool:
    """Whether a subject and, as its verb, one of speech follow."""
    s = frame.s
    for k in range(p, min(p + (10 if near else 20), s.n)):
        at = frame.group_at[k]
        if at >= 0:
            return frame.groups[at].form == FINITE and _reports(frame, at)
        if s.tags[k] in (",", ".", ";", "Q"):
            return False
    return False


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


def head_noun(frame: Frame, found: tuple[int, int]) -> int:
    """The token of the head noun of a noun phrase given as a token range."""
    return _head(frame, found)


def document_noun(word: str) -> bool:
    """Whether the noun names a document that can speak."""
    return word in nouns("documents")
