"""One file out of a form, bounded in size and time."""

import asyncio
from collections.abc import AsyncGenerator
from typing import NamedTuple

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from hegui.web.bounded import MAX_FIELDS
from hegui.web.errors import WebError, too_large, unreadable

#: What a form needs around its file.
_FRAME_BYTES = 65_536
_LONGEST_NAME = 128


class Uploaded(NamedTuple):
    """What a form with a file brought.

    Attributes:
        fields: its other fields.
        name: the file's name; empty when none was chosen.
        data: its content.
        media_type: what the browser calls it.
    """

    fields: dict[str, str]
    name: str
    data: bytes
    media_type: str


async def upload(request: Request, field: str, most: int, seconds: float) -> tuple[str, bytes]:
    """A file that a form brings; as :func:`upload_with`."""
    found = await upload_with(request, field, most, seconds)
    return found.name, found.data


async def upload_with(request: Request, field: str, most: int, seconds: float) -> Uploaded:
    """A form that may bring a file.

    Args:
        request: with a ``multipart/form-data`` body.
        field: the file's field.
        most: bytes of the file.
        seconds: for the whole body.

    Raises:
        WebError: ``request_too_large``, ``request_slow`` or ``request_unreadable``.
    """
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise unreadable()
    parser = MultiPartParser(
        request.headers,
        _bounded(request, most + _FRAME_BYTES),
        max_files=1,
        max_fields=MAX_FIELDS,
        max_part_size=_FRAME_BYTES,
    )
    try:
        async with asyncio.timeout(seconds):
            form = await parser.parse()
    except TimeoutError:
        raise WebError(
            "request_slow",
            status=408,
            zh="上传用时太长，没有保存。请检查网络后重试。",
            en="The upload took too long and was not kept. Check the connection and try again.",
        ) from None
    except (MultiPartException, ClientDisconnect, KeyError, UnicodeDecodeError):
        raise unreadable() from None
    try:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        file = form.get(field)
        if not isinstance(file, UploadFile) or not file.filename:
            return Uploaded(fields, "", b"", "")
        data = await file.read(most + 1)
    finally:
        await form.close()
    if len(data) > most:
        raise too_large()
    # A name to show and to tell the format by, never a path.
    name = "".join(filter(str.isprintable, file.filename))[-_LONGEST_NAME:]
    return Uploaded(fields, name, data, (file.content_type or "")[:_LONGEST_NAME])


async def _bounded(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > most:
            raise too_large()
        yield piece
