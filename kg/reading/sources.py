"""Who the words of a source stand for: an actor, a document, a source without a name, or somebody named before."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace

from kg.reading.attribution import Attribution, span_of
from kg.reading.lexicons import nouns, words
from kg.reading.mentions import Mention
from kg.reading.model import Affiliation, Source, Span
from kg.reading.phrases import Frame, noun_phrase_right

_COUNTS = frozenset(
    {
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "several",
        "some",
        "many",
        "a",
        "an",
        "one",
        "multiple",
        "numerous",
        "most",
        "few",
        "dozens",
    }
)
_PERSON_PRONOUNS = frozenset({"he", "she", "his", "her", "him"})
_THING_PRONOUNS = frozenset({"it", "its", "they", "their", "this", "that"})


@dataclass(slots=True)
class Speaker:
    """A resolved source with what is said of it in passing."""

    source: Source
    anonymous: bool = False
    count: str | None = None
    type: str | None = None
    capacity: str | None = None
    affiliation: Affiliation | None = None
    person: bool = False
    organisation: bool = False
    expert: bool = False
    country: str | None = None
    sort: str | None = None
    behind: tuple[str, ...] = ()


_SORT = {
    "company": "company", "media": "media", "government": "state", "government_body": "state", "armed_force": "force",
    "think_tank": "group", "international_organization": "union", "party": "group", "group": "group",
}  # fmt: skip
_SORT_OF_NOUN = {
    "company": "company", "firm": "company", "bank": "company", "group": "company", "airline": "company", "manufacturer": "company",
    "retailer": "company", "startup": "company", "start-up": "company", "chipmaker": "company", "giant": "company", "maker": "company",
    "operator": "company", "consortium": "company", "ministry": "state", "government": "state", "administration": "state",
    "department": "state", "agency": "state", "bureau": "state", "office": "state", "embassy": "state", "commission": "union",
    "newspaper": "media", "paper": "media", "outlet": "media", "channel": "media", "network": "media", "site": "media",
    "broadcaster": "media", "magazine": "media", "union": "union", "bloc": "union", "alliance": "union", "organisation": "union",
    "organization": "union", "army": "force", "military": "force", "navy": "force", "party": "group", "institute": "group", "country": "state",
}  # fmt: skip


@dataclass(slots=True)
class Memory:
    """Speakers and actors met so far in the article, for the pronouns and short names that follow."""

    names: dict[str, str] = field(default_factory=dict)
    person: Speaker | None = None
    spokesperson: Speaker | None = None
    organisation: Speaker | None = None
    document: Speaker | None = None
    last: Speaker | None = None
    read_to: int = 0
    by_sort: dict[str, Speaker] = field(default_factory=dict)
    by_tail: dict[str, Speaker] = field(default_factory=dict)

    def advance(self, frame: Frame, mentions: Mentions) -> None:
        """Takes in the actors named since the last sentence read; of each sentence the first organisation counts."""
        begin = frame.s.start
        if begin <= self.read_to:
            return
        between = mentions.within(self.read_to, begin)
        self.read_to = begin
        for mention in between:
            speaker = _of_mention(mention)
            if " " in mention.name:
                self.by_tail.setdefault(mention.name.rsplit(" ", 1)[-1], speaker)
            if mention.kind == "person":
                self.person = speaker
            else:
                if self.organisation is None:
                    self.organisation = speaker
                if speaker.sort is not None:
                    self.by_sort[speaker.sort] = speaker


class Mentions:
    """Mentions sorted by their start, asked by range."""

    def __init__(self, mentions: list[Mention]) -> None:
        self._all = sorted(mentions, key=lambda mention: (mention.start, -mention.end))
        self._starts = [mention.start for mention in self._all]

    def all(self) -> list[Mention]:
        """All mentions, in order."""
        return self._all

    def within(self, start: int, end: int) -> list[Mention]:
        """Mentions that lie wholly in `start` to `end`."""
        out = []
        for mention in self._all[bisect_left(self._starts, start) :]:
            if mention.start >= end:
                break
            if mention.end <= end:
                out.append(mention)
        return out


def _of_mention(mention: Mention) -> Speaker:
    source = Source(mention.name, mention.start, mention.end, mention.name, mention.id, "actor", name=mention.name)
    return Speaker(
        source,
        person=mention.kind == "person",
        organisation=mention.kind != "person",
        country=mention.country,
        sort=_SORT.get(mention.kind or ""),
    )


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
    _remember(speaker, memory)
    if pronoun != (start, end) and pronoun is not None:
        said = replace(speaker.source, text=text[pronoun[0] : pronoun[1]], start=pronoun[0], end=pronoun[1])
        if said.name is None and said.actor is None:
            said = replace(said, name=text[start:end])
        return replace(speaker, source=said)
    return speaker


def _complete(text: str, found: Attribution, head: int, speaker: Speaker, mentions: Mentions, memory: Memory) -> None:
    """What the words of the source and the article so far add: issuer, expertise, whom it speaks for, that it is unnamed."""
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
            (s.words[k] for k in range(first, last) if s.lower[k] in _COUNTS or s.tags[k] == "CD"), None
        )
        speaker.type = _without_count(text, found.frame, first, last)
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
        issuer = _issuer(text, frame, first, head, last)
        issuer_actor = next((m.name for m in inside), None)
        return Speaker(Source(said, start, end, kind="document", issuer=issuer, issuer_actor=issuer_actor))
    person = [m for m in inside if m.kind == "person"]
    spokes = word in nouns("spokespeople") and s.tags[head] != "NNP"
    marked = any(mark in lowered for mark in nouns("anonymous_marks"))
    head_name = s.tags[head] in ("NNP", "NNPS")
    if person and ((at_head and at_head[0].kind == "person") or head_name):
        mention = person[-1]
        speaker = Speaker(Source(said, start, end, mention.name, mention.id, "actor", name=mention.name), person=True)
        _describe(text, found, mention.start, mention.end, mentions, speaker)
        return speaker
    if at_head and not marked:
        mention = at_head[-1]
        speaker = Speaker(
            Source(said, start, end, mention.name, mention.id, "actor", name=mention.name),
            person=mention.kind == "person",
            organisation=mention.kind != "person",
            country=mention.country,
            sort=_SORT.get(mention.kind or ""),
        )
        if mention.kind == "person":
            _describe(text, found, mention.start, mention.end, mentions, speaker)
        return speaker
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
        elif owner is None and memory.organisation is not None:
            before = memory.organisation.source
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
            (s.words[k] for k in range(first, head) if s.lower[k] in _COUNTS or s.tags[k] == "CD"), None
        )
        speaker.type = _without_count(text, frame, first, last)
        return speaker
    if not head_name and word in nouns("organisations") and names and not inside:
        a = first + 1 if s.tags[first] == "DT" else first
        return Speaker(Source(said, start, end, kind="actor", name=text[s.starts[a] : end]), organisation=True)
    if head_name or (names and s.tags[last - 1] == "NNP"):
        return _by_name(text, found, head, names, mentions, memory)
    if word in nouns("organisations") and not inside:
        known = _known(word, memory)
        if known is not None and s.lower[first] in ("the", "its", "his", "their", "that", "this") and head - first <= 2:
            src = known.source
            return Speaker(
                Source(said, start, end, src.actor, src.actor_id, src.kind, name=src.name or src.actor or src.text),
                organisation=True,
                country=known.country,
                sort=known.sort,
            )
    if inside:
        mention = inside[-1] if s.lower[head] in nouns("organisations") or spokes else inside[0]
        return Speaker(
            Source(said, start, end, mention.name, mention.id, "actor", name=mention.name),
            organisation=mention.kind != "person",
            country=mention.country,
            sort=_SORT.get(mention.kind or ""),
        )
    return Speaker(Source(said, start, end, kind="reference"), organisation=word in nouns("organisations"))


def _known(noun: str, memory: Memory) -> Speaker | None:
    """Whom "the company", "the ministry" means: the latest of that sort, else the latest organisation of unknown sort."""
    sort = _SORT_OF_NOUN.get(noun)
    if sort is None:
        return memory.organisation
    found = memory.by_sort.get(sort)
    if found is not None:
        return found
    latest = memory.organisation
    return latest if latest is not None and latest.sort is None else None


def _by_name(text: str, found: Attribution, head: int, names: list[int], mentions: Mentions, memory: Memory) -> Speaker:
    """A speaker named in the text whom no spotter knows: the run of capitalised words around the head."""
    start, end = found.source or (0, 0)
    s = found.frame.s
    k = names[-1] if names and s.tags[head] not in ("NNP", "NNPS") else head
    a = k
    first = (found.source_tokens or (0, 0))[0]
    while a > first and s.tags[a - 1] == "NNP":
        a -= 1
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
    organisation = s.lower[k] in nouns("organisations") or name.isupper()
    speaker = Speaker(
        Source(text[start:end], start, end, kind="actor", name=full), person=not organisation, organisation=organisation
    )
    _describe(text, found, s.starts[a], s.ends[k], mentions, speaker)
    return speaker


def _describe_name(text: str, found: Attribution, mentions: Mentions, speaker: Speaker) -> None:
    """The name of a spokesman, when it stands behind the role: "spokeswoman Liu Wei"."""
    del text, found, mentions, speaker


def _describe(text: str, found: Attribution, start: int, end: int, mentions: Mentions, speaker: Speaker) -> None:
    """Role and organisation of a named person, from the words before the name or the apposition after it."""
    frame = found.frame
    s = frame.s
    k = next((i for i in range(s.n) if s.ends[i] >= end), None)
    if k is None:
        return
    role: tuple[int, int] | None = None
    if (k + 2 < s.n and s.tags[k + 1] == "," and s.tags[k + 2] in ("DT", "NN", "NNS", "NNP", "JJ", "PRP$")) or (
        k + 2 < s.n and s.tags[k + 1] == "," and s.lower[k + 2] in ("former", "chief", "who")
    ):
        apposition = noun_phrase_right(frame, k + 2)
        if apposition is not None and any(s.lower[i] in nouns("roles") for i in range(*apposition)):
            role = apposition
    elif k + 2 < s.n and s.lower[k + 1] in ("of", "at", "from") and s.tags[k + 2] in ("NNP", "DT"):
        place = noun_phrase_right(frame, k + 2)
        if place is not None:
            organisation = _span(text, s.starts[place[0]], s.ends[place[1] - 1])
            inside = mentions.within(organisation.start, organisation.end)
            if s.lower[k + 1] != "from":
                speaker.affiliation = Affiliation(
                    Span(text[start:end], start, end), None, organisation, inside[0].name if inside else None
                )
                speaker.capacity = f"{s.words[k + 1]} {organisation.text}"
            return
    if role is None:
        first = (found.source_tokens or (0, 0))[0]
        name_at = next((i for i in range(s.n) if s.starts[i] >= start), 0)
        before = [i for i in range(first, name_at) if s.lower[i] in nouns("roles")]
        if before:
            role = (first, before[-1] + 1)
        else:
            return
    a, b = role
    while a < b - 1 and s.tags[a] in ("DT",):
        a += 1
    capacity = _span(text, s.starts[a], s.ends[b - 1])
    speaker.capacity = capacity.text
    role_token = next((i for i in range(a, b) if s.lower[i] in nouns("roles")), a)
    inside = mentions.within(capacity.start, capacity.end)
    organisation_span = _span(text, inside[0].start, inside[0].end) if inside else _organisation(text, frame, a, b)
    role_end = next(
        (
            i
            for i in range(role_token, b)
            if s.tags[i] in ("IN", "TO") and s.lower[i] in ("at", "of", "for", "with", "from")
        ),
        b,
    )
    role_span = _span(text, s.starts[a], s.ends[max(role_end - 1, a)])
    speaker.affiliation = Affiliation(
        Span(text[start:end], start, end), role_span, organisation_span, inside[0].name if inside else None
    )


def _organisation(text: str, frame: Frame, a: int, b: int) -> Span | None:
    s = frame.s
    for k in range(a, b):
        if s.lower[k] in ("at", "of", "for", "with", "from") and k + 1 < b:
            j = k + 1
            while j < b and s.tags[j] not in (",", "IN", "TO"):
                j += 1
            first = next((i for i in range(k + 1, j) if s.tags[i] == "NNP"), None)
            if first is not None:
                last = max(i for i in range(k + 1, j) if s.tags[i] == "NNP")
                return _span(text, s.starts[first], s.ends[last])
    return None


def _issuer(text: str, frame: Frame, first: int, head: int, last: int) -> str | None:
    s = frame.s
    names = [k for k in range(first, head) if s.tags[k] == "NNP"]
    if names:
        return text[s.starts[names[0]] : s.ends[names[-1]]]
    for k in range(head + 1, last):
        if s.lower[k] in ("by", "from", "of") and k + 1 < last:
            names = [j for j in range(k + 1, last) if s.tags[j] == "NNP"]
            if names:
                return text[s.starts[names[0]] : s.ends[names[-1]]]
    owner = [k for k in range(first, head) if s.tags[k] == "POS"]
    if owner and owner[0] > first:
        return text[s.starts[first] : s.ends[owner[0] - 1]]
    return None


def _without_count(text: str, frame: Frame, first: int, last: int) -> str:
    s = frame.s
    k = first
    while k < last - 1 and (s.lower[k] in _COUNTS or s.tags[k] in ("DT", "CD")):
        k += 1
    return text[s.starts[k] : s.ends[last - 1]]


def _span(text: str, start: int, end: int) -> Span:
    return Span(text[start:end], start, end)


def _remember(speaker: Speaker, memory: Memory) -> None:
    if speaker.person:
        memory.person = speaker
        memory.spokesperson = None
    elif speaker.capacity is not None and speaker.organisation:
        memory.spokesperson = speaker
        memory.organisation = speaker
    elif speaker.source.kind == "document":
        memory.document = speaker
    elif speaker.organisation or speaker.source.kind == "actor":
        memory.organisation = speaker
        if speaker.sort is not None:
            memory.by_sort[speaker.sort] = speaker
    memory.last = speaker
