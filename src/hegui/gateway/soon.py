"""Work put off until the model has been asked, so that it adds nothing to the first byte."""

import asyncio
from collections.abc import Callable, Generator

from hegui.errors import HeguiError


class Soon:
    """``Soon(begin)`` calls ``begin`` at the event loop's next turn; awaiting gives its result.

    An error of the house raised by ``begin`` is raised where it is awaited. What is awaited
    before its turn came begins then. It may be awaited more than once.

    Args:
        begin: starts the work and returns the future of its end.
    """

    __slots__ = ("_begin", "_error", "_future")

    def __init__(self, begin: Callable[[], asyncio.Future[None]]) -> None:
        self._begin = begin
        self._future: asyncio.Future[None] | None = None
        self._error: HeguiError | None = None
        asyncio.get_running_loop().call_soon(self._run)

    def _run(self) -> None:
        if self._future is None and self._error is None:
            try:
                self._future = self._begin()
            except HeguiError as error:
                self._error = error

    def __await__(self) -> Generator[None, None, None]:
        self._run()
        if self._future is None:
            assert self._error is not None  # noqa: S101  one of the two is always there
            raise self._error
        if not self._future.done():
            # Being cancelled while one waits leaves it to be asked again.
            return (yield from asyncio.shield(self._future))
        return self._future.result()
