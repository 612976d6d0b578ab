"""The kind of article that the project grew from: a newspaper on a memo, the denial, the market, the experts."""

from __future__ import annotations

import json

import pytest

from kg.readers.conll import reading_to_conll
from kg.readers.page import readings_to_html
from kg.reading.article import Article, article_from_text
from kg.reading.json_form import reading_to_json
from kg.reading.model import Reading, Statement
from kg.reading.read import read_article
from tests.reading.gazetteer import SmallGazetteer

TEXT = """A White House memo alleges that Alibaba gives technical help to Chinese military operations, \
the Financial Times reported on Friday.

The FT said it could not independently verify the claims. The White House did not respond to a request for comment, \
and the CIA declined to comment.

“The assertions are completely false,” said a spokesperson for Alibaba. \
“One wonders what motive lies behind it.” The company called it a malicious campaign against the trade deal.

China's embassy in Washington also rejected the accusations.

Kyle Chan, a specialist on Chinese technology at Brookings, noted that investors are nervous about new sanctions. \
Alibaba shares fell 3.78 per cent in New York. Executive Order 14105 limits American investment in China."""


@pytest.fixture(scope="module")
def reading() -> Reading:
    article = article_from_text(TEXT, title="Memo on Alibaba", outlet="Financial Times", published="2025-11-14")
    return read_article(article, SmallGazetteer())


def by_act(reading: Reading, act: str) -> list[Statement]:
    return [statement for statement in reading.statements if statement.act == act]


def test_the_newspaper_relays_what_the_document_alleges(reading: Reading) -> None:
    (relay,) = by_act(reading, "relay")
    assert relay.source is not None
    assert relay.source.actor == "Financial Times"
    assert relay.relays is not None
    inner = reading.statements[relay.relays]
    assert inner.act == "allege"
    assert inner.source is not None
    assert inner.source.kind == "document"
    assert (inner.source.issuer, inner.source.issuer_actor) == ("White House", "White House")
    assert inner.claim.subject_actor == "Alibaba Group"


def test_when_it_was_said(reading: Reading) -> None:
    assert by_act(reading, "relay")[0].asserted_at == "2025-11-14"


def test_who_could_not_verify_what(reading: Reading) -> None:
    (check,) = reading.verifications
    assert check.by == "Financial Times"
    assert check.status == "not_verified"
    assert check.of is not None
    assert reading.statements[check.of].act == "allege"


def test_no_comment_is_no_denial(reading: Reading) -> None:
    declined = by_act(reading, "decline_comment")
    assert {s.source.actor for s in declined if s.source} == {"White House", "Central Intelligence Agency"}


def test_the_denial_is_flat_then_accuses_in_return_and_answers_the_allegation(reading: Reading) -> None:
    denials = [s for s in by_act(reading, "deny") if s.source and s.source.actor == "Alibaba Group"]
    assert [s.manner for s in denials] == ["flat", "counter_accusation"]
    assert len(denials[0].spans) == 2
    for denial in denials:
        assert denial.answers is not None
        assert reading.statements[denial.answers].act == "allege"


def test_the_expert_has_a_capacity_and_an_affiliation(reading: Reading) -> None:
    (assessed,) = [s for s in by_act(reading, "assess") if s.source and s.source.actor == "Kyle Chan"]
    assert assessed.capacity == "specialist on Chinese technology at Brookings"
    affiliation = reading.affiliations[0]
    assert affiliation.role is not None
    assert affiliation.role.text == "specialist on Chinese technology"
    assert affiliation.organisation_actor == "Brookings Institution"


def test_the_market_and_the_order(reading: Reading) -> None:
    (move,) = [event for event in reading.events if event.kind == "market_move"]
    assert move.figures == ("3.78 per cent",)
    assert ("executive_order", "14105") in [(policy.kind, policy.number) for policy in reading.policies]


def test_the_json_form_has_what_is_asked_for(reading: Reading) -> None:
    told = json.loads(json.dumps(reading_to_json(reading)))
    assert set(told) >= {"document", "statements", "policies", "events", "verifications"}
    assert told["document"]["text"] == reading.text
    for statement in told["statements"]:
        assert set(statement) >= {
            "act", "manner", "source", "cue", "content", "quote", "start", "end", "relays", "answers", "certainty",
            "hedges", "anonymous", "capacity", "confidence", "claim", "spans",
        }  # fmt: skip
        assert reading.text[statement["start"] : statement["end"]] == statement["quote"]


def test_the_columns_hold_every_word_and_every_cue(reading: Reading) -> None:
    blocks = [block.splitlines() for block in reading_to_conll(reading, "story").split("\n\n")]
    cues: set[int] = set()
    for block in blocks:
        rows = [line.split("\t") for line in block if not line.startswith("#")]
        assert all(reading.text[int(start) : int(end)] == word for _, word, start, end, *_ in rows)
        listed = next((line for line in block if line.startswith("# statements = ")), "# statements = ")
        for column, number in enumerate(listed.removeprefix("# statements = ").split(), 4):
            if any(row[column] == "B-CUE" for row in rows):
                cues.add(int(number))
    assert cues == set(range(len(reading.statements)))


def test_the_page_shows_the_text_and_escapes_it() -> None:
    reading = read_article(Article("<b>", None, None, None, "en", "Beijing said <b> & left the talks."))
    page = readings_to_html([("talks.txt", reading)])
    assert "&lt;b&gt;" in page and "&amp;" in page
    assert '<mark class="source" data-s="0:source">Beijing</mark>' in page
    assert "<b> &" not in page
