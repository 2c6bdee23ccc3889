"""Keys by which an application proves itself: 256 random bits, at rest only as SHA-256."""

import base64
import hashlib

import msgspec
from sqlalchemy import select

from hegui.ledger.kinds import KeyCreated, KeyRevoked
from hegui.people.applications import Application
from hegui.people.errors import PeopleError
from hegui.store import Store, tables
from hegui.store.evidence import changed, record
from hegui.world import World, new_id

PREFIX = "hg-"
#: Characters of a key that a list shows, enough to tell two apart and too few to guess from.
_HINT = len(PREFIX) + 6

_table = tables.api_key
_COLUMNS = tuple(column for column in _table.c if column is not _table.c.digest)


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """A key as the house knows it. Times are milliseconds since 1970, UTC.

    Attributes:
        id: 32 hex digits; names the key in commands and in the ledger.
        application_id: whose it is.
        hint: its first characters.
        created: when it was made.
        expires: from when on it is refused, ``None`` for never.
        revoked: since when it is refused, ``None`` while it is good.
    """

    id: str
    application_id: str
    hint: str
    created: int
    expires: int | None
    revoked: int | None

    def check(self, now: int) -> None:
        """Refuse a key that is out of force.

        Raises:
            PeopleError: ``key_revoked`` or ``key_expired``.
        """
        if self.revoked is not None:
            raise PeopleError(
                "key_revoked",
                zh="此密钥已被撤销。请向服务方索取新密钥。",
                en="This key was revoked. Ask the service for a new one.",
            )
        if self.expires is not None and now >= self.expires:
            raise PeopleError(
                "key_expired",
                zh="此密钥已过期。请向服务方索取新密钥。",
                en="This key has run out. Ask the service for a new one.",
            )


def digest(secret: str) -> bytes:
    """What stands in the database for a key: its SHA-256, 32 bytes.

    A plain hash is enough, since nobody can try 2**256 keys.
    """
    return hashlib.sha256(secret.encode(errors="surrogatepass")).digest()


def create_key(
    store: Store, world: World, application: Application, expires: int | None = None
) -> tuple[str, str]:
    """Make a key for an application.

    Args:
        store: the house's database.
        world: clock and randomness.
        application: whose key it is.
        expires: when it stops working, milliseconds since 1970; ``None`` for never.

    Returns:
        The key's id and the key itself, which is shown once and kept nowhere.
    """
    secret = PREFIX + base64.urlsafe_b64encode(world.token(32)).decode().rstrip("=")
    return _write(store, world, application, secret, expires), secret


def ensure_key(store: Store, world: World, application: Application, raw: bytes) -> str:
    """The key made of 32 secret bytes; it is written on first use.

    The house's own applications use this: their keys are derived, so that none lies in a file.

    Returns:
        The key itself.
    """
    secret = PREFIX + base64.urlsafe_b64encode(raw).decode().rstrip("=")
    with store.read() as conn:
        known = conn.scalar(select(_table.c.id).where(_table.c.digest == digest(secret)))
    if known is None:
        _write(store, world, application, secret, None)
    return secret


def _write(
    store: Store, world: World, application: Application, secret: str, expires: int | None
) -> str:
    key_id = new_id(world)
    with store.begin() as conn:
        now = world.now()
        conn.execute(
            _table.insert().values(
                id=key_id,
                application_id=application.id,
                digest=digest(secret),
                hint=secret[:_HINT],
                created=now,
                expires=expires,
                revoked=None,
            )
        )
        record(
            conn,
            KeyCreated(act=key_id, at=now, nonce=world.token(16).hex(), application=application.id),
        )
        changed(conn, "key", key_id, now)
    return key_id


def list_keys(store: Store) -> list[Key]:
    """All keys ever made, oldest first."""
    with store.read() as conn:
        rows = conn.execute(select(*_COLUMNS).order_by(_table.c.created, _table.c.id))
        return [Key(**row) for row in rows.mappings()]


def revoke_key(store: Store, world: World, key_id: str) -> None:
    """Put a key out of force at once; a second time changes nothing.

    Raises:
        PeopleError: ``key_unknown``.
    """
    with store.begin() as conn:
        row = conn.execute(select(*_COLUMNS).where(_table.c.id == key_id)).mappings().first()
        if row is None:
            raise PeopleError(
                "key_unknown",
                zh="没有这个编号的密钥。用 hegui keys list 查看全部编号。",
                en="There is no key of that id. See all ids with: hegui keys list.",
            )
        if row["revoked"] is not None:
            return
        now = world.now()
        conn.execute(_table.update().where(_table.c.id == key_id).values(revoked=now))
        record(
            conn,
            KeyRevoked(
                act=key_id,
                at=now,
                nonce=world.token(16).hex(),
                application=row["application_id"],
            ),
        )
        changed(conn, "key", key_id, now)


def find_key(store: Store, secret: str, now: int) -> Key:
    """The key that an application showed, if it is in force.

    Raises:
        PeopleError: ``key_invalid``, ``key_revoked`` or ``key_expired``.
    """
    with store.read() as conn:
        row = (
            conn.execute(select(*_COLUMNS).where(_table.c.digest == digest(secret)))
            .mappings()
            .first()
        )
    if row is None:
        raise PeopleError(
            "key_invalid",
            zh="密钥无效。请检查 Authorization 头是否为 Bearer 加完整的密钥。",
            en="The key is not valid. Check that the Authorization header is Bearer and the "
            "whole key.",
        )
    key = Key(**row)
    key.check(now)
    return key
