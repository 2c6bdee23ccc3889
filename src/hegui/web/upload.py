"""One file from a form, with a bound on size and time, in memory only."""

import asyncio
from collections.abc import AsyncGenerator

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from hegui.web.errors import slow, too_large, unreadable

#: What a form adds around its file: boundaries, heads and a few small fields.
_AROUND = 65_536


async def one_file(request: Request, limit: int, seconds: float) -> tuple[str, bytes]:
    """The first file of a multipart form: its name as the browser tells it, and its bytes.

    Args:
        request: the form's request.
        limit: the file's largest size, bytes.
        seconds: how long sending may take.

    Raises:
        WebError: ``request_too_large``, ``request_slow`` or ``request_unreadable``.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "multipart/form-data":
        raise unreadable()
    parser = MultiPartParser(
        request.headers, _bounded(request, limit + _AROUND), max_files=1, max_fields=5
    )
    # Larger files would be spooled to the disk; this one is kept nowhere.
    parser.spool_max_size = limit + _AROUND
    try:
        async with asyncio.timeout(seconds):
            form = await parser.parse()
    except TimeoutError:
        raise slow() from None
    except (MultiPartException, ClientDisconnect):
        raise unreadable() from None
    try:
        for _, value in form.multi_items():
            if isinstance(value, UploadFile):
                data = await value.read()
                if len(data) > limit:
                    raise too_large()
                return value.filename or "", data
        raise unreadable()
    finally:
        await form.close()


async def _bounded(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > limit:
            raise too_large()
        yield piece
