"""Bundles of STIX 2.1: actors, who attributes what to whom, who agrees, and what was sighted.

A STIX object is a statement of its creator (``created_by_ref``) where words stand behind it: its description becomes
the text of a document, and the statement quotes it. An object without words, or whose creator is not named, is no
statement: a relationship with a citation, or an event. What becomes of each type stands in ``stix.yaml``. (OASIS: STIX
Version 2.1, 2021.)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from kg.records.files import Item, Unreadable
from kg.sources.country_codes import country_named, country_of_alpha2
from kg.sources.json_arrays import array_items
from kg.sources.records import LONGEST_QUOTE, RecordMapping, alias, aliases, item, key_of, line, name_of
from schema.errors import InvalidInput

_SOURCE: Final = "STIX"
_METHOD: Final = "stix"
_REFERRING: Final = ("relationship", "opinion", "sighting", "report")

Object = dict[str, Any]


@dataclass(slots=True)
class _Known:
    """What an object is, for those that refer to it."""

    name: str
    label: str
    """``Actor`` or ``Topic``."""
    ref: str
    """How records name it: by key, a state by its name."""


@dataclass(slots=True)
class _Bundle:
    """The named objects of a bundle and its accusations, by id: what refers may stand before what it refers to."""

    place: str
    named: dict[str, _Known] = field(default_factory=dict)
    creators: dict[str, str] = field(default_factory=dict)
    """Creator of each accusation that has words behind it."""


class StixSource:
    """Reads a bundle."""

    name = "stix"
    reads = "A bundle of STIX 2.1 in JSON."

    def items(self, place: str) -> Iterator[Item | Unreadable]:
        """The records of a bundle. It is read twice: who is named in it is kept in memory, all else is not."""
        bundle = _Bundle(place)
        head: dict[str, Any] = {}
        for each in array_items(place, "objects", head):
            if isinstance(each, tuple):
                _note(bundle, each[1])
        if head.get("type", "bundle") != "bundle" or not (bundle.named or "type" in head or "id" in head):
            raise InvalidInput("the file is no bundle of STIX", place, "A bundle has the type 'bundle' and objects")
        for each in array_items(place, "objects"):
            if isinstance(each, Unreadable):
                yield each
            else:
                yield from _read(bundle, *each)


def _note(bundle: _Bundle, value: Any) -> None:
    if not isinstance(value, dict) or not isinstance(value.get("id"), str) or value.get("revoked"):
        return
    sort, words = value.get("type"), _words()
    if sort == "relationship" and value.get("relationship_type") in words["accusations"] and _text(value):
        if isinstance(value.get("created_by_ref"), str):
            bundle.creators[value["id"]] = value["created_by_ref"]
    elif sort == "location":
        if (state := _state(value)) is not None:
            bundle.named[value["id"]] = _Known(state["name"], "Actor", state["name"])
    elif (name := name_of(value.get("name") if isinstance(value.get("name"), str) else None)) is not None:
        label = "Actor" if sort in words["actors"] else "Topic" if sort in words["topics"] else ""
        if label:
            bundle.named[value["id"]] = _Known(name, label, key_of("stix", value["id"]))


def _read(bundle: _Bundle, where: str, value: Any) -> Iterator[Item | Unreadable]:
    if not isinstance(value, dict) or not isinstance(value.get("id"), str) or not isinstance(value.get("type"), str):
        yield Unreadable(where, "the element is no STIX object: it needs a type and an id", str(value)[:500])
        return
    sort, identifier, words = value["type"], value["id"], _words()
    if value.get("revoked"):
        yield Unreadable(where, f"{identifier[:80]} was revoked by its creator and was not read", identifier)
    elif sort in _REFERRING:
        missing = [ref for ref in _needed(value) if ref not in bundle.named and ref not in bundle.creators]
        if missing and sort != "report":
            reason = f"{identifier[:80]} refers to {missing[0][:80]}, which the bundle does not have or name"
            yield Unreadable(where, reason, identifier)
        else:
            read = {"relationship": _relationship, "opinion": _opinion, "sighting": _sighting, "report": _report}[sort]
            yield from read(bundle, where, value)
    elif sort in words["actors"] or sort in words["topics"]:
        if identifier not in bundle.named:
            yield Unreadable(where, f"{identifier[:80]} has no name", identifier)
        else:
            yield item(where, _actor(value) if sort in words["actors"] else _topic(value))
    elif sort == "location":
        if (state := _state(value)) is not None:
            yield item(where, state)
    elif sort not in words["passed_over"] and not sort.startswith("x-"):
        yield Unreadable(where, f"STIX 2.1 has no object of the type {sort[:60]!r}", identifier)


def _needed(value: Object) -> list[str]:
    names = {
        "relationship": ("source_ref", "target_ref"),
        "opinion": ("created_by_ref",),
        "sighting": ("sighting_of_ref",),
    }.get(value["type"], ())
    return [str(value.get(name)) for name in names]


def _text(value: Object, *names: str) -> str | None:
    found = next((value[name] for name in names or ("description",) if isinstance(value.get(name), str)), "")
    return found.strip() or None


def _actor(value: Object) -> RecordMapping:
    name = name_of(value["name"]) or ""
    words, sort = _words(), value["type"]
    kind = words["actors"][sort]
    if sort == "identity":
        of_sector = (words["sectors"].get(each) for each in _list(value, "sectors"))
        of_class = words["classes"].get(value.get("identity_class"), kind)
        kind = of_class if of_class == "person" else next((each for each in of_sector if each), of_class)
    elif value.get("resource_level") == "individual":
        kind = "person"
    return {
        "type": "actor",
        "key": key_of("stix", value["id"]),
        "name": name,
        "qualifier": value["id"],
        "kind": kind,
        "aliases": aliases(name, (alias(each, source=_SOURCE) for each in _list(value, "aliases"))),
        "identifiers": {"stix": value["id"]},
        "description": line(_text(value)),
    }


def _topic(value: Object) -> RecordMapping:
    return {
        "type": "topic",
        "key": key_of("stix", value["id"]),
        "name": name_of(value["name"]),
        "kind": _words()["topics"][value["type"]],
    }


def _list(value: Object, name: str) -> list[str]:
    found = value.get(name)
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _state(value: Object) -> RecordMapping | None:
    """The state of a location: who has its name already is meant."""
    named = str(value.get("country", ""))
    state = country_of_alpha2(named) or country_named(named) or country_named(str(value.get("name", "")))
    if state is None:
        return None
    return {
        "type": "actor",
        "name": state.name,
        "kind": "government",
        "country": state.alpha2,
        "provisional": True,
    }


def _citation(value: Object) -> str:
    return f"STIX {value['id']}" + (f", created by {by}" if (by := value.get("created_by_ref")) else "")


def _document(bundle: _Bundle, where: str, value: Object, title: str, text: str) -> Item:
    """The document that the words of an object are."""
    creator = value.get("created_by_ref")
    return item(
        where,
        {
            "type": "document",
            "key": key_of("stix-text", value["id"]),
            "title": f"{title[:900]} ({value['id'][:90]})",  # so that two objects are not versions of one
            "kind": "dataset",
            "publisher": bundle.named[creator].ref if creator in bundle.named else None,
            "published_at": _day(value, "created"),
            "url": _address(value),
            "text": text,
            "licence": "as marked in the bundle" if value.get("object_marking_refs") else None,
        },
    )


def _day(value: Object, *names: str) -> str | None:
    found = next((value[name] for name in names if isinstance(value.get(name), str)), "")
    return found[:10] if len(found) >= 10 else None


def _address(value: Object) -> str | None:
    references = value.get("external_references")
    for each in references if isinstance(references, list) else ():
        address = each.get("url") if isinstance(each, dict) else None
        if isinstance(address, str) and address.startswith(("http://", "https://")):
            return f"{address}#{value['id']}"
    return None


def _relationship(bundle: _Bundle, where: str, value: Object) -> Iterator[Item | Unreadable]:
    source, target = bundle.named[value["source_ref"]], bundle.named[value["target_ref"]]
    sort, text = str(value.get("relationship_type", "related-to")), _text(value)
    accusation = _words()["accusations"].get(sort)
    said = accusation is not None and value["id"] in bundle.creators
    if said and {"source": source, "target": target}[accusation["subject"]].label != "Actor":
        yield Unreadable(where, f"{value['id'][:80]} says {sort[:40]!r} of a topic, which cannot act", value["id"])
        return
    if not said and not source.label == target.label == "Actor":
        reason = f"{value['id'][:80]} ties a topic by {sort[:40]!r} without words of a named creator"
        yield Unreadable(where, reason, value["id"])
        return
    evidence: dict[str, str] = {"citation": _citation(value)}
    if text is not None:
        yield _document(bundle, where, value, f"{source.name} {sort} {target.name}", text)
        evidence = {"document": key_of("stix-text", value["id"]), "quote": text[:LONGEST_QUOTE]}
    if said:
        yield from _accusation(bundle, where, value, accusation, text or "")
    else:
        relation = _words()["relations"].get(sort, "ASSOCIATED_WITH")
        yield item(where, _tie(bundle, value, relation, None if sort in _words()["relations"] else sort, evidence))


def _tie(bundle: _Bundle, value: Object, relation: str, role: str | None, evidence: dict[str, str]) -> RecordMapping:
    return {
        "type": "relationship",
        "relation": relation,
        "source": bundle.named[value["source_ref"]].ref,
        "target": bundle.named[value["target_ref"]].ref,
        "role": role,
        "valid_from": _day(value, "start_time"),
        "valid_to": _day(value, "stop_time"),
        "evidence": evidence,
    }


def _accusation(bundle: _Bundle, where: str, value: Object, accusation: dict[str, str], text: str) -> Iterator[Item]:
    """What the creator alleges, in its own words."""
    ends = {"source": value["source_ref"], "target": value["target_ref"]}
    named = {end: bundle.named[ref] for end, ref in ends.items()}
    subject, towards = accusation["subject"], accusation["object"]
    yield item(
        where,
        {
            "type": "claim",
            "key": key_of("stix-claim", value["id"]),
            "text": accusation["text"].format(source=named["source"].name, target=named["target"].name),
            "subjects": [named[subject].ref],
            "objects": [named[towards].ref],
            "event_time": _day(value, "start_time"),
        },
    )
    yield _statement(bundle, where, value, text, {"act": "allege"}, [value["id"]])


def _statement(bundle: _Bundle, where: str, value: Object, text: str, words: dict[str, str], about: list[str]) -> Item:
    creator = value["created_by_ref"]
    answered = [each for each in about if each != value["id"]]
    return item(
        where,
        {
            "type": "statement",
            "key": key_of("stix-statement", value["id"]),
            "document": key_of("stix-text", value["id"]),
            "speaker": bundle.named[creator].name,
            "actor": bundle.named[creator].ref,
            "about": [key_of("stix-claim", each) for each in about],
            "quote": text[:LONGEST_QUOTE],
            "start": 0,
            "end": len(text[:LONGEST_QUOTE]),
            "asserted_at": _day(value, "created"),
            "method": _METHOD,
            "answers": [key_of("stix-statement", each) for each in answered],
            **words,
        },
    )


def _opinion(bundle: _Bundle, where: str, value: Object) -> Iterator[Item | Unreadable]:
    """What somebody thinks of an accusation."""
    text = _text(value, "explanation")
    words = _words()["opinions"].get(value.get("opinion"))
    about = [ref for ref in _list(value, "object_refs") if ref in bundle.creators]
    if words is None:
        known = ", ".join(_words()["opinions"])
        yield Unreadable(where, f"unknown opinion {str(value.get('opinion'))[:40]!r}. Known: {known}", value["id"])
    elif text is None:
        yield Unreadable(where, "the opinion has no explanation: without words it is no statement", value["id"])
    elif not about:
        reason = "the opinion is about no relationship that accuses somebody in words of a named creator"
        yield Unreadable(where, reason, value["id"])
    else:
        title = f"{bundle.named[value['created_by_ref']].name}: {value['opinion']}"
        yield _document(bundle, where, value, title, text)
        yield _statement(bundle, where, value, text, words, about)


def _sighting(bundle: _Bundle, where: str, value: Object) -> Iterator[Item | Unreadable]:
    """An event: that something or somebody was seen at somebody's place."""
    sighted, at = bundle.named[value["sighting_of_ref"]], _day(value, "first_seen", "created")
    if at is None:
        yield Unreadable(where, f"{value['id'][:80]} has no day", value["id"])
        return
    seen_at = [ref for ref in _list(value, "where_sighted_refs") if ref in bundle.named]
    actor = sighted.label == "Actor"
    text = _text(value)
    if text is not None:
        yield _document(bundle, where, value, f"{sighted.name} sighted", text)
    evidence: dict[str, str] = {"citation": _citation(value)}
    if text is not None:
        evidence = {"document": key_of("stix-text", value["id"]), "quote": text[:LONGEST_QUOTE]}
    key = sighted.ref
    count = value.get("count")
    yield item(
        where,
        {
            "type": "event",
            "kind": "coded_interaction",
            "title": f"{sighted.name} sighted",
            "at": at,
            "participants": [
                *([{"actor": key, "role": "agent"}] if actor else []),
                *({"actor": bundle.named[ref].ref, "role": "patient"} for ref in seen_at),
            ],
            "concerns": [] if actor else [key],
            "figures": {"count": count} if isinstance(count, int) and not isinstance(count, bool) else {},
            "evidence": [evidence],
            "source_row": f"stix {value['id']}",
        },
    )


def _report(bundle: _Bundle, where: str, value: Object) -> Iterator[Item | Unreadable]:
    """A report is a document: with its description for a text, else one that nobody has seen."""
    title, text = name_of(_text(value, "name")), _text(value)
    if title is None:
        yield Unreadable(where, f"{value['id'][:80]} has no name", value["id"])
        return
    if text is not None:
        yield _document(bundle, where, {**value, "created": value.get("published", value.get("created"))}, title, text)
        return
    creator = value.get("created_by_ref")
    yield item(
        where,
        {
            "type": "document",
            "key": key_of("stix-text", value["id"]),
            "title": title,
            "kind": "dataset",
            "issuers": [bundle.named[creator].ref] if creator in bundle.named else [],
            "published_at": _day(value, "published", "created"),
            "url": _address(value),
            "seen": False,
        },
    )


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(resources.files("kg.sources").joinpath("stix.yaml").read_text("utf-8"))
    return words
