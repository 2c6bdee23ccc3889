"""Answers in JSON."""

from typing import Any

import msgspec
from starlette.responses import Response


def json_answer(value: Any, status: int = 200) -> Response:
    """Any msgspec value as a JSON answer."""
    return Response(
        msgspec.json.encode(value),
        status_code=status,
        headers={"content-type": "application/json; charset=utf-8"},
    )
