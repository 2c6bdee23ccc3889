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
from operator import attrgetter

import msgspec
from sqlalchemy import Connection, Executable, and_, bindparam, func, select

from hegui.ledger import kinds
from hegui.ledger.entry import read_all
from hegui.store import tables
from hegui.store.engine import Store
from hegui.store.upsert import insert_in

#: Entries of one run, so that its transaction is short and its memory small.
MOST_AT_ONCE = 5_000
_CURSOR = "ledger"
_DAY_MS = 86_400_000
#: China has one time zone without summer time (GB/T 7408: UTC+08:00).
_BEIJING_MS = 8 * 3_600_000
_EPOCH = date(1970, 1, 1)
_AT = attrgetter("at")
#: What each of these counts as, and nothing else.
_GENERATIONS: dict[type[kinds.Entry], str] = {
    kind: str(kind.__struct_config__.tag).removeprefix("generation.")
    for kind in (
        kinds.GenerationAdmitted,
        kinds.GenerationDelivered,
        kinds.GenerationFailed,
        kinds.GenerationAbandoned,
        kinds.GenerationInterrupted,
    )
}

_ENTRY, _OUTCOME, _TALLY = tables.entry, tables.outcome, tables.tally
_NEXT = select(tables.tally_cursor.c.next).where(tables.tally_cursor.c.name == _CURSOR)
_STAND = select(_NEXT.scalar_subquery(), select(func.max(_ENTRY.c.idx)).scalar_subquery())
#: Entries from an index on, in order, each delivered one with what it took to the first byte. One
#: sequencer numbers entries without gaps, in the order of its commits, so that whatever is seen
#: beyond an index is all there will be up to the last seen.
_ROWS = (
    select(_ENTRY.c.idx, _ENTRY.c.body, _OUTCOME.c.first_ms)
    .outerjoin(
        _OUTCOME,
        and_(
            _ENTRY.c.kind == kinds.GenerationDelivered.__struct_config__.tag,
            _OUTCOME.c.generation_id == _ENTRY.c.act,
        ),
    )
    .where(_ENTRY.c.idx >= bindparam("start"))
    .order_by(_ENTRY.c.idx)
    .limit(bindparam("most"))
)


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

    Entries are read and counted outside of the write transaction, in which the cursor goes on
    only from where it was read; so of several processes that fold at once each entry is counted
    by exactly one, and nobody waits for the database meanwhile.

    Returns:
        How many entries were read; below 5,000 nothing is left for now.

    Raises:
        LedgerError: an entry is damaged, or was written by a later version; nothing is counted.
    """
    while True:
        with store.read() as conn:
            start, last = conn.execute(_STAND).one()
            if last is None or last < (start or 0):
                return 0
            rows = conn.execute(_ROWS, {"start": start or 0, "most": MOST_AT_ONCE}).all()
        counts = _count(rows)
        with store.begin() as conn:
            if _passed(conn, start or 0, rows[-1].idx + 1):
                _add(conn, counts)
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


def _passed(conn: Connection, start: int, through: int) -> bool:
    """Set the cursor on; not when another has done so meanwhile."""
    row = {"name": _CURSOR, "next": through, "start": start}
    return conn.execute(_passing(conn.dialect.name), row).first() is not None


@lru_cache
def _passing(dialect: str) -> Executable:
    """Locks the cursor's row until its transaction ends."""
    cursor = tables.tally_cursor
    new = insert_in(dialect, cursor)
    moving = new.on_conflict_do_update(
        index_elements=[cursor.c.name],
        set_={"next": new.excluded.next},
        where=cursor.c.next == bindparam("start"),
    )
    return moving.returning(cursor.c.next)


def _count(rows: Sequence[tuple[int, bytes, int | None]]) -> Counter[tuple[int, str, str]]:
    """How often rows of places, bodies and times to the first byte add to day, measure and key."""
    _, bodies, first_ms = zip(*rows, strict=True)
    entries = read_all(bodies)
    days = _days(list(map(_AT, entries)))
    counts: Counter[tuple[int, str, str]] = Counter()
    # Nearly all are generations, of which there are few sorts: so these are counted by sort.
    sorts = Counter(zip(days, map(type, entries), first_ms, strict=True))
    for (day, kind, ms), n in sorts.items():
        ended = _GENERATIONS.get(kind)
        if ended is not None:
            counts[day, "generation", ended] += n
            if ms is not None:
                counts[day, "first_ms", str(two_figures(ms))] += n
    if any(kind not in _GENERATIONS for _, kind, _ in sorts):
        for day, entry in zip(days, entries, strict=True):
            if type(entry) not in _GENERATIONS:
                counts.update(_others(day, entry))
    return counts


def _days(at: Sequence[int]) -> list[int]:
    """The days in Beijing of some times, which lie on one usually."""
    first, last = day_of(min(at)), day_of(max(at))
    return [first] * len(at) if first == last else list(map(day_of, at))


def _others(day: int, entry: kinds.AnyEntry) -> Iterator[tuple[int, str, str]]:
    """What an entry adds one to that its kind alone doesn't tell."""
    match entry:
        case kinds.GenerationStopped():
            yield day, "generation", "stopped"
            yield day, f"stop.{entry.side}", entry.category
            yield day, "stop.pack", entry.pack
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
    rows = [
        {"day": day, "measure": measure, "key": key, "n": n}
        for (day, measure, key), n in sorted(counts.items())
    ]
    conn.execute(_adding(conn.dialect.name), rows)


@lru_cache
def _adding(dialect: str) -> Executable:
    new = insert_in(dialect, _TALLY)
    return new.on_conflict_do_update(
        index_elements=list(_TALLY.primary_key), set_={"n": _TALLY.c.n + new.excluded.n}
    )
