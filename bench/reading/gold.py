"""The project's own gold articles (tests/gold/reading), and the scores of a reading of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kg.reading.article import Article, article_from_text
from kg.reading.model import Reading, Statement

_WORD = re.compile(r"\w+")
GOLD = Path(__file__).parents[2] / "tests" / "gold" / "reading"


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """One statement of a gold article, with its substrings located in the text that is read."""

    id: str
    act: str
    manner: str | None
    actor: str | None
    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]
    evidence: tuple[int, int]
    relays: str | None
    answers: str | None
    anonymous: bool


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One gold article: the article to read and what should come out."""

    name: str
    dispute: str
    article: Article
    body: int
    statements: tuple[GoldStatement, ...]
    verifications: tuple[tuple[str, str, tuple[int, int]], ...]


@dataclass(slots=True)
class GoldScores:
    """Counts over a set of gold articles."""

    gold: int = 0
    predicted: int = 0
    matched: int = 0
    speaker_act: int = 0
    speaker: int = 0
    resolvable: int = 0
    resolved: int = 0
    acts: dict[str, Counter[str]] = field(default_factory=dict)
    manner_gold: int = 0
    manner_right: int = 0
    chains: int = 0
    chains_right: int = 0
    answers: int = 0
    answers_right: int = 0
    verifications: int = 0
    verifications_right: int = 0
    verifications_extra: int = 0

    def f(self, hits: int) -> tuple[float, float, float]:
        """Precision, recall and F of a number of hits."""
        precision = hits / self.predicted if self.predicted else 0.0
        recall = hits / self.gold if self.gold else 0.0
        return precision, recall, 2 * precision * recall / (precision + recall) if hits else 0.0

    def act_macro_f(self) -> float:
        """The mean over acts that occur of F, where a statement that was not found, or is none, counts against its
        act."""
        values = []
        for counted in self.acts.values():
            if not counted["gold"]:
                continue
            both = counted["gold"] + counted["predicted"]
            values.append(2 * counted["right"] / both if both else 0.0)
        return sum(values) / len(values) if values else 0.0


def load(part: str) -> list[GoldArticle]:
    """The articles of "seen" or "unseen", in the order of their file names; broken files raise with their name."""
    return [_article(path) for path in sorted((GOLD / part).glob("*.yaml"))]


def _article(path: Path) -> GoldArticle:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    article = article_from_text(
        raw["text"],
        title=raw["title"],
        outlet=raw.get("outlet"),
        published=str(raw["date"]) if raw.get("date") else None,
    )
    body = article.text.index(raw["text"].strip()[:40])
    try:
        statements = tuple(_statement(article.text, body, one) for one in raw.get("statements") or [])
        checks = tuple(
            (str(one["by"]), str(one["status"]), _find(article.text, one["evidence"], body))
            for one in raw.get("verifications") or []
        )
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error
    return GoldArticle(path.stem, str(raw.get("dispute")), article, body, statements, checks)


def _statement(text: str, body: int, raw: dict[str, Any]) -> GoldStatement:
    evidence = _find(text, raw["evidence"], body)
    listed = raw.get("content")
    contents = listed if isinstance(listed, list) else [listed] if listed else []
    return GoldStatement(
        id=str(raw["id"]),
        act=raw["act"],
        manner=raw.get("manner"),
        actor=raw.get("actor"),
        source=_inside(text, raw.get("source"), evidence, body),
        cue=_inside(text, raw.get("cue"), evidence, body),
        content=tuple(span for one in contents if (span := _inside(text, one, evidence, body)) is not None),
        evidence=evidence,
        relays=raw.get("relays"),
        answers=raw.get("answers"),
        anonymous=bool(raw.get("anonymous")),
    )


def _find(text: str, wanted: str, body: int) -> tuple[int, int]:
    wanted = wanted.strip()
    at = text.find(wanted, body)
    if at < 0:
        raise ValueError(f"not in the text: {wanted[:60]!r}")
    return at, at + len(wanted)


def _inside(text: str, wanted: str | None, evidence: tuple[int, int], body: int) -> tuple[int, int] | None:
    if not wanted:
        return None
    wanted = wanted.strip()
    at = text.find(wanted, evidence[0], evidence[1])
    if at < 0:
        at = text.find(wanted, body)
    return (at, at + len(wanted)) if at >= 0 else None


def score(
    articles: Iterable[GoldArticle],
    read: Callable[[Article], Reading],
    known: frozenset[str],
    explain: list[str] | None = None,
) -> GoldScores:
    """Reads and compares. `known` are the actors' names that the spotter can give; `explain` collects lines about
    errors."""
    scores = GoldScores()
    for gold in articles:
        _score_one(gold, read(gold.article), known, scores, explain)
    return scores


