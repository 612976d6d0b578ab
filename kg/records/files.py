"""Read: files of records and files of articles, as items that know where they stand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from schema.errors import InvalidInput

RECORD_SUFFIXES: Final = {".yaml", ".yml", ".json", ".jsonl", ".ndjson"}
ARTICLE_SUFFIXES: Final = {".txt", ".md", ".markdown", ".html", ".htm", ".xhtml"}
MAX_LINE: Final = 40_000_000


@dataclass(frozen=True, slots=True)
class Item:
    """One thing read from an input, not yet checked.

    Attributes:
        where: file and line, for messages.
        value: what stands there; for a record a mapping.
        folder: where files that it names are looked for; None where it may name none.
    """

    where: str
    value: Any
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A part of an input that cannot be read at all."""

    where: str
    reason: str
    raw: str


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files that paths name; a folder stands for the records and articles in it, in order of their names.

    Raises:
        InvalidInput: a path does not exist, or is of no kind that can be read.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(
                p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in RECORD_SUFFIXES | ARTICLE_SUFFIXES
            )
            if not inside:
                raise InvalidInput("the folder holds no file that can be read", str(path), _known_suffixes())
            found += inside
        elif not path.exists():
            raise InvalidInput("there is no such file", str(path), "Check the path")
        elif path.suffix.lower() not in RECORD_SUFFIXES | ARTICLE_SUFFIXES:
            raise InvalidInput(
                f"files ending in {path.suffix or 'nothing'!r} cannot be read", str(path), _known_suffixes()
            )
        else:
            found.append(path)
    return found


def _known_suffixes() -> str:
    return f"Records: {', '.join(sorted(RECORD_SUFFIXES))}; articles: {', '.join(sorted(ARTICLE_SUFFIXES))}"


def is_article(path: Path) -> bool:
    """Whether a file holds an article rather than records."""
    return path.suffix.lower() in ARTICLE_SUFFIXES


def read_record_file(path: Path) -> Iterator[Item | Unreadable]:
    """The records of a file: a YAML or JSON list, or one JSON object a line."""
    suffix = path.suffix.lower()
    if suffix in (".jsonl", ".ndjson"):
        with path.open("rb") as file:
            yield from read_json_lines(file, str(path), path.parent)
        return
    data = path.read_bytes()
    yield from read_records(data, "json" if suffix == ".json" else "yaml", str(path), path.parent)


def read_records(data: bytes, form: str, where: str, folder: Path | None = None) -> Iterator[Item | Unreadable]:
    """The records in bytes of a form: ``json``, ``jsonl`` or ``yaml``."""
    if form == "jsonl":
        yield from read_json_lines(data.splitlines(keepends=True), where, folder)
        return
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield Unreadable(where, f"byte {error.start} is no UTF-8; save the file as UTF-8", "")
        return
    if form == "json":
        try:
            values = json.loads(text)
        except (json.JSONDecodeError, RecursionError) as error:
            yield Unreadable(where, f"it is no JSON: {error}", text[:200])
            return
        for number, value in enumerate(values if isinstance(values, list) else [values], 1):
            yield _checked(Item(f"{where}#{number}", value, folder))
        return
    yield from _read_yaml(text, where, folder)


def _read_yaml(text: str, where: str, folder: Path | None) -> Iterator[Item | Unreadable]:
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return
        parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
        for part in parts:
            line = part.start_mark.line + 1
            yield _checked(Item(f"{where}:{line}", loader.construct_document(part), folder))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        at = f"{where}:{mark.line + 1}" if mark else where
        yield Unreadable(at, f"it is no YAML: {getattr(error, 'problem', None) or error}", "")
    finally:
        loader.dispose()


class _Loader(yaml.SafeLoader):
    """Safe YAML in which dates stay text, as EDTF needs them, and references to anchors cannot multiply."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.constructor.ConstructorError(
                None,
                None,
                "aliases (*name) are not taken; write the value out",
                self.peek_event().start_mark,  # type: ignore[no-untyped-call]
            )
        return super().compose_node(parent, index)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_json_lines(lines: Iterable[bytes], where: str, folder: Path | None = None) -> Iterator[Item | Unreadable]:
    """One JSON object a line; a line that is none is reported and the rest goes on."""
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        at = f"{where}:{number}"
        try:
            value = json.loads(raw.decode("utf-8-sig" if number == 1 else "utf-8"))
        except UnicodeDecodeError as error:
            yield Unreadable(at, f"byte {error.start} of the line is no UTF-8", raw[:200].decode("latin-1"))
        except (json.JSONDecodeError, RecursionError) as error:
            yield Unreadable(at, f"the line is no JSON: {error}", raw[:200].decode("utf-8", "replace"))
        else:
            if isinstance(value, dict) and set(value) == {"where", "reason", "record"}:
                value = value["record"]  # a line of a reject file, fed in again
            yield _checked(Item(at, value, folder))


def _checked(item: Item) -> Item | Unreadable:
    if isinstance(item.value, dict):
        return item
    return Unreadable(item.where, "a record is an object with named fields", str(item.value)[:200])
