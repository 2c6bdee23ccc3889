"""How members of staff sign in to the console: by passphrase, or by a link that works once."""

import base64
import hashlib
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, Table, select

from hegui.people.passphrases import hash_passphrase, verify_passphrase
from hegui.people.roster import LONGEST_NAME, OWNER, ROLES, Member, Roster, Staff, held, member_of
from hegui.people.staff_errors import (
    link_used,
    passphrase_wrong,
    sign_in_failed,
    staff_unknown,
)
from hegui.people.throttle import Throttle
from hegui.store import Store, tables
from hegui.world import World

__all__ = [
    "LINK_HOURS",
    "LONGEST_NAME",
    "OWNER",
    "ROLES",
    "STAFF_SESSION_MS",
    "Member",
    "Staff",
    "StaffBook",
    "Standing",
]

#: How long a session lasts, from the sign-in: a day's work.
STAFF_SESSION_MS = 12 * 3_600_000
#: How long a sign-in link waits to be used, unless told otherwise.
LINK_HOURS = 24
_HOUR_MS = 3_600_000

_staff = tables.staff
_session = tables.staff_session
_link = tables.staff_link


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a session stands.

    Attributes:
        has_passphrase: whether whoever has it chose a passphrase.
        by_link: whether a one-time link opened it.
    """

    has_passphrase: bool
    by_link: bool

    @property
    def needs_current(self) -> bool:
        """Whether a new passphrase asks for the current one; a link is for who forgot it."""
        return self.has_passphrase and not self.by_link


class StaffBook(Roster):
    """The members of staff, and how they sign in.

    One object a process, since it counts the wrong attempts.

    Args:
        store: the house's database.
        world: clock and randomness.
    """

    def __init__(self, store: Store, world: World) -> None:
        super().__init__(store, world)
        self._throttle = Throttle()

    def set_passphrase(self, staff_id: str, passphrase: str, *, keep: str = "") -> None:
        """Choose a passphrase; every session of theirs but that of the token ``keep`` ends.

        Raises:
            PeopleError: ``passphrase_length``, ``staff_unknown``.
        """
        hashed = hash_passphrase(passphrase)
        with self._store.begin() as conn:
            held(conn, staff_id)
            conn.execute(_staff.update().where(_staff.c.id == staff_id).values(passphrase=hashed))
            self._end(conn, staff_id, keep)

    def change_passphrase(self, token: str, current: str, new: str) -> None:
        """Choose one's own passphrase in a session, with the current one where it is needed.

        Raises:
            PeopleError: ``staff_unknown`` when the session has ended, ``passphrase_wrong``,
                ``too_many_attempts``, ``passphrase_length``.
        """
        with self._store.read() as conn:
            row = conn.execute(self._signed_in(token)).one_or_none()
        if row is None:
            raise staff_unknown()
        standing = Standing(has_passphrase=row.passphrase is not None, by_link=row.by_link)
        if standing.needs_current:
            self._throttle.attempt(row.name, self._world.now())
            if not verify_passphrase(row.passphrase, current):
                raise passphrase_wrong()
            self._throttle.right(row.name)
        self.set_passphrase(row.id, new, keep=token)

    def sign_in(self, name: str, passphrase: str) -> str:
        """Open a session.

        An unknown name, a disabled member and a wrong passphrase look the same and take as long.

        Returns:
            The token for the cookie: 32 random bytes in base64url.

        Raises:
            PeopleError: ``staff_sign_in_failed``; ``too_many_attempts`` after 5 wrong attempts
                for one name in 15 minutes.
        """
        name = name.strip()
        self._throttle.attempt(name, self._world.now())
        known = select(_staff.c.id, _staff.c.passphrase).where(
            _staff.c.name == name, _staff.c.disabled.is_(None)
        )
        with self._store.read() as conn:
            row = conn.execute(known).one_or_none()
        if not verify_passphrase(None if row is None else row.passphrase, passphrase) or not row:
            raise sign_in_failed()
        self._throttle.right(name)
        with self._store.begin() as conn:
            return self._open_session(conn, row.id, by_link=False)

    def link(self, staff_id: str, hours: int = LINK_HOURS) -> str:
        """A token that signs somebody in once within so many hours; an earlier one works no more.

        Raises:
            PeopleError: ``staff_unknown``.
        """
        token = self._token()
        with self._store.begin() as conn:
            if held(conn, staff_id).disabled is not None:
                raise staff_unknown()
            now = self._world.now()
            conn.execute(_link.delete().where(_link.c.staff_id == staff_id))
            conn.execute(
                _link.insert().values(
                    digest=_digest(token),
                    staff_id=staff_id,
                    created=now,
                    expires=now + hours * _HOUR_MS,
                )
            )
        return token

    def linked(self, token: str) -> Staff | None:
        """Whom a link would sign in, without using it up; ``None`` when it works no more."""
        good = (_link.c.digest == _digest(token)) & (_link.c.expires > self._world.now())
        with self._store.read() as conn:
            return member_of(conn.execute(_who(_link).where(good)).one_or_none())

    def sign_in_by_link(self, token: str) -> str:
        """Open a session by a link, which works no more; returns the cookie's token.

        Raises:
            PeopleError: ``link_used``.
        """
        with self._store.begin() as conn:
            good = (_link.c.digest == _digest(token)) & (_link.c.expires > self._world.now())
            used = conn.execute(_link.delete().where(good).returning(_link.c.staff_id)).first()
            if used is None:
                raise link_used()
            return self._open_session(conn, used.staff_id, by_link=True)

    def who(self, token: str) -> Staff | None:
        """Whose session this is; ``None`` when it is nobody's, has ended or was closed."""
        good = (_session.c.digest == _digest(token)) & (_session.c.expires > self._world.now())
        with self._store.read() as conn:
            return member_of(conn.execute(_who(_session).where(good)).one_or_none())

    def standing(self, token: str) -> Standing:
        """What a session may say of itself; one that has ended has nothing."""
        with self._store.read() as conn:
            row = conn.execute(self._signed_in(token)).one_or_none()
        if row is None:
            return Standing(has_passphrase=False, by_link=False)
        return Standing(has_passphrase=row.passphrase is not None, by_link=row.by_link)

    def sign_out(self, token: str) -> None:
        """Close a session; one that is closed already stays so."""
        with self._store.begin() as conn:
            conn.execute(_session.delete().where(_session.c.digest == _digest(token)))

    def end_sessions(self, staff_id: str, *, keep: str = "") -> None:
        """Close every session of somebody but that of the token ``keep``."""
        with self._store.begin() as conn:
            self._end(conn, staff_id, keep)

    def _signed_in(self, token: str) -> Select[Any]:
        good = (_session.c.digest == _digest(token)) & (_session.c.expires > self._world.now())
        columns = (_staff.c.id, _staff.c.name, _staff.c.passphrase, _session.c.by_link)
        return select(*columns).join(_session).where(good)

    def _open_session(self, conn: Connection, staff_id: str, *, by_link: bool) -> str:
        if held(conn, staff_id).disabled is not None:
            raise sign_in_failed()  # disabled while the passphrase was checked
        token, now = self._token(), self._world.now()
        ended = (_session.c.staff_id == staff_id) & (_session.c.expires <= now)
        conn.execute(_session.delete().where(ended))
        conn.execute(
            _session.insert().values(
                digest=_digest(token),
                staff_id=staff_id,
                created=now,
                expires=now + STAFF_SESSION_MS,
                by_link=by_link,
            )
        )
        return token

    def _end(self, conn: Connection, staff_id: str, keep: str) -> None:
        theirs = _session.c.staff_id == staff_id
        conn.execute(_session.delete().where(theirs, _session.c.digest != _digest(keep)))

    def _token(self) -> str:
        return base64.urlsafe_b64encode(self._world.token(32)).decode().rstrip("=")


def _who(table: Table) -> Select[Any]:
    columns = (_staff.c.id, _staff.c.name, _staff.c.role)
    return select(*columns).join(table).where(_staff.c.disabled.is_(None))


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="surrogatepass")).digest()
