"""Work put off until the model has been asked, so that it adds nothing to the first byte."""

import asyncio
from collections.abc import Awaitable, Callable, Generator
from typing import Any

from hegui.errors import HeguiError


class Soon:
    """``Soon(begin)`` calls ``begin`` at the event loop's next turn; awaiting waits for its end.

    An error of the house raised by ``begin`` is raised where it is awaited. What is awaited
    before its turn came begins then. It may be awaited as often as what ``begin`` returns.

    Args:
        begin: starts the work and returns its end, to be awaited.
    """

    __slots__ = ("_begin", "_end", "_error")

    def __init__(self, begin: Callable[[], Awaitable[None]]) -> None:
        self._begin: Callable[[], Awaitable[None]] | None = begin
        self._end: Awaitable[None] | None = None
        self._error: HeguiError | None = None
        asyncio.get_running_loop().call_soon(self._run)

    def _run(self) -> None:
        begin, self._begin = self._begin, None  # let go of: it may hold what holds this
        if begin is not None:
            try:
                self._end = begin()
            except HeguiError as error:
                self._error = error

    def __await__(self) -> Generator[Any, None, None]:
        if self._begin is not None:
            self._run()
        if self._end is None:
            assert self._error is not None  # noqa: S101  one of the two is always there
            raise self._error
        yield from self._end.__await__()
