"""Questions over HTTP on a graph of so many events: milliseconds, p50 and p99, hub actors apart."""

from __future__ import annotations

import csv
import random
import time
from collections import Counter
from pathlib import Path
from typing import Any, Final

import httpx

from bench.engines import BenchEngine
from bench.service import _quantiles, serving
from kg.cypher.resolving import BY_NAME
from kg.engine.graph import Graph
from schema.ids import normalise_name

HUB: Final = "United States"
ASKED: Final = 200
_WARM: Final = 20


def _pairs(place: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """Actors with 20 to 500 rows among the first rows of the table, and pairs of them that have rows in common."""
    counts: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    with place.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)):
            if number >= 40_000:
                break
            counts.update((row["source"], row["target"]))
            pairs[row["source"], row["target"]] += 1
    usual = sorted(name for name, n in counts.items() if 20 <= n <= 500 and "/" not in name)  # it stands in a path
    known = set(usual)
    return usual, sorted(pair for pair in pairs if known.issuperset(pair) and pair[0] != pair[1])


async def measure(engine: BenchEngine, place: Path, claim: str) -> dict[str, dict[str, float]]:
    """Ask every kind of question, the kinds in turns.

    Args:
        engine: its graph holds the table, and the seed data.
        place: the table; who is asked about follows from its first rows alone, so that graphs of all sizes are asked
            the same.
        claim: id of a claim, for its dossier.
    """
    usual, pairs = _pairs(place)
    actors = await _meant(engine, usual)
    pairs = [pair for pair in pairs if actors[pair[0]] != actors[pair[1]]]
    ids = sorted(set(actors.values()))
    chosen = random.Random(7)
    kinds: dict[str, Any] = {
        "timeline": lambda: (f"/v1/actors/{chosen.choice(ids)}/timeline", {"limit": 20}),
        "dyad": lambda: ("/v1/between", dict(zip(("left", "right"), chosen.choice(pairs), strict=True))),
        "path": lambda: ("/v1/paths", dict(zip(("source", "target"), chosen.sample(ids, 2), strict=True))),
        "dossier": lambda: (f"/v1/claims/{claim}", {}),
        "timeline of a hub": lambda: (f"/v1/actors/{_escaped(HUB)}/timeline", {"limit": 20}),
        "dyad of hubs": lambda: ("/v1/between", {"left": HUB, "right": "China"}),
        "path from a hub": lambda: ("/v1/paths", {"source": HUB, "target": chosen.choice(ids)}),
    }
    taken: dict[str, list[float]] = {kind: [] for kind in kinds}
    with serving(engine) as address:
        async with httpx.AsyncClient(base_url=address, trust_env=False, timeout=60) as client:
            for number in range(_WARM + ASKED):
                for kind, make in kinds.items():
                    path, parameters = make()
                    started = time.perf_counter()
                    answer = await client.get(path, params=parameters)
                    milliseconds = (time.perf_counter() - started) * 1000
                    assert answer.status_code == 200, answer.text
                    if number >= _WARM:
                        taken[kind].append(milliseconds)
    return {kind: _named(times) for kind, times in taken.items()}


async def _meant(engine: BenchEngine, names: list[str]) -> dict[str, str]:
    """From names to the ids of the actors that have them; two names can be one actor's."""
    async with Graph(engine.settings) as graph:
        rows = await graph.read(BY_NAME["Actor"], refs=[normalise_name(name) for name in names])
    found = {row["ref"]: row["id"] for row in rows}
    return {name: found[normalise_name(name)] for name in names}


def _named(times: list[float]) -> dict[str, float]:
    found = _quantiles("", times)
    return {"p50": found[" p50"], "p99": found[" p99"]}


def _escaped(name: str) -> str:
    return str(httpx.URL(path=f"/{name}").raw_path.decode("ascii"))[1:]
