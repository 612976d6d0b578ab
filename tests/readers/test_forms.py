"""The forms that a reading is shown in: CoNLL columns and the HTML page."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.async_api import Browser

from kg.readers.conll import reading_to_conll
from kg.readers.page import readings_to_html
from kg.reading.article import article_from_text
from kg.reading.model import Claim, Reading, Source, Span, Statement
from kg.reading.read import read_article

TEXT = (
    "Ruritania accused Strelsau Steel of shipping parts to a blocked port.\n\n"
    '"The claims are false," said Anna Holt, "and we will prove it. Nothing was shipped." <b>The port</b> & its '
    "owners declined to comment."
)


def reading() -> Reading:
    """Three statements by hand: a plain one, a broken quotation, and one that stands inside the content of another."""
    article = article_from_text(TEXT, title="Steel & <row>", outlet="The Gazette", published="2025-11-14")
    return Reading(
        article.text,
        article.title,
        article.outlet,
        article.published,
        None,
        "en",
        (
            statement(article.text, "allege", "Ruritania", "accused", ["Strelsau Steel of shipping parts"]),
            statement(
                article.text,
                "deny",
                "Anna Holt",
                "said",
                ["The claims are false,", "and we will prove it. Nothing was shipped."],
                answers=0,
            ),
            statement(article.text, "assert", "we", "prove", ["it. Nothing was shipped"], confidence=0.2),
        ),
        notes=("a note & more",),
    )


def statement(
    text: str,
    act: str,
    source: str,
    cue: str,
    contents: list[str],
    *,
    answers: int | None = None,
    confidence: float = 0.9,
) -> Statement:
    def span(words: str) -> tuple[int, int]:
        start = text.index(words)
        return start, start + len(words)

    spans = tuple(span(words) for words in contents)
    start, end = min(spans[0][0], span(source)[0]), max(spans[-1][1], span(cue)[1])
    return Statement(
        act=act,
        manner=None,
        cameo=None,
        source=Source(source, *span(source)),
        cue=Span(cue, *span(cue)),
        content=Span(text[spans[0][0] : spans[-1][1]], spans[0][0], spans[-1][1]),
        spans=spans,
        quote=text[start:end],
        start=start,
        end=end,
        relays=None,
        answers=answers,
        certainty="certain",
        hedges=(),
        anonymous=False,
        anonymous_count=None,
        anonymous_type=None,
        capacity=None,
        affiliation=None,
        addressee=None,
        asserted_at=None,
        confidence=confidence,
        construct="that",
        claim=Claim(" ".join(contents)),
    )


def blocks(conll: str) -> list[tuple[list[int], list[list[str]]]]:
    """Statement numbers and rows of each sentence."""
    found = []
    for block in conll.strip().split("\n\n"):
        numbers = re.search(r"^# statements = (.*)$", block, re.MULTILINE)
        rows = [line.split("\t") for line in block.splitlines() if not line.startswith("#")]
        found.append(([int(n) for n in numbers[1].split()] if numbers else [], rows))
    return found


def test_conll_tokens_stand_at_their_offsets_and_columns_hold_each_part() -> None:
    read = reading()
    covered: dict[tuple[int, str], set[int]] = {}
    for numbers, rows in blocks(reading_to_conll(read, "x.txt")):
        for row in rows:
            assert len(row) == 4 + len(numbers)
            assert read.text[int(row[2]) : int(row[3])] == row[1]
            for number, tag in zip(numbers, row[4:], strict=True):
                if tag != "O":
                    covered.setdefault((number, tag[2:]), set()).update(range(int(row[2]), int(row[3])))
        for column in range(len(numbers)):
            before = "O"
            for row in rows:
                tag = row[4 + column]
                assert not tag.startswith("I-") or before[2:] == tag[2:], "an I- tag follows its own kind only"
                before = tag
    for number, statement in enumerate(read.statements):
        letters = {i for i in range(statement.cue.start, statement.cue.end) if read.text[i].isalnum()}
        assert letters <= covered[number, "CUE"]
        for start, end in statement.spans:
            letters = {i for i in range(start, end) if read.text[i].isalnum()}
            assert letters <= covered[number, "CONTENT"] | covered[number, "CUE"] | covered.get(
                (number, "SOURCE"), set()
            )


def test_the_page_shows_the_text_letter_by_letter_and_marks_each_part() -> None:
    read = reading()
    page = readings_to_html([("x.txt", read)])
    body = re.search(r'<div class="text"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert body is not None
    plain = unescape(re.sub(r"<[^>]+>", "", re.sub(r'<a class="n".*?</a>', "", body[1])))
    assert plain == read.text
    for number, statement in enumerate(read.statements):
        marks = re.findall(r'<mark class="\w+" data-s="([^"]+)">(.*?)</mark>', body[1], re.DOTALL)
        marked = [unescape(words) for parts, words in marks if f"{number}:cue" in parts.split()]
        assert "".join(marked) == statement.cue.text
        assert f'id="d1s{number}"' in page
    assert "<row>" not in page
    assert "http" not in page.replace("http-equiv", ""), "the page needs nothing beside itself"


def test_what_a_cue_parts_begins_anew() -> None:
    article = article_from_text("He, they claim, lied about it.")
    one = statement(article.text, "allege", "they", "claim", ["He, they claim, lied"])
    _, (_, rows) = blocks(reading_to_conll(Reading(article.text, None, None, None, None, "en", (one,)), "x"))
    assert [row[4] for row in rows] == [
        *("B-CONTENT", "I-CONTENT", "B-SOURCE", "B-CUE", "B-CONTENT", "I-CONTENT", "O", "O", "O"),
    ]


@settings(deadline=None)
@given(st.text(max_size=400))
def test_no_text_breaks_a_form(text: str) -> None:
    read = read_article(article_from_text(f"The ministry said that {text}"))
    for _, rows in blocks(reading_to_conll(read, "x")):
        assert all(len(row) >= 4 for row in rows)
    assert "</html>" in readings_to_html([("x", read)])


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_page_has_no_fault_of_accessibility(chromium: Browser, tmp_path: Path, scheme: str) -> None:
    target = tmp_path / "page.html"
    other = "not read: it is no UTF-8"
    target.write_text(readings_to_html([("x.txt", reading()), ("y.txt", other), ("z.txt", reading())]), "utf-8")
    page = await chromium.new_page(color_scheme="dark" if scheme == "dark" else "light")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.goto(target.as_uri())
    result = await Axe().run(page)
    assert result.response["violations"] == []
    await page.locator("#d1s1").hover()
    assert await page.locator("#d1 mark.cue.on").all_inner_texts() == ["said"], "'prove' is content of this one"
    faded = page.locator("#d1 mark:not(.on)").first
    assert await faded.evaluate("m => getComputedStyle(m).backgroundColor") == "rgba(0, 0, 0, 0)"
    assert not errors
    await page.close()
