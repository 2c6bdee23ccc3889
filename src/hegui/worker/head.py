"""The ledger's head: whether the newest checkpoint signs what is there, and the last one stands.

Told once a day, and at once when it changes. Nothing is hashed anew but the right edge of the
tree; the whole ledger is verified elsewhere (:mod:`hegui.store.verify`).
"""

import logging

import msgspec
from sqlalchemy import Connection, func, select

from hegui.ledger import Checkpoint, LedgerError, Verifier, merkle
from hegui.ledger.kinds import LedgerChecked
from hegui.store import Store, record, tables, tally
from hegui.store.tiles import StoredTiles
from hegui.worker.memo import keep, recall
from hegui.world import World, new_id

#: The kind of these entries, which is also the memo's name.
_NAME = "job:ledger.checked"
_checkpoint = tables.checkpoint
_log = logging.getLogger("hegui.worker")


class _Memo(msgspec.Struct, frozen=True):
    """What was told last.

    Attributes:
        day: on which day in Beijing, such as 20261122; 0: never.
        problem: what.
        size, root: the checkpoint of the last time that all was well; 0 and empty: never.
    """

    day: int = 0
    problem: str = ""
    size: int = 0
    root: str = ""


class _Head(msgspec.Struct, frozen=True):
    """The head as it is: entries in place, the newest checkpoint's size and root, the problem."""

    size: int
    checkpoint: int
    root: str
    problem: str


def check(store: Store, verifier: Verifier, world: World) -> bool:
    """Look at the head, and put it on record when that is due; blocking, some milliseconds.

    Args:
        store: the house's database.
        verifier: the log's public key.
        world: clock and randomness.

    Returns:
        Whether it was put on record.
    """
    day = tally.day_of(world.now())
    # Looked at as of one moment, in which entries and checkpoint agree while the log grows.
    with store.read() as conn:
        memo = recall(conn, _NAME, _Memo)
        head = _look(conn, verifier, memo)
    if memo.day == day and memo.problem == head.problem:
        return False
    with store.begin() as conn:
        if recall(conn, _NAME, _Memo, lock=True) != memo:
            return False  # another worker was quicker
        # A checkpoint that is gone stays gone, whatever was signed since.
        good = (head.checkpoint, head.root) if not head.problem else (memo.size, memo.root)
        keep(conn, _NAME, _Memo(day, head.problem, *good))
        record(
            conn,
            LedgerChecked(
                act=new_id(world),
                at=world.now(),
                nonce=world.token(16).hex(),
                size=head.size,
                checkpoint=head.checkpoint,
                root=head.root,
                problem=head.problem,
            ),
        )
    if head.problem:
        _log.error("the head of the ledger is wrong: %s", head.problem)
    return True


def _look(conn: Connection, verifier: Verifier, memo: _Memo) -> _Head:
    last = conn.scalar(select(func.max(tables.entry.c.idx)))
    size = 0 if last is None else last + 1
    newest = conn.execute(
        select(_checkpoint.c.note).order_by(_checkpoint.c.size.desc()).limit(1)
    ).first()
    if newest is None:
        gone = "missing" if memo.size else "unsigned" if size else ""
        return _Head(size, 0, "", gone)
    try:
        head = Checkpoint.open(newest.note, verifier)
    except LedgerError:
        return _Head(size, 0, "", "signature")
    problem = _problem(conn, head, size) or _earlier(conn, verifier, memo)
    return _Head(size, head.size, head.root.hex(), problem)


def _problem(conn: Connection, head: Checkpoint, size: int) -> str:
    """What is wrong of the newest checkpoint; empty of nothing."""
    if head.size < size:
        return "unsigned"
    if head.size > size:
        return "entries_missing"
    try:
        root = merkle.root_hash(head.size, StoredTiles(conn).read)
    except LedgerError:
        return "root"
    return "" if root == head.root else "root"


def _earlier(conn: Connection, verifier: Verifier, memo: _Memo) -> str:
    """Whether the checkpoint that was named last, when all was well, is still there."""
    if not memo.size:
        return ""
    note = conn.scalar(select(_checkpoint.c.note).where(_checkpoint.c.size == memo.size))
    try:
        named = Checkpoint.open(note or "", verifier)
    except LedgerError:
        return "missing"
    return "" if (named.size, named.root.hex()) == (memo.size, memo.root) else "missing"
