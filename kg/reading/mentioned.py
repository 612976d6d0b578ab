"""Policies and events that an article names or tells of, found by pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kg.reading.lexicons import load
from kg.reading.memory import Mentions
from kg.reading.model import EventMention, PolicyMention
from kg.reading.split import Bounds
from kg.reading.times import said_at


@cache
def _pattern(of: str) -> re.Pattern[str]:
    """The patterns of `lexicon/patterns.yaml` for policies or events as one, with the kind as the group's name."""
    return re.compile(
        r"\b(?:" + "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in load("patterns")[of].items()) + ")"
    )


@cache
def _hint() -> re.Pattern[str]:
    return re.compile(load("patterns")["policy_hint"])


MIN_EVENT = 20
_CAMEO = {"meeting": "040", "agreement": "057", "attack": "190", "cyber_attack": "176"}
_FIGURE = re.compile(
    r"(?:[€$£¥]\s?)?\d[\d,.]*\d?\s?(?:%|per ?cent|percent|bn|billion|million|m\b|basis points|points|cents|dollars)"
)


def policies(text: str, paragraphs: Iterable[Bounds]) -> list[PolicyMention]:
    """Rules and decisions of state named in the given paragraphs, each name once."""
    out: list[PolicyMention] = []
    seen: set[str] = set()
    for start, end in paragraphs:
        if _hint().search(text, start, end) is None:
            continue
        for match in _pattern("policies").finditer(text, start, end):
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
        if end - start < MIN_EVENT:
            continue
        match = _pattern("events").search(text, start, end)
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
