"""Whether any sealed text is kept past its time; once a day."""

import logging

import msgspec
from sqlalchemy import Connection, func, select

from hegui.cases.machine import CLOSED
from hegui.ledger.kinds import RetentionChecked
from hegui.store import Store, record, tables, tally
from hegui.vault.retention import in_question
from hegui.worker.memo import keep, recall
from hegui.world import World, new_id

_NAME = "job:retention.checked"
#: What is due goes within a minute; what is there an hour later stays.
_GRACE_MS = 3_600_000
_DAY_MS = 86_400_000
_log = logging.getLogger("hegui.worker")


class _Memo(msgspec.Struct, frozen=True):
    """The day in Beijing on which it was told last, such as 20261122; 0: never."""

    day: int = 0


def check(store: Store, stopped_days: int, world: World) -> bool:
    """Count sealed texts, and those past their time, and put that on record; blocking.

    Args:
        store: the house's database.
        stopped_days: how long the words of a closed case are kept.
        world: clock and randomness.

    Returns:
        Whether it was put on record: not a second time on one day.
    """
    now = world.now()
    memo = _Memo(tally.day_of(now))
    with store.read() as conn:
        if recall(conn, _NAME, _Memo) == memo:
            return False
        held, late = _count(conn, now - _GRACE_MS, stopped_days)
    with store.begin() as conn:
        if recall(conn, _NAME, _Memo, lock=True) == memo:
            return False
        keep(conn, _NAME, memo)
        entry = RetentionChecked(
            act=new_id(world),
            at=now,
            nonce=world.token(16).hex(),
            day=memo.day,
            held=held,
            late=late,
        )
        record(conn, entry)
    if late:
        _log.error("%d sealed texts are kept past their time", late)
    return True


def _count(conn: Connection, before: int, stopped_days: int) -> tuple[int, int]:
    """Sealed texts, and of these those whose time was over before then."""
    sealed, case, text = tables.sealed, tables.case_file, tables.case_text
    # A text counts by its first segment, which holds the salt.
    whole = select(func.count()).select_from(sealed).where(sealed.c.seq == 0)
    words = select(func.count()).select_from(text)
    over = whole.where(sealed.c.expires <= before, ~in_question())
    closed = words.join(case).where(
        case.c.state.in_(CLOSED), case.c.changed <= before - stopped_days * _DAY_MS
    )
    held, said, late, unsaid = (conn.scalar(query) or 0 for query in (whole, words, over, closed))
    return held + said, late + unsaid
