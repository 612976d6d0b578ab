"""The ledger on the command line, in processes of their own."""

from __future__ import annotations

from kg.engine.graph import Graph
from kg.ingest import ingest_records
from tests.cli.geokg import geokg
from tests.engines.under_test import EngineUnderTest

SAID = ("--by", "R. Rassendyll", "--reason", "one masthead")


async def test_merge_why_history_and_undo(graph: Graph, engine: EngineUnderTest) -> None:
    await ingest_records(
        graph,
        [
            {"type": "actor", "name": "The Herald", "kind": "media", "aliases": ["Herald"]},
            {"type": "actor", "name": "Herald Weekly", "kind": "media"},
        ],
    )

    async def resolve(*arguments: str, status: int = 0) -> tuple[str, str]:
        done = await geokg("resolve", *arguments, environment=engine.environment)
        assert done.status == status, done.err
        return done.out, done.err

    out, _ = await resolve("merge", "Herald", "Herald Weekly", "--preview", *SAID)
    assert "names that unite: Herald, Herald Weekly, The Herald" in out
    out, _ = await resolve("merge", "Herald", "Herald Weekly", *SAID)
    decision = next(word for word in out.split() if word.startswith("decision-"))
    await resolve("undo", decision, *SAID)
    _, err = await resolve("undo", decision, *SAID, status=1)
    assert "undone already" in err
    out, _ = await resolve("history", "Herald")
    assert f"undoes {decision}" in out
    assert "R. Rassendyll" in out
