"""Deletes sealed texts when they are due, and says so in the ledger.

The text of a stop that a case is still about stays until that case is closed, so that whoever
decides can read it.
"""

from sqlalchemy import Exists, exists, select, tuple_

from hegui.ledger.kinds import VaultExpired
from hegui.store import Store, tables
from hegui.store.evidence import record
from hegui.world import World, new_id

#: Rows to a transaction, so that the hot path never waits long for the lock.
BATCH = 500


def expire(store: Store, now: int, world: World) -> int:
    """Delete every sealed row that is due, with one ``vault.expired`` entry to a batch.

    A text counts when its first segment goes: that one holds the salt, without which neither the
    rest nor the commitment says anything.

    Args:
        store: the house's database.
        now: milliseconds since 1970; rows that expire at or before it are due.
        world: clock and randomness for the entries.

    Returns:
        How many texts went.
    """
    texts = 0
    while (gone := _expire_batch(store, now, world)) is not None:
        texts += gone
    return texts


def _expire_batch(store: Store, now: int, world: World) -> int | None:
    """Delete at most one batch; the texts in it, or ``None`` when nothing was due."""
    sealed = tables.sealed
    row = (sealed.c.generation_id, sealed.c.part, sealed.c.seq)
    due = (
        select(*row)
        .where(sealed.c.expires <= now, ~in_question())
        .order_by(sealed.c.expires)
        .limit(BATCH)
    )
    with store.begin() as conn:
        gone = conn.scalars(
            sealed.delete().where(tuple_(*row).in_(due)).returning(sealed.c.seq)
        ).all()
        if not gone:
            return None
        texts = gone.count(0)
        record(
            conn,
            VaultExpired(
                act=new_id(world),
                at=world.now(),
                nonce=world.token(16).hex(),
                through=now,
                texts=texts,
            ),
        )
    return texts


def in_question() -> Exists:
    """Whether a clock still runs for a case about a decision on this generation."""
    decision, case, clock = tables.decision, tables.case_file, tables.clock
    return exists().where(
        decision.c.generation_id == tables.sealed.c.generation_id,
        case.c.subject == decision.c.id,
        clock.c.about == "case",
        clock.c.subject == case.c.id,
        clock.c.stopped.is_(None),
    )
