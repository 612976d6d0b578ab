"""When two sentences state one claim: shy, symmetric, and never across different subjects."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolving.claims import SAME, KnownClaim, same_claim, similarity

TEXT = "Alibaba supplies technical support for Chinese military operations against targets in the US"
KNOWN = KnownClaim("claim-a", TEXT, frozenset({"actor-alibaba"}))
_WORDS = st.lists(st.sampled_from(["Alibaba", "supports", "the", "army", "denied", "support", "targets"]), max_size=6)


@pytest.mark.parametrize(
    "text",
    [
        "Alibaba gives technical support to Chinese military operations against US targets",
        "Alibaba supplied technical support for China's military operations against targets in the US",
        "ALIBABA SUPPLIES TECHNICAL SUPPORT FOR CHINESE MILITARY OPERATIONS AGAINST TARGETS IN THE US!",
    ],
)
def test_the_same_in_other_words(text: str) -> None:
    assert same_claim(text, ["actor-alibaba"], [KNOWN]) == KNOWN


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        (TEXT, ["actor-tencent"]),
        (TEXT, ["actor-alibaba", "actor-tencent"]),
        (TEXT, []),
        ("Alibaba gave customer data to the Chinese military", ["actor-alibaba"]),
        ("Alibaba fell by four percent", ["actor-alibaba"]),
        ("", ["actor-alibaba"]),
    ],
)
def test_what_is_not_surely_the_same_stays_apart(text: str, subjects: list[str]) -> None:
    assert same_claim(text, subjects, [KNOWN]) is None


def test_without_subjects_only_the_same_words_are_the_same() -> None:
    known = KnownClaim("claim-b", "The memo is dated 1 November", frozenset())
    assert same_claim("The memo is dated 1 November.", [], [known]) == known
    assert same_claim("The memo is dated 2 November", [], [known]) is None


def test_the_nearest_is_chosen_whatever_the_order() -> None:
    far = KnownClaim("claim-z", TEXT.replace("technical", "financial"), KNOWN.subjects)
    for known in ([KNOWN, far], [far, KNOWN]):
        assert same_claim(TEXT, ["actor-alibaba"], known) == KNOWN


@given(_WORDS, _WORDS)
def test_similarity_is_symmetric_and_whole_for_the_same(one: list[str], other: list[str]) -> None:
    left, right = " ".join(one), " ".join(other)
    assert similarity(left, right) == similarity(right, left)
    assert 0 <= similarity(left, right) <= 1
    assert similarity(left, left) in (0.0, 1.0)  # 0 where no word carries a meaning
    assert 0 < SAME < 1
