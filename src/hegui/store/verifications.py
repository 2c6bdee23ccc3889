"""Verifications of the ledger on record: one at a time, its progress, and what it found.

Whoever runs one holds a lease and renews it with each progress told; so a verification whose
process ended is known by its lease, and the next may begin.
"""

import logging
from collections.abc import Callable, Sequence

import msgspec
from sqlalchemy import Connection, RowMapping, func, select, update

from hegui.ledger import Verifier
from hegui.ledger.kinds import LedgerVerified
from hegui.store import lease, tables
from hegui.store.engine import Store
from hegui.store.evidence import record
from hegui.store.log import LogReader
from hegui.store.problems import Problem, Report, told
from hegui.world import new_id

LEASE = "verification"
#: How long a running verification may be silent before it counts as cut.
LEASE_MS = 20_000
#: Progress is put on record at most this often.
_EVERY_MS = 1_000
#: Findings that are kept; the rest is counted.
_MOST_KEPT = 100

_log = logging.getLogger(__name__)
_TABLE = tables.verification
_LEASE = tables.lease


class Found(msgspec.Struct, frozen=True):
    """What is kept of a report: codes and places, and how many more there were."""

    listed: list[tuple[str, str]] = []
    more: int = 0


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """One verification. Times are milliseconds since 1970, UTC.

    Attributes:
        id: 32 hex digits.
        started: when it began.
        ended: when it ended, or was found to have been cut; none while it runs.
        by: the id of the member of staff who asked for it.
        name: their name.
        size: entries to verify.
        done: entries verified so far.
        ok: whether nothing was found; none while it runs, and for ever if it was cut.
        running: whether it runs now; without that and ``ok`` it was cut.
        problems: what was found, at most 100.
        more: findings not listed.
    """

    id: str
    started: int
    ended: int | None
    by: str | None
    name: str | None
    size: int
    done: int
    ok: bool | None
    running: bool
    problems: list[Problem]
    more: int


class _Cut(Exception):  # noqa: N818 - nothing went wrong
    """Another verification began meanwhile."""


def begin(store: Store, staff_id: str | None) -> str | None:
    """Put a verification on record; blocking.

    Args:
        store: the database.
        staff_id: who asked for it; none: a command.

    Returns:
        Its id, or None while another runs, in this process or in another.
    """
    now = store.world.now()
    new = new_id(store.world)
    with store.begin() as conn:
        if not lease.take(conn, LEASE, new, LEASE_MS, now):
            return None
        # Those whose process ended before they did.
        conn.execute(update(_TABLE).where(_TABLE.c.ended.is_(None)).values(ended=now))
        size = select(func.coalesce(func.max(tables.checkpoint.c.size), 0)).scalar_subquery()
        conn.execute(
            _TABLE.insert().values(
                id=new, started=now, staff_id=staff_id, size=size, done=0, problems="{}"
            )
        )
    return new


def run(
    store: Store,
    verification: str,
    log: LogReader,
    verifier: Verifier,
    progress: Callable[[int, int], None] | None = None,
) -> Report | None:
    """Verify the whole ledger, its progress and its end on record; blocking, however long.

    Args:
        store: the database.
        verification: what :func:`begin` gave.
        log: its log.
        verifier: the log's public key.
        progress: called with the entries done and the entries in all.

    Returns:
        What was found; none: it fell silent for so long that another began, which tells instead.

    Raises:
        StoreError: ``store_unavailable``; the verification counts as cut.
    """
    world = store.world
    told = world.now()

    def tell(done: int, size: int) -> None:
        nonlocal told
        if progress is not None:
            progress(done, size)
        now = world.now()
        if now - told >= _EVERY_MS:
            told = now
            if not advance(store, verification, done, size):
                raise _Cut

    report: Report | None = None
    try:
        report = log.verify(verifier, tell)
    except _Cut:
        _log.info("a verification of the ledger fell silent for so long that another began")
    finally:
        recorded = finish(store, verification, report)
    return report if recorded else None


def advance(store: Store, verification: str, done: int, size: int) -> bool:
    """Put progress on record.

    Returns:
        Whether the verification still is the one that runs; False when it was silent for so long
        that another began.
    """
    with store.begin() as conn:
        if not _holds(conn, verification, store.world.now()):
            return False
        conn.execute(update(_TABLE).where(_TABLE.c.id == verification).values(done=done, size=size))
    return True


def finish(store: Store, verification: str, report: Report | None) -> bool:
    """Put the end on record, with the entry ``ledger.verified``; without a report it was cut.

    Returns:
        Whether it was this one's to tell; False when another began since.
    """
    now = store.world.now()
    values: dict[str, object] = {"ended": now}
    if report is not None:
        kept = [(one.code, one.place) for one in report.problems[:_MOST_KEPT]]
        found = Found(kept, report.unlisted + len(report.problems) - len(kept))
        problems = msgspec.json.encode(found).decode()
        values |= {"ok": report.ok, "size": report.size, "done": report.size, "problems": problems}
    with store.begin() as conn:
        this = (_TABLE.c.id == verification) & _TABLE.c.ended.is_(None)
        ended = conn.execute(update(_TABLE).where(this).values(values)).rowcount > 0
        if ended and report is not None:
            verified = LedgerVerified(
                act=verification,
                at=now,
                nonce=store.world.token(16).hex(),
                size=report.size,
                problems=len(report.problems) + report.unlisted,
            )
            record(conn, verified)
        lease.release(conn, LEASE, verification)
    return ended


def latest(store: Store, most: int = 10) -> Sequence[Verification]:
    """The last verifications, the newest first, in one statement; blocking."""
    t, staff = _TABLE, tables.staff
    now = store.world.now()
    query = (
        select(t, staff.c.name, _LEASE.c.until)
        .outerjoin(staff, staff.c.id == t.c.staff_id)
        .outerjoin(_LEASE, (_LEASE.c.name == LEASE) & (_LEASE.c.holder == t.c.id))
        .order_by(t.c.id.desc())  # ids begin with their time
        .limit(most)
    )
    with store.read() as conn:
        return [_one(row, now) for row in conn.execute(query).mappings()]


def _holds(conn: Connection, verification: str, now: int) -> bool:
    holder = conn.scalar(select(_LEASE.c.holder).where(_LEASE.c.name == LEASE))
    return holder == verification and lease.take(conn, LEASE, verification, LEASE_MS, now)


def _one(row: RowMapping, now: int) -> Verification:
    found = msgspec.json.decode(row["problems"], type=Found)
    return Verification(
        id=row["id"],
        started=row["started"],
        ended=row["ended"],
        by=row["staff_id"],
        name=row["name"],
        size=row["size"],
        done=row["done"],
        ok=row["ok"],
        running=row["ended"] is None and (row["until"] or 0) > now,
        problems=[told(code, place) for code, place in found.listed],
        more=found.more,
    )
