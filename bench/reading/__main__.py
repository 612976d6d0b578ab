"""Prints the reader's figures: `python -m bench.reading [--length] [--explain]`.

`--length` adds the time for long texts, `--explain` the errors on the seen half of the gold articles. No threshold is
asserted here; docs/reading.md discusses them.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from collections.abc import Callable

from bench.reading import gold, polnear
from bench.reading.constructs import by_construct
from bench.reading.readers import predict
from kg.reading.article import Article, article_from_text
from kg.reading.confidence import calibration
from kg.reading.model import Reading
from kg.reading.read import read_article


def main() -> None:
    """All measures, one after the other."""
    explain: list[str] | None = [] if "--explain" in sys.argv else None
    corpus()
    own(explain)
    if "--length" in sys.argv:
        length()
    print(f"memory at its peak: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    for line in explain or []:
        print(line)


def corpus() -> None:
    """PolNeAR's development articles: cue, source and full, by construct, and the speed over them."""
    root = polnear.folder()
    if root is None:
        print("PolNeAR: left out, its folder is not here (name it in GEOKG_POLNEAR)\n")
        return
    articles = polnear.load(root, "dev")
    table = calibration()
    print(f"PolNeAR dev, {len(articles)} articles, named sources only")
    print(f"{'read from confidence':24s} {'cue P/R/F':18s} {'full P/R/F':18s} core cues recalled")
    for name, threshold, everything in (
        ("all that is read", 0.0, True),
        ("as it annotates", 0.0, False),
        ("accepted", table.accept, False),
    ):
        scores = polnear.score((one, predict(one.text, threshold, everything)) for one in articles)
        core = scores.core_found / scores.core_gold if scores.core_gold else 0.0
        cue, full = _prf(scores.measure(scores.cue)), _prf(scores.measure(scores.full))
        print(f"{name:16s} {threshold:.2f}    {cue}  {full}  {core:.3f}")
        if everything:
            constructs = scores.by_construct
    print(f"\n{'construct':16s} read  cue right  all right")
    for construct, counted in sorted(constructs.items(), key=lambda item: -item[1]["predicted"]):
        n = counted["predicted"]
        print(f"{construct:16s} {n:4d}  {counted['cue'] / n:9.2f}  {counted['full'] / n:9.2f}")
    loaded = [article_from_text(one.text) for one in articles]
    best = min(_timed(loaded) for _ in range(3))
    print(f"\nspeed: {len(articles) / best:.0f} articles a second of one core (processor time), all stages\n")


def length() -> None:
    """Seconds for texts of 1 and 5 million code points, and their ratio: time is to grow as the text does."""
    text = (
        "The ministry said on Friday that the bridge was open, while Reuters could not verify the claim. “It is a "
        "lie,” the mayor said, and accused the army of it. The embassy rejected the allegations as baseless.\n\n"
    )
    seconds = []
    for size in (1_000_000, 5_000_000):
        article = article_from_text(text * (size // len(text)))
        seconds.append(_timed([article]))
    print(f"a text of 1 million code points: {seconds[0]:.1f} s, of 5 million: {seconds[1]:.1f} s", end="")
    print(f" (ratio {seconds[1] / seconds[0]:.2f})")


def _timed(articles: list[Article]) -> float:
    begin = time.process_time()
    for article in articles:
        read_article(article)
    return time.process_time() - begin


def own(explain: list[str] | None) -> None:
    """The project's own gold articles; the unseen half only in total."""
    read, known = _reader()
    print("Own gold articles")
    tables: dict[str, dict[str, Counter[str]]] = {}
    for part in ("seen", "unseen"):
        articles = gold.load(part)
        if not articles:
            print(f"{part}: none")
            continue
        tables[part] = by_construct(part, articles, read, known)
        s = gold.score(articles, read, known, explain if part == "seen" else None)
        disputes = len({article.dispute for article in articles})
        print(
            f"{part:7s} {len(articles)} articles, {disputes} kinds of dispute, {s.gold} statements\n"
            f"  found P/R/F {_prf(s.f(s.matched))}   speaker+act+evidence P/R/F {_prf(s.f(s.speaker_act))}\n"
            f"  act macro-F1 {s.act_macro_f():.3f}   speaker right {_share(s.speaker, s.matched)}"
            f"   resolved to the actor {_share(s.resolved, s.resolvable)}\n"
            f"  chain exact {_share(s.chains_right, s.chains)}   answers {_share(s.answers_right, s.answers)}"
            f"   verification {_share(s.verifications_right, s.verifications)} (+{s.verifications_extra} besides)"
            f"   manner {_share(s.manner_right, s.manner_gold)}"
        )

    print(f"\n{'construct':24s}" + "".join(f"{part + ': found, right of all':34s}" for part in tables))
    for construct in tables.get("seen", {}):
        print(f"{construct:24s}" + "".join(f"{_row(table.get(construct)):34s}" for table in tables.values()))
    print()


def _row(counted: Counter[str] | None) -> str:
    if not counted:
        return "-"
    if counted["traps"]:
        return f"{counted['read']} of {counted['traps']} traps read"
    n = counted["gold"]
    return f"{counted['found'] / n:.2f}  {counted['right'] / n:.2f}  of {n}"


def _reader() -> tuple[Callable[[Article], Reading], frozenset[str]]:
    """The reader with the packaged gazetteer, and the gold's actors that the gazetteer knows."""
    from kg.resolving.gazetteer import packaged_gazetteer  # noqa: PLC0415  (measured apart from the reader's own memory)

    gazetteer = packaged_gazetteer()
    names = {s.actor for part in ("seen", "unseen") for a in gold.load(part) for s in a.statements if s.actor}
    known = frozenset(name for name in names if (entry := gazetteer.actor_of(name)) is not None and entry.actor == name)
    return lambda article: read_article(article, gazetteer), known


def _prf(values: tuple[float, float, float]) -> str:
    return "/".join(f"{value:.3f}" for value in values)


def _share(hits: int, total: int) -> str:
    return f"{hits / total:.3f} ({hits}/{total})" if total else "- (0)"


if __name__ == "__main__":
    main()
