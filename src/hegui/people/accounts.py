"""Sign-in to the portal by pseudonym and passphrase; sessions live in the database."""

import base64
import hashlib

import msgspec
from sqlalchemy import select

from hegui.people.errors import PeopleError
from hegui.people.passphrases import hash_passphrase, verify_passphrase
from hegui.people.pseudonym import check
from hegui.people.throttle import Throttle
from hegui.store import Store, tables
from hegui.vault.insert import insert_new
from hegui.world import World, new_id

#: How long a session lasts, from the sign-in.
SESSION_MS = 14 * 86_400_000

_account = tables.account
_session = tables.session


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """Who is signed in: the account's id and the pseudonym that names them in the chat."""

    id: str
    pseudonym: str


class Accounts:
    """The portal's accounts. One object a process, since it counts the wrong attempts.

    Args:
        store: the house's database.
        world: clock and randomness.
    """

    def __init__(self, store: Store, world: World) -> None:
        self._store = store
        self._world = world
        self._throttle = Throttle()

    def create(self, pseudonym: str, passphrase: str) -> Account:
        """Make an account.

        Raises:
            PeopleError: ``person_malformed``, ``person_not_pseudonym``, ``passphrase_length``,
                ``pseudonym_taken``.
        """
        account = Account(id=new_id(self._world), pseudonym=check(pseudonym))
        hashed = hash_passphrase(passphrase)
        with self._store.begin() as conn:
            new = insert_new(
                conn,
                _account,
                id=account.id,
                pseudonym=account.pseudonym,
                passphrase=hashed,
                created=self._world.now(),
            )
        if not new:
            raise PeopleError(
                "pseudonym_taken",
                zh="这个代号已有人使用。请换一个代号，或用已有的口令登录。",
                en="Somebody has this pseudonym already. Choose another, "
                "or sign in with its passphrase.",
            )
        return account

    def sign_in(self, pseudonym: str, passphrase: str) -> str:
        """Open a session.

        An unknown pseudonym and a wrong passphrase look the same and take as long.

        Returns:
            The token for the cookie: 32 random bytes in base64url.

        Raises:
            PeopleError: ``person_malformed``, ``person_not_pseudonym``; ``sign_in_failed``;
                ``too_many_attempts`` after 5 wrong attempts for one pseudonym in 15 minutes.
        """
        pseudonym = check(pseudonym)
        self._throttle.attempt(pseudonym, self._world.now())
        with self._store.read() as conn:
            row = conn.execute(
                select(_account.c.id, _account.c.passphrase).where(
                    _account.c.pseudonym == pseudonym
                )
            ).one_or_none()
        if not verify_passphrase(None if row is None else row.passphrase, passphrase) or not row:
            raise _failed()
        self._throttle.right(pseudonym)
        return self._open_session(row.id)

    def who(self, token: str) -> Account | None:
        """Whose session this is; ``None`` when it is nobody's, has ended or was closed."""
        with self._store.read() as conn:
            row = conn.execute(
                select(_account.c.id, _account.c.pseudonym)
                .join(_session)
                .where(_session.c.digest == _digest(token), _session.c.expires > self._world.now())
            ).one_or_none()
        return None if row is None else Account(id=row.id, pseudonym=row.pseudonym)

    def sign_out(self, token: str) -> None:
        """Close a session; one that is closed already stays so."""
        with self._store.begin() as conn:
            conn.execute(_session.delete().where(_session.c.digest == _digest(token)))

    def _open_session(self, account_id: str) -> str:
        token = base64.urlsafe_b64encode(self._world.token(32)).decode().rstrip("=")
        with self._store.begin() as conn:
            held = select(_account.c.id).where(_account.c.id == account_id).with_for_update()
            if conn.scalar(held) is None:
                raise _failed()  # erased while the passphrase was checked
            now = self._world.now()
            ended = (_session.c.account_id == account_id) & (_session.c.expires <= now)
            conn.execute(_session.delete().where(ended))
            conn.execute(
                _session.insert().values(
                    digest=_digest(token),
                    account_id=account_id,
                    created=now,
                    expires=now + SESSION_MS,
                )
            )
        return token


def _failed() -> PeopleError:
    return PeopleError(
        "sign_in_failed",
        zh="代号或口令不对。请核对后再试。",
        en="The pseudonym or the passphrase is not right. Check both and try again.",
    )


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="surrogatepass")).digest()
