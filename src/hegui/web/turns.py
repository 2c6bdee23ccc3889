"""Files in memory: few are worked on at once, more may be on their way, the rest are sent away."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from hegui.web.errors import WebError

#: Files worked on at once; one costs at most some seconds and 256 MB.
WORKED = 2
#: Files held at once, those that still arrive among them.
HELD = 16

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Turns:
    """Bounds what a route holds and what it works on.

    A file arrives outside the turn of its work, so that a slow sender holds memory and nobody up.
    """

    def __init__(self) -> None:
        self._held = 0
        self._work = asyncio.Semaphore(WORKED)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Around all that is done with one file, from before its first byte is read.

        Raises:
            WebError: ``files_busy`` with ``HELD`` files held already.
        """
        if self._held >= HELD:
            raise WebError(
                "files_busy",
                status=503,
                zh="同时处理的文件太多，这个文件没有处理，也没有保存。请过一会儿再试。",
                en="Too many files are being handled at once; this one was not handled and not "
                "kept. Try again in a moment.",
            )
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1

    async def run(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """What ``work`` returns, in a thread, when it is its turn; its errors are raised."""
        async with self._work:
            return await asyncio.to_thread(work, *args, **kwargs)
