"""Articles as they come in: plain text, Markdown with front matter, HTML; one text, to which all offsets refer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from kg.reading import language as _language
from schema.errors import InvalidInput
from schema.plain_yaml import load_plain
from schema.times import parse_time

MAX_BYTES = 10 * 1024 * 1024
_HTML = re.compile(rb"\s*(?:<!doctype html|<html|<head|<body|<article|<\?xml)", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]+charset=["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_MARKUP = re.compile(r"!\[[^\]]*\]\([^)]*\)|\[([^\]]*)\]\([^)]*\)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=\S)([^*_\n]*?)(?<=\S)\1(?![\w*])")


class EmptyArticle(InvalidInput):
    """0 bytes, or nothing but blank space."""


class ArticleTooLarge(InvalidInput):
    """More than `MAX_BYTES`."""


class NotAnArticle(InvalidInput):
    """HTML in which no article was found."""


class BadEncoding(InvalidInput):
    """Bytes that are not in the encoding they should be in."""


class BadFrontMatter(InvalidInput):
    """Front matter of a Markdown file that is no YAML mapping."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article to read.

    `text` is what every offset of a reading refers to, in Unicode code points: NFC, lines ended by `\\n`, with the
    title as its
    first line where there is a title. `published` is an EDTF string.
    """

    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    language: str
    text: str
    authors: tuple[str, ...] = ()
    kind: str = "article"


def load_article(
    data: bytes,
    *,
    media_type: str | None = None,
    filename: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    url: str | None = None,
) -> Article:
    """Makes an article of bytes.

    Args:
        data: plain text, Markdown (with or without YAML front matter: title, outlet, date, url, kind), or HTML.
        media_type: "text/plain", "text/markdown" or "text/html"; else the file name's ending and then the bytes decide.
        filename: for the format, and for error messages.
        title, outlet, published, url: what is known; what is not given is looked for.

    Raises:
        EmptyArticle, ArticleTooLarge, NotAnArticle, BadEncoding, BadFrontMatter: see each.
    """
    where = filename or url
    if not data.strip():
        raise EmptyArticle(
            "the article has no text (0 bytes, or only blank space)", where, "Give a file that holds the article's text"
        )
    if len(data) > MAX_BYTES:
        raise ArticleTooLarge(
            f"the article has {len(data):,} bytes, and at most {MAX_BYTES:,} are read",
            where,
            "Split it, or take the article out of its surroundings",
        )
    form = _format(data, media_type, filename)
    given = {"title": title, "outlet": outlet, "published": published, "url": url}
    if form == "html":
        return _from_html(data, given, where)
    text = _decode(data, where)
    if form == "markdown":
        return _from_markdown(text, given, where)
    return _article(text, given)


def article_from_text(
    text: str,
    *,
    title: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    url: str | None = None,
) -> Article:
    """An article of a string that is already decoded; see `load_article`."""
    return _article(text, {"title": title, "outlet": outlet, "published": published, "url": url})


def _format(data: bytes, media_type: str | None, filename: str | None) -> str:
    kind = (media_type or "").split(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml"):
        return "html"
    if kind in ("text/markdown", "text/x-markdown"):
        return "markdown"
    if kind == "text/plain":
        return "text"
    ending = (filename or "").lower().rsplit(".", 1)[-1]
    if ending in ("html", "htm", "xhtml"):
        return "html"
    if ending in ("md", "markdown"):
        return "markdown"
    if ending in ("txt", "text"):
        return "text"
    if _HTML.match(data[:1000]):
        return "html"
    return "markdown" if data.startswith(b"---\n") or data.startswith(b"---\r\n") else "text"


def _decode(data: bytes, where: str | None) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadEncoding(
            f"byte {error.start} (0x{data[error.start]:02x}) is no UTF-8", where, "Save the text as UTF-8"
        ) from error


def normalise(text: str) -> str:
    """NFC, `\\n` line ends, no zero bytes or byte order marks, blank space at both ends removed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "").replace("\x00", "\ufffd")
    text = (
        text.replace("\u2028", "\n")
        .replace("\u2029", "\n\n")
        .replace("\x0b", "\n")
        .replace("\x0c", "\n")
        .replace("\x85", "\n")
    )
    text = (
        "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
        if _has_surrogate(text)
        else text
    )
    return unicodedata.normalize("NFC", text).strip()


