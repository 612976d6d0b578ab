"""Field types that the record models share: terms of the ontology, references, times, text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from schema.errors import InvalidInput
from schema.ontology import ontology
from schema.times import parse_known, parse_time

MAX_TEXT = 10_000_000
"""Most code points of a document's text."""


@dataclass(frozen=True)
class TermOf:
    """Marks a string as a term of one concept of the ontology; its JSON Schema lists the terms."""

    concept: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "enum": list(ontology().concept(self.concept))}

    def _check(self, value: str) -> str:
        concept = ontology().concept(self.concept)
        if value in concept:
            return value
        try:
            concept.require(value)
        except InvalidInput as error:
            raise PydanticCustomError(
                "unknown_term", "{what}. {remedy}", {"what": error.what, "remedy": error.remedy}
            ) from error
        return value


@dataclass(frozen=True)
class Refers:
    """Marks a string as a reference to a record with one of these labels: by id, by key, or by name."""

    labels: tuple[str, ...]

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), "description": f"Id, key or name of a {' or '.join(self.labels)}"}


def _edtf(value: str) -> str:
    try:
        return parse_time(value).edtf
    except InvalidInput as error:
        raise PydanticCustomError(
            "no_date", "{what}. {remedy}", {"what": error.what, "remedy": error.remedy}
        ) from error


def _known(value: str) -> str:
    try:
        return parse_known(value)
    except InvalidInput as error:
        raise PydanticCustomError(
            "no_date", "{what}. {remedy}", {"what": error.what, "remedy": error.remedy}
        ) from error


_STAMP = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def _clean_name(value: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", value).split())
    if not name:
        raise PydanticCustomError("empty_name", "the name is empty")
    if _CONTROL.search(name):
        raise PydanticCustomError("control_character", "the name has a control character")
    return name


def _no_control(value: str) -> str:
    if match := _CONTROL.search(value):
        raise PydanticCustomError(
            "control_character",
            "character {point} at offset {at} cannot stand in a text",
            {"point": f"U+{ord(match[0]):04X}", "at": match.start()},
        )
    return value


Name = Annotated[str, StringConstraints(max_length=1_000), AfterValidator(_clean_name)]
Line = Annotated[str, StringConstraints(max_length=10_000), AfterValidator(_no_control)]
Text = Annotated[str, StringConstraints(max_length=MAX_TEXT), AfterValidator(_no_control)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,119}$")]
Edtf = Annotated[str, StringConstraints(max_length=100), AfterValidator(_edtf)]
KnownAt = Annotated[str, StringConstraints(max_length=40), AfterValidator(_known)]
PastInterval = Annotated[str, StringConstraints(pattern=rf"^{_STAMP}/{_STAMP}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Url = Annotated[str, StringConstraints(max_length=2_000, pattern=r"^https?://[^\s\x00-\x1f\x7f]+$")]

_Reference = Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
ActorRef = Annotated[_Reference, Refers(("Actor",))]
TopicRef = Annotated[_Reference, Refers(("Topic",))]
DocumentRef = Annotated[_Reference, Refers(("Document",))]
DecisionRef = Annotated[_Reference, Refers(("Decision",))]
StatementRef = Annotated[_Reference, Refers(("Statement",))]
ClaimRef = Annotated[_Reference, Refers(("Claim",))]
PolicyRef = Annotated[_Reference, Refers(("Policy",))]
ActorOrClaimRef = Annotated[_Reference, Refers(("Actor", "Claim"))]
ActorOrTopicRef = Annotated[_Reference, Refers(("Actor", "Topic"))]
TopicOrPolicyRef = Annotated[_Reference, Refers(("Topic", "Policy"))]
ClaimOrEventRef = Annotated[_Reference, Refers(("Claim", "Event"))]
PolicyOrEventRef = Annotated[_Reference, Refers(("Policy", "Event"))]
MatterRef = Annotated[_Reference, Refers(("Claim", "Policy", "Event"))]
AnyRef = Annotated[_Reference, Refers(("Actor", "Topic", "Document", "Statement", "Claim", "Policy", "Event"))]
