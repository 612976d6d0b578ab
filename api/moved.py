"""Old addresses of actors and claims that are shown as another: 308, with the address of that one."""

from __future__ import annotations

from fastapi import Request
from pydantic import BaseModel
from starlette.responses import Response

from api.answers import answered
from schema.ids import label_of


def answered_there(request: Request, asked: str, canonical: str, answer: BaseModel) -> Response:
    """The answer; where it was asked for by the id of one that is shown as another, where to ask for that.

    Args:
        request: its path has the id that was asked for as one of its parts.
        asked: id or name in the path.
        canonical: id of what the answer is about.
        answer: the answer.
    """
    if label_of(asked) is None or asked == canonical:
        return answered(answer)
    path = request.url.path.replace(asked, canonical, 1)
    query = f"?{request.url.query}" if request.url.query else ""
    return Response(status_code=308, headers={"Location": f"{path}{query}"})
