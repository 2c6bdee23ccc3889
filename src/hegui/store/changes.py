"""What gateways must reread."""

from sqlalchemy import bindparam, select

from hegui.store import tables
from hegui.store.engine import Store

_CHANGE = tables.change
_SINCE = (
    select(_CHANGE.c.seq, _CHANGE.c.topic, _CHANGE.c.key)
    .where(_CHANGE.c.at >= bindparam("at"))
    .order_by(_CHANGE.c.seq)
)


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
    with store.read() as conn:
        return [(seq, topic, key) for seq, topic, key in conn.execute(_SINCE, {"at": at})]
