"""Fires the stages of deadlines when they have come, each once, whoever polls."""

from typing import Any

from sqlalchemy import Connection, bindparam, select

from hegui.law import Calendar, china
from hegui.ledger.kinds import ClockFired
from hegui.outbox import outbox
from hegui.outbox.running import act_of, recompute
from hegui.store import Store, record, tables
from hegui.world import World

#: Rows to a transaction.
BATCH = 200

_clock, _stage = tables.clock, tables.clock_stage
#: Neither done nor standing still.
_RUNS = _clock.c.stopped.is_(None) & _clock.c.paused.is_(None)
_COME = (
    select(_stage.c.stage, _clock.c.id, _clock.c.subject, _clock.c.due)
    .join(_clock)
    .where(_stage.c.fired.is_(None), _stage.c.at <= bindparam("now"), _RUNS)
    .order_by(_stage.c.at)
    .limit(bindparam("most"))
    # Another poller's rows, and a clock that is just being stopped, are left alone.
    .with_for_update(of=[_stage, _clock], skip_locked=True)
)
_OUTDATED = (
    select(_clock)
    .where(_RUNS, _clock.c.provisional, _clock.c.calendar != bindparam("version"))
    .order_by(_clock.c.due)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)


def poll(store: Store, world: World, calendar: Calendar | None = None) -> int:
    """Recompute what a newer calendar changes, then fire every stage that has come.

    What came while the service was stopped fires now, in its order. Safe to run by several
    pollers at once: each stage fires once, with an entry in the ledger and a row in the outbox
    in the same transaction.

    Returns:
        How many stages fired.
    """
    calendar = calendar or china()
    while _recompute(store, world, calendar) == BATCH:
        pass
    total = 0
    while True:
        fired = _fire(store, world)
        total += fired
        if fired < BATCH:
            return total


def _fire(store: Store, world: World) -> int:
    """Fire at most one batch."""
    now = world.now()
    with store.begin() as conn:
        rows = conn.execute(_COME, {"now": now, "most": BATCH}).all()
        for row in rows:
            conn.execute(
                _stage.update()
                .where(_stage.c.clock_id == row.id, _stage.c.stage == row.stage)
                .values(fired=now)
            )
            _tell(conn, world, row, row.stage, row.due)
    return len(rows)


def _recompute(store: Store, world: World, calendar: Calendar) -> int:
    """Compute at most one batch of provisional clocks anew; what is paused is when it runs on."""
    with store.begin() as conn:
        rows = conn.execute(_OUTDATED, {"version": calendar.version, "most": BATCH}).all()
        if not rows:
            return 0
        ends = recompute(conn, rows, calendar)
        for row in rows:
            if ends[row.id].at != row.due:
                _tell(conn, world, row, "moved", ends[row.id].at)
    return len(rows)


def _tell(conn: Connection, world: World, clock: Any, stage: str, at: int) -> None:
    """Record that a clock reached a stage or moved, and have the staff told."""
    now = world.now()
    outbox.write(conn, world, topic=f"clock.{stage}", subject=clock.subject, at=now)
    record(
        conn,
        ClockFired(
            act=act_of(clock),
            at=now,
            nonce=world.token(16).hex(),
            clock=clock.id,
            stage=stage,
            due=at,
        ),
    )
