"""When two sentences state one claim: shy, symmetric, and never across different subjects."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.resolving.claims import pairs
from kg.resolving.claims import KnownClaim, likeness, same_claim

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
def test_likeness_is_symmetric_and_whole_for_the_same(one: list[str], other: list[str]) -> None:
    left, right = " ".join(one), " ".join(other)
    assert likeness(left, right).probability == likeness(right, left).probability
    assert 0 <= likeness(left, right).probability <= 1
    assert likeness(left, left).probability == 1


@pytest.mark.parametrize(
    ("left", "right", "feature", "verdict"),
    [
        ("Lukoil paid the port", "Lukoil did not pay the port", "negation", "apart"),
        ("Lukoil paid the port 4 million", "Lukoil paid the port 9 million", "numbers", "apart"),
        ("Lukoil raised its prices at the port", "Lukoil lowered its prices at the port", "opposites", "apart"),
        ("Lukoil withdrew its ships from the port", "Lukoil took its ships out of the port", "own words", "suggested"),
    ],
)
def test_it_says_what_tells_two_claims_apart(left: str, right: str, feature: str, verdict: str) -> None:
    found = likeness(left, right)
    assert feature in {each.name for each in found.features if each.weight < 0}
    assert found.verdict == verdict


def test_the_gold_pairs() -> None:
    joined = [pair for pair in pairs("held_out") if likeness(pair.left, pair.right).verdict == "same"]
    shown = [pair for pair in pairs("held_out") if likeness(pair.left, pair.right).verdict != "apart"]
    assert sum(pair.same for pair in joined) / len(joined) > 0.85
    assert sum(pair.same for pair in shown) / sum(pair.same for pair in pairs("held_out")) > 0.95
