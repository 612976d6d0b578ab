"""The PolNeAR corpus (Newell, Margolin and Ruths, 2018): its articles, their attributions, and the scores of a reading.

The corpus does not come with the project. Its folder is named by GEOKG_POLNEAR, or looked for beside the checkout.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Spans = list[tuple[int, int]]
_TEXT_BOUND = re.compile(r"(T\d+)\t(\w+) ([\d; ]+)(?:\t|\Z)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """One attribution of the corpus: the spans of its source, cue and content, each perhaps in parts."""

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Predicted:
    """One attribution as read, in the same form."""

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    construct: str
    lemma: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class CorpusArticle:
    """One article with the attributions of one of its annotators."""

    name: str
    text: str
    attributions: tuple[GoldAttribution, ...]


@dataclass(slots=True)
class Scores:
    """Counts of a comparison; precision, recall and F come from them."""

    gold: int = 0
    predicted: int = 0
    cue: int = 0
    full: int = 0
    core_gold: int = 0
    core_found: int = 0
    by_construct: dict[str, Counter[str]] = field(default_factory=dict)

    def measure(self, hits: int) -> tuple[float, float, float]:
        """Precision, recall and F of a number of hits."""
        precision = hits / self.predicted if self.predicted else 0.0
        recall = hits / self.gold if self.gold else 0.0
        both = precision + recall
        return precision, recall, 2 * precision * recall / both if both else 0.0


def folder() -> Path | None:
    """Where the corpus lies, None when it is not there."""
    named = os.environ.get("GEOKG_POLNEAR")
    candidates = [Path(named)] if named else [Path(__file__).parents[3] / "shared" / "data" / "polnear"]
    for candidate in candidates:
        for root in (candidate / "data", candidate):
            if (root / "dev" / "text").is_dir():
                return root
    return None


def load(root: Path, part: str) -> list[CorpusArticle]:
    """The articles of one part ("train" or "dev"), each with the first of its annotators in the order of file names.

    Raises:
        ValueError: for the test part, which nothing here may look at.
    """
    if part not in ("train", "dev"):
        raise ValueError(f"only train and dev may be read, not {part!r}")
    first: dict[str, Path] = {}
    for path in sorted((root / part / "attributions").glob("*.ann")):
        first.setdefault(path.stem.rsplit("_", 1)[0], path)
    return [_article(root, part, name, path) for name, path in first.items()]


def _article(root: Path, part: str, name: str, path: Path) -> CorpusArticle:
    text = (root / part / "text" / f"{name}.txt").read_bytes().decode("utf-8")
    spans: dict[str, Spans] = {}
    events: list[dict[str, Spans]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        bound = _TEXT_BOUND.match(line)
        if bound is not None:
            parts = [piece.split() for piece in bound[3].split(";")]
            spans[bound[1]] = [(int(start), int(end)) for start, end in parts]
        elif re.match(r"E\d+\t", line):
            event: dict[str, Spans] = {}
            for piece in line.split("\t")[1].split():
                role, _, target = piece.partition(":")
                event.setdefault(role.rstrip("0123456789"), []).extend(spans.get(target, []))
            events.append(event)
    found = tuple(
        GoldAttribution(*(tuple(sorted(event.get(role, []))) for role in ("Source", "Cue", "Content")))
        for event in events
    )
    return CorpusArticle(name, text, found)


CORE_CUES = frozenset(
    [
        "say",
        "says",
        "said",
        "saying",
        "tell",
        "tells",
        "told",
        "telling",
        "add",
        "adds",
        "added",
        "adding",
        "state",
        "states",
        "stated",
        "stating",
        "report",
        "reports",
        "reported",
        "reporting",
        "write",
        "writes",
        "wrote",
        "writing",
        "announce",
        "announces",
        "announced",
        "announcing",
        "claim",
        "claims",
        "claimed",
        "claiming",
        "allege",
        "alleges",
        "alleged",
        "alleging",
        "argue",
        "argues",
        "argued",
        "arguing",
        "explain",
        "explains",
        "explained",
        "explaining",
        "note",
        "notes",
        "noted",
        "noting",
        "suggest",
        "suggests",
        "suggested",
        "suggesting",
        "accuse",
        "accuses",
        "accused",
        "accusing",
        "deny",
        "denies",
        "denied",
        "denying",
        "warn",
        "warns",
        "warned",
        "warning",
        "insist",
        "insists",
        "insisted",
        "insisting",
        "declare",
        "declares",
        "declared",
        "declaring",
        "according",
        "confirm",
        "confirms",
        "confirmed",
        "confirming",
        "acknowledge",
        "acknowledges",
        "acknowledged",
        "acknowledging",
        "admit",
        "admits",
        "admitted",
        "admitting",
    ]
)
"""Forms of the verbs that do most of reporting; "core reporting cues recalled" counts gold cues that hold one of
them."""


def score(articles: Iterable[tuple[CorpusArticle, Sequence[Predicted]]]) -> Scores:
    """Compares readings with the corpus, named sources only: attributions without a source span are left out on
    both sides.

    A cue is hit when spans overlap; a full hit needs an overlapping source and contents with a token Dice of at
    least .5
    too. Each attribution counts once.
    """
    scores = Scores()
    for article, predictions in articles:
        gold = [a for a in article.attributions if a.source and a.cue and a.content]
        named = [p for p in predictions if p.source]
        scores.gold += len(gold)
        scores.predicted += len(named)
        for prediction in named:
            scores.by_construct.setdefault(prediction.construct, Counter())["predicted"] += 1
        hits = _align(article.text, gold, named)
        for attribution in gold:
            if _core(article.text, attribution):
                scores.core_gold += 1
        for i, j, full in hits:
            scores.cue += 1
            scores.full += full
            scores.core_found += _core(article.text, gold[i])
            counted = scores.by_construct[named[j].construct]
            counted["cue"] += 1
            counted["full"] += full
    return scores


def correct(article: CorpusArticle, predictions: Sequence[Predicted]) -> list[tuple[bool, bool]]:
    """For each prediction: are its cue and source right, is it right in full; for fitting confidence."""
    gold = [a for a in article.attributions if a.cue and a.content]
    out = [(False, False)] * len(predictions)
    for i, j, full in _align(article.text, gold, predictions):
        source = gold[i].source
        out[j] = (not source or _overlap(source, predictions[j].source), full)
    return out


def _align(text: str, gold: Sequence[GoldAttribution], predictions: Sequence[Predicted]) -> list[tuple[int, int, bool]]:
    gold_words = [_words(text, a.content) for a in gold]
    words = [_words(text, p.content) for p in predictions]
    pairs = []
    for i, attribution in enumerate(gold):
        for j, prediction in enumerate(predictions):
            if not _overlap(attribution.cue, prediction.cue):
                continue
            source = _overlap(attribution.source, prediction.source) or not attribution.source
            dice = _dice(gold_words[i], words[j])
            pairs.append((source + (dice >= 0.5), dice, i, j, source and dice >= 0.5))
    pairs.sort(key=lambda pair: (-pair[0], -pair[1], pair[2], pair[3]))
    used_gold: set[int] = set()
    used: set[int] = set()
    hits = []
    for _, _, i, j, full in pairs:
        if i in used_gold or j in used:
            continue
        used_gold.add(i)
        used.add(j)
        hits.append((i, j, bool(full)))
    return hits


def _core(text: str, attribution: GoldAttribution) -> bool:
    return any(word.lower() in CORE_CUES for start, end in attribution.cue for word in _WORD.findall(text[start:end]))


def _overlap(left: Iterable[tuple[int, int]], right: Sequence[tuple[int, int]]) -> bool:
    return any(a < d and c < b for a, b in left for c, d in right)


def _words(text: str, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(match.start() for start, end in spans for match in _WORD.finditer(text, start, end))


def _dice(left: frozenset[int], right: frozenset[int]) -> float:
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 0.0
