"""Bad files, and bad records among good ones: what can go in goes in, and what cannot is kept to be mended."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import BaseModel

from kg.engine.graph import Graph
from kg.ingest import ingest_files, ingest_records
from kg.ingest.report import Report
from kg.verify import verify
from schema.errors import InvalidInput
from tests.ingest.records import BAD, BASE, actor, bad_statement, claim, document, statement
from tests.writing.exported import exported


async def test_one_bad_record_does_not_keep_the_good_ones_out(graph: Graph) -> None:
    bad = [record for record, _ in BAD]
    mixed = [each for pair in zip(BASE, bad[: len(BASE)], strict=True) for each in pair] + bad[len(BASE) :]
    report = await ingest_records(graph, mixed)
    assert (report.counts.new, report.counts.rejected) == (len(BASE), len(bad))
    assert len(await exported(graph)) == len(BASE)
    assert (await verify(graph)).faults == []


async def test_what_hangs_on_a_rejected_record_is_rejected_with_it(graph: Graph) -> None:
    records = [actor("Gamma"), claim("c", "It is so"), document("d", "Gamma says so."), bad_statement("Gamma says so.")]
    records[2]["url"] = "no url"
    report = await ingest_records(graph, records)
    assert [(each.where, each.reason.split(":")[0]) for each in report.rejected] == [
        ("request#3", "url"),
        ("request#4", "document"),
    ]
    assert {record["type"] for record in await exported(graph)} == {"actor", "claim"}


# ---- any text goes in and comes out as it was ------------------------------------------------------------------------

STRANGE = [
    "plain",
    "阿里巴巴 says 😀 no",
    "e\u0301 is not é",
    "‮right to left‬",
    "tab\tand\nline\r\nends",
    "a 'quote' \"double\" \\ back`tick $dollar {curly}",
    "'}) DETACH DELETE n //",
    "\ufffe \uffff \u2028 \ue000 \U0010fffd",
    " ".join(map(str, range(20_000))),
]


async def test_any_text_is_kept_to_the_letter(graph: Graph) -> None:
    documents = [document(f"d{number}", f"Before. {text} After.") for number, text in enumerate(STRANGE)]
    said = [
        statement(f"s{number}", f"d{number}", "Gamma", "assert", text[:9_000], ["c"], content=text[:900])
        for number, text in enumerate(STRANGE)
    ]
    report = await ingest_records(graph, [actor("Gamma"), claim("c", "It is so"), *documents, *said])
    assert report.rejected == []
    records = {record.get("key"): record for record in await exported(graph)}
    for number, text in enumerate(STRANGE):
        assert records[f"d{number}"]["text"] == f"Before. {text} After."
        assert records[f"s{number}"]["quote"] == text[:9_000]
        assert records[f"s{number}"]["start"] == 8
    assert (await verify(graph)).faults == []


async def test_the_longest_names_go_in(graph: Graph) -> None:
    """An engine's index has a limit of its own; a name that the format allows is below it."""
    longest = "\U0001f600" * 1_000
    unfolding = "\ufdfa" * 1_000  # one character that compatibility folding makes eighteen of
    records = [
        actor(longest, aliases=[unfolding, "\u0390" * 1_000], description=longest),
        {"type": "topic", "name": longest, "kind": "issue"},
        {**document("d", "Text"), "title": unfolding, "publisher": longest},
        {"type": "policy", "kind": "law", "title": unfolding, "number": longest},
        claim("c", longest * 10, subjects=[longest]),
        {"type": "event", "kind": "attack", "title": unfolding, "at": "2025"},
    ]
    report = await ingest_records(graph, records)
    assert (report.rejected, report.counts.new) == ([], len(records))
    assert (await ingest_records(graph, records)).counts.unchanged == len(records)


# ---- files -----------------------------------------------------------------------------------------------------------

