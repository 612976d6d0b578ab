"""What goes in and what waits: pure, over every way in which a reading can be unsure."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ingest.articles import Context, Names, WrittenArticle, written_article
from kg.reading.article import article_from_text
from kg.review.correcting import corrected
from kg.review.holding import ArticleRecords, Doubtful, Parted, RecordMapping, Settled, carried_by, part
from kg.review.threshold import acceptance_threshold
from schema.errors import InvalidInput
from schema.records import record_adapter
from tests.readers.readings import reading_of, said, steel, steel_article

LOW, HIGH = 0.2, 0.9
ARTICLE = steel_article()


def written() -> WrittenArticle:
    return written_article(ARTICLE, steel().readings[ARTICLE.title], Names(lambda name: None), Context())


def parted(sureness: tuple[float, ...], settled: Settled = Settled()) -> Parted:  # noqa: B008
    article, reading = written(), steel(*sureness).readings[ARTICLE.title]
    doubtful: list[Doubtful] = []
    sure: set[str] = set()
    for index, statement in enumerate(reading.statements):
        if statement.confidence < HIGH:
            place = statement.quote, statement.start, statement.end
            doubtful.append(Doubtful(article.keys_of[index], statement.confidence, *place))
        else:
            sure.update(article.keys_of[index])
    return part(ArticleRecords(article.records, {}), doubtful, sure, settled, HIGH)


def words() -> dict[str, str]:
    """The texts of the article's claims, by id."""
    article = ArticleRecords(written().records, {})
    return {article.ids[place]: record["text"] for place, record in enumerate(article.records) if "text" in record}


def names(records: list[RecordMapping]) -> set[str]:
    """What the records can be called: ids, keys and names."""
    known = ArticleRecords(records, words())
    found = {str(record[field]) for record in records for field in ("key", "name") if field in record}
    return found | set(known.ids.values())


def references(record: RecordMapping) -> set[str]:
    fields = ("document", "actor", "about", "answers", "relays", "subjects", "issuers", "publisher", "cites")
    values = (record.get(field, ()) for field in fields)
    return {name for value in values for name in ([value] if isinstance(value, str) else value)}


@pytest.mark.parametrize("sureness", [*product((LOW, HIGH), repeat=4)])
def test_what_goes_in_stands_by_itself_and_nothing_is_lost(sureness: tuple[float, ...]) -> None:
    found = parted(sureness)
    for record in (*found.records, *found.reviews):
        record_adapter.validate_python(record)
    known = names(found.records)
    for record in found.records:
        assert references(record) <= known, record
    assert len(found.reviews) == sureness.count(LOW)
    everything = ArticleRecords(written().records, {})
    statements = {i for i in everything.ids.values() if i.startswith("stmt-")}
    held = {i for review in found.reviews for i in ArticleRecords(review["records"], words()).ids.values()}
    assert statements <= known | held
    assert not {i for i in held if i.startswith("stmt-")} & known, "no statement is on both sides"
    quoteless = [r["key"] for r in found.records if r["type"] == "statement" and "quote" not in r]
    relayed = {key for record in found.records for key in record.get("relays", ())}
    assert set(quoteless) <= relayed, "a statement of an unseen document has one that quotes it"


@pytest.mark.parametrize("sureness", [*product((LOW, HIGH), repeat=4)])
def test_a_review_brings_all_that_is_not_there(sureness: tuple[float, ...]) -> None:
    found = parted(sureness)
    known = names(found.records)
    others = {review["statement"] for review in found.reviews}
    for review in found.reviews:
        brought = names(review["records"])
        assert all("key" not in record for record in review["records"])
        assert review["records"][-1]["type"] == "statement"
        assert review["statement"] in brought
        for record in review["records"]:
            assert references(record) <= known | brought | others | linked(found), record


def linked(found: Parted) -> set[str]:
    """Statements that other reviews bring along."""
    return {i for review in found.reviews for i in ArticleRecords(review["records"], words()).ids.values()}


def reported(outer: float, inner: float, again: float) -> Parted:
    """An outlet that reports what a memo claims, and a memo that claims the same once more."""
    text = (
        "The Gazette wrote that a Ruritanian Navy memo claims that Michael paid for the ships. "
        "The Ruritanian Navy memo repeats that Michael paid for the ships."
    )
    article = article_from_text(text, outlet="The Gazette", published="2025-11-14")
    pay = "Michael paid for the ships"
    memo = {"kind": "document", "issuer": "Ruritanian Navy", "subject": "Michael"}
    statements = [
        said(article, "relay", "The Gazette", "wrote", f"a Ruritanian Navy memo claims that {pay}", relays=1),
        said(article, "allege", "a Ruritanian Navy memo", "claims", pay, **memo),  # type: ignore[arg-type]
        said(article, "allege", "The Ruritanian Navy memo", "repeats", pay, **memo),  # type: ignore[arg-type]
    ]
    records = written_article(article, reading_of(article, statements), Names(lambda name: None), Context())
    doubtful: list[Doubtful] = []
    sure: set[str] = set()
    for index, confidence in enumerate((outer, inner, again)):
        keys, statement = records.keys_of[index], statements[index]
        if confidence < HIGH:
            doubtful.append(Doubtful(keys, confidence, statement.quote, statement.start, statement.end))
        else:
            sure.update(keys)
    return part(ArticleRecords(records.records, {}), doubtful, sure, Settled(), HIGH)


