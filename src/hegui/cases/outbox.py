"""What must be told, written with the act itself and delivered afterwards.

A delivery is first claimed by moving the time of the next try, so that a second run leaves it
alone, and one that fails or is cut short comes again later and later. Each has an id, by which
the receiving end knows it again.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from hegui.cases.errors import CasesError
from hegui.cases.machine import OPEN, State
from hegui.errors import HeguiError
from hegui.store import Store, tables
from hegui.vault.insert import insert_new
from hegui.world import World, new_id

#: Rows looked up at a time.
BATCH = 100
#: After a failure: a minute, then twice as long each time, at most a day.
FIRST_WAIT_MS = 60_000
LONGEST_WAIT_MS = 86_400_000

#: The states in which a case still needs somebody to know; for other topics, while it is open.
NEEDED: Mapping[str, tuple[State, ...]] = MappingProxyType(
    {"case.filed": (State.RECEIVED,), "case.released": (State.RECEIVED,)}
)

_log = logging.getLogger("hegui.cases")
_outbox, _notice = tables.outbox, tables.notice


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """Something to be told.

    Attributes:
        id: the same at every try.
        topic: e.g. ``clock.due``.
        subject: e.g. the case's id.
    """

    id: str
    topic: str
    subject: str


class Delivered(msgspec.Struct, frozen=True):
    """What one run did."""

    sent: int
    failed: int


#: Tells one message at a time given in milliseconds; a failure is an error of the house.
Channel = Callable[[Store, Message, int], None]


def write(
    conn: Connection, world: World, *, topic: str, subject: str, at: int, channel: str = "console"
) -> None:
    """Have something told, in the transaction of what is to be told."""
    conn.execute(
        _outbox.insert(),
        {
            "id": new_id(world),
            "channel": channel,
            "topic": topic,
            "subject": subject,
            "created": at,
            "next": at,
            "tries": 0,
        },
    )


def settle(conn: Connection, case_id: str, state: State, at: int) -> None:
    """Mark the notices about a case that need nobody any more, now that it is in this state."""
    open_ones = (_notice.c.subject == case_id) & _notice.c.done.is_(None)
    past = [topic for topic, states in NEEDED.items() if state not in states]
    whose = open_ones & _notice.c.topic.in_(past) if state in OPEN else open_ones
    conn.execute(_notice.update().where(whose).values(done=at))


def console(store: Store, message: Message, at: int) -> None:
    """The channel ``console``: a notice for the staff, once however often it is told."""
    case = tables.case_file
    with store.begin() as conn:
        # Locked: a move at the same time finds the notice, or is found here.
        state = conn.scalar(
            select(case.c.state).where(case.c.id == message.subject).with_for_update()
        )
        needed = state is None or state in NEEDED.get(message.topic, OPEN)
        insert_new(
            conn,
            _notice,
            id=message.id,
            topic=message.topic,
            subject=message.subject,
            at=at,
            done=None if needed else at,
        )


CHANNELS: Mapping[str, Channel] = MappingProxyType({"console": console})


def deliver(store: Store, world: World, channels: Mapping[str, Channel] = CHANNELS) -> Delivered:
    """Deliver what is waiting; safe to run by several workers at once.

    Returns:
        How many were told and how many failed; these are tried again later.
    """
    now = world.now()
    sent = failed = 0
    while waiting := _waiting(store, now):
        for row in waiting:
            if not _claimed(store, row, now):
                continue
            try:
                _send(store, channels, row, now)
            except HeguiError as error:
                failed += 1
                _log.warning("outbox: %s to %s failed: %s", row.id, row.channel, error.code)
            else:
                sent += 1
    return Delivered(sent, failed)


def _waiting(store: Store, now: int) -> Sequence[Row[Any]]:
    query = (
        select(_outbox)
        .where(_outbox.c.sent.is_(None), _outbox.c.next <= now)
        .order_by(_outbox.c.next, _outbox.c.id)
        .limit(BATCH)
    )
    with store.read() as conn:
        return conn.execute(query).all()


def _claimed(store: Store, row: Row[Any], now: int) -> bool:
    """Whether this try is ours; then the next one is already put off."""
    # The exponent is bounded, so that a message tried for years makes no huge number.
    wait = min(FIRST_WAIT_MS << min(row.tries, 16), LONGEST_WAIT_MS)
    with store.begin() as conn:
        claimed = conn.execute(
            _outbox.update()
            .where(_outbox.c.id == row.id, _outbox.c.sent.is_(None), _outbox.c.next == row.next)
            .values(next=now + wait, tries=row.tries + 1)
        )
    return claimed.rowcount == 1


def _send(store: Store, channels: Mapping[str, Channel], row: Row[Any], now: int) -> None:
    channel = channels.get(row.channel)
    if channel is None:
        raise CasesError(
            "outbox_channel",
            zh=f"没有名为“{row.channel}”的通知渠道。消息仍在等待；请恢复该渠道的设置。",
            en=f"There is no channel {row.channel!r}. The message waits; set the channel up again.",
        )
    channel(store, Message(id=row.id, topic=row.topic, subject=row.subject), now)
    with store.begin() as conn:
        conn.execute(_outbox.update().where(_outbox.c.id == row.id).values(sent=now))
