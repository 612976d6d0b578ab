"""Where words that somebody copied stand in a text, whatever became of its spaces and quotation marks. Pure."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import Final

from kg.reading.split import paragraphs, sentences

Bounds = tuple[int, int]

_MARKS: Final = {ord(mark): '"' for mark in "“”„‟«»″"} | {ord(mark): "'" for mark in "‘’‚‛′`´"}


class Places:
    """Finds words in a text; exact ones first, then with spaces and quotation marks taken as alike."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded, self._at = _folded(text)

    def words(self, words: str | None, start: int = 0, end: int | None = None) -> str | None:
        """The words as they stand in ``text[start:end]``; None where they do not."""
        bounds = self.find(words, start, end) if words else None
        return self.text[slice(*bounds)] if bounds else None

    def find(self, words: str, start: int = 0, end: int | None = None) -> Bounds | None:
        """The bounds of the words in ``text[start:end]``, such that what stands there is what was meant."""
        end = len(self.text) if end is None else end
        words = words.strip()
        if not words:
            return None
        exact = self.text.find(words, start, end)
        if exact >= 0:
            return exact, exact + len(words)
        wanted = _folded(words)[0].strip()
        if not wanted:
            return None
        first, last = bisect_left(self._at, start), bisect_left(self._at, end)
        found = self._folded.find(wanted, first, last)
        if found < 0:
            return None
        return self._at[found], self._at[found + len(wanted) - 1] + 1


@lru_cache(maxsize=64)
def _folded(text: str) -> tuple[str, list[int]]:
    """The text with one space for each run and plain quotation marks, and where each of its characters came from."""
    out: list[str] = []
    at: list[int] = []
    for place, character in enumerate(text):
        if character.isspace():
            if out and out[-1] == " ":
                continue
            character = " "
        out.append(character)
        at.append(place)
    return "".join(out).translate(_MARKS), at


def parts_of_text(text: str, most: int) -> list[Bounds]:
    """Cut a text into parts of whole paragraphs; a paragraph that is too long is cut between sentences.

    Args:
        text: the text.
        most: code points in a part; only a sentence that is longer makes a longer part.
    """
    pieces: list[Bounds] = []
    for start, end in paragraphs(text):
        pieces += [(start, end)] if end - start <= most else sentences(text, start, end)
    parts: list[Bounds] = []
    for start, end in pieces:
        if parts and end - parts[-1][0] <= most:
            parts[-1] = parts[-1][0], end
        else:
            parts.append((start, end))
    return [cut for part in parts for cut in _cut(part, most * 2)]


def _cut(part: Bounds, most: int) -> list[Bounds]:
    start, end = part
    return [(at, min(at + most, end)) for at in range(start, end, most)]
