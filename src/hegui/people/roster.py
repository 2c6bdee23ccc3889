"""Who works at the provider, in which role: on record by id alone.

A member of staff is never deleted, since decisions name them by id. One who leaves is disabled,
which closes their sessions and links in the same transaction; a role given later lets them in
again.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, select

from hegui.ledger.kinds import StaffAdded, StaffChanged
from hegui.people.staff_errors import (
    last_owner,
    name_malformed,
    name_taken,
    role_unknown,
    staff_unknown,
)
from hegui.store import Store, record, tables
from hegui.vault.insert import insert_new
from hegui.world import World, new_id

LONGEST_NAME = 64
OWNER = "owner"
ROLES = (OWNER, "officer", "reviewer", "auditor")

_staff = tables.staff
_session = tables.staff_session
_link = tables.staff_link


class Staff(msgspec.Struct, frozen=True, kw_only=True):
    """A member of staff: the id that evidence names, the name to sign in by, the role."""

    id: str
    name: str
    role: str


class Member(Staff, frozen=True, kw_only=True):
    """A member of staff as a list shows them. Times are milliseconds since 1970, UTC.

    Attributes:
        created: when they were added.
        disabled: since when they can't sign in, or none.
        has_passphrase: whether they chose one; else they sign in by link.
        sessions: how many sessions are open.
    """

    created: int
    disabled: int | None
    has_passphrase: bool
    sessions: int


class Roster:
    """The members of staff.

    Args:
        store: the house's database.
        world: clock and randomness.
    """

    def __init__(self, store: Store, world: World) -> None:
        self._store = store
        self._world = world

    def add(self, name: str, role: str) -> Staff:
        """Add a member of staff. They sign in by a link first (:meth:`link`).

        Raises:
            PeopleError: ``staff_name_malformed``, ``staff_name_taken``, ``role_unknown``.
        """
        name = name.strip()
        if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
            raise name_malformed(LONGEST_NAME)
        _check_role(role)
        new = Staff(id=new_id(self._world), name=name, role=role)
        with self._store.begin() as conn:
            now = self._world.now()
            taken = conn.scalar(select(_staff.c.id).where(_staff.c.name == name))
            row = {"id": new.id, "name": name, "role": role, "passphrase": None, "created": now}
            if taken is not None or not insert_new(conn, _staff, **row):
                raise name_taken()
            nonce = self._world.token(16).hex()
            record(conn, StaffAdded(act=new.id, at=now, nonce=nonce, role=role))
        return new

    def set_role(self, staff_id: str, role: str) -> None:
        """Give a role; one who was disabled may sign in again. The same role changes nothing.

        Raises:
            PeopleError: ``role_unknown``, ``staff_unknown``, ``last_owner``.
        """
        _check_role(role)
        with self._store.begin() as conn:
            row = held(conn, staff_id)
            if row.role == role and row.disabled is None:
                return
            if role != OWNER:
                _keep_an_owner(conn, row)
            conn.execute(
                _staff.update().where(_staff.c.id == staff_id).values(role=role, disabled=None)
            )
            self._changed(conn, staff_id, role)

    def disable(self, staff_id: str) -> None:
        """Let somebody sign in no more; their sessions and links end at once.

        Raises:
            PeopleError: ``staff_unknown``, ``last_owner``.
        """
        with self._store.begin() as conn:
            row = held(conn, staff_id)
            if row.disabled is not None:
                return
            _keep_an_owner(conn, row)
            now = self._world.now()
            conn.execute(_staff.update().where(_staff.c.id == staff_id).values(disabled=now))
            conn.execute(_session.delete().where(_session.c.staff_id == staff_id))
            conn.execute(_link.delete().where(_link.c.staff_id == staff_id))
            self._changed(conn, staff_id, "none")

    def named(self, name: str) -> Staff:
        """The member of that name, disabled or not.

        Raises:
            PeopleError: ``staff_unknown``.
        """
        wanted = select(_staff.c.id, _staff.c.name, _staff.c.role)
        with self._store.read() as conn:
            found = member_of(
                conn.execute(wanted.where(_staff.c.name == name.strip())).one_or_none()
            )
        if found is None:
            raise staff_unknown()
        return found

    def list(self) -> Sequence[Member]:
        """Everybody, who was added first on top; disabled members last."""
        open_ = (
            select(func.count())
            .where(_session.c.staff_id == _staff.c.id, _session.c.expires > self._world.now())
            .scalar_subquery()
        )
        rows = select(
            _staff.c.id,
            _staff.c.name,
            _staff.c.role,
            _staff.c.created,
            _staff.c.disabled,
            _staff.c.passphrase.is_not(None).label("has_passphrase"),
            open_.label("sessions"),
        ).order_by(_staff.c.disabled.is_not(None), _staff.c.created, _staff.c.id)
        with self._store.read() as conn:
            return [Member(**row) for row in conn.execute(rows).mappings()]

    def _changed(self, conn: Connection, staff_id: str, role: str) -> None:
        nonce = self._world.token(16).hex()
        record(conn, StaffChanged(act=staff_id, at=self._world.now(), nonce=nonce, role=role))


def held(conn: Connection, staff_id: str) -> Row[Any, Any, Any]:
    """A member's row, which nobody else changes until this transaction ends."""
    held = select(_staff.c.id, _staff.c.role, _staff.c.disabled).where(_staff.c.id == staff_id)
    row = conn.execute(held.with_for_update()).one_or_none()
    if row is None:
        raise staff_unknown()
    return row


def member_of(row: Row[*tuple[Any, ...]] | None) -> Staff | None:
    """The member whose id, name and role a row has; none for no row."""
    return None if row is None else Staff(id=row.id, name=row.name, role=row.role)


def _keep_an_owner(conn: Connection, row: Row[Any, Any, Any]) -> None:
    """Refuse to take the last owner away; the owners are held, so two can't go at once."""
    if row.role != OWNER or row.disabled is not None:
        return
    owners = select(_staff.c.id).where(_staff.c.role == OWNER, _staff.c.disabled.is_(None))
    if len(conn.execute(owners.order_by(_staff.c.id).with_for_update()).all()) == 1:
        raise last_owner()


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise role_unknown(ROLES)
