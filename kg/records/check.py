"""Check: from a mapping to a record, or to a reason that says what is wrong and what was perhaps meant. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from kg.reading.article import load_article
from schema.errors import InvalidInput
from schema.records import RECORD_TYPES, Record, record_adapter


def check_record(value: Mapping[str, Any], where: str, folder: Path | None = None) -> Record:
    """Make a record of a mapping.

    Args:
        value: the mapping.
        where: file and line, for the message.
        folder: where ``text_file`` is looked for; None where no file may be named.

    Raises:
        InvalidInput: it is no record; every fault is named, an unknown field or term with the nearest known one.
    """
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in RECORD_TYPES:
        near = difflib.get_close_matches(str(kind)[:60], RECORD_TYPES, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(RECORD_TYPES)}"
        what = "the record has no type" if kind is None else f"unknown record type {str(kind)[:60]!r}"
        raise InvalidInput(what, where, hint)
    try:
        record = record_adapter.validate_python(value)
    except ValidationError as error:
        raise InvalidInput("; ".join(_faults(error, kind)), where) from error
    except RecursionError as error:
        raise InvalidInput("the record is nested too deeply", where) from error
    text_file = getattr(record, "text_file", None)
    if text_file is not None:
        return record.model_copy(update={"text": _text(text_file, folder, where), "text_file": None})
    return record


def _faults(error: ValidationError, kind: str) -> list[str]:
    faults = []
    for fault in error.errors(include_url=False, include_context=False)[:10]:
        path = ".".join(str(part) for part in fault["loc"] if part != kind)
        if fault["type"] == "extra_forbidden":
            name = str(fault["loc"][-1])
            known = _fields_at(RECORD_TYPES[kind], [part for part in fault["loc"][1:-1] if isinstance(part, str)])
            near = difflib.get_close_matches(name[:60], known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}"
            faults.append(f"unknown field {path[:80]!r}; {hint}")
        else:
            faults.append(f"{path}: {fault['msg']}" if path else fault["msg"])
    return faults


def _fields_at(model: type[BaseModel], path: list[str]) -> list[str]:
    """The fields of the model that stands at a path of fields in another."""
    for name in path:
        field = model.model_fields.get(name)
        inner = _model_in(field.annotation) if field else None
        if inner is None:
            break
        model = inner
    return list(model.model_fields)


def _model_in(hint: Any) -> type[BaseModel] | None:
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return hint
    return next((found for part in get_args(hint) if (found := _model_in(part))), None)


def _text(name: str, folder: Path | None, where: str) -> str:
    """The article's text in a file beside the record."""
    if folder is None:
        raise InvalidInput(
            "text_file names a file, which only records read from a folder may do", where, "Give the text"
        )
    if "\0" in name:
        raise InvalidInput("text_file has a zero byte in it", where, "Check the name")
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise InvalidInput(
            f"text_file {name[:80]!r} lies outside the record's folder", where, "Move the file beside it"
        )
    try:
        return load_article(path.read_bytes(), filename=path.name).text
    except OSError as error:
        raise InvalidInput(
            f"text_file {name[:80]!r} cannot be read: {error.strerror}", where, "Check the name"
        ) from error
