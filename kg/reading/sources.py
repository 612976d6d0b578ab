"""Who the words of a source stand for: an actor, a document, a source without a name, or somebody named before."""

from __future__ import annotations

from dataclasses import replace

from kg.reading.about import keys
from kg.reading.attribution import Attribution, span_of
from kg.reading.description import COUNTS, before_readers, describe, issuer_of, without_count
from kg.reading.lexicons import nouns, sorts, words
from kg.reading.memory import Memory, Mentions, Speaker, remember
from kg.reading.mentions import Mention
from kg.reading.model import Source
from kg.reading.phrases import Frame
from kg.reading.pointing import as_speaker, mention_speaker, nation_of, of_other_sort, office, pointed, spoken_for

_PERSON_PRONOUNS = frozenset({"he", "she", "his", "her", "him"})
_THING_PRONOUNS = frozenset({"it", "its", "they", "their", "this", "that"})


def resolve(text: str, found: Attribution, mentions: Mentions, memory: Memory) -> Speaker | None:
    """The speaker of an attribution, None when it has no source. Remembers it for what follows."""
    if found.source is None or found.source_tokens is None:
        return None
    if found.source_frame is not None:
        found = replace(found, frame=found.source_frame)
    frame = found.frame
    memory.advance(frame, mentions)
    pronoun = found.source
    if found.antecedent is not None:
        found = replace(found, source=span_of(frame, found.antecedent), source_tokens=found.antecedent)
    first, last = found.source_tokens or (0, 0)
    start, end = found.source or (0, 0)
    head = head_of(frame, first, last)
    word = frame.s.lower[head]
    if last - first == 1 and (
        frame.s.tags[first] in ("PRP", "PRP$", "WP") or word in words("first_person") or word in _THING_PRONOUNS
    ):
        return _pronoun(text, found, word, mentions, memory)
    speaker = _named(text, found, head, mentions.within(start, end), mentions, memory)
    _complete(text, found, head, speaker, mentions, memory)
    remember(speaker, memory)
    if pronoun != (start, end) and pronoun is not None:
        said = replace(speaker.source, text=text[pronoun[0] : pronoun[1]], start=pronoun[0], end=pronoun[1])
        if said.name is None and said.actor is None:
            said = replace(said, name=text[start:end])
        return replace(speaker, source=said)
    return speaker


def _complete(text: str, found: Attribution, head: int, speaker: Speaker, mentions: Mentions, memory: Memory) -> None:
    """What the words of the source and the article so far add: issuer, expertise, whom it speaks for, that it is
    unnamed."""
    s = found.frame.s
    first, last = found.source_tokens or (0, 0)
    source = speaker.source
    said = {s.lower[k] for k in range(first, last)} | {word.lower() for word in (speaker.capacity or "").split()}
    owned = s.lower[first] in ("his", "her", "their", "its")
    speaker.expert = not said.isdisjoint(nouns("experts")) and not (owned and "lawyer" in said)
    if owned and source.kind != "document":
        owner = memory.person if s.lower[first] in ("his", "her") else memory.organisation or memory.last
        if owner is not None:
            name = owner.source.actor or owner.source.name
            speaker.behind = (name,) if name else ()
            if source.actor is None and source.name is None and s.lower[head] in nouns("spokespeople"):
                speaker.source = source = replace(
                    source, actor=owner.source.actor, actor_id=owner.source.actor_id, kind="actor", name=name
                )
    if source.kind == "document" and source.issuer is None:
        known = memory.document
        if known is not None and (known.source.issuer or known.source.issuer_actor):
            speaker.source = replace(source, issuer=known.source.issuer, issuer_actor=known.source.issuer_actor)
        elif owned and memory.organisation is not None:
            speaker.source = replace(
                source, issuer_actor=memory.organisation.source.actor, issuer=memory.organisation.source.text
            )
    if source.kind == "reference" and source.actor is None and source.name is None and not speaker.organisation:
        speaker.source = replace(source, kind="anonymous")
        speaker.anonymous = True
        speaker.count = next(
            (s.words[k] for k in range(first, last) if s.lower[k] in COUNTS or s.tags[k] == "CD"), None
        )
        speaker.type = without_count(text, found.frame, first, last)
    if speaker.country is None:
        inside = mentions.within(source.start, source.end)
        speaker.country = next(
            (m.country for m in inside if m.country and m.kind not in ("company", "media", "person")), None
        )


def head_of(frame: Frame, first: int, last: int) -> int:
    """The head of the source: the last noun before a preposition, a comma or a verb."""
    head = first
    s = frame.s
    for k in range(first, last):
        if k > first and (
            s.tags[k] in ("IN", "TO", ",", "(", "WP", "WDT", "CC")
            or frame.group_at[k] >= 0
            or s.lower[k] in ("familiar", "close", "aware", "involved", "briefed")
        ):
            break
        if s.tags[k] in ("NN", "NNS", "NNP", "NNPS", "PRP", "CD") or (k == first):
            head = k
    return head


