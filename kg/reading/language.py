"""Which language a text is in; only texts long enough to tell are judged."""

from __future__ import annotations

from functools import cache
from typing import Any

import py3langid.langid as _langid

MIN_CHARACTERS = 120
MIN_LETTERS = 30
MIN_WORDS = 8
_SAMPLE = 3000
_ENGLISH = frozenset(
    {
        "the",
        "of",
        "and",
        "to",
        "in",
        "that",
        "is",
        "was",
        "for",
        "on",
        "with",
        "said",
        "it",
        "by",
        "as",
        "at",
        "from",
        "has",
        "have",
        "be",
        "are",
        "not",
        "which",
        "an",
    }
)


@cache
def _identifier() -> Any:
    return _langid.LanguageIdentifier.from_model_file(  # type: ignore[no-untyped-call]
        _langid.MODEL_FILE, norm_probs=True
    )


def detect(text: str) -> tuple[str, str]:
    """The language (ISO 639-1; "und" when the text is too short to tell) and, when it is not English, a note for
    the reader.

    A text in which one word in eight is a common English function word is English without further ado.
    """
    sample = text[:_SAMPLE]
    words = sample.lower().split()
    if len(words) >= MIN_WORDS and sum(word in _ENGLISH for word in words) * 8 >= len(words):
        return "en", ""
    letters = sum(map(str.isalpha, sample))
    if (letters < MIN_CHARACTERS and sample.isascii()) or letters < MIN_LETTERS:
        return "und", ""
    found, probability = _identifier().classify(sample)
    language = str(found)
    if language == "en" or (probability < 0.9 and sample.isascii()):
        return "en", ""
    return language, f"the text is in another language than English ({language}); no statements were read"
