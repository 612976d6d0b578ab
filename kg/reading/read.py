"""The reader: one article in, its statements out. The stages stand in the order in which they run."""

from __future__ import annotations

from dataclasses import replace

from kg.reading import (
    acts,
    claims,
    classify,
    confidence,
    hedging,
    language,
    mentioned,
    nest,
    rebuttals,
    references,
    times,
)
from kg.reading.article import Article
from kg.reading.attribution import Attribution
from kg.reading.clean import Cleaned, clean
from kg.reading.draft import Draft
from kg.reading.lexicons import nouns
from kg.reading.memory import Memory, Mentions, Speaker, of_mention
from kg.reading.mentions import Spotter
from kg.reading.model import Claim, Reading, Source, Span, Statement, Verification
from kg.reading.region import read_region
from kg.reading.sources import head_of, resolve
from kg.reading.split import Bounds
from kg.reading.verbs import GERUND, INFINITIVE

_ANONYMITY = frozenset({"named", "name", "identified", "anonymity", "anonymous", "quoted"})


def read_article(article: Article, spotter: Spotter | None = None) -> Reading:
    """Reads who said what about whom.

    Args:
        article: the article; all offsets of the result are into `article.text`.
        spotter: finds actors; without one, speakers keep the names that the text gives them.

    Returns:
        The reading; without statements, and with a note that says why, when the text is no English or no article.
    """
    text = article.text
    spoken, note = language.detect(text)
    if spoken not in ("en", "und"):
        return _reading(article, spoken, notes=(note,))
    cleaned = clean(text, article.title)
    mentions = _mentions(text, spotter)
    bounds = _bounds(cleaned)
    region = read_region(text, bounds)
    drafts = _drafts(article, region.found, mentions, cleaned.title)
    acts.weigh(drafts)
    references.answer(drafts)
    statements = tuple(statement_of(text, draft) for draft in drafts)
    sentences = [(s.start, s.end) for row in region.paragraphs for s in row]
    return Reading(
        text=text,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        url=article.url,
        language=spoken,
        statements=statements,
        policies=tuple(mentioned.policies(text, bounds)),
        events=tuple(mentioned.events(text, sentences, mentions, article.published)),
        verifications=tuple(_verifications(text, drafts, article.outlet)),
        affiliations=tuple(dict.fromkeys(s.affiliation for s in statements if s.affiliation is not None)),
        notes=(*cleaned.notes, *([note] if note else [])),
    )


def read_drafts(article: Article, spotter: Spotter | None = None) -> list[Draft]:
    """The statements of an English article as the rules leave them, before acts are weighed and answers looked for."""
    cleaned = clean(article.text, article.title)
    region = read_region(article.text, _bounds(cleaned))
    return _drafts(article, region.found, _mentions(article.text, spotter), cleaned.title)


def _mentions(text: str, spotter: Spotter | None) -> Mentions:
    return Mentions(list(spotter.spot(text)), spotter) if spotter is not None and text else Mentions([])


def _bounds(cleaned: Cleaned) -> list[Bounds]:
    return ([cleaned.title] if cleaned.title else []) + cleaned.paragraphs


def _reading(article: Article, spoken: str, notes: tuple[str, ...]) -> Reading:
    return Reading(article.text, article.title, article.outlet, article.published, article.url, spoken, notes=notes)


def _drafts(article: Article, attributions: list[Attribution], mentions: Mentions, title: Bounds | None) -> list[Draft]:
    text = article.text
    memory = Memory()
    memory.home = _home(article.outlet, mentions)
    drafts: list[Draft] = []
    for found in attributions:
        sure = confidence.confidence(found)
        content = " ".join(text[start:end] for start, end in found.contents)
        speaker = resolve(text, found, mentions, memory)
        if sure < confidence.calibration().minimum or _abstract(found) or _unspoken(found):
            continue
        if (
            found.construct == "noun"
            and found.source_tokens
            and found.frame.s.tags[found.source_tokens[0]] == "PRP$"
            and any(d.found.frame is found.frame and _inside(found, d.found) for d in drafts[-4:])
        ):
            continue
        if found.construct == "infinitive" and any(
            d.found.frame is found.frame and d.act.act in ("demand", "announce") and _inside(found, d.found)
            for d in drafts[-4:]
        ):
            continue
        if found.content_form == "correction" and speaker is not None and article.outlet is not None:
            speaker = replace(speaker, source=_as_outlet(article.outlet, speaker.source, mentions), anonymous=False)
        if speaker is not None and article.outlet is not None and speaker.source.text.lower() in ("we", "our"):
            speaker = replace(speaker, source=_as_outlet(article.outlet, speaker.source, mentions), organisation=True)
        act = _silent_act(found) or _no_comment(content) or classify.classify(found, content, speaker)
        if act is None:
            continue
        draft = Draft(found, act, speaker, content, found.contents, *found.evidence)
        draft.confidence = sure
        draft.in_title = title is not None and found.cue[0] < title[1]
        draft.claim = claims.claim_of(text, found, found.contents, speaker, mentions)
        draft.certainty, draft.hedges = hedging.certainty(text, found.contents, found.row.lemma)
        draft.asserted_at = times.said_at(text, *_beside_cue(found), article.published)
        drafts.append(draft)
    nest.nest(drafts)
    rebuttals.accuse(drafts)
    rebuttals.rebut(drafts)
    return drafts


def _home(outlet: str | None, mentions: Mentions) -> Speaker | None:
    """The state of the outlet's country, which "the federal government" means in its articles."""
    known = mentions.named(outlet) if outlet else None
    state = mentions.nation(known.country) if known is not None and known.country is not None else None
    return of_mention(state) if state is not None else None


