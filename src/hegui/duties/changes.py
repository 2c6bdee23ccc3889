"""Changes of duties' statuses: found by a job, kept as rows, and as evidence with them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, func, select, update

from hegui.duties.alone import alone
from hegui.duties.standing import standing
from hegui.duties.views import ControlView, DutyChange, DutyView
from hegui.law import Status
from hegui.ledger.kinds import DutyChanged
from hegui.store import Store, record_all, tables
from hegui.world import World, new_id

_table = tables.duty_change
_LATEST = select(_table.c.duty, _table.c.status).where(_table.c.latest)
_COLUMNS = [_table.c[name] for name in DutyChange.__struct_fields__]


def refresh(store: Store, world: World) -> int:
    """Look how every duty stands, and put on record what changed; blocking.

    A duty that never applied is not told of. Nothing is told before the checks have read anything,
    nor while a new version of one reads the ledger again: what it can't tell yet is no change.

    Returns:
        How many changed.
    """
    now = world.now()
    stands = standing(store, now)
    if not stands.checked or stands.rereading:
        return 0
    with store.read() as conn:  # a lock on writing is only worth taking for something
        if not _news(stands.duties, _before(conn)):
            return 0
    with store.begin() as conn:
        alone(conn, "duties", world)
        if _looked_later(conn, now):  # somebody was quicker, and knows better
            return 0
        entries = [_entry(one, was, now, world) for one, was in _news(stands.duties, _before(conn))]
        if entries:
            _put(conn, entries)
    return len(entries)


def since(store: Store, at: int) -> list[DutyChange]:
    """What changed from a moment on, the latest first; a duty's first status is no change."""
    query = (
        select(*_COLUMNS)
        .where(_table.c.at >= at, _table.c.was != "")
        .order_by(_table.c.at.desc(), _table.c.id.desc())
    )
    with store.read() as conn:
        return [DutyChange(**row._mapping) for row in conn.execute(query)]  # noqa: SLF001


def history(store: Store, duties: Sequence[str], since: int) -> dict[str, list[DutyChange]]:
    """The changes of some duties, oldest first; blocking.

    Args:
        store: the database.
        duties: each as ``PACK/DUTY``.
        since: from then on, milliseconds since 1970, UTC, and the last change before.
    """
    found: dict[str, list[DutyChange]] = {ref: [] for ref in duties}
    query = select(*_COLUMNS).where(_table.c.duty.in_(duties)).order_by(_table.c.at, _table.c.id)
    with store.read() as conn:
        for row in conn.execute(query):
            one = DutyChange(**row._mapping)  # noqa: SLF001
            changes = found[one.duty]
            if changes and one.at <= since:
                changes.clear()
            changes.append(one)
    return found


def _entry(view: DutyView, was: str, now: int, world: World) -> DutyChanged:
    control, check = _why(view)
    return DutyChanged(
        act=new_id(world),
        at=now,
        nonce=world.token(16).hex(),
        duty=view.ref,
        was=was,
        status=view.status.value,
        control=control,
        check=check,
    )


def _put(conn: Connection, entries: Sequence[DutyChanged]) -> None:
    """Put changes on record, each as evidence and as a row: at the first start, of every duty."""
    record_all(conn, entries)
    there = _table.c.duty.in_([one.duty for one in entries]) & _table.c.latest
    conn.execute(update(_table).where(there).values(latest=False))
    rows = [
        {
            "id": one.act,
            "duty": one.duty,
            "at": one.at,
            "was": one.was,
            "status": one.status,
            "control": one.control,
            "check": one.check,
            "latest": True,
        }
        for one in entries
    ]
    conn.execute(_table.insert(), rows)


def _looked_later(conn: Connection, now: int) -> bool:
    """Whether a change is on record that was found after a moment."""
    last = conn.scalar(select(func.max(_table.c.at)))
    return last is not None and last > now


def _before(conn: Connection) -> dict[str, str]:
    return {row.duty: row.status for row in conn.execute(_LATEST).all()}


def _news(views: Iterable[DutyView], before: dict[str, str]) -> list[tuple[DutyView, str]]:
    """Duties whose status is another, each with the one before."""
    found = [(view, before.get(view.ref, "")) for view in views]
    return [
        (view, was)
        for view, was in found
        if was != view.status and (was or view.status is not Status.NOT_APPLICABLE)
    ]


def _why(view: DutyView) -> tuple[str, str]:
    """The control that gives a duty its status, and the check of it; empty where there is none."""
    if view.applies.answer:
        for control in view.controls:
            if control.status is view.status:
                return control.ref, _check(control)
    return "", ""


def _check(control: ControlView) -> str:
    for check in control.checks:
        if check.result.status is control.status:
            return check.id
    return ""
