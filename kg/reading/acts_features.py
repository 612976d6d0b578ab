"""What is known of a statement when its act is weighed, as names of features that hold (see `kg.reading.acts`)."""

from __future__ import annotations

import re
from functools import cache

from kg.reading.about import about, content_keys, same_speaker, speaker_keys
from kg.reading.draft import Draft
from kg.reading.lexicons import auxiliaries, load, nouns, statement_nouns
from kg.reading.verbs import FINITE, VerbGroup

REACH = 12
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_FIRST = frozenset({"we", "i", "our", "my", "us"})
_THIRD = frozenset({"it", "he", "she", "they", "its", "his", "her", "their"})
_POINTING = frozenset({"this", "that", "these", "those", "there", "what", "such"})
_NEGATIVE = frozenset({"no", "not", "never", "nothing", "none", "nobody", "neither", "nor", "without", "cannot"})
_SKIPPED = frozenset(
    {"the", "a", "an", "of", "to", "in", "on", "for", "and", "or", "by", "at", "as", "from", "with", "its", "their"}
)
_NEAR_SUBJECT = 4
_HEAD_WITHIN = 14


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    """Word -> the classes of content words that it is in."""
    found: dict[str, list[str]] = {}
    for name, listed in load("acts").items():
        for word in listed:
            found.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in found.items()}


def features(drafts: list[Draft], i: int) -> list[str]:
    """Names of the features of a statement among the statements of its article, each once.

    They speak of the act that the rules gave, the cue, the speaker, the content and its main verb, and of what was
    said before: whether somebody accused the speaker, and what the speaker said last.
    """
    draft = drafts[i]
    rule = draft.act.act
    out = {"rule:" + rule, "manner:" + str(draft.act.manner)}
    _cue(draft, rule, out)
    speaker = _speaker(draft, out)
    subject, tense, classes = _content(draft, out)
    accused = _before(drafts, i, out)
    out.add("rule+speaker:" + rule + "+" + speaker)
    out.add("rule+subject:" + rule + "+" + subject)
    out.add("rule+accused:" + rule + "+" + accused)
    out.add("subject+tense:" + subject + "+" + tense)
    out.add("speaker+subject:" + speaker + "+" + subject)
    out.add("accused+subject:" + accused + "+" + subject)
    out.add("accused+tense:" + accused + "+" + tense)
    out.add("speaker+tense:" + speaker + "+" + tense)
    for name in classes:
        out.add("class+subject:" + name + "+" + subject)
        out.add("class+rule:" + name + "+" + rule)
        out.add("class+accused:" + name + "+" + accused)
    return list(out)


def of_rules(name: str) -> bool:
    """Whether a feature tells what act the rules gave the statement itself."""
    return name.startswith(("rule", "manner:", "class+rule:")) or (name.startswith("speaker's last:") and "+" in name)


def _cue(draft: Draft, rule: str, out: set[str]) -> None:
    found = draft.found
    row = found.row
    out.add("cue:" + row.name)
    out.add("cue act:" + row.act)
    out.add("cue kind:" + row.kind)
    out.add("form:" + found.content_form)
    out.add("construct:" + found.construct)
    out.add("cue+form:" + row.name + "+" + found.content_form)
    out.add("rule+form:" + rule + "+" + found.content_form)
    group = found.group
    if group is not None:
        out.add("verb form:" + group.form)
        if group.modal:
            out.add("cue modal:" + group.modal)
        for name in ("negated", "perfect", "progressive", "passive"):
            if getattr(group, name):
                out.add("cue " + name)
                out.add("cue " + name + ":" + row.act)
    if "quoted" in found.features:
        out.add("quoted")
    if "continued" in found.features:
        out.add("continued")
    if draft.relays is not None:
        out.add("relays")
        out.add("relays:" + found.construct)
    if draft.in_title:
        out.add("title")
    s = found.frame.s
    inside: set[int] = set()
    for first, last in found.content_tokens:
        inside.update(range(first, last))
    if found.source_tokens is not None and found.source_frame is None:
        inside.update(range(*found.source_tokens))
    for k in range(max(0, found.head - 6), min(s.n, found.head + 5)):
        if k not in inside and k != found.head and s.lower[k].isalpha():
            out.add("beside:" + s.lower[k])


def _speaker(draft: Draft, out: set[str]) -> str:
    speaker = draft.speaker
    if speaker is None:
        out.add("speaker:none")
        return "none"
    source = speaker.source
    if speaker.expert:
        kind = "expert"
    elif source.kind in ("document", "outlet"):
        kind = source.kind
    elif speaker.anonymous:
        kind = "anonymous"
    elif speaker.sort is not None:
        kind = speaker.sort
    elif speaker.person:
        kind = "person"
    elif speaker.organisation:
        kind = "organisation"
    else:
        kind = source.kind
    out.add("speaker:" + kind)
    if speaker.person:
        out.add("speaker is person")
    if speaker.capacity:
        out.add("speaker has capacity")
        for word in _WORD.findall(speaker.capacity):
            if word.islower() and word not in _SKIPPED:
                out.add("role:" + word)
    for word in _WORD.findall(source.text):
        if word.islower() and word not in _SKIPPED:
            out.add("role:" + word)
    return kind


