"""What one task waits for and another part of the loop brings, without an event object."""

import asyncio


class Waiter:
    """A base for what is waited for by one task at a time.

    A wait may end without what it was for: whoever waits looks again. ``_waiter`` is there while
    somebody waits; whoever derives from this begins with none.
    """

    __slots__ = ("_waiter",)

    _waiter: asyncio.Future[None] | None

    def wake(self) -> None:
        """Something came that may be waited for."""
        waiter = self._waiter
        if waiter is not None:
            self._waiter = None
            if not waiter.done():  # cancelled meanwhile
                waiter.set_result(None)

    def _woken(self, loop: asyncio.AbstractEventLoop) -> asyncio.Future[None]:
        """Await it, to wait until somebody wakes."""
        self._waiter = waiter = loop.create_future()
        return waiter
