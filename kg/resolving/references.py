"""Which fields of a record refer to others, and the same record with ids in their place. Pure."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from functools import cache
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from schema.fields import Refers
from schema.records import Record

Resolve = Callable[[tuple[str, ...], str, str], str]
"""From the labels it may have, the reference and the field's name to the id; raises InvalidInput."""


def _marker(hint: Any) -> Refers | None:
    """The mark of a reference in a type such as ``Annotated[...] | None`` or ``tuple[Annotated[...], ...]``."""
    if get_origin(hint) is Annotated:
        base, *metadata = get_args(hint)
        return next((mark for mark in metadata if isinstance(mark, Refers)), None) or _marker(base)
    if get_origin(hint) in (tuple, list, Union, types.UnionType):
        return next((mark for part in get_args(hint) if (mark := _marker(part))), None)
    return None


def _model(hint: Any) -> type[BaseModel] | None:
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return hint
    return next((found for part in get_args(hint) if (found := _model(part))), None)


@cache
def _reference_fields(model: type[BaseModel]) -> tuple[tuple[str, Refers], ...]:
    hints = get_type_hints(model, include_extras=True)
    return tuple((name, mark) for name in model.model_fields if (mark := _marker(hints[name])))


@cache
def _nested_fields(model: type[BaseModel]) -> tuple[str, ...]:
    hints = get_type_hints(model, include_extras=True)
    return tuple(name for name in model.model_fields if (inner := _model(hints[name])) and _has_references(inner))


def _has_references(model: type[BaseModel]) -> bool:
    return bool(_reference_fields(model) or _nested_fields(model))


def references_of(record: BaseModel) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each reference in the record, with the labels that it may have."""
    for name, mark in _reference_fields(type(record)):
        value = getattr(record, name)
        for reference in value if isinstance(value, tuple) else (value,):
            if reference is not None:
                yield mark.labels, reference
    for name in _nested_fields(type(record)):
        value = getattr(record, name)
        for inner in value if isinstance(value, tuple) else (value,):
            if inner is not None:
                yield from references_of(inner)


def resolved(record: Record, resolve: Resolve, only: frozenset[str] | None = None) -> Record:
    """The record with an id for each reference, or for those in some of its fields.

    Raises:
        InvalidInput: what ``resolve`` raises.
    """
    return _resolved(record, resolve, only)


_Model = TypeVar("_Model", bound=BaseModel)


def _resolved(record: _Model, resolve: Resolve, only: frozenset[str] | None = None) -> _Model:
    update: dict[str, Any] = {}
    for name, mark in _reference_fields(type(record)):
        if only is not None and name not in only:
            continue
        value = getattr(record, name)
        if isinstance(value, tuple):
            update[name] = tuple(dict.fromkeys(resolve(mark.labels, each, name) for each in value))
        elif value is not None:
            update[name] = resolve(mark.labels, value, name)
    for name in _nested_fields(type(record)) if only is None else ():
        value = getattr(record, name)
        if isinstance(value, tuple):
            update[name] = tuple(_resolved(each, resolve) for each in value)
        elif value is not None:
            update[name] = _resolved(value, resolve)
    changed = {name: value for name, value in update.items() if value != getattr(record, name)}
    return record.model_copy(update=changed) if changed else record
