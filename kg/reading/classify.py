"""Act and manner of an attribution, from its cue, its negation and its content."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.reading.attribution import Attribution
from kg.reading.lexicons import load, nouns, statement_nouns

_NEGATION = frozenset({"not", "n't", "n’t", "never", "no", "nor", "neither"})
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_NEUTRAL_CUES = frozenset({"assert", "allege", "relay", "assess", "announce"})
_ABLE = frozenset({"able", "unable"})


@dataclass(frozen=True, slots=True)
class Act:
    """What a statement does: act, manner of a denial, CAMEO code."""

    act: str
    manner: str | None = None
    cameo: str | None = None


class Phrases:
    """A list of words and phrases of a lexicon file, looked for as whole words, in any case."""

    def __init__(self, listed: list[str]) -> None:
        self._words = frozenset(phrase.lower() for phrase in listed if " " not in phrase)
        longer = sorted((phrase for phrase in listed if " " in phrase), key=len, reverse=True)
        self._longer = (
            re.compile(r"\b(?:" + "|".join(map(re.escape, longer)) + r")\b", re.IGNORECASE) if longer else None
        )

    def search(self, text: str) -> bool:
        """Whether one of them stands in the text."""
        if not self._words.isdisjoint(_WORD.findall(text.lower())):
            return True
        return self._longer is not None and self._longer.search(text) is not None


@cache
def phrases(file: str, name: str) -> Phrases:
    """One list of a lexicon file."""
    return Phrases([str(phrase) for phrase in _lexicon(file)[name]])


@cache
def _set(file: str, name: str) -> frozenset[str]:
    return frozenset(str(word) for word in _lexicon(file)[name])


@cache
def _lexicon(file: str) -> Any:
    return load(file)


def classify(text: str, found: Attribution, content: str, person: bool, document: bool) -> Act | None:
    """The act of an attribution; None when, in its context, it is none (a plan refused, a comparison)."""
    act, cameo = found.row.act, found.row.cameo
    lemma = found.row.lemma
    sentence = text[found.evidence[0] : found.evidence[1]]
    group = found.group
    if group is not None and group.negated:
        negated = _negated(found, act)
        if negated is not None:
            return negated
    if act == "decline_comment":
        return _refusal(found)
    if act == "confirm" and _not_able(found):
        return Act("not_verified")
    if act == "deny":
        if lemma in ("reject", "dismiss", "rule") and not _said_thing(found, content):
            if phrases("manner", "refusable").search(content) or lemma == "rule":
                return Act("assert", None, "120")
        return Act("deny", manner(content, sentence), cameo)
    if (
        (
            found.content_form in ("complement",)
            or lemma
            in (
                "call",
                "describe",
                "label",
                "brand",
                "term",
                "denounce",
                "condemn",
                "criticize",
                "characterise",
                "slam",
                "blast",
            )
        )
        and (_said_thing(found, content) or phrases("manner", "flat").search(content))
        and (
            phrases("manner", "flat").search(content)
            or phrases("manner", "counter_accusation").search(content)
            or phrases("manner", "non_denial").search(content)
        )
    ):
        return Act("deny", manner(content, sentence), "016")
    if act in _NEUTRAL_CUES and _content_denies(found, content):
        return Act("deny", manner(content, sentence), "016")
    if act in _NEUTRAL_CUES and found.row.kind == "speech":
        return _by_content(found, content, act, cameo, person)
    return Act(act, None, cameo)


def _negated(found: Attribution, act: str) -> Act | None:
    lemma = found.row.lemma
    if act == "deny":
        return Act("decline_comment", None, "011")
    if lemma in ("verify", "confirm", "corroborate"):
        group = found.group
        if group is not None and (group.modal in ("could", "can", "ca", "cannot") or group.perfect):
            return Act("not_verified")
        return Act("decline_comment", None, "011")
    if lemma in (
        "comment",
        "respond",
        "reply",
        "answer",
        "elaborate",
        "say",
        "explain",
        "specify",
        "disclose",
        "identify",
        "acknowledge",
        "mention",
        "address",
        "reveal",
        "detail",
        "provide",
    ):
        return Act("decline_comment", None, "011")
    return None


def _refusal(found: Attribution) -> Act | None:
    s = found.frame.s
    verb = (
        next(
            (
                s.lower[k]
                for k in range(found.content_tokens[0][0], found.content_tokens[0][1])
                if s.tags[k] != "TO" and s.tags[k][:2] != "RB"
            ),
            "",
        )
        if found.content_tokens
        else ""
    )
    if verb in _set("verification", "decline_infinitives"):
        return Act("decline_comment", None, "011")
    return Act("assert", None, "120")


def _not_able(found: Attribution) -> bool:
    s = found.frame.s
    group = found.group
    if group is None:
        return False
    return any(
        s.lower[k] in ("unable", "impossible", "not", "n't", "n’t", "failed", "difficult")
        for k in range(max(0, group.start - 5), group.start)
    )


def _said_thing(found: Attribution, content: str) -> bool:
    words = content.lower().replace("“", " ").replace('"', " ").split()[:7]
    things = _set("manner", "said_things")
    return any(word.strip(",.’'”") in things for word in words)


_DENIAL = re.compile(
    r"(?:\b(?:is|are|was|were|'s|’s)\s+(?:\w+ly\s+|all\s+|simply\s+|just\s+|pure\s+|a\s+|an\s+|without\s+|[“\"‘']+)*(?P<flat>\w+))",
    re.IGNORECASE,
)


def _content_denies(found: Attribution, content: str) -> bool:
    """ "the claims are completely false": the subject is something said, the predicate that it is not so."""
    if not _said_thing(found, content):
        return False
    flat = _set("manner", "flat")
    for match in _DENIAL.finditer(content):
        if match.group("flat").lower() in flat:
            return True
    return (
        phrases("manner", "flat").search(content)
        and len(content) < 120
        and re.search(r"\b(?:is|are|was|were|had|have|has)\b", content) is not None
    )


def manner(content: str, sentence: str) -> str:
    """How a denial denies; flat unless its words say otherwise."""
    if phrases("manner", "partial").search(content):
        return "partial"
    flat = phrases("manner", "flat").search(content)
    if phrases("manner", "counter_accusation").search(content):
        return "counter_accusation"
    if phrases("manner", "non_denial").search(content) and not flat:
        return "non_denial"
    del sentence
    return "flat"


def _by_content(found: Attribution, content: str, act: str, cameo: str, person: bool) -> Act:
    """What a neutral verb introduces: an allegation, an announcement of one's own, or a judgement."""
    del person
    if act == "announce" and found.row.lemma not in ("declare",):
        return Act(act, None, cameo)
    if act in ("allege", "relay"):
        return Act(act, None, cameo)
    lowered = " " + content.lower()
    if _own_plan(found):
        return Act("announce", None, "010")
    if act == "assert" and phrases("blame", "words").search(lowered) and _about_another(found):
        return Act("allege", None, "112")
    if (
        act == "assert"
        and re.search(r"\b(?:should|must|ought to|needs? to|have to|has to)\b", lowered)
        and _about_another(found)
    ):
        return Act("demand", None, "100")
    if (
        act == "assert"
        and re.search(r"\b(?:would|will|could|may|might|likely|unlikely|probably)\b", lowered)
        and _about_another(found)
    ):
        return Act("assess", None, "010")
    return Act(act, None, cameo)


