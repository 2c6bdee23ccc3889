"""Clocks that are not stopped yet: held, computed anew, let run on."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from hegui.law import Calendar, Due, Pause, Span, due
from hegui.ledger.kinds import ClockResumed
from hegui.outbox.stages import stages
from hegui.store import record, tables
from hegui.store.law_packs import book_in
from hegui.world import World, is_id

_clock, _stage, _pause = tables.clock, tables.clock_stage, tables.clock_pause


def held(conn: Connection, about: str, subject: str) -> Sequence[Row[Any]]:
    """The clocks of something that are not stopped, which nobody else can change meanwhile."""
    return conn.execute(
        select(_clock)
        .where(_clock.c.about == about, _clock.c.subject == subject, _clock.c.stopped.is_(None))
        .order_by(_clock.c.id)
        .with_for_update()
    ).all()


def recompute(
    conn: Connection, rows: Collection[Row[Any]], calendar: Calendar
) -> Mapping[str, Due]:
    """Compute anew when running clocks are due, with their pauses, and move their stages.

    Args:
        conn: a transaction that holds them.
        rows: of the clocks.
        calendar: of working days.

    Returns:
        When each is due, by its id.
    """
    pauses = defaultdict(list)
    table = _pause.c
    ended = table.clock_id.in_([row.id for row in rows]) & table.ended.is_not(None)
    for one in conn.execute(select(_pause).where(ended)):
        pauses[one.clock_id].append(Pause(one.started, one.ended))
    ends, book = {}, book_in(conn)
    for row in rows:
        end = ends[row.id] = due(row.started, Span.parse(row.span), calendar, pauses[row.id])
        conn.execute(
            _clock.update()
            .where(_clock.c.id == row.id)
            .values(due=end.at, provisional=end.provisional, calendar=end.calendar)
        )
        for stage, at in stages(book, end.at, calendar) if end.at != row.due else ():
            waits = _stage.c.fired.is_(None) & (_stage.c.stage == stage)
            conn.execute(_stage.update().where(_stage.c.clock_id == row.id, waits).values(at=at))
    return ends


def run_on(
    conn: Connection,
    world: World,
    row: Row[Any],
    *,
    at: int,
    staff_id: str | None,
    calendar: Calendar,
) -> None:
    """End a clock's pause, and compute anew when it is due.

    Args:
        conn: a transaction that holds it.
        world: randomness.
        row: of the clock.
        at: milliseconds since 1970, UTC.
        staff_id: who lets it run; ``None`` for the house.
        calendar: of working days.
    """
    this = (_pause.c.clock_id == row.id) & (_pause.c.started == row.paused)
    conn.execute(_pause.update().where(this).values(ended=at))
    conn.execute(_clock.update().where(_clock.c.id == row.id).values(paused=None))
    end = recompute(conn, [row], calendar)[row.id]
    record(
        conn,
        ClockResumed(
            act=act_of(row),
            at=at,
            nonce=world.token(16).hex(),
            clock=row.id,
            due=end.at,
            staff=staff_id or "",
        ),
    )


def act_of(row: Row[Any]) -> str:
    """The act that a clock's evidence is of: what it is about, or itself where that is no act."""
    return str(row.subject if is_id(row.subject) else row.id)
