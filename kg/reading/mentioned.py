"""Policies and events that an article names or tells of, found by pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.reading.model import EventMention, PolicyMention
from kg.reading.sources import Mentions
from kg.reading.split import Bounds
from kg.reading.times import said_at

_POLICY = re.compile(
    r"\b(?:(?P<executive_order>[Ee]xecutive [Oo]rder(?:\s+(?:No\.?\s*)?(?P<eo>\d{4,5}))?)"
    r"|(?P<regulation>(?P<fr>\d{2,3} (?:FR|Fed\. Reg\.) \d{3,6})|[Ff]inal rule|[Ii]nterim final rule|[Oo]utbound investment (?:rule|rules|screening|order))"
    r"|(?P<export_control>[Ee]xport controls?|[Ee]ntity [Ll]ist|[Ee]xport (?:ban|curbs|restrictions)|[Ff]oreign [Dd]irect [Pp]roduct [Rr]ule)"
    r"|(?P<tariff>Section (?:301|232)(?: tariffs| duties)?|(?:retaliatory |reciprocal |anti-dumping |countervailing |additional )?(?:tariffs|duties) (?:on|of)\b)"
    r"|(?P<sanction>(?:(?:new|economic|US|EU|UN|UK|Western|American|secondary) )?sanctions (?:on|against)\b|SDN [Ll]ist|asset freeze|oil embargo|arms embargo|price cap)"
    r"|(?P<law>[A-Z][\w’'-]+(?: (?:[A-Z][\w’'-]+|and|of|on|for|the))* (?:Act|Law|Code)\b(?: of \d{4})?)"
    r"|(?P<agreement>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)* (?:Treaty|Accords?|Convention|Agreement|Protocol)\b|trade (?:truce|deal|agreement)|ceasefire agreement))"
)
_POLICY_WORD = re.compile(
    r"rder|FR|Reg\.|rule|nvestment|xport|ist\b|Section|uties|ariffs|sanctions|freeze|embargo|cap\b|Act\b|Law\b|Code\b|reaty|ccord|onvention|greement|rotocol|deal|truce"
)
_EVENT = re.compile(
    r"\b(?:(?P<market_move>(?:[Ss]hares|[Ss]tock|[Ff]utures|[Pp]rices?|[Ii]ndex|rouble|yuan|rupee|euro|dollar|[Yy]ields?)\b[^.;]{0,80}?\b(?:fell|rose|dropped|slid|gained|lost|jumped|tumbled|surged|climbed|sank|plunged|slipped|closed|down|up|fall|rise|falling|rising|declined|rallied|shed|added|ended)\b)"
    r"|(?P<meeting>(?:met|meets|meeting|held talks|summit|talks)\b(?=[^.;]{0,60}?\b(?:with|in|between|at|on)\b))"
    r"|(?P<agreement>(?:signed|reached|agreed|struck|concluded)\s+(?:a|an|the|on)\b[^.;]{0,40}?\b(?:deal|agreement|accord|truce|treaty|pact|memorandum|ceasefire))"
    r"|(?P<cyber_attack>cyber[- ]?attacks?|hacked|breached the network|ransomware)"
    r"|(?P<attack>(?:missile|drone|air|rocket|artillery)\s?(?:strikes?|attacks?)|airstrikes?|shelled|bombed|opened fire)"
    r"|(?P<decision>(?:fined|upheld|overturned|struck down|ruled|approved|blocked|blacklisted|imposed)\b))"
)
_CAMEO = {"meeting": "040", "agreement": "057", "attack": "190", "cyber_attack": "190"}
_FIGURE = re.compile(
    r"(?:[€$£¥]\s?)?\d[\d,.]*\d?\s?(?:%|per ?cent|percent|bn|billion|million|m\b|basis points|points|cents|dollars)"
)


def policies(text: str, paragraphs: Iterable[Bounds]) -> list[PolicyMention]:
    """Rules and decisions of state named in the given paragraphs, each name once."""
    out: list[PolicyMention] = []
    seen: set[str] = set()
    for start, end in paragraphs:
        if _POLICY_WORD.search(text, start, end) is None:
            continue
        for match in _POLICY.finditer(text, start, end):
            kind = next(
                name
                for name in (
                    "executive_order",
                    "regulation",
                    "export_control",
                    "tariff",
                    "sanction",
                    "law",
                    "agreement",
                )
                if match.group(name)
            )
            said = match.group()
            if said.lower() in seen:
                continue
            seen.add(said.lower())
            out.append(PolicyMention(said, match.start(), match.end(), kind, match.group("eo") or match.group("fr")))
    return out


def events(text: str, sentences: Iterable[Bounds], mentions: Mentions, published: str | None) -> list[EventMention]:
    """What the given sentences tell as having happened; at most one event a sentence."""
    out: list[EventMention] = []
    for start, end in sentences:
        match = _EVENT.search(text, start, end)
        if match is None or match.lastgroup is None:
            continue
        kind = match.lastgroup
        figures = tuple(found.group() for found in _FIGURE.finditer(text, start, end))
        if kind == "market_move" and not figures:
            continue
        who = tuple(dict.fromkeys(mention.name for mention in mentions.within(start, end)))
        out.append(
            EventMention(
                kind, text[start:end], start, end, _CAMEO.get(kind), said_at(text, start, end, published), who, figures
            )
        )
    return out