def _content(draft: Draft, out: set[str]) -> tuple[str, str, set[str]]:
    """Adds what the content is like; gives its subject, the tense of its main verb, and the classes of its words."""
    content = draft.content
    tokens = _WORD.findall(content)
    words = [word.lower().replace("’", "'") for word in tokens]
    subject = _subject(draft, tokens, words)
    out.add("subject:" + subject)
    length = len(words)
    out.add(
        "length:"
        + ("0" if not length else "1-2" if length < 3 else "3-6" if length < 7 else "7-15" if length < 16 else "long")
    )
    tense = _main_verb(draft, words, out)
    out.add("tense:" + tense)
    classes: set[str] = set()
    table = _classes()
    for k, word in enumerate(words):
        for name in table.get(word, ()):
            classes.add(name)
        if word not in _SKIPPED and tokens[k].islower():
            out.add("word:" + word)
            if k < _NEAR_SUBJECT:
                out.add("first:" + word)
    for name in classes:
        out.add("class:" + name)
    if content[-1:] == "?" or "?" in content:
        out.add("question")
    if any(word.isdigit() for word in words):
        out.add("number")
    if content[:1] in "“\"‘'":
        out.add("begins with a quotation")
    return subject, tense, classes


def _subject(draft: Draft, tokens: list[str], words: list[str]) -> str:
    if not words:
        return "nothing"
    first = words[0]
    if first in _FIRST:
        return "first person"
    if first in _THIRD:
        return "third person"
    if first in _NEGATIVE:
        return "negative"
    if first in _POINTING:
        return "pointing"
    start = [word for word in words[:_NEAR_SUBJECT] if word not in _SKIPPED]
    if start and (start[0] in statement_nouns() or start[0] in nouns("documents")):
        return "something said"
    own = speaker_keys(draft)
    named = [token.lower()[:5] for token in tokens[:_NEAR_SUBJECT] if token[:1].isupper()]
    if any(name in own for name in named):
        return "speaker"
    if draft.claim is not None and draft.claim.subject_actor is not None:
        speaker = draft.speaker
        if speaker is not None and draft.claim.subject_actor in (speaker.source.actor, speaker.source.name):
            return "speaker"
        return "another actor"
    if any(token[:1].isupper() for token in tokens[1:_NEAR_SUBJECT]) or (
        tokens[0][:1].isupper()
        and first not in _SKIPPED
        and not content_keys(draft).isdisjoint({first[:5]})
        and draft.found.content_form in ("that", "clause", "noun", "accusation")
    ):
        return "name"
    if first in ("the", "a", "an"):
        return "noun phrase"
    return "other"


def _main_verb(draft: Draft, words: list[str], out: set[str]) -> str:
    """The tense, mood and negation of the content's first finite verb, in one word."""
    found = draft.found
    group: VerbGroup | None = None
    frame = found.frame
    if found.content_tokens:
        start, end = found.content_tokens[0]
        group = next((g for g in frame.groups if start <= g.start < end and g.form == FINITE), None)
    if group is not None:
        s = frame.s
        out.add("verb:" + group.lemma)
        out.add(("passive:" if group.passive else "active:") + group.lemma)
        word = s.lower[group.start]
        if group.modal:
            tense = "modal " + group.modal.replace("’", "'")
        elif group.perfect:
            tense = "perfect"
        elif group.copula:
            tense = "was" if word in ("was", "were") else "is"
        else:
            tense = "past" if word.endswith("ed") or s.tags[group.start] in ("VBD", "VBN") else "present"
        if group.passive:
            tense += " passive"
        if group.negated or not _NEGATIVE.isdisjoint(s.lower[group.end : group.end + 1]):
            tense += " negated"
            out.add("negated content")
        return tense
    for word in words[:_HEAD_WITHIN]:
        kind = auxiliaries().get(word)
        if kind is not None:
            negated = not _NEGATIVE.isdisjoint(words[:_HEAD_WITHIN])
            out.add("aux:" + word)
            return (f"quoted {kind} {word}" if kind == "modal" else f"quoted {kind}") + (" negated" if negated else "")
    return "verbless negated" if words and not _NEGATIVE.isdisjoint(words[:3]) else "verbless"


def _before(drafts: list[Draft], i: int, out: set[str]) -> str:
    """Adds what was said before; gives how near somebody accused the speaker, or anybody."""
    draft = drafts[i]
    accused = "none accused"
    shared = 0
    own = _stems(draft)
    for j in range(i - 1, max(-1, i - REACH - 1), -1):
        earlier = drafts[j]
        if earlier.act.act != "allege" or same_speaker(draft, earlier):
            continue
        shared = max(shared, len(own & _stems(earlier)))
        near = "just now" if i - j == 1 else "near" if i - j < 4 else "before"
        if about(draft, earlier):
            accused = "accused " + near
            break
        if accused == "none accused":
            accused = "others accused " + near
    out.add(accused)
    out.add("shares words with what is alleged:" + str(min(shared, 4)))
    if i:
        last = drafts[i - 1]
        same = same_speaker(draft, last)
        together = last.found.frame is draft.found.frame
        out.add("last:" + last.act.act)
        out.add(f"last:{last.act.act}{' same speaker' if same else ''}{' same sentence' if together else ''}")
        for j in range(i - 1, max(-1, i - REACH - 1), -1):
            if same_speaker(draft, drafts[j]):
                out.add("speaker's last:" + drafts[j].act.act)
                out.add("speaker's last:" + drafts[j].act.act + "+" + draft.act.act)
                break
        else:
            out.add("speaker's first")
    else:
        out.add("first statement")
    if i + 1 < len(drafts) and drafts[i + 1].found.frame is draft.found.frame:
        out.add("next:" + drafts[i + 1].act.act)
    return accused


def _stems(draft: Draft) -> frozenset[str]:
    """Beginnings of the longer words of what is said, names left out."""
    return frozenset(word[:6].lower() for word in _WORD.findall(draft.content) if len(word) > 4 and word.islower())
