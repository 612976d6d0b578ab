"""No comment, and who could not verify what: the patterns that are no ordinary attribution."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from kg.reading.attribution import Attribution
from kg.reading.content import clause_end
from kg.reading.lexicons import CueRow, load
from kg.reading.phrases import Frame, noun_phrase_left, noun_phrase_right, skip_adverbials_right, skip_adverbs_left
from kg.reading.subjects import find_subject
from kg.reading.verbs import INFINITIVE, VerbGroup

Range = tuple[int, int]
_UNABLE = frozenset({"unable", "impossible", "failed", "difficult", "hard"})


@cache
def _lists() -> dict[str, frozenset[str]]:
    loaded: Any = load("verification")
    return {name: frozenset(str(word) for word in found) for name, found in loaded.items()}


def silences(frame: Frame) -> list[Attribution]:
    """Refusals to comment, silence, checks that failed, and corrections, of one sentence."""
    out: list[Attribution] = []
    used = -1
    for index, group in enumerate(frame.groups):
        if group.start < used:
            continue
        found = (
            _corrected(frame, group)
            or _neither(frame, index, group)
            or _declined(frame, index, group)
            or _silent(frame, index, group)
            or _unanswered(frame, index, group)
            or _unverified(frame, index, group)
            or _no_way(frame, index, group)
        )
        if found is not None:
            out.append(found)
            used = found.head + 1
    return out or _no_comment(frame)


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
_WRONGLY = frozenset({"wrongly", "incorrectly", "mistakenly", "erroneously", "falsely", "inaccurately"})
_SILENCES = frozenset({"silent", "quiet", "mum", "unanswered", "unreachable"})
_ANSWERS = frozenset({"comment", "answer", "reply", "response", "explanation", "reaction", "word", "details"})
_GIVING = frozenset(
    {
        "have",
        "give",
        "offer",
        "make",
        "issue",
        "provide",
        "gave",
        "given",
        "had",
        "has",
        "made",
        "offered",
        "issued",
        "provided",
        "gives",
        "offers",
    }
)
_VERIFYING = re.compile(r"^(?:verif|confirm|corrobor|authentic|substanti|check|establish|ascertain|validat)")


def _corrected(frame: Frame, group: VerbGroup) -> Attribution | None:
    """ "An earlier version of this article misstated …", "wrongly said that …": the outlet takes something back."""
    s = frame.s
    before = s.lower[max(0, group.start - 12) : group.start]
    version = any(word in _VERSIONS for word in before) and any(word in _PIECES for word in before)
    wrong = s.lower[group.head] in _WRONG or any(
        word in _WRONGLY for word in s.lower[max(0, group.start - 2) : group.end + 1]
    )
    if not version or not wrong:
        return None
    source = _left(frame, group)
    x = group.end + 1 if group.end < s.n and s.lower[group.end] in (*_WRONGLY, "that") else group.end
    if x < s.n and s.lower[x] == "that":
        x += 1
    stop = clause_end(frame, x, group) if x < s.n else x
    found = _make(frame, "retract", (group.start, group.end), source, (x, stop) if stop > x else None, "correction")
    found.content_form = "correction"
    return found


def _neither(frame: Frame, index: int, group: VerbGroup) -> Attribution | None:
    """ "would neither confirm nor deny it", "declined to confirm or deny"."""
    s = frame.s
    for k in range(group.start, min(group.start + 6, s.n - 2)):
        if (
            s.lower[k] in ("confirm", "confirmed")
            and s.lower[k + 1] in ("nor", "or")
            and s.lower[k + 2] in ("deny", "denied")
        ):
            if (
                "neither" in s.lower[max(0, group.start - 2) : k]
                or group.negated
                or group.lemma in ("decline", "refuse")
            ):
                return _make(
                    frame,
                    "decline_comment",
                    (group.start, k + 3),
                    _source(frame, index),
                    _about(frame, k + 3, group),
                    "no comment",
                )
    return None


def _unanswered(frame: Frame, index: int, group: VerbGroup) -> Attribution | None:
    """ "gave no answer", "made no comment", "remained silent", "has yet to respond", "went unanswered", "never answered"."""
    s = frame.s
    rest = s.lower[group.end : group.end + 4]
    if group.lemma in _GIVING or s.lower[group.head] in _GIVING:
        for offset, word in enumerate(rest):
            if word in _ANSWERS and "no" in rest[:offset]:
                end = group.end + offset + 1
                return _make(
                    frame,
                    "decline_comment",
                    (group.start, end),
                    _source(frame, index),
                    _about(frame, end, group),
                    "no comment",
                )
    if (
        rest
        and rest[0] in _SILENCES
        and s.lower[group.head]
        in ("remained", "stayed", "kept", "went", "is", "was", "has", "been", "remains", "stays", "go", "remain")
    ):
        source = _source(frame, index)
        if rest[0] == "unanswered" and source is not None:
            source = _behind_to(frame, source)
        return _make(
            frame,
            "decline_comment",
            (group.start, group.end + 1),
            source,
            _about(frame, group.end + 1, group),
            "no comment",
        )
    if rest[:2] == ["yet", "to"] and len(rest) > 2 and rest[2] in ("respond", "reply", "comment", "answer"):
        return _make(
            frame,
            "decline_comment",
            (group.start, group.end + 3),
            _source(frame, index),
            _about(frame, group.end + 3, group),
            "no comment",
        )
    return None


def _behind_to(frame: Frame, source: Range) -> Range:
    """ "Calls to the company": whoever did not answer them."""
    for k in range(source[0], source[1] - 1):
        if frame.s.lower[k] in ("to", "for", "at"):
            return k + 1, source[1]
    return source


def _no_way(frame: Frame, index: int, group: VerbGroup) -> Attribution | None:
    """ "had no way of verifying", "there was no way to check", "no independent confirmation was available", "has seen no evidence"."""
    s = frame.s
    rest = s.lower[group.end : group.end + 9]
    if (
        group.lemma in ("have", "be")
        and "no" in rest[:1]
        and len(rest) > 1
        and rest[1] in ("way", "means", "possibility")
    ):
        for k in range(group.end + 2, min(group.end + 6, s.n)):
            if _VERIFYING.match(s.lower[k]):
                there = s.lower[max(0, group.start - 1)] == "there"
                return _make(
                    frame,
                    "not_verified",
                    (group.start, k + 1),
                    None if there else _source(frame, index),
                    _about(frame, k + 1, group),
                    "not verified",
                )
    if group.lemma == "be" and (rest[:1] == ["impossible"] or (group.negated and rest[:1] == ["possible"])):
        for k in range(group.end + 1, min(group.end + 5, s.n)):
            if _VERIFYING.match(s.lower[k]):
                return _make(
                    frame, "not_verified", (group.start, k + 1), None, _about(frame, k + 1, group), "not verified"
                )
    left = s.lower[max(0, group.start - 5) : group.start]
    if (
        "no" in left
        and any(word in ("confirmation", "verification", "corroboration") for word in left)
        and group.lemma in ("be", "come", "have", "come", "was")
    ):
        first = max(0, group.start - 5) + left.index("no")
        return _make(frame, "not_verified", (first, group.end), None, None, "not verified")
    return None


def _make(
    frame: Frame, act: str, cue: Range, source: Range | None, content: Range | None, construct: str
) -> Attribution:
    s = frame.s
    row = CueRow(act, (), act, "011" if act == "decline_comment" else "", "core", frozenset("N"))
    contents = [(s.starts[content[0]], s.ends[content[1] - 1])] if content and content[1] > content[0] else []
    span = (s.starts[source[0]], s.ends[source[1] - 1]) if source else None
    found = Attribution(
        row,
        (s.starts[cue[0]], s.ends[cue[1] - 1]),
        span,
        contents,
        (s.start, s.end),
        construct,
        frame,
        None,
        cue[1] - 1,
        source,
        [content] if contents and content else [],
        "silence",
    )
    found.features.add("act:" + act)
    return found


def _declined(frame: Frame, index: int, group: VerbGroup) -> Attribution | None:
    """ "declined to comment on …", "would not discuss …", "refused to say whether …"."""
    s = frame.s
    if group.lemma not in _lists()["decline_verbs"] or group.passive or group.negated:
        return None
    nxt = next((g for g in frame.groups[index + 1 :] if g.form == INFINITIVE and g.start - group.end <= 2), None)
    end = group.end
    if nxt is None:
        if s.lower[group.end : group.end + 2] == ["comment"] or (group.end < s.n and s.lower[group.end] == "comment"):
            end = group.end + 1
        elif "comment" in s.lower[group.end : group.end + 8] and "to" in s.lower[group.end : group.end + 8]:
            end = group.end + s.lower[group.end : group.end + 8].index("comment") + 1
        else:
            return None
    elif s.lower[nxt.head] not in _lists()["decline_infinitives"]:
        return None
    else:
        end = nxt.end
    return _make(
        frame, "decline_comment", (group.start, end), _source(frame, index), _about(frame, end, group), "no comment"
    )


def _silent(frame: Frame, index: int, group: VerbGroup) -> Attribution | None:
    """ "did not respond to a request for comment", "did not deny", "would not comment", "could not be reached"."""
    s = frame.s
    if not group.negated:
        return None
    lemma = s.lower[group.head] if group.lemma not in _lists()["silence_verbs"] else group.lemma
    rest = s.lower[group.end : group.end + 9]
    if (
        lemma in ("deny", "dispute", "contest", "denied", "confirm")
        and not group.passive
        and group.modal is None
        and not group.perfect
    ):
        return _make(
            frame,
            "decline_comment",
            (group.start, group.end),
            _source(frame, index),
            _about(frame, group.end, group),
            "did not deny",
        )
    if lemma in ("reached", "contacted") and group.passive:
        subject = _left(frame, group)
        return _make(frame, "decline_comment", (group.start, group.end), subject, None, "no comment")
    if group.lemma == "be" and rest[:2] == ["available", "for"]:
        return _make(frame, "decline_comment", (group.start, group.end + 3), _left(frame, group), None, "no comment")
    if lemma not in _lists()["silence_verbs"] or group.passive:
        return None
    if (
        lemma == "comment"
        or "comment" in rest
        or "comments" in rest
        or (
            lemma in ("respond", "reply", "answer", "return")
            and any(
                w in rest
                for w in (
                    "request",
                    "requests",
                    "questions",
                    "email",
                    "emails",
                    "query",
                    "queries",
                    "message",
                    "messages",
                    "call",
                    "calls",
                    "inquiries",
                    "enquiries",
                )
            )
        )
        or (lemma in ("respond", "reply") and (group.end >= s.n - 1))
    ):
        end = group.end
        for k in range(group.end, min(group.end + 9, s.n)):
            if s.lower[k] in ("comment", "comments"):
                end = k + 1
                break
        return _make(
            frame, "decline_comment", (group.start, end), _source(frame, index), _about(frame, end, group), "no comment"
        )
    if (
        lemma
        in (
            "say",
            "specify",
            "elaborate",
            "explain",
            "identify",
            "disclose",
            "provide",
            "address",
            "acknowledge",
            "offer",
        )
        and (group.modal in (None, "would", "could"))
        and (
            lemma != "say"
            or (rest and rest[0] in ("whether", "how", "why", "when", "what", "who", "which", "where", "if"))
        )
    ):
        return _make(
            frame,
            "decline_comment",
            (group.start, group.end),
            _source(frame, index),
            _about(frame, group.end, group),
            "no comment",
        )
    return None


def _unverified(frame: Frame, index: int, group: VerbGroup) -> Attribution | None:
    """ "could not independently verify", "was unable to confirm", "has not been verified", "which the FT could not verify"."""
    s = frame.s
    if s.lower[group.head] not in _lists()["forms"]:
        return None
    if s.lower[group.head].startswith(("establish", "check")) and not (
        group.negated
        or "unable" in s.lower[max(0, group.start - 5) : group.start]
        or "able" in s.lower[max(0, group.start - 5) : group.start]
    ):
        return None
    negated = group.negated
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
    unable = group.modal in ("could", "can", "ca", "cannot") or group.perfect or first != group.start or group.passive
    verb = s.lower[group.head]
    if verb.startswith("confirm") and not unable:
        return None
    if not unable and not verb.startswith(("verif", "corrob", "authent")):
        return None
    if group.passive:
        thing = _left(frame, group)
        by: Range | None = None
        if group.end + 1 < s.n and s.lower[group.end] == "by":
            by = noun_phrase_right(frame, group.end + 1)
        return _make(frame, "not_verified", (first, group.end), by, thing, "not verified")
    source = _source(frame, outer)
    content = _about(frame, group.end, group)
    if content is None and source is not None and source[0] > 1 and s.lower[source[0] - 1] in ("which", "that"):
        content = noun_phrase_left(frame, source[0] - (3 if s.tags[source[0] - 2] == "," else 2))
    return _make(frame, "not_verified", (first, group.end), source, content, "not verified")


def _no_comment(frame: Frame) -> list[Attribution]:
    """ "had no comment", "gave no comment", "no immediate comment from …"."""
    s = frame.s
    out: list[Attribution] = []
    for k in range(1, s.n):
        if s.lower[k] not in ("comment", "response", "reply") or not any(w == "no" for w in s.lower[max(0, k - 3) : k]):
            continue
        group_index = next(
            (
                i
                for i in range(len(frame.groups) - 1, -1, -1)
                if frame.groups[i].end <= k and k - frame.groups[i].end <= 4
            ),
            None,
        )
        if k + 2 < s.n and s.lower[k + 1] == "from":
            who = noun_phrase_right(frame, k + 2)
            if who is not None:
                out.append(_make(frame, "decline_comment", (max(0, k - 1), k + 1), who, None, "no comment"))
            continue
        if group_index is None:
            continue
        group = frame.groups[group_index]
        if group.lemma in (
            "have",
            "give",
            "gave",
            "offer",
            "offered",
            "make",
            "issue",
            "provide",
            "provided",
        ) or s.lower[group.head] in ("gave", "offered", "had", "made", "issued", "provided", "has", "have"):
            out.append(
                _make(
                    frame,
                    "decline_comment",
                    (group.start, k + 1),
                    _source(frame, group_index),
                    _about(frame, k + 1, group),
                    "no comment",
                )
            )
    return out


def _source(frame: Frame, index: int) -> Range | None:
    found = find_subject(frame, index)
    return (found.start, found.end) if found is not None else None


def _left(frame: Frame, group: VerbGroup) -> Range | None:
    p = skip_adverbs_left(frame.s, group.start - 1)
    if p < 0:
        return None
    if frame.s.lower[p] in ("which", "that", "who") and p > 0:
        p -= 2 if frame.s.tags[p - 1] == "," else 1
    return noun_phrase_left(frame, p) if p >= 0 else None


def _about(frame: Frame, end: int, group: VerbGroup) -> Range | None:
    """What was not commented on or verified: behind "on", "about", "to", or as the object."""
    s = frame.s
    x = end
    while (
        x < s.n
        and (s.tags[x][:2] == "RB" or s.lower[x] in ("on", "about", "to", "whether", "further"))
        and s.lower[x] not in ("whether",)
    ):
        x += 1
    x = skip_adverbials_right(frame, x) if x < s.n and s.tags[x] != "IN" else x
    if x >= s.n or s.tags[x] in (",", ".", ";", "CC", "--"):
        return None
    stop = clause_end(frame, x, group)
    for k in range(x, stop):
        if s.tags[k] in (",", ";"):
            stop = k
            break
    return (x, stop) if stop > x else None
