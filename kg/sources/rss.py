"""RSS and Atom feeds, from a file or an address: each entry an article, with the text that the feed itself holds.

The pages that the entries lead to are not fetched.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, Final

import feedparser

from kg.reading.article import article_from_text
from kg.records.files import Unreadable
from kg.sources.coded import Told, row_digest
from kg.sources.fetching import fetch
from kg.sources.lines import open_file
from kg.sources.port import FoundArticle, Sourced
from schema.errors import InvalidInput

_parse: Final[Any] = feedparser.parse  # type: ignore[attr-defined]  # the library tells no types
_MOST_BYTES: Final = 50_000_000
_MOST_ENTRIES: Final = 10_000
_SHORTEST: Final = 3
"""Words below which an entry's text is no article."""

_BREAKS: Final = {"p", "br", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "tr"}
_HIDDEN: Final = {"script", "style"}


class RssSource:
    """Reads RSS and Atom."""

    name = "rss"
    reads = "RSS and Atom feeds: a file, or an address that begins with http:// or https://"

    def items(self, place: str) -> Iterator[Sourced]:
        """The entries as articles, in the order of the feed; an entry that comes twice is one."""
        data, media_type = _bytes_of(place)
        if b"<!ENTITY" in data[:1_000_000]:
            raise InvalidInput("the feed declares entities of its own, which are not expanded", place)
        headers = {"content-type": media_type or "application/xml", "content-location": place}
        feed = _parse(io.BytesIO(data), response_headers=headers)
        if not feed.get("version"):
            reason = feed.get("bozo_exception")
            raise InvalidInput(f"it is no RSS or Atom feed{f': {reason}' if reason else ''}"[:300], place)
        outlet = _words(feed.feed.get("title"))
        told = Told()
        for number, entry in enumerate(feed.entries[:_MOST_ENTRIES], 1):
            yield from _entry(entry, f"{place}#{number}", outlet, told)
        if len(feed.entries) > _MOST_ENTRIES:
            yield Unreadable(f"{place}#{_MOST_ENTRIES + 1}", f"the feed has more than {_MOST_ENTRIES:,} entries", "")
        if feed.bozo and not isinstance(feed.bozo_exception, feedparser.CharacterEncodingOverride):
            yield Unreadable(place, f"the feed is not well formed: {feed.bozo_exception}"[:500], "")


def _bytes_of(place: str) -> tuple[bytes, str]:
    if "://" in place or place.startswith("file:"):
        found = fetch(place)
        return found.data, found.media_type
    with open_file(place) as file:
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise InvalidInput(f"the feed has more than {_MOST_BYTES:,} bytes", place)
    return data, ""


def _entry(entry: Any, where: str, outlet: str | None, told: Told) -> Iterator[Sourced]:
    title, url = _words(entry.get("title")), entry.get("link")
    held = max((each.get("value", "") for each in entry.get("content", ())), key=len, default="")
    text = _text_of(held or entry.get("summary", ""))
    identifier = entry.get("id") or url or title or text
    digest = row_digest(title or "", text)
    if (before := told.before(identifier, digest)) == digest:
        return
    if before is not None:
        yield Unreadable(where, f"the entry {identifier[:100]!r} stood before with other content", text[:1_000])
        return
    if len(f"{title or ''} {text}".split()) < _SHORTEST:
        yield Unreadable(where, "the entry has no text", text[:1_000])
        return
    source = entry.get("source")
    try:
        article = article_from_text(
            text or title or "",
            title=title,
            outlet=(_words(source.get("title")) if source else None) or outlet,
            published=_published(entry),
            url=url if isinstance(url, str) and url.startswith(("http://", "https://")) else None,
        )
    except InvalidInput as error:
        yield Unreadable(where, str(error), text[:1_000])
        return
    yield FoundArticle(where, article)


def _published(entry: Any) -> str | None:
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", moment) if moment else None


def _words(markup: str | None) -> str | None:
    return " ".join(_text_of(markup or "").split()) or None


class _Text(HTMLParser):
    """Collects the words of a piece of HTML; what begins a line there begins one here."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._hidden += tag in _HIDDEN
        if tag in _BREAKS:
            self.parts.append("\n\n" if tag != "br" else "\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _HIDDEN and self._hidden > 0
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(" ".join(data.split()) if data.strip() else " ")


def _text_of(markup: str) -> str:
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    parser = _Text()
    parser.feed(markup)
    parser.close()
    lines = [" ".join(line.split()) for line in _joined(parser.parts).split("\n")]
    return "\n".join(line for i, line in enumerate(lines) if line or (i and lines[i - 1])).strip()


def _joined(parts: list[str]) -> str:
    """The parts with a space between two that are words; what HTML puts between them was folded."""
    out: list[str] = []
    for part in parts:
        if out and part and not part[0].isspace() and not out[-1].endswith(("\n", " ")) and part[0] not in ".,;:!?)”’'":
            out.append(" ")
        out.append(part)
    return "".join(out)
