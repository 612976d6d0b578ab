"""What the rules know of an attribution, as the names of features that hold; `kg.reading.confidence` weighs them."""

from __future__ import annotations

from kg.reading.attribution import Attribution
from kg.reading.clauses import embedded
from kg.reading.lexicons import cue_rows, nouns, statement_nouns, words
from kg.reading.phrases import skip_adverbs_left
from kg.reading.sources import head_of
from kg.reading.verbs import INFINITIVE, VerbGroup

_SECOND = frozenset({"you", "your"})
_THIRD = frozenset({"he", "she", "it", "they"})
_VAGUE = frozenset(
    {"anyone", "someone", "nobody", "everyone", "everybody", "anybody", "one", "no-one", "people", "none", "those"}
)
_CONDITION = frozenset({"if", "whether", "unless", "when", "until", "once", "how", "why", "what", "where"})
_ASPECT = frozenset(
    {
        "continue",
        "go",
        "begin",
        "want",
        "try",
        "seem",
        "appear",
        "tend",
        "have",
        "like",
        "need",
        "refuse",
        "decline",
        "plan",
        "expect",
        "be",
    }
)


def features(found: Attribution) -> list[str]:
    """Names of the features that hold of an attribution, each once.

    An attribution that is the whole content of another one has the features that it would have alone.
    """
    tier, form = found.row.tier, found.content_form
    out = [
        "tier:" + tier,
        "kind:" + found.row.kind,
        "construct:" + found.construct,
        "form:" + form,
        f"tier+form:{tier}+{form}",
        f"tier+construct:{tier}+{found.construct}",
    ]
    out += [feature for feature in found.features if feature in ("quoted", "continued") or feature.startswith("how:")]
    if found.row.particle:
        out.append("particle")
    if found.addressee is not None:
        out.append("addressee")
    _source(found, out)
    _content(found, out)
    if found.group is not None:
        _verb(found, found.group, out)
    s = found.frame.s
    if s.n and s.lower[s.n - 1] == "?":
        out.append("question")
    if s.quoted:
        out.append("sentence quotes")
    if found.paragraph == 0:
        out.append("first paragraph")
    return out


def _source(found: Attribution, out: list[str]) -> None:
    if found.source_tokens is None:
        out.append("no source")
        return
    first, last = found.antecedent or found.source_tokens
    s = found.frame.s
    head = head_of(found.frame, first, last)
    word, tag = s.lower[head], s.tags[head]
    if found.antecedent is not None:
        out.append("source:relative")
    if word in words("first_person"):
        kind = "first person"
    elif word in _SECOND:
        kind = "second person"
    elif word in _VAGUE:
        kind = "vague"
    elif word in _THIRD:
        kind = "it" if word == "it" else "third person"
    elif tag in ("NNP", "NNPS"):
        kind = "name"
    elif word in nouns("abstract"):
        kind = "abstract"
    elif word in nouns("documents"):
        kind = "document"
    elif word in nouns("organisations"):
        kind = "organisation"
    elif word in nouns("anonymous") or word in nouns("roles") or word in nouns("spokespeople"):
        kind = "role"
    elif tag == "NNS":
        kind = "plural"
    elif tag == "CD":
        kind = "number"
    else:
        kind = "other " + ("pronoun" if tag in ("PRP", "DT", "WP") else "noun")
    out.append("source:" + kind)
    out.append(f"source+kind:{kind}+{found.row.kind}")
    length = last - first
    out.append("source length:" + ("1" if length == 1 else "2-4" if length < 5 else "5-12" if length < 13 else "long"))
    if any(s.tags[k] in ("NNP", "NNPS") for k in range(first, last)):
        out.append("source holds a name")


def _content(found: Attribution, out: list[str]) -> None:
    if not found.content_tokens:
        out.append("no content")
        return
    s = found.frame.s
    start, end = found.content_tokens[0]
    total = sum(last - first for first, last in found.content_tokens)
    size = "1" if total == 1 else "2-3" if total < 4 else "4-7" if total < 8 else "8-19" if total < 20 else "long"
    out.append("content length:" + size)
    out.append(f"content+tier:{size}+{found.row.tier}")
    if len(found.content_tokens) > 1:
        out.append("content in parts")
    if found.content_form == "noun":
        word = s.lower[start]
        head = next((s.lower[k] for k in range(start, min(end, start + 5)) if s.tags[k] in ("NN", "NNS", "NNP")), "")
        if s.tags[start] == "PRP":
            out.append("object:pronoun")
        elif head in statement_nouns():
            out.append("object:statement")
        elif s.tags[start] == "NNP":
            out.append("object:name")
        elif word in ("the", "this", "these", "those", "his", "her", "its", "their"):
            out.append("object:definite")
        else:
            out.append("object:other")
        out.append("object+" + out[-1].split(":")[1] + "+" + found.row.tier)


def _verb(found: Attribution, group: VerbGroup, out: list[str]) -> None:
    frame = found.frame
    s = frame.s
    word = s.lower[group.head]
    shape = (
        "ing"
        if word.endswith("ing")
        else "past"
        if word.endswith("ed") or word in ("said", "told", "wrote", "found")
        else "s"
        if word.endswith("s")
        else "base"
    )
    out.append("verb:" + shape)
    out.append(f"verb+tier:{shape}+{found.row.tier}")
    if group.modal:
        out += ["modal", "modal:" + group.modal]
    for name in ("negated", "perfect", "progressive", "passive"):
        if getattr(group, name):
            out.append(name)
    if not group.sure:
        out.append("unsure")
    if group.form == INFINITIVE:
        _governor(found, group, out)
    index = frame.group_at[group.start]
    relayed = "relayed" in found.features
    if index >= 0 and not relayed and embedded(frame, index):
        out.append("embedded")
        out.append("embedded+" + found.row.kind)
    first = (
        min(group.start, found.source_tokens[0])
        if found.source_tokens and found.source_tokens[0] < group.start
        else group.start
    )
    before = skip_adverbs_left(s, first - 1)
    if before >= 0:
        if s.lower[before] in _CONDITION:
            out.append("condition")
        elif s.lower[before] == "that" and not relayed:
            out.append("behind that")
        elif s.tags[before] == "IN":
            out.append("behind preposition")
    else:
        out.append("clause first")


def _governor(found: Attribution, group: VerbGroup, out: list[str]) -> None:
    frame = found.frame
    p = group.start - 1
    if p < 0:
        out.append("governor:none")
        return
    at = frame.group_at[p]
    if at >= 0:
        outer = frame.groups[at]
        kind = "aspect" if outer.lemma in _ASPECT else "cue" if outer.lemma in cue_rows() else "verb"
        out.append("governor:" + kind)
        if outer.passive:
            out.append("governor passive")
    else:
        tag = frame.s.tags[p]
        out.append("governor:" + ("noun" if tag.startswith("NN") else "adjective" if tag == "JJ" else "other"))
