"""Destroys the words of closed cases when their time is over, and says so in the ledger."""

from sqlalchemy import select

from hegui.cases.machine import CLOSED
from hegui.ledger.kinds import VaultExpired
from hegui.store import Store, record, tables
from hegui.vault import PersonKeys
from hegui.world import World, new_id

#: Cases to a transaction.
BATCH = 100
_DAY_MS = 86_400_000

_case, _text, _person = tables.case_file, tables.case_text, tables.case_person


def expire(store: Store, keys: PersonKeys, now: int, days: int, world: World) -> int:
    """Destroy keys, words and the link to the person of cases closed so long ago.

    Each batch has one ``vault.expired`` entry. The keys go first: a run that is cut short is
    finished by the next one.

    Args:
        store: the house's database.
        keys: where the cases' keys are.
        now: milliseconds since 1970, UTC.
        days: how long words are kept after the case is closed.
        world: clock and randomness for the entries.

    Returns:
        How many texts went.
    """
    through = now - days * _DAY_MS
    texts = 0
    while cases := _due(store, through):
        for case_id in cases:
            keys.destroy(case_id)
        texts += _delete(store, world, cases, through)
    return texts


def _due(store: Store, through: int) -> list[str]:
    due = (
        select(_text.c.case_id)
        .distinct()
        .join(_case)
        .where(_case.c.state.in_(CLOSED), _case.c.changed <= through)
        .limit(BATCH)
    )
    with store.read() as conn:
        return list(conn.scalars(due))


def _delete(store: Store, world: World, cases: list[str], through: int) -> int:
    with store.begin() as conn:
        texts = conn.execute(_text.delete().where(_text.c.case_id.in_(cases))).rowcount
        conn.execute(_person.delete().where(_person.c.case_id.in_(cases)))
        record(
            conn,
            VaultExpired(
                act=new_id(world),
                at=world.now(),
                nonce=world.token(16).hex(),
                through=through,
                texts=texts,
            ),
        )
    return texts
