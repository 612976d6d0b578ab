"""``python -m bench.resolving``: names told apart, linked, found across scripts, spotted and typed ahead, in one run.

``--sizes 40000,400000`` measures typing ahead at other numbers of names; ``--without typeahead`` leaves a part out.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, utils
from rich.console import Console
from rich.table import Table

from bench.resolving import fit, gold, linking, typeahead
from kg.matching.names import prepare
from kg.matching.score import name_log_odds
from kg.resolving.gazetteer import packaged_gazetteer

PARTS = ("gold", "linking", "scripts", "spotting", "typeahead")
SCRIPTS = ("Hani", "Cyrl", "Arab", "Hang")


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, header_style="bold")
    for column in columns:
        table.add_column(column)
    return table


def _gold(root: Path) -> Table:
    table = _table("Gold pairs of the half that nothing was fitted on", "scorer", "names", "P", "R", "F", "pairs/s")
    found = gold.entities(root)
    for sort in fit.SORTS:
        half, other = gold.pairs(found, sort, 0), gold.pairs(found, sort, 1)
        same = np.array([pair.same for pair in other], dtype=np.float64)
        values = [_token_set(pairs) for pairs in (half, other)]
        threshold = fit.best_threshold(values[0], np.array([pair.same for pair in half], dtype=np.float64))
        p, r, f = fit.quality(values[1], same, threshold)
        table.add_row("rapidfuzz token_set", sort, f"{p:.2f}", f"{r:.2f}", f"{f:.3f}", _rate(other, _one_token_set))
        scores, same = fit.scores_of(other, sort)
        p, r, f = fit.quality(scores, same, fit.suggest_from(sort))
        rate = _rate(other, lambda pair, sort=sort: name_log_odds(pair.left, pair.right, sort))
        table.add_row("geokg", sort, f"{p:.2f}", f"{r:.2f}", f"{f:.3f}", rate)
    return table


def _one_token_set(pair: gold.Pair) -> float:
    return float(fuzz.token_set_ratio(pair.left.raw, pair.right.raw, processor=utils.default_process))


def _token_set(pairs: list[gold.Pair]) -> fit.Floats:
    return np.array([_one_token_set(pair) for pair in pairs])


def _rate(pairs: list[gold.Pair], score: object) -> str:
    started = time.process_time()
    for pair in pairs:
        score(pair)  # type: ignore[operator]
    return f"{len(pairs) / (time.process_time() - started):,.0f}"


def _linking(root: Path) -> Table:
    table = _table(
        "1,000 held-out aliases to 40,111 names", "known", "found", "top-1", "linked", "P of linked", "ms each"
    )
    task = linking.task(root)
    for what, beside in (("name alone", False), ("name, kind, country", True)):
        started = time.process_time()
        found = linking.measure(task.index, task.measured, beside=beside)
        each = (time.process_time() - started) * 1_000 / len(task.measured)
        shares = (found.found, found.first, found.linked, found.precision)
        table.add_row(what, *(f"{share:.3f}" for share in shares), f"{each:.1f}")
    return table


def _scripts() -> Table:
    """Names of the seed in other scripts against its Latin names, without the aliases that are stored."""
    table = _table(
        "Across scripts, without stored aliases: the seed's names against its Latin names", "script", "names", "top-1"
    )
    for script, names, first in linking.across_scripts(SCRIPTS):
        table.add_row(script, str(names), f"{first:.2f}")
    return table


def _spotting() -> Table:
    table = _table("Spotting mentions", "names", "MB/s")
    gazetteer = packaged_gazetteer()
    folder = Path(__file__).parents[2] / "seed_data" / "story" / "documents"
    text = "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.md"))) * 20
    started = time.process_time()
    gazetteer.spot(text)
    table.add_row(f"{len(gazetteer):,}", f"{len(text.encode()) / 1e6 / (time.process_time() - started):.1f}")
    return table


def _typeahead(sizes: list[int]) -> Table:
    table = _table(
        "Typing ahead over HTTP, ms",
        *(
            "names",
            "p50",
            "p99",
            "8 clients p50",
            "p99",
            "hit in 10",
            "index made, s",
            "opened, s",
            "service, MB",
            "index, MB",
        ),
    )
    for row in typeahead.measure_all(sizes):
        times = (row.p50, row.p99, row.many_p50, row.many_p99)
        rest = (f"{row.ready:.1f}", f"{row.again:.1f}", f"{row.memory:.0f}", f"{row.disk:.0f}")
        table.add_row(f"{row.size:,}", *(f"{each:.1f}" for each in times), f"{row.hits:.2f}", *rest)
    return table


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.resolving", description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, typeahead.SIZES)), help="numbers of names")
    parser.add_argument("--without", action="append", choices=PARTS, default=[], help="leave a part out; repeatable")
    arguments = parser.parse_args()
    console = Console(width=140)
    root = gold.folder()
    if root is None:
        console.print("The sanctions list is not here: gold and linking are left out; name it with GEOKG_SANCTIONS.")
    wanted = [part for part in PARTS if part not in arguments.without]
    prepare("")
    if root is not None and "gold" in wanted:
        console.print(_gold(root))
    if root is not None and "linking" in wanted:
        console.print(_linking(root))
    if "scripts" in wanted:
        console.print(_scripts())
    if "spotting" in wanted:
        console.print(_spotting())
    if "typeahead" in wanted:
        console.print(_typeahead([int(size) for size in arguments.sizes.split(",")]))


if __name__ == "__main__":
    main()
