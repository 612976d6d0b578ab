"""The ontology: its files are sound, a bad one is refused, and a row more is all that a new term needs."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

import schema
from schema import ontology as module
from schema.errors import InvalidInput, OntologyError
from schema.ontology import Concept, Term, ontology

FOLDER: Final = Path(schema.__file__).parent / "ontology"
VARIABLE: Final = "GEOKG_CAMEO_CODES"
_NAMED: Final = os.environ.get(VARIABLE)  # read here, for the tests run with the settings' variables taken away
_BESIDE: Final = Path(__file__).resolve().parents[3] / "shared/data/cameo_gdelt_codes/CAMEO.eventcodes.txt"

CAMEO: Final = {
    "010": "Make statement, not specified below",
    "011": "Decline comment",
    "015": "Acknowledge or claim responsibility",
    "016": "Deny responsibility",
    "040": "Consult, not specified below",
    "057": "Sign formal agreement",
    "100": "Demand, not specified below",
    "112": "Accuse, not specified below",
    "120": "Reject, not specified below",
    "163": "Impose embargo, boycott, or sanctions",
    "176": "Attack cybernetically",
    "190": "Use conventional military force, not specified below",
}
"""Codes that the ontology may use, from the CAMEO codebook 1.1b3 (Schrodt, 2012), with their titles there."""

NEWER: Final = {"176"}
"""Codes that the codebook has and the lists of GDELT and ICEWS, made before it, lack."""

PLOVER: Final = {
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT"),
    *("THREATEN", "PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT"),
}
"""The event types of PLOVER (Open Event Data Alliance, 2023)."""

_KINDS_OF_ACTORS = ("actor_kinds",)


def _event_terms() -> list[Term]:
    return [row for name, c in ontology().concepts().items() if name not in _KINDS_OF_ACTORS for row in c.values()]


def test_codes_are_those_of_the_codebooks() -> None:
    assert {row.term: row.cameo for row in _event_terms() if row.cameo and row.cameo not in CAMEO} == {}
    assert {row.term: row.plover for row in _event_terms() if row.plover and row.plover not in PLOVER} == {}


@pytest.mark.corpus
def test_codes_stand_in_the_list_of_codes() -> None:
    path = Path(_NAMED) if _NAMED else _BESIDE
    if not path.is_file():
        pytest.skip(f"corpus: no list of CAMEO codes; {VARIABLE} names its file")
    with path.open(encoding="utf-8", newline="") as file:
        titles = {row[0]: row[1].strip() for row in csv.reader(file, delimiter="\t") if len(row) > 1}
    listed = {code: title for code, title in CAMEO.items() if code not in NEWER}
    assert {code: titles.get(code) for code in listed} == listed


def test_every_act_derives_what_the_codes_agree_on() -> None:
    """The relationship of an act has the act's own codes, so that a query by code finds both."""
    for act in ontology().acts.values():
        assert act.derives.claim is not None
        row = ontology().relationships[act.derives.claim]
        assert (row.cameo, row.plover) == (act.cameo, act.plover), act.term


def test_every_row_says_what_it_means() -> None:
    for name, concept in ontology().concepts().items():
        assert concept, name
        for row in concept.values():
            assert row.definition.strip(), f"{name}: {row.term}"
            assert row.example.strip(), f"{name}: {row.term}"


def test_an_unknown_term_names_the_nearest() -> None:
    with pytest.raises(InvalidInput, match="Did you mean 'allege'"):
        ontology().acts.require("aledge", "here")
    with pytest.raises(InvalidInput, match="Known: flat, partial"):
        ontology().manners.require("zzz")
    with pytest.raises(InvalidInput) as error:
        ontology().acts.require("x" * 1_000_000)
    assert len(str(error.value)) < 500


# ---- bad files -------------------------------------------------------------------------------------------------------


def _copy(folder: Path) -> Path:
    shutil.copytree(FOLDER.parent, folder / "schema", ignore=shutil.ignore_patterns("__pycache__"))
    return folder / "schema" / "ontology"


