"""The script that a name is written in. Pure."""

from __future__ import annotations

import unicodedata
from typing import Final


def script_of(name: str) -> str | None:
    """The ISO 15924 code of the script of most letters of a name; None where there is no letter that tells."""
    counts: dict[str, int] = {}
    for character in name:
        if character.isalpha():
            word = unicodedata.name(character, "").split(" ", 1)[0].split("-", 1)[0]
            if code := _SCRIPTS.get(word):
                counts[code] = counts.get(code, 0) + 1
    return max(counts, key=lambda code: counts[code]) if counts else None


_SCRIPTS: Final = {
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "ARABIC": "Arab",
    "CJK": "Hani",
    "HANGUL": "Hang",
    "HIRAGANA": "Hira",
    "KATAKANA": "Kana",
    "GREEK": "Grek",
    "HEBREW": "Hebr",
    "DEVANAGARI": "Deva",
    "THAI": "Thai",
    "ARMENIAN": "Armn",
    "GEORGIAN": "Geor",
    "BENGALI": "Beng",
    "TAMIL": "Taml",
}
