"""How two prepared names are alike, as features that explain themselves. Pure.

The features follow what personal and company names differ in (Christen, *Data Matching*, 2012, chapters 5 and 6): words
are paired one to one by their likeness, each counts by how rare it is, and what was left out, cut short, joined or put
in another order is told apart from what contradicts.
"""

from __future__ import annotations

from typing import Final

from rapidfuzz.distance import JaroWinkler, Levenshtein

from kg.matching.names import Prepared

_edit = Levenshtein.normalized_similarity
_jaro = JaroWinkler.similarity
_LEAST: Final = 0.6
"""Below this likeness two words are not paired."""
_SOUNDS_ALIKE: Final = 0.9
_BEGINS: Final = 0.85
_INITIAL: Final = 0.7

FEATURES: Final = {
    "covered": "share of the name with less to match that the other has, rare words counting more",
    "covered_other": "the same share of the name with more",
    "order": "edit likeness of the whole names, in the order written, without spaces",
    "sorted": "edit likeness of the whole names, words in the order of the alphabet",
    "sound": "edit likeness of the consonants of both",
    "rarest": "rarity of the rarest word that both have",
    "missing": "rarity of the rarest word that the name with fewer words has and the other lacks",
    "missing_other": "rarity of the rarest word that only the name with more words has",
    "paired": "how many words are paired, three at most, as a share of three",
    "first": "likeness of the first words",
    "last": "likeness of the last words",
    "family": "likeness of the family names, where both are marked as such; 0.5 where not",
    "given": "likeness of the given names, where both are marked as such; 0.5 where not",
    "acronym": "1 where one name is the other's first letters",
    "numbers": "1 where both have the same numbers, 0.5 where one or both have none, 0 where they differ",
    "brackets": "1 where both say the same in brackets, 0.5 where one or both say nothing, 0 where they differ",
    "forms": "1 where both have the same legal form, 0.5 where one or both have none, 0 where they differ",
    "lengths": "words of the shorter name as a share of the longer's",
}
"""Name of a feature to its meaning; each is a number from 0 to 1."""


def word_likeness(left: str, right: str, left_sound: str, right_sound: str) -> float:
    """How like two romanised words are, 0 to 1: by their letters, their sound, as an initial, or cut short."""
    if left == right:
        return 1.0
    short, long = (left, right) if len(left) <= len(right) else (right, left)
    if len(short) == 1:
        return _INITIAL if long[0] == short else 0.0
    like: float = _edit(left, right)
    if left_sound == right_sound and len(left_sound) > 1:
        return max(like, _SOUNDS_ALIKE)
    if len(short) >= 4 and long.startswith(short):
        return max(like, _BEGINS)
    return like


def compare(left: Prepared, right: Prepared) -> tuple[float, ...]:
    """The features of a pair, in the order of :data:`FEATURES`; the same whichever comes first."""
    if len(left.words) > len(right.words) or (len(left.words) == len(right.words) and left.joined > right.joined):
        left, right = right, left
    lw, rw = left.words, right.words
    if not lw or not rw:
        return _NOTHING
    ls, rs, lr, rr = left.skeletons, right.skeletons, left.weights, right.weights
    pairs: list[tuple[float, int, int]] = []
    for i, word in enumerate(lw):
        sound = ls[i]
        for j, other in enumerate(rw):
            if word == other:
                pairs.append((1.0, i, j))
            else:
                like = word_likeness(word, other, sound, rs[j])
                if like >= _LEAST:
                    pairs.append((like, i, j))
    pairs.sort(key=_best_first)
    to_left: dict[int, float] = {}
    to_right: dict[int, float] = {}
    met_left = met_right = rarest = 0.0
    for like, i, j in pairs:
        if i in to_left or j in to_right:
            continue
        to_left[i] = to_right[j] = like
        met_left += like * lr[i]
        met_right += like * rr[j]
        both = like * (lr[i] if lr[i] < rr[j] else rr[j])
        if both > rarest:
            rarest = both
    covered, covered_other = met_left / left.weight, met_right / right.weight
    if covered < covered_other:
        covered, covered_other = covered_other, covered
    missing = max((lr[i] * (1 - to_left.get(i, 0.0)) for i in range(len(lw))), default=0.0)
    missing_other = max((rr[j] * (1 - to_right.get(j, 0.0)) for j in range(len(rw))), default=0.0)
    family = given = 0.5
    if left.family and right.family:
        family = _jaro("".join(lw[: left.family]), "".join(rw[: right.family]))
        given = _part(left, right)
    acronym = _acronym(left, right)
    return (
        covered,
        covered_other,
        _edit(left.joined, right.joined),
        _edit(left.ordered, right.ordered),
        _edit(left.sound, right.sound),
        rarest,
        missing,
        missing_other,
        min(len(to_left), 3) / 3,
        word_likeness(lw[0], rw[0], ls[0], rs[0]),
        word_likeness(lw[-1], rw[-1], ls[-1], rs[-1]),
        family,
        given,
        acronym,
        _agreement(left.numbers, right.numbers),
        _agreement(left.brackets, right.brackets),
        _agreement(left.forms, right.forms),
        len(lw) / len(rw),
    )


def _best_first(pair: tuple[float, int, int]) -> tuple[float, int, int]:
    return -pair[0], pair[1], pair[2]


def _part(left: Prepared, right: Prepared) -> float:
    """Likeness of the given names: that of the best pair of them."""
    best = 0.0
    for i in range(left.family, len(left.words)):
        for j in range(right.family, len(right.words)):
            like = word_likeness(left.words[i], right.words[j], left.skeletons[i], right.skeletons[j])
            if like > best:
                best = like
    return best


def _acronym(left: Prepared, right: Prepared) -> float:
    for short, long in ((left, right), (right, left)):
        fits = len(short.words) == 1 and len(long.words) > 2 and 2 < len(short.joined) < 9
        if fits and short.joined in (long.acronym, long.full_acronym):
            return 1.0
    return 0.0


def _agreement(left: frozenset[str], right: frozenset[str]) -> float:
    if not left or not right:
        return 0.5
    return 1.0 if left & right else 0.0


_NOTHING: Final = (0.0,) * len(FEATURES)
