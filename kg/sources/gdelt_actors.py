"""Who an actor of GDELT is, from its CAMEO code and its name in capitals. Pure.

A code is made of three letters each: a country, then what the actor is (CAMEO 1.1b3, chapter 3; GDELT Event Codebook
2.0). GDELT names by the words of the article, so that one state is UNITED STATES, AMERICAN and WASHINGTON by turns;
what is nothing but a country's code is that state.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from kg.sources.country_codes import CountryCode, country_named, country_of_alpha3
from kg.sources.records import in_small_letters, name_of

_PUBLIC: Final = "government_body"
_ORGANISED: Final = frozenset({"IGO", "NGO"})
_SHORT: Final = 6
"""Letters up to which the single word for an organisation is taken for an abbreviation: UNHCR, UNESCO."""


@dataclass(frozen=True, slots=True)
class CodedActor:
    """An actor as a feed codes it.

    Attributes:
        name: the name under which the graph looks for it.
        kind: a kind of actor.
        country: ISO 3166-1 alpha-2.
        coded: its code and name as the feed has them.
        cameo: the code, where it stands for this actor alone.
    """

    name: str
    kind: str
    country: str | None
    coded: str
    cameo: str | None = None


def coded_actor(code: str, name: str, country: str, group: str, types: Sequence[str]) -> CodedActor | None:
    """Who is meant; None where the feed found nobody.

    Args:
        code: the whole code, such as ``USAGOV``.
        name: as GDELT has it, in capitals.
        country: three letters, "" where there is none.
        group: code of a known group, "" where there is none.
        types: codes of what it is, the first tells most.
    """
    coded = " ".join(part for part in (code, name) if part)
    if not coded:
        return None
    state = country_of_alpha3(country) if country else None
    kind = kind_of_sectors(types)
    if state is not None and code == country:
        return CodedActor(state.name, "government", state.alpha2, coded, code)
    own = _own_name(name, organised=bool(group) or not _ORGANISED.isdisjoint(types)) or code
    iso = state.alpha2 if state else None
    if group or state is None:
        return CodedActor(own, kind, None, coded)
    if _is_the_state(name, state):
        return CodedActor(f"{_title(types)} ({state.name})", kind, iso, coded)
    if _is_a_role(name):
        return CodedActor(f"{own} ({state.name})", kind, iso, coded)
    return CodedActor(own, "other" if kind == _PUBLIC and " " in own else kind, iso, coded)  # two words: a person


def _own_name(name: str, *, organised: bool) -> str | None:
    """The name in small letters, but for the abbreviation of an organisation."""
    bare = name.removeprefix("THE ") if organised else name
    return name_of(bare if organised and " " not in bare and len(bare) <= _SHORT else in_small_letters(bare))


def _is_the_state(name: str, state: CountryCode) -> bool:
    """Whether the name says no more than the country: its own name, or a word made from it."""
    word, stem = name.casefold(), state.name.casefold().split()[0][:4]
    if country_named(name) == state or word in _tables()["demonyms"]:
        return True
    return not _is_a_role(name) and len(name.split()) <= 2 and word.startswith(stem)


def _is_a_role(name: str) -> bool:
    return any(word in _tables()["roles"] for word in name.casefold().split())


def kind_of_sectors(types: Sequence[str]) -> str:
    """The kind of actor that CAMEO's codes of what it is (in PLOVER: sectors) tell most of."""
    kinds: dict[str, str] = _tables()["kinds"]
    return next((kind for code, kind in kinds.items() if code in types), "other")


def _title(types: Sequence[str]) -> str:
    titles: dict[str, str] = _tables()["titles"]
    return next((titles[code] for code in types if code in titles), "Actor")


@cache
def _tables() -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load(resources.files("kg.sources").joinpath("gdelt.yaml").read_text("utf-8"))
    return raw | {"roles": {word for words in raw["roles"] for word in words}}