def _pronoun(text: str, found: Attribution, word: str, mentions: Mentions, memory: Memory) -> Speaker | None:
    start, end = found.source or (0, 0)
    bare = Source(text[start:end], start, end, kind="reference")
    if word in words("first_person"):
        return Speaker(bare)
    known: Speaker | None
    if word in _PERSON_PRONOUNS:
        latest = memory.last
        speaking = latest is not None and (latest.person or latest.capacity is not None or latest.anonymous)
        known = latest if speaking else memory.person or memory.spokesperson
    elif word in ("it", "its"):
        subject = _sentence_subject(found, mentions)
        if subject is not None:
            return Speaker(
                Source(text[start:end], start, end, subject.name, subject.id, "actor", name=subject.name),
                organisation=True,
                country=subject.country,
            )
        document = memory.last is not None and memory.last.source.kind == "document"
        known = memory.last if document else memory.organisation or memory.last
    else:
        known = memory.last
    if known is None:
        return Speaker(bare)
    source = known.source
    name = source.name or source.actor or source.text
    return replace(
        known, source=replace(source, text=text[start:end], start=start, end=end, name=name), affiliation=None
    )


def _sentence_subject(found: Attribution, mentions: Mentions) -> Mention | None:
    """The organisation with which the pronoun's own sentence begins: "Google, which …, said it …"."""
    s = found.frame.s
    start = (found.source or (0, 0))[0]
    for mention in mentions.within(s.start, start):
        if mention.start <= s.start + 6 and mention.kind != "person":
            return mention
        break
    return None


def _named(
    text: str, found: Attribution, head: int, inside: list[Mention], mentions: Mentions, memory: Memory
) -> Speaker:
    start, end = found.source or (0, 0)
    frame = found.frame
    s = frame.s
    first, last = found.source_tokens or (0, 0)
    word = s.lower[head]
    said = text[start:end]
    lowered = said.lower()
    at_head = [m for m in inside if m.start <= s.starts[head] < m.end]
    names = [k for k in range(first, last) if s.tags[k] == "NNP"]
    if word in nouns("documents") and not at_head and s.tags[head] != "NNP":
        issuer = issuer_of(text, frame, first, head, last)
        stop = s.ends[before_readers(frame, first, last) - 1]
        issuer_actor = next((m.name for m in inside if m.end <= stop), None)
        return Speaker(Source(said, start, end, kind="document", issuer=issuer, issuer_actor=issuer_actor))
    person = [m for m in inside if m.kind == "person"]
    spokes = word in nouns("spokespeople") and s.tags[head] != "NNP"
    marked = any(mark in lowered for mark in nouns("anonymous_marks"))
    head_name = s.tags[head] in ("NNP", "NNPS")
    named = _apposed(text, found, head, mentions)
    if named is not None:
        return named
    held = office(frame, (first, last), head, inside) if not marked else None
    if held is not None:
        speaker = mention_speaker(said, start, end, held)
        speaker.capacity = text[s.starts[head] : s.ends[head]]
        return speaker
    if inside and of_other_sort(frame, head, inside[0]):
        known = pointed(frame, (first, last), head, memory, lambda: _content_keys(text, found))
        if known is not None and known.sort == sorts("nouns").get(word):
            return as_speaker(said, start, end, known)
        inside = inside[1:]
    if person and ((at_head and at_head[0].kind == "person") or head_name):
        mention = person[-1]
        speaker = Speaker(Source(said, start, end, mention.name, mention.id, "actor", name=mention.name), person=True)
        describe(text, found, mention.start, mention.end, mentions, speaker)
        return speaker
    if at_head and not marked:
        mention = at_head[-1]
        speaker = Speaker(
            Source(said, start, end, mention.name, mention.id, "actor", name=mention.name),
            person=mention.kind == "person",
            organisation=mention.kind != "person",
            country=mention.country,
            sort=sorts("kinds").get(mention.kind or ""),
        )
        if mention.kind == "person":
            describe(text, found, mention.start, mention.end, mentions, speaker)
        return speaker
    nation = nation_of(frame, (first, last), head, mentions)
    if nation is not None and not marked:
        return mention_speaker(said, start, end, nation)
    if (
        spokes
        and not marked
        and not head_name
        and word not in ("official", "lawyer", "attorney", "envoy", "officials", "representatives", "representative")
    ):
        owner = inside[-1] if inside else None
        speaker = Speaker(
            Source(
                said,
                start,
                end,
                owner.name if owner else None,
                owner.id if owner else None,
                "actor" if owner else "reference",
                name=owner.name if owner else None,
            ),
            organisation=True,
        )
        speaker.capacity = s.words[head]
        if owner is None and names:
            name = text[s.starts[names[0]] : s.ends[names[-1]]]
            speaker.source = Source(said, start, end, kind="actor", name=name)
        elif owner is None and (body := spoken_for(frame, (first, last), head, memory)) is not None:
            before = body.source
            speaker.source = Source(
                said,
                start,
                end,
                before.actor,
                before.actor_id,
                before.kind,
                name=before.name or before.actor or before.text,
            )
        _describe_name(text, found, mentions, speaker)
        return speaker
    if word in nouns("anonymous") and not head_name:
        speaker = Speaker(Source(said, start, end, kind="anonymous"), anonymous=True)
        speaker.count = next(
            (s.words[k] for k in range(first, head) if s.lower[k] in COUNTS or s.tags[k] == "CD"), None
        )
        speaker.type = without_count(text, frame, first, last)
        return speaker
    if not head_name and word in nouns("organisations") and names and not inside:
        a = first + 1 if s.tags[first] == "DT" else first
        return Speaker(Source(said, start, end, kind="actor", name=text[s.starts[a] : end]), organisation=True)
    if head_name or (names and s.tags[last - 1] == "NNP"):
        return _by_name(text, found, head, names, mentions, memory)
    if word in nouns("organisations") and not inside:
        known = pointed(frame, (first, last), head, memory, lambda: _content_keys(text, found))
        if known is not None:
            return as_speaker(said, start, end, known)
    if inside:
        mention = inside[-1] if s.lower[head] in nouns("organisations") or spokes else inside[0]
        return Speaker(
            Source(said, start, end, mention.name, mention.id, "actor", name=mention.name),
            organisation=mention.kind != "person",
            country=mention.country,
            sort=sorts("kinds").get(mention.kind or ""),
        )
    return Speaker(Source(said, start, end, kind="reference"), organisation=word in nouns("organisations"))


