"""Group commit: the hot path's inserts, made durable in as few commits as they allow.

A thread commits at once when idle; what comes meanwhile is gathered for the next commit. So a
commit carries one job on a quiet machine and hundreds on a busy one, with no window to tune.
"""

import asyncio
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import SimpleQueue
from typing import NamedTuple

from sqlalchemy import Table

from hegui.store.committer import Committer, Job
from hegui.store.engine import Store
from hegui.store.errors import StoreError
from hegui.store.insert import Insert

#: Rows that may wait for the disk before new ones are refused.
MOST_WAITING = 20_000


class _Waiting(NamedTuple):
    rows: Job
    done: asyncio.Future[None]
    failed: Callable[[], None] | None


class GroupWriter:
    """Writes jobs of rows; each job is written whole or not at all.

    All calls come from one event loop's thread; only ``close`` may come from elsewhere once
    nothing is submitted any more. Rows are written in the order in which they were submitted,
    table by table.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._queue: SimpleQueue[list[_Waiting] | None] = SimpleQueue()
        # What follows is touched by the event loop's thread only. The thread that commits is
        # woken once a commit, not once a job: each waking costs both threads the interpreter.
        self._gathered: list[_Waiting] = []
        self._committing = False
        self._rows = 0  # not yet durable
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="hegui-writer", daemon=True)
        self._thread.start()

    def insert(self, table: Table, *names: str) -> Insert:
        """How rows of ``table`` are written, given these columns; make it once and keep it."""
        return Insert(table, *names, sqlite=self._store.sqlite)

    def submit(
        self, rows: Job, *, must: bool = False, failed: Callable[[], None] | None = None
    ) -> asyncio.Future[None]:
        """Queues one job and returns at once.

        Args:
            rows: what to write.
            must: take it however many rows wait; for what ends something already taken in.
            failed: called on the event loop when nothing of the job was written, whether or not
                somebody still waits for the future; nobody need wait then.

        Returns:
            A future that resolves after the job's commit is durable, or fails with StoreError
            ``store_write_failed``, and then nothing of the job was written. Cancelling it
            does not undo the job.

        Raises:
            StoreError: ``store_busy`` with 20,000 rows waiting, ``store_closed`` after close.
        """
        if self._closed:
            raise StoreError(
                "store_closed",
                zh="服务正在停止，不再接收新的记录。请稍后重试。",
                en="The service is stopping and takes no new records. Try again later.",
            )
        if not must and self._rows + len(rows) > MOST_WAITING:
            raise StoreError(
                "store_busy",
                zh="等待写入的记录太多，这一条没有接收。请稍后重试；若持续出现，请检查磁盘。",
                en="Too many records wait for the disk, and this one was not taken. Try again "
                "soon; if it goes on, check the disk.",
            )
        self._rows += len(rows)
        loop = asyncio.get_running_loop()
        waiting = _Waiting(rows, loop.create_future(), failed)
        self._gathered.append(waiting)
        if len(self._gathered) == 1 and not self._committing:
            loop.call_soon(self._hand_over)  # with what else this round of the loop submits
        return waiting.done

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
        if self._gathered and not self._committing:
            self._committing = True
            self._queue.put(self._gathered)
            self._gathered = []

    def _run(self) -> None:
        committer = Committer(self._store)
        while (batch := self._queue.get()) is not None:
            if not batch:
                continue
            failures = committer.commit([waiting.rows for waiting in batch])
            # When the loop is closed nobody is left to tell; the rows are written.
            with suppress(RuntimeError):
                batch[0].done.get_loop().call_soon_threadsafe(self._resolve, batch, failures)
        committer.close()

    def _resolve(self, batch: list[_Waiting], failures: Sequence[StoreError | None]) -> None:
        """On the event loop: one call tells a whole batch."""
        self._committing = False
        for waiting, failure in zip(batch, failures, strict=True):
            self._rows -= len(waiting.rows)
            if failure is not None and waiting.failed is not None:
                waiting.failed()
            if waiting.done.done():  # cancelled meanwhile
                continue
            if failure is None:
                waiting.done.set_result(None)
                continue
            waiting.done.set_exception(failure)
            if waiting.failed is not None:
                waiting.done.exception()  # it was told: that nobody waits is no fault
        # The next batch, with what those who were told now submit at once.
        asyncio.get_running_loop().call_soon(self._hand_over)
