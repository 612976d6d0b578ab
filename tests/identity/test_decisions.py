"""Decisions through the service: what they change in answers, that undoing gives all of it back, what is refused."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from kg.asking import actors, claims
from kg.asking.parameters import AsOf
from kg.engine.graph import Graph
from kg.verify import verify
from kg.writing.rebuild import rebuild
from schema.ids import actor_id
from tests.api.service import told
from tests.asking import world as w
from tests.writing.exported import exported

ORION, HOLDINGS = w.A["Orion Group"], actor_id("Orion Holdings")
NORTHERN, RADIO = actor_id("Northern Radio"), actor_id("Radio North")
SAID = {"by": "R. Rassendyll", "reason": "one and the same"}


def decide(client: httpx.Client, verdict: str, left: str, right: str, **more: Any) -> dict[str, Any]:
    """Decide on two; answers the decision."""
    body = {"verdict": verdict, "left": left, "right": right, **SAID, **more}
    decision: dict[str, Any] = client.post("/v1/decisions", json=body).raise_for_status().json()["decision"]
    return decision


def previewed(client: httpx.Client, verdict: str, left: str, right: str) -> dict[str, Any]:
    """What a decision on two would change."""
    body = {"verdict": verdict, "left": left, "right": right, **SAID}
    answer: dict[str, Any] = client.post("/v1/decisions?preview=true", json=body).raise_for_status().json()
    return answer


def undo(client: httpx.Client, decision: str) -> dict[str, Any]:
    """Undo a decision; answers the one that does so."""
    answer = client.post(f"/v1/decisions/{decision}/undo", json=SAID).raise_for_status()
    undone: dict[str, Any] = answer.json()["decision"]
    return undone


def _addresses() -> list[str]:
    parts = ("", "/timeline?limit=200", "/relationships?limit=200", "/neighbourhood?hops=2&nodes=300")
    of_actors = [f"/v1/actors/{actor}{part}" for actor in (ORION, HOLDINGS, w.A["Eastland"]) for part in parts]
    lists = ("actors", "claims", "policies", "documents", "events", "topics")
    return [
        *of_actors,
        *(f"/v1/{name}?limit=200" for name in lists),
        f"/v1/claims?accused={HOLDINGS}",
        f"/v1/claims?accused={ORION}",
        f"/v1/claims?speaker={HOLDINGS}&limit=200",
        "/v1/claims?standing=declined",
        "/v1/claims?q=Orion",
        f"/v1/events?participant={ORION}",
        f"/v1/policies?target={HOLDINGS}",
        f"/v1/documents?claim={w.C_SPY}",
        *(f"/v1/claims/{claim}" for claim in (w.C_SPY, w.C_SUPPORT, w.C_RUMOUR)),
        *(f"/v1/documents/{document}" for document in (w.HERALD, w.WIRE)),
        *(f"/v1/policies/{policy}" for policy in (w.RULE_2022, w.RULE_2023)),
        f"/v1/events/{w.SUMMIT}",
        "/v1/topics/Large%20models",
        "/v1/actors?q=Orion",
        "/v1/statistics",
        "/v1/between?left=Eastland&right=Orion",
        f"/v1/paths?source={HOLDINGS}&target=The%20Herald&k=5",
        f"/v1/actors/{ORION}/timeline?counterpart=Eastland&limit=200",
    ]


def _answers(client: httpx.Client) -> dict[str, str]:
    """Every answer as it came, but for the moment at which it was asked."""
    asked = {address: client.get(address, follow_redirects=True).raise_for_status() for address in _addresses()}
    return {name: re.sub(r'"known_at":"[^"]*"', "", answer.text) for name, answer in asked.items()}


def _of(client: httpx.Client, address: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(address, follow_redirects=True).raise_for_status().json()
    return found


async def test_a_merge_unites_every_answer_and_its_undoing_gives_all_of_it_back(
    world: Graph, client: httpx.Client
) -> None:
    before = _answers(client)
    records = await exported(world)
    apart = _of(client, f"/v1/actors/{ORION}")
    assert _of(client, f"/v1/claims/{w.C_SPY}")["standing"]["standing"] == "unanswered"
    preview = previewed(client, "same", ORION, HOLDINGS)
    assert _answers(client) == before, "a preview changes nothing"
    changes = preview["changes"]
    assert [each["id"] for each in changes["shown_otherwise"]] == [HOLDINGS]
    assert set(changes["names"]) == {"Orion Group", "Orion", "ORN", "猎户座", "Orion Holdings", "OHL"}
    assert (changes["statements"], changes["between"]) == (1, 1)
    assert [(c["claim"]["id"], c["before"]["standing"], c["after"]["standing"]) for c in changes["claims"]] == [
        (w.C_SPY, "unanswered", "declined")
    ]

    first = decide(client, "same", ORION, HOLDINGS)
    merged_at = first["recorded_at"]
    second = decide(client, "same", w.C_SUPPORT, w.C_SPY)
    third = decide(client, "same", NORTHERN, RADIO)

    one = _of(client, f"/v1/actors/{ORION}")
    assert one["members"] == [HOLDINGS]
    assert {"OHL", "Orion Holdings", "ORN"} <= {name["name"] for name in one["names"]}
    assert one["statements_made"] == apart["statements_made"] + 1
    assert one["events"] == apart["events"] + 1
    assert all(each["type"] != "SUBSIDIARY_OF" for each in one["relations"]), "nobody is his own subsidiary"
    timeline = _of(client, f"/v1/actors/{HOLDINGS}/timeline?limit=200")
    assert timeline["actor"]["id"] == ORION
    said = [item["statement"] for item in timeline["items"] if item["kind"] == "statement"]
    of_holdings = next(each for each in said if each["speaker"] == "Orion Holdings")
    assert of_holdings["actor"]["name"] == "Orion Group", "as it was written stays beside who that is"
    assert len({item["id"] for item in timeline["items"]}) == len(timeline["items"])
    assert any(item["kind"] == "event" and item["event"]["event"]["name"] == "Talks" for item in timeline["items"])
    dossier = _of(client, f"/v1/claims/{w.C_SPY}")
    assert (dossier["id"], dossier["members"]) == (w.C_SUPPORT, [w.C_SPY])
    assert dossier["standing"]["standing"] == "contested"
    assert any(each["id"] == of_holdings["id"] for each in dossier["said"])
    assert of_holdings["id"] in dossier["standing"]["declined_by"]
    found = _of(client, f"/v1/claims?accused={HOLDINGS}&limit=200")["items"]
    assert [each["id"] for each in found].count(w.C_SUPPORT) == 1
    assert w.C_SPY not in {each["id"] for each in found}
    assert next(e["statements"] for e in found if e["id"] == w.C_SUPPORT) == len(dossier["said"])
    assert [each["id"] for each in _of(client, f"/v1/claims?speaker={HOLDINGS}&q=customer%20data")["items"]] == [
        w.C_SUPPORT
    ], "found by the words of any of them"
    rumour = _of(client, f"/v1/claims/{w.C_RUMOUR}")["standing"]
    assert (rumour["origins"], rumour["named_sources"]) == (1, 1)
    statistics, were = _of(client, "/v1/statistics"), json.loads(before["/v1/statistics"].replace(",}", "}"))
    for counted, fewer in (("Actor", 2), ("Claim", 1)):
        assert statistics["nodes"][counted] == were["nodes"][counted] - fewer
    assert sum(statistics["actors"].values()) == sum(were["actors"].values()) - 2
    assert sum(statistics["standings"].values()) == sum(were["standings"].values()) - 1
    nodes = _of(client, f"/v1/actors/{ORION}/neighbourhood?hops=2&nodes=300")
    assert not {HOLDINGS, w.C_SPY} & {node["id"] for node in nodes["nodes"]}
    assert not any(HOLDINGS in (edge["source"]["id"], edge["target"]["id"]) for edge in nodes["edges"])
    assert all(edge["source"]["id"] != edge["target"]["id"] for edge in nodes["edges"])
    for address, answer in _answers(client).items():
        text = answer.replace(f'"members":["{HOLDINGS}"]', "").replace(f'"members":["{w.C_SPY}"]', "")
        assert HOLDINGS not in text, address
        assert not re.search(rf'"id":"{w.C_SPY}"', text), address

    # Another process agrees at once, and so does a question as of before.
    assert (await actors.one(world, HOLDINGS)).id == ORION
    assert (await claims.dossier(world, w.C_SPY)).id == w.C_SUPPORT
    assert (await actors.one(world, HOLDINGS, AsOf.of(None, merged_at))).id == ORION, "as of the very moment"
    learned = next(record["recorded_at"] for record in records if record.get("id") == HOLDINGS)
    assert (await actors.one(world, HOLDINGS, AsOf.of(None, learned))).id == HOLDINGS
    assert (await verify(world)).faults == []
    assert (await rebuild(world)).identical

    for decision in (first, third, second):  # in another order than that in which they were made
        undo(client, decision["id"])
    after = _answers(client)
    for address in before:
        assert after[address] == before[address], address
    again = [record for record in await exported(world) if record["type"] != "decision"]
    assert again == records
    assert (await verify(world)).faults == []
    assert (await rebuild(world)).identical
    history = _of(client, f"/v1/decisions?about={HOLDINGS}")["items"]
    assert [(each["verdict"], each["stands"]) for each in history] == [("revoke", True), ("same", False)]
    assert history[1]["revoked_by"] == history[0]["id"]
    part = _of(client, "/v1/decisions?limit=4")
    rest = _of(client, f"/v1/decisions?limit=4&cursor={part['next']}")
    assert len({each["id"] for each in (*part["items"], *rest["items"])}) == 6
    assert rest["next"] is None
    then = _of(client, f"/v1/actors/{HOLDINGS}?known_at={merged_at}")
    assert then["id"] == ORION, "that it was merged for a time stays known"


def test_old_addresses_lead_to_the_one_that_is_kept_but_not_before_it_was_decided(client: httpx.Client) -> None:
    lee, ann = w.A["Lee"], w.A["Ann Lee"]
    decision = decide(client, "same", "Ann Lee", lee)
    for part in ("", "/timeline?limit=3&order=oldest", "/relationships", "/neighbourhood?hops=1", "?known_at=2027"):
        answer = client.get(f"/v1/actors/{lee}{part}")
        assert answer.status_code == 308
        assert answer.headers["location"] == f"/v1/actors/{ann}{part}"
    assert client.get("/v1/actors/Lee").json()["id"] == ann, "a name needs no other address"
    assert client.get(f"/v1/actors/{ann}").status_code == 200
    before = client.get(f"/v1/actors/{lee}?known_at=2025-12-01")
    assert (before.status_code, before.json()["id"], before.json()["members"]) == (200, lee, [])
    identity = client.get(f"/v1/actors/{lee}/identity").json()
    assert (identity["canonical"]["id"], [m["id"] for m in identity["members"]]) == (ann, sorted((ann, lee)))
    claim = decide(client, "same", w.C_HOAX, w.C_NERVOUS)
    moved = client.get(f"/v1/claims/{w.C_NERVOUS}?known_at=2027")
    assert (moved.status_code, moved.headers["location"]) == (308, f"/v1/claims/{w.C_HOAX}?known_at=2027")
    assert client.get(f"/v1/claims/{w.C_NERVOUS}/identity").json()["canonical"]["id"] == w.C_HOAX
    first = client.get(f"/v1/actors/{ann}/timeline?limit=1&order=oldest").json()
    undo(client, decision["id"])
    undo(client, claim["id"])
    assert client.get(f"/v1/actors/{lee}").status_code == 200
    if first["next"]:
        following = client.get(f"/v1/actors/{ann}/timeline?limit=1&order=oldest&cursor={first['next']}")
        assert following.status_code == 200, "a list goes on as it was begun"


def test_of_two_who_decide_crosswise_one_is_told_what_the_other_decided(client: httpx.Client) -> None:
    pairs = [("same", "Hermit", "Namesake"), ("same", "Namesake", "Hermit")]
    bodies = [dict(zip(("verdict", "left", "right"), pair, strict=True)) | SAID for pair in pairs]
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda body: client.post("/v1/decisions", json=body), bodies))
    won, lost = sorted(answers, key=lambda answer: answer.status_code)
    assert won.status_code == 200
    decision = won.json()["decision"]["id"]
    assert decision in str(told(lost, 409)["detail"])
    assert SAID["by"] in str(told(lost, 409)["detail"])
    assert client.get("/v1/decisions/why?left=Hermit&right=Namesake").json()["chain"][0]["decision"] == decision
    undo(client, decision)


def test_what_cannot_be_decided_is_refused_with_the_reasons(client: httpx.Client, world: Graph) -> None:
    held = len(client.get("/v1/decisions?limit=200").json()["items"])
    same = decide(client, "same", "Eastland", "Northland")
    other = decide(client, "different", "Hermit", w.A["Northland"])

    def refused(status: int, path: str, **body: Any) -> str:
        return str(told(client.post(path, json={**SAID, **body}), status)["detail"])

    def on_two(status: int, verdict: str, left: str, right: str) -> str:
        return refused(status, "/v1/decisions", verdict=verdict, left=left, right=right)

    assert "itself" in on_two(422, "same", ORION, "Orion")
    assert "a claim" in on_two(422, "same", ORION, w.C_SPY)
    assert "neither" in on_two(422, "same", ORION, w.HERALD)
    assert "nothing has the id" in on_two(404, "same", ORION, actor_id("nobody"))
    assert "Did you mean" in on_two(404, "same", ORION, "Orionn")
    assert "several" in on_two(422, "same", ORION, "the press")
    assert same["id"] in on_two(409, "same", w.A["Northland"], "Eastland")
    chain = on_two(409, "same", "Eastland", "Hermit")
    assert same["id"] in chain
    assert other["id"] in chain
    assert same["id"] in on_two(409, "different", "Eastland", "Northland")
    assert other["id"] in on_two(409, "different", "Hermit", "Northland")
    assert "one with no other" in refused(409, "/v1/decisions/split", member="Hermit")
    assert "no decision" in refused(404, "/v1/decisions/decision-aaaaaaaaaaaaaaaaaaaa/undo")
    undone = undo(client, other["id"])
    assert undone["id"] in refused(409, f"/v1/decisions/{other['id']}/undo")
    assert client.post("/v1/decisions", json={"verdict": "same", "left": "a", "right": "b"}).status_code == 422
    assert client.post("/v1/decisions", json={**SAID, "verdict": "equal", "left": "a", "right": "b"}).status_code == 422
    assert told(client.post("/v1/decisions", json={**SAID, "reason": "", "verdict": "same"}), 422)
    assert told(client.get("/v1/decisions/decision-aaaaaaaaaaaaaaaaaaaa"), 404)
    assert told(client.get("/v1/decisions/why?left=Orion&right=Nobody"), 404)
    assert same["id"] in previewed(client, "different", "Eastland", "Northland")["refused"]
    body = {**SAID, "verdict": "same", "left": "Orion", "right": "Hermit"}
    foreign = client.post("/v1/decisions", json=body, headers={"Host": "example.org"})
    assert told(foreign, 403)
    undo(client, same["id"])
    assert len(client.get("/v1/decisions?limit=200").json()["items"]) == held + 4, "what was refused left nothing"


def test_a_split_is_one_decision_and_is_undone_as_one(client: httpx.Client) -> None:
    middle, one, other = "Wire News", "Morning Courier", "Tattler"
    ids = [w.A[name] for name in (middle, one, other)]
    joined = [decide(client, "same", middle, one)["id"], decide(client, "same", middle, other)["id"]]
    preview = client.post("/v1/decisions/split?preview=true", json={**SAID, "member": one}).json()
    assert [len(whole["members"]) for whole in preview["changes"]["after"]] == [2]
    split = client.post("/v1/decisions/split", json={**SAID, "member": one}).raise_for_status().json()["decision"]
    assert split["revokes"] == [joined[0]]
    assert client.get(f"/v1/actors/{ids[1]}").json()["id"] == ids[1]
    assert client.get(f"/v1/actors/{ids[2]}").status_code == 308
    why = client.get(f"/v1/decisions/why?left={one}&right={other}").json()
    assert (why["relation"], why["chain"][0]["decision"]) == ("different", split["id"])
    undo(client, split["id"])
    assert client.get(f"/v1/decisions/why?left={one}&right={other}").json()["relation"] == "same"
    for decision in joined:
        undo(client, decision)


@pytest.mark.parametrize("kept", [False, True])
def test_the_left_is_kept(client: httpx.Client, kept: bool) -> None:
    left, right = ("Hermit", "Namesake") if kept else ("Namesake", "Hermit")
    decision = decide(client, "same", left, right)
    assert client.get(f"/v1/actors/{right}").json()["name"] == left
    undo(client, decision["id"])
