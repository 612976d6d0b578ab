"""All attributions of one sentence: by verbs here, by other constructs in `kg.reading.nominal`."""

from __future__ import annotations

from kg.reading.attribution import Attribution, span_of
from kg.reading.content import find_content
from kg.reading.framing import framed
from kg.reading.headings import colon
from kg.reading.inversion import Subject, inverted_subject
from kg.reading.lexicons import CueRow, cue_rows
from kg.reading.nominal import according, adjectival, citing, nominal, noun_is_that
from kg.reading.phrased import phrased
from kg.reading.phrases import Frame
from kg.reading.said import Content
from kg.reading.subjects import find_subject
from kg.reading.verbs import FINITE, GERUND, INFINITIVE, REDUCED, VerbGroup

Bounds = tuple[int, int]
_NOBODY = frozenset({"nobody", "none", "neither", "nor", "no-one"})


def attributions(frame: Frame) -> list[Attribution]:
    """All attributions of one sentence, in order of their cues."""
    out: list[Attribution] = []
    for index, group in enumerate(frame.groups):
        row = _row(frame, group)
        if row is None:
            continue
        found = _verbal(frame, index, group, row)
        if found is not None:
            out.append(found)
    out.extend(according(frame))
    out.extend(nominal(frame))
    out.extend(colon(frame))
    out.extend(adjectival(frame))
    out.extend(framed(frame))
    out.extend(noun_is_that(frame))
    out.extend(phrased(frame))
    out.extend(citing(frame, out))
    out.sort(key=lambda found: found.cue)
    return out


def _row(frame: Frame, group: VerbGroup) -> CueRow | None:
    rows = cue_rows().get(group.lemma)
    if not rows:
        return None
    s = frame.s
    for row in rows:
        if not row.particle:
            return row
        stop = group.head + 1 + len(row.particle)
        if tuple(s.lower[group.head + 1 : stop]) == row.particle:
            if (
                row.particle == ("to",)
                and stop - 1 < s.n
                and frame.group_at[stop - 1] not in (-1, frame.group_at[group.head])
            ):
                continue
            group.end = stop
            return row
    return None


def _verbal(frame: Frame, index: int, group: VerbGroup, row: CueRow) -> Attribution | None:
    s = frame.s
    subject: Subject | None = None
    if group.form == FINITE and not group.passive:
        if (row.kind != "finding" or row.lemma == "find") and row.frames & {"S", "Q"}:
            subject = inverted_subject(frame, group)
        if subject is None:
            subject = find_subject(frame, index)
    elif group.form == REDUCED and not group.passive:
        return None
    else:
        subject = find_subject(frame, index)
    content = find_content(frame, index, row, subject)
    if content is None:
        return None
    if subject is None and not group.passive and group.form != FINITE:
        return None
    source = span_of(frame, (subject.start, subject.end)) if subject is not None else None
    if subject is not None:
        _remove_source(content, subject)
        if not _NOBODY.isdisjoint(s.lower[max(0, subject.start - 1) : subject.start + 1]):
            group.negated = True
    contents = [span_of(frame, part) for part in content.parts if part[1] > part[0]]
    if not contents and content.form not in ("next", "following"):
        return None
    found = Attribution(
        row=row,
        cue=(s.starts[group.start], s.ends[group.end - 1]),
        source=source,
        contents=contents,
        evidence=(s.start, s.end),
        construct=_construct(group, subject, content),
        frame=frame,
        group=group,
        head=group.head,
        source_tokens=(subject.start, subject.end) if subject is not None else None,
        content_tokens=content.parts,
        content_form=content.form,
        addressee=span_of(frame, content.addressee) if content.addressee else None,
    )
    found.features |= content.features
    if content.quoted:
        found.features.add("quoted")
    if subject is not None:
        found.antecedent = subject.antecedent
        found.features.add("how:" + subject.how)
    return found


def _remove_source(content: Content, subject: Subject) -> None:
    parts = []
    for start, end in content.parts:
        if start <= subject.start and subject.end <= end and (start, end) != (subject.start, subject.end):
            if subject.start == start:
                start = subject.end
            elif subject.end == end:
                end = subject.start
        if (start, end) != (subject.start, subject.end):
            parts.append((start, end))
    content.parts = parts


def _construct(group: VerbGroup, subject: Subject | None, content: Content) -> str:
    if group.passive:
        return "passive" if subject is not None else "agentless"
    if content.form in ("left", "split"):
        return "inverted" if subject is not None and subject.how == "inverted" else "postposed"
    if group.form == GERUND:
        return "participle"
    if group.form == INFINITIVE:
        return "infinitive"
    if subject is not None and subject.how in ("relative", "coordinated"):
        return subject.how
    if content.form in ("clause", "gerund"):
        return "no that"
    return {
        "that": "that",
        "quote": "quotation",
        "noun": "noun object",
        "complement": "complement",
        "accusation": "accusation",
        "infinitive": "to-infinitive",
        "wh": "wh-clause",
    }.get(content.form, "other")
