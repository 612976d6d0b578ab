"""Fact checks marked up as ClaimReview of schema.org, in pages, feeds and files of JSON-LD.

A review becomes a document whose text is what the markup says in words – the claim, the rating, the review – so that
each statement is quoted from it at exact offsets: the claimant's, which puts the claim forward, and the reviewer's,
which answers it. Where the markup tells in what the claim appeared, that is a document nobody has seen, and the
reviewer relays it. What a rating does with the claim stands in ``claimreview.yaml``; the review keeps its own words.
(schema.org/ClaimReview; Google: Fact Check structured data.)
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path
from typing import Any, Final

import yaml

from kg.records.files import Item, Unreadable
from kg.sources.json_arrays import array_items
from kg.sources.lines import json_lines, open_file
from kg.sources.records import LONGEST_QUOTE, RecordMapping, item, key_of, line, name_of
from schema.errors import InvalidInput
from schema.ids import digest, normalise_name, normalise_text

_PAGES: Final = (".html", ".htm", ".xhtml")
_LINES: Final = (".jsonl", ".ndjson")
_OTHERS: Final = (".json", ".jsonld")
_MOST_PAGE: Final = 20_000_000
_DEEPEST: Final = 12
_METHOD: Final = "claimreview"
_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_WORDS: Final = re.compile(r"[\W_]+")
_HOLDING: Final = ("@graph", "dataFeedElement", "item", "itemListElement", "mainEntity", "hasPart", "review")
"""Fields in which a ClaimReview can stand inside something else."""

Node = dict[str, Any]


class ClaimReviewSource:
    """Reads a page, a feed, a file of JSON lines, or a folder of these."""

    name = "claimreview"
    reads = (
        "Fact checks as ClaimReview (schema.org JSON-LD): HTML pages, a DataFeed or list in JSON, JSON lines, a folder."
    )

    def items(self, place: str) -> Iterator[Item | Unreadable]:
        """The records of each review."""
        for path in _files(place):
            found = 0
            for each in _nodes(path):
                if isinstance(each, Unreadable):
                    yield each
                    continue
                for where, node in _reviews(*each):
                    found += 1
                    yield from _review(where, node)
            if not found:
                yield Unreadable(str(path), "no ClaimReview stands in it", "")


def _files(place: str) -> list[Path]:
    path = Path(place)
    known = (*_PAGES, *_LINES, *_OTHERS)
    files = sorted(each for each in path.rglob("*") if each.suffix.lower() in known) if path.is_dir() else [path]
    if not files or files[0].suffix.lower() not in (*known, ".gz"):
        raise InvalidInput("nothing there can hold a ClaimReview", place, f"Files that can end in {', '.join(known)}")
    return files


def _nodes(path: Path) -> Iterator[tuple[str, Any] | Unreadable]:
    """The pieces of JSON-LD in a file, each at its place."""
    suffix = path.suffix.lower()
    if suffix in _PAGES:
        yield from _scripts(path)
    elif suffix in _LINES:
        for each in json_lines(path):
            yield each if isinstance(each, Unreadable) else (each.where, each.value)
    else:
        head: Node = {}
        yield from array_items(path, "dataFeedElement", head)
        if head:
            yield f"{path}:1", head


def _scripts(path: Path) -> Iterator[tuple[str, Any] | Unreadable]:
    try:
        with open_file(path) as file:
            page = file.read(_MOST_PAGE + 1)
    except (EOFError, OSError) as error:
        yield Unreadable(str(path), f"the page cannot be read to its end: {error}", "")
        return
    if len(page) > _MOST_PAGE:
        yield Unreadable(str(path), f"the page has more than {_MOST_PAGE:,} bytes", "")
        return
    parser = _Scripts()
    parser.feed(page.decode("utf-8", "replace"))
    parser.close()
    for number, script in parser.found:
        try:
            yield f"{path}:{number}", json.loads(script)
        except (ValueError, RecursionError) as error:
            yield Unreadable(f"{path}:{number}", f"the script is no JSON: {error}", script[:200])


class _Scripts(HTMLParser):
    """Collects the scripts of JSON-LD, each with its line."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        sort = (dict(attrs).get("type") or "").partition(";")[0].strip().casefold()
        self._inside = tag == "script" and sort == "application/ld+json"
        if self._inside:
            self.found.append((self.getpos()[0], ""))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._inside:
            number, script = self.found[-1]
            self.found[-1] = number, script + data


