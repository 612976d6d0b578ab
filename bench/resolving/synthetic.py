"""Names in any number, made by putting parts of real-looking names together anew."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Final

from kg.matching.index import IndexedName
from schema.ids import actor_id, alias_id

_WORDS: Final = re.compile(r"\w+")
_SYLLABLES: Final = tuple(
    _WORDS.findall(
        "al an ar ba bar be bor ca cha da de di do el en er fa fer ga gor ha han har hu ib in is ja jo ka kar "
        "ki ko kov la lan le li lin lo ma mar me mi mo mur na ni no ov pa pe po qi ra ran re ri ro sa san se "
        "sha si so ta tan te ti to tov va ven vi vo wa wei xi ya yan ye yu za zha zo"
    )
)
_GIVEN: Final = 4_000
_FAMILY: Final = 30_000
_BRANDS: Final = 60_000
_BRANCHES: Final = tuple(
    _WORDS.findall(
        "Trading Shipping Energy Steel Bank Telecom Motors Chemicals Logistics Aviation Media Foods Textiles Mining "
        "Electronics Insurance Pharma Holdings Industries Ventures"
    )
)
_FORMS: Final = ("Ltd", "LLC", "GmbH", "PJSC", "Inc", "Co., Ltd.", "S.A.", "JSC", "")
COUNTRIES: Final = ("US", "CN", "RU", "IR", "DE", "FR", "GB", "IN", "BR", "TR", "SA", "UA", "JP", "KR", "ZA")


def _made(draw: random.Random, number: int, least: int, most: int) -> list[str]:
    words = {"".join(draw.choices(_SYLLABLES, k=draw.randint(least, most))).capitalize() for _ in range(number)}
    return sorted(words)


def names(number: int, seed: int = 7) -> Iterator[IndexedName]:
    """So many different names, each of an actor of its own: persons and companies in turns."""
    draw = random.Random(seed)
    given, family, brands = _made(draw, _GIVEN, 2, 3), _made(draw, _FAMILY, 2, 4), _made(draw, _BRANDS, 2, 4)
    seen: set[str] = set()
    while len(seen) < number:
        if len(seen) % 2:
            middle = f" {draw.choice(given)}" if draw.random() < 0.3 else ""
            name, kind = f"{draw.choice(given)}{middle} {draw.choice(family)}", "person"
        else:
            name = f"{draw.choice(brands)} {draw.choice(_BRANCHES)} {draw.choice(_FORMS)}".strip()
            kind = "company"
        if name in seen:
            continue
        seen.add(name)
        actor = actor_id(name)
        yield IndexedName(alias_id(actor, name, "name"), name, "name", actor, name, kind, draw.choice(COUNTRIES))
