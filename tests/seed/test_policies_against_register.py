"""Numbers, titles and dates of the seed's policies stand so in Federal Register data.

The data does not come with the project: JSON lines (plain or gzip) with document_number, title, published, summary and
url. ``GEOKG_FEDERAL_REGISTER`` names the folder; ``../shared/data/federal_register`` beside the checkout is tried too.
"""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from schema.ids import normalise_text
from schema.records import PolicyRecord
from tests.seed import seed_records

pytestmark = pytest.mark.corpus

VARIABLE: Final = "GEOKG_FEDERAL_REGISTER"
NAMED: Final = os.environ.get(VARIABLE)
"""Read here, for the tests run with the settings' variables taken away."""
BESIDE: Final = Path(__file__).resolve().parents[3] / "shared" / "data" / "federal_register"
_NUMBER: Final = re.compile(r"\b(?:19|20)\d\d-\d{5}\b")
_URL: Final = re.compile(r"https://www\.federalregister\.gov/documents/(\d{4})/(\d\d)/(\d\d)/((?:19|20)\d\d-\d{5})/")
_ORDER: Final = re.compile(r"EO (\d{5})")

POLICIES: Final = tuple({id(policy): policy for policy in seed_records.load().policies.values()}.values())


def _rows(folder: Path) -> Iterator[dict[str, str]]:
    for path in sorted(folder.glob("*.jsonl*")):
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


@pytest.fixture(scope="module")
def register() -> dict[str, dict[str, str]]:
    """Every document by its number."""
    folder = Path(NAMED) if NAMED else BESIDE
    if not folder.is_dir():
        if NAMED:
            pytest.fail(f"{VARIABLE} names {folder}, which is no folder", pytrace=False)
        pytest.skip(f"no Federal Register data: set {VARIABLE} to a folder of JSON lines")
    return {row["document_number"]: row for row in _rows(folder)}


def _words(text: str) -> str:
    return normalise_text(text).replace(" ", "")


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.number or policy.key)
def test_policy_stands_in_the_register(policy: PolicyRecord, register: dict[str, dict[str, str]]) -> None:
    if policy.url is None:
        _named_in_others(policy, register)
        return
    match = _URL.match(policy.url)
    assert match, f"{policy.url} is no address of the Register"
    *day, number = match.groups()
    row = register[number]
    assert row["url"] == policy.url
    assert row["published"] == "-".join(day)
    assert _words(row["title"]) == _words(policy.title)
    assert policy.number == number or _ORDER.fullmatch(policy.number or "")
    assert policy.evidence[0].citation == f"Federal Register document {number}, published {row['published']}"


def _named_in_others(policy: PolicyRecord, register: dict[str, dict[str, str]]) -> None:
    """A policy of before the data, or with no document of its own: a document that the record cites names it."""
    cited = [register[number] for number in _NUMBER.findall(policy.description or "")]
    texts = [_words(f"{row['title']} {row['summary']}") for row in cited]
    assert any(_words(policy.title) in text for text in texts), policy.title
    if policy.number:
        assert any(policy.number.removeprefix("EO ") in text for text in texts), policy.number


def test_orders_that_the_data_names_have_those_titles(register: dict[str, dict[str, str]]) -> None:
    """Where a document says "Executive Order 14195, Imposing Duties …", the seed's order 14195 is the one so called."""
    titles = {m[1]: _words(p.title) for p in POLICIES if p.number and (m := _ORDER.fullmatch(p.number))}
    confirmed = set()
    for row in register.values():
        text = f"{row['title']} {row['summary']}"
        for number in set(re.findall(r"(?:Executive Order|E\.O\.) (\d{5})", text)) & titles.keys():
            if titles[number] in _words(text):
                confirmed.add(number)
    assert {"13873", "14034", "14117", "14195", "14200", "14256", "14259", "14266", "14324", "14346"} <= confirmed
