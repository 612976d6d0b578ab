"""Choosing among those who share a name: the text decides, with reasons that can be read, or nobody is chosen."""

from __future__ import annotations

import pytest

from kg.resolving.choosing import Entry
from kg.resolving.definitions import defined_names
from kg.resolving.gazetteer import Gazetteer, packaged_gazetteer
from kg.resolving.lexicon import kind_of_name
from kg.resolving.persons import family_name


def _entry(alias: str, actor: str, kind: str, country: str | None, alias_kind: str = "name", about: str = "") -> Entry:
    return Entry(alias, alias_kind, actor, f"actor-{actor}", kind, country, about)


GAZETTEER = Gazetteer(
    [
        _entry("Kenya", "Kenya", "government", "KE"),
        _entry("Nairobi", "Kenya", "government", "KE", "metonym"),
        _entry("Kenyan", "Kenya", "government", "KE", "demonym"),
        _entry("Thailand", "Thailand", "government", "TH"),
        _entry("National Police", "National Police (Kenya)", "government_body", "KE", "short"),
        _entry("National Police", "National Police (Thailand)", "government_body", "TH", "short"),
        _entry("Saudi Arabia", "Saudi Arabia", "government", "SA"),
        _entry("KSA", "Saudi Arabia", "government", "SA", "short"),
        _entry("United States", "United States", "government", "US"),
        _entry("US", "United States", "government", "US", "short"),
        _entry("Target", "Target", "company", "US"),
        _entry("International Tin Council", "International Tin Council", "international_organization", None),
        _entry("AL-QASIM TRADING", "AL-QASIM TRADING", "company", "AE", "official"),
        _entry("Amina Odhiambo", "Amina Odhiambo", "person", "KE", about="governor of the central bank of kenya"),
        _entry("Peter Odhiambo", "Peter Odhiambo", "person", "KE", about="long-distance runner"),
        _entry("Omar", "Omar Haddad", "person", None, "weak"),
        _entry("Omar Haddad", "Omar Haddad", "person", None),
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # who else is in the text
        ("The National Police denied it.", {}),
        ("In Kenya the National Police denied it.", {"National Police": "National Police (Kenya)"}),
        ("Kenya and Thailand met. The National Police denied it.", {"National Police": None}),
        # metonyms, and adjectives
        ("Nairobi said so. He lives in Nairobi.", {"Nairobi": "Kenya"}),
        ("Kenyan exports rose.", {}),
        # brackets hold for the text, whatever the short name means elsewhere
        ("KSA said so.", {"KSA": "Saudi Arabia"}),
        ("The Kestrel Shipping Authority (KSA) said so. KSA denied it.", {"KSA": "Kestrel Shipping Authority"}),
        ("The International Tin Council (ITC) met. The ITC denied it.", {"ITC": "International Tin Council"}),
        ("The International Tin Council (Geneva) met. The ITC denied it.", {"ITC": None}),
        # capitals, and words of every day
        ("US SAYS IT WILL NOT PAY\\nThe US paid.", {"US": "United States"}),
        ("THEY TOLD US TO GO", {"US": None}),
        ("Target prices fell. The target was missed.", {"Target": None}),
        ("Target denied it.", {"Target": "Target"}),
        ("Al-qasim Trading denied it, AL-QASIM TRADING said.", {"AL-QASIM TRADING": "AL-QASIM TRADING"}),
        # persons
        ("Governor Odhiambo denied it.", {"Odhiambo": "Amina Odhiambo"}),
        ("President Odhiambo denied it.", {"Odhiambo": None}),
        ("Odhiambo denied it.", {"Odhiambo": None}),
        ("Peter Odhiambo ran. Odhiambo won.", {"Odhiambo": "Peter Odhiambo"}),
        ("Omar said so.", {"Omar": None}),
        ("Omar Haddad spoke. Omar said so.", {"Omar": "Omar Haddad"}),
    ],
)  # fmt: skip
def test_the_text_decides(text: str, found: dict[str, str | None]) -> None:
    text = text.replace("\\n", "\n")
    spotted = {text[mention.start : mention.end]: mention.name for mention in GAZETTEER.spot(text)}
    assert {name: spotted.get(name) for name in found} == found


def test_every_choice_tells_its_reasons() -> None:
    [_, police] = GAZETTEER.explain("In Kenya the National Police denied it.")
    assert police.entry is not None
    assert [(c.entry.country, c.score) for c in police.choice.candidates] == [("KE", 1.3), ("TH", 0.8)]
    assert [reason.feature for reason in police.choice.candidates[0].reasons] == ["alias: short", "country named"]
    [undecided] = GAZETTEER.explain("The National Police denied it.")
    assert undecided.entry is None and len(undecided.choice.candidates) == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("习近平说", "Xi Jinping"),
        ("習近平說", "Xi Jinping"),
        ("据阿里巴巴集团称", "Alibaba Group"),
        ("Си Цзиньпин заявил", "Xi Jinping"),
        ("President Xi met the FT.", "Xi Jinping"),
    ],
)
def test_names_of_the_seed_in_other_scripts(text: str, name: str) -> None:
    assert packaged_gazetteer().spot(text)[0].name == name


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Xi Jinping", "Xi"),
        ("Kim Jong Un", "Kim"),
        ("Joe Tsai", "Tsai"),
        ("Jack Ma", "Ma"),
        ("Kyle Chan", "Chan"),
        ("Chen Li", "Li"),
        ("Cher", None),
        ("阿里 巴巴", None),
        ("J. 5", None),
    ],
)
def test_family_names(name: str, family: str | None) -> None:
    assert family_name(name) == family


def test_kinds_of_unknown_names() -> None:
    kinds = {name: kind_of_name(name) for name in ("Kestrel Shipping Ltd", "Ministry of Tin", "Tin Times", "Ann Lee")}
    assert list(kinds.values()) == ["company", "government_body", "media", None]


@pytest.mark.parametrize(
    "text",
    ["", "x" * 10_000, "A (B", "(KSA)", "\x00\x07", "😀 (😀)", "\u202eABC (XY)", "e\u0301 " * 500, "A B (AB) " * 2_000],
)
def test_no_text_breaks_it(text: str) -> None:
    for each in GAZETTEER.explain(text):
        assert 0 <= each.start < each.end <= len(text)
    defined_names(text)
