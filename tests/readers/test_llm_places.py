"""Where the words stand that a language model copied, and the parts in which a long text is asked."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.readers.llm.places import Places, parts_of_text


def test_marks_and_spaces_are_alike_on_either_side() -> None:
    for text, words, there in (
        ('He said "no  way" now', "“no way” now", '"no  way" now'),
        ("He said “no way” now", '"no way"', "“no way”"),
        ("It’s so", "It's so", "It’s so"),
        ("so\n\nit is", "  so it  is ", "so\n\nit is"),
        ("“", '"', "“"),
    ):
        bounds = Places(text).find(words)
        assert bounds is not None, words
        assert text[slice(*bounds)] == there
    assert Places("one two one").find("one", 1) == (8, 11)
    assert Places("one  two").find("one two", 1) is None
    assert Places("one  two").find("one two", 0, 6) is None


@settings(deadline=None)
@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_copied_words_are_found_where_they_stand(text: str, start: int, length: int) -> None:
    words = text[start : start + length]
    altered = " ".join(words.replace("“", '"').replace("’", "'").split())
    found = Places(text).find(altered)
    if altered:
        assert found is not None
        first, last = found
        there = " ".join(text[first:last].translate({0x201C: '"', 0x2019: "'"}).split())
        assert there == altered or "".join(there.split()) == "".join(altered.split())


@settings(deadline=None)
@given(st.text(alphabet="ab .\n", max_size=600), st.integers(5, 100))
def test_parts_cover_the_text_in_order_and_keep_to_their_size(text: str, most: int) -> None:
    parts = parts_of_text(text, most)
    assert all(end - start <= 2 * most for start, end in parts)
    assert all(before[1] <= after[0] for before, after in pairwise(parts))
    covered = {place for start, end in parts for place in range(start, end)}
    assert all(place in covered for place, character in enumerate(text) if not character.isspace())