_LINE = json.dumps(actor("Beta")).encode()
HTML = b"<!doctype html><html><head><title>Log in</title></head><body><form><input name=q></form></body></html>"
FILES: list[tuple[str, bytes, str]] = [
    ("empty.txt", b"", "the article has no text (0 bytes, or only blank space)"),
    ("blank.md", b" \n\t\n", "the article has no text"),
    ("large.txt", b"x" * (10 * 1024 * 1024 + 1), "the article has 10,485,761 bytes, and at most 10,485,760 are read"),
    ("latin.txt", "Zürich".encode("latin-1"), "byte 1 (0xfc) is no UTF-8"),
    ("form.html", HTML, "no article was found in the HTML"),
    ("matter.md", b"---\ntitle: [\n---\nText.\n", "the front matter is no YAML"),
    ("list.md", b"---\n- a\n---\nText.\n", "the front matter is no mapping"),
    ("records.json", b"[{", "it is no JSON"),
    ("bomb.yaml", b"- &a [x, x]\n- &b [*a, *a]\n", "aliases (*name) are not taken"),
    ("zero.yaml", b'name: "\x00"', "special characters are not allowed"),
    ("utf16.yaml", "type: actor".encode("utf-16"), "is no UTF-8"),
    (
        "deep.json",
        b'{"type": "actor", "name": ' + b"[" * 900 + b"]" * 900 + b"}",
        "name: Input should be a valid string",
    ),
    ("type.jsonl", b'{"type": {"a": 1}}', "unknown record type"),
    ("twice.jsonl", b'{"type": "actor", "name": "a", "name": "b", "kind": "other"}', "the field 'name' stands twice"),
    ("surrogate.jsonl", b'{"type": "actor", "name": "\\ud800", "kind": "other"}', "name: "),
    ("number.yaml", b"type: event\nkind: attack\ntitle: t\nat: 2025\ncameo: 0x" + b"f" * 6_000, "cameo: "),
]


@pytest.mark.parametrize(("name", "content", "reason"), FILES, ids=[name for name, _, _ in FILES])
async def test_a_bad_file_is_told_of_and_the_next_goes_in(
    graph: Graph, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    bad, good, rejects = tmp_path / name, tmp_path / "zz.jsonl", tmp_path / "rejects.jsonl"
    bad.write_bytes(content)
    good.write_bytes(_LINE)
    report = await ingest_files(graph, [bad, good], reject_file=rejects)
    assert report.counts.new == 1
    assert report.rejected
    assert report.rejected[0].where.startswith(str(bad))
    assert reason in report.rejected[0].reason
    assert all(
        json.loads(line).keys() >= {"where", "reason", "record"} for line in rejects.read_text("utf-8").splitlines()
    )
    assert _reports(report)


def _reports(report: BaseModel) -> bool:
    """Whether the report can be told over the network."""
    return bool(json.loads(report.model_dump_json()))


async def test_a_missing_file_is_told_of_before_anything_is_written(graph: Graph, tmp_path: Path) -> None:
    good = tmp_path / "good.jsonl"
    good.write_bytes(_LINE)
    with pytest.raises(InvalidInput, match="there is no such file"):
        await ingest_files(graph, [good, tmp_path / "missing.yaml"])
    with pytest.raises(InvalidInput, match="rejected records cannot be written"):
        await ingest_files(graph, [good], reject_file=tmp_path / "nowhere" / "rejects.jsonl")
    assert await exported(graph) == []


async def test_a_broken_line_in_the_middle(graph: Graph, tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_bytes(_LINE + b'\n{"type": "actor", \n' + json.dumps(actor("Gamma")).encode() + b"\n")
    report = await ingest_files(graph, [file])
    assert report.counts.new == 2
    assert [each.where for each in report.rejected] == [f"{file}:2"]


# ---- the reject file -------------------------------------------------------------------------------------------------


async def test_a_mended_reject_file_goes_in(graph: Graph, tmp_path: Path) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "text.md").write_text("Gamma says so.\n", "utf-8")
    records = [
        actor("Gamma", kind="compny"),
        {"type": "document", "key": "d", "title": "t", "text_file": "text.md", "published_at": "soon"},
        claim("c", "It is so"),
        statement("s", "d", "Gamma", "assert", "Gamma says so.", ["c"]),
    ]
    file, rejects = folder / "records.json", tmp_path / "rejects.jsonl"
    file.write_text(json.dumps(records), "utf-8")
    first: Report = await ingest_files(graph, [file], reject_file=rejects)
    assert (first.counts.new, first.counts.rejected) == (1, 3)
    assert first.reject_file == str(rejects)

    still = await ingest_files(graph, [rejects])
    assert (still.counts.new, still.counts.rejected) == (0, 3)

    mended = rejects.read_text("utf-8").replace("compny", "company").replace('"soon"', '"2025-11-14"')
    rejects.write_text(mended, "utf-8")
    second = await ingest_files(graph, [rejects])
    assert (second.counts.new, second.rejected) == (3, [])
    again = await ingest_files(graph, [file.with_name("records.json"), rejects])
    assert (again.counts.new, again.counts.unchanged) == (0, 5)


async def test_a_reject_file_is_written_only_where_there_are_rejects(graph: Graph, tmp_path: Path) -> None:
    good = tmp_path / "good.jsonl"
    good.write_bytes(_LINE)
    report = await ingest_files(graph, [good], reject_file=tmp_path / "rejects.jsonl")
    assert report.reject_file is None
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["good.jsonl"]  # noqa: ASYNC240 - two names
