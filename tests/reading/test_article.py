"""What comes in: plain text, Markdown, HTML, and everything that is none of them."""

from __future__ import annotations

import unicodedata

import pytest

from kg.reading.article import (
    MAX_BYTES,
    ArticleTooLarge,
    BadEncoding,
    BadFrontMatter,
    EmptyArticle,
    NotAnArticle,
    load_article,
)
from schema.errors import InvalidInput

BODY = "The ministry said the bridge was open. Reuters could not verify the claim."
HTML = """<!doctype html><html><head><title>Bridge is open | The Harbour Gazette</title>
<meta property="og:title" content="Bridge is open"><meta property="og:site_name" content="The Harbour Gazette">
<meta property="article:published_time" content="2025-11-14T08:00:00Z"><link rel="canonical" href="https://example.org/bridge">
</head><body><nav><a href="/">Home</a></nav><article><h1>Bridge is open</h1>
<p>The ministry said on Friday that the bridge was open again after three months of repairs by the army.</p>
<p>Reuters could not independently verify the claim, and the mayor did not respond to a request for comment.</p>
<p>Drivers waited for an hour at the first barrier, and most of them carried grain for the mills on the other bank.</p>
</article><footer>All rights reserved</footer></body></html>"""


def test_the_title_is_the_first_line_of_the_text() -> None:
    article = load_article(BODY.encode(), filename="a.txt", title="Bridge is  open")
    assert article.title == "Bridge is open"
    assert article.text == f"Bridge is open\n\n{BODY}"


def test_a_title_that_the_text_begins_with_is_not_doubled() -> None:
    article = load_article(f"Bridge is open\n\n{BODY}".encode(), media_type="text/plain", title="Bridge is open")
    assert article.text.count("Bridge is open") == 1


def test_front_matter_gives_title_outlet_date_and_url() -> None:
    matter = "title: Bridge\noutlet: Gazette\ndate: 2025-11-14\nurl: https://example.org/1\nkind: post\nauthors: [A, B]"
    data = f"---\n{matter}\n---\n{BODY}"
    article = load_article(data.encode(), filename="a.md")
    assert (article.title, article.outlet, article.published, article.url) == (
        "Bridge",
        "Gazette",
        "2025-11-14",
        "https://example.org/1",
    )
    assert article.kind == "post"
    assert article.authors == ("A", "B")
    assert article.text.startswith("Bridge\n\nThe ministry")


def test_what_is_given_wins_over_what_is_found() -> None:
    data = f"---\ntitle: Bridge\n---\n{BODY}".encode()
    assert load_article(data, filename="a.md", title="Other").title == "Other"


def test_markdown_loses_its_marks_and_keeps_its_words() -> None:
    article = load_article(b"# Bridge\n\nThe [ministry](https://example.org) said it was **open**.\n", filename="a.md")
    assert article.title == "Bridge"
    assert "The ministry said it was open." in article.text


def test_html_gives_text_title_outlet_date_and_address() -> None:
    article = load_article(HTML.encode(), filename="a.html")
    assert article.title == "Bridge is open"
    assert article.outlet == "The Harbour Gazette"
    assert article.published == "2025-11-14"
    assert article.url == "https://example.org/bridge"
    assert "Reuters could not independently verify" in article.text
    assert "Home" not in article.text


def test_html_in_the_charset_that_it_declares() -> None:
    page = HTML.replace("<head>", '<head><meta charset="iso-8859-1">').replace("the mayor", "José the mayor")
    assert "José" in load_article(page.encode("latin-1"), media_type="text/html").text


def test_text_is_in_nfc_with_plain_line_ends() -> None:
    article = load_article("Cafe\u0301 said\r\nno.\r".encode(), media_type="text/plain")
    assert article.text == unicodedata.normalize("NFC", "Café said\nno.")


@pytest.mark.parametrize("data", [b"", b" \n\t "])
def test_nothing_is_no_article(data: bytes) -> None:
    with pytest.raises(EmptyArticle) as caught:
        load_article(data, filename="a.txt")
    assert caught.value.where == "a.txt"
    assert caught.value.remedy


def test_too_much_is_no_article() -> None:
    with pytest.raises(ArticleTooLarge, match="10,485,761"):
        load_article(b"a" * (MAX_BYTES + 1), filename="a.txt")


def test_bytes_that_are_no_utf8_are_said_with_their_place() -> None:
    with pytest.raises(BadEncoding, match="byte 3 "):
        load_article(b"abc\xff", filename="a.txt")


def test_bytes_that_are_not_in_the_declared_charset() -> None:
    with pytest.raises(BadEncoding, match="no-such-charset"):
        load_article(
            b'<html><head><meta charset="no-such-charset"></head><body>x</body></html>', media_type="text/html"
        )


def test_html_without_an_article() -> None:
    with pytest.raises(NotAnArticle):
        load_article(b"<html><body><nav><a href='/'>Home</a></nav></body></html>", filename="a.html")


@pytest.mark.parametrize("matter", ["title: [", "- a\n- b"])
def test_front_matter_that_is_no_mapping(matter: str) -> None:
    with pytest.raises(BadFrontMatter) as caught:
        load_article(f"---\n{matter}\n---\ntext".encode(), filename="a.md")
    assert isinstance(caught.value, InvalidInput)


def test_front_matter_without_text() -> None:
    with pytest.raises(EmptyArticle):
        load_article(b"---\ntitle: A\n---\n", filename="a.md")
