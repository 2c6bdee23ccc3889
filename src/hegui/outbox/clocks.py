"""Deadlines of anything: rows that one poller looks at, so that nothing waits in running code.

A clock is about something, such as a case or a duty, and has stages at which somebody must be
told (:mod:`hegui.outbox.stages`). It stands still while it is paused, for which there is always a
reason on record; when it is due is computed from its start and its pauses, by the pure function
of :mod:`hegui.law`. :mod:`hegui.outbox.poller` fires the stages.
"""

import msgspec
from sqlalchemy import Connection, select

from hegui.law import Calendar, Span, china, due
from hegui.outbox.pauses import pause, resume
from hegui.outbox.running import held, run_on
from hegui.outbox.stages import stages
from hegui.store import tables
from hegui.store.law_packs import book_in
from hegui.world import World, new_id

__all__ = ["KINDS", "TOPIC", "Clock", "pause", "resume", "runs", "start", "stop"]

#: What a clock may be about.
KINDS = ("case", "duty", "licence", "attestation")
#: How the topics of what is told of deadlines begin.
TOPIC = "clock."

_clock, _stage, _notice = tables.clock, tables.clock_stage, tables.notice


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
        paused: since when it stands still; ``None`` while it runs.
        stopped: when what was due was done; ``None`` before.
    """

    id: str
    name: str
    rule: str
    span: str
    started: int
    due: int
    provisional: bool
    calendar: str
    paused: int | None = None
    stopped: int | None = None

    @property
    def in_time(self) -> bool | None:
        """Whether it was done in time; ``None`` before."""
        return None if self.stopped is None else self.stopped <= self.due


def start(
    conn: Connection,
    world: World,
    about: str,
    subject: str,
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
        about: what it is about, one of ``KINDS``.
        subject: which one: an act's id, or PACK/DUTY.
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
    row = {"about": about, "subject": subject, **msgspec.structs.asdict(clock)}
    conn.execute(_clock.insert(), row)
    conn.execute(
        _stage.insert(),
        [
            {"clock_id": clock.id, "stage": stage, "at": at}
            for stage, at in stages(book_in(conn), end.at, calendar)
            if at > started
        ],
    )
    return clock


def stop(conn: Connection, world: World, about: str, subject: str, at: int) -> bool:
    """Stop the clocks of something in the transaction of the act that was due.

    What has not fired never will, and what was told of them needs nobody any more. One that
    stands still runs on first, so that it is on record how long it stood.

    Returns:
        Whether all of them were stopped in time.
    """
    running = held(conn, about, subject)
    for row in running:
        if row.paused is not None:
            run_on(conn, world, row, at=at, staff_id=None, calendar=china())
    ids = [row.id for row in running]
    stopped = conn.execute(
        _clock.update().where(_clock.c.id.in_(ids)).values(stopped=at).returning(_clock.c.due)
    )
    in_time = all(at <= row.due for row in stopped)
    conn.execute(_stage.delete().where(_stage.c.clock_id.in_(ids), _stage.c.fired.is_(None)))
    told = (_notice.c.subject == subject) & _notice.c.topic.startswith(TOPIC)
    conn.execute(_notice.update().where(told, _notice.c.done.is_(None)).values(done=at))
    return in_time


def runs(conn: Connection, subject: str) -> bool:
    """Whether a deadline of something is not stopped; until the transaction ends none can be."""
    its = _clock.c.about.in_(KINDS) & (_clock.c.subject == subject)
    running = select(_clock.c.id).where(its, _clock.c.stopped.is_(None))
    return conn.scalar(running.with_for_update()) is not None
