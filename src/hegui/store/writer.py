"""Group commit: the hot path's inserts, made durable in as few commits as they allow.

A thread commits at once when idle; what comes meanwhile is gathered for the next commit. So a
commit carries one job on a quiet machine and hundreds on a busy one, with no window to tune.
"""

import asyncio
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from queue import SimpleQueue
from typing import Any

from sqlalchemy import Table

from hegui.store.committer import Committer, Job
from hegui.store.engine import Store
from hegui.store.errors import StoreError
from hegui.store.insert import Insert

#: Rows that may wait for the disk before new ones are refused.
MOST_WAITING = 20_000


class Written:
    """A job on its way to the disk, for the event loop's thread.

    Awaiting it returns after the job's commit is durable, or raises StoreError
    ``store_write_failed``, and then nothing of the job was written. It may be awaited more than
    once, and cancelling a wait does not undo the job.

    Args:
        rows: what to write.
        failed: called when nothing of it was written.
    """

    __slots__ = ("_error", "_failed", "_settled", "_waiters", "rows")

    def __init__(self, rows: Job, failed: Callable[[], None] | None = None) -> None:
        self.rows = rows
        self._failed = failed
        self._settled = False
        self._error: StoreError | None = None
        self._waiters: tuple[asyncio.Future[None], ...] = ()

    def done(self) -> bool:
        """Whether it is known what became of it."""
        return self._settled

    def settle(self, error: StoreError | None) -> None:
        """What became of it; none: it is durable."""
        self._settled = True
        if error is not None:
            self._error = error
            if self._failed is not None:
                self._failed()
        for waiter in self._waiters:
            if not waiter.done():  # cancelled meanwhile
                waiter.set_result(None)

    def __await__(self) -> Generator[Any, None, None]:
        if not self._settled:
            waiter = asyncio.get_running_loop().create_future()
            self._waiters += (waiter,)
            yield from waiter
        if self._error is not None:
            raise self._error


class GroupWriter:
    """Writes jobs of rows; each job is written whole or not at all.

    All calls come from one event loop's thread; only ``close`` may come from elsewhere once
    nothing is submitted any more. Rows are written in the order in which they were submitted,
    table by table.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._queue: SimpleQueue[list[Written] | None] = SimpleQueue()
        # What follows is touched by the event loop's thread only. The thread that commits is
        # woken once a commit, not once a job: each waking costs both threads the interpreter.
        self._gathered: list[Written] = []
        self._loop: asyncio.AbstractEventLoop
        self._idle = True  # nothing is gathered, and nothing being committed
        self._rows = 0  # not yet durable
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="hegui-writer", daemon=True)
        self._thread.start()

    def insert(self, table: Table, *names: str) -> Insert:
        """How rows of ``table`` are written, given these columns; make it once and keep it."""
        return Insert(table, *names, sqlite=self._store.sqlite)

    def submit(
        self, rows: Job, *, must: bool = False, failed: Callable[[], None] | None = None
    ) -> Written:
        """Queues one job and returns at once.

        Args:
            rows: what to write.
            must: take it however many rows wait; for what ends something already taken in.
            failed: called on the event loop when nothing of the job was written, whether or not
                somebody waits for it.

        Raises:
            StoreError: ``store_busy`` with 20,000 rows waiting, ``store_closed`` after close.
        """
        if self._closed:
            raise StoreError(
                "store_closed",
                zh="服务正在停止，不再接收新的记录。请稍后重试。",
                en="The service is stopping and takes no new records. Try again later.",
            )
        waiting = self._rows + len(rows)
        if waiting > MOST_WAITING and not must:
            raise StoreError(
                "store_busy",
                zh="等待写入的记录太多，这一条没有接收。请稍后重试；若持续出现，请检查磁盘。",
                en="Too many records wait for the disk, and this one was not taken. Try again "
                "soon; if it goes on, check the disk.",
            )
        self._rows = waiting
        written = Written(rows, failed)
        if self._idle:
            self._idle = False
            self._loop = asyncio.get_running_loop()
            self._queue.put([written])
        else:
            self._gathered.append(written)
        return written

    @property
    def waiting(self) -> int:
        """Rows submitted and not yet durable."""
        return self._rows

    def close(self) -> None:
        """Writes what waits, then stops the thread; blocks until that is durable."""
        if not self._closed:
            self._closed = True
            self._queue.put(self._gathered)
            self._queue.put(None)
            self._gathered = []
        self._thread.join()

    def _hand_over(self) -> None:
        if self._gathered:
            self._queue.put(self._gathered)
            self._gathered = []
        else:
            self._idle = True

    def _run(self) -> None:
        committer = Committer(self._store)
        while (batch := self._queue.get()) is not None:
            if not batch:
                continue
            failures = committer.commit([written.rows for written in batch])
            # When the loop is closed nobody is left to tell; the rows are written.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._settle, batch, failures)
        committer.close()

    def _settle(self, batch: list[Written], failures: Sequence[StoreError | None]) -> None:
        """On the event loop: one call tells a whole batch."""
        for written, failure in zip(batch, failures, strict=True):
            self._rows -= len(written.rows)
            written.settle(failure)
        # The next batch, with what those who were told now submit at once.
        self._loop.call_soon(self._hand_over)
