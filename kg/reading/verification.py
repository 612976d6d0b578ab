"""No comment, and who could not verify what: the patterns that are no ordinary attribution."""

from __future__ import annotations

import re

from kg.reading.attribution import Attribution
from kg.reading.clauses import clause_end
from kg.reading.lexicons import words
from kg.reading.patterned import Range, lists, make, matter, source_of, subject_of_passive
from kg.reading.phrases import Frame, noun_phrase_left
from kg.reading.rightward import noun_phrase_right
from kg.reading.silence import declined, neither, no_comment, silent, unanswered
from kg.reading.verbs import FINITE, INFINITIVE, VerbGroup

_UNABLE = frozenset({"unable", "impossible", "failed", "difficult", "hard"})


def silences(frame: Frame) -> list[Attribution]:
    """Refusals to comment, silence, checks that failed, and corrections, of one sentence."""
    if words("silence_hints").isdisjoint(frame.s.lower):
        return []
    out: list[Attribution] = []
    used = -1
    for index, group in enumerate(frame.groups):
        if group.start < used:
            continue
        found = (
            _corrected(frame, group)
            or neither(frame, index, group)
            or declined(frame, index, group)
            or silent(frame, index, group)
            or unanswered(frame, index, group)
            or _unverified(frame, index, group)
            or _no_way(frame, index, group)
            or _unchecked(frame, index, group)
        )
        if found is not None:
            out.append(found)
            used = found.head + 1
    return out or no_comment(frame)


_VERSIONS = frozenset({"earlier", "previous", "original", "initial", "prior", "first"})
_PIECES = frozenset({"version", "article", "story", "report", "headline", "post", "dispatch", "edition"})
_WRONG = frozenset(
    {
        "misstated",
        "misidentified",
        "misspelled",
        "misspelt",
        "misreported",
        "misquoted",
        "misattributed",
        "erred",
        "mistook",
        "confused",
        "misnamed",
        "overstated",
        "understated",
    }
)
_WRONGLY = frozenset(
    {
        "incorrect",
        "inaccurate",
        "erroneous",
        "mistaken",
        "wrongly",
        "incorrectly",
        "mistakenly",
        "erroneously",
        "falsely",
        "inaccurately",
    }
)
_PROOF = frozenset({"proof", "evidence", "confirmation", "trace", "corroboration"})
_VERIFYING = re.compile(r"^(?:verif|confirm|corrobor|authentic|substanti|check|establish|ascertain|validat)")
_TELLING = re.compile(r"^(?:tell|know|judg|say)")


def _corrected(frame: Frame, group: VerbGroup) -> Attribution | None:
    """ "An earlier version of this article misstated …", "wrongly said that …": the outlet takes something back."""
    s = frame.s
    if _PIECES.isdisjoint(s.lower):
        return None
    before = s.lower[max(0, group.start - 16) : group.start]
    version = any(word in _VERSIONS for word in before) and any(word in _PIECES for word in before)
    wrong = (
        s.lower[group.head] in _WRONG
        or s.lower[group.end : group.end + 1] == ["wrong"]
        or any(word in _WRONGLY for word in s.lower[max(0, group.start - 2) : group.end + 1])
    )
    if not version or not wrong:
        return None
    source = subject_of_passive(frame, group)
    x = group.end + 1 if group.end < s.n and s.lower[group.end] in (*_WRONGLY, "that") else group.end
    if x < s.n and s.lower[x] == "that":
        x += 1
    stop = clause_end(frame, x, group) if x < s.n else x
    found = make(frame, "retract", (group.start, group.end), source, (x, stop) if stop > x else None, "correction")
    found.content_form = "correction"
    return found


def nobody_before_passive(frame: Frame, group: VerbGroup) -> bool:
    """ "neither claim could be checked", "none of the figures was verified"."""
    subject = subject_of_passive(frame, group)
    return (subject is not None and frame.s.lower[max(0, subject[0] - 1)] in ("neither", "none", "no")) or (
        subject is not None and frame.s.lower[subject[0]] in ("neither", "none", "no")
    )