_OWN = frozenset({"it", "we", "he", "she", "they", "i", "its", "our"})


def _own_plan(found: Attribution) -> bool:
    """Whether the content's subject is the speaker, who will or would do something."""
    if not found.content_tokens:
        return False
    s = found.frame.s
    start, end = found.content_tokens[0]
    k = start
    if k < end and s.lower[k] in _OWN:
        return any(
            s.lower[j] in ("will", "would", "'ll", "’ll", "plans", "planned", "intends")
            for j in range(k + 1, min(k + 4, end))
        )
    return False


def _about_another(found: Attribution) -> bool:
    if not found.content_tokens:
        return False
    s = found.frame.s
    start, end = found.content_tokens[0]
    return start < end and s.lower[start] not in ("it", "we", "i", "its", "our", "he", "she")


def statement_noun_in(found: Attribution) -> str | None:
    """The noun of a statement to which a content that is a noun phrase refers: "denied the allegations"."""
    if not found.content_tokens:
        return None
    s = found.frame.s
    start, end = found.content_tokens[0]
    for k in range(start, min(end, start + 6)):
        if (
            s.lower[k] in statement_nouns()
            or s.lower[k] in nouns("documents")
            or s.lower[k] in ("it", "this", "that", "them", "these", "those")
        ):
            return s.lower[k]
        if s.tags[k] in ("IN", "TO") and k > start:
            return None
    return None