def _reviews(where: str, value: Any, depth: int = 0) -> Iterator[tuple[str, Node]]:
    """Every ClaimReview in a piece of JSON-LD."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _reviews(where, each, depth + 1)
    elif isinstance(value, dict):
        if "claimreview" in _types(value):
            yield where, value
        else:
            for name in _HOLDING:
                yield from _reviews(where, value.get(name), depth + 1)


def _types(node: Node) -> list[str]:
    found = node.get("@type")
    listed = found if isinstance(found, list) else [found]
    return [str(each).rpartition("/")[2].rpartition(":")[2].casefold() for each in listed]


def _one(node: Any, name: str) -> Node:
    """A field's value as an object; of several the first, of a mere name an object with that name."""
    value = node.get(name) if isinstance(node, dict) else None
    value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, dict) else {"name": value} if isinstance(value, str) else {}


def _words_in(node: Node, *names: str) -> str:
    """The first of the fields that has words, as text on one line."""
    for name in names:
        value = node.get(name)
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, str | int | float) and not isinstance(value, bool) and (text := line(str(value))):
            return text
    return ""


def _date(node: Node, *names: str) -> str | None:
    match = _DATE.match(_words_in(node, *names))
    return match[0] if match else None


def _address(node: Node) -> str | None:
    found = _words_in(node, "url", "@id")
    return found if found.startswith(("http://", "https://")) and " " not in found and len(found) <= 2_000 else None


def _review(where: str, node: Node) -> Iterator[Item | Unreadable]:
    claim = _words_in(node, "claimReviewed")
    reviewer = name_of(_words_in(_one(node, "author"), "name") or _words_in(_one(node, "publisher"), "name"))
    rating = _one(node, "reviewRating")
    verdict = _words_in(rating, "alternateName", "name", "ratingExplanation", "ratingValue", "description")
    missing = [
        name for name, value in (("claimReviewed", claim), ("author", reviewer), ("reviewRating", verdict)) if not value
    ]
    if reviewer is None or missing:
        yield Unreadable(where, f"the ClaimReview lacks {', '.join(missing)}", json.dumps(node, default=str)[:500])
        return
    mark = digest(_address(node) or reviewer, claim)[:20]
    keys = {part: key_of("review", part, mark) for part in ("document", "made", "relayed", "rated", "seen")}
    keys["claim"] = key_of("review-claim", digest(normalise_text(claim))[:20])  # several may review the same claim
    text, places = _composed(
        [_words_in(node, "headline", "name"), claim, verdict, _words_in(node, "reviewBody", "description")]
    )
    claimed, rated = places[1], places[2]
    reviewed = _one(node, "itemReviewed")
    claimant = _one(reviewed, "author") or _one(_one(reviewed, "itemReviewed"), "author")
    appeared = next((part for name in ("firstAppearance", "appearance") if _address(part := _one(reviewed, name))), {})
    speaker = name_of(_words_in(claimant, "name"))
    yield item(where, _actor(reviewer, _one(node, "author"), "media"))
    if speaker is not None and normalise_name(speaker) != normalise_name(reviewer):
        yield item(where, _actor(speaker, claimant, "other"))
    yield item(
        where,
        {
            "type": "document",
            "key": keys["document"],
            "title": (_words_in(node, "headline", "name") or claim)[:900],
            "kind": "article",
            "publisher": reviewer,
            "publisher_name": reviewer,
            "published_at": _date(node, "datePublished", "dateCreated"),
            "url": _address(node),
            "language": _language(node),
            "text": text,
            "cites": [keys["seen"]] if appeared else [],
        },
    )
    yield item(where, {"type": "claim", "key": keys["claim"], "text": claim, "kind": "state_of_affairs"})
    about = {"type": "statement", "about": [keys["claim"]], "method": _METHOD}
    made: RecordMapping = {
        **about,
        "key": keys["made"],
        "act": "assert",
        "speaker": speaker or "unnamed",
        "actor": speaker,
        "anonymous": speaker is None,
        "content": claim,
        "asserted_at": _date(reviewed, "datePublished", "dateCreated") or _date(appeared, "datePublished"),
    }
    said = {"document": keys["document"], "speaker": reviewer, "actor": reviewer}
    quoted = {"quote": claim, "start": claimed, "end": claimed + len(claim)}
    if appeared:
        yield item(where, _appearance(keys["seen"], appeared, claim))
        yield item(where, {**made, "document": keys["seen"]})
        relayed = {"key": keys["relayed"], "act": "relay", "content": claim, "relays": [keys["made"]]}
        yield item(where, {**about, **said, **quoted, **relayed})
    else:
        yield item(where, {**made, **quoted, "document": keys["document"]})
    yield item(
        where,
        {
            **about,
            **said,
            **_act(verdict, rating),
            "key": keys["rated"],
            "quote": verdict,
            "start": rated,
            "end": rated + len(verdict),
            "answers": [keys["made"]],
        },
    )


