"""The daily check of marked files, and the end of what is kept about files.

Nothing of a file is kept, so a sample can't be read back a day later. It is read back as it
leaves instead: by the reader that everybody uses, which is not the writer, on the very bytes that
go out, before they do (:mod:`hegui.gateway.media.marker`). What fails does not leave. Keeping
files for a day would find no more, since the same bytes would be read by the same code, and would
hold what people had made for them for no other reason. What is left to do each day is to count
what the sample came to, and to put that on record.
"""

import logging
from datetime import datetime

from sqlalchemy import Connection, func, select

from hegui.ledger.kinds import OutputChecked
from hegui.store import Store, record, tables, tally
from hegui.vault.insert import insert_new
from hegui.world import BEIJING, World, new_id

#: A day's last entries may be committed a moment late.
_LATE_MS = 600_000
_FINE = "conforming"
_log = logging.getLogger("hegui.worker")


def check(store: Store, world: World) -> int:
    """Put on record what the sample of each day that is over came to, once for each day.

    A day on which no file was made has no entry. Nothing happens while entries of a day that is
    over are not counted yet; the next run does it.

    Args:
        store: the house's database.
        world: clock and randomness.

    Returns:
        How many days were put on record.
    """
    over = tally.day_of(world.now() - _LATE_MS)
    with store.read() as conn:
        days = _due(conn, over)
        if not days or not _counted_until(conn, _start(over)):
            return 0
    done = 0
    for day in days:
        with store.begin() as conn:
            done += _check(conn, day, world)
    return done


def expire(store: Store, now: int) -> int:
    """Forget clips that no server keeps any more, and copies of Art. 9 whose log has had its time.

    Returns:
        How many rows went.
    """
    gone = 0
    for table in (tables.video, tables.unlabelled):
        due = table.c.expires <= now
        with store.read() as conn:
            if conn.execute(select(table.c.expires).where(due).limit(1)).first() is None:
                continue
        with store.begin() as conn:
            gone += conn.execute(table.delete().where(due)).rowcount
    return gone


def _due(conn: Connection, over: int) -> list[int]:
    """Days before ``over`` on which files were made and that have no check yet."""
    counted, checked = tables.tally, tables.output_check
    query = (
        select(counted.c.day)
        .distinct()
        .where(
            counted.c.measure.in_(("output.marked", "output.read")),
            counted.c.day < over,
            ~select(checked.c.day).where(checked.c.day == counted.c.day).exists(),
        )
        .order_by(counted.c.day)
    )
    return list(conn.scalars(query))


def _counted_until(conn: Connection, end: int) -> bool:
    """Whether every entry from before a time has its place and is counted."""
    entry = tables.entry
    waiting = select(entry.c.id).where(entry.c.idx.is_(None), entry.c.at < end).limit(1)
    placed = conn.scalar(select(func.max(entry.c.idx)))
    counted = placed is None or tally.through(conn) > placed
    return counted and conn.execute(waiting).first() is None


def _check(conn: Connection, day: int, world: World) -> bool:
    """One day; whether it was new."""
    counts = [one for one in tally.by_day(conn, day) if one.day == day]
    marked = sum(one.n for one in counts if one.measure == "output.marked")
    read = {one.key: one.n for one in counts if one.measure == "output.read"}
    sampled = sum(read.values())
    wrong = sampled - read.get(_FINE, 0)
    act, now = new_id(world), world.now()
    values = {"day": day, "marked": marked, "sampled": sampled, "wrong": wrong}
    if not insert_new(conn, tables.output_check, act=act, at=now, **values):
        return False
    record(conn, OutputChecked(act=act, at=now, nonce=world.token(16).hex(), **values))
    if wrong:
        _log.error("marked files of %s: %s of %s read back wrong, held back", day, wrong, sampled)
    return True


def _start(day: int) -> int:
    """The first moment of a day in Beijing, milliseconds since 1970."""
    month, number = divmod(day, 100)
    year, month = divmod(month, 100)
    return int(datetime(year, month, number, tzinfo=BEIJING).timestamp() * 1000)
