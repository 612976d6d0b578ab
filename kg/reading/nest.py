"""Nested attribution: X reports that Y alleges that Z. The outer statement relays the inner one."""

from __future__ import annotations

from kg.reading.attribution import Attribution
from kg.reading.classify import Act
from kg.reading.draft import Draft
from kg.reading.verbs import FINITE

_REPORTING = frozenset({"assert", "relay", "allege", "assess", "acknowledge", "confirm", "announce", "deny"})
NEAR = 3
_TELLING = frozenset({"deny", "confirm", "acknowledge", "not_verified", "decline_comment", "retract", "qualify"})
"""Acts that say more than "it said it …": of these, and no others, the inner attribution is the statement."""

_FORMS = frozenset({"noun", "that", "clause", "quote", "left", "split", "according", "colon", "wh", "citing"})


def nest(drafts: list[Draft]) -> None:
    """Sets `relays` where an inner attribution is the main clause of an outer one's content; the outer act becomes
    relay.

    What somebody says of its own saying ("it said it could not verify") is one statement, the inner; the outer is
    dropped.
    """
    dropped: set[int] = set()
    by_frame: dict[int, list[int]] = {}
    for i, draft in enumerate(drafts):
        by_frame.setdefault(id(draft.found.frame), []).append(i)
    for together in by_frame.values():
        for i in together:
            outer = drafts[i]
            if outer.act.act not in _REPORTING:
                continue
            inner = next((j for j in together if j != i and begins_content(outer.found, drafts[j].found)), None)
            if inner is None:
                continue
            if _pronoun(drafts[inner]) and outer.found.content_form in ("left", "split") and not _pronoun(outer):
                if drafts[inner].act.act in _TELLING and outer.act.act in _OPEN:
                    outer.act = drafts[inner].act
                dropped.add(inner)
                continue
            if _pronoun(drafts[inner]) and (
                drafts[inner].found.row.kind != "speech" or drafts[inner].act.act not in _TELLING
            ):
                dropped.add(inner)
                continue
            if not _speaks(drafts[inner]):
                dropped.add(inner)
                continue
            if _same(outer, drafts[inner]):
                dropped.add(i)
                drafts[inner].start = min(drafts[inner].start, outer.start)
                drafts[inner].end = max(drafts[inner].end, outer.end)
                _take_source(outer, drafts[inner])
            elif drafts[inner].act.act != "not_verified" or outer.act.act != "deny":
                outer.relays = inner
                outer.act = Act("relay")
    _drop(drafts, dropped)


def begins_content(outer: Attribution, inner: Attribution) -> bool:
    """Whether the inner attribution is what the outer one's content says: its verb is the main verb of the content."""
    if inner is outer or inner.frame is not outer.frame or outer.cue == inner.cue:
        return False
    if "how:as saying" in inner.features and inner.frame is outer.frame:
        return outer.row.lemma in ("quote", "cite") and outer.cue[0] < inner.cue[0]
    if outer.construct == "cited by":
        return inner.construct == "according to" and outer.contents == inner.contents
    if inner.construct == "cited by":
        return False
    if inner.construct == "citing":
        return outer.contents == inner.contents and outer.construct != "citing"
    if outer.content_form == "noun":
        return _of_what_is_shown(outer, inner)
    if outer.content_form not in _FORMS:
        return False
    for start, end in outer.contents:
        cue = inner.cue[0]
        if not start <= cue < end:
            continue
        if inner.source is not None and not (start <= inner.source[0] < end) and inner.construct != "passive":
            continue
        if inner.construct in ("according to", "postposed", "inverted"):
            return inner.contents[0][0] <= start + 2 if inner.contents else False
        if "how:as saying" in inner.features:
            return outer.row.lemma in ("quote", "cite")
        if inner.construct in ("relative", "infinitive", "participle"):
            return False
        first = _first_verb(outer, start, end)
        return first is not None and cue <= first + 1
    return False


_OPEN = frozenset({"assert", "assess", "allege"})
_SHOWING = frozenset(
    {
        "publish",
        "cite",
        "quote",
        "release",
        "report",
        "reveal",
        "leak",
        "detail",
        "describe",
        "obtain",
        "disclose",
        "post",
    }
)


def _of_what_is_shown(outer: Attribution, inner: Attribution) -> bool:
    """ "published a memo alleging that …", "cited a report which says that …": the noun that is shown speaks."""
    if outer.row.lemma not in _SHOWING or inner.construct not in ("participle", "relative") or not outer.contents:
        return False
    tokens = inner.antecedent or inner.source_tokens
    if tokens is None:
        return False
    at = inner.frame.s.starts[tokens[0]]
    return abs(at - outer.contents[0][0]) <= NEAR and outer.contents[0][0] < inner.cue[0] < outer.contents[-1][1]


def _first_verb(outer: Attribution, start: int, end: int) -> int | None:
    """Offset of the first finite verb of a part of the content that stands in no relative clause."""
    frame = outer.frame
    s = frame.s
    for group in frame.groups:
        at = s.starts[group.start]
        if start <= at < end and group.form == FINITE:
            before = group.start - 1
            while before >= 0 and s.tags[before][:2] == "RB":
                before -= 1
            if before >= 0 and s.lower[before] in ("who", "which") and s.starts[before] >= start:
                continue
            return at
    return None


_HELD = frozenset({"believe", "think", "know", "fear", "doubt", "suspect", "worry", "view", "see", "judge"})
_SOME = frozenset(
    {"few", "many", "most", "some", "several", "all", "both", "half", "people", "everyone", "nobody", "one"}
)


def _speaks(inner: Draft) -> bool:
    """Whether the inner attribution is a statement of somebody: what is wished, planned or suspected of nobody in
    particular is only what the outer one says."""
    found = inner.found
    if found.source is None or found.source_tokens is None:
        return False
    if found.row.kind == "stance" and found.row.lemma not in _HELD:
        return False
    if found.group is not None and found.group.modal is not None and found.content_form != "silence":
        return False
    s = found.frame.s
    vague = s.lower[found.source_tokens[0]] in _SOME and not any(
        s.tags[k] == "NNP" for k in range(*found.source_tokens)
    )
    return not (found.row.kind != "speech" and (vague or found.content_form == "noun"))


def _pronoun(inner: Draft) -> bool:
    """Whether the inner speaker is named by a pronoun alone, which at the start of a content means the outer
    speaker."""
    source = inner.found.source_tokens
    if source is None or source[1] - source[0] != 1:
        return False
    return inner.found.frame.s.lower[source[0]] in ("it", "he", "she", "they", "we", "i")


def _same(outer: Draft, inner: Draft) -> bool:
    """Whether the inner statement is the outer speaker's own: "it said it could not verify"."""
    return _pronoun(inner) and outer.found.construct != "citing"


def _take_source(outer: Draft, inner: Draft) -> None:
    if outer.speaker is not None:
        inner.speaker = outer.speaker


def _drop(drafts: list[Draft], dropped: set[int]) -> None:
    """Removes drafts and renumbers what refers to the others."""
    if not dropped:
        return
    number: dict[int, int] = {}
    for i in range(len(drafts)):
        if i not in dropped:
            number[i] = len(number)
    kept = [draft for i, draft in enumerate(drafts) if i not in dropped]
    for draft in kept:
        if draft.relays is not None:
            draft.relays = number.get(draft.relays)
    drafts[:] = kept
