"""A bound on the whole time of something that waits for another machine."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Timer

#: Seconds for one answer, and for everything together; well under the outbox's first wait.
STEP, WHOLE = 10.0, 30.0


@contextmanager
def bounded(seconds: float, wire: Callable[[], socket.socket | None]) -> Iterator[None]:
    """Cuts a connection when the block takes longer, so that whatever waits on it fails.

    A time-out of a socket starts anew with each byte; this one doesn't.

    Args:
        seconds: the longest.
        wire: the connection as it is by then; ``None`` while there is none.
    """

    def cut() -> None:
        end = wire()
        if end is not None:
            with suppress(OSError):  # it is cut already
                end.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