def _load(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr("schema.ontology.resources.files", lambda _: folder)
    module.Ontology({name: module._load(name, model) for name, model in module._FILES.items()})


def _spoil(path: Path, change: Any) -> None:
    content = yaml.safe_load(path.read_text("utf-8"))
    change(content)
    path.write_text(yaml.safe_dump(content), "utf-8")


def _without_definition(content: Any) -> None:
    del content["rows"][0]["definition"]


def _with_field(content: Any) -> None:
    content["rows"][0]["colour"] = "red"


def _twice(content: Any) -> None:
    content["rows"].append(content["rows"][0])


def _with_code(content: Any) -> None:
    content["rows"][0]["cameo"] = "1"


def _with_stance(content: Any) -> None:
    content["rows"][0]["stance"] = "shouts"


def _derives_nothing(content: Any) -> None:
    content["rows"][0]["derives"] = {"claim": "SHOUTS"}


def _derives_stated(content: Any) -> None:
    content["rows"][0]["derives"] = {"claim": "MADE"}


def _unknown_label(content: Any) -> None:
    content["rows"][0]["from"] = ["Ghost"]


def _unsafe_type(content: Any) -> None:
    content["rows"][0]["term"] = "MADE]->() DETACH DELETE"


def _no_rows(content: Any) -> None:
    del content["rows"]


def _rows_of_text(content: Any) -> None:
    content["rows"] = "none"


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("acts", _without_definition),
        ("acts", _with_field),
        ("acts", _twice),
        ("acts", _with_code),
        ("acts", _with_stance),
        ("acts", _derives_nothing),
        ("acts", _derives_stated),
        ("acts", _no_rows),
        ("acts", _rows_of_text),
        ("relationships", _unknown_label),
        ("relationships", _unsafe_type),
        ("topic_kinds", _twice),
    ],
)
def test_a_bad_file_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, change: Any) -> None:
    folder = _copy(tmp_path)
    _spoil(folder / f"{name}.yaml", change)
    with pytest.raises(OntologyError) as error:
        _load(monkeypatch, folder.parent)
    assert "schema/ontology" in str(error.value)
    assert error.value.remedy


@pytest.mark.parametrize("content", [b"", b"rows: [", b"- 1", b"\xff\xfe\x00", b"concept: act\nrows: [1]"])
def test_a_file_that_cannot_be_read_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes) -> None:
    folder = _copy(tmp_path)
    (folder / "acts.yaml").write_bytes(content)
    with pytest.raises(OntologyError, match=r"schema/ontology/acts\.yaml"):
        _load(monkeypatch, folder.parent)


def test_a_missing_file_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    (folder / "manners.yaml").unlink()
    with pytest.raises(OntologyError, match=r"manners\.yaml"):
        _load(monkeypatch, folder.parent)


def test_the_unspoilt_copy_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _load(monkeypatch, _copy(tmp_path).parent)


# ---- growing ---------------------------------------------------------------------------------------------------------

_ACT = """
  - term: applaud
    definition: Says that what another did is good.
    example: The minister applauded the ruling.
    cameo: "051"
    plover: SUPPORT
    stance: none
    derives: {claim: APPLAUDS}
"""
_TYPE = (
    "\n  - {term: APPLAUDS, from: [Actor], to: [Claim], definition: The actor applauded it., example: A ruling,"
    ' cameo: "051", plover: SUPPORT, derived: true, between: true}\n'
)
_SCRIPT = """
import json, schema
from kg.engine.dialect import ArcadeDialect
from kg.writing.derive import from_statement
from schema.graph import relationship_types
from schema.records import record_adapter, record_json_schema
record_adapter.validate_python(
    {"type": "statement", "document": "d", "act": "applaud", "speaker": "S", "about": ["c"], "quote": "q"}
)
assert "applaud" in json.dumps(record_json_schema())
assert "APPLAUDS" in relationship_types()
assert any("APPLAUDS" in statement for statement in ArcadeDialect().schema_statements())
rows = from_statement({"id": "stmt-a", "act": "applaud", "recorded_at": "t"}, "actor-a", "claim-a", [], [])
print(schema.__file__, [row.kind for row in rows])
"""


def test_a_new_row_is_all_that_a_new_term_needs(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    with (folder / "acts.yaml").open("a", encoding="utf-8") as file:
        file.write(_ACT)
    with (folder / "relationships.yaml").open("a", encoding="utf-8") as file:
        file.write(_TYPE)
    root = FOLDER.parent.parent
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{root}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == f"{folder.parent / '__init__.py'} ['APPLAUDS']"


def test_a_concept_keeps_the_order_of_its_file() -> None:
    rows = [Term(term=name, definition="d", example="e") for name in ("b", "a")]
    assert list(Concept("letter", rows)) == ["b", "a"]
