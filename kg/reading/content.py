"""The content of an attribution: what is said, to the right of the verb, to its left, or on both sides."""

from __future__ import annotations

from kg.reading.classify import phrases
from kg.reading.clauses import clause_end
from kg.reading.complements import bare_clause, clause, determiner_that, far_quotation, gap
from kg.reading.inversion import Subject
from kg.reading.leftward import left_content
from kg.reading.lexicons import CueRow, guarded_objects, nouns, words
from kg.reading.objects import before_verb, guarded, head_noun_at, noun_content, verb_at
from kg.reading.phrases import Frame
from kg.reading.rightward import noun_phrase_right, skip_adverbials_right
from kg.reading.said import Content
from kg.reading.subjects import passive_subject
from kg.reading.verbs import FINITE, GERUND, INFINITIVE, VerbGroup

_NOUN = ("NN", "NNS", "NNP", "NNPS", "PRP")
_ADDRESSEE_FIRST = frozenset({"tell", "remind", "inform", "assure", "notify", "convince", "persuade", "reassure"})
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
_ASKING = frozenset({"how", "why", "what", "whether"})
_ACCUSED = frozenset({"of", "for", "with", "over", "in"})


def find_content(frame: Frame, index: int, row: CueRow, subject: Subject | None) -> Content | None:
    """The content of the group `index`, as its row's frames allow; None when there is none, and then it is no
    attribution."""
    found = _content(frame, index, row, subject)
    if found is not None and found.form not in ("left", "split"):
        _stay_in_clause(frame, frame.groups[index], subject, found)
    return found


def _stay_in_clause(frame: Frame, group: VerbGroup, subject: Subject | None, found: Content) -> None:
    """Cuts the content of a subordinate or relative clause off before the main clause goes on."""
    s = frame.s
    if subject is None or not found.parts or found.parts[-1][0] < group.start:
        return
    if group.form == GERUND and subject.start > group.end:
        start, stop = found.parts[-1]
        cut = next((k for k in range(start + 1, stop) if s.tags[k] == "," and k + 1 >= subject.start - 2), stop)
        found.parts[-1] = (start, cut)
        return
    first = min(group.start, subject.start)
    before = first - 1
    while before >= 0 and s.tags[before][:2] == "RB":
        before -= 1
    subordinate = (
        before >= 0
        and s.lower[before] in words("subordinators")
        and (before == 0 or s.tags[before - 1] in (",", "CC", "RB"))
    )
    relative = subject.how == "relative"
    if not subordinate and not relative:
        return
    start, stop = found.parts[-1]
    for k in range(start + 1, stop - 1):
        closed = k + 2 < stop and s.tags[k + 1] == "''"
        main = s.tags[k] == "," and (
            verb_at(frame, k + 2 if closed else k + 1) if relative else _main_clause(frame, k + 1)
        )
        restrictive = relative and frame.group_at[k] >= 0 and _restrictive_end(frame, k, start, found.form)
        if main or restrictive:
            found.parts[-1] = (start, k + 2 if closed and main else k)
            return


def _main_clause(frame: Frame, p: int) -> bool:
    """Whether a subject and, as its verb, a finite one stand at `p`."""
    s = frame.s
    if p >= s.n or s.tags[p] in ("CC", "IN", "WDT", "WP", "VBG", "TO"):
        return False
    for k in range(p, min(p + 12, s.n)):
        at = frame.group_at[k]
        if at >= 0:
            return k > p and frame.groups[at].form == FINITE
        if s.tags[k] in (",", ".", ";", "Q", "WDT", "WP"):
            return False
    return False


def _restrictive_end(frame: Frame, k: int, start: int, form: str) -> bool:
    """Whether the finite verb at `k` is the main clause's: the content is a noun phrase and has no place for a verb."""
    group = frame.groups[frame.group_at[k]]
    if group.form != FINITE or group.start != k or form not in ("noun", "infinitive"):
        return False
    return (
        frame.s.lower[k - 1] not in ("that", "who", "which")
        and frame.s.tags[k - 1] not in ("PRP", "WP", "WDT")
        and k > start
    )


