"""What the index keeps of a name: its words, how they sound, and the trigrams of their letters. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from kg.matching.names import SPACELESS, Cut, cut


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a name is found by.

    Attributes:
        key: the folded name.
        words: romanised, all of them.
        sounds: skeletons of the words that have at least two consonants.
        grams: trigrams of each word, with its bounds; of scripts without spaces, single characters and pairs.
    """

    key: str
    words: tuple[str, ...]
    sounds: tuple[str, ...]
    grams: tuple[str, ...]


def tokens_of(name: str) -> Tokens:
    """What a name is found by; any text may be given."""
    found: Cut = cut(name)
    grams: dict[str, None] = {}
    for word in found.words:
        for gram in letters_of(word):
            grams[gram] = None
    if not found.key.isascii():
        for run in SPACELESS.findall(found.key):
            grams |= dict.fromkeys(run)
            grams |= dict.fromkeys(run[place : place + 2] for place in range(len(run) - 1))
    sounds = dict.fromkeys(sound for sound in found.skeletons if len(sound) > 1)
    return Tokens(found.key, tuple(dict.fromkeys(found.words)), tuple(sounds), tuple(grams))


def letters_of(word: str) -> list[str]:
    """The trigrams of a word with its bounds: "_ft", "ft_"."""
    bounded = f"_{word}_"
    return [bounded[place : place + 3] for place in range(len(bounded) - 2)]
