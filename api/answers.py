"""Answers as responses, and as OpenAPI describes them."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

from pydantic import BaseModel
from starlette.responses import Response

from api.problems import documented


def answered(answer: BaseModel, status: int = 200) -> Response:
    """An answer as JSON; it is a checked model already, so it is not checked again."""
    return Response(answer.model_dump_json(), status, media_type="application/json")


@cache
def example(operation: str) -> Any:
    """The example answer of an operation, from ``api/examples``; None where there is none yet."""
    file = resources.files("api").joinpath("examples", f"{operation}.json")
    return json.loads(file.read_text("utf-8")) if file.is_file() else None


def sample(operation: str, *path: str) -> dict[str, Any]:
    """An OpenAPI example for a parameter: a value of the operation's example answer."""
    value = example(operation)
    for name in path:
        value = value[name] if value else None
    return {"one": {"value": value or ""}}


def described(*problems: int) -> dict[int | str, dict[str, Any]]:
    """The problems that an operation on the graph may answer; its example is put in by :func:`add_examples`."""
    return documented(*sorted({422, 503, *problems}))


def add_examples(description: dict[str, Any]) -> None:
    """Put each operation's example answer into the OpenAPI description, as it is: a null in it says something."""
    for operations in description["paths"].values():
        for operation in operations.values():
            if (answer := example(operation["operationId"])) is not None:
                operation["responses"]["200"]["content"]["application/json"]["example"] = answer
