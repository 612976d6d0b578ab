"""Act and manner of an attribution, from its cue, its negation and its content."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.reading.attribution import Attribution
from kg.reading.lexicons import load, nouns, statement_nouns
from kg.reading.memory import Speaker
from kg.reading.verbs import FINITE

_NEGATION = frozenset({"not", "n't", "n’t", "never", "no", "nor", "neither"})
_UNQUOTED = str.maketrans(dict.fromkeys('“”"‘', None))
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_NEUTRAL = frozenset({"assert", "allege", "relay", "assess", "announce"})


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

    def phrase(self, text: str) -> bool:
        """Whether one of the phrases of several words stands in the text."""
        return self._longer is not None and self._longer.search(text) is not None

    def search(self, text: str) -> bool:
        """Whether one of them stands in the text."""
        if not self._words.isdisjoint(_WORD.findall(text.lower())):
            return True
        return self.phrase(text)


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


def classify(found: Attribution, content: str, speaker: Speaker | None) -> Act | None:
    """The act of an attribution from its cue, its negation and its content; None when, in its context, it is none.

    A denial by one who was accused before needs the statements around it, and is found by `kg.reading.rebuttals`.
    """
    act, cameo, lemma = found.row.act, found.row.cameo, found.row.lemma
    group = found.group
    if group is not None and group.negated:
        return _negated(found, act)
    if found.content_form == "table":
        return Act("allege", None, "112")
    if act == "decline_comment":
        return _refusal(found)
    if lemma == "say" and content.lower().startswith("nothing") and found.content_form == "noun":
        return Act("decline_comment", None, "011")
    if act == "confirm" and _not_able(found):
        return Act("not_verified")
    if act == "deny":
        refused = phrases("manner", "refusable").search(content) or lemma == "rule"
        if lemma in ("reject", "dismiss", "rule") and not _said_thing(content) and refused:
            return Act("deny" if phrases("manner", "flat").search(content) else "assert", None, "120")
        if group is not None and group.passive and not _said_thing(content):
            return None
        shrugged = lemma in ("scoff", "shrug", "brush", "laugh", "wave", "bat", "sweep")
        told = manner(content)
        return Act(
            "deny",
            "non_denial" if shrugged and told == "flat" and not phrases("manner", "flat").search(content) else told,
            cameo,
        )
    if found.content_form in ("complement", "gap") or lemma in _CALLING:
        return _calling(content, act, cameo)
    if act in _NEUTRAL and _content_denies(content):
        return Act("deny", manner(content), "016")
    if act in _NEUTRAL and found.row.kind == "speech":
        return _by_content(found, content, act, cameo, speaker)
    return Act(act, None, cameo)


_CALLING = frozenset(
    {"call", "describe", "label", "brand", "term", "characterise", "characterize", "dub", "portray", "depict", "deem"}
)
_CENSURE = frozenset(
    {"condemn", "denounce", "decry", "deplore", "criticize", "criticise", "slam", "blast", "complain", "protest"}
)


def _calling(content: str, act: str, cameo: str) -> Act:
    """ "called the report baseless" denies, "called the raid a war crime" alleges, "described it as a step back"
    judges."""
    denies = (
        phrases("manner", "flat").search(content)
        or phrases("manner", "counter_accusation").search(content)
        or phrases("manner", "non_denial").search(content)
    )
    if denies and _said_thing(content):
        return Act("deny", manner(content), "016")
    if phrases("blame", "words").search(content):
        return Act("allege", None, "112")
    return Act("assess" if act == "assert" else act, None, cameo)


def _negated(found: Attribution, act: str) -> Act | None:
    """A negated verb: "did not deny" and "did not say" are silence, "could not confirm" a failed check, others no
    statement."""
    group = found.group
    if act == "deny":
        return Act("decline_comment", None, "011")
    if found.row.lemma in ("verify", "confirm", "corroborate"):
        if group is not None and (group.modal in ("could", "can", "ca", "cannot") or group.perfect):
            return Act("not_verified")
        return Act("decline_comment", None, "011")
    if found.row.lemma in _set("verification", "told_nothing"):
        return Act("decline_comment", None, "011")
    if found.row.kind == "stance" and found.row.lemma in ("believe", "think", "expect", "support", "want", "accept"):
        return Act("assess" if found.row.act == "assess" else "assert", None, found.row.cameo)
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


def _said_thing(content: str) -> bool:
    """Whether the content begins with something said: "the claims", "it", "the report"."""
    things = _set("manner", "said_things")
    return any(word in things for word in _WORD.findall(content.lower())[:7])


_BE = re.compile(
    r"\b(?:is|are|was|were|'s|’s|had|has|have)\s+(?:\w+ly\s+|all\s+|simply\s+|just\s+|pure\s+|a\s+|an\s+|without\s+|no\s+|[“\"‘']+)*(?P<word>[\w-]+)",
    re.IGNORECASE,
)  # fmt: skip
_OUGHT = re.compile(r"\b(?:should|must|ought to|needs? to|(?:is|was) up to)\b")
_FORECAST = re.compile(r"\b(?:would|will|could|may|might|likely|unlikely|probably|expected)\b")


def denies_something(content: str) -> bool:
    """Whether the content says of something said that it is not so: "the claims are false"."""
    return _content_denies(content)


def _content_denies(content: str) -> bool:
    """ "the claims are completely false": the subject is something said, the predicate that it is not so."""
    short = content[:1] in _OPENING and len(content) < 40
    content = content.translate(_UNQUOTED)
    if short and phrases("manner", "flat").search(content) and len(content.split()) <= 4:
        return True
    if not _said_thing(content):
        return False
    flat = _set("manner", "flat")
    if phrases("manner", "flat").phrase(content) or any(
        match.group("word").lower() in flat for match in _BE.finditer(content)
    ):
        return True
    return (
        re.search(r"\b(?:had|has|have|is|are|was|were)\s+(?:no|without)\s+(?:basis|foundation|truth|merit)", content)
        is not None
    )


def manner(content: str) -> str:
    """How a denial denies; flat unless its words say otherwise."""
    if phrases("manner", "partial").search(content):
        return "partial"
    if phrases("manner", "counter_accusation").search(content):
        return "counter_accusation"
    if phrases("manner", "non_denial").search(content) and not phrases("manner", "flat").search(content):
        return "non_denial"
    return "flat"


def _by_content(found: Attribution, content: str, act: str, cameo: str, speaker: Speaker | None) -> Act:
    """What a verb of saying introduces: an allegation, an announcement of one's own, a demand, or a judgement."""
    lowered = content.lower()
    blame = phrases("blame", "words").search(lowered)
    words = _WORD.findall(lowered)
    own = _FIRST if content[:1] in _OPENING else _OWN
    another = _about_another(words, own)
    lemma = found.row.lemma
    if act == "announce" and lemma not in ("declare",):
        return Act(act, None, cameo)
    if act == "relay":
        return Act("allege", None, "112") if blame and another else Act("assert", None, "010")
    if lemma in ("claim", "contend", "claims"):
        return (
            Act("allege", None, "112") if another and (blame or _named_subject(found)) else Act("assert", None, "010")
        )
    if lemma in _CENSURE:
        return Act("allege" if another else "assert", None, cameo)
    if act == "allege":
        return Act(act, None, cameo)
    if lemma in ("express", "voice") and not _MOODS.isdisjoint(words):
        return Act("assess", None, "012")
    if not another and not _FAULTS.isdisjoint(words):
        return Act("acknowledge", None, "015")
    if lemma in _LIMITING and _LIMITS.search(lowered):
        return Act("qualify", None, "010")
    if _own_plan(words, own):
        return Act("announce", None, "010")
    forecast = _FORECAST.search(lowered) is not None
    if blame and another and not _passive_victims(found) and not (forecast and act == "assess"):
        return Act("allege", None, "112")
    if act == "assert" and _OUGHT.search(lowered) and another:
        return Act("demand", None, "100")
    if act == "assert" and forecast and _own_measure(found, lemma, speaker):
        return Act("announce", None, "010")
    if act == "assert" and ((_FORECAST.search(lowered) and another) or (speaker is not None and speaker.expert)):
        return Act("assess", None, "010")
    return Act(act, None, cameo)


