"""What title and abstract of a document of the Federal Register say of a policy, each with its place. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from kg.sources.country_codes import CountryCode, country_named, country_names
from kg.sources.records import RecordMapping

_OWN: Final = "US"
_ABBREVIATED: Final = re.compile(
    r"(?:^|[.,] |\n\n)(?:In this [\w ]{4,20}, )?[Tt]he (?P<name>(?:U\.S\. |United States )?"
    r"(?:[A-Z][\w'’.&-]*|of|and|the|for|on)(?: (?:[A-Z][\w'’.&-]*|of|and|the|for|on)){1,9})"
    r" \((?P<short>[A-Z][A-Za-z&-]{1,9})\)"
)
_PUBLIC: Final = re.compile(
    r"\b(Department|Bureau|Office|Agency|Administration|Commission|Service|Board|Council|Corps)\b"
)
_SEPARATOR: Final = re.compile(r"(?:\s*\([^()]{1,30}\))?(?:'s|’s)?(?:,? and (?:the )?|, (?:the )?|,? or (?:the )?)")
_QUOTED: Final = re.compile(r"[\"“](?P<name>[^\"“”]{3,120})[\"”]")
_ORDER: Final = r"(?:the )?(?:E\.O\.|EO|Executive Order)(?: No\.)? (?P<number>1\d{4})\b"


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the text, and what it says."""

    quote: str
    start: int
    end: int
    says: str


@dataclass(frozen=True, slots=True)
class NamedActor:
    """Whom the text names, and the name under which the graph looks for it."""

    name: str
    kind: str
    country: str | None

    def record(self) -> RecordMapping:
        """Whoever has that name already, else a new provisional actor."""
        return {
            "type": "actor",
            "name": self.name,
            "kind": self.kind,
            "country": self.country,
            "provisional": True,
        }


@dataclass(frozen=True, slots=True)
class OrderTouched:
    """An executive order, and what the document does to it."""

    number: str
    effect: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document says of the policy that it is."""

    kind: str
    status: str
    issuers: tuple[NamedActor, ...]
    targets: tuple[NamedActor, ...]
    orders: tuple[OrderTouched, ...]
    spans: tuple[Span, ...]

    @property
    def actors(self) -> tuple[NamedActor, ...]:
        """All whom it names."""
        return tuple(dict.fromkeys((*self.issuers, *self.targets)))


def read_policy(title: str, text: str) -> Reading | None:
    """Read title and abstract; None where the document is no policy.

    Args:
        title: the title, which the text begins with.
        text: the document's text: the title and, behind an empty line, the abstract.
    """
    abstract = text[len(title) :]
    found = next((row for row in _rules()["policies"] if _fits(row, title, abstract)), None)
    if found is None or found["kind"] is None:
        return None
    proposed = re.search(_rules()["proposed"], text)
    spans = [Span(title[:1_000], 0, min(len(title), 1_000), "title")]
    issuers = list(_issuers(text, spans))
    targets: list[NamedActor] = []
    if found["kind"] in ("export_control", "sanction", "tariff", "executive_order"):
        targets += _countries(text, spans)
        if "Entity List" in title:
            targets += _entities(text, spans)
    return Reading(
        kind=found["kind"],
        status="proposed" if proposed else found["status"],
        issuers=tuple(dict.fromkeys(issuers)),
        targets=tuple(dict.fromkeys(targets)),
        orders=tuple(dict.fromkeys(_orders(text, spans))),
        spans=tuple(dict.fromkeys(spans)),
    )


_RESTRICTING: Final = re.compile(r"\b(?:Sanctions?|Block(?:ing|ed)|Prohibit(?:ing|ion)|Emergency|Embargo|Imports?)\b")


def targets_of_title(title: str) -> tuple[tuple[NamedActor, ...], tuple[Span, ...]]:
    """The countries that an order's title says it restricts, with their places in it."""
    spans: list[Span] = []
    found = tuple(dict.fromkeys(_countries(title, spans))) if _RESTRICTING.search(title) else ()
    return found, tuple(spans)


def _fits(row: dict[str, Any], title: str, abstract: str) -> bool:
    where = {"title": title, "abstract": abstract, "both": f"{title}\n{abstract}"}[row["where"]]
    return bool(re.search(row["words"], where)) and not ("unless" in row and re.search(row["unless"], where))


def _issuers(text: str, spans: list[Span]) -> Iterator[NamedActor]:
    """The agency that acts: the first that the text names in full, the more particular before its department."""
    places = [
        (match.start(), name) for name in _rules()["agencies"] if (match := re.search(re.escape(name), text[:600]))
    ]
    if places:
        order = list(_rules()["agencies"])
        start, name = min(places, key=lambda place: (order.index(place[1]) > 2, place[0]))
        spans.append(Span(name, start, start + len(name), "issuer"))
        yield NamedActor(_rules()["agencies"][name], "government_body", _OWN)
        return
    if (match := _ABBREVIATED.search(text[:600])) and _PUBLIC.search(match["name"]):
        bare = match["name"].removeprefix("U.S. ").removeprefix("United States ")
        spans.append(Span(match["name"], match.start("name"), match.end("name"), "issuer"))
        yield NamedActor(f"US {bare}" if bare.startswith("Department") else bare, "government_body", _OWN)


def _countries(text: str, spans: list[Span]) -> Iterator[NamedActor]:
    """Countries in the lists behind the words that lists of targets follow."""
    for cue in _cues().finditer(text):
        at = cue.end()
        while (found := _country_at(text, at)) is not None:
            state, start, end = found
            if state.alpha2 != _OWN:
                spans.append(Span(text[start:end], start, end, f"target: {state.name}"))
                yield NamedActor(state.name, "government", state.alpha2)
            more = _SEPARATOR.match(text, end)
            if more is None:
                break
            at = more.end()


def _country_at(text: str, at: int) -> tuple[CountryCode, int, int] | None:
    match = _country_pattern().match(text, at)
    state = country_named(match["name"]) if match else None
    return (state, match.start("name"), match.end("name")) if match and state else None


def _entities(text: str, spans: list[Span]) -> Iterator[NamedActor]:
    """Entities that the text of a rule on the Entity List names in quotation marks."""
    for match in _QUOTED.finditer(text):
        name = match["name"].strip(" ,.")
        if name[:1].isupper() and country_named(name) is None and not name.endswith(("List", "Rule", "entities")):
            start = match.start("name")
            spans.append(Span(name, start, start + len(name), f"target: {name}"))
            yield NamedActor(name, "company", None)


def _orders(text: str, spans: list[Span]) -> Iterator[OrderTouched]:
    for effect, words in _rules()["orders"].items():
        for match in re.finditer(rf"\b{words} {_ORDER}", text):
            spans.append(Span(match[0], match.start(), match.end(), f"{effect}: EO {match['number']}"))
            yield OrderTouched(match["number"], effect)


@cache
def _rules() -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load(
        resources.files("kg.sources").joinpath("federal_register.yaml").read_text("utf-8")
    )
    return raw


@cache
def _cues() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_rules()['targets'])}) (?:the )?(?:Government of (?:the )?)?")


@cache
def _country_pattern() -> re.Pattern[str]:
    names = sorted((name for name in country_names() if len(name) > 3), key=len, reverse=True)
    return re.compile(rf"(?:the )?(?P<name>{'|'.join(map(re.escape, names))})\b")
