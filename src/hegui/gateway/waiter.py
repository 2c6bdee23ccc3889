"""What one task waits for and another part of the loop brings, without an event object."""

import asyncio


class Waiter:
    """A base for what is waited for by one task at a time.

    A wait may end without what it was for: whoever waits looks again.
    """

    __slots__ = ("_waiter",)

    def __init__(self) -> None:
        self._waiter: asyncio.Future[None] | None = None

    def wake(self) -> None:
        """Something came that may be waited for."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def _wait(self) -> None:
        """Wait until somebody wakes."""
        self._waiter = asyncio.get_running_loop().create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None