def _content(frame: Frame, index: int, row: CueRow, subject: Subject | None) -> Content | None:
    group = frame.groups[index]
    if (
        row.particle
        and row.kind == "speech"
        and not row.frames & {"S", "Q"}
        and any(tag == "Q" for tag in frame.s.tags)
    ):
        left = left_content(frame, group, subject)
        if left is not None and left.quoted:
            return left
    if row.frames & {"S", "Q"}:
        left = left_content(frame, group, subject)
        if left is not None:
            if left.quoted or left.form == "split" or (subject is not None and subject.how == "inverted"):
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
    behind = gap(frame, x, group, row, subject)
    if behind is not None:
        return behind
    if x >= n or (x == n - 1 and tags[x] == "."):
        waits = row.kind == "speech" and row.tier in ("core", "strong") and "S" in row.frames and not group.negated
        return Content([], "following") if waits and subject is not None and group.form == FINITE else None
    frames = row.frames
    if row.lemma in guarded_objects() and guarded(frame, x, row):
        return _complement(frame, x, group, row) if row.lemma == "call" else None
    if s.lower[x] == "that" and not frames & {"S", "A", "W"} and determiner_that(frame, x):
        tags[x] = "DT"
    if "A" in frames and group.lemma in _ADDRESSEE_FIRST:
        addressed = _after_addressee(frame, x, group, row)
        if addressed is not None:
            return addressed
    if row.particle and s.lower[x] in _ASKING and "N" in frames:
        return Content([(x, clause_end(frame, x, group))], "wh")
    direct = clause(frame, x, group, row)
    if direct is not None and frames & {"S", "Q", "A", "W"}:
        return direct
    if (
        "T" in frames
        and x < n
        and frame.group_at[x] >= 0
        and frame.groups[frame.group_at[x]].form == INFINITIVE
        and tags[x] in ("TO",)
    ):
        return Content([(x, before_verb(frame, x, clause_end(frame, x, group)))], "infinitive")
    if "A" in frames or "T" in frames:
        found = _after_addressee(frame, x, group, row)
        if found is not None:
            return found
    if frames & {"S", "Q"} and row.kind == "speech":
        far = far_quotation(frame, x, group)
        if far is not None:
            return far
    if frames & {"X", "Z"} and not ("Z" in frames and group.modal):
        accusation = _accusation(frame, x, group, row)
        if accusation is not None:
            return accusation
    if "C" in frames:
        complement = _complement(frame, x, group, row)
        if complement is not None:
            return complement
    if "P" in frames:
        return _put_at(frame, x, group)
    if frames & {"N", "X"} and "about" not in frames:
        return noun_content(frame, x, group, row)
    return None


def _put_at(frame: Frame, x: int, group: VerbGroup) -> Content | None:
    """ "put the toll at forty": an estimate."""
    s = frame.s
    stop = before_verb(frame, x, clause_end(frame, x, group))
    for k in range(x + 1, min(stop - 1, x + 14)):
        if s.lower[k] == "at" and any(
            s.tags[m] == "CD" or s.lower[m] in ("more", "less", "about", "fewer")
            for m in range(k + 1, min(k + 4, stop))
        ):
            cut = next((m for m in range(k, stop) if s.tags[m] == ","), stop)
            return Content([(x, cut)], "noun")
    return None


def _after_addressee(frame: Frame, x: int, group: VerbGroup, row: CueRow) -> Content | None:
    s = frame.s
    found = noun_phrase_right(frame, x)
    if found is None:
        return None
    y = skip_adverbials_right(frame, found[1])
    if y >= s.n:
        return None
    if "A" in row.frames:
        inner = clause(frame, y, group, row)
        if inner is not None:
            inner.addressee = found
            return inner
        if s.tags[found[0]] == "PRP" and found[1] - found[0] == 1 and bare_clause(frame, y):
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
        start = x
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
        if row.lemma == "blame" and s.lower[k] == "on" and k + 1 < s.n:
            stop = before_verb(frame, found[0], clause_end(frame, found[0], group))
            content = Content([(found[0], stop)], "accusation", addressee=None)
            content.features.add(f"object:{k + 1}:{stop}")
            return content
        if (s.lower[k] in _ACCUSED or (row.lemma == "warn" and s.lower[k] in ("against", "about"))) and not (
            s.lower[k] == "in" and row.lemma not in ("implicate",)
        ):
            stop = before_verb(frame, found[0], clause_end(frame, found[0], group))
            content = Content([(found[0], stop)], "accusation", addressee=None)
            content.features.add(f"object:{found[0]}:{k}")
            return content
    return None


