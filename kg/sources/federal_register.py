"""Documents of the US Federal Register, and what of them is a policy.

One JSON object a line with ``document_number``, ``title``, ``published``, ``summary`` and ``url``, plain or gz. Each
is a document whose text is its title and abstract. What a policy is, by whom, on whom, and what it does to an order is
read from that text, by the words in ``federal_register.yaml``; each reading stands as evidence with its place there.
The abstracts hardly ever tell the day from which a rule binds; so a rule is ``announced`` on the day it was published,
and no more is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from kg.records.files import Item, Unreadable
from kg.sources.coded import Told, day, row_digest
from kg.sources.federal_register_text import Reading, read_policy
from kg.sources.lines import json_lines
from kg.sources.port import Sourced
from kg.sources.records import RecordMapping, item, key_of
from schema.errors import InvalidInput

_FIELDS: Final = ("document_number", "title", "published", "url")
_NO_ABSTRACT: Final = {"", "No summary provided."}
_PUBLISHER: Final = "Federal Register"


class FederalRegisterSource:
    """Reads documents of the Federal Register."""

    name = "federal_register"
    reads = "Federal Register documents: JSON lines of document_number, title, published, summary and url, plain or gz"

    def items(self, place: str) -> Iterator[Sourced]:
        """For each line the document, and the policy that it is with whom it names."""
        told, actors = Told(), Told()
        known = False
        for number, line in enumerate(json_lines(place)):
            if isinstance(line, Unreadable):
                yield line
                continue
            missing = [name for name in _FIELDS if not isinstance(line.value.get(name), str) or not line.value[name]]
            if missing and not known and number == 0 and len(missing) == len(_FIELDS):
                raise InvalidInput(
                    f"the first line has none of {', '.join(_FIELDS)}", line.where, "Check that this is the file"
                )
            known = True
            try:
                if missing:
                    raise InvalidInput(f"the document lacks {', '.join(missing)}, as text")
                yield from _items(line, told, actors)
            except InvalidInput as error:
                yield Unreadable(line.where, str(error), str(line.value)[:1_000])


def _items(line: Item, told: Told, actors: Told) -> Iterator[Sourced]:
    value: dict[str, Any] = line.value
    number, title = value["document_number"].strip(), " ".join(value["title"].split())
    summary = value.get("summary")
    abstract = " ".join(summary.split()) if isinstance(summary, str) else ""
    abstract = "" if abstract in _NO_ABSTRACT else abstract
    published = day(value["published"].strip())
    digest = row_digest(title, abstract, published, value["url"])
    if (before := told.before(number, digest)) == digest:
        return
    if before is not None:
        raise InvalidInput(f"the document {number[:40]} stood before with other content", remedy="Keep one of the two")
    text = f"{title}\n\n{abstract}" if abstract else title
    key = key_of("fr", number)
    reading = read_policy(title, text)
    for each in reading.actors if reading else ():
        if actors.before(each.name) is None:
            yield item(line.where, each.record())
    yield item(
        line.where,
        {
            "type": "document",
            "key": key,
            "title": title[:1_000],
            "kind": "federal_register",
            "publisher_name": _PUBLISHER,
            "issuers": [each.name for each in reading.issuers] if reading else [],
            "url": value["url"].strip(),
            "language": "en",
            "published_at": published,
            "text": text,
            "licence": "US government, public domain",
        },
    )
    if reading is not None:
        for order in reading.orders:
            yield item(line.where, _order(order.number))
        yield item(line.where, _policy(number, title, published, value["url"].strip(), key, reading))


def _order(number: str) -> RecordMapping:
    """An order that is known by its number only; where the graph knows more of it, nothing changes."""
    return {
        "type": "policy",
        "number": f"EO {number}",
        "title": f"Executive Order {number}",
        "kind": "executive_order",
        "provisional": True,
    }


def _policy(number: str, title: str, published: str, url: str, key: str, reading: Reading) -> RecordMapping:
    step: RecordMapping = {"status": reading.status, "at": published}
    if reading.status == "announced":
        step["until"] = published  # an event of that day: from when on it binds, the abstract does not tell
    step["citation"] = f"Federal Register document {number}, published {date.fromisoformat(published):%Y-%m-%d}"
    effects = {
        effect: list(dict.fromkeys(f"EO {order.number}" for order in reading.orders if order.effect == effect))
        for effect in ("amends", "revokes", "implements")
    }
    return {
        "type": "policy",
        "title": title[:1_000],
        "kind": reading.kind,
        "number": number,
        "url": url,
        "issuers": [each.name for each in reading.issuers],
        "targets": list(dict.fromkeys(each.name for each in reading.targets)),
        **effects,
        "statuses": [step],
        "evidence": [
            {"document": key, "quote": span.quote, "start": span.start, "end": span.end, "citation": span.says}
            for span in reading.spans
        ],
    }
