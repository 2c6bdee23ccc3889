"""The register of licences, filings and registrations (Measures, Art. 23).

A row is never overwritten: a licence that is renewed or corrected is a new row, and the old one
says which took its place.
"""

from datetime import date, timedelta

import msgspec
from sqlalchemy import Connection, Row, select, update

from hegui.duties import files
from hegui.duties.errors import DutiesError
from hegui.duties.licence_entry import OTHER, Given, check, day, kinds, title
from hegui.law import Span, Unit, china, dated, day_of, end_of, numbered
from hegui.ledger.kinds import LicenceRecorded
from hegui.outbox import clocks
from hegui.store import Store, record, tables
from hegui.world import World, is_id, new_id

__all__ = [
    "OTHER",
    "Given",
    "Licence",
    "add",
    "day",
    "kinds",
    "listed",
    "one",
    "replace",
    "title",
    "withdraw",
]

#: What the clocks of licences are about, and the rule by which they run.
ABOUT, RULE = "licence", "setting:expires"

_DAY = timedelta(days=1)
#: The longest span of days that can be written.
_MOST = timedelta(days=9_999)
_licence = tables.licence


class Licence(msgspec.Struct, frozen=True, kw_only=True):
    """A licence in the register.

    Attributes:
        id: its act's id.
        kind, number, scope, holder: as entered.
        issued, expires: days such as 20281231; none: not known, or none.
        file: SHA-256 of its evidence, hex; none: no file.
        at: when it was entered, milliseconds since 1970, UTC.
        staff_id: who entered it; none: the command line.
        replaced: when it was replaced or withdrawn; none: it holds.
        replaced_by: the row that took its place; none: none did.
    """

    id: str
    kind: str
    number: str
    scope: str
    holder: str
    issued: int | None
    expires: int | None
    file: str | None
    at: int
    staff_id: str | None
    replaced: int | None
    replaced_by: str | None

    @property
    def last_day(self) -> date | None:
        """Its last day; none: it has none."""
        return None if self.expires is None else dated(self.expires)


def add(
    store: Store,
    world: World,
    given: Given,
    *,
    file: files.File | None = None,
    staff: str | None = None,
) -> Licence:
    """Enter a licence; blocking.

    Args:
        store: the database.
        world: clock and randomness.
        given: what it is.
        file: its evidence; none: none.
        staff: the id of who enters it; none: the command line.

    Raises:
        DutiesError: ``licence_malformed``, naming the field; ``file_size``, ``file_name``.
    """
    checked = check(given, day_of(world.now()))
    with store.begin() as conn:
        return _insert(conn, world, checked, _kept(conn, world, file), staff)


def replace(
    store: Store,
    world: World,
    licence_id: str,
    given: Given,
    *,
    file: files.File | None = None,
    staff: str | None = None,
) -> Licence:
    """Enter a licence in place of another: renewed, or corrected; blocking.

    Args:
        store: the database.
        world: clock and randomness.
        licence_id: the one that no longer holds.
        given: what holds instead.
        file: its evidence; none: that of the one it replaces.
        staff: the id of who does; none: the command line.

    Raises:
        DutiesError: ``licence_unknown``, ``licence_gone``, ``licence_other_kind``, and as for
            :func:`add`.
    """
    checked = check(given, day_of(world.now()))
    with store.begin() as conn:
        old = _standing(conn, licence_id)
        if checked.kind != old.kind:
            raise _other_kind(old.kind, checked.kind)
        kept = _kept(conn, world, file) or old.file
        new = _insert(conn, world, checked, kept, staff)
        _end(conn, world, old, by=new.id)
        return new


def withdraw(store: Store, world: World, licence_id: str) -> Licence:
    """Say that a licence no longer holds; blocking.

    Returns:
        The licence as it stands now.

    Raises:
        DutiesError: ``licence_unknown``, ``licence_gone``.
    """
    with store.begin() as conn:
        old = _standing(conn, licence_id)
        return _end(conn, world, old, by=None)


def one(store: Store, licence_id: str) -> Licence | None:
    """A licence by its id, in force or not, or None; blocking."""
    with store.read() as conn:
        return _one(conn, licence_id)


