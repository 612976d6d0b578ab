"""What is asked of a full-text index, and how like two names are. Pure.

Both engines read the query syntax of Lucene; words are put together here from letters and digits alone, so that no
part of what a caller wrote is ever read as syntax.
"""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import fuzz

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 12
_WITHOUT_SPACES = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
"""Han, Kana and Hangul: an analyser cuts them into single characters."""


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())[:_MOST_WORDS]


def fuzzy_query(text: str) -> str:
    """Lucene query for names like this one: each word as written or with typing errors, the last as a beginning.

    Words of three letters and more may have one wrong, of eight and more two. Empty where the text has no word.
    """
    words = _words(text)
    parts = []
    for place, word in enumerate(words):
        if _WITHOUT_SPACES.search(word):
            parts.append('"' + " ".join(word) + '"')
            continue
        forms = [f"{word}^4"]
        if len(word) >= 3:
            forms.append(f"{word}~{2 if len(word) >= 8 else 1}")
        if place == len(words) - 1:
            forms.append(f"{word}*")
        parts.append(f"({' OR '.join(forms)})")
    return " OR ".join(parts)


def words_query(text: str) -> str:
    """Lucene query for texts with all these words, each as written, with one typing error, or begun."""
    parts = []
    for word in _words(text):
        if _WITHOUT_SPACES.search(word):
            parts.append('"' + " ".join(word) + '"')
        else:
            parts.append(f"({word} OR {word}*{f' OR {word}~1' if len(word) >= 4 else ''})")
    return " AND ".join(parts)


def likeness(asked: str, name: str) -> float:
    """How like two normalised names are, 0 to 1; 1 only where they are the same."""
    if asked == name:
        return 1.0
    return min(0.99, round(fuzz.WRatio(asked, name) / 100, 4))