def _composed(parts: list[str]) -> tuple[str, list[int]]:
    """The text of the document, and where each part begins in it; what is empty or stands elsewhere is left out."""
    text, places = "", []
    for number, part in enumerate(parts):
        part = part[:LONGEST_QUOTE]
        if not part or (number not in (1, 2) and part in parts[1:3]):
            places.append(-1)
            continue
        text += "\n\n" if text else ""
        places.append(len(text))
        text += part
    return text, places


def _actor(name: str, node: Node, otherwise: str) -> RecordMapping:
    """Whoever has the name already, else a new actor to be reviewed."""
    kind = next((kind for sort in _types(node) if (kind := _table()["kinds"].get(sort))), otherwise)
    kind = otherwise if kind == "other" else kind
    return {"type": "actor", "name": name, "kind": kind, "provisional": True}


def _appearance(key: str, node: Node, claim: str) -> RecordMapping:
    return {
        "type": "document",
        "key": key,
        "title": (_words_in(node, "headline", "name") or claim)[:900],
        "kind": "post" if "socialmediaposting" in _types(node) else "article",
        "publisher_name": name_of(_words_in(_one(node, "publisher"), "name")),
        "published_at": _date(node, "datePublished"),
        "url": _address(node),
        "seen": False,
    }


def _language(node: Node) -> str | None:
    found = _words_in(node, "inLanguage")
    return found if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", found) else None


def _act(verdict: str, rating: Node) -> RecordMapping:
    """What the review does with the claim: by the words of the rating, else by its number, else it judges."""
    folded = f" {_folded(verdict)} "
    for row in _table()["ratings"]:
        if any(_contains(folded, _folded(phrase)) for phrase in row["words"]):
            return {name: row[name] for name in ("act", "manner") if name in row}
    share = _share(rating)
    if share is None:
        return dict(_table()["otherwise"])
    row = next(each for each in _table()["scale"] if share <= each["up_to"])
    return {name: row[name] for name in ("act", "manner") if name in row}


def _contains(folded: str, phrase: str) -> bool:
    """Whether the phrase stands there as whole words; in scripts without spaces, whether it stands there."""
    return f" {phrase} " in folded or (not phrase.isascii() and " " not in phrase and phrase in folded)


def _folded(words: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(c))
    return _WORDS.sub(" ", unicodedata.normalize("NFC", plain)).strip()


def _share(rating: Node) -> float | None:
    """How far the rating is on the way from the worst to the best."""
    try:
        value, best = float(rating["ratingValue"]), float(rating["bestRating"])
        worst = float(rating.get("worstRating", 1))
    except (KeyError, TypeError, ValueError):
        return None
    return min(1.0, max(0.0, (value - worst) / (best - worst))) if best > worst and value >= 0 else None


@cache
def _table() -> dict[str, Any]:
    text = resources.files("kg.sources").joinpath("claimreview.yaml").read_text("utf-8")
    table: dict[str, Any] = yaml.safe_load(text)
    return table
