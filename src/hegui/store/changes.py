"""What gateways must reread."""

from sqlalchemy import select

from hegui.store import tables
from hegui.store.engine import Store

_CHANGE = tables.change


def since(store: Store, at: int) -> list[tuple[int, str, str]]:
    """Changes made at or after a moment, oldest first.

    A transaction may commit late with a lower number and an earlier time than one already
    seen, so ask from a little before the last time asked, and skip the numbers already seen.

    Args:
        store: the database.
        at: milliseconds since 1970, UTC.

    Returns:
        ``(seq, topic, key)`` of each.
    """
    query = (
        select(_CHANGE.c.seq, _CHANGE.c.topic, _CHANGE.c.key)
        .where(_CHANGE.c.at >= at)
        .order_by(_CHANGE.c.seq)
    )
    with store.read() as conn:
        return [(seq, topic, key) for seq, topic, key in conn.execute(query)]