def _no_way(frame: Frame, index: int, group: VerbGroup) -> Attribution | None:
    """ "had no way of verifying", "there was no way to check", "no independent confirmation was available", "has
    seen no evidence"."""
    s = frame.s
    rest = s.lower[group.end : group.end + 9]
    rest = rest[1:] if rest[:1] == ["not"] else rest
    if (
        group.lemma in ("have", "be")
        and "no" in rest[:1]
        and len(rest) > 1
        and rest[1] in ("way", "means", "possibility")
    ):
        for k in range(group.end + 2, min(group.end + 6, s.n)):
            if _VERIFYING.match(s.lower[k]) or _TELLING.match(s.lower[k]):
                there = s.lower[max(0, group.start - 1)] == "there"
                return make(
                    frame,
                    "not_verified",
                    (group.start, k + 1),
                    None if there else source_of(frame, index),
                    matter(frame, k + 1, group),
                    "not verified",
                )
    if group.lemma == "be" and (
        rest[:1] in (["impossible"], ["difficult"], ["hard"]) or (_negated(frame, group) and rest[:1] == ["possible"])
    ):
        for k in range(group.end + 1, min(group.end + 5, s.n)):
            if _VERIFYING.match(s.lower[k]):
                return make(
                    frame, "not_verified", (group.start, k + 1), None, matter(frame, k + 1, group), "not verified"
                )
    if s.lower[group.head] in ("find", "found", "seen") and (group.modal in ("could", "can") or group.perfect):
        proof = next((k for k in range(group.end, min(group.end + 4, s.n)) if s.lower[k] in _PROOF), None)
        if proof is not None and (group.negated or "no" in s.lower[group.end : proof]):
            return make(
                frame, "not_verified", (group.start, proof + 1), source_of(frame, index),
                matter(frame, proof + 2, group) if proof + 2 < s.n else None, "not verified",
            )  # fmt: skip
    left = s.lower[max(0, group.start - 5) : group.start]
    if (
        "no" in left
        and any(word in ("confirmation", "verification", "corroboration") for word in left)
        and group.lemma in ("be", "come", "have", "come", "was")
    ):
        first = max(0, group.start - 5) + left.index("no")
        return make(frame, "not_verified", (first, group.end), None, None, "not verified")
    return None


def _unable_or(frame: Frame, group: VerbGroup) -> bool:
    """Whether the verb is the second of two of which somebody was unable: "unable to reach witnesses or verify it"."""
    s = frame.s
    return (
        group.start > 1
        and s.lower[group.start - 1] in ("or", "and")
        and "unable" in s.lower[max(0, group.start - 9) : group.start]
    )