def _apposed(text: str, found: Attribution, head: int, mentions: Mentions) -> Speaker | None:
    """Who is named behind the role, between commas: "Kosovo's prime minister, Albin Kurti, …"."""
    s = found.frame.s
    start, end = found.source or (0, 0)
    _, last = found.source_tokens or (0, 0)
    if s.lower[head] not in nouns("roles") or s.tags[head] == "NNP" or last + 2 >= s.n or s.tags[last] != ",":
        return None
    k = last + 1
    while k < s.n and s.tags[k] == "NNP":
        k += 1
    if k - last - 1 < _NAME_WORDS or k >= s.n or s.tags[k] not in (",", "."):
        return None
    first, stop = s.starts[last + 1], s.ends[k - 1]
    known = next((m for m in mentions.within(first, stop) if m.kind == "person"), None)
    name = known.name if known is not None else text[first:stop]
    source = Source(text[start:end], start, end, kind="actor", name=name)
    if known is not None:
        source = replace(source, actor=known.name, actor_id=known.id)
    return Speaker(source, person=True, capacity=text[start:end])


_NAME_WORDS = 2


def _content_keys(text: str, found: Attribution) -> frozenset[str]:
    return keys(" ".join(text[start:end] for start, end in found.contents))


def _by_name(text: str, found: Attribution, head: int, names: list[int], mentions: Mentions, memory: Memory) -> Speaker:
    """A speaker named in the text whom no spotter knows: the run of capitalised words around the head."""
    start, end = found.source or (0, 0)
    s = found.frame.s
    k = names[-1] if names and s.tags[head] not in ("NNP", "NNPS") else head
    a = k
    first = (found.source_tokens or (0, 0))[0]
    while a > first and s.tags[a - 1] == "NNP":
        a -= 1
    while a < k and (s.lower[a] in nouns("roles") or s.lower[a] in words("person_titles") or s.lower[a + 1] in _TITLED):
        a += 1
    last = (found.source_tokens or (0, 0))[1]
    body = s.lower[k] in nouns("organisations") and k + 2 < last + 1 and s.lower[k + 1] in ("of", "for")
    if body and k + 2 < last and s.tags[k + 2] in ("NNP", "NNPS", "DT"):
        k = max(i for i in range(k + 2, last) if i == k + 2 or s.tags[i] in ("NNP", "NNPS"))
    name = text[s.starts[a] : s.ends[k]]
    known = memory.by_tail.get(name)
    if known is not None:
        source = replace(known.source, text=text[start:end], start=start, end=end)
        return replace(known, source=source)
    full = memory.names.get(name) or memory.names.get(name.rsplit(" ", 1)[-1])
    if full is None:
        memory.names[name.rsplit(" ", 1)[-1]] = name
        memory.names[name] = name
        full = name
    organisation = body or s.lower[k] in nouns("organisations") or name.isupper()
    speaker = Speaker(
        Source(text[start:end], start, end, kind="actor", name=full), person=not organisation, organisation=organisation
    )
    if not body:
        describe(text, found, s.starts[a], s.ends[k], mentions, speaker)
    return speaker


_TITLED = frozenset({"minister", "secretary", "president", "general", "judge", "senator", "commissioner", "director"})
"""Behind the first word of a title of two: "Interior Minister Svecla"."""


def _describe_name(text: str, found: Attribution, mentions: Mentions, speaker: Speaker) -> None:
    """The name of a spokesman, when it stands behind the role: "spokeswoman Liu Wei"."""
    del text, found, mentions, speaker
