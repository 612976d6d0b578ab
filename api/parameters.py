"""Parameters that operations share."""

from __future__ import annotations

import difflib
from typing import Annotated

from fastapi import Depends, Path, Query, Request
from fastapi.exceptions import RequestValidationError

from kg.asking.filters import Wanted
from kg.asking.parameters import MAX_LIMIT, AsOf, PageRequest

ActorName = Annotated[
    Wanted, Path(description="Id, or exact name in any language", openapi_examples={"a name": {"value": "Alibaba"}})
]


def as_of(
    valid_at: Annotated[
        str | None,
        Query(
            max_length=100,
            description="The world as it was then: EDTF date or ISO 8601 instant; no bound when left out",
            openapi_examples={"a day": {"value": "2025-11-14"}},
        ),
    ] = None,
    known_at: Annotated[
        str | None,
        Query(
            max_length=100,
            description="What this graph knew then; now when left out. A date means its last moment",
            openapi_examples={"an instant": {"value": "2026-01-01T00:00:00Z"}},
        ),
    ] = None,
) -> AsOf:
    """The two clocks."""
    return AsOf.of(valid_at, known_at)


def page(
    limit: Annotated[
        int, Query(ge=1, le=MAX_LIMIT, description="Most items", openapi_examples={"twenty": {"value": 20}})
    ] = 20,
    cursor: Annotated[
        str | None, Query(max_length=2_000, description="The 'next' of the part before; the first part when left out")
    ] = None,
) -> PageRequest:
    """Which part of a list."""
    return PageRequest(limit, cursor)


Times = Annotated[AsOf, Depends(as_of)]
Part = Annotated[PageRequest, Depends(page)]


def only_known_parameters(request: Request) -> None:
    """Refuse a query parameter that the operation does not have; it would be passed over in silence.

    Raises:
        RequestValidationError: names the nearest parameter that it has.
    """
    known = request.app.state.parameters[request.scope["route"].operation_id]
    faults = []
    for name in dict.fromkeys(request.query_params):
        if name not in known:
            near = difflib.get_close_matches(name[:60], known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known) or 'none'}"
            faults.append({"loc": ("query", name[:60]), "msg": f"unknown parameter; {hint}", "type": "unknown"})
    if faults:
        raise RequestValidationError(faults)
