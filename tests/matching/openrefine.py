"""Shapes of the Reconciliation Service API, version 0.2, as JSON Schema; written from the specification's text."""

from __future__ import annotations

from typing import Any, Final

_TEXT: Final = {"type": "string"}
_URL: Final = {"type": "string", "pattern": "^https?://"}
_NAMED: Final = {"type": "object", "required": ["id", "name"], "properties": {"id": _TEXT, "name": _TEXT}}
_SERVICE: Final = {
    "type": "object",
    "required": ["service_url", "service_path"],
    "properties": {"service_url": _URL, "service_path": {"type": "string", "pattern": "^/"}},
}


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties}


MANIFEST: Final = _object(
    ["versions", "name", "identifierSpace", "schemaSpace"],
    versions={"type": "array", "items": _TEXT, "contains": {"const": "0.2"}},
    name=_TEXT,
    identifierSpace=_URL,
    schemaSpace=_URL,
    defaultTypes={"type": "array", "items": _NAMED},
    view=_object(["url"], url={"type": "string", "pattern": r"\{\{id\}\}"}),
    preview=_object(
        ["url", "width", "height"],
        url={"type": "string", "pattern": r"\{\{id\}\}"},
        width={"type": "integer"},
        height={"type": "integer"},
    ),
    suggest=_object([], entity=_SERVICE, type=_SERVICE, property=_SERVICE),
    extend=_object([], propose_properties=_SERVICE, property_settings={"type": "array"}),
)
_CANDIDATE: Final = _object(
    ["id", "name", "score", "match"],
    id=_TEXT,
    name=_TEXT,
    description=_TEXT,
    score={"type": "number"},
    match={"type": "boolean"},
    type={"type": "array", "items": _NAMED},
    features={
        "type": "array",
        "items": _object(["id", "value"], id=_TEXT, value={"type": ["number", "boolean", "string"]}),
    },
)
RESULTS: Final = {
    "type": "object",
    "additionalProperties": _object(["result"], result={"type": "array", "items": _CANDIDATE}),
}
SUGGESTED: Final = _object(["result"], result={"type": "array", "items": _NAMED | {"additionalProperties": True}})
PROPOSED: Final = _object(["properties"], properties={"type": "array", "items": _NAMED}, type=_TEXT)
EXTENDED: Final = _object(
    ["meta", "rows"],
    meta={"type": "array", "items": _NAMED},
    rows={
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "object", "minProperties": 1}},
        },
    },
)
