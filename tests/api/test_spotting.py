"""Names in a text and claims that may be one, over HTTP and on the command line."""

from __future__ import annotations

from pathlib import Path

import httpx

from kg.engine.graph import Graph
from kg.ingest import ingest_records
from schema.ids import claim_id
from tests.api.service import told
from tests.asking import world as w
from tests.cli.geokg import geokg
from tests.engines.under_test import EngineUnderTest
from tests.ingest.records import claim

ORION = w.A["Orion Group"]
PAID = "Orion paid bribes to inspectors of the harbour"
AGAIN = "Orion bribed inspectors at the harbour in Northland"
CONTRARY = "Orion did not pay bribes to inspectors of the harbour"


async def test_names_of_a_text(client: httpx.Client, engine: EngineUnderTest, tmp_path: Path) -> None:
    post = client.post  # the service runs in a thread of its own
    text = "Orion denied it. The Tin Export Board (TEB) did not, and TEB said so. 猎户座"
    answer = post("/v1/mentions", json={"text": text}).json()
    found = [(each["text"], each["actor"]["name"]) for each in answer["mentions"]]
    board = "Tin Export Board"
    assert found == [
        ("Orion", "Orion Group"), (board, board), ("TEB", board), ("TEB", board), ("猎户座", "Orion Group")
    ]  # fmt: skip
    for each in answer["mentions"]:
        assert text[each["start"] : each["end"]] == each["text"]
        assert each["candidates"][0]["reasons"]
    article = tmp_path / "a.txt"
    article.write_text(text, "utf-8")
    done = await geokg("mentions", str(article), "--with-graph", "--json", environment=engine.environment)
    assert [each["text"] for each in done.json["mentions"]] == [text for text, _ in found]
    told(post("/v1/mentions", json={"text": "x", "more": 1}), 422)
    assert (await geokg("mentions", str(tmp_path / "none"), environment=engine.environment)).status == 2


async def test_claims_that_may_be_one(client: httpx.Client, world: Graph, engine: EngineUnderTest) -> None:
    get = client.get  # the service runs in a thread of its own
    texts = (PAID, AGAIN, CONTRARY)
    report = await ingest_records(world, [claim(f"c{n}", text, subjects=[ORION]) for n, text in enumerate(texts)])
    assert report.rejected == []
    paid, again = claim_id(PAID, [ORION]), claim_id(AGAIN, [ORION])
    similar = get(f"/v1/claims/{paid}/similar").json()
    assert [(each["claim"]["id"], each["verdict"]) for each in similar["items"]] == [(again, "suggested")]
    assert {each["feature"] for each in similar["items"][0]["features"]} >= {"words", "contained"}
    done = await geokg("similar", paid, environment=engine.environment)
    assert AGAIN in done.out and CONTRARY not in done.out
    # Once somebody has decided, it is no question any more.
    decided = await geokg(
        "resolve", "apart", paid, again, "--by", "desk", "--reason", "two bribes", environment=engine.environment
    )
    assert decided.status == 0
    assert get(f"/v1/claims/{paid}/similar").json()["items"] == []
    told(get("/v1/claims/claim-aaaaaaaaaaaaaaaaaaaa/similar"), 404)
