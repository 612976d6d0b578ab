"""Read: files of records and files of articles, as items that know where they stand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, NoReturn

import yaml

from schema.errors import InvalidInput
from schema.plain_yaml import PlainLoader

RECORD_SUFFIXES: Final = {".yaml", ".yml", ".json", ".jsonl", ".ndjson"}
ARTICLE_SUFFIXES: Final = {".txt", ".md", ".markdown", ".html", ".htm", ".xhtml"}
MAX_LINE: Final = 40_000_000
"""Most bytes of one line of JSON lines; a longer one is passed over."""

REJECTED: Final = {"where", "reason", "record"}
"""Fields of a line of a reject file; ``folder`` beside them tells where the record's ``text_file`` is looked for."""


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
        if _exists(path) and path.is_dir():
            inside = sorted(
                p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in RECORD_SUFFIXES | ARTICLE_SUFFIXES
            )
            if not inside:
                raise InvalidInput("the folder holds no file that can be read", str(path), _known_suffixes())
            found += inside
        elif not _exists(path):
            raise InvalidInput("there is no such file", str(path), "Check the path")
        elif path.suffix.lower() not in RECORD_SUFFIXES | ARTICLE_SUFFIXES:
            raise InvalidInput(
                f"files ending in {path.suffix or 'nothing'!r} cannot be read", str(path), _known_suffixes()
            )
        else:
            found.append(path)
    return found


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that is too long, for one
        return False


def _known_suffixes() -> str:
    return f"Records: {', '.join(sorted(RECORD_SUFFIXES))}; articles: {', '.join(sorted(ARTICLE_SUFFIXES))}"


def is_article(path: Path) -> bool:
    """Whether a file holds an article rather than records."""
    return path.suffix.lower() in ARTICLE_SUFFIXES


def read_record_file(path: Path) -> Iterator[Item | Unreadable]:
    """The records of a file: a YAML or JSON list, or one JSON object a line."""
    suffix = path.suffix.lower()
    try:
        if suffix in (".jsonl", ".ndjson"):
            with path.open("rb") as file:
                yield from read_json_lines(_lines(file), str(path), path.parent)
            return
        data = path.read_bytes()
    except OSError as error:
        yield Unreadable(str(path), f"it cannot be read: {error.strerror}", "")
        return
    yield from read_records(data, "json" if suffix == ".json" else "yaml", str(path), path.parent)


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    """The lines of a file; of one that is too long only the beginning, so that no line can fill the memory."""
    while line := file.readline(MAX_LINE + 1):
        yield line
        while len(line) > MAX_LINE and not line.endswith(b"\n"):
            line = file.readline(MAX_LINE + 1)
            if not line:
                return


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
            values = _json(text)
        except (ValueError, RecursionError) as error:
            yield Unreadable(where, f"it is no JSON: {error}", text[:200])
            return
        for number, value in enumerate(values if isinstance(values, list) else [values], 1):
            yield _checked(Item(f"{where}#{number}", value, folder))
        return
    yield from _read_yaml(text, where, folder)


def _read_yaml(text: str, where: str, folder: Path | None) -> Iterator[Item | Unreadable]:
    try:
        loader = PlainLoader(text)
    except yaml.YAMLError as error:  # a character that YAML cannot hold
        yield _no_yaml(error, where)
        return
    try:
        node = loader.get_single_node()
        if node is None:
            return
        parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
        for part in parts:
            at = f"{where}:{part.start_mark.line + 1}"
            try:
                value = loader.construct_document(part)
            except (yaml.YAMLError, RecursionError, ValueError) as error:
                yield _no_yaml(error, at)
            else:
                yield _checked(Item(at, value, folder))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        yield _no_yaml(error, where)
    finally:
        loader.dispose()


def _no_yaml(error: Exception, where: str) -> Unreadable:
    mark = getattr(error, "problem_mark", None)
    at = f"{where.rpartition(':')[0] or where}:{mark.line + 1}" if mark else where
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or error
    return Unreadable(at, f"it is no YAML: {reason}", "")


def read_json_lines(lines: Iterable[bytes], where: str, folder: Path | None = None) -> Iterator[Item | Unreadable]:
    """One JSON object a line; a line that is none is reported and the rest goes on."""
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        at = f"{where}:{number}"
        if len(raw) > MAX_LINE:
            yield Unreadable(at, f"the line has more than {MAX_LINE:,} bytes", raw[:200].decode("utf-8", "replace"))
            continue
        try:
            value = _json(raw.decode("utf-8-sig" if number == 1 else "utf-8"))
        except UnicodeDecodeError as error:
            yield Unreadable(at, f"byte {error.start} of the line is no UTF-8", raw.decode("latin-1"))
        except (ValueError, RecursionError) as error:
            yield Unreadable(at, f"the line is no JSON: {error}", raw.decode("utf-8", "replace"))
        else:
            yield _checked(_rejected_before(Item(at, value, folder)))


def _json(text: str) -> Any:
    """JSON in which no field stands twice and every number is one."""
    return json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        twice = next(name for name, _ in pairs if [other for other, _ in pairs].count(name) > 1)
        raise ValueError(f"the field {twice[:60]!r} stands twice")
    return value


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _rejected_before(item: Item) -> Item:
    """The record in a line of a reject file, which is fed in again; any other item as it is."""
    value = item.value
    if not isinstance(value, dict) or not REJECTED <= set(value) <= REJECTED | {"folder"}:
        return item
    named = value.get("folder") if item.folder is not None else None
    return Item(item.where, value["record"], Path(named) if isinstance(named, str) else item.folder)


def _checked(item: Item) -> Item | Unreadable:
    if isinstance(item.value, dict):
        return item
    return Unreadable(item.where, "a record is an object with named fields", str(item.value)[:200])
