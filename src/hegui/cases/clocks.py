"""Deadlines of cases: rows that one poller looks at, so that nothing waits in running code.

A clock has stages at which somebody must be told: some working days before it is due, when it is
due, and the working day after. Each stage fires once, with an entry in the ledger and a row in
the outbox in the same transaction.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from hegui.cases import outbox
from hegui.law import Calendar, Span, china, due, subtract
from hegui.ledger.kinds import ClockFired
from hegui.store import Store, record, tables
from hegui.world import World, new_id

#: The name of the clock of the answer to the filer.
ANSWER = "answer"
#: How long ahead the stage ``before`` comes, and how long behind the stage ``after``.
BEFORE = Span.parse("3wd")
AFTER = Span.parse("1wd")
#: Rows to a transaction.
BATCH = 200

_clock, _stage = tables.clock, tables.clock_stage


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """A deadline; times in milliseconds since 1970, UTC.

    Attributes:
        id: 32 hex digits.
        name: what is due, e.g. ``answer``.
        rule: the law's parameter that says how long it may take.
        span: that long, e.g. ``15wd``.
        started: on receipt.
        due: the last millisecond of the last day.
        provisional: whether ``due`` depends on a year whose calendar is not published.
        calendar: the version of the calendar it was computed with.
        stopped: when what was due was done; ``None`` while it runs.
    """

    id: str
    name: str
    rule: str
    span: str
    started: int
    due: int
    provisional: bool
    calendar: str
    stopped: int | None = None

    @property
    def in_time(self) -> bool | None:
        """Whether it was done in time; ``None`` while it runs."""
        return None if self.stopped is None else self.stopped <= self.due


def start(
    conn: Connection,
    world: World,
    case_id: str,
    *,
    name: str,
    rule: str,
    span: Span,
    started: int,
    calendar: Calendar | None = None,
) -> Clock:
    """Start a clock in the transaction of the act that starts it.

    Args:
        conn: that transaction.
        world: randomness.
        case_id: the case it belongs to.
        name: what is due; at most 16 characters.
        rule: the full name of the law's parameter, or ``setting:NAME``.
        span: how long it may take.
        started: when it was received.
        calendar: of working days; the People's Republic's without it.
    """
    calendar = calendar or china()
    end = due(started, span, calendar)
    clock = Clock(
        id=new_id(world),
        name=name,
        rule=rule,
        span=str(span),
        started=started,
        due=end.at,
        provisional=end.provisional,
        calendar=end.calendar,
    )
    conn.execute(_clock.insert(), {"case_id": case_id, **msgspec.structs.asdict(clock)})
    conn.execute(
        _stage.insert(),
        [
            {"clock_id": clock.id, "stage": stage, "at": at}
            for stage, at in _stages(end.at, calendar)
            if at > started
        ],
    )
    return clock


def stop(conn: Connection, case_id: str, at: int) -> bool:
    """Stop a case's clocks in the transaction of the act that was due.

    What has not fired never will.

    Returns:
        Whether all of them were stopped in time.
    """
    running = (_clock.c.case_id == case_id) & _clock.c.stopped.is_(None)
    stopped = conn.execute(
        _clock.update().where(running).values(stopped=at).returning(_clock.c.id, _clock.c.due)
    ).all()
    conn.execute(
        _stage.delete().where(
            _stage.c.clock_id.in_([row.id for row in stopped]), _stage.c.fired.is_(None)
        )
    )
    return all(at <= row.due for row in stopped)


def poll(store: Store, world: World, calendar: Calendar | None = None) -> int:
    """Recompute what a newer calendar changes, then fire every stage that has come.

    Safe to run by several pollers at once: each stage fires once.

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
    come = (
        select(_stage.c.stage, _clock.c.id, _clock.c.case_id, _clock.c.due)
        .join(_clock)
        .where(_stage.c.fired.is_(None), _stage.c.at <= now, _clock.c.stopped.is_(None))
        .order_by(_stage.c.at)
        .limit(BATCH)
        # Another poller's rows, and a clock that is just being stopped, are left alone.
        .with_for_update(of=[_stage, _clock], skip_locked=True)
    )
    with store.begin() as conn:
        rows = conn.execute(come).all()
        for row in rows:
            conn.execute(
                _stage.update()
                .where(_stage.c.clock_id == row.id, _stage.c.stage == row.stage)
                .values(fired=now)
            )
            _tell(conn, world, row, row.stage, row.due)
    return len(rows)


def _recompute(store: Store, world: World, calendar: Calendar) -> int:
    """Compute at most one batch of provisional clocks anew."""
    outdated = (
        select(_clock)
        .where(
            _clock.c.stopped.is_(None),
            _clock.c.provisional,
            _clock.c.calendar != calendar.version,
        )
        .order_by(_clock.c.due)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    with store.begin() as conn:
        rows = conn.execute(outdated).all()
        for row in rows:
            end = due(row.started, Span.parse(row.span), calendar)
            conn.execute(
                _clock.update()
                .where(_clock.c.id == row.id)
                .values(due=end.at, provisional=end.provisional, calendar=end.calendar)
            )
            if end.at == row.due:
                continue
            for stage, at in _stages(end.at, calendar):
                conn.execute(
                    _stage.update()
                    .where(
                        _stage.c.clock_id == row.id,
                        _stage.c.stage == stage,
                        _stage.c.fired.is_(None),
                    )
                    .values(at=at)
                )
            _tell(conn, world, row, "moved", end.at)
    return len(rows)


def _stages(at: int, calendar: Calendar) -> Iterator[tuple[str, int]]:
    """The stages of a clock that is due at a time, each with its time."""
    yield "before", subtract(at, BEFORE, calendar).at
    yield "due", at
    yield "after", due(at, AFTER, calendar).at


def _tell(conn: Connection, world: World, clock: Any, stage: str, at: int) -> None:
    """Record that a clock reached a stage or moved, and have the staff told."""
    now = world.now()
    outbox.write(conn, world, topic=f"clock.{stage}", subject=clock.case_id, at=now)
    record(
        conn,
        ClockFired(
            act=clock.case_id,
            at=now,
            nonce=world.token(16).hex(),
            clock=clock.id,
            stage=stage,
            due=at,
        ),
    )
