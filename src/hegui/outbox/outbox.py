"""What must be told, written with the act itself and delivered afterwards.

The console is told first; what it has taken waits then for each other channel, as a row of its
own. A delivery is first claimed by moving the time of the next try, so that a second run leaves
it alone, and one that fails or is cut short comes again later and later. Each has an id, by which
the receiving end knows it again.
"""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, func, select

from hegui.errors import HeguiError
from hegui.store import Store, tables
from hegui.world import World, new_id

#: The channel that everything is told to first.
CONSOLE = "console"
#: Rows looked up at a time.
BATCH = 100
#: After a failure: a minute, then twice as long each time, at most a day. No channel takes as
#: long as the first wait to say whether it took a message.
FIRST_WAIT_MS = 60_000
LONGEST_WAIT_MS = 86_400_000

_log = logging.getLogger("hegui.outbox")
_outbox = tables.outbox
_WAITING = (
    select(_outbox)
    .where(
        _outbox.c.sent.is_(None),
        _outbox.c.next <= bindparam("now"),
        _outbox.c.channel == bindparam("channel"),
    )
    .order_by(_outbox.c.next, _outbox.c.id)
    .limit(bindparam("most"))
)


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """Something to be told.

    Attributes:
        id: the same at every try.
        topic: e.g. ``clock.due``.
        subject: e.g. the case's id.
        tries: how often it was tried before.
    """

    id: str
    topic: str
    subject: str
    tries: int = 0


class Delivered(msgspec.Struct, frozen=True):
    """What one run did."""

    sent: int
    failed: int


#: Tells one message at a time given in milliseconds; a failure is an error of the house.
Channel = Callable[[Store, Message, int], None]
#: Whether a message still needs somebody; asked in a transaction that may write.
Needed = Callable[[Connection, Message], bool]


def write(conn: Connection, world: World, *, topic: str, subject: str, at: int) -> None:
    """Have something told, in the transaction of what is to be told.

    Args:
        conn: that transaction.
        world: randomness.
        topic: at most 32 characters, e.g. ``clock.due``.
        subject: what it is about: an act's id, or PACK/DUTY.
        at: milliseconds since 1970, UTC.
    """
    _write(conn, world, CONSOLE, topic=topic, subject=subject, at=at)


def deliver(
    store: Store, world: World, name: str, channel: Channel, then: Collection[str] = ()
) -> Delivered:
    """Deliver what waits for one channel; safe to run by several workers at once.

    Args:
        store: the house's database.
        world: clock and randomness.
        name: the channel's.
        channel: it.
        then: channels that are to be told, too, of what this one has taken.

    Returns:
        How many were told and how many failed; these are tried again later.
    """
    began = world.now()
    sent = failed = 0
    while waiting := _waiting(store, name, began):
        for row in waiting:
            now = world.now()  # a slow receiver takes its time, and a claim counts from here on
            if not _claimed(store, row, now):
                continue
            message = Message(id=row.id, topic=row.topic, subject=row.subject, tries=row.tries)
            try:
                channel(store, message, now)
            except HeguiError as error:
                failed += 1
                _fail(store, row.id, error.code)
                _log.warning("outbox: %s to %s failed: %s", row.id, name, error)
            else:
                sent += 1
                _done(store, world, row, then, now)
    return Delivered(sent, failed)


def stranded(store: Store, names: Collection[str]) -> Mapping[str, int]:
    """How much waits for channels other than these, because they are no longer set up."""
    waiting = _outbox.c.sent.is_(None) & _outbox.c.channel.not_in(names)
    counted = (
        select(_outbox.c.channel, func.count().label("n"))
        .where(waiting)
        .group_by(_outbox.c.channel)
    )
    with store.read() as conn:
        return {row.channel: row.n for row in conn.execute(counted)}


def _write(
    conn: Connection, world: World, channel: str, *, topic: str, subject: str, at: int
) -> None:
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


def _waiting(store: Store, name: str, now: int) -> Sequence[Row[Any]]:
    with store.read() as conn:
        wanted = {"now": now, "channel": name, "most": BATCH}
        return conn.execute(_WAITING, wanted).all()


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


def _fail(store: Store, message_id: str, code: str) -> None:
    with store.begin() as conn:
        conn.execute(_outbox.update().where(_outbox.c.id == message_id).values(failed=code))


def _done(store: Store, world: World, row: Row[Any], then: Collection[str], now: int) -> None:
    """Note that it was told and, the first time, have it told elsewhere."""
    with store.begin() as conn:
        noted = conn.execute(
            _outbox.update()
            .where(_outbox.c.id == row.id, _outbox.c.sent.is_(None))
            .values(sent=now)
        )
        if noted.rowcount == 1:
            for channel in then:
                _write(
                    conn,
                    world,
                    channel,
                    topic=row.topic,
                    subject=row.subject,
                    at=row.created,
                )
