"""Acts that are weighed: small weights, the same each time, and telling apart what "said" leaves open."""

import json
from importlib import resources
from pathlib import Path

import pytest
import yaml

from kg.reading.acts import weigh, weights
from kg.reading.acts_features import features
from kg.reading.article import article_from_text
from kg.reading.read import read_article, read_drafts
from schema.ontology import ontology
from tests.reading.gazetteer import SmallGazetteer

TRAINING = Path(__file__).parents[1] / "gold" / "training"
LARGEST = 500_000
ARTICLE = """Beijing secretly armed the rebels, a White House official said on Monday.

China said it had sent no weapons to anybody. The flights carried blankets, a spokesman told reporters.

Tehran will send its own observers, the foreign minister said. Kyle Chan, a specialist at Brookings, said the affair
was likely to poison the talks. Reuters could not verify the claims. The CIA declined to comment."""


def read(text: str) -> list[tuple[str, str, str | None]]:
    article = article_from_text(text, title=None, outlet="Reuters", published="2025-11-14")
    return [(s.cue.text, s.act, s.manner) for s in read_article(article, SmallGazetteer()).statements]


def test_weights_are_small_and_name_terms_of_the_ontology() -> None:
    file = resources.files("kg.reading").joinpath("lexicon", "acts_weights.json")
    assert len(file.read_bytes()) < LARGEST
    models = weights()
    assert set(models) == {"act", "manner"}
    acts, manners = ontology().acts, ontology().manners
    for name in models["act"].classes:
        acts.require(name)
    for name in models["manner"].classes:
        manners.require(name)
    for model in models.values():
        assert len(model.bias) == len(model.classes)
        assert all(len(row) == len(model.classes) for row in model.rows.values())


def test_the_same_article_gives_the_same_acts() -> None:
    first = read(ARTICLE)
    assert first == read(ARTICLE)
    assert json.dumps(first) == json.dumps(read(ARTICLE))


def test_features_do_not_hang_on_an_order() -> None:
    article = article_from_text(ARTICLE, title=None, outlet="Reuters", published=None)
    one, two = read_drafts(article, SmallGazetteer()), read_drafts(article, SmallGazetteer())
    for i in range(len(one)):
        assert sorted(features(one, i)) == sorted(features(two, i))
        assert len(features(one, i)) == len(set(features(one, i)))


def test_a_second_weighing_of_settled_acts_keeps_refusals_and_failed_checks() -> None:
    drafts = read_drafts(article_from_text(ARTICLE, title=None, outlet="Reuters", published=None), SmallGazetteer())
    weigh(drafts)
    acts = [draft.act.act for draft in drafts]
    assert "not_verified" in acts
    assert "decline_comment" in acts
    assert all(draft.act.manner is None for draft in drafts if draft.act.act != "deny")
    assert all(draft.act.manner is not None for draft in drafts if draft.act.act == "deny")
    assert all(draft.act.act == "relay" for draft in drafts if draft.relays is not None)


SENTENCES = [
    ("The Treasury accused the trader of hiding its cargoes.", "allege", None),
    ("Russian agents bribed two voters' registrars, the prosecutor said.", "allege", None),
    ("The ministry said hackers from Pyongyang stole the files of 400 officials.", "allege", None),
    ("The company secretly passed data to the police, according to the report.", "allege", None),
    ("The bank said on Friday that the meeting lasted two hours.", "assert", None),
    ("The operator said its terminal received three cargoes in May.", "assert", None),
    ("The ruling was a mistake, said the economist.", "assess", None),
    ("Prices are likely to rise by a tenth, the analyst said.", "assess", None),
    ("The talks could collapse within weeks, a diplomat said.", "assess", None),
    ("“The allegations are completely false,” the embassy said.", "deny", "flat"),
    ("The firm denied the allegations.", "deny", "flat"),
    ("The embassy called the report politically motivated.", "deny", "non_denial"),
    ("“We will appeal,” the company said.", "announce", None),
    ("The ministry said it would publish the contracts in June.", "announce", None),
    ("The court must free him at once, his lawyer said.", "demand", None),
    ("Canberra urged both sides to return to the table.", "demand", None),
    ("The agency admitted that it had been too slow.", "acknowledge", None),
    ("The paper retracted its claim that the minister had met the trader.", "retract", None),
    ("The agency cautioned that the number may change.", "qualify", None),
    ("The newspaper could not verify the video.", "not_verified", None),
    ("A spokesman for the bank declined to comment.", "decline_comment", None),
    ("The operator confirmed that the line had been shut.", "confirm", None),
]


@pytest.mark.parametrize(("sentence", "act", "manner"), SENTENCES, ids=[sentence[:40] for sentence, _, _ in SENTENCES])
def test_sentence(sentence: str, act: str, manner: str | None) -> None:
    found = read(sentence)
    assert [(one[1], one[2]) for one in found] == [(act, manner)]


def test_training_articles_are_marked_with_terms_of_the_ontology() -> None:
    from bench.reading import acts_corpus  # noqa: PLC0415  (the bench is no part of the product)

    articles = acts_corpus.load()
    assert len(articles) >= 60
    assert len({one.dispute for one in articles}) >= 20
    acts, manners = ontology().acts, ontology().manners
    counted = 0
    for one in articles:
        for mark in one.marks:
            assert one.article.text[mark.start : mark.end].strip(), one.name
            if mark.act != "x":
                acts.require(mark.act)
                counted += 1
            assert (mark.manner is not None) == (mark.act == "deny"), (one.name, mark)
            if mark.manner is not None:
                manners.require(mark.manner)
        assert "{" not in one.article.text, one.name
    assert counted >= 600


def test_training_articles_share_no_sentence_with_the_gold_articles() -> None:
    from bench.reading import acts_corpus  # noqa: PLC0415

    gold = set()
    for path in (TRAINING.parent / "reading").glob("*/*.yaml"):
        gold.update(_sentences(yaml.safe_load(path.read_text(encoding="utf-8"))["text"]))
    for one in acts_corpus.load():
        assert not gold & _sentences(one.article.text), one.name


def _sentences(text: str) -> set[str]:
    return {part.strip() for part in text.replace("\n", " ").split(". ") if len(part.split()) > 5}
