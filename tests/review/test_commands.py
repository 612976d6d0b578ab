"""``geokg review`` and ``geokg ingest`` with a queue, on both engines."""

from __future__ import annotations

from pathlib import Path

from kg.engine.graph import Graph
from kg.ingest import ingest_article
from tests.cli.geokg import geokg
from tests.engines.under_test import EngineUnderTest
from tests.readers.readings import steel, steel_article

LOW = 0.4


async def test_the_queue_is_worked_off_by_commands(graph: Graph, engine: EngineUnderTest, tmp_path: Path) -> None:
    await ingest_article(graph, steel_article(), reader=steel(LOW, LOW, LOW), threshold=0.8)
    environment = engine.environment
    listed = await geokg("review", "list", "--json", environment=environment)
    found = {(item["act"], item["speaker"]): item["id"] for item in listed.json["items"]}
    assert set(found) == {
        ("allege", "Ruritania"),
        ("deny", "Strelsau Steel"),
        ("relay", "The Strelsau Gazette"),
    }
    shown = await geokg("review", "show", found["allege", "Ruritania"], environment=environment)
    assert "Ruritania: allege" in shown.out
    assert "brings actor: Ruritania" in shown.out

    accepted = await geokg("review", "accept", found["allege", "Ruritania"], "--by", "Sapt", environment=environment)
    assert (accepted.status, "accepted by Sapt" in accepted.out) == (0, True), accepted
    again = await geokg("review", "reject", found["allege", "Ruritania"], "--by", "Sapt", environment=environment)
    assert again.status == 1
    assert "accepted already, by Sapt" in again.err

    wrong = await geokg(
        *("review", "correct", found["deny", "Strelsau Steel"], "--set", "manner=flatt"), environment=environment
    )
    assert wrong.status == 2
    assert "Did you mean 'flat'?" in wrong.err
    fields = tmp_path / "fields.json"
    fields.write_text('{"manner": "partial"}', "utf-8")
    corrected = await geokg(
        *("review", "correct", found["deny", "Strelsau Steel"], "--by", "Sapt", "--note", "half of it", "--json"),
        *("--file", str(fields), "--set", "claim.text=Strelsau Steel shipped parts", "--set", "capacity=null"),
        environment=environment,
    )
    assert corrected.json["correction"] == {
        "manner": "partial",
        "capacity": None,
        "claim": {"text": "Strelsau Steel shipped parts"},
    }
    rejected = await geokg("review", "reject", found["relay", "The Strelsau Gazette"], environment=environment)
    assert rejected.status == 0
    assert "rejected by " in rejected.out

    empty = await geokg("review", "list", environment=environment)
    assert empty.out.strip() == "nothing waits"
    done = await geokg("review", "list", "--status", "all", environment=environment)
    assert all(word in done.out for word in ("accepted", "corrected", "rejected"))
    missing = await geokg("review", "show", "review-aaaaaaaaaaaaaaaaaaaa", environment=environment)
    assert missing.status == 3


async def test_ingest_says_how_many_wait(graph: Graph, engine: EngineUnderTest, tmp_path: Path) -> None:
    article = tmp_path / "row.txt"
    article.write_text("Ruritania accused Strelsau Steel of fraud. Strelsau Steel denied the allegations.", "utf-8")
    waits = {**engine.environment, "GEOKG_REVIEW_THRESHOLD": "1"}
    first = await geokg("ingest", str(article), "--reader", "grammar", environment=waits)
    assert first.status == 0, first.err
    assert "to review in" in first.out
    assert "wait for review: geokg review list" in first.out
    off = {**engine.environment, "GEOKG_REVIEW_THRESHOLD": "0"}
    second = await geokg("ingest", str(article), "--json", environment=off)
    assert second.json["by_type"]["statement"]["new"] >= 2
    unknown = await geokg("ingest", str(article), "--reader", "xyzzy", environment=off)
    assert unknown.status == 2
    assert "Installed: ensemble, grammar" in unknown.err
