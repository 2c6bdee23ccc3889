"""One process at a time: what several of them may start at once is done by one after another."""

from sqlalchemy import Connection

from hegui.store import lease
from hegui.world import World


def alone(conn: Connection, what: str, world: World) -> None:
    """Wait until nobody else does this, and keep others out until ``conn``'s transaction ends.

    A lease that lasts no time: the row's lock is what parts them, and the database frees it
    with the transaction, however that ends.

    Args:
        conn: a write transaction.
        what: a name for it.
        world: the clock.
    """
    lease.take(conn, f"alone:{what}", "", 0, world.now())
