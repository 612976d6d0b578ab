"""The reader that asks a language model, against an endpoint that answers well, badly, slowly and with lies."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from kg.engine.graph import Graph
from kg.ingest import ingest_article
from kg.plugins import PluginUnavailable
from kg.readers.llm.endpoint import MOST_BYTES
from kg.readers.llm.reader import LlmReader
from kg.readers.llm.settings import LlmSettings
from kg.readers.port import ReaderFailed
from kg.readers.registry import reader_named
from kg.reading.article import Article, article_from_text
from kg.reading.mentions import Mention
from kg.reading.model import Reading
from kg.review.asking import reviews
from kg.verify import verify
from tests.readers.endpoint import FakeEndpoint, fails, fake_endpoint, hangs_up, raw, says

TEXT = (
    "Ruritania accused Strelsau Steel of shipping\nparts to a blocked port. "
    "“This is false,” said Anna Holt, a spokeswoman for Strelsau Steel."
)


@pytest.fixture
def endpoint() -> Iterator[FakeEndpoint]:
    with fake_endpoint() as found:
        yield found


def reader(endpoint: FakeEndpoint, tmp_path: Path | None = None, **more: Any) -> LlmReader:
    values = {"retries": 0, "timeout": 5.0, "api_key": SecretStr("key"), "cache": tmp_path, **more}
    return LlmReader(LlmSettings(base_url=endpoint.url, model="test-model", **values))


def article(text: str = TEXT) -> Article:
    return article_from_text(text, outlet="The Strelsau Gazette", published="2025-11-14")


def said(**more: Any) -> dict[str, Any]:
    return {
        "act": "allege",
        "manner": None,
        "certainty": "certain",
        "quote": "Ruritania accused Strelsau Steel of shipping parts to a blocked port.",
        "cue": "accused",
        "content": "Strelsau Steel of shipping parts to a blocked port",
        "speaker": "Ruritania",
        "speaker_is": "actor",
        "speaker_name": None,
        "issuer": None,
        "capacity": None,
        "subject": "Strelsau Steel",
        "hedges": [],
        "relays": None,
        "answers": None,
        **more,
    }


DENIAL = said(
    act="deny",
    manner="flat",
    quote='"This is false," said Anna Holt, a spokeswoman for Strelsau Steel.',
    cue="said",
    content="This is false",
    speaker="Anna Holt",
    capacity="a spokeswoman for Strelsau Steel",
    answers=0,
)


def answer(*statements: dict[str, Any]) -> str:
    return json.dumps({"statements": list(statements)})


def assert_stands(reading: Reading) -> None:
    for statement in reading.statements:
        assert reading.text[statement.start : statement.end] == statement.quote
        for part in (statement.source, statement.cue, statement.content):
            if part is not None:
                assert reading.text[part.start : part.end] == part.text
                assert statement.start <= part.start <= part.end <= statement.end


class Spots:
    """Finds one actor."""

    def spot(self, text: str) -> list[Mention]:
        at = text.find("Ruritania")
        return [Mention(at, at + 9, "Kingdom of Ruritania", "actor-x", "government")] if at >= 0 else []


def test_good_answers_become_statements_with_exact_offsets(endpoint: FakeEndpoint) -> None:
    endpoint.does(says(answer(said(), DENIAL)))
    reading = reader(endpoint).read(article(), Spots())
    assert_stands(reading)
    alleged, denied = reading.statements
    assert alleged.quote == "Ruritania accused Strelsau Steel of shipping\nparts to a blocked port."
    assert denied.quote.startswith("“This is false,”")
    assert (alleged.act, denied.act, denied.manner, denied.answers) == ("allege", "deny", "flat", 0)
    assert alleged.source is not None and alleged.source.actor == "Kingdom of Ruritania"
    assert denied.capacity == "a spokeswoman for Strelsau Steel"
    assert alleged.claim.subject == "Strelsau Steel"
    assert alleged.confidence == 0.7
    assert reading.method == "llm-1 test-model"
    assert reading.notes == ()


def test_the_question_is_strict_and_carries_text_key_and_terms(endpoint: FakeEndpoint) -> None:
    endpoint.does(says(answer()))
    reader(endpoint).read(article())
    (request,) = endpoint.requests
    assert endpoint.keys == ["Bearer key"]
    assert request["model"] == "test-model"
    assert request["temperature"] == 0
    form = request["response_format"]
    assert (form["type"], form["json_schema"]["strict"]) == ("json_schema", True)
    fields = form["json_schema"]["schema"]["$defs"]["Said"]
    assert set(fields["required"]) == set(fields["properties"])
    assert "not_verified" in fields["properties"]["act"]["enum"]
    assert TEXT in request["messages"][1]["content"]
    assert "Outlet: The Strelsau Gazette" in request["messages"][1]["content"]
    endpoint.does(says(answer()))
    reader(endpoint, temperature=None).read(article())
    assert "temperature" not in endpoint.requests[-1]


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        ({"quote": "Ruritania bombed the port."}, "quote does not stand in the text"),
        ({"cue": "bombed"}, "cue does not stand in the quote"),
        ({"content": "Strelsau Steel of murder"}, "content does not stand in the quote"),
        ({"speaker": "Anna Holt"}, "speaker does not stand in the quote"),
        ({"quote": ""}, "quote does not stand in the text"),
    ],
)
def test_lies_are_dropped_and_counted(endpoint: FakeEndpoint, lie: dict[str, Any], reason: str) -> None:
    endpoint.does(says(answer(said(**lie), said(**lie), DENIAL)))
    reading = reader(endpoint).read(article())
    assert_stands(reading)
    assert [statement.act for statement in reading.statements] == ["deny"]
    assert reading.statements[0].answers is None, "what it answers was dropped"
    assert reading.notes == (f"2 statements dropped: the {reason}",)


def test_small_lies_are_left_out(endpoint: FakeEndpoint) -> None:
    lies = said(
        capacity="a king", subject="Nobody", hedges=["perhaps"], speaker_name="Black Michael", relays=0, answers=7
    )
    endpoint.does(says(answer(lies)))
    (statement,) = reader(endpoint).read(article()).statements
    assert (statement.capacity, statement.claim.subject, statement.hedges) == (None, None, ())
    assert statement.source is not None and statement.source.name is None
    assert (statement.relays, statement.answers) == (None, None)


def test_a_sentence_that_stands_twice_is_taken_in_turn(endpoint: FakeEndpoint) -> None:
    twice = "Ruritania said no. Others waited. Ruritania said no."
    once = said(quote="Ruritania said no.", cue="said", content="no", subject=None)
    endpoint.does(says(answer(once, once)))
    reading = reader(endpoint).read(article(twice))
    assert_stands(reading)
    assert [statement.start for statement in reading.statements] == [0, twice.rindex("Ruritania")]
    endpoint.does(says(answer(once, once, once)))
    reading = reader(endpoint).read(article(twice))
    assert reading.notes == ("1 statements dropped: it is given twice",)


@pytest.mark.parametrize(
    "broken",
    [
        '{"statements": [',
        "I cannot do that",
        answer({"act": "allege"}),
        answer(said(act="lie")),
        answer(said(more=1)),
        json.dumps({"statements": "none"}),
        "[" * 100_000,
        "",
    ],
)
def test_a_broken_answer_is_asked_for_once_more(endpoint: FakeEndpoint, broken: str) -> None:
    endpoint.does(says(broken), says(answer(said())))
    reading = reader(endpoint).read(article())
    assert len(reading.statements) == 1
    first, second = endpoint.requests
    assert second["messages"][: len(first["messages"])] == first["messages"]
    assert "not in the shape asked for" in second["messages"][-1]["content"]


def test_an_answer_that_stays_broken_is_no_reading(endpoint: FakeEndpoint) -> None:
    endpoint.does(says("no JSON"))
    with pytest.raises(ReaderFailed, match="broken, and again when asked once more"):
        reader(endpoint).read(article())
    assert len(endpoint.requests) == 2


def test_a_fence_around_the_answer_is_taken_off(endpoint: FakeEndpoint) -> None:
    endpoint.does(says(f"```json\n{answer(said())}\n```"))
    assert len(reader(endpoint).read(article()).statements) == 1
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize("how", ["slow", "trickle"])
def test_a_slow_answer_is_given_up(endpoint: FakeEndpoint, how: str) -> None:
    endpoint.does(getattr(endpoint, how))
    with pytest.raises(ReaderFailed, match=r"no answer within 0\.3 s \(GEOKG_LLM_TIMEOUT\)"):
        reader(endpoint, timeout=0.3).read(article())


def test_an_oversized_answer_is_given_up(endpoint: FakeEndpoint) -> None:
    endpoint.does(raw(b'{"choices": "' + b"x" * (MOST_BYTES + 1) + b'"}'))
    with pytest.raises(ReaderFailed, match="larger than"):
        reader(endpoint).read(article())


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (401, "answers 401: no.*GEOKG_LLM_API_KEY"),
        (404, "answers 404: no.*GEOKG_LLM_MODEL"),
        (400, "answers 400"),
        (429, "nothing was read.*answers 429"),
        (500, "nothing was read.*answers 500"),
    ],
)
def test_errors_of_the_endpoint_are_told(endpoint: FakeEndpoint, status: int, told: str) -> None:
    endpoint.does(fails(status))
    with pytest.raises(ReaderFailed, match=told):
        reader(endpoint).read(article())


@pytest.mark.parametrize(
    "body", [b"<html>hello</html>", b"null", b'{"choices": []}', b'{"choices": [{}]}', b"{}", b"[1]"]
)
def test_what_is_no_chat_completion_is_told(endpoint: FakeEndpoint, body: bytes) -> None:
    endpoint.does(raw(body, "text/html" if body.startswith(b"<") else "application/json"))
    with pytest.raises(ReaderFailed):
        reader(endpoint).read(article())


def test_a_refusal_is_told(endpoint: FakeEndpoint) -> None:
    endpoint.does(says(None, refusal="I would rather not"))
    with pytest.raises(ReaderFailed, match="refuses: I would rather not"):
        reader(endpoint).read(article())


def test_nobody_there_is_told(endpoint: FakeEndpoint) -> None:
    endpoint.does(hangs_up)
    with pytest.raises(ReaderFailed, match="does not answer"):
        reader(endpoint).read(article())
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    nobody = LlmReader(LlmSettings(base_url=f"http://127.0.0.1:{port}/v1", model="m", retries=0, cache=None))
    with pytest.raises(ReaderFailed, match=r"does not answer.*GEOKG_LLM_BASE_URL"):
        nobody.read(article())


LONG = "\n\n".join(f"Minister {name} said that the port is shut." for name in ("Able", "Baker", "Charlie", "Dog") * 3)


def minister(name: str) -> dict[str, Any]:
    quote = f"Minister {name} said that the port is shut."
    return said(
        act="assert", quote=quote, cue="said", content="the port is shut", speaker=f"Minister {name}", subject=None
    )


def test_a_long_text_is_asked_part_by_part_with_offsets_of_the_whole(endpoint: FakeEndpoint) -> None:
    endpoint.does(says(answer(minister("Able"))), says(answer(minister("Baker"))), says(answer(minister("Dog"))))
    reading = reader(endpoint, part=200).read(article(LONG))
    assert_stands(reading)
    questions = [request["messages"][1]["content"] for request in endpoint.requests]
    asked = [question.split("<text>\n")[1].split("\n</text>")[0] for question in questions]
    assert len(asked) == 3
    assert all(len(part) <= 200 for part in asked)
    assert "\n\n".join(asked) == LONG
    third = len(LONG) // 3
    assert [statement.start // third for statement in reading.statements] == [0, 1, 2]


def test_one_part_that_fails_costs_that_part_only(endpoint: FakeEndpoint) -> None:
    endpoint.does(says(answer(minister("Able"))), fails(500), says(answer(minister("Dog"))))
    reading = reader(endpoint, part=200).read(article(LONG))
    assert_stands(reading)
    assert len(reading.statements) == 2
    assert reading.notes[0].startswith("part 2 of 3 (")
    assert "500" in reading.notes[0]


def test_the_budget_of_a_run_ends_it(endpoint: FakeEndpoint) -> None:
    endpoint.does(says(answer(minister("Able")), tokens=90_000))
    run = reader(endpoint, part=200, budget=100_000)
    reading = run.read(article(LONG))
    assert run.endpoint.used == 90_000
    assert any("GEOKG_LLM_BUDGET" in note for note in reading.notes)
    asked = len(endpoint.requests)
    with pytest.raises(ReaderFailed, match="GEOKG_LLM_BUDGET"):
        run.read(article())
    assert len(endpoint.requests) == asked, "nothing more is asked"


def test_answers_are_kept_by_content_model_and_question(endpoint: FakeEndpoint, tmp_path: Path) -> None:
    endpoint.does(says(answer(said())))
    first = reader(endpoint, tmp_path).read(article())
    again = reader(endpoint, tmp_path).read(article())
    assert first == again
    assert len(endpoint.requests) == 1
    reader(endpoint, tmp_path).read(article(TEXT + " More."))
    LlmReader(LlmSettings(base_url=endpoint.url, model="other", retries=0, cache=tmp_path)).read(article())
    assert len(endpoint.requests) == 3
    for file in tmp_path.rglob("*.json"):
        file.write_text("broken", "utf-8")
    assert reader(endpoint, tmp_path).read(article()) == first
    assert len(endpoint.requests) == 4


def test_broken_answers_are_not_kept_and_a_cache_that_cannot_be_written_costs_nothing_else(
    endpoint: FakeEndpoint, tmp_path: Path
) -> None:
    endpoint.does(says("no JSON"))
    with pytest.raises(ReaderFailed):
        reader(endpoint, tmp_path).read(article())
    assert not list(tmp_path.rglob("*.json"))
    file = tmp_path / "file"
    file.write_text("", "utf-8")
    endpoint.does(says(answer(said())))
    assert reader(endpoint, file).read(article()).statements


def test_settings_come_from_the_environment(endpoint: FakeEndpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PluginUnavailable, match="GEOKG_LLM_BASE_URL is missing"):
        reader_named("llm")
    monkeypatch.setenv("GEOKG_LLM_BASE_URL", endpoint.url)
    monkeypatch.setenv("GEOKG_LLM_MODEL", "test-model")
    monkeypatch.setenv("GEOKG_LLM_CACHE", "")
    monkeypatch.setenv("GEOKG_LLM_TEMPERATURE", "")
    endpoint.does(says(answer(said())))
    assert reader_named("llm").read(article()).statements
    assert "temperature" not in endpoint.requests[0]
    monkeypatch.setenv("GEOKG_LLM_TIMEOUT", "soon")
    with pytest.raises(PluginUnavailable, match="GEOKG_LLM_TIMEOUT"):
        reader_named("llm")


async def test_what_it_reads_goes_the_way_of_all_readings(graph: Graph, endpoint: FakeEndpoint) -> None:
    endpoint.does(says(answer(said(), DENIAL)))
    report = await ingest_article(graph, article(), reader=reader(endpoint, confidence=0.9), threshold=0.8)
    assert not report.rejected
    assert report.by_type["statement"].new == 2
    endpoint.does(says(answer(said(), DENIAL)))
    doubtful = await ingest_article(graph, article(TEXT + " More."), reader=reader(endpoint), threshold=0.8)
    assert doubtful.to_review == 2
    assert len((await reviews(graph)).items) == 2
    found = await verify(graph)
    assert found.sound, found.faults
