"""The graph of the seed story in the real Neo4j Browser, with our style and our saved queries."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from typing import Final

import pytest
from playwright.async_api import Browser, Locator, expect

from kg.engine.graph import Graph
from tests.browser.neo4j_browser import Neo4jBrowser
from tests.browser.saved_queries import FOLDER, PACK, STYLE, SavedQuery, saved_queries
from tests.engines.under_test import EngineUnderTest

pytestmark = [pytest.mark.browser, pytest.mark.neo4j_only]

_PICTURE: Final = FOLDER / "graph.png"
_LARGEST_PICTURE: Final = 400_000


@pytest.fixture(scope="module")
async def neo4j_in_chromium(
    seeded_graph: Graph, engine: EngineUnderTest, neo4j_browser: str, chromium: Browser
) -> AsyncIterator[Neo4jBrowser]:
    """Neo4j Browser on the seed story, with our style and our saved queries dragged onto it."""
    page = await chromium.new_page(viewport={"width": 1500, "height": 1000})
    opened = Neo4jBrowser(page)
    await opened.open(neo4j_browser, (engine.settings.neo4j_uri or "").replace("127.0.0.1", "localhost"))
    await opened.drop(STYLE.name, STYLE.read_bytes())
    await expect(page.get_by_test_id("frame").first).to_contain_text("node.Actor")  # it shows the style that it took
    await opened.drop(PACK.name, PACK.read_bytes())
    yield opened
    await page.close()


def _query(name: str) -> SavedQuery:
    return next(query for query in saved_queries() if name in query.name)


async def _captions(frame: Locator) -> list[str]:
    texts: list[str] = await frame.locator("svg g.node").evaluate_all(
        "nodes => nodes.map(n => [...n.querySelectorAll('text')].map(t => t.textContent.trim()).join(' '))"
    )
    return texts


async def test_the_style_is_taken(neo4j_in_chromium: Neo4jBrowser) -> None:
    style = await neo4j_in_chromium.remembered("grass")
    assert style["node.Actor"]["color"] == "#0072B2"
    assert style["relationship.DENIES"]["color"] == "#0072B2"
    shown = await neo4j_in_chromium.run(":style")
    await expect(shown).to_contain_text("node.Actor")


async def test_the_saved_queries_are_taken(neo4j_in_chromium: Neo4jBrowser) -> None:
    page = neo4j_in_chromium.page
    await page.get_by_test_id("navigationFavorites").click()
    await page.get_by_text("geokg", exact=True).click()
    for query in saved_queries():
        await expect(page.get_by_text(query.question).first).to_be_attached()
    await page.get_by_test_id("navigationFavorites").click()


async def test_nodes_have_captions_and_the_colours_of_their_labels(neo4j_in_chromium: Neo4jBrowser) -> None:
    frame = await neo4j_in_chromium.run(_query("who-says-what").text)
    await expect(frame.locator("svg g.node").first).to_be_visible()
    captions = await _captions(frame)
    assert all(captions), captions
    for name in ("Alibaba Group", "White House", "Financial Times"):
        assert name in captions
    alibaba = frame.locator("svg g.node", has_text="Alibaba Group").locator("circle.b-outline")
    await expect(alibaba.first).to_have_attribute("fill", re.compile("#0072B2", re.IGNORECASE))
    kinds = " ".join(await frame.locator("svg g.relationship text").all_text_contents())
    assert "ALLEGES" in kinds
    assert "DENIES" in kinds
    await frame.get_by_title("Close").click()


@pytest.mark.parametrize("query", saved_queries(), ids=lambda query: query.name)
async def test_each_saved_query_runs(neo4j_in_chromium: Neo4jBrowser, query: SavedQuery) -> None:
    frame = await neo4j_in_chromium.run(query.text)
    await expect(frame).not_to_contain_text("ERROR")
    answer = frame.locator("svg g.node, [role=row], table tbody tr")
    await expect(answer.first).to_be_attached()
    await expect(frame).not_to_contain_text("no changes, no records")
    await frame.get_by_title("Close").click()  # a frame left open goes on moving its nodes


async def test_a_fault_would_be_seen(neo4j_in_chromium: Neo4jBrowser) -> None:
    frame = await neo4j_in_chromium.run("MATCH (n) RETURN m")
    await expect(frame).to_contain_text("ERROR")


async def test_picture(neo4j_in_chromium: Neo4jBrowser) -> None:
    if os.environ.get("GEOKG_UPDATE_PICTURES"):
        await neo4j_in_chromium.show_whole(_query("one-claim").text)
        await neo4j_in_chromium.page.screenshot(path=_PICTURE)
    content = _PICTURE.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert len(content) < _LARGEST_PICTURE
