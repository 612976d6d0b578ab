"""Several readers as one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from kg.plugins import PluginUnavailable
from kg.readers.ensemble import EnsembleReader, Mode
from kg.readers.grammar import GrammarReader
from kg.readers.port import ReaderFailed
from kg.readers.registry import reader_named
from kg.reading.article import Article
from kg.reading.mentions import Spotter
from kg.reading.model import PolicyMention, Reading, Statement, Verification
from tests.readers.endpoint import fake_endpoint, says
from tests.readers.readings import FixedReader, reading_of, said, steel_article

ARTICLE = steel_article()
SHIPPED = "Strelsau Steel shipped parts to a blocked port"


@dataclass
class Failing:
    """A reader whose endpoint is gone."""

    name: str = "failing"
    version: str = "1"

    def read(self, article: Article, spotter: Spotter | None = None) -> Reading:
        raise ReaderFailed("the endpoint does not answer")


def alleged(confidence: float = 0.6, content: str = SHIPPED, act: str = "allege") -> Statement:
    return said(ARTICLE, act, "Ruritania", "alleged", content, confidence=confidence)


def denied(confidence: float = 0.6, answers: int | None = None) -> Statement:
    return said(ARTICLE, "deny", "Strelsau Steel", "denied", "the allegation", confidence=confidence, answers=answers)


def dismissed(confidence: float = 0.6) -> Statement:
    return said(ARTICLE, "deny", "Count Rischenheim", "dismissed", "the memo", confidence=confidence)


def fixed(*statements: Statement, name: str = "fixed") -> FixedReader:
    return FixedReader({ARTICLE.title: reading_of(ARTICLE, statements)}, name)


def read(mode: Mode, *readers: FixedReader) -> Reading:
    return EnsembleReader(readers, mode).read(ARTICLE)


def acts(reading: Reading) -> list[tuple[str, float]]:
    return [(statement.act, statement.confidence) for statement in reading.statements]


def test_where_they_agree_they_are_surer_than_either() -> None:
    assert acts(read("union", fixed(alleged(0.6)), fixed(alleged(0.7)))) == [("allege", 0.88)]


def test_a_union_keeps_what_any_reads_and_a_vote_what_two_read() -> None:
    one, other = fixed(alleged(), denied()), fixed(denied(0.5), dismissed())
    assert acts(read("union", one, other)) == [("allege", 0.6), ("deny", 0.8), ("deny", 0.6)]
    assert acts(read("vote", one, other)) == [("deny", 0.8)]


def test_where_they_differ_the_surer_act_is_kept_with_less_confidence() -> None:
    one, other = fixed(alleged(0.8)), fixed(alleged(0.6, act="assert"))
    assert acts(read("union", one, other)) == [("allege", 0.727)]
    assert acts(read("vote", one, other)) == []
    third = fixed(alleged(0.5, act="assert"))
    assert acts(read("vote", one, other, third))[0][0] == "assert"


def test_contents_that_differ_too_much_are_two_statements() -> None:
    assert len(read("union", fixed(alleged()), fixed(alleged(content="blocked port"))).statements) == 2
    assert len(read("union", fixed(alleged()), fixed(alleged(content=SHIPPED[9:]))).statements) == 1


def test_one_content_with_two_cues_is_two_statements() -> None:
    other = said(ARTICLE, "allege", "Ruritania", "shipped", SHIPPED)
    assert len(read("union", fixed(alleged()), fixed(other)).statements) == 2


def test_references_lead_to_the_joined_statements() -> None:
    one = fixed(denied(0.9, answers=None), dismissed())
    other = fixed(alleged(), denied(0.5, answers=0))
    reading = read("union", one, other)
    assert [statement.act for statement in reading.statements] == ["allege", "deny", "deny"]
    assert reading.statements[1].answers == 0, "taken from the other reader, moved to its new place"
    lone = read("vote", fixed(denied(answers=1), alleged()), fixed(denied()))
    assert lone.statements[0].answers is None, "what it answers was voted out"


def test_what_else_they_read_is_joined_once() -> None:
    policy = PolicyMention("blocked", 0, 7, "sanction")
    check = Verification("X", "not_verified", "q", 0, 1, statement=0, of=None)
    first = replace(reading_of(ARTICLE, [denied()]), policies=(policy,), verifications=(check,), notes=("a",))
    second = replace(reading_of(ARTICLE, [alleged(), denied()]), policies=(policy,), verifications=(check,))
    readers = FixedReader({ARTICLE.title: first}, "one"), FixedReader({ARTICLE.title: second}, "two")
    reading = EnsembleReader(readers, "union").read(ARTICLE)
    assert reading.policies == (policy,)
    assert [each.statement for each in reading.verifications] == [1]
    assert reading.notes == ("one: a",)
    assert reading.method == "ensemble-1 union of 1, 1"


def test_a_reader_that_fails_costs_its_part_in_a_union_and_ends_a_vote() -> None:
    reading = EnsembleReader([Failing(), fixed(alleged())], "union").read(ARTICLE)
    assert len(reading.statements) == 1
    assert reading.notes == ("failing: not read: the endpoint does not answer",)
    with pytest.raises(ReaderFailed):
        EnsembleReader([Failing(), fixed(alleged())], "vote").read(ARTICLE)
    with pytest.raises(ReaderFailed):
        EnsembleReader([Failing(), Failing()], "union").read(ARTICLE)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("READERS", "grammar", "needs two readers"),
        ("READERS", "grammar,ensemble", "cannot be part of itself"),
        ("READERS", "grammar,gramar", "no reader 'gramar'"),
        ("MODE", "most", "GEOKG_ENSEMBLE_MODE"),
    ],
)
def test_bad_settings_are_told(monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str) -> None:
    monkeypatch.setenv(f"GEOKG_ENSEMBLE_{name}", value)
    with pytest.raises((PluginUnavailable, Exception), match=told):
        reader_named("ensemble")


def test_grammar_and_model_together(monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_endpoint() as endpoint:
        endpoint.does(says('{"statements": []}'))
        monkeypatch.setenv("GEOKG_LLM_BASE_URL", endpoint.url)
        monkeypatch.setenv("GEOKG_LLM_MODEL", "test-model")
        monkeypatch.setenv("GEOKG_LLM_CACHE", "")
        reading = reader_named("ensemble").read(ARTICLE)
    alone = GrammarReader().read(ARTICLE)
    assert sorted(map(str, acts(reading))) == sorted(map(str, acts(alone)))
    assert "llm-1 test-model" in reading.method
