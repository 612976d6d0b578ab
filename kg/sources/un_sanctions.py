"""The consolidated list of the UN Security Council's sanctions committees, as the UN publishes it in XML.

Each listing is a policy of its own, in effect from the day on which it was made, that implements the list which it is
on: so a question as of an earlier day does not find who was listed later.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from kg.records.files import Item, Unreadable
from kg.sources.country_codes import country_named
from kg.sources.lines import open_file
from kg.sources.records import RecordMapping, alias, aliases, in_small_letters, item, key_of, line
from schema.errors import InvalidInput

AUTHORITY: Final = "UN Security Council"
_AUTHORITY: Final = {"type": "actor", "name": AUTHORITY, "kind": "international_organization", "provisional": True}
_ROOT: Final = "CONSOLIDATED_LIST"
_ENTRIES: Final = {"INDIVIDUAL": "person", "ENTITY": "other"}
_CHUNK: Final = 1 << 16
_DEEPEST: Final = 20
_DATE: Final = len("2015-07-01")
_MOST_TEXT: Final = 1_000_000
_SOURCE: Final = "UN consolidated list"
_ALIAS_KINDS: Final = {"good": "name", "low": "weak", "a.k.a.": "name", "f.k.a.": "former"}
_OF_GROUPS: Final = ("Al-Qaida", "Taliban", "Somalia", "DRC")
"""Lists whose entities are armed or terrorist groups for the most part, and not companies."""
_DOCUMENTS: Final = (("passport", "passport"), ("pasaporte", "passport"), ("passeport", "passport"))


class UnSanctionsSource:
    """Reads ``consolidated.xml``."""

    name = "un_sanctions"
    reads = "The UN Security Council's consolidated sanctions list in XML (consolidated.xml)."

    def items(self, place: str) -> Iterator[Item | Unreadable]:
        """The actors on the list, and the listings that target them."""
        lists: set[str] = set()
        for entry in _entries(place):
            if isinstance(entry, Unreadable):
                yield entry
                continue
            where, kind, element = entry
            reference, actor = _text(element, "REFERENCE_NUMBER"), _actor(element, kind)
            if not reference or not actor["name"]:
                yield Unreadable(where, "the entry has no reference number or no name", actor["name"])
                continue
            regime = _text(element, "UN_LIST_TYPE") or "unnamed"
            if not lists:
                yield item(where, _AUTHORITY)
            if regime not in lists:
                lists.add(regime)
                yield item(where, _regime(regime))
            yield item(where, actor)
            yield item(where, _listing(element, actor, regime))


class _Builder:
    """Builds one entry at a time, and keeps nothing of those before it."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._builder: TreeBuilder | None = None
        self._depth = 0
        self._size = 0
        self.expat: Any = None
        self.finished: list[tuple[str, str, Element]] = []
        self._at = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and tag != _ROOT:
            raise InvalidInput(f"the file is no consolidated list of the UN: it begins with <{tag[:40]}>", self._place)
        if self._depth > _DEEPEST:
            raise ParseError(f"elements are nested more than {_DEEPEST} deep")
        if self._builder is None and tag in _ENTRIES:
            self._builder, self._size, self._at = TreeBuilder(), 0, self.expat.CurrentLineNumber
        if self._builder is not None:
            self._builder.start(tag, attributes)

    def data(self, text: str) -> None:
        if self._builder is not None:
            self._size += len(text)
            if self._size > _MOST_TEXT:
                raise ParseError(f"an entry has more than {_MOST_TEXT:,} characters")
            self._builder.data(text)

    def end(self, tag: str) -> None:
        self._depth -= 1
        if self._builder is not None:
            self._builder.end(tag)
            if tag in _ENTRIES:
                self.finished.append((f"{self._place}:{self._at}", _ENTRIES[tag], self._builder.close()))
                self._builder = None

    def close(self) -> None:
        """Nothing is left to do."""


