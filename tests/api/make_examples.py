"""Write ``api/examples``, what the service answers over the seed data: ``python -m tests.api.make_examples``.

Run it again when an answer gets a new field; the tests tell when an example no longer fits its schema.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from pathlib import Path
from typing import Any, Final

import httpx

from kg.engine.graph import open_graph
from kg.graph_schema import apply_schema
from kg.ingest import ingest_files
from kg.settings import Settings
from seed_data import files
from tests.api.service import running

FOLDER: Final = Path(__file__).parents[2] / "api" / "examples"
_LONGEST_LIST: Final = 2
_ARTICLE: Final = {
    "title": "Company rejects claims",
    "outlet": "Reuters",
    "published": "2025-11-18",
    "text": "Alibaba on Tuesday denied that it supports military operations. The White House declined to comment.",
}
_DOUBTFUL: Final = {
    "title": "Embassy answers",
    "outlet": "Reuters",
    "published": "2025-11-19",
    "text": "China's embassy in Washington rejected the allegations. The White House said it stands by the memo. "
    "Alibaba denied that it hands customer data to the People's Liberation Army.",
}


_CODED: Final = [
    {
        "type": "event",
        "kind": "coded_interaction",
        "title": f"{agent} – {coded} – {patient}",
        "at": at,
        "cameo": cameo,
        "plover": plover,
        "coded": coded,
        "scheme": "CAMEO, titles of ICEWS",
        "participants": [{"actor": agent, "role": "agent"}, {"actor": patient, "role": "patient"}],
        "source_row": f"example:{cameo}",
    }
    for agent, cameo, plover, coded, patient, at in (
        ("United States", "112", "ACCUSE", "Accuse", "China", "2018-10-04"),
        ("China", "016", "REJECT", "Deny responsibility", "United States", "2018-10-05"),
    )
]
"""Two rows as a feed of coded events brings them."""


def _questions(client: httpx.Client) -> dict[str, str]:
    """Address by operation, with the ids of things of the story in it."""

    def first(path: str) -> dict[str, Any]:
        found: dict[str, Any] = client.get(path).raise_for_status().json()["items"][0]
        return found

    claim = first("/v1/claims?accused=Alibaba&standing=contested")["id"]
    return {
        "actors": "/v1/actors?q=Alibba&limit=2",
        "actor": "/v1/actors/Alibaba",
        "timeline": "/v1/actors/Alibaba/timeline?limit=2&act=deny",
        "relationships": "/v1/actors/Alibaba/relationships?limit=2&type=REBUTS&type=ACCUSES",
        "neighbourhood": "/v1/actors/Alibaba/neighbourhood?nodes=3",
        "between": "/v1/between?left=White House&right=Alibaba&limit=2",
        "paths": "/v1/paths?source=Alibaba&target=Donald Trump&k=1",
        "claims": "/v1/claims?accused=Alibaba&limit=1",
        "claim": f"/v1/claims/{claim}",
        "policies": "/v1/policies?q=EO 14105&limit=1",
        "policy": "/v1/policies/EO 14105",
        "documents": "/v1/documents?publisher=FT&limit=1",
        "document": f"/v1/documents/{first('/v1/documents?publisher=FT')['document']['id']}",
        "events": "/v1/events?participant=Alibaba&limit=1",
        "event": f"/v1/events/{first('/v1/events?kind=meeting')['event']['id']}",
        "topics": "/v1/topics?limit=1",
        "topic": "/v1/topics/Qwen",
        "statistics": "/v1/statistics",
        "reconcile": '/v1/reconcile?queries={"q0": {"query": "Alibaba", "type": "company", "limit": 1}}',
        "suggest_entity": "/v1/reconcile/suggest/entity?prefix=alib",
        "suggest_type": "/v1/reconcile/suggest/type?prefix=comp",
        "suggest_property": "/v1/reconcile/suggest/property?prefix=tick",
        "propose_properties": "/v1/reconcile/properties?type=company",
        "health": "/healthz",
        "readiness": "/readyz",
    }


def _shortened(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _shortened(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_shortened(each) for each in value[:_LONGEST_LIST]]
    return value


def _write(operation: str, answer: Any) -> None:
    text = json.dumps(_shortened(answer), ensure_ascii=False, indent=1)
    (FOLDER / f"{operation}.json").write_text(text + "\n", "utf-8")


def _matches(client: httpx.Client) -> None:
    """Match a name, and the same as OpenRefine asks."""
    body = {"queries": [{"name": "Alibaba Group Holding Ltd", "country": "CN"}], "limit": 1}
    _write("match", client.post("/v1/match", json=body).raise_for_status().json())
    form = {"queries": json.dumps({"q0": {"query": "Alibaba", "type": "company", "limit": 1}})}
    _write("reconcile_form", client.post("/v1/reconcile", data=form).raise_for_status().json())


def _reviews(client: httpx.Client) -> None:
    """Read an article of which nothing is sure enough, and decide on what waits."""
    _write("readers", client.get("/v1/readers").raise_for_status().json())
    _write("read", client.post("/v1/read", json=_ARTICLE).raise_for_status().json())
    os.environ["GEOKG_REVIEW_THRESHOLD"] = "1"
    client.post("/v1/articles", json=_DOUBTFUL).raise_for_status()
    waiting = client.get("/v1/reviews?limit=2").raise_for_status().json()
    _write("reviews", waiting)
    everything = client.get("/v1/reviews").raise_for_status().json()["items"]
    review, other, third = (item["id"] for item in everything[:3])
    _write("review", client.get(f"/v1/reviews/{review}").raise_for_status().json())
    body: dict[str, Any] = {"by": "R. Rassendyll", "note": "read as it stands"}
    _write("accept_review", client.post(f"/v1/reviews/{review}/accept", json=body).raise_for_status().json())
    body |= {"note": "only half of it", "correction": {"certainty": "probable"}}
    _write("correct_review", client.post(f"/v1/reviews/{other}/correct", json=body).raise_for_status().json())
    body = {"by": "R. Rassendyll", "note": "nobody says so"}
    _write("reject_review", client.post(f"/v1/reviews/{third}/reject", json=body).raise_for_status().json())


def _names(client: httpx.Client) -> None:
    """Ask whom the names of a text mean, and decide on actors that nobody knew."""
    text = {"text": "Beijing denied the report. President Xi spoke in Beijing."}
    alike = ("Alibaba paid bribes to inspectors of the port", "Alibaba bribed inspectors at the port of Rotterdam")
    claims = [{"type": "claim", "text": each, "subjects": ["Alibaba"]} for each in alike]
    client.post("/v1/records", json=claims).raise_for_status()
    found = client.get("/v1/claims", params={"q": alike[0], "limit": 1}).raise_for_status().json()["items"][0]
    _write("similar_claims", client.get(f"/v1/claims/{found['id']}/similar").raise_for_status().json())
    _write("mentions", client.post("/v1/mentions", json=text).raise_for_status().json())
    newcomers = [
        {"type": "actor", "name": name, "kind": "company", "provisional": True} for name in ("Ax Ltd", "Bx Ltd")
    ]
    client.post("/v1/records", json=newcomers).raise_for_status()
    page = client.get("/v1/reviews/actors?limit=2").raise_for_status().json()
    _write("provisional_actors", page)
    said = {"by": "R. Rassendyll"}
    for operation, item in zip(("accept", "reject"), page["items"], strict=True):
        path = f"/v1/reviews/actors/{item['actor']['id']}/{operation}"
        _write(f"{operation}_actor", client.post(path, json=said).raise_for_status().json())


def _decisions(client: httpx.Client) -> None:
    """Decide on actors and claims, ask why, and undo all of it."""
    said = {"by": "R. Rassendyll", "reason": "one desk under two names"}
    pair = {"left": "Central Intelligence Agency", "right": "US Department of the Treasury"}
    claims = [
        item["id"] for item in client.get("/v1/claims?accused=Alibaba&limit=2").raise_for_status().json()["items"]
    ]

    def post(path: str, **body: Any) -> Any:
        return client.post(path, json={**said, **body}).raise_for_status().json()

    _write("decide", post("/v1/decisions?preview=true", verdict="same", **pair))
    made = [
        post("/v1/decisions", verdict="same", **pair)["decision"]["id"],
        post("/v1/decisions", verdict="same", left=claims[0], right=claims[1])["decision"]["id"],
    ]
    _write("decision", client.get(f"/v1/decisions/{made[0]}").raise_for_status().json())
    _write("why", client.get("/v1/decisions/why", params=pair).raise_for_status().json())
    _write("actor_identity", client.get(f"/v1/actors/{pair['right']}/identity").raise_for_status().json())
    _write("claim_identity", client.get(f"/v1/claims/{claims[1]}/identity").raise_for_status().json())
    split = post("/v1/decisions/split", member=pair["right"])
    _write("split", split)
    _write("decisions", client.get("/v1/decisions?limit=2").raise_for_status().json())
    _write("undo_decision", post(f"/v1/decisions/{split['decision']['id']}/undo"))
    for decision in made:
        post(f"/v1/decisions/{decision}/undo")


def jobs(client: httpx.Client) -> None:
    """Send an input as a job, follow it to its end, and retract what it brought."""
    lines = [
        {"type": "document", "key": "d", "title": "Shares fall", "text": "Brookings said so.", "publisher": "Reuters"},
        {"type": "claim", "key": "c", "text": "So it is", "subjects": ["Alibaba"]},
        {**{"type": "statement", "document": "d", "speaker": "Brookings", "act": "assert", "about": ["c"]},
         "quote": "Brookings said so."},
        {"type": "actor", "name": "Brookings Institution", "kind": "thinktank"},
    ]  # fmt: skip
    body = "".join(json.dumps(line) + "\n" for line in lines).encode()

    def send(path: str, **more: Any) -> Any:
        return client.post(path, **more).raise_for_status().json()

    added = send("/v1/jobs?name=feed.jsonl", content=body)
    _write("add_job", added)
    job = f"/v1/jobs/{added['id']}"
    with client.stream("GET", f"{job}/events") as events:
        assert "done" in events.read().decode()
    _write("job", client.get(job).raise_for_status().json())
    _write("jobs", client.get("/v1/jobs").raise_for_status().json())
    _write("job_rejects", client.get(f"{job}/rejects").raise_for_status().json())
    _write("sources", client.get("/v1/sources").raise_for_status().json())
    _write("changes", client.get("/v1/changes?limit=2").raise_for_status().json())
    source = {"source": {"job": added["id"]}}
    _write("retract_source", send("/v1/retractions/source", json={**source, "reason": "the wrong file"}))
    _write("undo_source_retraction", send("/v1/retractions/source/undo", json=source))
    _write("cancel_job", {**added, "state": "cancelled", "finished_at": added["created_at"]})
    _write("resume_job", added)


async def _seed(settings: Settings) -> None:
    async with await open_graph(settings) as graph:
        await apply_schema(graph)
        await ingest_files(graph, files())


def main() -> None:
    """Load the seed data into an engine of its own, ask everything, write the answers."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder) / "data", engine_heap="512m")
        asyncio.run(_seed(settings))
        with running(settings) as client:
            for operation, address in _questions(client).items():
                answer = client.get(address).raise_for_status().json()
                assert answer.get("items") != [], f"{address} finds nothing"
                _write(operation, answer)
            client.post("/v1/records", json=_CODED).raise_for_status()
            _write("events_answers", client.get("/v1/events/answers").raise_for_status().json())
            _matches(client)
            schema = client.get("/v1/schema").raise_for_status().json()
            _write("record_schema", {name: schema[name] for name in ("$schema", "title")})
            records = [{"type": "actor", "name": "Brookings Institution", "kind": "think_tank"}]
            _write("ingest_records", client.post("/v1/records", json=records).raise_for_status().json())
            report = client.post("/v1/articles", json=_ARTICLE).raise_for_status().json()
            _write("ingest_article", report)
            ids = report["documents"]
            body = {"ids": ids, "reason": "made up"}
            _write("retract", client.post("/v1/retractions", json=body).raise_for_status().json())
            _reviews(client)
            _names(client)
            _decisions(client)
            jobs(client)
            undone = client.post("/v1/retractions/undo", json={"ids": ids}).raise_for_status().json()
            _write("undo_retraction", undone)


if __name__ == "__main__":
    main()
