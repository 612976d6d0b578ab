"""Articles: a folder of text, Markdown and HTML, or JSON lines with an article each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from kg.reading.article import MAX_BYTES, article_from_text, load_article
from kg.records.files import ARTICLE_SUFFIXES, Item, Unreadable
from kg.sources.coded import Told, row_digest
from kg.sources.lines import json_lines
from kg.sources.port import FoundArticle, Sourced
from schema.errors import InvalidInput
from schema.times import parse_time

_FIELDS: Final = {
    "text": ("text", "body", "content"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "publisher", "source"),
    "published": ("published", "date", "published_at"),
    "url": ("url", "link"),
}
"""Fields of an article and how files name them; the first that is there counts."""


class ArticlesSource:
    """Reads articles."""

    name = "articles"
    reads = "Articles: a folder of text, Markdown and HTML, or JSON lines of text, title, outlet, published and url"

    def items(self, place: str) -> Iterator[Sourced]:
        """The articles, in the order of the files' names or of the lines."""
        path = Path(place)
        if path.is_dir():
            files = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in ARTICLE_SUFFIXES)
            if not files:
                known = ", ".join(sorted(ARTICLE_SUFFIXES))
                raise InvalidInput("the folder holds no article", place, f"Their names end in {known}")
            for file in files:
                yield _of_file(file)
        elif path.suffix.lower() in ARTICLE_SUFFIXES:
            yield _of_file(path)
        else:
            told = Told()
            for line in json_lines(place):
                yield from _of_line(line, told)


def _of_file(path: Path) -> Sourced:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)  # one more than an article may have, by which its size is told
        return FoundArticle(str(path), load_article(data, filename=str(path)))
    except InvalidInput as error:
        return Unreadable(str(path), f"{error.what}. {error.remedy}" if error.remedy else error.what, "")
    except OSError as error:
        return Unreadable(str(path), f"it cannot be read: {error.strerror}", "")


def _of_line(line: Item | Unreadable, told: Told) -> Iterator[Sourced]:
    if isinstance(line, Unreadable):
        yield line
        return
    found = {name: _first(line.value, keys) for name, keys in _FIELDS.items()}
    text = found.pop("text")
    try:
        if text is None:
            raise InvalidInput(f"the line has no text; it is called one of {', '.join(_FIELDS['text'])}")
        if len(text) > MAX_BYTES:
            raise InvalidInput(f"the article has {len(text):,} characters, and at most {MAX_BYTES:,} are read")
        if found["published"] is not None:
            parse_time(found["published"], "published")
        digest = row_digest(text, found["title"] or "")
        before = told.before(found["url"] or digest, digest)
        if before is not None and before != digest:
            raise InvalidInput(f"the article {(found['url'] or '')[:100]} stood before with other content")
        if before is None:
            yield FoundArticle(line.where, article_from_text(text, **found))
    except InvalidInput as error:
        yield Unreadable(line.where, str(error), str(line.value)[:1_000])


def _first(value: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    return next((found for name in names if isinstance(found := value.get(name), str) and found.strip()), None)
