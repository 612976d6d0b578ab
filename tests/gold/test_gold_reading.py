"""The gold articles are well formed, and each half holds every act and every construct."""

import datetime
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

GOLD = Path(__file__).parent / "reading"
HALVES = ("seen", "unseen")
FILES = sorted(path for half in HALVES for path in (GOLD / half).glob("*.yaml"))
ARTICLES_A_HALF = 32
KINDS_AT_LEAST = 10

ACTS = (
    "allege",
    "assert",
    "assess",
    "deny",
    "confirm",
    "acknowledge",
    "not_verified",
    "decline_comment",
    "retract",
    "qualify",
    "demand",
    "announce",
    "relay",
)
MANNERS = ("flat", "partial", "non_denial", "counter_accusation")
ARTICLE_KEYS = ["title", "outlet", "date", "dispute", "text", "statements", "verifications"]
STATEMENT_KEYS = [
    "id",
    "act",
    "manner",
    "source",
    "actor",
    "cue",
    "content",
    "evidence",
    "relays",
    "answers",
    "anonymous",
    "capacity",
]
ANSWERING = {"deny", "confirm", "acknowledge", "not_verified", "decline_comment", "retract", "qualify"}
# Constructs that a half shows at least this often; the rarer ones are listed below.
EACH_CONSTRUCT = 5
RARER = {"correction_notice": 2, "retraction": 3, "no_statements": 2}


@cache
def load(path: Path) -> dict[str, Any]:
    article = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(article, dict)
    return article


@cache
def constructs() -> dict[str, dict[str, list[Any]]]:
    table = yaml.safe_load((GOLD / "constructs.yaml").read_text(encoding="utf-8"))
    assert isinstance(table, dict)
    return table


def parts(content: str | list[str] | None) -> list[str]:
    if content is None:
        return []
    return [content] if isinstance(content, str) else content


def find_word(text: str, part: str, start: int = 0) -> int:
    """Where `part` first stands in `text` as whole words; -1 if it does not."""
    before = r"(?<!\w)" if part[0].isalnum() else ""
    after = r"(?!\w)" if part[-1].isalnum() else ""
    match = re.compile(before + re.escape(part) + after).search(text, start)
    return match.start() if match else -1


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_article_is_valid(path: Path) -> None:
    article = load(path)
    assert list(article) == ARTICLE_KEYS
    for key in ("title", "outlet", "dispute", "text"):
        assert isinstance(article[key], str), key
        assert article[key].strip(), key
    assert isinstance(article["date"], datetime.date)
    assert re.fullmatch(r"[a-z_]+", article["dispute"])
    text: str = article["text"]
    assert article["title"] not in text
    assert 110 <= len(text.split()) <= 360
    assert re.search(r"[<>\t]| \n|\n\n\n|  ", text) is None

    statements: list[dict[str, Any]] = article["statements"]
    assert [one["id"] for one in statements] == [f"s{number}" for number in range(1, len(statements) + 1)]
    acts = {one["id"]: one["act"] for one in statements}
    starts: list[int] = []
    for one in statements:
        where = one["id"]
        assert list(one) == STATEMENT_KEYS, where
        assert one["act"] in ACTS, where
        assert (one["manner"] in MANNERS) if one["act"] == "deny" else one["manner"] is None, where
        evidence: str = one["evidence"]
        assert text.count(evidence) == 1, where
        for role in ("source", "cue"):
            if one[role] is not None:
                assert find_word(evidence, one[role]) >= 0, (where, role)
        position = 0
        for part in parts(one["content"]):
            found = find_word(evidence, part, position)
            assert found >= 0, (where, part)
            position = found + len(part)
        assert isinstance(one["cue"], str), where
        assert isinstance(one["anonymous"], bool), where
        assert one["actor"] is None or (one["source"] is not None and not one["anonymous"]), where
        assert one["capacity"] is None or one["capacity"] in text, where
        assert (one["act"] == "relay") == (one["relays"] is not None), where
        for link in ("relays", "answers"):
            assert one[link] is None or (one[link] in acts and one[link] != where), (where, link)
        assert one["answers"] is None or one["act"] in ANSWERING, where
        starts.append(text.index(evidence))
    assert starts == sorted(starts)

    for one in article["verifications"]:
        assert list(one) == ["by", "status", "evidence"]
        assert one["status"] in ("not_verified", "confirmed")
        assert text.count(one["evidence"]) == 1
        assert one["by"] is None or find_word(one["evidence"], one["by"]) >= 0
    unverified = sum(one["status"] == "not_verified" for one in article["verifications"])
    assert unverified == sum(one["act"] == "not_verified" for one in statements)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_relays_end(path: Path) -> None:
    inner = {one["id"]: one["relays"] for one in load(path)["statements"]}
    for start in inner:
        chain = [start]
        while (following := inner[chain[-1]]) is not None:
            assert following not in chain, chain
            chain.append(following)


@pytest.mark.parametrize("half", HALVES)
def test_half_holds_every_act_manner_and_kind(half: str) -> None:
    articles = [load(path) for path in FILES if path.parent.name == half]
    assert len(articles) == ARTICLES_A_HALF
    statements = [one for article in articles for one in article["statements"]]
    acts = Counter(one["act"] for one in statements)
    assert set(acts) == set(ACTS)
    assert min(acts.values()) >= 3, acts
    assert {one["manner"] for one in statements if one["act"] == "deny"} == set(MANNERS)
    kinds = Counter(article["dispute"] for article in articles)
    assert len(kinds) >= KINDS_AT_LEAST
    assert max(kinds.values()) <= 4, kinds


def test_halves_share_no_title_or_sentence() -> None:
    sentences: dict[str, set[str]] = {}
    for half in HALVES:
        texts = [load(path)["text"] for path in FILES if path.parent.name == half]
        sentences[half] = {one for text in texts for one in re.split(r"(?<=[.!?])\s+", text) if len(one.split()) > 4}
    assert not sentences["seen"] & sentences["unseen"]


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("construct", sorted(constructs()))
def test_construct_is_shown_in_each_half(construct: str, half: str) -> None:
    references = constructs()[construct][half]
    assert len(references) >= RARER.get(construct, EACH_CONSTRUCT)
    for reference in references:
        if isinstance(reference, str):
            name, _, statement = reference.partition("#")
            assert statement in {one["id"] for one in load(GOLD / half / f"{name}.yaml")["statements"]}, reference
        else:
            article = load(GOLD / half / f"{reference['file']}.yaml")
            if reference["text"] is None:
                assert article["statements"] == [], reference
            else:
                assert reference["text"] in article["text"], reference
