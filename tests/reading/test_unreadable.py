"""Texts in which nothing should be read: other languages, boilerplate, lists of headlines; and what is cut off."""

from __future__ import annotations

import pytest

from kg.reading.article import article_from_text
from kg.reading.read import read_article

GERMAN = (
    "Der Minister sagte am Freitag, die Vorwürfe seien falsch. Das Unternehmen wies die Anschuldigungen zurück und "
    "erklärte, es habe niemals Daten weitergegeben. Die Zeitung konnte die Angaben nicht unabhängig überprüfen."
)
FRENCH = (
    "Le ministre a déclaré que les accusations étaient fausses. L'entreprise a rejeté les allégations, affirmant "
    "qu'elle n'avait jamais transmis de données. Le journal n'a pas pu vérifier ces informations de façon sûre."
)
CHINESE = (
    "外交部发言人星期五表示，有关指控完全是虚假的。该公司否认向军方提供技术支持，并称报道毫无根据。报纸无法独立核实这些说法。"
    * 2
)


@pytest.mark.parametrize(("text", "language"), [(GERMAN, "de"), (FRENCH, "fr"), (CHINESE, "zh")])
def test_another_language_is_said_and_not_misread(text: str, language: str) -> None:
    reading = read_article(article_from_text(text))
    assert reading.language == language
    assert reading.statements == ()
    assert any("another language" in note for note in reading.notes)


def test_a_short_text_is_not_judged() -> None:
    assert read_article(article_from_text("Beijing denied it.")).statements


def test_boilerplate_is_left_out_and_said() -> None:
    text = (
        "The ministry denied the claim.\n\nSubscribe to read the full story, which says more.\n\nAll rights reserved."
    )
    reading = read_article(article_from_text(text))
    assert [s.act for s in reading.statements] == ["deny"]
    assert any("boilerplate" in note for note in reading.notes)


def test_a_paywall_alone_gives_nothing() -> None:
    text = "Subscribe to continue reading\n\nAlready a subscriber? Sign in to your account"
    assert read_article(article_from_text(text)).statements == ()


def test_a_list_of_headlines_gives_nothing() -> None:
    text = "\n".join(
        [
            "Minister denies bribery claims",
            "Army accuses rebels of shelling town",
            "Bank says profits will fall",
            "Court rejects appeal of trader",
            "Union demands higher wages",
        ]
    )
    reading = read_article(article_from_text(text))
    assert reading.statements == ()
    assert any("headlines" in note for note in reading.notes)


def test_of_a_truncated_article_what_is_whole_is_read() -> None:
    text = "The ministry denied the claim on Friday. The embassy said that the ship had left and that the cap"
    acts = [s.act for s in read_article(article_from_text(text)).statements]
    assert "deny" in acts


def test_an_unclosed_quotation_swallows_only_its_paragraph() -> None:
    text = "“We never sold it, the trader said.\n\nThe ministry denied the claim."
    assert "deny" in [s.act for s in read_article(article_from_text(text)).statements]


def test_an_empty_text_gives_an_empty_reading() -> None:
    assert read_article(article_from_text("")).statements == ()
