"""Ways in over HTTP: records, articles, retractions; and every bad body told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.api.service import told
from tests.asking import world as w

ACTOR = {"type": "actor", "name": "Harbour Bank", "kind": "company", "aliases": ["HB"]}
DOCUMENT = {
    "type": "document",
    "key": "bank-report",
    "title": "Harbour Bank denies",
    "publisher": "Wire News",
    "published_at": "2025-12-01",
    "text": "Harbour Bank denied that it helped Orion.",
}
CLAIM = {"type": "claim", "key": "bank-helps", "text": "Harbour Bank helps Orion", "subjects": ["Harbour Bank"]}
DENIAL = {
    "type": "statement",
    "document": "bank-report",
    "act": "deny",
    "manner": "flat",
    "speaker": "Harbour Bank",
    "about": ["bank-helps"],
    "quote": "Harbour Bank denied that it helped Orion.",
}
RECORDS = [ACTOR, DOCUMENT, CLAIM, DENIAL]


def _post(
    client: httpx.Client, content: bytes, media_type: str, path: str = "/v1/records", **more: Any
) -> httpx.Response:
    return client.post(path, content=content, headers={"content-type": media_type}, **more)


def test_records_go_in_and_again_change_nothing(client: httpx.Client) -> None:
    first = client.post("/v1/records", json=RECORDS)
    assert first.status_code == 200, first.text
    assert first.json()["counts"] == {"read": 4, "new": 4, "changed": 0, "unchanged": 0, "rejected": 0}
    lines = "\n".join(json.dumps(record) for record in RECORDS).encode()
    for content, media_type in (
        (json.dumps(RECORDS).encode(), "application/json; charset=utf-8"),
        (lines, "application/x-ndjson"),
        (lines, "application/jsonl"),
        (json.dumps(RECORDS).encode(), "application/yaml"),
    ):
        again = _post(client, content, media_type)
        assert again.json()["counts"] == {"read": 4, "new": 0, "changed": 0, "unchanged": 4, "rejected": 0}, media_type
    (claim,) = client.get("/v1/claims", params={"accused": "HB"}).json()["items"]
    assert claim["standing"]["standing"] == "denied"
    said = client.get(f"/v1/claims/{claim['id']}").json()["said"]
    assert [each["quote"] for each in said] == [DENIAL["quote"]]


def test_some_rejected_and_all_rejected(client: httpx.Client) -> None:
    bad = {"type": "actor", "name": "X", "kind": "compny"}
    some = client.post("/v1/records", json=[ACTOR, bad])
    assert (some.status_code, some.json()["counts"]["rejected"]) == (207, 1)
    assert "Did you mean 'company'" in some.json()["rejected"][0]["reason"]
    assert some.json()["rejected"][0]["record"] == bad
    problem = told(client.post("/v1/records", json=[bad]), 422)
    assert "body#1" in str(problem["errors"])


@pytest.mark.parametrize(
    ("content", "media_type", "hint"),
    [
        (b"", "application/json", "no JSON"),
        (b"[]", "application/json", "no record"),
        (b"{", "application/json", "no JSON"),
        (b"[1, 2]", "application/json", "an object with named fields"),
        (b"[" * 100_000, "application/json", "no JSON"),
        (b"\xff\xfe[]", "application/json", "no UTF-8"),
        (b"- a: [", "application/yaml", "no YAML"),
        (b"a: &a [x]\nb: *a", "application/yaml", "aliases"),
        (b"", "application/yaml", "no record"),
        (b"nonsense\n", "application/x-ndjson", "no JSON"),
        (b'[{"type": "actr", "name": "x"}]', "application/json", "Did you mean 'actor'"),
        (b'[{"type": "actor", "name": "x", "kind": "company", "colour": 1}]', "application/json", "colour"),
        (b'[{"type": "actor", "name": "a\\u0000b", "kind": "company"}]', "application/json", "control character"),
        (b'[{"type": "actor", "name": "a\\ud800b", "kind": "company"}]', "application/json", ""),
        (b'[{"type": "document", "title": "x", "text_file": "/etc/passwd"}]', "application/json", "text_file"),
        (b'[{"type": "event", "kind": "meeting", "title": "x", "at": "2025-13"}]', "application/json", "is no date"),
    ],
)
def test_a_body_that_holds_no_record(client: httpx.Client, content: bytes, media_type: str, hint: str) -> None:
    problem = told(_post(client, content, media_type), 422)
    assert hint in json.dumps(problem["errors"]), problem


def test_a_quote_that_does_not_stand_there(client: httpx.Client) -> None:
    wrong = {**DENIAL, "quote": "Harbour Bank confirmed it."}
    problem = told(client.post("/v1/records", json=[{**wrong, "document": w.WIRE, "about": [w.C_SPY]}]), 422)
    assert "body#1" in str(problem["errors"])
    shifted = {**DENIAL, "quote": w.WIRE_TEXT[:20], "start": 1, "end": 21, "document": w.WIRE, "about": [w.C_SPY]}
    told(client.post("/v1/records", json=[shifted]), 422)


@pytest.mark.parametrize("media_type", ["text/csv", "application/xml", "multipart/form-data"])
def test_a_body_of_another_type(client: httpx.Client, media_type: str) -> None:
    for path in ("/v1/records", "/v1/articles"):
        assert "application/json" in str(told(_post(client, b"x", media_type, path), 415)["detail"])


def test_a_body_that_is_too_large(client: httpx.Client) -> None:
    large = b"[" + b" " * 12_000_001
    for path in ("/v1/records", "/v1/articles", "/v1/retractions"):
        assert "12,000,000" in str(told(_post(client, large, "application/json", path), 413)["detail"])

    def chunks() -> Iterator[bytes]:
        yield from (b" " * 1_000_000 for _ in range(13))

    response = client.post("/v1/records", content=chunks(), headers={"content-type": "application/json"})
    assert "12,000,000" in str(told(response, 413)["detail"]), "in chunks, without a length"
    assert client.get("/healthz").status_code == 200


ARTICLE = (
    "Eastland on Monday denied that its army uses models of Orion Group. "
    "\u201cThe assertions are completely false,\u201d the Eastland Army said in a statement."
)


def test_an_article_goes_in(client: httpx.Client) -> None:
    body = {"title": "Eastland denies", "outlet": "Wire News", "published": "2025-12-02", "text": ARTICLE}
    answer = client.post("/v1/articles", json=body)
    assert answer.status_code == 200, answer.text
    report = answer.json()
    assert report["counts"]["rejected"] == 0 and len(report["documents"]) == 1
    document = client.get(f"/v1/documents/{report['documents'][0]}").json()
    assert document["document"]["outlet"] == "Wire News"
    assert any(said["act"] == "deny" for said in document["statements"])
    for said in document["statements"]:
        assert document["text"][said["start"] : said["end"]] == said["quote"]
    assert client.post("/v1/articles", json=body).json()["counts"]["new"] == 0


def test_an_article_as_the_body_itself(client: httpx.Client) -> None:
    known = {"outlet": "Tattler", "published": "2025-12-03", "title": "Bare"}
    plain = _post(client, ARTICLE.encode(), "text/plain; charset=utf-8", "/v1/articles", params=known)
    assert plain.status_code == 200, plain.text
    page = f"<html><head><title>Page</title></head><body><article><h1>Page</h1><p>{ARTICLE}</p>" + (
        "<p>The talks went on for three days, and the two sides are to meet again in the spring.</p>" * 5
        + "</article></body></html>"
    )
    html = _post(client, page.encode(), "text/html", "/v1/articles", params={**known, "title": "Page"})
    assert html.status_code == 200, html.text
    document = client.get(f"/v1/documents/{html.json()['documents'][0]}").json()
    assert "completely false" in document["text"] and "<p>" not in document["text"]


@pytest.mark.parametrize(
    ("content", "media_type", "hint"),
    [
        (b"", "text/plain", "no text"),
        (b"   \n ", "text/plain", "no text"),
        (b"\xff\xfe\x00\xd8", "text/plain", ""),
        (b"<html><body><nav>Home</nav></body></html>", "text/html", "article"),
        (b"{}", "application/json", "either text or html"),
        (b'{"text": "a", "html": "b"}', "application/json", "either text or html"),
        (b'{"text": ""}', "application/json", "no text"),
        (b'{"text": "a", "published": "soon"}', "application/json", "is no date"),
        (b'{"text": "a", "headline": "b"}', "application/json", "headline"),
        (b"not json", "application/json", "JSON"),
    ],
)
def test_an_article_that_is_none(client: httpx.Client, content: bytes, media_type: str, hint: str) -> None:
    problem = told(_post(client, content, media_type, "/v1/articles"), 422)
    assert hint in json.dumps(problem), problem


def test_a_retraction_is_previewed_done_and_undone(client: httpx.Client) -> None:
    path = f"/v1/claims/{w.C_SUPPORT}"
    before = client.get(path).json()
    body = {"ids": [w.WIRE], "reason": "it was never published"}
    preview = client.post("/v1/retractions?preview=true", json=body).json()
    assert preview["retracted_at"] is None
    assert {w.WIRE, w.DENIED, w.HOAXED, w.ASSESSED} <= {node["id"] for node in preview["nodes"]}
    assert w.C_SUPPORT in {claim["id"] for claim in preview["claims"]}
    assert client.get(path).json()["standing"]["standing"] == "contested", "a preview changes nothing"
    done = client.post("/v1/retractions", json=body).json()
    assert done["retracted_at"] is not None and done["nodes"] == preview["nodes"]
    after = client.get(path).json()
    assert (after["standing"]["standing"], len(after["said"])) == ("unanswered", len(before["said"]) - 1)
    told(client.get(f"/v1/documents/{w.WIRE}"), 404)
    dyad = {"left": "White Palace", "right": "Orion"}
    assert "REBUTS" not in {g["type"] for g in client.get("/v1/between", params=dyad).json()["groups"]}
    then = client.get(path, params={"known_at": before["as_of"]["known_at"]}).json()
    assert then == before, "as it was known before the retraction"
    told(client.post("/v1/retractions", json=body), 404)
    undone = client.post("/v1/retractions/undo", json={"ids": [w.WIRE]})
    assert undone.status_code == 200, undone.text
    again = client.get(path).json()
    assert (again["standing"], again["said"]) == (before["standing"], before["said"])
    assert "REBUTS" in {g["type"] for g in client.get("/v1/between", params=dyad).json()["groups"]}
    between = client.get(path, params={"known_at": done["retracted_at"]}).json()
    assert between["standing"]["standing"] == "unanswered", "that it was retracted stays known"
    told(client.post("/v1/retractions/undo", json={"ids": [w.WIRE]}), 404)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"ids": [], "reason": "x"},
        {"ids": ["x"]},
        {"ids": ["x"], "reason": ""},
        {"ids": ["x"], "reason": "a\u0000b"},
        {"ids": ["x"], "reason": "y", "force": True},
        {"ids": ["x" * 100], "reason": "y"},
        {"ids": ["no id"], "reason": "y"},
    ],
)
def test_a_retraction_that_makes_no_sense(client: httpx.Client, body: dict[str, Any]) -> None:
    told(client.post("/v1/retractions", json=body), 422)


def test_the_schema_of_a_record(client: httpx.Client) -> None:
    schema = client.get("/v1/schema").json()
    assert schema["$schema"].startswith("https://json-schema.org/")
