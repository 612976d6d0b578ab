"""``geokg read``: articles in, statements out, no graph."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli.commands import app
from kg.plugins import PluginUnavailable, UnknownPlugin
from kg.readers.registry import reader_named, reader_names

ENGLISH = (
    "Ruritania accused Strelsau Steel of shipping parts to a blocked port. "
    'The company denied the allegations. "This is false," said Anna Holt, its spokeswoman.\n'
)
GERMAN = (
    "Die Regierung hat heute mitgeteilt, dass sie die Vorwürfe zurückweist und keine weiteren Angaben machen kann, "
    "sagte ein Sprecher am Montag in Berlin vor Journalisten und Vertretern der Wirtschaft."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.txt").write_text(ENGLISH, "utf-8")
    (tmp_path / "a.txt").write_text(GERMAN, "utf-8")
    (tmp_path / "c.txt").write_bytes(b"\xff\xfe broken")
    return tmp_path


def run(*arguments: object, given: bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["read", *(str(argument) for argument in arguments)], input=given)


def test_json_of_one_file_has_the_documented_fields_and_offsets_that_stand(folder: Path) -> None:
    result = run(folder / "b.txt", "--format", "json", "--outlet", "The Gazette", "--date", "2025-11-14")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert set(found) == {"document", "statements", "policies", "events", "verifications", "affiliations"}
    document = found["document"]
    assert (document["outlet"], document["published"]) == ("The Gazette", "2025-11-14")
    assert [statement["act"] for statement in found["statements"]][:2] == ["allege", "deny"]
    for statement in found["statements"]:
        for part in (statement["source"], statement["cue"], statement["content"]):
            if part is not None:
                assert document["text"][part["start"] : part["end"]] == part["text"]
        assert document["text"][statement["start"] : statement["end"]] == statement["quote"]


def test_jsonl_has_one_line_a_file_in_the_order_given_and_goes_on_after_an_error(folder: Path) -> None:
    result = run(folder / "c.txt", folder / "b.txt", folder / "none.txt", folder / "a.txt", "--format", "jsonl")
    assert result.exit_code == 1
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [Path(line["document"]["file"]).name for line in lines] == ["c.txt", "b.txt", "none.txt", "a.txt"]
    assert lines[0]["error"]["type"] == "BadEncoding"
    assert "No such file" in lines[2]["error"]["what"]
    assert lines[1]["statements"]
    assert lines[3]["document"]["language"] == "de"
    assert lines[3]["statements"] == []
    assert "another language" in lines[3]["document"]["notes"][0]


def test_a_folder_stands_for_its_articles_in_order_of_their_names(folder: Path) -> None:
    result = run(folder, "--format", "jsonl")
    assert [Path(json.loads(line)["document"]["file"]).name for line in result.stdout.splitlines()] == [
        "a.txt",
        "b.txt",
        "c.txt",
    ]


def test_standard_input_is_read_and_the_same_bytes_give_the_same_output(folder: Path) -> None:
    first = run("-", "--format", "json", given=ENGLISH.encode())
    again = run("-", "--format", "json", given=ENGLISH.encode())
    assert first.exit_code == 0
    assert first.stdout_bytes == again.stdout_bytes
    assert json.loads(first.stdout)["document"]["file"] == "-"


def test_text_says_who_said_what(folder: Path) -> None:
    result = run(folder / "b.txt", "--title", "Steel row")
    assert "Steel row" in result.stdout
    assert "Ruritania: allege" in result.stdout
    assert "deny" in result.stdout


def test_output_goes_to_a_file(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.html"
    result = run(folder / "b.txt", folder / "c.txt", "--format", "html", "--out", target)
    assert result.exit_code == 1
    assert result.stdout == ""
    page = target.read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "Not read." in page
    assert "no UTF-8" in page


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--title", "One", "a.txt", "b.txt"], "one document"),
        (["--date", "yesterday", "b.txt"], "is no date"),
        (["--reader", "gramar", "b.txt"], "Did you mean 'grammar'"),
        (["-", "-"], "standard input can be read once"),
        (["empty"], "holds no article"),
        (["b.txt", "--out", "no/such/folder/file"], "cannot be written"),
    ],
)
def test_what_cannot_be_asked_is_told(folder: Path, arguments: list[str], told: str) -> None:
    (folder / "empty").mkdir()
    placed = [str(folder / part) if part in ("a.txt", "b.txt", "empty") else part for part in arguments]
    result = run(*placed)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


def test_the_readers_are_found_by_entry_points() -> None:
    assert reader_names()[0] == "grammar"
    assert {"spacy", "llm", "ensemble"} <= set(reader_names())
    assert reader_named().name == "grammar"
    with pytest.raises(UnknownPlugin, match=r"Installed: .*grammar"):
        reader_named("xyzzy")


def test_a_reader_without_its_package_says_which_extra_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys  # noqa: PLC0415

    monkeypatch.setitem(sys.modules, "openai", None)
    for name in [name for name in sys.modules if name.startswith("kg.readers.llm")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(PluginUnavailable, match=r"needs the package openai.*pip install 'geokg\[llm\]'"):
        reader_named("llm")