_OWN = frozenset({"it", "we", "he", "she", "they", "i", "its", "our", "their", "his", "her", "my"})
_FAULTS = frozenset(
    {"failed", "fail", "mistake", "mistakes", "error", "errors", "erred", "wrong", "wrongly", "lapse", "fault",
     "lapses",
     "shortcomings", "sorry", "regretted", "negligent", "misjudged", "overlooked"}
)  # fmt: skip
_LIMITING = frozenset({"stress", "emphasise", "emphasize", "underline", "caution", "add", "note", "point"})
_LIMITS = re.compile(
    r"\bno (?:proof|evidence|sign|decision|link|indication|conclusion)|\bnot (?:proof|evidence|yet|mean|prove)\b"
    r"|\bremains? open\b|\bonly\b.{0,20}\b(?:part|estimate|preliminary)|\bpreliminary\b|\bprovisional\b"
)


def _own_measure(found: Attribution, lemma: str, speaker: Speaker | None) -> bool:
    """Whether those who decide tell what will be done: "duties would be lifted"."""
    if lemma in ("inform", "notify"):
        return True
    if (
        speaker is None
        or speaker.expert
        or speaker.sort not in ("state", "union", "force", "company")
        or not found.content_tokens
    ):
        return False
    start, end = found.content_tokens[0]
    first = next((g for g in found.frame.groups if start <= g.start < end and g.form == FINITE), None)
    return first is not None and first.passive and first.modal in ("will", "would", "'ll", "’ll") and not first.negated


_FIRST = frozenset({"we", "i", "our", "my"})
_OPENING = frozenset("“\"'‘")
_MOODS = frozenset(
    {
        "concern",
        "concerns",
        "fear",
        "fears",
        "alarm",
        "doubt",
        "doubts",
        "hope",
        "hopes",
        "worry",
        "disappointment",
        "confidence",
        "optimism",
        "unease",
        "dismay",
        "scepticism",
        "skepticism",
    }
)
_PLANS = frozenset({"will", "would", "plans", "planned", "intends", "ll"})


def _own_plan(words: list[str], own: frozenset[str]) -> bool:
    """Whether the content's subject is the speaker, who will or would do something."""
    return bool(words) and words[0] in own and not _PLANS.isdisjoint(words[1:4])


def _about_another(words: list[str], own: frozenset[str]) -> bool:
    """Whether the content's subject is not the speaker."""
    return bool(words) and words[0] not in own


def _named_subject(found: Attribution) -> bool:
    """Whether the content begins with a name, as that of somebody who is accused."""
    if not found.content_tokens:
        return False
    s = found.frame.s
    start, end = found.content_tokens[0]
    return any(s.tags[k] in ("NNP", "NNPS") for k in range(start, min(end, start + 3)))


def _passive_victims(found: Attribution) -> bool:
    """ "forty soldiers were killed": a passive without an agent accuses nobody."""
    if not found.content_tokens:
        return False
    start, end = found.content_tokens[0]
    frame = found.frame
    for group in frame.groups:
        if start <= group.start < end:
            return (
                group.passive
                and "by" not in frame.s.lower[group.end : group.end + 8]
                and group.lemma
                not in ("accuse", "suspect", "suspected", "caught", "charge", "arrested", "blame", "found")
            )
    return False


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