def _has_surrogate(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _article(text: str, given: Mapping[str, Any], authors: tuple[str, ...] = (), kind: str = "article") -> Article:
    body = normalise(text)
    title = given.get("title")
    if title is not None:
        title = " ".join(normalise(str(title)).split()) or None
    if title is not None:
        first = body.split("\n", 1)[0].strip()
        if " ".join(first.split()) != title:
            body = f"{title}\n\n{body}"
        elif first != title:
            body = title + body[len(body.split("\n", 1)[0]) :]
    found, _ = _language.detect(body)
    return Article(title, given.get("outlet"), given.get("published"), given.get("url"), found, body, authors, kind)


def _from_markdown(text: str, given: dict[str, Any], where: str | None) -> Article:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kind = "article"
    authors: tuple[str, ...] = ()
    match = _FRONT_MATTER.match(text)
    if match is not None:
        try:
            matter = load_plain(match.group(1))
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise BadFrontMatter(
                f"the front matter is no YAML ({str(error).splitlines()[0]})",
                where,
                "Write one `key: value` a line between two lines of `---`",
            ) from error
        if matter is None:
            matter = {}
        if not isinstance(matter, dict):
            raise BadFrontMatter(
                "the front matter is no mapping", where, "Write one `key: value` a line between two lines of `---`"
            )
        text = text[match.end() :]
        for name, keys in (
            ("title", ("title", "headline")),
            ("outlet", ("outlet", "publisher", "source", "site")),
            ("published", ("date", "published", "published_at")),
            ("url", ("url", "link")),
        ):
            found = next((matter[key] for key in keys if matter.get(key) is not None), None)
            if given.get(name) is None and found is not None:
                given[name] = str(found)
        if given.get("published") is not None:
            parse_time(str(given["published"]), where)
        kind = str(matter.get("kind", kind))
        said = matter.get("authors", matter.get("author"))
        authors = tuple(str(name) for name in said) if isinstance(said, list) else ((str(said),) if said else ())
    lines: list[str] = []
    for line in text.split("\n"):
        stripped = line.lstrip()
        if stripped.startswith("#"):
            heading = stripped.lstrip("#").strip()
            if given.get("title") is None and not any(part.strip() for part in lines) and heading:
                given["title"] = heading
            lines.append(heading)
        elif stripped.startswith("> "):
            lines.append(stripped[2:])
        elif re.fullmatch(r"[\s|:-]*-{3,}[\s|:-]*", line):
            lines.append("")
        else:
            lines.append(line)
    body = _MARKUP.sub(lambda found: found.group(1) or "", "\n".join(lines))
    body = _EMPHASIS.sub(lambda found: found.group(2), body)
    body = _join_wrapped(body)
    if not body.strip():
        raise EmptyArticle("the article has front matter but no text", where, "Write the text below the front matter")
    return _article(body, given, authors, kind)


def _join_wrapped(text: str) -> str:
    """Lines wrapped inside a paragraph joined to one, as Markdown means them; table rows and list items stay lines."""
    out: list[str] = []
    for line in text.split("\n"):
        joins = (
            bool(out)
            and out[-1].strip()
            and line.strip()
            and "|" not in line
            and "|" not in out[-1]
            and not re.match(r"\s*(?:[-*+]|\d+[.)])\s", line)
            and len(out[-1]) > 40
        )
        if joins:
            out[-1] = out[-1].rstrip() + " " + line.strip()
        else:
            out.append(line)
    return "\n".join(out)


def _from_html(data: bytes, given: dict[str, Any], where: str | None) -> Article:
    import trafilatura  # noqa: PLC0415  (a second to import, and only HTML needs it)

    html = _decode_html(data, where)
    document = trafilatura.bare_extraction(
        html,
        url=given.get("url"),
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        favor_precision=False,
    )
    found = document if isinstance(document, dict) else document.as_dict() if document is not None else {}
    text = str(found.get("text") or "")
    if len(text.split()) < 12:
        raise NotAnArticle(
            "no article was found in the HTML", where, "Give the page of one article, or its text as plain text"
        )
    for name, key in (("title", "title"), ("outlet", "sitename"), ("published", "date"), ("url", "url")):
        if given.get(name) is None and found.get(key):
            given[name] = str(found[key])
    author = str(found.get("author") or "")
    return _article(text, given, tuple(name.strip() for name in author.split(";") if name.strip()))


def _decode_html(data: bytes, where: str | None) -> str:
    declared = _CHARSET.search(data[:4096])
    if declared is not None and declared.group(1).lower() not in (b"utf-8", b"utf8"):
        name = declared.group(1).decode("ascii")
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError) as error:
            raise BadEncoding(
                f"the HTML declares the charset {name}, and its bytes are not in it",
                where,
                "Declare the charset that the page is in, or save it as UTF-8",
            ) from error
    return _decode(data, where)
