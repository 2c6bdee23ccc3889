"""Folds the ledger into what checks remember: each entry once for each check, in order.

Every check has a row with its version, how far it has read, and its memory. Checks that have read
equally far are fed together from one reading of the ledger. A check of another version starts anew
and catches up in runs of its own, while the others go on. Entries of kinds that no check reads
are passed over by the database; so kinds of later versions of the house stop nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, func, select, update

from hegui.checks.check import CHECKS, Check, Live
from hegui.checks.run import Run
from hegui.ledger import LedgerError, kinds
from hegui.store import Store, lease, tables
from hegui.store.upsert import upsert

#: Entries of one run, so that its memory stays small.
MOST_AT_ONCE = 20_000
#: Of these as many are entries in memory, which takes more of it than their bytes do.
_AT_ONCE = 1_000
_ALONE = "alone:checks"

_ENTRY, _STATE = tables.entry, tables.check_state
_LAST = select(func.max(_ENTRY.c.idx))
_STAND = select(_STATE.c.name, _STATE.c.version, _STATE.c.next)
_STAND_AND_LAST = _STAND.add_columns(_LAST.scalar_subquery().label("last"))
_ROWS = (
    select(_ENTRY.c.idx, _ENTRY.c.body)
    .where(_ENTRY.c.idx >= bindparam("start"), _ENTRY.c.idx < bindparam("end"))
    .where(_ENTRY.c.kind.in_(bindparam("kinds", expanding=True)))
    .order_by(_ENTRY.c.idx)
)
_PASS = (
    update(_STATE)
    .where(_STATE.c.name.in_(bindparam("names", expanding=True)))
    .values(next=bindparam("end"))
)
_encode = msgspec.msgpack.Encoder().encode
_decoder: msgspec.json.Decoder[kinds.AnyEntry] = msgspec.json.Decoder(kinds.AnyEntry)
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class Row(msgspec.Struct, frozen=True):
    """What the database has of a check.

    Attributes:
        version: of the check that wrote it.
        next: the first place not yet folded.
        state: the check's memory; none: nothing of this version.
    """

    version: int
    next: int
    state: bytes


class Reader(msgspec.Struct):
    """A check as it stands between two runs.

    Attributes:
        check: the check.
        row: what the database has; none: nothing.
        next: the first place that it has not read.
        live: its memory.
    """

    check: Check
    row: Row | None
    next: int
    live: Live


class _Ran(NamedTuple):
    """What a run came to.

    Attributes:
        passed: how many places of the ledger were passed.
        behind: whether some checks had read less than others.
    """

    passed: int
    behind: bool


class _OvertakenError(Exception):
    """Another process folded the same entries meanwhile; nothing was written."""


def fold(store: Store, most: int = MOST_AT_ONCE) -> int:
    """Fold entries that are not yet folded; at most ``most`` for those ahead, and for those behind.

    Entries are read and folded outside the write transaction, which only sets the new memories in
    place of exactly those that were read; so of several processes that fold at once each entry is
    counted by one, and nobody waits for the database meanwhile.

    Args:
        store: the database.
        most: entries of one run.

    Returns:
        How many places of the ledger were passed; 0 when nothing is left for now.

    Raises:
        LedgerError: ``entry_malformed``: an entry can't be read; nothing is counted.
    """
    passed, behind = _run(store, ahead=True, most=most)
    if behind:
        passed += _run(store, ahead=False, most=most).passed
    return passed


def fold_all(store: Store, most: int = MOST_AT_ONCE) -> None:
    """Fold everything that has its place by now."""
    while fold(store, most):
        pass


def readers(conn: Connection, size: int) -> list[Reader]:
    """Every live check as it stands, by id; one without a memory of its version starts anew.

    Args:
        conn: a transaction.
        size: how many entries have their place. A check that has read more, because a backup was
            restored, starts anew too.
    """
    rows = {name: Row(*rest) for name, *rest in conn.execute(select(_STATE))}
    return [
        _reader(check, live, rows.get(check.id), size)
        for check in sorted(CHECKS.values(), key=lambda one: one.id)
        if (live := check.live) is not None
    ]


def placed(conn: Connection) -> int:
    """How many entries have their place."""
    last = conn.scalar(_LAST)
    return 0 if last is None else last + 1


def read_entry(body: bytes, index: int) -> kinds.AnyEntry:
    """An entry of a kind that is known.

    Raises:
        LedgerError: ``entry_malformed``.
    """
    try:
        return _decoder.decode(body)
    except _UNREADABLE as error:
        raise LedgerError(
            "entry_malformed",
            zh=f"留痕 {index} 无法识别（{error}），检查停在它之前。请运行 hegui ledger verify，"
            "并从备份恢复。",
            en=f"Entry {index} can't be read ({error}), so the checks stop before it. Run hegui "
            "ledger verify and restore it from a backup.",
        ) from error


def names(checks: Iterable[Check]) -> list[str]:
    """The kinds that some checks read, as the ledger has them."""
    found = {kind for check in checks for kind in check.kinds}
    return sorted(str(kind.__struct_config__.tag) for kind in found)


def _reader(check: Check, live: type[Live], row: Row | None, size: int) -> Reader:
    if row is not None and row.version == check.version and row.next <= size:
        # What this version doesn't write is no memory of it.
        with suppress(msgspec.DecodeError):
            return Reader(check, row, row.next, msgspec.msgpack.decode(row.state, type=live))
    return Reader(check, row, 0, live())


def _run(store: Store, *, ahead: bool, most: int) -> _Ran:
    """One run of the checks that have read furthest, or of those that have read least."""
    while True:
        with suppress(_OvertakenError):
            return _run_once(store, ahead, most)


def _run_once(store: Store, ahead: bool, most: int) -> _Ran:
    with store.read() as conn:
        stand, size = _stand_and_size(conn)
        if _all_read(stand, size):  # seen without reading what the checks remember
            return _Ran(0, behind=False)
        all_readers = readers(conn, size)
        reached = {one.next for one in all_readers}
        behind = len(reached) > 1
        start = max(reached) if ahead else min(reached)
        # Those behind stop where others stand, to go on with them.
        end = min([start + most, size, *(other for other in reached if other > start)])
        if start == end or not (ahead or behind):
            return _Ran(0, behind)
        group = [one for one in all_readers if one.next == start]
        wanted = {"start": start, "end": end, "kinds": names(one.check for one in group)}
        rows = conn.execute(_ROWS, wanted).all()
    touched = _feed(group, rows)
    with store.begin() as conn:
        # One after another; the lease lasts no time, its row is locked until this is over.
        lease.take(conn, _ALONE, "", 0, store.world.now())
        _write(conn, group, touched, end)
    return _Ran(end - start, behind)


def _all_read(stand: Mapping[str, tuple[int, int]], size: int) -> bool:
    return all(
        stand.get(check.id) == (check.version, size)
        for check in CHECKS.values()
        if check.live is not None
    )


def _feed(group: list[Reader], rows: Sequence[Any]) -> set[str]:
    """Give the entries to the checks that read their kinds; the checks that got one."""
    touched: set[str] = set()
    for start in range(0, len(rows), _AT_ONCE):
        run = _read(rows[start : start + _AT_ONCE])
        for one in group:
            # A row that says another kind than its entry was tampered with; the entry counts.
            mine = run.of(*one.check.kinds)
            if mine.entries:
                one.live.take(mine)
                touched.add(one.check.id)
    return touched


def _read(rows: Sequence[Any]) -> Run:
    """The entries of rows of places and bodies."""
    places, bodies = zip(*rows, strict=True)
    try:
        return Run(list(map(_decoder.decode, bodies)), places)
    except _UNREADABLE:  # one by one, to tell which
        return Run(list(map(read_entry, bodies, places)), places)


def _write(conn: Connection, group: list[Reader], touched: set[str], end: int) -> None:
    """Set new memories in place of exactly those that were read.

    Raises:
        _OvertakenError: another process has set one already.
    """
    stand = _stand(conn)
    if any(stand.get(one.check.id) != _read_as(one) for one in group):
        raise _OvertakenError
    new: list[dict[str, Any]] = []
    same: list[str] = []
    for one in group:
        check = one.check
        if check.id in touched or _read_as(one) != (check.version, one.next):
            state = _encode(one.live)
            row = {"name": check.id, "version": check.version, "next": end, "state": state}
            new.append(row)
        else:
            same.append(check.id)
    if new:
        conn.execute(upsert(conn, _STATE), new)
    if same:
        conn.execute(_PASS, {"names": same, "end": end})


def _read_as(one: Reader) -> tuple[int, int] | None:
    return None if one.row is None else (one.row.version, one.row.next)


def _stand(conn: Connection) -> dict[str, tuple[int, int]]:
    """The version and the place of each check, without what it remembers."""
    rows = conn.execute(_STAND).all()
    return {name: (version, reached) for name, version, reached in rows}


def _stand_and_size(conn: Connection) -> tuple[dict[str, tuple[int, int]], int]:
    """The same, and how many entries have their place."""
    rows = conn.execute(_STAND_AND_LAST).all()
    if not rows:
        return {}, placed(conn)
    last = rows[0].last
    stand = {name: (version, reached) for name, version, reached, _ in rows}
    return stand, 0 if last is None else last + 1
