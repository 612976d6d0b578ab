"""Entities of FollowTheMoney, one JSON object a line, as its command ``ftm`` and OpenSanctions write them.

``{"id": …, "schema": "Person", "properties": {"name": […], …}}``. An entity's id is the qualifier of its actor, so two
persons of one name stay two. An edge is an entity too, and names its ends by their ids. What becomes of each schema
stands in ``ftm.yaml``. (FollowTheMoney: https://followthemoney.tech/explorer/)
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from kg.records.files import Item, Unreadable
from kg.sources.country_codes import country_of_alpha2
from kg.sources.lines import byte_lines, json_lines
from kg.sources.records import alias, aliases, item, key_of, line, name_of
from schema.ids import normalise_name

_MOST_POSITIONS: Final = 200_000
"""Posts whose names are kept, for the persons who hold them."""
_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_NO_ENTITY: Final = "the line is no entity of FollowTheMoney: it needs an id, a schema and properties"

Properties = dict[str, list[str]]


class FtmSource:
    """Reads ``entities.ftm.json``."""

    name = "ftm"
    reads = "FollowTheMoney entities, one JSON object a line (entities.ftm.json), plain or compressed with gzip."

    def items(self, place: str) -> Iterator[Item | Unreadable]:
        """Actors, their relationships, and sanctions as policies that target them."""
        positions = _positions(place)
        authorities: set[str] = set()
        for each in json_lines(place):
            if isinstance(each, Unreadable):
                yield each
                continue
            value, where = each.value, each.where
            identifier, schema, raw = value.get("id"), value.get("schema"), value.get("properties")
            if not (isinstance(identifier, str) and identifier and isinstance(schema, str) and isinstance(raw, dict)):
                yield Unreadable(where, _NO_ENTITY, str(value)[:500])
                continue
            properties = _properties(raw)
            if schema in _words()["actors"]:
                yield _actor(where, identifier, schema, properties, value.get("caption"))
            elif schema in _words()["edges"]:
                yield from _edge(where, identifier, schema, properties)
            elif schema == "Occupancy":
                yield from _occupancy(where, identifier, properties, positions)
            elif schema == "Sanction":
                yield from _sanction(where, identifier, properties, authorities)
            elif schema != "Position" and schema not in _words()["passed_over"]:
                known = [*_words()["actors"], *_words()["edges"], *_words()["passed_over"], "Sanction", "Position"]
                near = difflib.get_close_matches(schema[:60], known, n=1)
                hint = f". Did you mean {near[0]!r}?" if near else ""
                yield Unreadable(where, f"FollowTheMoney has no schema {schema[:60]!r}{hint}", str(value)[:500])


def _positions(place: str) -> dict[str, tuple[str, str | None]]:
    """The posts that the file tells of, by id: their names and countries."""
    if not any(isinstance(raw, bytes) and b'"Position"' in raw for raw in byte_lines(place)):
        return {}
    found: dict[str, tuple[str, str | None]] = {}
    for each in json_lines(place):
        if isinstance(each, Item) and each.value.get("schema") == "Position" and len(found) < _MOST_POSITIONS:
            raw = each.value.get("properties")
            properties = _properties(raw) if isinstance(raw, dict) else {}
            if (name := name_of(_first(properties, "name"))) is not None:
                found[str(each.value.get("id"))] = (name[:300], _country(properties))
    return found


def _properties(raw: dict[str, Any]) -> Properties:
    """The values as lists of strings, as the format has them; of an entity in place of its id the id is taken."""
    found: Properties = {}
    for name, values in raw.items():
        listed = values if isinstance(values, list) else [values]
        texts = [each.get("id") if isinstance(each, dict) else each for each in listed]
        found[name] = [text for text in texts if isinstance(text, str) and text.strip()]
    return found


def _first(properties: Properties, *names: str) -> str | None:
    return next((properties[name][0] for name in names if properties.get(name)), None)


def _date(properties: Properties, *names: str) -> str | None:
    """The first date as EDTF; what the format writes behind a day is left out."""
    match = _DATE.match(_first(properties, *names) or "")
    return match[0] if match else None


def _country(properties: Properties) -> str | None:
    codes = (code for name in _words()["countries"] for code in properties.get(name, ()))
    return next((found.alpha2 for code in codes if (found := country_of_alpha2(code))), None)


def _actor(where: str, identifier: str, schema: str, properties: Properties, caption: Any) -> Item | Unreadable:
    name = name_of(caption if isinstance(caption, str) and caption != identifier else None) or name_of(
        _first(properties, "name", "alias", "weakAlias", "abbreviation")
    )
    if name is None:
        return Unreadable(where, f"the entity {identifier[:60]!r} has no name", identifier)
    found = [
        alias(text, kind, source="FollowTheMoney")
        for field, kind in _words()["names"].items()
        for text in properties.get(field, ())
    ]
    topics = properties.get("topics", ())
    kind = next((of for topic in topics if (of := _words()["topics"].get(topic))), _words()["actors"][schema])
    about = (text for field in _words()["descriptions"] for text in properties.get(field, ()))
    return item(
        where,
        {
            "type": "actor",
            "key": key_of("ftm", identifier),
            "name": name,
            "qualifier": f"ftm:{identifier}",
            "kind": "person" if schema == "Person" else kind,
            "country": _country(properties),
            "aliases": aliases(name, found),
            "identifiers": {"ftm": identifier, **_identifiers(properties)},
            "description": line("; ".join(dict.fromkeys(about))),
        },
    )


def _identifiers(properties: Properties) -> dict[str, list[str]]:
    found = {scheme: properties[field] for field, scheme in _words()["identifiers"].items() if properties.get(field)}
    return {scheme: list(dict.fromkeys(values)) for scheme, values in found.items()}


def _evidence(identifier: str, properties: Properties) -> dict[str, str]:
    address = _first(properties, "sourceUrl")
    return {"citation": f"FollowTheMoney {identifier}" + (f", {address}" if address else "")}


def _edge(where: str, identifier: str, schema: str, properties: Properties) -> Iterator[Item | Unreadable]:
    row = _words()["edges"][schema]
    missing = [end for end in (row["source"], row["target"]) if not properties.get(end)]
    if missing:
        yield Unreadable(where, f"the {schema} {identifier[:60]!r} lacks {' and '.join(missing)}", identifier)
        return
    role = line(_first(properties, *_words()["roles"])) or row.get("role")
    relation = row["relation"]
    if "otherwise" in row and not _heads(role or ""):
        relation = row["otherwise"]
    percentage = _first(properties, "percentage")
    if schema == "Ownership" and percentage:
        role = f"{role or 'owner'}, {percentage.rstrip('%')}%"
    yield from (
        item(
            where,
            {
                "type": "relationship",
                "relation": relation,
                "source": key_of("ftm", source),
                "target": key_of("ftm", target),
                "role": role,
                "valid_from": _date(properties, "startDate", "date"),
                "valid_to": _date(properties, "endDate"),
                "evidence": _evidence(identifier, properties),
            },
        )
        for source in properties[row["source"]]
        for target in properties[row["target"]]
    )


def _heads(role: str) -> bool:
    return bool(re.search(rf"\b(?:{'|'.join(map(re.escape, _words()['heads']))})\b", role.casefold()))


def _occupancy(
    where: str, identifier: str, properties: Properties, positions: dict[str, tuple[str, str | None]]
) -> Iterator[Item | Unreadable]:
    """Who held a post: affiliated with the state whose post it is, in the role that the post has for its name."""
    post = _first(properties, "post")
    holder = _first(properties, "holder")
    if post is None or holder is None:
        yield Unreadable(where, f"the Occupancy {identifier[:60]!r} lacks its holder or its post", identifier)
        return
    name, country = positions.get(post, (None, None))
    state = country_of_alpha2(country) if country else None
    if name is None or state is None:
        yield Unreadable(where, f"nothing in the file says what the post {post[:60]!r} is, and of which state", post)
        return
    yield item(where, {"type": "actor", "name": state.name,
                       "kind": "government", "country": state.alpha2, "provisional": True})  # fmt: skip
    yield item(
        where,
        {
            "type": "relationship",
            "relation": "AFFILIATED_WITH",
            "source": key_of("ftm", holder),
            "target": state.name,
            "role": name,
            "valid_from": _date(properties, "startDate", "date"),
            "valid_to": _date(properties, "endDate"),
            "evidence": _evidence(identifier, properties),
        },
    )


def _sanction(
    where: str, identifier: str, properties: Properties, authorities: set[str]
) -> Iterator[Item | Unreadable]:
    """A sanction is a policy of its own: it has dates of its own, and a reason."""
    targets = properties.get("entity")
    if not targets:
        yield Unreadable(where, f"the Sanction {identifier[:60]!r} names no entity", identifier)
        return
    authority = name_of(_first(properties, "authority"))
    if authority and normalise_name(authority) not in authorities:
        authorities.add(normalise_name(authority))
        yield item(where, {"type": "actor", "name": authority, "kind": "government_body",
                           "country": _country(properties), "provisional": True})  # fmt: skip
    program = name_of(_first(properties, "program", "programId", "provisions", "summary")) or "Sanction"
    start = _date(properties, "startDate", "listingDate", "date")
    end = _date(properties, "endDate")
    citation = _evidence(identifier, properties)
    yield item(
        where,
        {
            "type": "policy",
            "number": f"FTM {identifier}",
            "title": f"{program[:700]} ({authority})" if authority else program,
            "kind": "sanction",
            "description": line(_first(properties, "reason")),
            "issuers": [authority] if authority else [],
            "targets": [key_of("ftm", target) for target in targets],
            "statuses": [
                *([{"status": "in_effect", "at": start, **citation}] if start else []),
                *([{"status": "expired", "at": end, **citation}] if end else []),
            ],
            "effective_from": start,
            "effective_to": end,
            "evidence": [citation],
        },
    )


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(resources.files("kg.sources").joinpath("ftm.yaml").read_text("utf-8"))
    return words