def _entries(place: str) -> Iterator[tuple[str, str, Element] | Unreadable]:
    builder = _Builder(place)
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    expat = builder.expat = parser.parser
    with open_file(place) as file:
        try:
            while chunk := file.read(_CHUNK):
                parser.feed(chunk)
                yield from builder.finished
                builder.finished.clear()
            parser.close()
        except ParseError as error:
            yield from builder.finished
            where = f"{Path(place)}:{expat.CurrentLineNumber}"
            yield Unreadable(where, f"the XML ends or breaks here: {error}. Fetch the file again", "")
        except DefusedXmlException as error:
            where = f"{place}:{expat.CurrentLineNumber}"
            raise InvalidInput(
                f"the XML declares a document type or entities, which can grow without end ({type(error).__name__})",
                where,
                "The UN's own file has none; fetch it again",
            ) from error
        except (EOFError, OSError) as error:
            yield from builder.finished
            yield Unreadable(place, f"the file cannot be read to its end: {error}. Fetch it again", "")


def _text(element: Element, path: str) -> str:
    return " ".join((element.findtext(path) or "").split())


def _texts(element: Element, path: str) -> list[str]:
    return [text for found in element.iterfind(path) if (text := " ".join((found.text or "").split()))]


def _actor(element: Element, kind: str) -> RecordMapping:
    reference = _text(element, "REFERENCE_NUMBER")
    parts = [_text(element, f"{number}_NAME") for number in ("FIRST", "SECOND", "THIRD", "FOURTH")]
    listed = " ".join(part for part in parts if part)
    name = in_small_letters(listed) if kind == "person" else listed
    tag = "INDIVIDUAL" if kind == "person" else "ENTITY"
    found = [alias(_text(element, "NAME_ORIGINAL_SCRIPT"), "official", source=_SOURCE)]
    for each in element.iterfind(f"{tag}_ALIAS"):
        sort = _ALIAS_KINDS.get(_text(each, "QUALITY").casefold(), "name")
        former = "listed as" in _text(each, "NOTE").casefold()
        found.append(alias(_text(each, "ALIAS_NAME"), "former" if former else sort, source=_SOURCE))
    countries = [*_texts(element, "NATIONALITY/VALUE"), *_texts(element, f"{tag}_ADDRESS/COUNTRY")]
    about = [text for path in ("TITLE/VALUE", "DESIGNATION/VALUE", "COMMENTS1") for text in _texts(element, path)]
    return {
        "type": "actor",
        "key": key_of("un", reference),
        "name": name,
        "qualifier": f"un:{reference}",
        "kind": "group" if kind == "other" and _text(element, "UN_LIST_TYPE") in _OF_GROUPS else kind,
        "country": next((code.alpha2 for each in countries if (code := country_named(each))), None),
        "aliases": aliases(name, found),
        "identifiers": {"un": reference, **_documents(element)},
        "description": line("; ".join(about)),
    }


def _documents(element: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for document in element.iterfind("INDIVIDUAL_DOCUMENT"):
        number = _text(document, "NUMBER")
        if not number:
            continue
        sort = f"{_text(document, 'TYPE_OF_DOCUMENT')} {_text(document, 'TYPE_OF_DOCUMENT2')}".casefold()
        scheme = next((scheme for word, scheme in _DOCUMENTS if word in sort), "national_id")
        issuer = _text(document, "ISSUING_COUNTRY") or _text(document, "COUNTRY_OF_ISSUE")
        found.setdefault(scheme, []).append(f"{number} ({issuer})" if issuer else number)
    return found


def _regime(regime: str) -> RecordMapping:
    return {
        "type": "policy",
        "number": f"UN list {regime}",
        "title": f"United Nations sanctions list: {regime}",
        "kind": "sanction",
        "issuers": [AUTHORITY],
        "evidence": [{"citation": f"{_SOURCE}, entries of the list {regime}"}],
    }


def _listing(element: Element, actor: RecordMapping, regime: str) -> RecordMapping:
    reference = _text(element, "REFERENCE_NUMBER")
    listed_on = _text(element, "LISTED_ON")[:_DATE]  # some have an offset from UTC behind the date
    citation = f"{_SOURCE}, {reference}"
    return {
        "type": "policy",
        "number": f"UN {reference}",
        "title": f"UN sanctions listing {reference}: {actor['name']}",
        "kind": "sanction",
        "issuers": [AUTHORITY],
        "targets": [actor["key"]],
        "implements": [f"UN list {regime}"],
        "statuses": [{"status": "in_effect", "at": listed_on, "citation": citation}] if listed_on else [],
        "effective_from": listed_on,
        "evidence": [{"citation": citation}],
    }
