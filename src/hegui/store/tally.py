"""Counts by day, folded from the ledger's entries in their order, each entry exactly once.

What is counted, as (measure, key); a day is Beijing's, of the entry's own time:

=========================== ================================================================
``generation``              ``admitted``, ``delivered``, ``stopped``, ``failed``, …
``stop.input|output``       the category, by the side that was stopped
``stop.pack``               the word pack that stopped it
``first_ms``                milliseconds to the first byte of a whole answer, two figures of it
``case.filed``              the kind of case
``case.in_time|late``       the kind of a case that was decided, by when
``decided.KIND.OUTCOME``    the category that was in question
``text.opened``             the reason for opening a sealed text
``output.marked``           picture, sound or clip: a file that left with its label
``output.read``             the verdict of a file of the sample, whether it left or was held back
``output.unlabelled``       picture, sound or clip: a copy without the explicit label
=========================== ================================================================

All but ``first_ms`` stands in the entries; that one is no evidence and comes from the outcome.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, select, update

from hegui.ledger import kinds
from hegui.ledger.entry import decode
from hegui.store import tables
from hegui.store.engine import Store
from hegui.store.upsert import insert_for

#: Entries of one run, so that its transaction is short and its memory small.
MOST_AT_ONCE = 5_000
_CURSOR = "ledger"
_DAY_MS = 86_400_000
#: China has one time zone without summer time (GB/T 7408: UTC+08:00).
_BEIJING_MS = 8 * 3_600_000
_EPOCH = date(1970, 1, 1)

_ENTRY, _OUTCOME, _TALLY = tables.entry, tables.outcome, tables.tally
_NEXT = select(tables.tally_cursor.c.next).where(tables.tally_cursor.c.name == _CURSOR)


class Count(msgspec.Struct, frozen=True):
    """How often something happened on a day.

    Attributes:
        day: as ``20261122``, in Beijing.
        measure: what is counted, see above.
        key: of which kind.
        n: how often.
    """

    day: int
    measure: str
    key: str
    n: int


def fold(store: Store) -> int:
    """Count the placed entries not yet counted, at most 5,000 of them.

    Counts and cursor are one transaction and the cursor's row is locked in it, so that of
    several processes that fold at once each entry is counted by exactly one.

    Returns:
        How many entries were read; below 5,000 nothing is left for now.

    Raises:
        LedgerError: an entry is damaged, or was written by a later version; nothing is counted.
    """
    with store.read() as conn:  # a lock on writing is only worth taking for something
        start = conn.execute(_NEXT).scalar() or 0
        if not _rows(conn, start, 1):
            return 0
    with store.begin() as conn:
        start = _locked(conn)
        rows = _rows(conn, start, MOST_AT_ONCE)
        if rows:
            _add(conn, Counter(one for row in rows for one in _counted(row.body, row.first_ms)))
            through = rows[-1].idx + 1
            cursor = tables.tally_cursor
            conn.execute(update(cursor).where(cursor.c.name == _CURSOR).values(next=through))
    return len(rows)


def fold_all(store: Store) -> None:
    """Count everything that has its place by now."""
    while fold(store):
        pass


def through(conn: Connection) -> int:
    """How many entries of the ledger are counted: those below this index."""
    return int(conn.execute(_NEXT).scalar() or 0)


def by_day(conn: Connection, since: int, measures: tuple[str, ...] = ()) -> list[Count]:
    """The counts from a day on, by day, measure and key.

    Args:
        conn: a transaction.
        since: the first day, as ``20261122``.
        measures: only these; all when empty.
    """
    query = select(_TALLY).where(_TALLY.c.day >= since)
    if measures:
        query = query.where(_TALLY.c.measure.in_(measures))
    rows = conn.execute(query.order_by(_TALLY.c.day, _TALLY.c.measure, _TALLY.c.key))
    return [Count(*row) for row in rows]


def totals(conn: Connection) -> dict[str, dict[str, int]]:
    """The counts of all days together, ``{measure: {key: n}}``."""
    query = select(_TALLY.c.measure, _TALLY.c.key, func.sum(_TALLY.c.n))
    query = query.group_by(_TALLY.c.measure, _TALLY.c.key)
    found: dict[str, dict[str, int]] = {}
    for measure, key, n in conn.execute(query.order_by(_TALLY.c.measure, _TALLY.c.key)):
        found.setdefault(measure, {})[key] = int(n)
    return found


def day_of(ms: int) -> int:
    """The day in Beijing of a time in milliseconds since 1970, as ``20261122``."""
    return _civil((ms + _BEIJING_MS) // _DAY_MS)


def two_figures(ms: int) -> int:
    """Milliseconds with their first two figures kept, rounded down: 1234 is 1200."""
    scale: int = 10 ** max(0, len(str(ms)) - 2)
    return ms // scale * scale


@lru_cache(maxsize=64)
def _civil(days: int) -> int:
    """A day counted from 1970-01-01, as ``20261122``."""
    day = _EPOCH + timedelta(days)
    return day.year * 10_000 + day.month * 100 + day.day


def _locked(conn: Connection) -> int:
    """Lock the cursor until the transaction ends; the first index not yet counted."""
    first = insert_for(conn, tables.tally_cursor).values(name=_CURSOR, next=0)
    conn.execute(first.on_conflict_do_nothing())
    return int(conn.execute(_NEXT.with_for_update()).scalar_one())


def _rows(conn: Connection, start: int, most: int) -> Sequence[Row[Any, Any, Any]]:
    """Entries from an index on, in order, each with what its act took to the first byte.

    One sequencer numbers entries without gaps, in the order of its commits, so that whatever
    is seen beyond an index is all there will be up to the last seen.
    """
    query = (
        select(_ENTRY.c.idx, _ENTRY.c.body, _OUTCOME.c.first_ms)
        .outerjoin(_OUTCOME, _OUTCOME.c.generation_id == _ENTRY.c.act)
        .where(_ENTRY.c.idx >= start)
        .order_by(_ENTRY.c.idx)
        .limit(most)
    )
    return conn.execute(query).all()


def _counted(body: bytes, first_ms: int | None) -> Iterator[tuple[int, str, str]]:
    """What one entry adds one to: day, measure and key."""
    entry = decode(body)
    day = day_of(entry.at)
    match entry:
        case kinds.GenerationStopped():
            yield day, "generation", "stopped"
            yield day, f"stop.{entry.side}", entry.category
            yield day, "stop.pack", entry.pack
        case (
            kinds.GenerationAdmitted()
            | kinds.GenerationDelivered()
            | kinds.GenerationFailed()
            | kinds.GenerationAbandoned()
            | kinds.GenerationInterrupted()
        ):
            yield day, "generation", str(entry.__struct_config__.tag).removeprefix("generation.")
            if isinstance(entry, kinds.GenerationDelivered) and first_ms is not None:
                yield day, "first_ms", str(two_figures(first_ms))
        case kinds.OutputMarked():
            yield day, "output.marked", entry.media
            if entry.read:
                yield day, "output.read", entry.read
        case kinds.OutputHeld():
            yield day, "output.read", entry.read
        case kinds.OutputUnlabelled():
            yield day, "output.unlabelled", entry.media
        case kinds.CaseFiled():
            yield day, "case.filed", entry.case
        case kinds.CaseDecided():
            yield day, f"case.{'in_time' if entry.in_time else 'late'}", entry.case
            yield day, f"decided.{entry.case}.{entry.outcome}", entry.category
        case kinds.TextOpened():
            yield day, "text.opened", entry.reason


def _add(conn: Connection, counts: Counter[tuple[int, str, str]]) -> None:
    if not counts:
        return
    new = insert_for(conn, _TALLY)
    adding = new.on_conflict_do_update(
        index_elements=list(_TALLY.primary_key), set_={"n": _TALLY.c.n + new.excluded.n}
    )
    rows = [
        {"day": day, "measure": measure, "key": key, "n": n}
        for (day, measure, key), n in sorted(counts.items())
    ]
    conn.execute(adding, rows)