def _complement(frame: Frame, x: int, group: VerbGroup, row: CueRow) -> Content | None:
    s = frame.s
    stop = before_verb(frame, x, clause_end(frame, x, group))
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
        if s.lower[x] in ("this", "that", "these", "those", "them") and y - x > 1:
            return Content([(x, stop)], "complement")
        adjective_last = _predicate(frame, x, y) or s.tags[stop - 1] == "JJ" or s.tags[found[1] - 1] == "JJ"
        if second or inside or adjective_last:
            return Content([(x, stop)], "complement")
        return None
    if row.lemma in _AS_VERBS:
        for k in range(x, min(stop, x + 25)):
            if s.lower[k] == "as" and k > x:
                return Content([(x, stop)], "complement")
    return None


def _predicate(frame: Frame, x: int, y: int) -> bool:
    """Whether a noun phrase holds two: "called the step naked protectionism", "called such sums charity"."""
    s = frame.s
    if s.tags[x] not in ("DT", "PRP$", "NNP", "JJ", "NNS"):
        return False
    for k in range(x + 1, y):
        noun = s.tags[k - 1] in ("NN", "NNS", "NNP")
        if noun and (s.tags[k] in ("JJ", "VBN") or (s.tags[k - 1] == "NNS" and s.tags[k] == "NN")):
            return True
        if noun and s.tags[k] in ("NN", "NNS") and k + 1 == y and phrases("blame", "words").search(s.lower[k]):
            return True
    return False


def _passive(frame: Frame, group: VerbGroup, row: CueRow, subject: Subject | None) -> Content | None:
    """ "X has been accused of …", "the claims were denied by Y", "it was reported that …", "is said to …"."""
    s = frame.s
    tags, lower = s.tags, s.lower
    x = skip_adverbials_right(frame, group.end)
    from_left = _left_noun(frame, group)
    if x < s.n and (subject is None or subject.start > x):
        if lower[x] == "that" and row.frames & {"S", "A"}:
            return Content([(x + 1, clause_end(frame, x + 1, group))], "that")
        if row.frames & {"X", "Z"} and lower[x] in _ACCUSED and from_left is not None:
            return Content([from_left, (x, clause_end(frame, x, group))], "accusation")
        if tags[x] == "TO" and frame.group_at[x] >= 0 and from_left is not None and row.frames & {"S", "T", "C"}:
            return Content([from_left, (x, clause_end(frame, x, group))], "infinitive")
        if "C" in row.frames and lower[x] in ("as",) and from_left is not None:
            return Content([from_left, (x, clause_end(frame, x, group))], "complement")
    if subject is not None and subject.end + 1 < s.n and lower[subject.end] == "that" and row.frames & {"S", "A"}:
        return Content([(subject.end + 1, clause_end(frame, subject.end + 1, group))], "that")
    if from_left is None:
        return None
    if subject is not None:
        rest = subject.end
        if (
            rest < s.n
            and row.frames & {"X", "Z"}
            and (lower[rest] in _ACCUSED or (lower[rest] == "on" and row.lemma == "blame"))
        ):
            return Content([from_left, (rest, clause_end(frame, rest, group))], "accusation")
        if rest < s.n and tags[rest] == "TO":
            return Content([from_left, (rest, clause_end(frame, rest, group))], "infinitive")
        if rest < s.n and lower[rest] == "as":
            return Content([from_left, (rest, clause_end(frame, rest, group))], "complement")
        return Content([from_left], "noun") if "N" in row.frames else None
    if row.act in ("deny", "confirm", "retract") and "N" in row.frames:
        return Content([from_left], "noun")
    return None


def _left_noun(frame: Frame, group: VerbGroup) -> tuple[int, int] | None:
    """The subject of a passive, who is accused or what is denied."""
    found = passive_subject(frame, frame.group_at[group.start])
    if found is None:
        return None
    return found.antecedent or (found.start, found.end)


def head_noun(frame: Frame, found: tuple[int, int]) -> int:
    """The token of the head noun of a noun phrase given as a token range."""
    return head_noun_at(frame, found)


def document_noun(word: str) -> bool:
    """Whether the noun names a document that can speak."""
    return word in nouns("documents")
