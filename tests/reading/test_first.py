"""The article of a newspaper about a memo: who says, denies, could not verify and declines."""

from __future__ import annotations

from kg.reading.article import article_from_text
from kg.reading.read import read_article

TEXT = """The Financial Times reported on Friday that a White House memo alleges that Alibaba helps military operations.

The newspaper said it could not independently verify the claims. The White House did not respond to a request for
comment, and the CIA declined to comment.

The Chinese embassy in Washington rejected the accusations, saying that China opposes cyberattacks."""


def test_the_acts_of_a_report_on_a_memo() -> None:
    reading = read_article(article_from_text(TEXT, title="A memo", published="2025-11-14"))
    acts = [statement.act for statement in reading.statements]
    assert acts.count("decline_comment") == 2
    assert {"relay", "allege", "not_verified", "deny"} <= set(acts)
    relay = next(s for s in reading.statements if s.act == "relay" and s.relays is not None)
    inner = reading.statements[relay.relays or 0]
    assert inner.act == "allege"
    assert inner.source is not None and inner.source.kind == "document"
    assert relay.asserted_at == "2025-11-14"
    for statement in reading.statements:
        assert reading.text[statement.start : statement.end] == statement.quote
