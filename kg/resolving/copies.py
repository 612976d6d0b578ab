"""Whether one text is a near copy of another, as of an agency's report with a new head and a cut tail. Pure.

Texts are compared as sets of shingles, five words in a row each (Broder, 1997, "On the resemblance and containment of
documents"). A MinHash estimate of their resemblance tells cheaply whom to compare; the texts themselves decide.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rensa import RMinHash

_SHINGLE: Final = 5
_LEAST_WORDS: Final = 40
"""A shorter text, such as a headline, is alike by chance."""
_PERMUTATIONS: Final = 128
_NEAR: Final = 0.2
"""Least estimated resemblance for a comparison; a copy of a quarter of a text may come near it."""
COPY: Final = 0.75
"""Least share of the shorter text's shingles that stand in the other for it to be a copy."""
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1_000)
def shingles(text: str) -> frozenset[str]:
    """Each five words in a row, folded; empty for a text of less than 40 words."""
    words = [word.casefold() for word in _WORD.findall(text)]
    if len(words) < _LEAST_WORDS:
        return frozenset()
    return frozenset(" ".join(words[n : n + _SHINGLE]) for n in range(len(words) - _SHINGLE + 1))


@lru_cache(maxsize=20_000)
def _signature(text: str) -> RMinHash:
    signature = RMinHash(num_perm=_PERMUTATIONS, seed=1)
    signature.update(sorted(shingles(text)))
    return signature


def copied_share(left: str, right: str) -> float:
    """The share, 0 to 1, of the shorter text's shingles that the other has too; 0 where they are surely no copies."""
    a, b = shingles(left), shingles(right)
    if not a or not b or _signature(left).jaccard(_signature(right)) < _NEAR:
        return 0.0
    return len(a & b) / min(len(a), len(b))