def _score_one(
    gold: GoldArticle, reading: Reading, known: frozenset[str], scores: GoldScores, explain: list[str] | None
) -> None:
    text = reading.text
    index = [i for i, s in enumerate(reading.statements) if s.start >= gold.body]
    predicted = [reading.statements[i] for i in index]
    pairs = match(text, gold.statements, predicted)
    to_predicted = dict(pairs)
    scores.gold += len(gold.statements)
    scores.predicted += len(predicted)
    scores.matched += len(pairs)
    for one in gold.statements:
        scores.acts.setdefault(one.act, Counter())["gold"] += 1
    for found in predicted:
        scores.acts.setdefault(found.act, Counter())["predicted"] += 1
    position = {g.id: i for i, g in enumerate(gold.statements)}
    for i, one in enumerate(gold.statements):
        j = to_predicted.get(i)
        statement = predicted[j] if j is not None else None
        _chain(gold, index, to_predicted, position, i, statement, scores)
        if statement is None:
            if explain is not None:
                missed = f"{one.act} {_part(text, one.source)} | {_part(text, one.cue)}"
                explain.append(f"{gold.name} MISS {missed} | {_evidence(text, one)}")
            continue
        same = same_speaker(one, statement, known)
        scores.speaker += same
        if one.actor is not None and one.actor in known:
            scores.resolvable += 1
            scores.resolved += statement.source is not None and statement.source.actor == one.actor
        if statement.act == one.act:
            scores.acts[one.act]["right"] += 1
        if same and statement.act == one.act:
            scores.speaker_act += 1
        elif explain is not None:
            who = statement.source.actor or statement.source.name or statement.source.text if statement.source else None
            what = "ACT" if same else "SPEAKER"
            told = f"gold {one.act}/{one.actor} got {statement.act}/{who}"
            explain.append(f"{gold.name} {one.id} {what} {told} | {statement.cue.text} | {_evidence(text, one)}")
        if one.manner is not None:
            scores.manner_gold += 1
            scores.manner_right += statement.manner == one.manner
            if explain is not None and statement.manner != one.manner:
                told = f"MANNER gold {one.manner} got {statement.manner}"
                explain.append(f"{gold.name} {one.id} {told} | {_evidence(text, one)}")
    if explain is not None:
        used = set(to_predicted.values())
        for j, extra in enumerate(predicted):
            if j not in used:
                who = extra.source.text if extra.source is not None else None
                said = extra.content.text[:100] if extra.content is not None else None
                told = f"{extra.act} {who} | {extra.cue.text} | {said!r}"
                explain.append(f"{gold.name} EXTRA {told} | {extra.construct} {extra.confidence}")
    _verified(gold, reading, scores, explain)


def _chain(
    gold: GoldArticle,
    index: Sequence[int],
    to_predicted: dict[int, int],
    position: dict[str, int],
    i: int,
    statement: Statement | None,
    scores: GoldScores,
) -> None:
    """Whether the statement relays, and answers, exactly what it should; a statement without either counts only
    when one is read."""
    one = gold.statements[i]
    for wanted, name in ((one.relays, "relays"), (one.answers, "answers")):
        got = getattr(statement, name) if statement is not None else None
        expected = None
        if wanted is not None and position.get(wanted) in to_predicted:
            expected = index[to_predicted[position[wanted]]]
        if wanted is None and (got is None or name == "answers"):
            continue
        right = wanted is not None and expected is not None and got == expected
        if name == "relays":
            scores.chains += 1
            scores.chains_right += right
        else:
            scores.answers += 1
            scores.answers_right += right


def _verified(gold: GoldArticle, reading: Reading, scores: GoldScores, explain: list[str] | None) -> None:
    scores.verifications += len(gold.verifications)
    used: set[int] = set()
    for by, status, evidence in gold.verifications:
        for k, found in enumerate(reading.verifications):
            if k in used or found.status != status or not (found.start < evidence[1] and evidence[0] < found.end):
                continue
            used.add(k)
            scores.verifications_right += 1
            break
        else:
            if explain is not None:
                explain.append(
                    f"{gold.name} NO-VERIFICATION {by} {status} {reading.text[evidence[0] : evidence[1]][:160]!r}"
                )
    extra = [f for k, f in enumerate(reading.verifications) if k not in used and f.start >= gold.body]
    scores.verifications_extra += len(extra)


def match(text: str, gold: Sequence[GoldStatement], predicted: Sequence[Statement]) -> list[tuple[int, int]]:
    """Pairs of gold and predicted statements: evidence overlaps, and the contents' token Dice is at least .5 or the
    cues overlap."""
    pairs = []
    for i, one in enumerate(gold):
        words = _words(text, one.content)
        for j, statement in enumerate(predicted):
            if not (statement.start < one.evidence[1] and one.evidence[0] < statement.end):
                continue
            dice = _dice(words, _words(text, statement.spans))
            cue = one.cue is not None and statement.cue.start < one.cue[1] and one.cue[0] < statement.cue.end
            if cue or dice >= 0.5:
                pairs.append((cue + dice, i, j))
    pairs.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    used_gold: set[int] = set()
    used: set[int] = set()
    out = []
    for _, i, j in pairs:
        if i not in used_gold and j not in used:
            used_gold.add(i)
            used.add(j)
            out.append((i, j))
    return sorted(out)


def same_speaker(gold: GoldStatement, statement: Statement, known: frozenset[str]) -> bool:
    """Whether the speaker is the gold's: by the actor's name where the spotter knows the actor, else by the words
    in the text."""
    if statement.source is None:
        return gold.source is None
    if gold.actor is not None and gold.actor in known:
        return statement.source.actor == gold.actor or statement.source.issuer_actor == gold.actor
    if gold.source is None:
        return False
    return statement.source.start < gold.source[1] and gold.source[0] < statement.source.end


def _evidence(text: str, one: GoldStatement) -> str:
    start, end = one.evidence
    return repr(text[start:end][:200])


def _part(text: str, span: tuple[int, int] | None) -> str | None:
    return None if span is None else text[span[0] : span[1]]


def _words(text: str, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(match.start() for start, end in spans for match in _WORD.finditer(text, start, end))


def _dice(left: frozenset[int], right: frozenset[int]) -> float:
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 0.0