def _as_outlet(outlet: str, source: Source, mentions: Mentions) -> Source:
    """The article's own voice, under the outlet's canonical name where the text names it."""
    named = next((m for m in mentions.all() if m.kind == "media" and m.name == outlet), None) or mentions.named(outlet)
    return replace(
        source, kind="outlet", name=outlet, actor=named.name if named else None, actor_id=named.id if named else None
    )


def _inside(found: Attribution, outer: Attribution) -> bool:
    """Whether an attribution's verb stands in another's content."""
    return any(start <= found.cue[0] < end for start, end in outer.contents)


def _abstract(found: Attribution) -> bool:
    """Whether the source is a thing that cannot speak: what "the fall" shows is the narrator's word."""
    if found.source_tokens is None or found.construct == "according to":
        return False
    s = found.frame.s
    head = head_of(found.frame, *found.source_tokens)
    if s.lower[head] == "number" and head + 1 < s.n and s.lower[head + 1] == "of":
        return False
    return s.lower[head] in nouns("abstract") and s.tags[head] != "NNP"


def _unspoken(found: Attribution) -> bool:
    """Whether nobody utters it: no source and no passive, a plan for somebody else, the reporters' own "we"."""
    group = found.group
    if found.row.lemma == "cite" and found.construct == "participle":
        return True
    if found.row.lemma in ("ask", "request", "decline", "refuse", "prefer") and not _ANONYMITY.isdisjoint(
        found.frame.s.lower[found.content_tokens[0][0] : found.content_tokens[-1][1]] if found.content_tokens else ()
    ):
        return True
    if group is not None and group.form == GERUND and found.frame.s.lower[group.start - 1] in ("from", "without"):
        return True
    if found.source is None:
        if group is None or not group.passive:
            return found.content_form not in ("silence", "table", "correction")
        said = found.content_form == "that" or found.row.act == "allege"
        rumoured = found.content_form == "infinitive" and found.row.lemma in (
            "say",
            "report",
            "rumour",
            "believe",
            "understand",
        )
        return not (said or rumoured)
    s = found.frame.s
    first, last = found.source_tokens or (0, 0)
    if last - first == 1 and (s.lower[first] == "you" or (s.lower[first] == "we" and found.row.act == "demand")):
        return True
    if group is not None and group.form == INFINITIVE:
        if found.row.kind == "stance":
            return True
        before = s.lower[group.start - 1] if group.start else ""
        return before in _YET_TO and not (found.row.act == "confirm" and before == "able")
    return False


_YET_TO = frozenset(
    {"expected", "scheduled", "supposed", "set", "due", "asked", "invited", "urged", "required", "obliged", "likely",
     "unlikely", "able", "unable", "ready", "willing", "unwilling", "eager", "reluctant", "free", "poised", "about",
     "planned", "bound", "allowed", "permitted", "entitled"}
)  # fmt: skip
"""Words before "to" and a verb that leave open whether anybody has spoken."""


def _silent_act(found: Attribution) -> classify.Act | None:
    for feature in found.features:
        if feature.startswith("act:"):
            act = feature[4:]
            cameo = {"decline_comment": "011", "deny": "016"}.get(act)
            return classify.Act(act, "flat" if act == "deny" else None, cameo)
    return None


def _no_comment(content: str) -> classify.Act | None:
    if content.lstrip("“\"'‘").lower().startswith("no comment"):
        return classify.Act("decline_comment", None, "011")
    return None


def _beside_cue(found: Attribution) -> Bounds:
    """The words of the sentence around the cue that are not its content."""
    start, end = found.evidence
    for first, last in found.contents:
        if first >= found.cue[1]:
            end = min(end, first)
        elif last <= found.cue[0]:
            start = max(start, last)
    return (start, max(start, end))


def statement_of(text: str, draft: Draft) -> Statement:
    """The finished statement of a draft."""
    found = draft.found
    speaker = draft.speaker
    content = None
    if draft.spans:
        first, last = draft.spans[0][0], draft.spans[-1][1]
        content = Span(text[first:last], first, last)
    return Statement(
        act=draft.act.act,
        manner=draft.act.manner,
        cameo=draft.act.cameo or None,
        source=speaker.source if speaker else None,
        cue=Span(text[found.cue[0] : found.cue[1]], *found.cue),
        content=content,
        spans=tuple(draft.spans),
        quote=text[draft.start : draft.end],
        start=draft.start,
        end=draft.end,
        relays=draft.relays,
        answers=draft.answers,
        certainty=draft.certainty,
        hedges=draft.hedges,
        anonymous=speaker.anonymous if speaker else False,
        anonymous_count=speaker.count if speaker else None,
        anonymous_type=speaker.type if speaker else None,
        capacity=speaker.capacity if speaker else None,
        affiliation=speaker.affiliation if speaker else None,
        addressee=text[found.addressee[0] : found.addressee[1]] if found.addressee else None,
        asserted_at=draft.asserted_at,
        confidence=round(draft.confidence, 3),
        construct=found.construct,
        claim=draft.claim or Claim(draft.content),
    )


def _verifications(text: str, drafts: list[Draft], outlet: str | None) -> list[Verification]:
    out: list[Verification] = []
    for i, draft in enumerate(drafts):
        if draft.act.act not in ("not_verified", "confirm"):
            continue
        status = "not_verified" if draft.act.act == "not_verified" else "confirmed"
        by = draft.who or (draft.speaker.source.text if draft.speaker else outlet)
        out.append(
            Verification(
                by,
                status,
                text[draft.start : draft.end],
                draft.start,
                draft.end,
                i,
                draft.answers,
                draft.content or None,
            )
        )
    return out
