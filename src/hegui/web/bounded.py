"""Bodies read with a bound on size and time, before anything is done with them."""

import asyncio
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import ClientDisconnect, Request

from hegui.web.errors import slow, too_large, unreadable

#: No form of the portal has more fields than this.
MAX_FIELDS = 20
FORM = "application/x-www-form-urlencoded"


async def read(request: Request, limit: int, seconds: float) -> bytes:
    """The body, at most ``limit`` bytes of it, within ``seconds``.

    Raises:
        WebError: ``request_too_large``, ``request_slow`` or ``request_unreadable``.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for piece in request.stream():
                body += piece
                if len(body) > limit:
                    raise too_large()
    except TimeoutError:
        raise slow() from None
    except ClientDisconnect:
        raise unreadable() from None
    return bytes(body)


async def form(request: Request, limit: int, seconds: float) -> dict[str, str]:
    """A plain HTML form's fields; of several fields of a name, the last that is not empty.

    Raises:
        WebError: as :func:`read`, and ``request_unreadable`` for what is not such a form.
    """
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != FORM:
        raise unreadable()
    body = await read(request, limit, seconds)
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MAX_FIELDS,
        )
    except ValueError:
        raise unreadable() from None
    fields: dict[str, str] = {}
    for name, value in pairs:
        fields[name] = value or fields.get(name, "")
    return fields


async def json(request: Request, shape: type[Any], limit: int, seconds: float) -> Any:
    """A JSON body as the msgspec type ``shape``; an empty body reads as ``{}``.

    Raises:
        WebError: as :func:`read`, and ``request_unreadable`` for any other shape.
    """
    body = await read(request, limit, seconds)
    try:
        return msgspec.json.decode(body or b"{}", type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise unreadable() from None