def _unchecked(frame: Frame, index: int, group: VerbGroup) -> Attribution | None:
    """ "remains unverified", "has yet to be authenticated", "verification was impossible", "attempts to check it
    failed"."""
    s = frame.s
    rest = s.lower[group.end : group.end + 4]
    if rest and rest[0] in lists()["unchecked"] and group.form == FINITE:
        thing = subject_of_passive(frame, group)
        return make(frame, "not_verified", (group.start, group.end + 1), None, thing, "not verified")
    yet = group.form == INFINITIVE and group.passive and s.lower[max(0, group.start - 1)] == "yet"
    if yet and _VERIFYING.match(s.lower[group.head]):
        thing = source_of(frame, index - 1) if index else None
        return make(frame, "not_verified", (group.start - 1, group.end), None, thing, "not verified")
    if group.form != FINITE:
        return None
    before = s.lower[max(0, group.start - 12) : group.start]
    impossible = (
        rest[:1] == ["impossible"]
        or rest[:1] == ["unavailable"]
        or (_negated(frame, group) and rest[:1] in (["possible"], ["available"]))
        or ("no" in before and rest[:1] in (["possible"], ["available"], ["forthcoming"]))
    )
    if impossible and not lists()["checks"].isdisjoint(before):
        return make(frame, "not_verified", (group.start, group.end + 1), None, None, "not verified")
    failed = (
        s.lower[group.head] == "failed" or rest[:1] in (["unsuccessful"], ["fruitless"]) or rest[:2] == ["in", "vain"]
    )
    tried = next((k for k in range(max(0, group.start - 12), group.start) if s.lower[k] in lists()["tries"]), None)
    if failed and tried is not None and any(_VERIFYING.match(s.lower[k]) for k in range(tried + 1, group.start)):
        return make(frame, "not_verified", (group.start, group.end), None, None, "not verified")
    there = s.lower[max(0, group.start - 1)] == "there" and rest[:1] == ["no"]
    proof = next((k for k in range(group.end + 1, min(group.end + 5, s.n)) if s.lower[k] in lists()["checks"]), None)
    if there and proof is not None and "independent" in s.lower[group.end : proof]:
        return make(
            frame, "not_verified", (group.start, proof + 1), None,
            matter(frame, proof + 2, group) if proof + 2 < s.n else None, "not verified",
        )  # fmt: skip
    return None


def _negated(frame: Frame, group: VerbGroup) -> bool:
    return group.negated or "not" in frame.s.lower[group.start : group.end + 1]


def _unverified(frame: Frame, index: int, group: VerbGroup) -> Attribution | None:
    """ "could not independently verify", "was unable to confirm", "has not been verified", "which the FT could not
    verify"."""
    s = frame.s
    if s.lower[group.head] not in lists()["forms"]:
        return None
    if s.lower[group.head].startswith(("establish", "check")) and not (
        group.negated
        or (group.passive and nobody_before_passive(frame, group))
        or "unable" in s.lower[max(0, group.start - 5) : group.start]
        or "able" in s.lower[max(0, group.start - 5) : group.start]
    ):
        return None
    negated = group.negated or (group.passive and nobody_before_passive(frame, group)) or _unable_or(frame, group)
    first = group.start
    outer = index
    if group.form == INFINITIVE:
        before = s.lower[max(0, group.start - 5) : group.start]
        if (
            "unable" in before
            or "failed" in before
            or "impossible" in before
            or (
                "able" in before
                and any(w in ("not", "n't", "n’t") for w in s.lower[max(0, group.start - 8) : group.start])
            )
        ):
            negated = True
            outer = max(0, index - 1)
            first = frame.groups[outer].start
        elif index and frame.groups[index - 1].lemma in ("decline", "refuse"):
            return None
    if not negated:
        return None
    unable = (
        _unable_or(frame, group)
        or group.modal in ("could", "can", "ca", "cannot")
        or group.perfect
        or first != group.start
        or group.passive
    )
    verb = s.lower[group.head]
    if verb.startswith(("confirm", "determin", "learn")) and not unable:
        return None
    if verb == "vouch" and "for" not in s.lower[group.end : group.end + 1]:
        return None
    if not unable and not verb.startswith(("verif", "corrob", "authent", "vouch")):
        return None
    if group.passive:
        thing = subject_of_passive(frame, group)
        by: Range | None = None
        if group.end + 1 < s.n and s.lower[group.end] == "by":
            by = noun_phrase_right(frame, group.end + 1)
        return make(frame, "not_verified", (first, group.end), by, thing, "not verified")
    source = source_of(frame, outer)
    content = matter(frame, group.end, group)
    if content is None and source is not None and source[0] > 1 and s.lower[source[0] - 1] in ("which", "that"):
        content = noun_phrase_left(frame, source[0] - (3 if s.tags[source[0] - 2] == "," else 2))
    return make(frame, "not_verified", (first, group.end), source, content, "not verified")