def listed(store: Store, *, gone: bool = False) -> list[Licence]:
    """The licences that hold, the first to run out first; or those that no longer do; blocking.

    Args:
        store: the database.
        gone: whether those replaced or withdrawn are asked for, the latest first.
    """
    c = _licence.c
    query = select(_licence).where(c.replaced.is_not(None) if gone else c.replaced.is_(None))
    order = (c.replaced.desc(), c.id) if gone else (c.expires.is_(None), c.expires, c.kind, c.id)
    with store.read() as conn:
        return [_licence_of(row) for row in conn.execute(query.order_by(*order))]


def _kept(conn: Connection, world: World, file: files.File | None) -> str | None:
    if file is None:
        return None
    return files.put(conn, file.data, file.name, file.media_type, at=world.now())


def _insert(
    conn: Connection, world: World, given: Given, file: str | None, staff: str | None
) -> Licence:
    made = Licence(
        id=new_id(world),
        kind=given.kind,
        number=given.number,
        scope=given.scope,
        holder=given.holder,
        issued=numbered(given.issued) if given.issued else None,
        expires=numbered(given.expires) if given.expires else None,
        file=file,
        at=world.now(),
        staff_id=staff,
        replaced=None,
        replaced_by=None,
    )
    conn.execute(_licence.insert(), msgspec.structs.asdict(made))
    _write(conn, world, made)
    if made.last_day is not None:
        _start(conn, world, made.id, made.last_day)
    return made


def _start(conn: Connection, world: World, licence_id: str, last: date) -> None:
    """Have staff told before a licence runs out.

    The deadline is the last day worked before the end, since on a day off nobody renews.
    """
    since = max(min(day_of(world.now()), last - _DAY), last - _MOST)
    while not china().works(last) and last > since + _DAY:
        last -= _DAY
    clocks.start(
        conn,
        world,
        ABOUT,
        licence_id,
        name="renew",
        rule=RULE,
        span=Span((last - since).days, Unit.DAY),
        started=end_of(since),
    )


def _end(conn: Connection, world: World, old: Licence, by: str | None) -> Licence:
    """The old row stays and no longer holds, which is evidence of its own."""
    ended = msgspec.structs.replace(old, replaced=world.now(), replaced_by=by)
    conn.execute(
        update(_licence)
        .where(_licence.c.id == old.id)
        .values(replaced=ended.replaced, replaced_by=by)
    )
    _write(conn, world, ended)
    clocks.stop(conn, world, ABOUT, old.id, world.now())
    return ended


def _write(conn: Connection, world: World, one: Licence) -> None:
    entry = LicenceRecorded(
        act=one.id,
        at=world.now(),
        nonce=world.token(16).hex(),
        licence=one.kind,
        expires=one.expires or 0,
        file=one.file or "",
        withdrawn=one.replaced is not None,
    )
    record(conn, entry)


def _standing(conn: Connection, licence_id: str) -> Licence:
    """A licence that holds; its row is locked where the database locks rows.

    Raises:
        DutiesError: ``licence_unknown``, ``licence_gone``.
    """
    found = _one(conn, licence_id, lock=True)
    if found is None:
        raise DutiesError(
            "licence_unknown",
            zh="登记簿里没有这项许可，什么都没有改变。请回到许可登记重新选择。",
            en="The register has no such licence; nothing changed. Choose it from the register.",
        )
    if found.replaced is not None:
        raise DutiesError(
            "licence_gone",
            zh="这项许可已经被替换或撤下，什么都没有改变。请在登记簿中查看现行的一项。",
            en="This licence was replaced or withdrawn already; nothing changed. See which one "
            "holds in the register.",
        )
    return found


def _other_kind(old: str, new: str) -> DutiesError:
    return DutiesError(
        "licence_other_kind",
        zh=f"原来的一项是 {old}（{title(old).zh}），不能换成 {new}（{title(new).zh}），"
        "什么都没有改变。请撤下原来的一项，再另外登记。",
        en=f"The one that stands there is {old} ({title(old).en}), in whose place can't come "
        f"{new} ({title(new).en}); nothing changed. Withdraw it, and enter the other apart.",
        field="kind",
    )


def _one(conn: Connection, licence_id: str, *, lock: bool = False) -> Licence | None:
    if not is_id(licence_id):
        return None
    query = select(_licence).where(_licence.c.id == licence_id)
    row = conn.execute(query.with_for_update() if lock else query).first()
    return None if row is None else _licence_of(row)


def _licence_of(row: Row[tuple[object, ...]]) -> Licence:
    return Licence(**row._mapping)  # noqa: SLF001  SQLAlchemy's public name begins so
