"""Ids stay what they are: pinned examples, safety in URLs, and what may and what must not fall together."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema import ids

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_SAFE = re.compile(r"[a-z]+-[a-z2-7]{20}")


@pytest.mark.parametrize(
    ("found", "pinned"),
    [
        (ids.actor_id("Alibaba Group"), "actor-qh2fci32owdhusdqa7wg"),
        (ids.actor_id("阿里巴巴"), "actor-pau6agua2dumg3m4zozn"),
        (ids.topic_id("Qwen"), "topic-hw6wyr2s7yumn72abyeq"),
        (ids.claim_id("Alibaba supports military operations.", ["actor-b", "actor-a"]), "claim-yznsryat62vr5d76fhef"),
        (ids.document_id("https://example.org/report", ids.digest("text")), "doc-3a7e5ehzb4hrbziw75ys"),
        (
            ids.document_id(ids.document_source(None, "FT", "Memo: a report", "2025-11"), ""),
            "doc-vczzhzykat7y3m3wnjju",
        ),
        (ids.statement_id("doc-a", 3, 17, "deny", "Alibaba", "It is so."), "stmt-m2gd434sswh3za2rtf6e"),
        (ids.policy_id("executive_order", "EO 14105", "any title"), "policy-eblkonsgwxafjeccepvh"),
        (ids.policy_id("law", None, "An act"), "policy-x54svkpkgkttduwf73qm"),
        (ids.policy_status_id("policy-a", "in_effect", "2023-08-09"), "status-5tmtd33jqiju4q2ut2i6"),
        (ids.event_id("meeting", "2025-10-30", "Trump and Xi meet"), "event-zebszejtigbex4iwxipn"),
        (ids.alias_id("actor-a", "FT", "short"), "alias-q5p3w3ynpxd62kflarwl"),
        (ids.relationship_id("PART_OF", "actor-a", "actor-b", "role"), "rel-kvjeclndymv7q2idselv"),
    ],
)
def test_ids_are_the_same_in_every_version(found: str, pinned: str) -> None:
    """An id that changes makes every graph written before a stranger; change one only with a migration."""
    assert found == pinned


@given(st.sampled_from([*ids.PREFIXES.values(), "rel"]), st.lists(NAMES, max_size=4))
def test_an_id_is_safe_in_a_url_and_tells_its_label(prefix: str, parts: list[str]) -> None:
    made = ids.make_id(prefix, *parts)
    assert _SAFE.fullmatch(made)
    label = ids.label_of(made)
    assert label is None if prefix == "rel" else ids.PREFIXES[str(label)] == prefix


@pytest.mark.parametrize("other", ["", "actor", "actor-", "actor-ABCDEFGHIJKLMNOPQRST", "rel-" + "a" * 20, "doc-x y"])
def test_what_is_no_id_has_no_label(other: str) -> None:
    assert ids.label_of(other) is None
    assert ids.label_of(ids.actor_id("x") + "\n") is None


@given(NAMES)
def test_a_name_is_folded_once_and_for_all(name: str) -> None:
    folded = ids.normalise_name(name)
    assert ids.normalise_name(folded) == folded
    assert ids.normalise_name(unicodedata.normalize("NFD", name)) == folded
    assert ids.normalise_name(f"  {name}\t ") == folded


@given(NAMES)
def test_a_text_is_folded_once_and_for_all(text: str) -> None:
    folded = ids.normalise_text(text)
    assert ids.normalise_text(folded) == folded


def test_names_that_differ_only_in_case_or_space_are_one() -> None:
    assert ids.actor_id("Alibaba  group") == ids.actor_id("ALIBABA GROUP")
    assert ids.actor_id("Ren\u0065\u0301") == ids.actor_id("Ren\u00e9")
    assert ids.actor_id("Straße") == ids.actor_id("STRASSE")


@pytest.mark.parametrize(
    ("left", "right"),
    [("Rene", "René"), ("Police", "Police (Thailand)"), ("A.B.", "AB"), ("阿里", "阿里巴巴"), ("U.S.", "US")],
)
def test_names_that_differ_in_marks_or_points_are_two(left: str, right: str) -> None:
    assert ids.actor_id(left) != ids.actor_id(right)


def test_a_claim_is_the_same_whatever_its_points_and_the_order_of_its_subjects() -> None:
    assert ids.claim_id("It is so!", ["actor-a", "actor-b"]) == ids.claim_id("it is  so", ["actor-b", "actor-a"])
    assert ids.claim_id("It is so", ["actor-a"]) != ids.claim_id("It is so", ["actor-b"])
    assert ids.claim_id("It is so", []) != ids.claim_id("It is not so", [])


@given(st.lists(st.text(st.characters(exclude_characters="\x1f", exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_parts_cannot_run_into_each_other(parts: list[str]) -> None:
    assert ids.digest(*parts) != ids.digest(*parts, "")
    if len(parts) > 1 and any(parts):
        assert ids.digest(*parts) != ids.digest("".join(parts))


def test_a_policy_is_known_by_its_number_else_by_kind_and_title() -> None:
    assert ids.policy_id("law", "EO 1", "a") == ids.policy_id("executive_order", "eo  1", "b")
    assert ids.policy_id("law", None, "a") != ids.policy_id("tariff", None, "a")


def test_a_source_is_the_url_else_publisher_title_and_date() -> None:
    assert ids.document_source(" https://a.example/x ", "FT", "t", None) == "https://a.example/x"
    same = ids.document_source(None, "Financial Times", "A memo: what it says", "2025-11-14")
    assert same == ids.document_source(None, "financial  times", "A memo – what it says!", "2025-11-14")
    assert same != ids.document_source(None, "Financial Times", "A memo: what it says", "2025-11-15")
