"""How each construct of the gold articles is read: which statements are found, and which traps are read by mistake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import yaml

from bench.reading.gold import GOLD, GoldArticle, match, same_speaker
from kg.reading.article import Article
from kg.reading.model import Reading


def by_construct(
    part: str, articles: Iterable[GoldArticle], read: Callable[[Article], Reading], known: frozenset[str]
) -> dict[str, Counter[str]]:
    """Counts by construct over one half of the gold articles.

    Args:
        part: "seen" or "unseen".
        articles: the articles of that half.
        read: the reader.
        known: names of the actors that the spotter can give.

    Returns:
        For a construct that statements show: "gold", of these "found", and "right" (speaker and act too). For a trap, a
        stretch that looks like a statement and is none: "traps", and "read", the number that a statement's cue
        stands in.
    """
    listed: dict[str, Any] = yaml.safe_load((GOLD / "constructs.yaml").read_text(encoding="utf-8"))
    marks = {construct: halves.get(part) or [] for construct, halves in listed.items()}
    counts: dict[str, Counter[str]] = {construct: Counter() for construct in marks}
    for article in articles:
        reading = read(article.article)
        found, right = _outcomes(article, reading, known)
        for construct, mentioned in marks.items():
            counted = counts[construct]
            for mark in mentioned:
                if isinstance(mark, str):
                    name, _, identifier = mark.partition("#")
                    if name == article.name:
                        counted["gold"] += 1
                        counted["found"] += identifier in found
                        counted["right"] += identifier in right
                elif mark["file"] == article.name:
                    counted["traps"] += 1
                    counted["read"] += _inside(article, reading, mark.get("text"))
    return {construct: counted for construct, counted in counts.items() if counted}


def _outcomes(article: GoldArticle, reading: Reading, known: frozenset[str]) -> tuple[set[str], set[str]]:
    predicted = [s for s in reading.statements if s.start >= article.body]
    found: set[str] = set()
    right: set[str] = set()
    for i, j in match(reading.text, article.statements, predicted):
        one, statement = article.statements[i], predicted[j]
        found.add(one.id)
        if statement.act == one.act and same_speaker(one, statement, known):
            right.add(one.id)
    return found, right


def _inside(article: GoldArticle, reading: Reading, text: str | None) -> bool:
    """Whether a statement is read of the stretch; of the whole article where no text is given."""
    if text is None:
        return any(s.start >= article.body for s in reading.statements)
    start = reading.text.find(text.strip(), article.body)
    end = start + len(text.strip())
    return start >= 0 and any(start <= s.cue.start < end for s in reading.statements)