@pytest.mark.parametrize("sureness", [*product((LOW, HIGH), repeat=3)])
def test_what_an_unseen_document_says_goes_in_with_whoever_quotes_it(sureness: tuple[float, ...]) -> None:
    found = reported(*sureness)
    statements = [record for record in found.records if record["type"] == "statement"]
    unseen = [record for record in statements if "quote" not in record]
    relays = [record for record in statements if record.get("relays")]
    outer, inner, again = (confidence == HIGH for confidence in sureness)
    assert len(unseen) == ((outer and (inner or again)) or again), "one statement, however often it is reported"
    assert bool(relays) == bool(unseen)
    assert len([record for record in statements if "quote" in record]) == outer + again
    assert all(references(record) <= names(found.records) for record in found.records)
    if not unseen:
        brought = [r for review in found.reviews for r in review["records"] if r["type"] == "statement"]
        assert [record for record in brought if "quote" not in record], "it is not lost"


@given(st.sets(st.sampled_from(["present", "refused"])), st.integers(0, 3))
def test_what_is_settled_is_not_asked_again(how: set[str], which: int) -> None:
    sureness = tuple(LOW if index == which else HIGH for index in range(4))
    (review,) = parted(sureness).reviews
    settled = Settled(
        frozenset({review["statement"]} if "present" in how else ()),
        {review["statement"]: None} if "refused" in how else {},
    )
    found = parted(sureness, settled)
    assert len(found.reviews) == (not how)
    keys = {record.get("key") for record in found.records}
    assert written().keys_of[which][0] not in keys


def test_what_was_refused_stays_out_of_a_sure_reading() -> None:
    (review,) = parted((LOW, HIGH, HIGH, HIGH)).reviews
    found = parted((HIGH,) * 4, Settled(refused={review["statement"]: "stmt-aaaaaaaaaaaaaaaaaaaa"}))
    assert not found.reviews
    denial = next(r for r in found.records if r.get("key") == written().keys_of[1][0])
    assert denial["answers"] == ["stmt-aaaaaaaaaaaaaaaaaaaa"], "what it answers is what was put right"


def test_a_correction_brings_only_what_it_still_needs() -> None:
    (review,) = parted((LOW, HIGH, HIGH, HIGH)).reviews
    assert any(record["type"] == "actor" and record["name"] == "Ruritania" for record in review["records"])
    changed = corrected(review["records"], {"speaker": "Strelsau Steel", "hedges": None}, lambda name: name)
    kept = carried_by(ArticleRecords(changed, {}))
    assert not [record for record in kept if record["type"] == "actor" and record["name"] == "Ruritania"]
    statement = kept[-1]
    assert "actor" not in statement
    assert (statement["method"], statement["confidence"]) == ("review", 1.0)


def test_a_correction_of_the_quote_leaves_offsets_to_be_found() -> None:
    (review,) = parted((LOW, HIGH, HIGH, HIGH)).reviews
    statement = corrected(review["records"], {"quote": "Ruritania alleged"}, lambda name: name)[-1]
    assert not {"start", "end", "spans"} & set(statement)
    statement = corrected(review["records"], {"start": 5}, lambda name: name)[-1]
    assert statement["start"] == 5 and "end" not in statement and "spans" not in statement


def test_a_claim_put_right_is_that_of_the_memo_too() -> None:
    (review,) = parted((HIGH, HIGH, LOW, HIGH)).reviews
    changed = corrected(review["records"], {"claim": {"text": "The Count paid"}}, lambda name: f"actor-{name}")
    abouts = [record["about"] for record in changed if record["type"] == "statement"]
    assert len(abouts) == 2 and abouts[0] == abouts[1]


def test_the_threshold_is_the_calibrated_one_unless_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 0 < acceptance_threshold() < 1
    monkeypatch.setenv("GEOKG_REVIEW_THRESHOLD", "0")
    assert acceptance_threshold() == 0
    for wrong in ("2", "high"):
        monkeypatch.setenv("GEOKG_REVIEW_THRESHOLD", wrong)
        with pytest.raises(InvalidInput, match="GEOKG_REVIEW_THRESHOLD"):
            acceptance_threshold()


def test_who_is_not_named_becomes_no_actor() -> None:
    reading = steel().readings[ARTICLE.title]
    anonymous = replace(reading.statements[0], anonymous=True)
    reading = replace(reading, statements=(anonymous, *reading.statements[1:]))
    records = written_article(ARTICLE, reading, Names(lambda name: None), Context()).records
    assert "Ruritania" not in {record.get("name") for record in records}
    assert [record["anonymous"] for record in records if record.get("speaker") == "Ruritania"] == [True]
