"""Clocks stand still for a reason, and run on."""

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row

from hegui.law import Calendar, china
from hegui.ledger.kinds import ClockPaused
from hegui.outbox.errors import OutboxError
from hegui.outbox.running import act_of, held, run_on
from hegui.store import record, tables
from hegui.world import World

#: Characters of a reason.
REASON = 2000

_clock, _pause = tables.clock, tables.clock_pause


def pause(
    conn: Connection,
    world: World,
    about: str,
    subject: str,
    *,
    reason: str,
    staff_id: str | None = None,
) -> None:
    """Let the clocks of something stand still, but for those that are overdue.

    Args:
        conn: the transaction of the act for which they pause.
        world: clock and randomness.
        about: what they are about.
        subject: which one.
        reason: why, for whoever looks into it; no personal content.
        staff_id: who does it; ``None`` for the house.

    Raises:
        OutboxError: ``clock_reason`` without a reason or for one that is too long,
            ``clock_none``, ``clock_paused`` when they stand still already, ``clock_overdue``.
    """
    reason = reason.strip()
    if not 0 < len(reason) <= REASON:
        raise _reason(len(reason))
    now, running = world.now(), _running(conn, about, subject)
    moving = [row for row in running if row.paused is None]
    if not moving:
        raise OutboxError(
            "clock_paused",
            zh="期限已经暂停；什么都没有改变。",
            en="The deadline stands still already, so nothing changed.",
        )
    pausable = [row for row in moving if now <= row.due]
    if not pausable:
        raise OutboxError(
            "clock_overdue",
            zh="期限已过，不能暂停；什么都没有改变。请尽快办结。",
            en="The deadline has passed and can't be paused, so nothing changed. Do what is due.",
        )
    for row in pausable:
        conn.execute(_clock.update().where(_clock.c.id == row.id).values(paused=now))
        why = {"reason": reason, "staff_id": staff_id}
        conn.execute(_pause.insert(), {"clock_id": row.id, "started": now, **why})
        record(
            conn,
            ClockPaused(
                act=act_of(row),
                at=now,
                nonce=world.token(16).hex(),
                clock=row.id,
                reason=hashlib.sha256(reason.encode()).hexdigest(),
                staff=staff_id or "",
            ),
        )


def resume(
    conn: Connection,
    world: World,
    about: str,
    subject: str,
    *,
    staff_id: str | None = None,
    calendar: Calendar | None = None,
) -> None:
    """Let the clocks of something run on; when they are due moves by as long as they stood still.

    Args:
        conn: the transaction of the act for which they run on.
        world: clock and randomness.
        about: what they are about.
        subject: which one.
        staff_id: who does it; ``None`` for the house.
        calendar: of working days; the People's Republic's without it.

    Raises:
        OutboxError: ``clock_none``, ``clock_running`` when none stands still.
    """
    still = [row for row in _running(conn, about, subject) if row.paused is not None]
    if not still:
        raise OutboxError(
            "clock_running",
            zh="期限没有暂停；什么都没有改变。",
            en="The deadline is not paused, so nothing changed.",
        )
    for row in still:
        run_on(conn, world, row, at=world.now(), staff_id=staff_id, calendar=calendar or china())


def _running(conn: Connection, about: str, subject: str) -> Sequence[Row[Any]]:
    rows = held(conn, about, subject)
    if not rows:
        raise OutboxError(
            "clock_none",
            zh="没有进行中的期限；什么都没有改变。请刷新页面再看。",
            en="No deadline runs for this, so nothing changed. Load the page again.",
        )
    return rows


def _reason(length: int) -> OutboxError:
    return OutboxError(
        "clock_reason",
        zh=f"暂停期限须写明理由，1 至 {REASON} 个字符，现为 {length} 个；什么都没有改变。"
        "请补写或缩短后重试。",
        en=f"A pause needs its reason in 1 to {REASON} characters, this one has {length}; nothing "
        "changed. Give one, or shorten it, and try again.",
    )
