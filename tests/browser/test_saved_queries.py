"""Each saved query answers something on the seed data, and what people get is made from the same files."""

from __future__ import annotations

import os
import re

import pytest

from kg.engine.graph import Graph
from kg.engine.query import Query
from schema.ontology import NODE_LABELS, ontology
from tests.browser.saved_queries import PACK, PAGE, STYLE, SavedQuery, as_pack, as_page, saved_queries

_ALL = saved_queries()
_UPDATE = bool(os.environ.get("GEOKG_UPDATE_PICTURES"))


def test_there_are_enough() -> None:
    assert len(_ALL) >= 12
    assert all(query.text.startswith("// ") and query.cypher for query in _ALL)


def test_page_and_pack_are_made_from_the_files() -> None:
    if _UPDATE:
        PAGE.write_text(as_page(), "utf-8")
        PACK.write_bytes(as_pack())
    advice = "make them anew with GEOKG_UPDATE_PICTURES=1 ./dev test tests/browser"
    assert PAGE.read_text("utf-8") == as_page(), advice
    assert PACK.read_bytes() == as_pack(), advice


@pytest.mark.parametrize("query", _ALL, ids=lambda query: query.name)
def test_it_names_only_what_the_graph_has(query: SavedQuery) -> None:
    bare = re.sub(r"//.*|'[^']*'|\"[^\"]*\"", "", query.cypher)
    labels = set(re.findall(r":([A-Z][a-z]\w*)", bare))
    kinds = {kind for group in re.findall(r"\[\w*:([A-Z_|\s]+)", bare) for kind in re.findall(r"[A-Z_]+", group)}
    assert labels <= set(NODE_LABELS), labels - set(NODE_LABELS)
    assert kinds <= set(ontology().relationships), kinds - set(ontology().relationships)


@pytest.mark.neo4j_only
@pytest.mark.parametrize("query", _ALL, ids=lambda query: query.name)
async def test_it_answers_on_the_seed_data(seeded_graph: Graph, query: SavedQuery) -> None:
    assert await seeded_graph.read(Query(query.name, query.text)), query.question


def test_the_style_covers_what_the_graph_has() -> None:
    style = STYLE.read_text("utf-8")
    assert set(re.findall(r"^node\.(\w+) \{", style, re.MULTILINE)) == set(NODE_LABELS)
    styled = re.findall(r"^relationship\.(\w+) \{", style, re.MULTILINE)
    assert set(styled) <= set(ontology().relationships)
    derived = set(ontology().derived())
    assert derived <= set(styled), derived - set(styled)
