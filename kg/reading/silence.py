"""Refusals to comment and silence, which are no denials."""

from __future__ import annotations

from kg.reading.attribution import Attribution
from kg.reading.patterned import behind_to, lists, make, matter, source_of, subject_of_passive
from kg.reading.phrases import Frame
from kg.reading.rightward import noun_phrase_right
from kg.reading.verbs import INFINITIVE, VerbGroup

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


def neither(frame: Frame, index: int, group: VerbGroup) -> Attribution | None:
    """ "would neither confirm nor deny it", "declined to confirm or deny"."""
    s = frame.s
    for k in range(group.start, min(group.start + 6, s.n - 2)):
        both = s.lower[k] in ("confirm", "confirmed") and s.lower[k + 1] in ("nor", "or")
        refused = group.negated or group.lemma in ("decline", "refuse")
        refused = refused or "neither" in s.lower[max(0, group.start - 2) : k]
        if both and refused and s.lower[k + 2] in ("deny", "denied"):
            about = matter(frame, k + 3, group)
            return make(frame, "decline_comment", (group.start, k + 3), source_of(frame, index), about, "no comment")
    return None


def unanswered(frame: Frame, index: int, group: VerbGroup) -> Attribution | None:
    """ "gave no answer", "made no comment", "remained silent", "has yet to respond", "went unanswered", "never
    answered"."""
    s = frame.s
    rest = s.lower[group.end : group.end + 4]
    if group.lemma in _GIVING or s.lower[group.head] in _GIVING:
        for offset, word in enumerate(rest):
            if word in _ANSWERS and "no" in rest[:offset]:
                end = group.end + offset + 1
                return make(
                    frame,
                    "decline_comment",
                    (group.start, end),
                    source_of(frame, index),
                    matter(frame, end, group),
                    "no comment",
                )
    if (
        rest
        and rest[0] in _SILENCES
        and s.lower[group.head]
        in ("remained", "stayed", "kept", "went", "is", "was", "has", "been", "remains", "stays", "go", "remain")
    ):
        source = source_of(frame, index)
        if rest[0] == "unanswered" and source is not None:
            source = behind_to(frame, source)
        return make(
            frame,
            "decline_comment",
            (group.start, group.end + 1),
            source,
            matter(frame, group.end + 1, group),
            "no comment",
        )
    if rest[:2] == ["yet", "to"] and len(rest) > 2 and rest[2] in ("respond", "reply", "comment", "answer"):
        return make(
            frame,
            "decline_comment",
            (group.start, group.end + 3),
            source_of(frame, index),
            matter(frame, group.end + 3, group),
            "no comment",
        )
    return None


def declined(frame: Frame, index: int, group: VerbGroup) -> Attribution | None:
    """ "declined to comment on …", "would not discuss …", "refused to say whether …"."""
    s = frame.s
    if group.lemma not in lists()["decline_verbs"] or group.passive or group.negated:
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
    elif s.lower[nxt.head] not in lists()["decline_infinitives"]:
        return None
    else:
        end = nxt.end
    return make(
        frame, "decline_comment", (group.start, end), source_of(frame, index), matter(frame, end, group), "no comment"
    )


def nobody_before(frame: Frame, index: int) -> bool:
    """Whether the subject is nobody: "neither the army nor the police", "no one at the embassy"."""
    if _NOBODY.isdisjoint(frame.s.lower):
        return False
    found = source_of(frame, index)
    if found is None:
        return False
    return not _NOBODY.isdisjoint(frame.s.lower[max(0, found[0] - 1) : found[0] + 1])


_NOBODY = frozenset({"neither", "nor", "nobody", "none", "no"})


def silent(frame: Frame, index: int, group: VerbGroup) -> Attribution | None:
    """ "did not respond to a request for comment", "did not deny", "would not comment", "could not be reached"."""
    s = frame.s
    nobody = nobody_before(frame, index)
    if not group.negated and not nobody:
        return None
    if group.passive and s.lower[group.head] in ("drawn", "answered", "returned"):
        who = subject_of_passive(frame, group)
        if s.lower[group.head] != "drawn" and who is not None:
            who = behind_to(frame, who)
        return make(
            frame, "decline_comment", (group.start, group.end), who, matter(frame, group.end, group), "no comment"
        )
    lemma = s.lower[group.head] if group.lemma not in lists()["silence_verbs"] else group.lemma
    rest = s.lower[group.end : group.end + 9]
    if (
        lemma in ("deny", "dispute", "contest", "denied", "confirm")
        and not group.passive
        and group.modal is None
        and not (group.perfect and lemma == "confirm")
    ):
        return make(
            frame,
            "decline_comment",
            (group.start, group.end),
            source_of(frame, index),
            matter(frame, group.end, group),
            "did not deny",
        )
    if group.lemma == "be" and rest[:2] == ["available", "for"]:
        return make(
            frame, "decline_comment", (group.start, group.end + 3), subject_of_passive(frame, group), None, "no comment"
        )
    if lemma not in lists()["silence_verbs"] or group.passive:
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
                    "phone",
                    "phones",
                    "enquiries",
                )
            )
        )
        or (lemma in ("respond", "reply", "answer", "react") and (group.end >= s.n - 1))
        or (
            lemma in ("respond", "reply", "answer", "react")
            and rest
            and rest[0] in ("when", "after", "by", "before", "to")
        )
    ):
        end = group.end
        for k in range(group.end, min(group.end + 9, s.n)):
            if s.lower[k] in ("comment", "comments"):
                end = k + 1
                break
        return make(
            frame,
            "decline_comment",
            (group.start, end),
            source_of(frame, index),
            matter(frame, end, group),
            "no comment",
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
            "address",
            "acknowledge",
        )
        and (group.modal in (None, "would", "could"))
        and (
            lemma != "say"
            or (rest and rest[0] in ("whether", "how", "why", "when", "what", "who", "which", "where", "if"))
        )
    ):
        return make(
            frame,
            "decline_comment",
            (group.start, group.end),
            source_of(frame, index),
            matter(frame, group.end, group),
            "no comment",
        )
    return None


def no_comment(frame: Frame) -> list[Attribution]:
    """ "had no comment", "gave no comment", "no immediate comment from …"."""
    s = frame.s
    out: list[Attribution] = []
    for k in range(1, s.n):
        if s.lower[k] not in ("comment", "response", "reply", "reaction", "answer") or not any(
            w == "no" for w in s.lower[max(0, k - 3) : k]
        ):
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
                out.append(make(frame, "decline_comment", (max(0, k - 1), k + 1), who, None, "no comment"))
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
                make(
                    frame,
                    "decline_comment",
                    (group.start, k + 1),
                    source_of(frame, group_index),
                    matter(frame, k + 1, group),
                    "no comment",
                )
            )
    return out
