"""One file out of a form, bounded in size and time."""

import asyncio
from collections.abc import AsyncGenerator

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from hegui.web.bounded import MAX_FIELDS
from hegui.web.errors import WebError, too_large, unreadable

#: What a form needs around its file.
_FRAME_BYTES = 65_536
_LONGEST_NAME = 128


async def upload(request: Request, field: str, most: int, seconds: float) -> tuple[str, bytes]:
    """A file that a form brings.

    Args:
        request: with a ``multipart/form-data`` body.
        field: the file's field.
        most: bytes of the file.
        seconds: for the whole body.

    Returns:
        The file's name and content; both empty when no file was chosen.

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
        file = form.get(field)
        if not isinstance(file, UploadFile) or not file.filename:
            return "", b""
        data = await file.read(most + 1)
    finally:
        await form.close()
    if len(data) > most:
        raise too_large()
    # A name to show and to tell the format by, never a path.
    return "".join(filter(str.isprintable, file.filename))[-_LONGEST_NAME:], data


async def _bounded(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > most:
            raise too_large()
        yield piece
